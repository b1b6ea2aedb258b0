package counter

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// vatPanel tells how VAT treats an order that goes elsewhere than mainland
// France, with the sentence its invoice bears, and lets another be chosen.
type vatPanel struct {
	draft   *Draft
	box     *fyne.Container
	place   *fyne.Container
	choice  *widgets.Select
	choices repertoire.Choices[order.Treatment]
	filling bool
}

func (p *vatPanel) make(d *Draft) {
	p.draft, p.place = d, widgets.Column(4)
	p.choice = widgets.NewSelect(nil, func(string) {
		if !p.filling {
			d.price()
		}
	})
	p.box = widgets.Column(8, widgets.Rule(), widgets.NewField("vat", i18n.T("TVA"), widgets.Framed(p.choice)),
		widgets.NewField("", "", p.place))
	p.box.Hide()
}

// chosen is the treatment that the officer chose, "" for that of the destination.
func (p *vatPanel) chosen() order.Treatment {
	if i := p.choice.SelectedIndex(); i > 0 && i <= len(p.choices) {
		return p.choices[i-1].Value
	}
	return ""
}

// show tells of an order as it would be; err is why it is refused.
func (p *vatPanel) show(o order.Order, err error) {
	proposal := o.Proposal()
	e := new(repertoire.Error)
	undecided := errors.As(err, &e) && (e.Field == "vat" || e.Field == "vat_number")
	p.box.Hidden = len(proposal.Places) == 0 || err != nil && !undecided
	if p.box.Hidden {
		if err == nil && p.choice.SelectedIndex() > 0 {
			p.set(nil, 0) // home again: what was chosen for abroad is no more
		}
		p.box.Refresh()
		return
	}
	at := p.choice.SelectedIndex()
	before := p.chosen()
	if len(proposal.Choices) != len(p.choices) || at < 0 {
		at = 0
		for i, c := range proposal.Choices {
			if c.Value == before && before != "" {
				at = i + 1
			}
		}
	}
	p.set(proposal.Choices, at)
	lines := []string{strings.Join(proposal.Places, " ; ")}
	switch {
	case undecided:
		lines = append(lines, err.Error())
	default:
		for _, t := range proposal.Treated {
			lines = append(lines, i18n.T(t))
		}
		for _, m := range proposal.Mentions {
			lines = append(lines, i18n.T("La facture portera : %s.", m))
		}
		if len(proposal.Codes) > 0 {
			lines = append(lines, i18n.T("Code de la facture électronique : %s.", strings.Join(proposal.Codes, ", ")))
		}
	}
	p.place.Objects = nil
	for _, l := range lines {
		p.place.Add(widgets.NewParagraph(l, theme.ColorMuted))
	}
	p.box.Refresh()
}

func (p *vatPanel) set(choices repertoire.Choices[order.Treatment], at int) {
	p.choices = choices
	labels := []string{i18n.T("Selon la destination")}
	for _, c := range choices {
		labels = append(labels, i18n.T(c.Label))
	}
	p.filling = true
	p.choice.Options = labels
	p.choice.SetSelectedIndex(min(at, len(labels)-1))
	p.choice.Refresh()
	p.filling = false
}
