package counter

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
)

// beginning is a workspace where an edition is frozen and nothing else is known
// of sales: no price, no stock, no seller.
func beginning(t *testing.T) *apptest.Workspace {
	t.Helper()
	w := apptest.New(t, 3)
	if _, err := w.Books().Freeze(t.Context(), "senegal", "novembre 2026", func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	return w
}

// has tells whether a button of that name is offered.
func has(root fyne.CanvasObject, name string) bool {
	_, ok := apptest.Find(root, func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, name) && b.Visible() })
	return ok
}

// typeIn writes in the field of that name of the question in view.
func typeIn(t *testing.T, window fyne.Window, field, text string) {
	t.Helper()
	f, ok := apptest.Find(window.Canvas().Overlays().Top(), func(f *widgets.Field) bool { return f.Name == field })
	if !ok {
		t.Fatalf("no field %q in view", field)
	}
	e, ok := apptest.Find(f.Content(), func(*widgets.Entry) bool { return true })
	if !ok {
		t.Fatalf("nothing to type into in %q", field)
	}
	e.SetText(text)
}

// The first sale on paper from nothing: price, stock and seller are asked for
// where they are needed, nothing is refused for want of a setting, and the
// invoice comes out.
func TestAFirstPaperSaleFromNothing(t *testing.T) {
	w := beginning(t)
	v, s, window := shown(t, w)
	for _, hidden := range []string{"Stock", "Chiffres", "Réglages"} {
		if has(window.Content(), hidden) {
			t.Errorf("« %s » is offered before anything is sold", hidden)
		}
	}
	d := v.NewDraft()
	if said := d.total.Text(); said != "" {
		t.Errorf("before a key is struck: %q", said)
	}
	d.fields["name"].SetText("Librairie du Port")
	d.fields["siret"].SetText("73282932000074")
	d.items[0].quantity.SetText("2")
	if d.prices.box.Hidden || !strings.Contains(d.total.Text(), "prix") {
		t.Fatalf("the price is not asked for: %q", d.total.Text())
	}
	d.Save(false)
	if d.notice.Sentence() == "" || len(v.rows) != 0 {
		t.Fatal("an order without a price was taken")
	}
	typeIn(t, window, "papier", "25")
	if !strings.Contains(d.total.Text(), "50,00") {
		t.Errorf("the draft says %q", d.total.Text())
	}
	press(t, window, "Prendre la commande")
	if len(v.rows) != 1 {
		t.Fatal(d.notice.Sentence())
	}
	if settings, _ := w.Orders().Settings(t.Context()); !slices.ContainsFunc(settings.Prices,
		func(p order.Price) bool { return p.Format == order.Paper && p.Unit == 2500 }) {
		t.Error("the price is not on the list")
	}
	if !has(window.Content(), "Stock") || !has(window.Content(), "Réglages") {
		t.Error("what a sale needs is not offered once something is sold")
	}
	press(t, window, "Expédier")
	press(t, window, "Servir")
	typeIn(t, window, "copies", "beaucoup")
	press(t, window, "Noter et continuer")
	typeIn(t, window, "copies", "200")
	press(t, window, "Noter et continuer")
	if got := v.state(t, w.Workspace); got != order.Shipped {
		t.Fatalf("the order is %s: %s", got, s.words)
	}
	press(t, window, "Facturer")
	press(t, window, "Facturer")
	typeIn(t, window, "billing", "3, quai du Port") // the buyer's address, asked for in its turn
	typeIn(t, window, "postcode", "13002")
	typeIn(t, window, "city", "Marseille")
	press(t, window, "Enregistrer")
	for field, text := range map[string]string{"name": "Maison d’essai", "address": "1, rue des Essais", "postcode": "75001", "city": "Paris",
		"siret": "73282932000074", "vat": "FR44732829320"} {
		typeIn(t, window, field, text)
	}
	press(t, window, "Enregistrer et continuer")
	if got := v.state(t, w.Workspace); got != order.Invoiced {
		t.Fatalf("the order is %s: %s", got, s.words)
	}
	if top := window.Canvas().Overlays().Top(); top != nil {
		t.Error("a question stays in view")
	}
	o, err := w.Orders().Get(t.Context(), string(v.open))
	if err != nil || o.Lines[0].Why != "tarif" || o.Buyer.Billing.City != "Marseille" {
		t.Errorf("%+v, %v", o, err)
	}
	for _, p := range v.papers(o) {
		out := filepath.Join(t.TempDir(), p.file)
		if err := p.write(t.Context(), w.Orders(), out); err != nil {
			t.Errorf("%s: %v", p.label, err)
		}
	}
	levels, err := w.Orders().Stock(t.Context())
	if err != nil || len(levels) != 1 || levels[0].Copies != 198 {
		t.Errorf("stock %+v, %v", levels, err)
	}
}

