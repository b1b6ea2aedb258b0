package rights

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
)

// lawYears is how long invoices and what they were made of are kept (Code de
// commerce, art. L. 123-22).
const lawYears = 10

// Retained is a person whose data are kept, and until when.
type Retained struct {
	history.RecordRef
	Title   string          `json:"title"`
	Contact repertoire.ID   `json:"contact,omitempty"` // of a partnership
	Name    string          `json:"name"`
	Heard   repertoire.Date `json:"heard"` // when they were last heard of
	From    string          `json:"from"`  // what says so
	Until   repertoire.Date `json:"until"`
}

// Retention says whose time is over.
type Retention struct {
	ContactYears int `json:"contact_years"`
	BuyerYears   int `json:"buyer_years"`
	// Due have been kept for as long as the house decided, the oldest first.
	Due []Retained `json:"due"`
	// Next is when the next one will be due, "" when nobody is kept.
	Next   repertoire.Date `json:"next,omitempty"`
	Kept   int             `json:"kept"`
	ByLaw  int             `json:"by_law"` // buyers with an invoice of less than ten years
	Purged int             `json:"purged"` // by PurgeExpired
	// Backups still hold the data of those purged, until they leave by rotation.
	Backups []string `json:"backups"`
}

// SetRetention decides for how many years contacts and buyers are kept once
// nothing is heard of them; 0 leaves a time as it is.
func (room *Room) SetRetention(ctx context.Context, contacts, buyers int) error {
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return err
	}
	s.ID = order.SettingsID
	s.RetainContacts, s.RetainBuyers = cmp.Or(contacts, s.RetainContacts), cmp.Or(buyers, s.RetainBuyers)
	if err := s.Check(); err != nil {
		return err
	}
	c := room.base.Change(repertoire.CauseEdit, "Durées de conservation")
	if err := base.Put(&c, &s, s.Version); err != nil {
		return err
	}
	_, err = room.base.Apply(ctx, c)
	return err
}

// Retention lists who has been kept long enough, and changes nothing.
func (room *Room) Retention(ctx context.Context) (Retention, error) {
	out := Retention{Due: []Retained{}, Backups: []string{}}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return out, err
	}
	out.ContactYears, out.BuyerYears = s.Years()
	today := repertoire.DateOf(room.base.Now())
	err = room.base.Store.View(ctx, func(read store.Reader) error {
		if err := room.contactsKept(ctx, read, today, &out); err != nil {
			return err
		}
		return room.buyersKept(ctx, read, today, &out)
	})
	slices.SortStableFunc(out.Due, func(a, b Retained) int { return cmp.Compare(a.Until, b.Until) })
	return out, base.Stopped(err)
}

func (r *Retention) add(x Retained, today repertoire.Date) {
	r.Kept++
	switch {
	case x.Until < today:
		r.Due = append(r.Due, x)
	case r.Next == "" || x.Until < r.Next:
		r.Next = x.Until
	}
}

// after gives the day so many years later.
func after(d repertoire.Date, years int) repertoire.Date {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return d
	}
	return repertoire.DateOf(t.AddDate(years, 0, 0))
}

