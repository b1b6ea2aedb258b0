package workspace

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/safety"
	"repertoire/internal/workspace/searches"
)

// An erasure is done again on a backup that is older than it, and said.
func TestErasuresOutliveARestoration(t *testing.T) {
	w := sampled(t)
	ids := find(t, w, searches.Query{Countries: []string{"SN"}, Limit: 3}).Hits
	gone := repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Hermeline Zwyckx", Email: "hzwyckx@lille.test",
		Phone: "+33 3 20 49 50 99"}
	changed(t, w, ids[0].ID, func(p *repertoire.Partnership) {
		p.Contacts = append(p.Contacts, gone)
		p.Objectives = "Porté par **Hermeline** *Zwyckx*, ou ZWYCKX Herméline ; hzwyckx@lille.test."
	})
	changed(t, w, ids[1].ID, func(p *repertoire.Partnership) { p.Notes = "Appeler le 03.20.49.50.99." })
	old := filepath.Join(t.TempDir(), "ancienne.db")
	if _, err := w.Safety().Backup(t.Context(), old, quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Rights().ErasePerson(t.Context(), "Hermeline Zwyckx", "demande du 3 mars"); err != nil {
		t.Fatal(err)
	}
	if err := w.Records().DeletePartnership(t.Context(), ids[2].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Rights().Purge(t.Context(), []history.RecordRef{{Aggregate: repertoire.AggPartnership, ID: ids[2].ID}},
		"demande"); err != nil {
		t.Fatal(err)
	}
	before := files(t, w.Dir())
	dir := w.Dir()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	plan, err := safety.Restore(t.Context(), dir, old, quiet)
	if err != nil || plan.Erasures != 2 {
		t.Fatalf("%+v, %v", plan, err)
	}
	again, err := Open(t.Context(), dir, OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if said := strings.Join(again.Notices(), " "); !strings.Contains(said, "2 effacements") {
		t.Errorf("said %q", said)
	}
	if left, err := again.Rights().FindPerson(t.Context(), "Hermeline Zwyckx"); err != nil || left.Erasable() != 0 {
		t.Errorf("%+v, %v", left, err)
	}
	if _, err := again.Records().Partnership(t.Context(), ids[2].ID); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("the purged entry is back: %v", err)
	}
	if _, err := again.Safety().Backup(t.Context(), "", quiet); err != nil {
		t.Fatal(err)
	}
	if err := again.Index.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	for path, raw := range files(t, dir) {
		if _, was := before[path]; was && strings.Contains(path, "backups") {
			continue // made before the erasure, or on purpose just before it
		}
		for _, trace := range []string{"hermeline", "zwyckx", "herméline", "49.50.99", "49 50 99"} {
			if bytes.Contains(bytes.ToLower(raw), []byte(trace)) {
				t.Errorf("%s holds %q again", path, trace)
			}
		}
	}
	if n, err := again.Rights().Repeat(t.Context()); n != 0 || err != nil {
		t.Errorf("repeated a second time: %d, %v", n, err)
	}
}

func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		out[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What is over its time is shown, and goes only when somebody says so.
func TestRetentionShowsThenPurges(t *testing.T) {
	w := sampled(t)
	ids := find(t, w, searches.Query{Countries: []string{"SN"}, Limit: 2}).Hits
	old := repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Ancienne Zwyckx", AgreedOn: "2014-05-02"}
	changed(t, w, ids[0].ID, func(p *repertoire.Partnership) {
		p.Contacts = append(p.Contacts, old)
	})
	b, err := w.Orders().SaveBuyer(t.Context(), order.Buyer{Name: "Madame Seule", Email: "seule@zwyckx.test",
		Billing: order.Address{Lines: []string{"3, rue du Secret"}, PostCode: "59000", City: "Lille"}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Rights().Retention(t.Context())
	if err != nil || len(r.Due) != 0 || r.Kept < 2 || r.ContactYears != order.UsualYears {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := w.Rights().PurgeExpired(t.Context(), r.Due); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("nobody is due: %v", err)
	}
	if err := w.Rights().SetRetention(t.Context(), 2, 31); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("31 years: %v", err)
	}
	dir := w.Dir()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	later := func() time.Time { return time.Now().AddDate(7, 0, 0) }
	w, err = Open(t.Context(), dir, OpenOptions{Author: "Zoé", Now: later})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Rights().SetRetention(t.Context(), 5, 0); err != nil {
		t.Fatal(err)
	}
	if r, err = w.Rights().Retention(t.Context()); err != nil || r.ContactYears != 5 || r.BuyerYears != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	due := map[repertoire.ID]bool{}
	for _, x := range r.Due {
		due[x.ID], due[x.Contact] = true, true
	}
	if !due[old.ID] || !due[b.ID] {
		t.Fatalf("not due: %+v", r.Due)
	}
	if r, err = w.Rights().PurgeExpired(t.Context(), r.Due); err != nil || r.Purged < 2 || len(r.Due) != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, name := range []string{"Ancienne Zwyckx", "Madame Seule", "seule@zwyckx.test"} {
		if left, err := w.Rights().FindPerson(t.Context(), name); err != nil || len(left.Places)+left.Versions > 0 {
			t.Errorf("%s: %+v, %v", name, left.Places, err)
		}
	}
	if b, err = w.Store.Buyer(t.Context(), b.ID); err != nil || b.Email != "" || b.Name != repertoire.Erased {
		t.Errorf("%+v, %v", b, err)
	}
}

// The document says what is held: of a contact every field, and what else.
func TestAccessSaysAllThatIsHeld(t *testing.T) {
	w := sampled(t)
	ids := find(t, w, searches.Query{Countries: []string{"SN"}, Limit: 2}).Hits
	changed(t, w, ids[0].ID, func(p *repertoire.Partnership) {
		p.Contacts = append(p.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Hermeline Zwyckx",
			Role: "chargée de mission", Email: "hzwyckx@lille.test", Proof: "courriel du 3 mars"})
	})
	changed(t, w, ids[1].ID, func(p *repertoire.Partnership) { p.Notes = "Voir Hermeline Zwyckx." })
	if _, err := w.Orders().SaveBuyer(t.Context(), order.Buyer{Name: "Mairie de Lille", SIREN: "215903501", Contact: "Hermeline Zwyckx",
		Phone: "0320495099", Billing: order.Address{Lines: []string{"1, place"}, PostCode: "59000", City: "Lille"}}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "acces.pdf")
	a, err := w.Rights().WriteAccess(t.Context(), "hzwyckx@lille.test", file)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, c := range a.Cards {
		for _, l := range c.Lines {
			all.WriteString(c.What + " " + l.Label + " " + l.Value + "\n")
		}
	}
	for _, want := range []string{"chargée de mission", "courriel du 3 mars", "hzwyckx@lille.test", "Acheteur", "0320495099"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%q is not said:\n%s", want, all.String())
		}
	}
	if len(a.Texts) == 0 || a.Versions == 0 || a.Since == nil {
		t.Errorf("%+v", a)
	}
	if raw, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("no document: %v", err)
	}
	if _, err := w.Rights().WriteAccess(t.Context(), "Personne Inconnue", file); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("nobody: %v", err)
	}
	r, err := w.Rights().WriteRegister(t.Context(), filepath.Join(t.TempDir(), "registre.pdf"))
	if err != nil || len(r.Activities) != 4 {
		t.Errorf("%+v, %v", r, err)
	}
}

// Asked for by an address, who buys for themselves loses their name too.
func TestABuyerIsErasedByTheirAddress(t *testing.T) {
	w := sampled(t)
	b, err := w.Orders().SaveBuyer(t.Context(), order.Buyer{Name: "Madame Seule", Email: "seule@zwyckx.test",
		Billing: order.Address{Lines: []string{"3, rue du Secret"}, PostCode: "59000", City: "Lille"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Rights().ErasePerson(t.Context(), "seule@zwyckx.test", "demande"); err != nil {
		t.Fatal(err)
	}
	if b, err = w.Store.Buyer(t.Context(), b.ID); err != nil || b.Name != repertoire.Erased || b.Email != "" ||
		b.Billing.Lines[0] != repertoire.Erased {
		t.Errorf("%+v, %v", b, err)
	}
	if left, err := w.Rights().FindPerson(t.Context(), "Madame Seule"); err != nil || left.Erasable() != 0 {
		t.Errorf("%+v, %v", left, err)
	}
}
