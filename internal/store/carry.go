package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// RestorePlan says what a restoration does, before it does it.
type RestorePlan struct {
	File string    `json:"file"`
	At   time.Time `json:"at"`  // of the last change that the backup holds
	Seq  int64     `json:"seq"` // its number
	// Vouched tells that the backup still has the checksum it was made with.
	Vouched bool `json:"vouched"`
	// Present is what the base to be replaced is: "sound", "damaged", "none".
	Present string `json:"present"`
	// Back are records that go back to what they were, newest first as far as
	// it is known, at most backShown of them; Total counts them all.
	Back  []BackItem `json:"back"`
	Total int        `json:"back_total"`
	// What was sold since and stays: the ledger is never taken back.
	Invoices  int `json:"invoices_kept"`
	Orders    int `json:"orders_kept"`
	Payments  int `json:"payments_kept"`
	Buyers    int `json:"buyers_kept"`
	Movements int `json:"movements_kept"`
	// Saved are records of a damaged base that were readable and newer than the
	// backup's; Lost are those that could not be read.
	Saved int `json:"saved"`
	Lost  int `json:"lost"`
	// Unknown tells that nothing says which numbers were given since.
	Unknown bool `json:"numbers_unknown"`
	// Pictures are the files of media/ that come back with the backup, Missing
	// those that it speaks of and that are nowhere.
	Pictures int `json:"pictures"`
	Missing  int `json:"pictures_missing"`
	// Erasures were done since and are done again when the folder is opened.
	Erasures int `json:"erasures_again"`
	// Messages left since and will not leave again; Doubtful waited in the
	// backup, and nothing says whether they have left.
	Messages int `json:"messages_kept"`
	Doubtful int `json:"messages_doubtful"`
	// Aside is the folder with the base that was replaced, "" none.
	Aside string `json:"aside,omitempty"`
}

// BackItem is a record that a restoration takes back.
type BackItem struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	ID        repertoire.ID        `json:"id"`
	Title     string               `json:"title"`
	What      string               `json:"what"` // "modified", "added" (it goes), "deleted" (it returns)
}

// backShown is how many records a plan names.
const backShown = 500

// numberOf gives the register's line of a numbered record.
func numberOf(record any) (Registered, bool) {
	switch v := record.(type) {
	case *order.Invoice:
		return Registered{Kind: string(v.Kind), Series: v.Series, Year: v.Year, Count: v.Count, Number: v.Number(), Date: v.Date,
			Record: v.ID}, v.Count > 0
	case *order.Order:
		return Registered{Kind: registeredOrder, Series: orderSeries, Year: v.Year, Count: v.Count, Number: v.Number(), Date: v.Date,
			Record: v.ID}, v.Count > 0
	}
	return Registered{}, false
}

// settleNumbers brings to a staged base what is known of the last numbers, and
// says when nothing tells them for certain.
func (s *Store) settleNumbers(ctx context.Context, tx *sql.Tx, p *present) (unknown bool, err error) {
	r, err := readRegister(s.dir)
	if err != nil {
		return false, err
	}
	if err := sameDocuments(ctx, tx, r.lines); err != nil {
		return false, err
	}
	for _, known := range []map[series]Registered{p.numbers, r.last()} {
		for k, x := range known {
			if err := raise(ctx, tx, k, x.Count, x.Date); err != nil {
				return false, err
			}
		}
	}
	certain := p.certain || len(r.lines) > 0 && (r.rest == 0 || r.torn())
	year := p.doubt
	if !certain {
		sells, err := sells(ctx, tx)
		if err != nil || !sells && !p.found && !r.found {
			return false, err
		}
		if sells || p.found && !p.sound && len(p.numbers) > 0 {
			year = strconv.Itoa(s.options.now().Year())
		}
	}
	if year == "" {
		return false, nil
	}
	if certain {
		for key := range p.said {
			if err := setMeta(ctx, tx, key, "1"); err != nil {
				return false, err
			}
		}
	} else if _, err := tx.ExecContext(ctx, `DELETE FROM meta WHERE key LIKE 'said:%'`); err != nil {
		return false, err
	}
	return true, setMeta(ctx, tx, unknownKey, year)
}

// sells tells whether a base has anything to do with selling.
func sells(ctx context.Context, q rower) (yes bool, err error) {
	err = q.QueryRowContext(ctx,
		`SELECT EXISTS (SELECT 1 FROM sales) OR EXISTS (SELECT 1 FROM book_order) OR EXISTS (SELECT 1 FROM invoice)`).Scan(&yes)
	return yes, err
}