// The free copy from an edition: all members but those left out, once each, and
// the rest later.
func TestTheFreeCopyToMembers(t *testing.T) {
	w := beginning(t)
	for i := range 4 {
		b := order.Buyer{Name: fmt.Sprintf("Commune %d", i), Email: fmt.Sprintf("c%d@example.fr", i), Member: true}
		if i == 3 {
			b.Email = ""
		}
		if _, err := w.Orders().SaveBuyer(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	v, s, window := shown(t, w)
	opened := ""
	v.OnOpenPath = func(path string) error { opened = path; return nil }
	v.AskMembers(v.editions[0].ID)
	if !has(window.Canvas().Overlays().Top(), "Préparer 4 envois") {
		t.Fatal("the four members are not all proposed")
	}
	top := window.Canvas().Overlays().Top()
	rows, _ := apptest.Find(top, func(*widgets.Rows) bool { return true })
	rows.Select(1)
	rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !has(top, "Préparer 3 envois") {
		t.Error("a member left out is counted")
	}
	press(t, window, "Préparer 3 envois")
	if !strings.Contains(s.words, "servis\u00a0: 3") || !strings.Contains(s.words, "sans brouillon\u00a0: 1") || opened == "" {
		t.Errorf("said %q, opened %q", s.words, opened)
	}
	if files, _ := filepath.Glob(filepath.Join(opened, "*.eml")); len(files) != 2 {
		t.Errorf("%d drafts", len(files))
	}
	v.AskMembers("")
	press(t, window, "Préparer 1 envoi")
	if len(v.rows) != 4 || !strings.Contains(s.words, "servis\u00a0: 1") {
		t.Errorf("%d orders; said %q", len(v.rows), s.words)
	}
	buyers := map[string]bool{}
	for _, r := range v.rows {
		if buyers[r.Buyer] || r.State != order.Transmitted || r.Gross != 0 {
			t.Errorf("%+v", r)
		}
		buyers[r.Buyer] = true
	}
}

// One member's copy is one press from the order's dialog.
func TestAMembersCopyIsOnePress(t *testing.T) {
	w := beginning(t)
	b, err := w.Orders().SaveBuyer(t.Context(), order.Buyer{Name: "Commune", Email: "c@example.fr", Member: true,
		Delivery: order.Address{Lines: []string{"Annexe"}, PostCode: "59000", City: "Lille"}})
	if err != nil {
		t.Fatal(err)
	}
	v, s, window := shown(t, w)
	d := v.NewDraft()
	d.items[0].format.SetSelectedIndex(1)
	d.pick(widgets.Suggestion{Value: chosen{b, string(b.ID)}})
	if !d.shipping.Checked || d.fields["ship-city"].Text != "Lille" {
		t.Error("what is known of the buyer is not filled in")
	}
	press(t, window, "Prendre et envoyer la copie")
	if o, err := w.Orders().Get(t.Context(), string(v.open)); err != nil || o.State() != order.Transmitted || len(o.Copies) != 1 {
		t.Errorf("%+v, %v; said %q %q", o, err, s.words, d.notice.Sentence())
	}
}

// A known buyer is not renamed in passing: three answers, and the order waits.
func TestADifferentKnownBuyerIsAskedFor(t *testing.T) {
	w := beginning(t)
	b, err := w.Orders().SaveBuyer(t.Context(), order.Buyer{Name: "Commune", Email: "ancien@example.fr", Member: true})
	if err != nil {
		t.Fatal(err)
	}
	v, _, window := shown(t, w)
	d := v.NewDraft()
	d.items[0].format.SetSelectedIndex(1)
	d.pick(widgets.Suggestion{Value: chosen{b, string(b.ID)}})
	d.fields["email"].SetText("nouveau@example.fr")
	press(t, window, "Prendre la commande")
	if len(v.rows) != 0 {
		t.Fatal("the order was taken without a question")
	}
	press(t, window, "Pour cette commande seule")
	o, err := w.Orders().Get(t.Context(), string(v.open))
	again, err2 := w.Orders().Buyer(t.Context(), string(b.ID))
	if err != nil || err2 != nil || o.Buyer.Email != "nouveau@example.fr" || again.Email != "ancien@example.fr" {
		t.Errorf("the order says %q, the buyer %q (%v, %v)", o.Buyer.Email, again.Email, err, err2)
	}
}

// VAT is proposed with its mention where an order goes abroad, and what the
// rules leave to the accountant can be chosen.
func TestTheVATOfTheDestinationIsProposed(t *testing.T) {
	w := beginning(t)
	settings, _ := w.Orders().Settings(t.Context())
	settings.Seller.Address = order.Address{PostCode: "75001", City: "Paris"}
	settings.Prices = append(settings.Prices, order.Price{Format: order.Paper, Unit: 2110})
	if _, err := w.Orders().SaveSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	v, _, window := shown(t, w)
	d := v.NewDraft()
	d.fields["name"].SetText("Ville de Genève")
	d.fields["city"].SetText("Genève")
	if !d.vat.box.Hidden {
		t.Error("VAT is discussed for an order at home")
	}
	d.fields["country"].SetText("Suisse")
	words := ""
	apptest.Walk(d.vat.box, func(o fyne.CanvasObject) bool {
		if p, ok := o.(interface{ String() string }); ok {
			words += p.String() + "\n"
		}
		return true
	})
	for _, want := range []string{"Genève, Suisse (hors de l’Union européenne)", "Exportation", "art. 262, I du CGI", "VATEX-EU-G"} {
		if d.vat.box.Hidden || !strings.Contains(words, want) {
			t.Errorf("%q is not said:\n%s", want, words)
		}
	}
	if !strings.Contains(d.total.Text(), "20,00") {
		t.Errorf("the price of the list without its VAT: %q", d.total.Text())
	}
	d.vat.choice.SetSelectedIndex(1) // as at home
	if !strings.Contains(d.total.Text(), "21,10") {
		t.Errorf("as at home: %q", d.total.Text())
	}
	press(t, window, "Prendre la commande")
	if o, err := w.Orders().Get(t.Context(), string(v.open)); err != nil || o.VAT != "france" || o.Buyer.Billing.Country != "CH" {
		t.Errorf("%+v, %v", o, err)
	}
}

// Requests that came in a file are shown, then taken in one step; the same file
// brings nothing twice.
func TestRequestsAreTakenFromAFile(t *testing.T) {
	w := beginning(t)
	v, s, window := shown(t, w)
	file := filepath.Join(t.TempDir(), "demandes.csv")
	rows := "Organisme;Courriel;Adhérent;Édition souhaitée\nVille d’Essai;ri@essai.example.fr;oui;Sénégal\nVille sans livre;x@essai.example.fr;oui;Atlantide\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	r := v.ShowRequests(file)
	if len(r.read.Taken) != 1 || len(r.read.Refused) != 1 || len(v.rows) != 0 {
		t.Fatalf("%+v", r.read)
	}
	press(t, window, "Prendre 1 commande")
	if len(v.rows) != 1 || v.rows[0].Buyer != "Ville d’Essai" || !strings.Contains(s.words, "prises\u00a0: 1") {
		t.Fatalf("%+v, said %q", v.rows, s.words)
	}
	again := v.ShowRequests(file)
	if b, ok := apptest.Find(window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, "Prendre") }); !ok || !b.Disabled() || len(again.read.Already) != 1 {
		t.Errorf("again: %+v", again.read)
	}
}

