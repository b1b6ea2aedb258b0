package paper_test

import (
	"bytes"
	"fmt"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/assets"
	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/pdf"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
)

type fonts struct{}

func (fonts) Font(name string) ([]byte, error) { return assets.Font(name) }

func lay(t *testing.T, doc layout.Document, format string) *layout.Pages {
	t.Helper()
	design, err := layout.LoadDesign(paper.Design, format)
	if err != nil {
		t.Fatal(err)
	}
	setter, err := layout.New(fonts{}, design)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := setter.Lay(t.Context(), doc, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range pages.Warnings {
		t.Errorf("warning: %s", w.Message)
	}
	return pages
}

// write makes the PDF, which must pass the checks of digital files and qpdf,
// and gives its text.
func write(t *testing.T, name string, pages *layout.Pages) string {
	t.Helper()
	data, report, err := pdf.Write(t.Context(), pages, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pre, err := pdf.Preflight(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append(report.Checks, pre.Checks...) {
		if !c.OK {
			t.Errorf("%s: %s: %s", name, c.Name, c.Detail)
		}
	}
	file := filepath.Join(t.TempDir(), name+".pdf")
	if keep := os.Getenv("PAPER_OUT"); keep != "" {
		file = filepath.Join(keep, name+".pdf")
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	tool(t, "qpdf", "--check", file)
	return strings.Join(strings.Fields(tool(t, "pdftotext", "-layout", file, "-")), " ")
}

func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed: this check did not take place", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func settings() order.Settings {
	s := order.DefaultSettings()
	s.Seller = order.Seller{Name: "Maison d’essai", Status: "Association régie par la loi du 1er juillet 1901", SIREN: "732829320",
		VATNumber: "FR44732829320",
		Address:   order.Address{Lines: []string{"1, rue des Essais"}, PostCode: "75001", City: "Paris"}, Email: "commandes@essai.fr",
		Phone: "01 02 03 04 05",
		IBAN:  "FR76 3000 6000 0112 3456 7890 189", BIC: "AGRIFRPP"}
	return s
}

var at = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func parcel(t *testing.T) *order.Order {
	t.Helper()
	edition := func(id, title string) order.Edition {
		return order.Edition{ID: repertoire.ID(id), Title: title, Label: "septembre 2026", Pages: 212, SHA256: strings.Repeat("ab", 32)}
	}
	o := &order.Order{ID: "o1", Year: 2026, Count: 12, Date: "2026-03-02", Delivered: "2026-03-04", Basis: order.With,
		Regime: order.RegimeBooks, Commitment: "ENG-2026-0042", Reference: "BC 778",
		Buyer: order.Buyer{ID: "b", Name: "Ville de Lille", SIRET: "21590350100017", Contact: "Mme Awa Diop",
			Email: "rel-int@lille.example.fr", ServiceCode: "RELINT",
			Billing: order.Address{Lines: []string{"Direction des finances", "Place Augustin-Laurent", "CS 30667"}, PostCode: "59033",
				City: "Lille CEDEX"}},
		Lines: []order.Line{
			{Edition: edition("mg", "Répertoire des partenariats franco-malgaches"), Format: order.Paper, Quantity: 3, Unit: 2500,
				Rate: 550, Discount: 1000},
			{Edition: edition("sn", "Répertoire des partenariats franco-sénégalais"), Format: order.Paper, Quantity: 2, Unit: 3000,
				Rate: 550},
			{Edition: edition("jp", "Répertoire des partenariats franco-japonais"), Format: order.Digital, Quantity: 1, Unit: 1500,
				Rate: 550},
			{Postage: true, Quantity: 1, Unit: 890, Rate: 2000},
		}}
	if err := o.Advance(order.Shipped, at, "Awa", ""); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestTheInvoiceBearsItsMentions(t *testing.T) {
	o := parcel(t)
	v, err := o.Bill(settings(), "2026-03-05", at, "Awa")
	if err != nil {
		t.Fatal(err)
	}
	v.Count = 7
	text := write(t, "facture", lay(t, paper.Invoice(v), paper.Format))
	for _, want := range []string{"Facture F2026-0007", "Maison d’essai", "1, rue des Essais", "75001 Paris", "732 829 320",
		"FR44732829320",
		"Ville de Lille", "215 903 501 00017", "59033 Lille CEDEX", "05/03/2026", "04/03/2026", "04/04/2026", "C2026-0012", "BC 778",
		"ENG-2026-0042", "RELINT",
		"25,00 €", "−10 %", "67,50 €", "Total HT", "TVA 5,5 %", "TVA 20 %", "Net à payer", "151,40 €", "FR76 3000 6000 0112 3456 7890 189",
		"23,70 €", "livraison de biens", "Pas d’escompte", "Pénalités de retard", "indemnité forfaitaire de 40 €", "D2192-35"} {
		if !strings.Contains(text, want) {
			t.Errorf("the invoice lacks %q", want)
		}
	}
	credit, err := v.Credit(settings(), "2026-03-09", "exemplaires abîmés")
	if err != nil {
		t.Fatal(err)
	}
	credit.Count = 1
	text = write(t, "avoir", lay(t, paper.Invoice(credit), paper.Format))
	for _, want := range []string{"Avoir AV2026-0001", "F2026-0007 du 05/03/2026", "exemplaires abîmés", "151,40 €"} {
		if !strings.Contains(text, want) {
			t.Errorf("the credit note lacks %q", want)
		}
	}
	if strings.Contains(text, "Pénalités") {
		t.Error("the credit note threatens")
	}
}

func TestTheRegimeIsPrinted(t *testing.T) {
	for regime, want := range map[order.Regime]string{order.RegimeNonProfit: "Exonération de TVA, art. 261-7-1° du CGI",
		order.RegimeSmall: "TVA non applicable, art. 293 B du CGI"} {
		o := parcel(t)
		o.Regime = regime
		for i := range o.Lines {
			o.Lines[i].Rate = 0
		}
		v, err := o.Bill(settings(), "2026-03-05", at, "Awa")
		if err != nil {
			t.Fatal(err)
		}
		v.Count = 1
		text := write(t, "facture-"+string(regime), lay(t, paper.Invoice(v), paper.Format))
		if !strings.Contains(text, want) || strings.Contains(text, "TTC") {
			t.Errorf("%s: %s", regime, text)
		}
	}
}

func TestLetters(t *testing.T) {
	o, s := parcel(t), settings().Seller
	for name, doc := range map[string]layout.Document{
		"devis":        paper.Quote(o, s, order.Quote{Year: 2026, Count: 1, Date: "2026-03-02", Until: "2026-05-01"}),
		"confirmation": paper.Confirmation(o, s, "2026-03-02"), "livraison": paper.DeliveryNote(o, s, "2026-03-04"),
		"fabrication": paper.JobTicket(paper.Ticket{Edition: o.Lines[0].Edition, Quantity: 300, Orders: []string{o.Number()},
			PageSize: "170 × 240 mm", Pages: 212, Binding: "dos carré collé",
			Deliver: s.Address, Files: []paper.TicketFile{{Name: "interieur.pdf", SHA256: strings.Repeat("ab", 32), Bytes: 1234567}}}, s,
			"2026-03-04"),
	} {
		text := write(t, name, lay(t, doc, paper.Format))
		if !strings.Contains(text, "C2026-0012") || !strings.Contains(text, "Maison d’essai") {
			t.Errorf("%s: %s", name, text)
		}
		if name == "livraison" && (strings.Contains(text, "€") || strings.Contains(text, "japonais")) {
			t.Errorf("the delivery note shows prices or what is not in the parcel: %s", text)
		}
		if name == "fabrication" && strings.Count(text, strings.Repeat("ab", 16)) != 2 {
			t.Errorf("the checksum is not whole: %s", text)
		}
	}
}

// An invoice of two hundred lines runs over several pages.
func TestALongInvoice(t *testing.T) {
	o := parcel(t)
	for len(o.Lines) < order.MaxLines {
		o.Lines = append(o.Lines, o.Lines[1])
	}
	v, err := o.Bill(settings(), "2026-03-05", at, "Awa")
	if err != nil {
		t.Fatal(err)
	}
	v.Count = 1
	pages := lay(t, paper.Invoice(v), paper.Format)
	if len(pages.Pages) < 4 {
		t.Errorf("%d pages", len(pages.Pages))
	}
	write(t, "longue", pages)
}

func TestLabelsFallOnTheirSheets(t *testing.T) {
	var orders []order.Order
	for i := range 20 {
		o := *parcel(t)
		o.ID = repertoire.ID(fmt.Sprint("o", i))
		orders = append(orders, o)
	}
	for _, sheet := range paper.Sheets() {
		t.Run(sheet.Name, func(t *testing.T) {
			each := sheet.Columns * sheet.Rows
			labels := lay(t, paper.Labels(orders, sheet, "2026-03-02"), sheet.Format)
			pages, err := paper.Impose(labels, sheet, 3)
			if err != nil {
				t.Fatal(err)
			}
			if want := (len(orders) + 3 + each - 1) / each; len(pages.Pages) != want {
				t.Errorf("%d sheets, want %d", len(pages.Pages), want)
			}
			// Each label's text lies inside its own place.
			in := map[[2]int]int{}
			const mm = 72 / 25.4
			for p, page := range pages.Pages {
				for _, item := range page.Items {
					g, ok := item.(*layout.Glyphs)
					if !ok {
						continue
					}
					width := 0.0
					for _, x := range g.Run {
						width += x.Advance
					}
					col, row := int((g.X/mm-sheet.Left)/sheet.DX), int((g.Y/mm-sheet.Top)/sheet.DY)
					if (g.X+width)/mm > sheet.Left+float64(col)*sheet.DX+labels.Size.W/mm || row >= sheet.Rows || g.Y/mm < sheet.Top {
						t.Errorf("%q sticks out of its label", g.Text)
					}
					in[[2]int{p, row*sheet.Columns + col}]++
				}
			}
			if len(in) != len(orders) || in[[2]int{0, 2}] != 0 || in[[2]int{0, 3}] == 0 {
				t.Errorf("labels fell in %d places", len(in))
			}
			if text := write(t, "etiquettes-"+sheet.Name, pages); strings.Count(text, "Ville de Lille") != len(orders) {
				t.Error("labels are missing")
			}
		})
	}
	sheet, _ := paper.SheetNamed("L7160")
	orders[0].Buyer.Billing.Lines = strings.Fields(strings.Repeat("Anticonstitutionnellement ", 10))
	fit, tooLong := paper.Fitting(lay(t, paper.Labels(orders, sheet, "2026-03-02"), sheet.Format), orders)
	if len(fit) != len(orders)-1 || len(tooLong) != 1 || tooLong[0].ID != orders[0].ID {
		t.Errorf("%d fit, too long: %d", len(fit), len(tooLong))
	}
}

func TestADraftIsAnEMail(t *testing.T) {
	o := parcel(t)
	o.Copies = []order.Copy{{Edition: "jp", File: "japon.pdf", SHA256: strings.Repeat("cd", 32)}}
	raw, err := paper.Draft(settings().Seller, o, at,
		[]post.Attachment{{Name: "répertoire japon.pdf", Type: paper.PDF, Data: []byte("%PDF-1.7")}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || to[0].Address != o.Buyer.Email || m.Header.Get("X-Unsent") != "1" || strings.Contains(string(raw), machine) {
		t.Errorf("to %v, %v", to, err)
	}
	nobody := settings().Seller
	nobody.Email = "" // the mail program writes its own
	if raw, err := paper.Draft(nobody, o, at, nil); err != nil || bytes.Contains(raw, []byte("\nFrom:")) {
		t.Errorf("a seller without an address: %v", err)
	}
	o.Buyer.Email = ""
	if _, err := paper.Draft(settings().Seller, o, at, nil); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("without an address: %v", err)
	}
	o.Buyer.Email, o.Buyer.Name = "a@b.fr", "Ville\r\nBcc: tous@exemple.fr"
	if raw, err := paper.Draft(settings().Seller, o, at, nil); err == nil && bytes.Contains(raw, []byte("\nBcc:")) {
		t.Error("a name writes headers")
	}
}
