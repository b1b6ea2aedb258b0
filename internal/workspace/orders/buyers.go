package orders

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Buyers lists the buyers whose name, SIREN or SIRET answers text.
func (room *Room) Buyers(ctx context.Context, text string) ([]order.Buyer, error) {
	return room.base.Store.Buyers(ctx, text)
}

// Buyer finds a buyer by ID, SIREN, SIRET or name.
func (room *Room) Buyer(ctx context.Context, ref string) (order.Buyer, error) {
	b, found, err := room.knownBuyer(ctx, ref)
	if err == nil && !found {
		err = repertoire.Missing("Aucun acheteur de ce dossier ne répond à « %s ».", ref)
	}
	return b, err
}

// SaveBuyer writes a buyer; an empty ID creates it. Orders of this buyer that
// are not invoiced follow, in the same change: their documents are still to come.
func (room *Room) SaveBuyer(ctx context.Context, b order.Buyer) (order.Buyer, error) {
	b, err := room.named(b).Check()
	if err != nil {
		return b, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Acheteur : "+b.Name)
	var before order.Buyer
	if b.ID == "" {
		b.ID, b.Version = repertoire.NewID(), 0
	} else if before, err = room.base.Store.Buyer(ctx, b.ID); err != nil {
		return b, err
	}
	if err := base.Put(&c, &b, b.Version); err != nil {
		return b, err
	}
	orders, err := room.base.Store.Orders(ctx, store.OrderQuery{Buyer: b.ID})
	if err != nil {
		return b, err
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return b, err
	}
	for _, o := range orders {
		if o.Invoice == "" && o.State() != order.Cancelled {
			o.Buyer = follow(o.Buyer, before, b)
			// The VAT follows the address; what the accountant has to decide is
			// refused when the order is invoiced.
			if err := room.tax(ctx, s, &o); err != nil && repertoire.KindOf(err) != repertoire.Refused {
				return b, err
			}
			if err := base.Put(&c, &o, o.Version); err != nil {
				return b, err
			}
		}
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return b, err
	}
	return room.base.Store.Buyer(ctx, b.ID)
}

// buyerOf finds the buyer of an order, or makes one of an authority or of the
// details; known tells that it is in the base as it is.
func (room *Room) buyerOf(ctx context.Context, d *desk, ref string, details order.Buyer, differing Differing) (b order.Buyer, known bool,
	err error) {
	if strings.TrimSpace(ref+details.SIRET+details.SIREN+details.Name) == "" {
		return b, false, &repertoire.Error{Kind: repertoire.Refused, Field: "name",
			Message: "Il manque l’acheteur : donnez son nom, son SIREN ou son SIRET. Rien n’a été enregistré."}
	}
	if strings.TrimSpace(ref) == "" {
		if ref = details.SIRET; ref == "" {
			ref = cmp.Or(details.SIREN, details.Name)
		}
	}
	// Wrong keys are refused before they are looked for.
	if checked, err := (order.Buyer{Name: "x", SIREN: details.SIREN, SIRET: details.SIRET}).Check(); err != nil {
		return checked, false, err
	}
	if b, known, err = d.buyer(ctx, ref); err != nil {
		return b, false, err
	}
	if !known {
		if b, err = room.fromReference(ctx, ref, details.Name != ""); err != nil {
			return b, false, err
		}
	}
	before := b
	b = complete(b, details)
	if changed := changes(before, b); known && len(changed) > 0 {
		switch differing {
		case AskDiffering:
			return b, false, &repertoire.Error{Kind: repertoire.Refused, Field: "buyer",
				Message: "L’acheteur « " + before.Name + " » est déjà connu, et la commande dit autre chose : " +
					strings.Join(changed, " ; ") +
					". Rien n’a été enregistré : dites s’il faut garder ce qui est connu, ou le changer."}
		case KeepKnown:
			b = before
		case ForThisOrder:
			b, err = room.named(b).Check()
			return b, true, err
		}
	}
	if b, err = room.named(b).Check(); err != nil {
		return b, false, err
	}
	if !known && b.ID == "" {
		b.ID = repertoire.NewID()
	}
	return b, known && sameBuyer(before, b), nil
}

// knownBuyer finds one buyer of the base.
func (room *Room) knownBuyer(ctx context.Context, ref string) (order.Buyer, bool, error) {
	ref = strings.TrimSpace(ref)
	if b, err := room.base.Store.Buyer(ctx, repertoire.ID(ref)); err == nil {
		return b, true, nil
	}
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(ref)
	if strings.Trim(digits, "0123456789") != "" || digits == "" {
		digits = ref
	}
	found, err := room.base.Store.Buyers(ctx, digits)
	if err != nil {
		return order.Buyer{}, false, err
	}
	var exact []order.Buyer
	for _, b := range found {
		if b.SIRET == digits || b.SIREN == digits || repertoire.Fold(b.Name) == repertoire.Fold(ref) {
			exact = append(exact, b)
		}
	}
	return oneBuyer(ref, exact)
}

// oneBuyer gives the one buyer that a reference may be.
func oneBuyer(ref string, exact []order.Buyer) (order.Buyer, bool, error) {
	switch len(exact) {
	case 0:
		return order.Buyer{}, false, nil
	case 1:
		return exact[0], true, nil
	}
	var names []string
	for _, b := range exact {
		names = append(names, b.Name+" ("+cmp.Or(b.SIRET, b.SIREN, string(b.ID))+")")
	}
	return order.Buyer{}, false, repertoire.Refuse(
		"Plusieurs acheteurs répondent à « %s » : %s. Rien n’a été enregistré ; donnez le SIRET ou l’identifiant.", ref,
		strings.Join(names, " ; "))
}

// fromReference makes a buyer of an authority: of the base by its ID, of the
// official list by SIREN or SIRET, of either by its exact name. With free, what
// is not found is somebody else.
func (room *Room) fromReference(ctx context.Context, ref string, free bool) (order.Buyer, error) {
	if a, err := room.base.Store.Authority(ctx, repertoire.ID(ref)); err == nil {
		return room.BuyerOf(a), nil
	}
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(ref)
	if digits != "" && strings.Trim(digits, "0123456789") == "" {
		b, err := order.Buyer{Name: "x", SIREN: pick(len(digits) != 14, digits), SIRET: pick(len(digits) == 14, digits)}.Check()
		if err != nil {
			return b, err
		}
		if a, ok := room.base.Reference.BySIREN(b.SIREN); ok {
			if own, err := room.base.Store.Authority(ctx, a.ID); err == nil {
				a = own
			}
			found := room.BuyerOf(a)
			found.SIREN, found.SIRET = b.SIREN, b.SIRET
			return found, nil
		}
		if free {
			return order.Buyer{SIREN: b.SIREN, SIRET: b.SIRET}, nil
		}
		return b, repertoire.Refuse(
			"Le SIREN %s n’est pas celui d’une commune, d’une intercommunalité ou d’un acheteur connus : rien n’a été enregistré. Donnez aussi le nom de l’acheteur.", b.SIREN)
	}
	if free {
		return order.Buyer{}, nil
	}
	known, err := room.base.Resolver(ctx)
	if err != nil {
		return order.Buyer{}, err
	}
	answer := known.Who(reference.Mention{Name: ref, Country: "FR"})
	if answer.Verdict == reference.Unknown {
		answer = known.Who(reference.Mention{Name: ref})
	}
	if c, ok := answer.Certain(); ok {
		return room.BuyerOf(c.Authority), nil
	}
	if answer.Verdict == reference.Unknown {
		return order.Buyer{},
			repertoire.Missing(
				"Ni un acheteur ni une collectivité ne répondent à « %s » : rien n’a été enregistré. Donnez son SIREN, ou son nom s’il est nouveau.", ref)
	}
	var names []string
	for _, c := range answer.Candidates {
		names = append(names, c.Authority.Usual()+" ("+room.base.Where(&c.Authority)+", SIREN "+cmp.Or(c.Authority.SIREN, "inconnu")+")")
	}
	return order.Buyer{}, repertoire.Refuse("« %s » peut être plusieurs collectivités : %s. Rien n’a été enregistré ; donnez le SIREN.",
		ref, strings.Join(names, " ; "))
}

// BuyerOf makes a buyer of an authority: all that is known of it.
func (room *Room) BuyerOf(a repertoire.Authority) order.Buyer {
	b := order.Buyer{Authority: a.ID, Name: a.Usual(), SIREN: a.SIREN, Email: a.Email, Phone: a.Phone, Member: a.Member}
	b.Billing.Country = a.Country
	return room.named(b)
}

// complete lays the details that were given over a buyer.
func complete(b, over order.Buyer) order.Buyer {
	for _, f := range []struct{ into, from *string }{{&b.Name, &over.Name}, {&b.SIREN, &over.SIREN}, {&b.SIRET, &over.SIRET},
		{&b.VATNumber, &over.VATNumber},
		{&b.Contact, &over.Contact}, {&b.Email, &over.Email}, {&b.Phone, &over.Phone}, {&b.ServiceCode, &over.ServiceCode},
		{&b.Endpoint, &over.Endpoint}} {
		if *f.from != "" {
			*f.into = *f.from
		}
	}
	if over.Standing != nil {
		b.Standing = over.Standing
	}
	b.Billing, b.Delivery = movedTo(b.Billing, over.Billing), movedTo(b.Delivery, over.Delivery)
	if over.Member && (!b.Member || over.MemberFrom != "" || over.MemberUntil != "") {
		b.Member, b.MemberFrom, b.MemberUntil = true, over.MemberFrom, over.MemberUntil
	}
	return b
}

// movedTo lays an address over another; a country that is not given is the one
// that was known, and a country alone changes only that.
func movedTo(a, over order.Address) order.Address {
	if over.IsZero() {
		if over.Country != "" {
			a.Country, a.CountryName = over.Country, over.CountryName
		}
		return a
	}
	if over.Country == "" {
		over.Country, over.CountryName = a.Country, a.CountryName
	}
	return over
}

// changes says in words what of a known buyer the details would change; filling
// in what was empty is no change.
func changes(before, after order.Buyer) []string {
	var out []string
	say := func(label, was, is string) {
		if was != "" && was != is {
			out = append(out, label+" « "+is+" » au lieu de « "+was+" »")
		}
	}
	say("nom", before.Name, after.Name)
	say("SIREN", before.SIREN, after.SIREN)
	say("SIRET", before.SIRET, after.SIRET)
	say("numéro de TVA", before.VATNumber, after.VATNumber)
	say("contact", before.Contact, after.Contact)
	say("courriel", before.Email, after.Email)
	say("téléphone", before.Phone, after.Phone)
	say("code service", before.ServiceCode, after.ServiceCode)
	say("adresse de facturation électronique", before.Endpoint, after.Endpoint)
	say("adresse", strings.Join(before.Billing.Written(), ", "), strings.Join(after.Billing.Written(), ", "))
	say("adresse de livraison", strings.Join(before.Delivery.Written(), ", "), strings.Join(after.Delivery.Written(), ", "))
	if len(before.Standing) > 0 && !slices.Equal(before.Standing, after.Standing) {
		out = append(out, "commande permanente")
	}
	if before.Member != after.Member || before.MemberUntil != "" && before.MemberUntil != after.MemberUntil {
		out = append(out, "adhésion")
	}
	return out
}

// follow gives the buyer of an order once the known buyer went from before to
// after: what the order said for itself alone stays.
func follow(own, before, after order.Buyer) order.Buyer {
	keep := func(into *string, own, before string) {
		if own != before {
			*into = own
		}
	}
	out := after
	keep(&out.Name, own.Name, before.Name)
	keep(&out.SIREN, own.SIREN, before.SIREN)
	keep(&out.SIRET, own.SIRET, before.SIRET)
	keep(&out.VATNumber, own.VATNumber, before.VATNumber)
	keep(&out.Endpoint, own.Endpoint, before.Endpoint)
	keep(&out.Contact, own.Contact, before.Contact)
	keep(&out.Email, own.Email, before.Email)
	keep(&out.Phone, own.Phone, before.Phone)
	keep(&out.ServiceCode, own.ServiceCode, before.ServiceCode)
	if !slices.Equal(own.Billing.Written(), before.Billing.Written()) {
		out.Billing = own.Billing
	}
	if !slices.Equal(own.Delivery.Written(), before.Delivery.Written()) {
		out.Delivery = own.Delivery
	}
	return out
}

// Apart says in words what an order that is not invoiced tells of its buyer that
// differs from what the buyer is known by; nothing for most.
func (room *Room) Apart(ctx context.Context, o order.Order) ([]string, error) {
	if o.Invoice != "" {
		return nil, nil
	}
	known, err := room.base.Store.Buyer(ctx, o.Buyer.ID)
	if repertoire.KindOf(err) == repertoire.NotFound {
		return nil, nil
	}
	return changes(known, o.Buyer), err
}

// named completes the addresses of a buyer with the names of their countries.
func (room *Room) named(b order.Buyer) order.Buyer {
	for _, a := range []*order.Address{&b.Billing, &b.Delivery} {
		if c, ok := room.base.Reference.FindCountry(a.Country); ok && strings.TrimSpace(a.Country) != "" { // "Suisse" as well as CH
			a.Country = c.ISO2
		}
		a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
		if a.CountryName = ""; a.Country != "" && a.Country != "FR" {
			a.CountryName = room.base.Reference.CountryName(a.Country)
		}
	}
	return b
}

func sameBuyer(a, b order.Buyer) bool {
	x, errX := store.Encode(&a)
	y, errY := store.Encode(&b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func pick(yes bool, s string) string {
	if yes {
		return s
	}
	return ""
}

// CompleteBuyer lays the fields of over that are filled over a buyer found by ID, SIREN,
// SIRET or name.
func (room *Room) CompleteBuyer(ctx context.Context, ref string, over order.Buyer) (order.Buyer, error) {
	b, err := room.Buyer(ctx, ref)
	if err != nil {
		return b, err
	}
	return room.SaveBuyer(ctx, complete(b, over))
}