// One copy of two is credited from the window, and its refusal stays in view.
func TestAPartialCreditNote(t *testing.T) {
	w, _ := shop(t)
	v, s, window := shown(t, w)
	paperOrder(t, v)
	for _, name := range []string{"Expédier", "Servir", "Facturer", "Facturer", "Avoir partiel…"} {
		press(t, window, name)
	}
	typeIn(t, window, "line0", "1")
	press(t, window, "Émettre l’avoir")
	if window.Canvas().Overlays().Top() == nil {
		t.Fatal("a credit note without a reason was taken")
	}
	typeIn(t, window, "reason", "un exemplaire abîmé")
	press(t, window, "Émettre l’avoir")
	if o, err := w.Orders().Get(t.Context(), string(v.open)); err != nil || len(o.Credits) != 1 || o.Credited != 2500 {
		t.Errorf("%+v, %v; said %q", o, err, s.words)
	}
}

// Editions of one name are told apart in selectors.
func TestEditionsAreToldApart(t *testing.T) {
	apptest.App(t)
	e := func(label, title, frozen string, entries int, sum string) books.EditionSummary {
		return books.EditionSummary{Label: label, Title: title, Frozen: repertoire.Date(frozen), Entries: entries, SHA256: sum}
	}
	names := editionNames([]books.EditionSummary{e("mai", "Sénégal", "2026-05-02", 4, "aaaaaaaaa"), e("mai", "Liban", "2026-05-02", 4, "b"),
		e("mai", "Sénégal", "2026-05-03", 4, "cccccccccc"), e("mai", "Sénégal", "2026-05-03", 5, "d"), e("mai", "Sénégal", "2026-05-03", 5, "eeeeeeeeee")})
	for i, want := range []string{"mai · Sénégal · figée le 02/05/2026", "mai · Liban", "mai · Sénégal · figée le 03/05/2026 · 4 fiches",
		"mai · Sénégal · figée le 03/05/2026 · 5 fiches · d", "mai · Sénégal · figée le 03/05/2026 · 5 fiches · eeeeeeee"} {
		if names[i] != want {
			t.Errorf("%q, want %q", names[i], want)
		}
	}
}