// sameDocuments refuses a backup whose documents bear numbers that this folder
// gave to others: it is another workspace's.
func sameDocuments(ctx context.Context, q queryer, lines []Registered) error {
	theirs, err := registered(ctx, q, time.Time{})
	if err != nil {
		return err
	}
	number := map[string][]repertoire.ID{}
	for _, x := range theirs {
		number[x.Number] = append(number[x.Number], x.Record)
	}
	common := map[string]bool{} // two documents may bear one number: see DoubleNumbers
	for _, x := range lines {
		common[x.Number] = common[x.Number] || slices.Contains(number[x.Number], x.Record)
	}
	for _, x := range lines {
		if len(number[x.Number]) > 0 && !common[x.Number] && x.Kind != registeredLast {
			what := "facture"
			if x.Kind == registeredOrder {
				what = "commande"
			}
			return repertoire.Refuse(
				"La sauvegarde et le dossier ont chacun une %s %s, qui n’est pas la même : rien n’a été restauré. Cette sauvegarde vient d’un autre dossier ; restaurez-la dans un dossier neuf.", what, x.Number)
		}
	}
	return nil
}

// carry brings to a staged base what was sold since, and of a damaged base
// every record that is newer than the staged one.
func (s *Store) carry(ctx context.Context, staged *sql.DB, p *present, plan *RestorePlan) error {
	var lines []Registered
	var kept []salvaged
	for _, x := range p.records {
		kept = append(kept, x)
		if record, err := read(x.aggregate, x.body, false); err == nil {
			if line, ok := numberOf(record); ok {
				lines = append(lines, line)
			}
		}
	}
	if err := sameDocuments(ctx, staged, lines); err != nil {
		return err
	}
	sold, others, err := s.wanting(ctx, staged, p, kept, plan)
	if err != nil {
		return err
	}
	c := repertoire.Change{Author: s.options.Person, At: s.options.now(), Cause: repertoire.CauseRestore}
	if c.Author == "" {
		c.Author = "Répertoire"
	}
	c.Label = "Ventes, factures, stock et campagnes depuis la sauvegarde"
	if err := carryAll(ctx, staged, c, sold, &plan.Lost); err != nil {
		return err
	}
	c.Label = "Fiches sauvées de la base abîmée"
	lost := 0
	if err := carryAll(ctx, staged, c, others, &lost); err != nil {
		return err
	}
	plan.Saved, plan.Lost = len(others)-lost, plan.Lost+lost+p.lost
	return nil
}

// wanting lists the ops that bring over what the staged base lacks.
func (s *Store) wanting(ctx context.Context, staged *sql.DB, p *present, kept []salvaged, plan *RestorePlan) (sold, others []repertoire.Op,
	err error) {
	sortForCarrying(kept)
	there := map[repertoire.ID]bool{}
	for _, x := range kept {
		was, err := readRow(ctx, staged, x.aggregate, x.id)
		if err != nil {
			return nil, nil, err
		}
		isSold := slices.Contains(ledger, x.aggregate)
		there[x.id] = was.found || !x.trashed
		switch {
		case was.found && (!isSold || !p.sound) && was.version >= x.version,
			was.found && x.aggregate == repertoire.AggInvoice,
			was.found && was.trashed == x.trashed && string(was.body) == string(x.body),
			was.found && was.body == nil, // erased: what a person had erased stays so
			x.trashed && (!was.found || was.trashed):
			continue
		}
		op := repertoire.Op{Aggregate: x.aggregate, ID: x.id, Version: AnyVersion}
		if !x.trashed {
			op.After = x.body
		}
		if !isSold {
			others = append(others, op)
			continue
		}
		if x.aggregate == repertoire.AggInvoice {
			v, err := readSold[order.Invoice](x.body)
			if err != nil {
				continue
			}
			if !there[v.Order] {
				if o, err := orderThere(ctx, staged, v); err != nil {
					return nil, nil, err
				} else if o != nil {
					sold, there[v.Order] = append(sold, *o), true
				}
			}
		}
		sold = append(sold, op)
		plan.count(x, was)
	}
	return sold, others, nil
}

// count notes what is kept for the officer to see.
func (plan *RestorePlan) count(x salvaged, was current) {
	switch x.aggregate {
	case repertoire.AggInvoice:
		plan.Invoices++
	case repertoire.AggBuyer:
		plan.Buyers++
	case repertoire.AggStock:
		plan.Movements++
	case repertoire.AggOrder:
		plan.Orders++
		now, _ := readSold[order.Order](x.body)
		before, _ := readSold[order.Order](was.body)
		if now != nil && now.PaidOn != "" && (before == nil || before.PaidOn == "") {
			plan.Payments++
		}
	}
}

// sortForCarrying puts documents in the order they were issued in.
func sortForCarrying(list []salvaged) {
	day := func(x salvaged) (repertoire.Date, string, int) {
		if x.aggregate == repertoire.AggInvoice {
			if v, _ := readSold[order.Invoice](x.body); v != nil {
				kind := "0" // credit notes point to invoices
				if v.Kind == order.KindCredit {
					kind = "1"
				}
				return v.Date, kind + v.Series, v.Count
			}
		}
		return "", "", 0
	}
	slices.SortFunc(list, func(a, b salvaged) int {
		if c := rankOf(a.aggregate) - rankOf(b.aggregate); c != 0 {
			return c
		}
		dayA, seriesA, countA := day(a)
		dayB, seriesB, countB := day(b)
		return cmp.Or(cmp.Compare(dayA, dayB), cmp.Compare(seriesA, seriesB), countA-countB, cmp.Compare(a.id, b.id))
	})
}

