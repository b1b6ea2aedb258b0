package counter

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
)

// shop is a workspace with three frozen editions, prices, a seller and stock.
func shop(t *testing.T) (*workspace.Workspace, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "essai")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Awa"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	for _, slug := range []string{"liban", "mauritanie", "madagascar"} {
		e, err := w.Books().Freeze(t.Context(), slug, "septembre 2026", func(int, int, string) {})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Orders().Move(t.Context(), string(e.ID), 20, order.PrintRun, ""); err != nil {
			t.Fatal(err)
		}
	}
	s, err := w.Orders().Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Seller = order.Seller{Name: "Maison d’essai", SIREN: "732829320", VATNumber: "FR44732829320",
		Address: order.Address{Lines: []string{"1, rue des Essais"}, PostCode: "75001", City: "Paris"}}
	s.Prices = append(s.Prices, order.Price{Format: order.Paper, Unit: 2500})
	s.Postage = []order.PostageStep{{Copies: 10, Cost: 890}}
	if _, err := w.Orders().SaveSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return w, dir
}

// said collects what the notice bar would say.
type said struct {
	tone  widgets.Tone
	words string
}

func shown(t *testing.T, w Door) (*View, *said, fyne.Window) {
	t.Helper()
	apptest.App(t)
	window := test.NewTempWindow(t, widget.NewLabel(""))
	window.Resize(fyne.NewSize(1200, 720))
	v, s := New(w, task.AtOnce(), window), &said{}
	v.OnSay = func(tone widgets.Tone, words string) { s.tone, s.words = tone, words }
	window.SetContent(v)
	v.Reload()
	return v, s, window
}

// press taps the button of that name in the question in view, else in the view.
func press(t *testing.T, window fyne.Window, name string) {
	t.Helper()
	root := window.Content()
	if top := window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	b, ok := apptest.Find(root, func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, name) && b.Visible() })
	if !ok {
		t.Fatalf("no button « %s »", name)
	}
	test.Tap(b)
}

func (v *View) state(t *testing.T, w *workspace.Workspace) order.State {
	t.Helper()
	o, err := w.Orders().Get(t.Context(), string(v.open))
	if err != nil {
		t.Fatal(err)
	}
	return o.State()
}

// A member asks for the digital edition: free, served in one press, with a
// copy in their name.
func TestAMembersFreeDigitalOrder(t *testing.T) {
	w, _ := shop(t)
	v, s, window := shown(t, w)
	d := v.NewDraft()
	test.Type(d.picker.Entry(), "Lille")
	answers := d.picker.Answers()
	if len(answers) == 0 {
		t.Fatal("Lille is not proposed")
	}
	for _, a := range answers {
		if a.Label == "Lille" {
			d.pick(a)
		}
	}
	d.fields["email"].SetText("rel-int@lille.example.fr")
	d.member.SetChecked(true)
	d.items[0].format.SetSelectedIndex(1)
	if got := d.total.Text(); !strings.Contains(got, "0,00") || !strings.Contains(got, "tarif adhérent") {
		t.Errorf("the draft says %q", got)
	}
	d.Save(false)
	if len(v.rows) != 1 || v.rows[0].Buyer != "Lille" {
		t.Fatalf("%d orders; %s", len(v.rows), s.words)
	}
	press(t, window, "Envoyer la copie")
	if got := v.state(t, w); got != order.Transmitted {
		t.Fatalf("the order is %s: %s", got, s.words)
	}
	o, _ := w.Orders().Get(t.Context(), string(v.open))
	if len(o.Copies) != 1 || o.Copies[0].Recipient != "Lille" || len(o.Copies[0].SHA256) != 64 {
		t.Errorf("copies %+v", o.Copies)
	}
	if _, more := v.next(o); more {
		t.Error("a free order has nothing to invoice")
	}
}

// paperOrder takes an order of three editions for a bookshop.
func paperOrder(t *testing.T, v *View) {
	t.Helper()
	d := v.NewDraft()
	d.fields["name"].SetText("Librairie du Port")
	d.fields["siret"].SetText("73282932000074")
	d.fields["address"].SetText("3, quai du Port")
	d.fields["postcode"].SetText("13002")
	d.fields["city"].SetText("Marseille")
	d.addItem()
	d.addItem()
	for i, quantity := range []string{"2", "1", "3"} {
		d.items[i].edition.SetSelectedIndex(i)
		d.items[i].quantity.SetText(quantity)
	}
	d.estimate()
	if got := d.total.Text(); !strings.Contains(got, "158,90") {
		t.Errorf("the draft says %q", got)
	}
	d.Save(false)
	if len(v.rows) == 0 {
		t.Fatal(d.notice.Sentence())
	}
}

