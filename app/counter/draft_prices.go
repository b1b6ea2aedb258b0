package counter

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/workspace/orders"
)

// prices asks for the prices that the list does not have yet, where they are
// first needed.
type prices struct {
	draft   *Draft
	box     *fyne.Container
	lacking []order.Format
	entries map[order.Format]*widgets.Entry
	keep    *widgets.Check
}

func (p *prices) make(d *Draft) {
	p.draft, p.box, p.entries = d, widgets.Column(8), map[order.Format]*widgets.Entry{}
	p.keep = widgets.NewCheck(i18n.T("Garder ce prix au tarif, pour les commandes suivantes"), nil)
	p.keep.SetChecked(true)
	p.keep.OnChanged = func(bool) { d.price() }
	for _, f := range []order.Format{order.Paper, order.Digital} {
		p.entries[f] = widgets.NewEntry()
		p.entries[f].SetPlaceHolder(i18n.T("par exemple 25,00"))
		p.entries[f].OnChanged = func(string) { d.price() }
	}
	p.box.Hide()
}

func (p *prices) member() bool { return p.draft.member.Checked }

// show asks for what the lines as they are typed need.
func (p *prices) show() {
	d := p.draft
	var lacking []order.Format
	for _, it := range d.items {
		x, skip, err := it.read(d.view.editions)
		if err != nil || skip || x.Price != nil || slices.Contains(lacking, x.Format) {
			continue
		}
		i := it.edition.SelectedIndex()
		if i < 0 {
			continue
		}
		e := d.view.editions[i]
		if _, _, err := d.view.settings.PriceOf(order.Edition{ID: e.ID, Directory: e.Directory, Label: e.Label, Title: e.Title}, x.Format,
			p.member()); err != nil {
			lacking = append(lacking, x.Format)
		}
	}
	slices.Sort(lacking)
	if slices.Equal(lacking, p.lacking) {
		return
	}
	p.lacking = lacking
	p.box.Objects = nil
	for _, f := range lacking {
		label := i18n.T("Prix sur papier")
		if f == order.Digital {
			label = i18n.T("Prix numérique")
		}
		p.box.Add(widgets.NewField(string(f), label, p.entries[f]))
	}
	p.box.Add(widgets.NewField("keep", "", p.keep))
	p.box.Hidden = len(lacking) == 0
	p.box.Refresh()
}

// wanted tells whether a price that is asked for is not given yet.
func (p *prices) wanted() bool {
	return slices.ContainsFunc(p.lacking, func(f order.Format) bool { return strings.TrimSpace(p.entries[f].Text) == "" })
}

func (p *prices) focus() {
	for _, f := range p.lacking {
		if strings.TrimSpace(p.entries[f].Text) == "" {
			p.draft.scroll.ScrollToBottom() // below what is typed before
			p.draft.modal.Focus(p.entries[f])
			return
		}
	}
}

// fill gives the prices that were asked for to the lines that need them, unless
// they go on the list.
func (p *prices) fill(items []orders.OrderItem) error {
	if err := p.check(); err != nil || p.keep.Checked {
		return err
	}
	for _, f := range p.lacking {
		text := strings.TrimSpace(p.entries[f].Text)
		if text == "" {
			continue
		}
		c, err := order.ParseCents(text)
		if err != nil {
			return err
		}
		for i := range items {
			if items[i].Format == f && items[i].Price == nil && !p.listed(items[i]) {
				items[i].Price = &c
			}
		}
	}
	return nil
}

func (p *prices) listed(x orders.OrderItem) bool {
	for _, e := range p.draft.view.editions {
		if string(e.ID) == x.Edition {
			_, _, err := p.draft.view.settings.PriceOf(order.Edition{ID: e.ID, Directory: e.Directory}, x.Format, p.member())
			return err == nil
		}
	}
	return false
}

// check refuses a price that cannot be read.
func (p *prices) check() error {
	for _, f := range p.lacking {
		if text := strings.TrimSpace(p.entries[f].Text); text != "" {
			if _, err := order.ParseCents(text); err != nil {
				return err
			}
		}
	}
	return nil
}

// kept are the prices to put on the list: for everybody where the format has
// none, else for those who lack it.
func (p *prices) kept() []order.Price {
	if !p.keep.Checked {
		return nil
	}
	var out []order.Price
	for _, f := range p.lacking {
		c, err := order.ParseCents(strings.TrimSpace(p.entries[f].Text))
		if err != nil {
			continue
		}
		price := order.Price{Format: f, Unit: c}
		if slices.ContainsFunc(p.draft.view.settings.Prices, func(x order.Price) bool { return x.Format == f }) {
			price.For = order.NonMembers
			if p.member() {
				price.For = order.Members
			}
		}
		out = append(out, price)
	}
	return out
}
