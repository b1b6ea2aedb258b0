package orders

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/order/request"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// IntakeOptions say how requests are taken.
type IntakeOptions struct {
	// Edition is what is meant where a request does not say; "" refuses it.
	Edition string
	Format  order.Format // where a request does not say, "" is digital
	Sheet   string       // of a workbook; "" chooses
	DryRun  bool
}

// Intake is what taking requests came to, or would come to.
type Intake struct {
	DryRun bool `json:"dry_run"`
	// Change is the one step that took them all, to undo; "" when nothing was taken.
	Change  repertoire.ID `json:"change,omitempty"`
	Taken   []Intaken     `json:"taken"`
	Already []Intaken     `json:"already"` // taken before from the same request
	Refused []Intaken     `json:"refused"`
	Columns []Column      `json:"columns"`
	Remarks []string      `json:"remarks"`
}

// Column is a heading and what it was read as, "" for what is kept in the note.
type Column struct {
	File    string `json:"file,omitempty"`
	Heading string `json:"heading"`
	Field   string `json:"field"`
}

// Intaken is one request.
type Intaken struct {
	File    string        `json:"file,omitempty"`
	Row     int           `json:"row,omitempty"`
	ID      repertoire.ID `json:"id,omitempty"`
	Order   string        `json:"order,omitempty"` // its number, once taken
	Buyer   string        `json:"buyer"`
	What    string        `json:"what,omitempty"`
	Total   order.Cents   `json:"total_cents"`
	New     bool          `json:"new_buyer,omitempty"`
	Remarks []string      `json:"remarks,omitempty"`
	Why     string        `json:"why,omitempty"` // of a refusal
}

// TakeFiles takes the orders that files hold (CSV, XLSX, ODS, messages) in one
// step. The same request found again, in a file that grew, is not taken twice.
func (room *Room) TakeFiles(ctx context.Context, files []string, opt IntakeOptions, progress base.Progress) (Intake, error) {
	if opt.Format == "" {
		opt.Format = order.Digital
	}
	t, err := room.taking(ctx, opt)
	if err != nil {
		return Intake{}, err
	}
	for _, file := range files {
		requests, err := readRequests(ctx, file, opt.Sheet)
		if err != nil {
			return Intake{}, err
		}
		for _, r := range requests {
			if err := t.table(ctx, r, progress); err != nil {
				return Intake{}, base.Stopped(err)
			}
		}
	}
	return t.end(ctx, fmt.Sprintf("Demandes reçues : %s", strings.Join(baseNames(files), ", ")))
}

// TakeStanding takes, for each buyer who wants every new edition of a répertoire,
// the order of this one; whoever has it from here is left alone.
func (room *Room) TakeStanding(ctx context.Context, edition string, dryRun bool) (Intake, error) {
	t, err := room.taking(ctx, IntakeOptions{DryRun: dryRun})
	if err != nil {
		return Intake{}, err
	}
	e, err := t.desk.edition(ctx, edition)
	if err != nil {
		return Intake{}, err
	}
	buyers, err := room.base.Store.Buyers(ctx, "")
	if err != nil {
		return Intake{}, err
	}
	for _, b := range buyers {
		in := OrderDraft{Buyer: string(b.ID), Note: "Commande permanente"}
		for _, s := range b.Wants(e.Directory) {
			in.Items = append(in.Items, OrderItem{Edition: string(e.ID), Format: s.Format, Quantity: s.Quantity})
		}
		if len(in.Items) > 0 {
			if err := t.take(ctx, Intaken{Buyer: b.Name}, in, "permanente:"+string(e.ID)+":"+string(b.ID)); err != nil {
				return Intake{}, err
			}
		}
	}
	return t.end(ctx, "Commandes permanentes : "+e.Name())
}

// taking gathers many orders into one change.
type taking struct {
	room   *Room
	opt    IntakeOptions
	desk   *desk
	out    Intake
	change repertoire.Change
	orders []*order.Order
	buyers map[repertoire.ID]*order.Buyer // new, or completed
	known  map[string][]order.Buyer       // by ID, SIRET, SIREN and folded name
	seen   map[string]int                 // the same request, counted
}