// Every question of the counter fits a small window with its refusal.
func TestQuestionsKeepTheirRefusalInView(t *testing.T) {
	w, _ := shop(t)
	v, _, window := shown(t, w)
	window.Resize(fyne.NewSize(1000, 620))
	v.Reload()
	for name, open := range map[string]func(){"buyer": func() { v.EditBuyer(order.Buyer{}) }, "settings": v.ShowSettings,
		"seller": func() { v.AskSeller(nil) }, "move": v.AskMove, "ticket": v.AskTicket} {
		open()
		top := window.Canvas().Overlays().Top()
		notice, ok := apptest.Find(top, func(*widgets.Notice) bool { return true })
		if !ok {
			t.Fatalf("%s: no place for a refusal", name)
		}
		before := top.Size()
		notice.Say(widgets.Failure, strings.Repeat("Une phrase qui refuse et dit quoi faire. ", 6))
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(notice)
		modal, _ := apptest.Find(top, func(b *widgets.Button) bool { return b.Text == "Fermer" })
		end := fyne.CurrentApp().Driver().AbsolutePositionForObject(modal)
		if at.Y < 0 || at.Y+notice.Size().Height > 620 || end.Y+modal.Size().Height > 620 || top.Size().Width < before.Width ||
			notice.Size().Height < 20 {
			t.Errorf("%s: the refusal is at %v, %v high; the buttons at %v", name, at, notice.Size().Height, end)
		}
		test.Tap(modal)
	}
}
