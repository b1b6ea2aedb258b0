package counter

import (
	"cmp"
	"context"
	"strings"
	"time"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// chosen is a buyer that the picker proposes: a known one, or an authority that
// has not bought yet under the reference that finds it again.
type chosen struct {
	buyer order.Buyer
	ref   string
}

// suggest finds buyers already known, then authorities of any country.
func (d *Draft) suggest(ctx context.Context, text string) ([]widgets.Suggestion, error) {
	buyers, err := d.view.door.Orders().Buyers(ctx, text)
	if err != nil {
		return nil, err
	}
	var out []widgets.Suggestion
	bought := map[string]bool{}
	for _, b := range buyers[:min(len(buyers), 6)] {
		bought[string(b.Authority)], bought[b.SIREN] = true, true
		note := strings.Join(nonEmpty(i18n.T("acheteur connu"), b.Billing.City, cmp.Or(b.SIRET, b.SIREN)), " · ")
		out = append(out, widgets.Suggestion{Label: b.Name, Note: note, Value: chosen{b, string(b.ID)}})
	}
	authorities, err := d.view.door.Records().SuggestAuthorities(ctx, text, "", 8)
	if err != nil {
		return nil, err
	}
	for _, a := range authorities {
		if a.Authority.SIREN != "" && bought[a.Authority.SIREN] || bought[string(a.Authority.ID)] {
			continue
		}
		ref := a.Authority.SIREN
		if ref == "" && a.Known {
			ref = string(a.Authority.ID)
		}
		note := a.Where
		if a.Authority.SIREN != "" {
			note += " · SIREN " + a.Authority.SIREN
		}
		out = append(out, widgets.Suggestion{Label: a.Authority.Usual(), Note: note, Doubtful: a.Doubt,
			Value: chosen{d.view.door.Orders().BuyerOf(a.Authority), ref}})
	}
	return out, nil
}

// nonEmpty trims texts and leaves out those that say nothing.
func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// pick fills all that is known of a buyer.
func (d *Draft) pick(s widgets.Suggestion) {
	c := s.Value.(chosen)
	b := c.buyer
	d.buyer, d.known, d.differing = c.ref, b, orders.AskDiffering
	d.filling = true
	country := func(a order.Address) string { return cmp.Or(a.CountryName, a.Country) }
	for name, text := range map[string]string{"name": b.Name, "siret": b.SIRET, "email": b.Email, "phone": b.Phone,
		"address":  strings.Join(b.Billing.Lines, "\n"),
		"postcode": b.Billing.PostCode, "city": b.Billing.City, "country": country(b.Billing),
		"ship": strings.Join(b.Delivery.Lines, "\n"), "ship-postcode": b.Delivery.PostCode, "ship-city": b.Delivery.City,
		"ship-country": country(b.Delivery),
		"vat":          b.VATNumber, "service": b.ServiceCode, "contact": b.Contact} {
		d.fields[name].SetText(text)
	}
	d.shipping.SetChecked(!b.Delivery.IsZero())
	d.filling = false
	// The membership of a known buyer has its period: it is changed on the
	// buyer, not in passing.
	d.member.SetChecked(b.MemberOn(repertoire.DateOf(time.Now())))
	if b.ID != "" {
		d.member.Disable()
	} else {
		d.member.Enable()
	}
	d.price()
}

// askDiffering asks what is to become of a known buyer that the order calls
// otherwise: never renamed in passing.
func (d *Draft) askDiffering(sentence string, send bool) {
	m := widgets.NewModal(i18n.T("Cet acheteur est déjà connu"), widgets.Wide(520, widgets.NewFlushParagraph(sentence)), d.view.window)
	answer := func(what orders.Differing) func() {
		return func() {
			m.Close()
			d.differing = what
			d.Save(send)
		}
	}
	m.SetButtons(widgets.NewButton(i18n.T("Revenir"), "", m.Close),
		widgets.NewButton(i18n.T("Changer l’acheteur"), "", answer(orders.ChangeKnown)),
		widgets.NewButton(i18n.T("Garder ce qui est connu"), "", answer(orders.KeepKnown)),
		widgets.NewMainButton(i18n.T("Pour cette commande seule"), "", answer(orders.ForThisOrder)))
	m.Show(720, 0)
}
