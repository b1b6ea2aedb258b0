package tables

import (
	"bytes"
	"cmp"
	"context"
	"net/mail"
	"slices"
	"strings"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// Address is an e-mail address that may be written to.
type Address struct {
	Email string `json:"email"`
	Name  string `json:"name"`
	Role  string `json:"role,omitempty"`
	// Authority is whom the person works for, else the first of their side.
	Authority string `json:"authority,omitempty"`
	// Partnerships are the results the address stands in.
	Partnerships []AddressOf `json:"partnerships"`
}

// AddressOf is a partnership an address was found in.
type AddressOf struct {
	ID    repertoire.ID `json:"id"`
	Title string        `json:"title"`
}

// AddressList is whom the results of a search can be written to. An address
// held back is one that stands in the results and must not be used; each is
// counted once. One objection to an address holds it back wherever it stands.
type AddressList struct {
	Addresses      []Address   `json:"addresses"`       // by name, each once
	Partnerships   int         `json:"partnerships"`    // that answered
	Unreachable    []AddressOf `json:"unreachable"`     // results without any address that may be used
	NotPublishable int         `json:"not_publishable"` // addresses held back: not publishable
	Objected       int         `json:"objected"`        // addresses held back: the person objected
}

// Line gives the addresses as a message program takes them: "a@b.fr, c@d.fr".
// The officer pastes it among hidden recipients.
func (l AddressList) Line() string {
	return strings.Join(mapped(l.Addresses, func(a Address) string { return a.Email }), ", ")
}

// Addresses lists the publishable e-mail addresses of the contacts of all that
// answers q, each once, with who and for which partnerships.
func (room *Room) Addresses(ctx context.Context, q searches.Query) (list AddressList, err error) {
	defer func() { err = base.Stopped(err) }()
	list = AddressList{Addresses: []Address{}, Unreachable: []AddressOf{}}
	objected, err := room.objections(ctx)
	if err != nil {
		return list, err
	}
	byEmail := map[string]*Address{}
	held, refused := map[string]bool{}, map[string]bool{}
	type seen struct {
		of     AddressOf
		emails []string
	}
	var all []seen
	err = room.searches.EachResult(ctx, q, nil, "", func(p *repertoire.Partnership, find func(repertoire.ID) *repertoire.Authority) error {
		at := seen{of: AddressOf{ID: p.ID, Title: p.DisplayTitle(find)}}
		for _, c := range p.Contacts {
			if strings.TrimSpace(c.Email) == "" {
				continue
			}
			email, key := address(c.Email)
			switch public, may := c.Published(); {
			case c.Objected || objected[key]:
				refused[key] = true
			case !may || public.Email == "":
				held[key] = true
			default:
				a := byEmail[key]
				if a == nil {
					a = &Address{Email: email, Name: c.Name, Role: c.Role, Authority: employer(p, &c, find)}
					byEmail[key] = a
				}
				if !slices.Contains(a.Partnerships, at.of) {
					a.Partnerships = append(a.Partnerships, at.of)
				}
				at.emails = append(at.emails, key)
			}
		}
		all = append(all, at)
		return nil
	})
	if err != nil {
		return list, err
	}
	list.Partnerships, list.Objected = len(all), len(refused)
	for key := range held {
		if byEmail[key] == nil && !refused[key] {
			list.NotPublishable++
		}
	}
	for _, x := range all {
		if len(x.emails) == 0 {
			list.Unreachable = append(list.Unreachable, x.of)
		}
	}
	for _, a := range byEmail {
		list.Addresses = append(list.Addresses, *a)
	}
	slices.SortFunc(list.Addresses, func(a, b Address) int {
		return cmp.Or(bytes.Compare(repertoire.SortKey(a.Name), repertoire.SortKey(b.Name)), cmp.Compare(a.Email, b.Email))
	})
	return list, nil
}

// ExportAddresses writes the addresses as a list in csv or xlsx, and gives
// their number; nothing is written when there is none.
func (room *Room) ExportAddresses(l AddressList, format, file string) (int, error) {
	f, err := base.ListFormat(format)
	if err != nil {
		return 0, err
	}
	if len(l.Addresses) == 0 {
		return 0, repertoire.Refuse("Aucune adresse de ces partenariats ne peut être utilisée : la liste n’a pas été écrite.")
	}
	s := exchange.Sheet{Name: "Adresses", Title: "Adresses de courriel", Columns: []exchange.SheetColumn{
		{Heading: "Courriel", Width: 34}, {Heading: "Nom", Width: 28}, {Heading: "Fonction", Width: 28},
		{Heading: "Collectivité", Width: 28}, {Heading: "Partenariats", Width: 50}}}
	var b bytes.Buffer
	err = exchange.WriteSheet(&b, f, s, func(yield func([]string) error) error {
		for _, a := range l.Addresses {
			of := base.Join(" ; ", mapped(a.Partnerships, func(x AddressOf) string { return x.Title })...)
			if err := yield([]string{a.Email, a.Name, a.Role, a.Authority, of}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(l.Addresses), base.WriteWhole(file, b.Bytes())
}

// objections are the addresses whose owners objected anywhere in the base: an
// objection is the person's, not the entry's (GDPR, article 21).
func (room *Room) objections(ctx context.Context) (map[string]bool, error) {
	emails, err := room.base.Store.ObjectedEmails(ctx)
	out := make(map[string]bool, len(emails))
	for _, e := range emails {
		_, key := address(e)
		out[key] = true
	}
	return out, err
}

// address reads what stands in a contact's e-mail field; key is the same for
// two spellings of one address.
func address(s string) (email, key string) {
	email = strings.TrimPrefix(strings.TrimSpace(s), "mailto:")
	if a, err := mail.ParseAddress(email); err == nil {
		email = a.Address
	}
	return email, strings.ToLower(email)
}

// employer is the usual name of the authority the contact belongs to.
func employer(p *repertoire.Partnership, c *repertoire.Contact, find func(repertoire.ID) *repertoire.Authority) string {
	if c.Authority != "" {
		if a := find(c.Authority); a != nil {
			return a.Usual()
		}
	}
	for _, id := range p.PartiesOn(c.Side) {
		if a := find(id); a != nil {
			return a.Usual()
		}
	}
	return ""
}
