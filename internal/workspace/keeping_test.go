package workspace

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/safety"
	"repertoire/internal/workspace/searches"
)

// After an erasure no byte of the name is left in the base, its journals, the
// index or a backup made since.
func TestErasedPersonLeavesNoByte(t *testing.T) {
	w := sampled(t)
	r := find(t, w, searches.Query{Countries: []string{"SN"}, Limit: 3})
	for i, h := range r.Hits {
		changed(t, w, h.ID, func(p *repertoire.Partnership) {
			p.Contacts = append(p.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench,
				Name: "Hermeline Zwyckx", Email: "hzwyckx@lille.test", Phone: "+33 3 20 49 50 99"})
			p.Notes = "Appeler ZWYCKX Herméline, hzwyckx@lille.test ou Hermeline-Zwyckx."
			if i == 1 {
				p.Title = "Le jumelage de Hermeline Zwyckx"
			}
			p.Objectives = "Porté par **Herméline** *Zwyckx* ; voir ZWYCKX, Hermeline ou le 03.20.49.50.99."
			p.Conventions = append(p.Conventions, repertoire.Convention{Title: "Convention HERMELINE ZWYCKX"})
			p.Attachments = append(p.Attachments, repertoire.Attachment{Media: strings.Repeat("a", 64),
				Name: "lettre de Hermeline Zwyckx.pdf"})
		})
	}
	draft := personTraces(t, w)
	if err := w.Records().DeletePartnership(t.Context(), r.Hits[2].ID); err != nil {
		t.Fatal(err)
	}
	found, err := w.Rights().FindPerson(t.Context(), "hermeline zwyckx")
	if err != nil || len(found.Places) < 7 || found.Versions == 0 {
		t.Fatalf("%d places, %d versions, %v", len(found.Places), found.Versions, err)
	}
	if _, err := w.Rights().FindPerson(t.Context(), "Zwyckx"); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("a single word: %v", err)
	}
	done, err := w.Rights().ErasePerson(t.Context(), "Hermeline Zwyckx", "demande de Hermeline Zwyckx du 3 mars")
	if err != nil || done.Records != 5 || len(done.Files) != 1 || len(done.Surname) == 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	old := map[string]bool{}
	for _, b := range done.Backups {
		old[b] = true
	}
	if _, err := w.Safety().Backup(t.Context(), "", quiet); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(w.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || old[path] {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, trace := range []string{"hermeline zwyckx", "zwyckx hermeline", "zwyckx, hermeline", "hzwyckx", "*zwyckx*", "herméline",
			"zwyckx herm", "49 50 99", "49.50.99", "0320495099", "rue du secret"} {
			if bytes.Contains(bytes.ToLower(raw), []byte(trace)) {
				t.Errorf("%s still holds %q", filepath.Base(path), trace)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(draft); err != nil || bytes.Contains(raw, []byte("Zwyckx")) {
		t.Errorf("what was not saved still names them: %s, %v", raw, err)
	}
	if again, err := w.Rights().FindPerson(t.Context(), "Hermeline Zwyckx"); err != nil || again.Erasable() != 0 {
		t.Errorf("found again: %+v, %v", again, err)
	}
	if check, err := w.Safety().Check(t.Context()); err != nil || check.Database != "ok" {
		t.Errorf("the base is no longer sound: %v, %v", check.Database, err)
	}
}

// personTraces puts a person where only the desk's other work has them: a kept
// search, a buyer, a draft of a message, a form not saved, which it gives.
func personTraces(t *testing.T, w *Workspace) (draft string) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	if _, err := w.Searches().SaveList(t.Context(),
		repertoire.SavedList{Name: "Ce que suit Hermeline Zwyckx", Text: "\"zwyckx hermeline\" eau"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Orders().SaveBuyer(t.Context(), order.Buyer{Name: "Hermeline Zwyckx", Email: "perso@zwyckx.test", Phone: "0320495099",
		Billing: order.Address{Lines: []string{"3, rue du Secret"}, PostCode: "59000", City: "Lille"}}); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(w.Dir(), store.OrdersFolder, "C2026-0099")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	message := "Subject: =?utf-8?q?Votre_commande?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nMadame Herm=C3=A9line Zwyckx, voici=\r\n le livre."
	if err := os.WriteFile(filepath.Join(folder, "c2026-0099.eml"), []byte(message), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "autre.eml"), []byte("Madame Autre"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Records().KeepDraft(t.Context(), records.KeptDraft{Now: repertoire.Partnership{ID: "d",
		Notes: "demander à Hermeline Zwyckx"}}); err != nil {
		t.Fatal(err)
	}
	changed(t, w, find(t, w, searches.Query{Countries: []string{"MG"}, Limit: 1}).Hits[0].ID,
		func(p *repertoire.Partnership) { p.Notes = "Le stade Zwyckx" })
	dir, err := w.Records().DraftFolder()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, records.DraftName("d"))
}

func TestTrashSaysWhoAndWhyAndComesBackAsOne(t *testing.T) {
	w := sampled(t)
	r := find(t, w, searches.Query{Limit: 3})
	var refs []history.RecordRef
	for _, h := range r.Hits {
		if err := w.Records().DeletePartnership(t.Context(), h.ID); err != nil {
			t.Fatal(err)
		}
		refs = append(refs, history.RecordRef{Aggregate: repertoire.AggPartnership, ID: h.ID})
	}
	list, err := w.Records().Trash(t.Context())
	if err != nil || len(list) != 3 || list[0].DeletedBy != w.Author() || !strings.Contains(list[0].Label, "corbeille") {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := w.Records().RestoreRecords(t.Context(), refs[:2]); err != nil {
		t.Fatal(err)
	}
	log, err := w.History().SearchLog(t.Context(), history.LogQuery{Text: "RESTAURATION 2", Limit: 10})
	if err != nil || log.Total != 1 || log.Items[0].Records != 2 {
		t.Fatalf("%+v, %v", log, err)
	}
	if d, err := w.History().ChangeDetail(t.Context(), log.Items[0].ID); err != nil || len(d.Touched) != 2 || d.Touched[0].Title == "" {
		t.Errorf("%+v, %v", d, err)
	}
	report, err := w.Rights().Purge(t.Context(), refs[2:], "essai")
	if err != nil || report.Records != 1 || len(report.Backups) == 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	if list, _ := w.Records().Trash(t.Context()); len(list) != 0 {
		t.Errorf("still in the trash: %+v", list)
	}
}

func TestConfirmingManyIsOneChange(t *testing.T) {
	w := sampled(t)
	before, err := w.Review().ReviewEntries(t.Context(), "japon")
	if err != nil || len(before) < 2 {
		t.Fatalf("%d, %v", len(before), err)
	}
	if err := w.Review().ConfirmAll(t.Context(), []repertoire.ID{before[0].ID, before[1].ID}); err != nil {
		t.Fatal(err)
	}
	after, err := w.Review().ReviewEntries(t.Context(), "japon")
	if err != nil {
		t.Fatal(err)
	}
	stale := func(list []review.ReviewEntry) (n int) {
		for _, e := range list {
			if e.Reasons[0].Kind == review.ReviewStale {
				n++
			}
		}
		return n
	}
	if stale(before)-stale(after) != 2 {
		t.Errorf("%d stale, then %d", stale(before), stale(after))
	}
	last, err := w.History().LastChange(t.Context())
	if err != nil || last.Label != "Confirmation de 2 fiches" {
		t.Errorf("%+v, %v", last, err)
	}
}

func TestWhatABackupLacksIsListed(t *testing.T) {
	w := sampled(t)
	if _, err := w.Safety().Backup(t.Context(), "", quiet); err != nil {
		t.Fatal(err)
	}
	changed(t, w, find(t, w, searches.Query{Limit: 1}).Hits[0].ID, func(p *repertoire.Partnership) { p.Notes = "après" })
	list, err := w.Safety().Backups()
	if err != nil || len(list) == 0 || !list[0].Vouched {
		t.Fatalf("%+v, %v", list, err)
	}
	items, total, err := w.Safety().SinceBackup(t.Context(), list[0], 10)
	if err != nil || total != 1 || len(items) != 1 {
		t.Errorf("%d %v %v", total, items, err)
	}
	if b, ok, err := safety.NewestSound(t.Context(), list, nil); !ok || err != nil || b.File != list[0].File {
		t.Errorf("%v %v %v", b, ok, err)
	}
}
