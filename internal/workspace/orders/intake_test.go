package orders

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/workspace/history"
)

const asked = `Horodateur;Nom de la collectivité;Nom;SIRET;E-mail;Adresse;Code postal;Ville;Pays;Répertoire souhaité;Format;Nombre d'exemplaires;Télécopie
20/02/2026 10:12;Librairie du Port;Mme Diop;73282932000074;port@example.fr;3, quai du Port;13002;Marseille;;Madagascar;papier;2;0400
21/02/2026 11:00;Ville de Nyon;;;x@example.ch;rue 3;1260;Nyon;CH;Madagascar, Japon;numérique;1;
22/02/2026 11:00;Faute de frappe;;73282932000075;;;;;;Japon;papier;1;
22/02/2026 12:00;Ailleurs;;;;;;;;Japon;papyrus;1;
`

const askedByMail = "From: \"Awa Sarr\" <awa@example.sn>\nTo: x@example.fr\nSubject: commande\nDate: Fri, 20 Feb 2026 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" +
	"Organisme : Commune de Podor\nAdresse :\nrue 1\nBP 12\nVille : Podor\nPays : SN\nOuvrage : répertoire japon\nQuantité : 3\nFormat : papier\nMessage : merci\n"

// A spreadsheet of a form and a message are taken in one step, once, with what is
// refused named; an undo takes the step back, and it may be taken again.
func TestRequestsComeIn(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	csv, eml := filepath.Join(t.TempDir(), "demandes.csv"), filepath.Join(t.TempDir(), "demande.eml")
	for file, text := range map[string]string{csv: asked, eml: askedByMail} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := d.TakeFiles(ctx, []string{csv, eml}, IntakeOptions{DryRun: true}, quiet)
	if err != nil || len(plan.Taken) != 3 || len(plan.Refused) != 2 || plan.Change != "" {
		t.Fatalf("%+v, %v", plan, err)
	}
	if list, _ := d.List(ctx, OrderQuery{}); len(list) != 0 {
		t.Fatal("a dry run wrote")
	}
	in, err := d.TakeFiles(ctx, []string{csv, eml}, IntakeOptions{}, quiet)
	if err != nil || len(in.Taken) != 3 || in.Taken[0].Order != "C2026-0001" {
		t.Fatalf("%+v, %v", in, err)
	}
	one, _ := d.Get(ctx, "C2026-0001")
	if one.Buyer.Contact != "Mme Diop" || one.Date != "2026-02-20" || one.OnPaper()["e-mg"] != 2 ||
		!strings.Contains(one.Note, "Télécopie : 0400") {
		t.Errorf("%+v", one)
	}
	if two, _ := d.Get(ctx, "C2026-0002"); len(two.Editions(order.Digital)) != 2 {
		t.Errorf("%+v", two.Lines)
	}
	if three, _ := d.Get(ctx, "C2026-0003"); three.Buyer.Email != "awa@example.sn" || len(three.Buyer.Billing.Lines) != 2 ||
		three.Buyer.Billing.Country != "SN" || three.OnPaper()["e-jp"] != 3 {
		t.Errorf("%+v", three)
	}
	again, err := d.TakeFiles(ctx, []string{csv, eml}, IntakeOptions{}, quiet)
	if err != nil || len(again.Taken) != 0 || len(again.Already) != 3 || again.Already[0].Order != "C2026-0001" {
		t.Fatalf("%+v, %v", again, err)
	}
	if _, err := history.New(d.base).Undo(ctx, in.Change, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if list, _ := d.List(ctx, OrderQuery{}); len(list) != 0 {
		t.Fatalf("%d orders after the undo", len(list))
	}
	if back, err := d.TakeFiles(ctx, []string{csv}, IntakeOptions{}, quiet); err != nil || len(back.Taken) != 2 {
		t.Fatalf("%+v, %v", back, err)
	}
}

// A buyer who wants each new edition has its order once.
func TestStandingOrders(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	b := portBookshop()
	b.Standing = []order.Standing{{Directory: "madagascar", Format: order.Paper, Quantity: 2}, {Format: order.Digital, Quantity: 1}}
	if _, err := d.SaveBuyer(ctx, b); err != nil {
		t.Fatal(err)
	}
	for edition, want := range map[string]string{"mars 2026": "2 × Répertoire franco-malgache, édition mars 2026 (papier)",
		"mai 2026": "1 × Répertoire franco-japonais, édition mai 2026 (numérique)"} {
		in, err := d.TakeStanding(ctx, edition, false)
		if err != nil || len(in.Taken) != 1 || in.Taken[0].What != want {
			t.Fatalf("%+v, %v", in, err)
		}
		if in, err = d.TakeStanding(ctx, edition, false); err != nil || len(in.Taken) != 0 || len(in.Already) != 1 {
			t.Fatalf("again: %+v, %v", in, err)
		}
	}
}