// Somebody who is no member orders three editions on paper, with postage and
// VAT: invoiced to the cent, then cancelled by a credit note.
func TestAPaperOrderInvoicedThenCancelled(t *testing.T) {
	w, _ := shop(t)
	v, s, window := shown(t, w)
	paperOrder(t, v)
	press(t, window, "Confirmer")
	press(t, window, "Préparer")
	press(t, window, "Expédier")
	press(t, window, "Servir")
	press(t, window, "Facturer")
	press(t, window, "Facturer")
	if got := v.state(t, w); got != order.Invoiced {
		t.Fatalf("the order is %s: %s", got, s.words)
	}
	o, _ := w.Orders().Get(t.Context(), string(v.open))
	// 158,90 with VAT at 5,5 %: 158,90 / 1,055 = 150,616 → 150,62.
	if total := o.Totals(); total.Gross != 15890 || total.Net != 15062 || total.Tax != 828 {
		t.Errorf("totals %+v", total)
	}
	if got := v.numbers[o.Invoice]; !strings.HasSuffix(got, "-0001") {
		t.Errorf("the invoice is %q", got)
	}
	for _, p := range v.papers(o) {
		out := filepath.Join(t.TempDir(), p.file)
		if err := p.write(t.Context(), w.Orders(), out); err != nil {
			t.Errorf("%s: %v", p.label, err)
		}
		if strings.HasSuffix(out, ".pdf") {
			if r, err := books.Preflight(t.Context(), out); err != nil || !r.OK {
				t.Errorf("%s: %v %+v", p.label, err, r)
			}
		}
	}
	press(t, window, "Annuler la commande…")
	press(t, window, "Annuler la commande")
	if top := window.Canvas().Overlays().Top(); top == nil {
		t.Fatal("a cancellation without a reason was taken")
	}
	reason, _ := apptest.Find(window.Canvas().Overlays().Top(), func(*widgets.Entry) bool { return true })
	reason.SetText("colis refusé")
	press(t, window, "Annuler la commande")
	if got := v.state(t, w); got != order.Cancelled || !strings.Contains(s.words, "AV") {
		t.Errorf("the order is %s: %s", got, s.words)
	}
}

// Two windows on one workspace invoice in turn: the numbers follow each other.
func TestTwoWindowsInvoiceInTurn(t *testing.T) {
	w, dir := shop(t)
	other, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Jean", Share: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	numbers := map[string]bool{}
	for i := range 4 {
		on := w
		if i%2 == 1 {
			on = other
		}
		v, s, window := shown(t, on)
		d := v.NewDraft()
		d.fields["name"].SetText("Librairie du Port")
		d.fields["siret"].SetText("73282932000074")
		d.fields["address"].SetText("3, quai du Port")
		d.fields["postcode"].SetText("13002")
		d.fields["city"].SetText("Marseille")
		d.Save(false)
		if v.open == "" {
			t.Fatal(d.notice.Sentence())
		}
		for _, name := range []string{"Confirmer", "Préparer", "Expédier", "Servir", "Facturer", "Facturer"} {
			press(t, window, name)
		}
		o, err := on.Orders().Get(t.Context(), string(v.open))
		if err != nil || o.Invoice == "" {
			t.Fatalf("%v: %s", err, s.words)
		}
		all, err := on.Orders().Numbers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		numbers[all[o.Invoice]] = true
	}
	for _, end := range []string{"-0001", "-0002", "-0003", "-0004"} {
		found := false
		for n := range numbers {
			found = found || strings.HasSuffix(n, end)
		}
		if !found {
			t.Errorf("no invoice %s among %v", end, numbers)
		}
	}
}

// What is refused is said where it was asked for, and nothing is taken.
func TestRefusalsStayInPlace(t *testing.T) {
	w, _ := shop(t)
	v, _, _ := shown(t, w)
	d := v.NewDraft()
	d.fields["name"].SetText("Commune d’essai")
	d.fields["siret"].SetText("73282932000075")
	d.Save(false)
	if !strings.Contains(d.notice.Sentence(), "SIRET") || len(v.rows) != 0 {
		t.Errorf("said %q", d.notice.Sentence())
	}
	d.fields["siret"].SetText("")
	d.items[0].quantity.SetText("99999999")
	d.Save(false)
	if !strings.Contains(d.notice.Sentence(), "quantité") {
		t.Errorf("said %q", d.notice.Sentence())
	}
}