// contactsKept looks at every contact: a confirmation of the contacts, an
// agreement or a verification of the entry is the last that was heard of them.
func (room *Room) contactsKept(ctx context.Context, read store.Reader, today repertoire.Date, out *Retention) error {
	var found []Retained
	if err := read.EachPartnership(ctx, func(p repertoire.Partnership) error {
		for _, c := range p.Contacts {
			if c.Name+c.Email+c.Phone == "" {
				continue
			}
			x := Retained{RecordRef: history.RecordRef{Aggregate: repertoire.AggPartnership, ID: p.ID}, Contact: c.ID,
				Name: cmp.Or(c.Name, c.Email, c.Phone)}
			x.hear(repertoire.DateOf(p.Created.Local()), "création de la fiche")
			x.hear(p.Verified, "vérification de la fiche")
			if known, ok := p.Confirmations["contacts"]; ok {
				x.hear(repertoire.DateOf(known.At.Local()), "interlocuteurs confirmés")
			}
			x.hear(c.AgreedOn, "accord de la personne")
			x.Until = after(x.Heard, out.ContactYears)
			found = append(found, x)
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	titles := map[repertoire.ID]string{}
	for _, x := range found {
		if x.Until < today {
			if _, ok := titles[x.ID]; !ok {
				titles[x.ID] = read.TitleOf(ctx, x.Aggregate, x.ID, nil)
			}
			x.Title = titles[x.ID]
		}
		out.add(x, today)
	}
	return nil
}

// hear notes a day when it is later than the one there was; a year or a month
// counts until its end.
func (x *Retained) hear(d repertoire.Date, from string) {
	switch {
	case !d.Valid() || d == "":
		return
	case len(d) == 4:
		d += "-12-31"
	case len(d) == 7:
		d += "-28"
	}
	if d > x.Heard {
		x.Heard, x.From = d, from
	}
}

// buyersKept looks at every buyer that is known by more than the name of an
// organisation.
func (room *Room) buyersKept(ctx context.Context, read store.Reader, today repertoire.Date, out *Retention) error {
	list, err := read.Buyers(ctx, "")
	if err != nil {
		return err
	}
	written, err := read.LastWritten(ctx, repertoire.AggBuyer)
	if err != nil {
		return err
	}
	orders, err := read.Orders(ctx, store.OrderQuery{})
	if err != nil {
		return err
	}
	invoices, err := read.Invoices(ctx, "", "")
	if err != nil {
		return err
	}
	ordered, invoiced := map[repertoire.ID]repertoire.Date{}, map[repertoire.ID]repertoire.Date{}
	for _, o := range orders {
		ordered[o.Buyer.ID] = max(ordered[o.Buyer.ID], o.Date, o.Delivered, o.PaidOn)
	}
	for _, v := range invoices {
		invoiced[v.Buyer.ID] = max(invoiced[v.Buyer.ID], v.Date)
	}
	for _, b := range list {
		if personal(b) == "" || b.MemberOn(today) {
			continue
		}
		x := Retained{RecordRef: history.RecordRef{Aggregate: repertoire.AggBuyer, ID: b.ID}, Title: b.Name, Name: personal(b)}
		x.hear(repertoire.DateOf(written[b.ID].Local()), "dernière saisie de l’acheteur")
		x.hear(ordered[b.ID], "dernière commande")
		x.hear(b.MemberUntil, "fin de l’adhésion")
		x.Until = after(x.Heard, out.BuyerYears)
		if d := invoiced[b.ID]; d != "" {
			if law := after(d, lawYears); law >= today {
				out.ByLaw++
				x.Until = max(x.Until, law)
			}
		}
		out.add(x, today)
	}
	return nil
}

// personal gives what names a person of a buyer, "" when nothing does.
func personal(b order.Buyer) string {
	if !b.Public() && b.Authority == "" && b.Name != repertoire.Erased {
		return b.Name
	}
	return strings.Trim(cmp.Or(b.Contact, b.Email, b.Phone), " ")
}

// PurgeExpired erases the data of those of due whose time is still over: of a
// contact all, of a buyer what names a person; the orders follow, invoices stay
// as long as the law asks. It cannot be undone.
func (room *Room) PurgeExpired(ctx context.Context, due []Retained) (Retention, error) {
	now, err := room.Retention(ctx)
	if err != nil {
		return now, err
	}
	note := store.ErasureNote{Erasure: store.Erasure{ID: repertoire.NewID(), Author: room.base.Author(), At: room.base.Now(),
		Reason: "fin de la durée de conservation"}}
	for _, x := range due {
		if !slices.ContainsFunc(now.Due, func(y Retained) bool { return y.ID == x.ID && y.Contact == x.Contact }) {
			continue
		}
		if x.Contact != "" {
			note.Contacts = append(note.Contacts, x.Contact)
		} else {
			note.Buyers = append(note.Buyers, x.ID)
		}
	}
	n := len(note.Contacts) + len(note.Buyers)
	if n == 0 {
		return now, repertoire.Refuse("Personne n’est au bout de sa durée de conservation : rien n’a été effacé.")
	}
	report, err := room.noted(ctx, note, func(ctx context.Context) (store.ErasureReport, error) {
		return room.base.Store.EraseWords(ctx, expired(note), note.Erasure)
	})
	if err != nil {
		return now, err
	}
	event := room.base.Change(repertoire.CauseErase, "Fin de la durée de conservation")
	event.ID = note.ID
	for _, id := range report.Records {
		event.Ops = append(event.Ops, repertoire.Op{ID: id})
	}
	room.base.Publish(event)
	after, err := room.Retention(ctx)
	after.Purged = n
	for _, b := range report.Backups {
		after.Backups = append(after.Backups, b.File)
	}
	return after, err
}

// expired is what the end of their time does to contacts and buyers.
func expired(note store.ErasureNote) store.Words {
	same := func(s string) string { return s }
	return store.Words{
		Person: func(c repertoire.Contact) bool { return c.ID != "" && slices.Contains(note.Contacts, c.ID) },
		Text:   same,
		Body: func(a repertoire.Aggregate, body json.RawMessage) json.RawMessage {
			b, ok := buyerOf(a, body)
			if !ok || !slices.Contains(note.Buyers, b.ID) || keptByLaw(a, body) {
				return body
			}
			return unnamed(a, b, body)
		},
	}
}

// unnamed takes out of a record with a buyer what names a person: of an
// organisation whom to write to, of somebody who buys for themselves all.
func unnamed(a repertoire.Aggregate, b order.Buyer, body json.RawMessage) json.RawMessage {
	prefix := ""
	if a == repertoire.AggOrder {
		prefix = "buyer."
	}
	alone := !b.Public() && b.Authority == ""
	return store.Declared(a).Strings(body, func(s repertoire.StringAt) string {
		at, theirs := strings.CutPrefix(s.Path, prefix)
		switch {
		case !theirs || s.Value == "":
		case at == "contact", at == "email", at == "phone":
			return ""
		case alone && at == "name", alone && (strings.HasPrefix(at, "billing.lines") || strings.HasPrefix(at, "delivery.lines")):
			return repertoire.Erased
		}
		return s.Value
	})
}
