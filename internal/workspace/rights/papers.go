package rights

import (
	"context"
	"strconv"

	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// WriteAccess writes what is held on a person as a PDF to hand to them.
func (room *Room) WriteAccess(ctx context.Context, query, output string) (Access, error) {
	a, err := room.Access(ctx, query)
	if err != nil {
		return a, err
	}
	if !a.Found() {
		return a, repertoire.Missing("Rien dans ce dossier ne nomme « %s » : aucun document n’a été écrit.", a.Person)
	}
	return a, room.write(ctx, a.document(), output)
}

// WriteRegister writes the register of processing as a PDF.
func (room *Room) WriteRegister(ctx context.Context, output string) (Register, error) {
	r, err := room.Register(ctx)
	if err != nil {
		return r, err
	}
	return r, room.write(ctx, r.document(), output)
}

func (room *Room) write(ctx context.Context, doc layout.Document, output string) error {
	design, err := layout.LoadDesign(paper.Design, paper.Format)
	if err != nil {
		return err
	}
	setter, err := room.base.Setter(design)
	if err != nil {
		return err
	}
	pages, err := setter.Lay(ctx, doc, nil)
	if err != nil {
		return base.Stopped(err)
	}
	data, _, err := pdf.Write(ctx, pages, pdf.Options{Variant: pdf.Digital})
	if err != nil {
		return base.Stopped(err)
	}
	return base.WriteWhole(output, data)
}

// sheet is a document under way.
type sheet struct{ blocks []layout.Block }

func (s *sheet) heading(level int, text string) {
	s.blocks = append(s.blocks, layout.Heading{Level: level, Text: layout.Plain(text)})
}

func (s *sheet) text(text string) {
	if text != "" {
		s.blocks = append(s.blocks, layout.Para(text))
	}
}

func (s *sheet) table(lines []repertoire.Line) {
	t := layout.Table{Style: "facts", Columns: []layout.TableColumn{{Width: 150}, {Share: 1}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{{Header: true, Blocks: []layout.Block{layout.Para(l.Label)}},
			{Blocks: []layout.Block{layout.Para(l.Value)}}}})
	}
	if len(t.Rows) > 0 {
		s.blocks = append(s.blocks, t)
	}
}

func (s *sheet) document(title, author, subject, on string) layout.Document {
	return layout.Document{
		Meta: layout.Meta{Title: title, Author: author, Subject: subject, Date: on},
		Sections: []layout.Section{{Anchor: "document", Title: title, Matter: layout.BodyMatter,
			Blocks: append([]layout.Block{layout.Heading{Level: 1, Text: layout.Plain(title)}}, s.blocks...)}},
	}
}

func (a Access) document() layout.Document {
	var s sheet
	by := a.By
	if by == "" {
		by = "l’association qui tient ce répertoire"
	}
	s.text("Ce document dit tout ce que " + by + " garde de « " + a.Person + " » dans son répertoire, au " +
		repertoire.Date(a.On).French() + " (RGPD, art. 15).")
	if len(a.Cards) > 0 {
		s.heading(2, "Ce qui est gardé de vous")
	}
	for _, c := range a.Cards {
		s.heading(3, c.What+" – "+c.Where)
		s.table(c.Lines)
		s.text(c.Why)
	}
	if len(a.Texts) > 0 {
		s.heading(2, "Autres textes qui vous nomment")
		var lines []repertoire.Line
		for _, x := range a.Texts {
			lines = append(lines, repertoire.Line{Label: x.Title, Value: x.Label + " : " + x.Excerpt})
		}
		s.table(lines)
	}
	if len(a.Messages) > 0 {
		s.heading(2, "Messages qui vous ont été adressés")
		var lines []repertoire.Line
		for _, m := range a.Messages {
			lines = append(lines, repertoire.Line{Label: m.At.Local().Format("02/01/2006 15:04"), Value: m.Address + " – " + m.What})
		}
		s.table(lines)
	}
	if len(a.Editions) > 0 {
		s.heading(2, "Livres qui vous nomment")
		var lines []repertoire.Line
		for _, e := range a.Editions {
			lines = append(lines, repertoire.Line{Label: e.Edition, Value: e.Title})
		}
		s.table(lines)
	}
	s.heading(2, "Copies")
	text := "États anciens gardés par le journal : " + strconv.Itoa(a.Versions)
	if a.Since != nil {
		text += ", depuis le " + repertoire.DateOf(a.Since.Local()).French()
	}
	s.text(text + ". Sauvegardes du dossier, remplacées peu à peu : " + strconv.Itoa(a.Backups) + ". Fichiers faits pour vous : " +
		strconv.Itoa(len(a.Files)) + ".")
	for _, r := range a.Rules {
		s.heading(2, r.Title)
		s.text(r.Text)
	}
	return s.document("Données personnelles : "+a.Person, a.By, "Réponse à une demande d’accès (RGPD, art. 15)", a.On)
}

func (r Register) document() layout.Document {
	var s sheet
	s.text("Tenu au titre de l’article 30 du RGPD, écrit d’après la base le " + repertoire.Date(r.On).French() + ".")
	s.heading(2, "Responsable du traitement")
	s.table(controller(r.Controller))
	for _, a := range r.Activities {
		s.heading(2, a.Name)
		s.table(a.Lines)
	}
	s.heading(2, "Effacements faits")
	if len(r.Erasures) == 0 {
		s.text("Aucun.")
	}
	var lines []repertoire.Line
	for _, e := range r.Erasures {
		reason := e.Reason
		if reason == "" {
			reason = "sans motif noté"
		}
		lines = append(lines, repertoire.Line{Label: e.At, Value: reason + " (" + e.By + ")"})
	}
	s.table(lines)
	return s.document("Registre des activités de traitement", r.Controller.Name, "RGPD, art. 30", r.On)
}

// controller names the house as far as the settings of orders do.
func controller(s order.Seller) (out []repertoire.Line) {
	lines := append([]string{}, s.Address.Written()...)
	add := func(label, value string) {
		if value == "" {
			value = "à compléter dans les réglages des commandes"
		}
		out = append(out, repertoire.Line{Label: label, Value: value})
	}
	add("Nom", s.Name)
	address := ""
	for _, l := range lines {
		if address != "" {
			address += ", "
		}
		address += l
	}
	add("Adresse", address)
	add("Courriel", s.Email)
	if s.SIREN != "" {
		add("SIREN", s.SIREN)
	}
	return append(out, repertoire.Line{Label: "Délégué à la protection des données", Value: "à compléter s’il y en a un"})
}