func (room *Room) taking(ctx context.Context, opt IntakeOptions) (*taking, error) {
	d, err := room.desk(ctx)
	if err != nil {
		return nil, err
	}
	buyers, err := room.base.Store.Buyers(ctx, "")
	if err != nil {
		return nil, err
	}
	t := &taking{room: room, opt: opt, desk: d, change: room.base.Change(repertoire.CauseEdit, ""),
		buyers: map[repertoire.ID]*order.Buyer{},
		known:  map[string][]order.Buyer{}, seen: map[string]int{},
		out: Intake{DryRun: opt.DryRun, Taken: []Intaken{}, Already: []Intaken{}, Refused: []Intaken{}, Columns: []Column{},
			Remarks: []string{}}}
	for _, b := range buyers {
		t.know(b)
	}
	d.buyer = func(_ context.Context, ref string) (order.Buyer, bool, error) {
		bare := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(strings.TrimSpace(ref))
		for _, key := range []string{strings.TrimSpace(ref), bare, repertoire.Fold(strings.TrimSpace(ref))} {
			if found := t.known[key]; key != "" && len(found) > 0 {
				return oneBuyer(ref, found)
			}
		}
		return order.Buyer{}, false, nil
	}
	editions, asked := map[string]order.Edition{}, map[string]error{}
	find := d.edition
	d.edition = func(ctx context.Context, ref string) (order.Edition, error) {
		if _, ok := asked[ref]; !ok {
			editions[ref], asked[ref] = find(ctx, ref)
		}
		return editions[ref], asked[ref]
	}
	return t, nil
}

// know makes a buyer findable, in the place of what it was before.
func (t *taking) know(b order.Buyer) {
	keys := []string{string(b.ID), b.SIRET, b.SIREN, repertoire.Fold(b.Name)}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if key != "" {
			others := slices.DeleteFunc(t.known[key], func(x order.Buyer) bool { return x.ID == b.ID })
			t.known[key] = append(others, b)
		}
	}
}

// take adds an order to the change; what is refused is noted.
func (t *taking) take(ctx context.Context, x Intaken, in OrderDraft, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t.seen[key]++
	id, before, err := t.place(ctx, fmt.Sprintf("%s:%d", key, t.seen[key]))
	if err != nil {
		return err
	}
	if before != "" {
		x.Order = before
		t.out.Already = append(t.out.Already, x)
		return nil
	}
	in.Differing = ForThisOrder
	o, known, err := t.room.composeAt(ctx, t.desk, in)
	switch repertoire.KindOf(err) {
	case repertoire.Refused, repertoire.NotFound:
		x.Why = err.Error()
		t.out.Refused = append(t.out.Refused, x)
		return nil
	}
	if err != nil {
		return err
	}
	if !known {
		x.New = o.Buyer.Version == 0 && t.buyers[o.Buyer.ID] == nil
		b := o.Buyer
		t.buyers[b.ID] = &b
		t.know(b)
	} else if now := t.known[string(o.Buyer.ID)]; len(now) == 1 {
		if apart := changes(now[0], o.Buyer); len(apart) > 0 {
			x.Remarks = append(x.Remarks, "pour cette commande seule, "+strings.Join(apart, " ; "))
		}
	}
	o.ID = id
	o.Steps = []order.Step{{State: order.Received, At: t.change.At.UTC(), By: t.room.base.Author()}}
	x.ID, x.Buyer, x.What, x.Total = o.ID, o.Buyer.Name, contents(&o), o.Totals().Gross
	t.orders = append(t.orders, &o)
	t.out.Taken = append(t.out.Taken, x)
	return nil
}

// place gives the ID of a request's order, and its number when it was taken
// before. An order that was undone leaves its place to another.
func (t *taking) place(ctx context.Context, key string) (repertoire.ID, string, error) {
	for again := range 1000 {
		id := repertoire.DeriveID(fmt.Sprintf("demande:%s:%d", key, again))
		number, gone, err := t.room.base.Store.OrderPlace(ctx, id)
		if err != nil || !gone {
			return id, number, err
		}
	}
	return repertoire.NewID(), "", nil
}

// contents says what is ordered: "2 × Répertoire…, édition mai (papier)".
func contents(o *order.Order) string {
	var out []string
	for _, l := range o.Lines {
		if !l.Postage {
			out = append(out, fmt.Sprintf("%d × %s", l.Quantity, l.Name()))
		}
	}
	return strings.Join(out, ", ")
}