// A new user is told what comes first.
func TestWhatComesFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vide")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	v, _, window := shown(t, w)
	asked := false
	v.OnEditions = func() { asked = true }
	press(t, window, "Aller aux éditions")
	if !asked {
		t.Error("the button leads nowhere")
	}
	v.ShowSettings()
	name, _ := apptest.Find(window.Canvas().Overlays().Top(), func(*widgets.Entry) bool { return true })
	name.SetText("Cités d’essai")
	press(t, window, "Enregistrer")
	if s, _ := w.Orders().Settings(t.Context()); s.Seller.Name != "Cités d’essai" {
		t.Errorf("the seller is %q", s.Seller.Name)
	}
	for _, open := range []func(){v.ShowBuyers, v.ShowStock, v.ShowFigures} {
		open()
		press(t, window, "Fermer")
	}
	v.EditBuyer(order.Buyer{})
	f, _ := apptest.Find(window.Canvas().Overlays().Top(), func(*widgets.Entry) bool { return true })
	f.SetText("Commune de Test")
	press(t, window, "Enregistrer")
	if list, _ := w.Orders().Buyers(t.Context(), ""); len(list) != 1 || list[0].Name != "Commune de Test" {
		t.Errorf("buyers %+v", list)
	}
}

// An order that comes a step further may leave the filter: it stays in view, so
// that the next press is never another order's.
func TestTheOrderInViewStays(t *testing.T) {
	w, _ := shop(t)
	v, _, window := shown(t, w)
	paperOrder(t, v)
	first := v.open
	paperOrder(t, v)
	for _, name := range []string{"Confirmer", "Préparer", "Expédier", "Servir"} {
		press(t, window, name)
	}
	second := v.open
	v.filter = underway
	v.Reload()
	if len(v.rows) != 1 || v.rows[0].ID != first || v.open != second {
		t.Fatalf("%d orders, %s in view", len(v.rows), v.open)
	}
	press(t, window, "Facturer")
	press(t, window, "Facturer")
	if o, err := w.Orders().Get(t.Context(), string(first)); err != nil || o.State() != order.Received {
		t.Errorf("the other order is %s (%v)", o.State(), err)
	}
	if got := v.state(t, w); got != order.Invoiced {
		t.Errorf("the order is %s", got)
	}
}

// A name typed over that of a known buyer is another buyer.
func TestAnotherNameIsAnotherBuyer(t *testing.T) {
	w, _ := shop(t)
	v, _, _ := shown(t, w)
	paperOrder(t, v)
	d := v.NewDraft()
	known, err := w.Orders().Buyers(t.Context(), "Librairie")
	if err != nil || len(known) != 1 {
		t.Fatal(err)
	}
	d.pick(widgets.Suggestion{Value: chosen{known[0], string(known[0].ID)}})
	d.fields["name"].SetText("Librairie de la Gare")
	d.fields["siret"].SetText("")
	d.Save(false)
	if again, err := w.Orders().Buyer(t.Context(), string(known[0].ID)); err != nil || again.Name != "Librairie du Port" {
		t.Errorf("the known buyer is now %q (%v)", again.Name, err)
	}
}

// A known buyer keeps what the base has of them: the lines of the address,
// commas and all, the country, and a membership with its period.
func TestAKnownBuyerIsNotRewritten(t *testing.T) {
	w, _ := shop(t)
	before, err := w.Orders().SaveBuyer(t.Context(),
		order.Buyer{Name: "Ville de Liège", Member: true, MemberFrom: "2020-01-01", MemberUntil: "2021-12-31",
			Billing: order.Address{Lines: []string{"1, place du Marché", "Bât. A"}, PostCode: "4000", City: "Liège", Country: "BE",
				CountryName: "Belgique"}})
	if err != nil {
		t.Fatal(err)
	}
	v, _, window := shown(t, w)
	d := v.NewDraft()
	d.pick(widgets.Suggestion{Value: chosen{before, string(before.ID)}})
	if d.member.Checked || !d.member.Disabled() {
		t.Error("a membership that ended is shown as one that holds")
	}
	d.items[0].price.SetText("12")
	d.Save(false)
	if o, err := w.Orders().Get(t.Context(), string(v.open)); len(v.rows) != 1 || err != nil || o.Member {
		t.Fatalf("%d orders; %s", len(v.rows), d.notice.Sentence())
	}
	after, err := w.Orders().Buyer(t.Context(), string(before.ID))
	if err != nil || after.MemberUntil != before.MemberUntil || after.Billing.Country != "BE" || len(after.Billing.Lines) != 2 ||
		after.Billing.Lines[0] != "1, place du Marché" {
		t.Errorf("the buyer is now %+v (%v)", after, err)
	}
	v.ShowSettings()
	press(t, window, "Enregistrer")
	if s, _ := w.Orders().Settings(t.Context()); len(s.Seller.Address.Lines) != 1 || s.Seller.Address.Lines[0] != "1, rue des Essais" {
		t.Errorf("the seller is now at %q", s.Seller.Address.Lines)
	}
}
