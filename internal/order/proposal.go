package order

import (
	"slices"

	"repertoire/internal/repertoire"
)

// Proposal is what an officer is told of the VAT of an order: where it goes, how
// it is treated there and with which words, and what else may be chosen.
type Proposal struct {
	// Places are where its copies go when not to mainland France: "Genève,
	// Suisse (hors de l’Union européenne)".
	Places []string
	// Treated are the labels of the treatments of its lines.
	Treated  []string
	Mentions []string // the invoice's
	Codes    []string // VATEX, of the electronic invoice
	// Choices are the treatments that could be true of all the places.
	Choices repertoire.Choices[Treatment]
}

// Proposal tells of the VAT of the order as its lines have it; without places
// there is nothing to decide.
func (o *Order) Proposal() Proposal {
	var out Proposal
	add := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	var zones []Zone
	for _, l := range o.Lines {
		place := o.Buyer.Billing
		if l.Format == Paper {
			place = o.Buyer.ShipTo()
		}
		zone := place.Zone()
		if l.Postage || zone == Mainland {
			continue
		}
		zones = append(zones, zone)
		add(&out.Places, place.named(zone))
		x := o.Regime.of(l.VAT, l.Rate)
		add(&out.Treated, Treatments.Label(Treatment(cmpOr(string(l.VAT), string(atHomeTyped)))))
		add(&out.Codes, x.code)
	}
	out.Mentions = Mentions(o.Regime, o.Lines)
	for _, t := range Treatments {
		if len(zones) > 0 && !slices.ContainsFunc(zones, func(z Zone) bool { return o.allowed(t.Value, z) != nil }) {
			out.Choices = append(out.Choices, t)
		}
	}
	return out
}

// named is the town, the country and the zone of an address.
func (a Address) named(z Zone) string {
	town := a.City
	if country := cmpOr(a.CountryName, a.Country); country != "" && town != "" {
		town += ", " + country
	} else if country != "" {
		town = country
	}
	if town == "" {
		return z.Name()
	}
	return town + " (" + z.Name() + ")"
}