// end writes the change, whole, and gives the numbers.
func (t *taking) end(ctx context.Context, label string) (Intake, error) {
	if t.opt.DryRun || len(t.orders) == 0 {
		return t.out, nil
	}
	t.change.Label = label
	for _, o := range t.orders {
		if b := t.buyers[o.Buyer.ID]; b != nil {
			if err := base.Put(&t.change, b, b.Version); err != nil {
				return t.out, err
			}
			delete(t.buyers, o.Buyer.ID)
		}
		if err := base.Put(&t.change, o, 0); err != nil {
			return t.out, err
		}
	}
	applied, err := t.room.base.Apply(ctx, t.change)
	if err != nil {
		return t.out, err
	}
	t.out.Change = applied.Change.ID
	for i := range t.out.Taken {
		number, _, err := t.room.base.Store.OrderPlace(ctx, t.out.Taken[i].ID)
		if err != nil {
			return t.out, err
		}
		t.out.Taken[i].Order = number
	}
	return t.out, nil
}

// table takes the rows of a table of requests.
func (t *taking) table(ctx context.Context, r requests, progress base.Progress) error {
	fields := request.Guess(r.headings)
	counts := map[int]request.Item{}
	for i, h := range r.headings {
		if fields[i] == "" || fields[i] == request.Edition || fields[i] == request.Quantity {
			if e, ok := t.editionOf(ctx, h); ok && r.counts(i) {
				formats, _ := request.Formats(request.Key(h), "")
				it := request.Item{Edition: string(e.ID)}
				if len(formats) == 1 {
					it.Format = formats[0]
				}
				counts[i], fields[i] = it, request.Quantity
			}
		}
		label := ""
		if fields[i] != "" {
			label = request.Fields.Label(fields[i])
		}
		t.out.Columns = append(t.out.Columns, Column{r.file, h, label})
	}
	t.out.Remarks = append(t.out.Remarks, r.remarks...)
	for n, cells := range r.rows {
		if n%50 == 0 {
			progress.Tell(n, len(r.rows), r.file)
		}
		x := Intaken{File: r.file, Row: r.numbers[n]}
		d, err := request.Read(r.headings, fields, counts, cells, t.opt.Format)
		if d.Buyer.Name == "" && d.Buyer.SIRET == "" && d.Buyer.SIREN == "" {
			d.Buyer.Name = r.from // a message says who sends it
		}
		if d.Buyer.Email == "" {
			d.Buyer.Email = r.address
		}
		if d.Date == "" {
			d.Date = r.on
		}
		x.Buyer, x.Remarks = cmp.Or(d.Buyer.Name, d.Buyer.SIRET, d.Buyer.SIREN), d.Remarks
		in := OrderDraft{Details: d.Buyer, Date: d.Date, Commitment: d.Commitment, Reference: d.Reference, Note: d.Note}
		if err == nil {
			in.Items, err = t.items(ctx, &d)
		}
		if err != nil {
			x.Why = err.Error()
			t.out.Refused = append(t.out.Refused, x)
			continue
		}
		in.Details = d.Buyer
		if err := t.take(ctx, x, in, d.Key+":"+t.opt.Edition+":"+string(t.opt.Format)); err != nil {
			return err
		}
	}
	return nil
}

// items finds the editions that a request names.
func (t *taking) items(ctx context.Context, d *request.Draft) ([]OrderItem, error) {
	var out []OrderItem
	for _, it := range d.Items {
		for _, name := range t.named(ctx, cmp.Or(it.Edition, t.opt.Edition)) {
			e, ok := t.editionOf(ctx, name)
			if !ok {
				_, err := t.desk.edition(ctx, name)
				return nil, err
			}
			out = append(out, OrderItem{Edition: string(e.ID), Format: it.Format, Quantity: it.Quantity, Price: it.Price,
				Discount: it.Discount})
			for i, s := range d.Buyer.Standing {
				if s.Directory == "" && it.Edition != "" {
					d.Buyer.Standing[i].Directory = e.Directory
				}
			}
		}
	}
	return out, nil
}

// named parts a cell that names several editions. « Titre, édition mai 2026 » is
// one name; a part that names nothing is left to be refused.
func (t *taking) named(ctx context.Context, cell string) []string {
	if _, err := t.desk.edition(ctx, cell); err == nil {
		return []string{cell}
	}
	parts := strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '\n' || r == '|' })
	out := []string{}
	for _, p := range parts {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		if strings.HasPrefix(request.Key(p), "edition ") && len(out) > 0 {
			out[len(out)-1] += ", " + p
		} else {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return []string{cell}
	}
	return out
}

// editionOf finds the edition that words mean: its own reference, or the last
// frozen of the one répertoire that they name.
func (t *taking) editionOf(ctx context.Context, text string) (order.Edition, bool) {
	if e, err := t.desk.edition(ctx, text); err == nil {
		return e, true
	}
	return t.room.shelf.named(ctx, request.Key(text))
}
