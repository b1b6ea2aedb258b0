package paper

import (
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// millimetre in points.
const millimetre = 72 / 25.4

// Sheet is an A4 sheet of labels as they are sold, in millimetres.
type Sheet struct {
	Name          string // number of the trade, what is typed
	Title         string
	Columns, Rows int
	Left, Top     float64 // of the first label
	DX, DY        float64 // from one label to the next
	Format        string  // of one label, in the design of letters
}

// Sheets lists those that are known, the usual one first.
func Sheets() []Sheet {
	return []Sheet{
		{"L7163", "99,1 × 38,1 mm, 14 par feuille", 2, 7, 4.65, 15.15, 101.6, 38.1, "99x38"},
		{"L7160", "63,5 × 38,1 mm, 21 par feuille", 3, 7, 7.2, 15.15, 66, 38.1, "63x38"},
		{"L7165", "99,1 × 67,7 mm, 8 par feuille", 2, 4, 4.65, 13.1, 101.6, 67.7, "99x68"},
		{"105x37", "105 × 37 mm, 16 par feuille", 2, 8, 0, 0.5, 105, 37, "105x37"},
		{"70x37", "70 × 37 mm, 24 par feuille", 3, 8, 0, 0.5, 70, 37, "70x37"},
	}
}

// SheetNamed finds a sheet; "" is the usual one.
func SheetNamed(name string) (Sheet, error) {
	var names []string
	for _, s := range Sheets() {
		if name == "" || strings.EqualFold(s.Name, name) {
			return s, nil
		}
		names = append(names, s.Name+" ("+s.Title+")")
	}
	return Sheet{}, repertoire.Missing("La planche d’étiquettes « %s » est inconnue : choisissez %s.", name, strings.Join(names, ", "))
}

// Labels is a document with one label a page, in the sheet's format; lay it
// out, then put it on sheets with Impose.
func Labels(orders []order.Order, s Sheet, on repertoire.Date) layout.Document {
	doc := layout.Document{Meta: layout.Meta{Title: "Étiquettes d’adresse", Subject: s.Title, Date: string(on)}}
	for _, o := range orders {
		blocks := []layout.Block{line("label-name", o.Buyer.Name)}
		if o.Buyer.Contact != "" {
			blocks = append(blocks, line("label", o.Buyer.Contact))
		}
		for _, l := range o.Buyer.ShipTo().Written() {
			blocks = append(blocks, line("label", l))
		}
		doc.Sections = append(doc.Sections, layout.Section{Anchor: string(o.ID), Matter: layout.CoverMatter, HideFromContents: true,
			Blocks: blocks})
	}
	return doc
}

// Fitting parts orders whose label was laid out into those whose address fits on
// one and those whose does not.
func Fitting(labels *layout.Pages, orders []order.Order) (fit, tooLong []order.Order) {
	for i, o := range orders {
		next := len(labels.Pages)
		if i+1 < len(orders) {
			next = labels.Anchors[string(orders[i+1].ID)].Page
		}
		if next-labels.Anchors[string(o.ID)].Page == 1 {
			fit = append(fit, o)
		} else {
			tooLong = append(tooLong, o)
		}
	}
	return fit, tooLong
}

// Impose puts labels on their sheets, leaving out the first skip places of the
// first one: a sheet begun is used up.
func Impose(labels *layout.Pages, s Sheet, skip int) (*layout.Pages, error) {
	count := len(labels.Pages)
	each := s.Columns * s.Rows
	if skip < 0 || skip >= each {
		return nil, repertoire.Refuse("Une planche %s a %d étiquettes : on peut en sauter de 0 à %d. Rien n’a été écrit.", s.Name, each,
			each-1)
	}
	out := *labels
	out.Size = layout.Size{W: 595.28, H: 841.89}
	out.Bleed, out.Outline, out.Entries = 0, nil, nil
	out.Anchors = map[string]layout.Destination{}
	out.Pages = make([]*layout.Page, (count+skip+each-1)/each)
	for i := range out.Pages {
		out.Pages[i] = &layout.Page{}
	}
	for i, label := range labels.Pages {
		place := i + skip
		x := (s.Left + float64(place%s.Columns)*s.DX) * millimetre
		y := (s.Top + float64(place%each/s.Columns)*s.DY) * millimetre
		sheet := out.Pages[place/each]
		for _, item := range label.Items {
			sheet.Items = append(sheet.Items, shifted(item, x, y))
		}
	}
	for name, d := range labels.Anchors {
		out.Anchors[name] = layout.Destination{Page: (d.Page + skip) / each}
	}
	return &out, nil
}

// shifted copies an item to another place: what layout gave is shared.
func shifted(item layout.Item, x, y float64) layout.Item {
	switch v := item.(type) {
	case *layout.Glyphs:
		c := *v
		c.X, c.Y = c.X+x, c.Y+y
		return &c
	case *layout.Path:
		c := *v
		c.Ops = append([]layout.PathOp(nil), v.Ops...)
		for i := range c.Ops {
			op := &c.Ops[i]
			op.X, op.Y, op.X1, op.Y1, op.X2, op.Y2 = op.X+x, op.Y+y, op.X1+x, op.Y1+y, op.X2+x, op.Y2+y
		}
		return &c
	}
	return item
}