// orderThere makes the order of an invoice whose own order is lost: what the
// invoice says of it.
func orderThere(ctx context.Context, staged *sql.DB, v *order.Invoice) (*repertoire.Op, error) {
	was, err := readRow(ctx, staged, repertoire.AggOrder, v.Order)
	if err != nil || was.found {
		return nil, err
	}
	_, year, count, err := ParseNumber(v.OrderNumber)
	if err != nil {
		return nil, nil //nolint:nilerr // nothing says which order it was: the invoice is refused, and told as lost
	}
	o := &order.Order{ID: v.Order, Year: year, Count: count, Buyer: v.Buyer, Commitment: v.Commitment, Reference: v.Reference,
		Date:  v.OrderDate,
		Basis: v.Basis, Regime: v.Regime, Lines: v.Lines, Delivered: v.Sold, Invoice: v.ID,
		Note:  "Refaite d’après sa facture : la commande elle-même n’était plus lisible.",
		Steps: []order.Step{{State: order.Received, At: day(v.OrderDate)}, {State: order.Invoiced, At: day(v.Date)}}}
	op, err := Put(o, AnyVersion)
	return &op, err
}

func day(d repertoire.Date) time.Time {
	t, _ := time.Parse("2006-01-02", string(d)) // the zero time when the day is not known
	return t
}

// readRow reads a record of a base that no applier has open.
func readRow(ctx context.Context, db *sql.DB, g repertoire.Aggregate, id repertoire.ID) (current, error) {
	var c current
	var body sql.NullString
	err := db.QueryRowContext(ctx, `SELECT num, version, deleted_at IS NOT NULL, body FROM `+string(g)+` WHERE id = ?`,
		string(id)).Scan(&c.num, &c.version, &c.trashed, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	c.found = err == nil
	if body.Valid {
		c.body = []byte(body.String)
	}
	return c, err
}

// carryAll applies ops as one change; when some do not fit, one by one, so that
// those that fit come in. lost counts the others.
func carryAll(ctx context.Context, staged *sql.DB, c repertoire.Change, ops []repertoire.Op, lost *int) error {
	if len(ops) == 0 {
		return nil
	}
	c.ID, c.Ops = repertoire.NewID(), ops
	if err := carryChange(ctx, staged, c); err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	for _, op := range ops {
		c.ID, c.Ops = repertoire.NewID(), []repertoire.Op{op}
		if err := carryChange(ctx, staged, c); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			*lost++
		}
	}
	return nil
}

func carryChange(ctx context.Context, staged *sql.DB, c repertoire.Change) error {
	tx, err := staged.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	a := newApplier(ctx, tx, c)
	a.carrying = true
	if _, err := a.run(); err != nil {
		return err
	}
	return tx.Commit()
}

// takenBack compares the records of the present base with those that take
// their place.
func (s *Store) takenBack(ctx context.Context, staged *sql.DB, plan *RestorePlan) error {
	conn, err := staged.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	name, err := dsn(s.base(), map[string][]string{"mode": {"ro"}})
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `ATTACH ? AS present`, name); err != nil {
		return nil //nolint:nilerr // a base too damaged to be compared: the plan says that it is damaged
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), `DETACH present`) }()
	for _, a := range aggregates {
		if slices.Contains(ledger, a) {
			continue
		}
		if err := plan.compare(ctx, conn, a); err != nil && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func (plan *RestorePlan) compare(ctx context.Context, conn *sql.Conn, a repertoire.Aggregate) error {
	rows, err := conn.QueryContext(ctx, fmt.Sprintf(`SELECT p.id, coalesce(p.body, s.body), CASE
			WHEN s.id IS NULL OR s.deleted_at IS NOT NULL AND p.deleted_at IS NULL THEN 'added'
			WHEN p.deleted_at IS NOT NULL AND s.deleted_at IS NULL THEN 'deleted' ELSE 'modified' END
		FROM present.%[1]s p LEFT JOIN main.%[1]s s ON s.id = p.id
		WHERE p.body IS NOT s.body OR (p.deleted_at IS NULL) <> (s.deleted_at IS NULL) ORDER BY p.num DESC`, a))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		x := BackItem{Aggregate: a}
		var body sql.NullString
		if err := rows.Scan(&x.ID, &body, &x.What); err != nil {
			return err
		}
		plan.Total++
		if len(plan.Back) >= backShown {
			continue
		}
		x.Title = string(x.ID)
		if record, err := read(a, []byte(body.String), false); err == nil {
			if _, isPartnership := record.(*repertoire.Partnership); !isPartnership {
				x.Title = nameOf(record)
			} else {
				var title string
				if conn.QueryRowContext(ctx, `SELECT title FROM present.partnership WHERE id = ?`, string(x.ID)).Scan(&title) == nil &&
					title != "" {
					x.Title = title
				}
			}
		}
		plan.Back = append(plan.Back, x)
	}
	return rows.Err()
}
