package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// planner holds the state of one plan.
type planner struct {
	units    map[string]unit // of headings over amounts
	table    Table
	at       map[Field][]int
	wide     *unfolding // of a file with several partnerships in a row
	opt      Options
	resolver *resolving
	base     *base
	plan     Plan
	words    map[unknownKey]*Unknown
	orders   map[Field]*dayOrder
	// firstRow is the first row of each authority that an addition names.
	firstRow map[repertoire.ID]int
	// told are the remarks made once for a whole column.
	told map[string]bool
	// pairs are the authorities of rows, and doubles what is said of rows that
	// speak of the same partnership as another, each once.
	pairs    map[string]*parties
	rowsRead int // rows looked up in pairs
	// again tells that the rows are read again: their authorities are known.
	again   bool
	kinds   map[repertoire.Type]*saying
	doubles map[int]string
	// trusted tells that a JSON file is the program's own, unaltered.
	trusted bool
	// elsewhere are the rows that name another répertoire than the one the
	// import is for.
	elsewhere []int
	// abroad counts the new rows of countries that are not of the répertoire.
	abroad map[string]*strangers
	// failed is why a record of the base could not be read, or set aside.
	failed error
}

// whole reads a record of the base.
func (p *planner) whole(i int) repertoire.Partnership {
	record, err := p.base.whole(i)
	if err != nil && p.failed == nil {
		p.failed = err
	}
	return record
}

// candidate is what is remembered of a row between the two readings of the
// file: whom it speaks of, and the existing partnership (-1 when none is known
// yet). Its cells are read again. There may be half a million of them: what
// many rows say alike is held once.
type candidate struct {
	*saying
	parties *parties
	number  int
	target  int
	// twin is one more than the index of the row that already spoke of the same
	// partnership, 0 none.
	twin int
	// lead is the index of the first row of its group, -1 for itself.
	lead, members int
	byID          bool
	left          bool // a person does not want it
	wanted        bool // a person wants it as a new one
}

// saying is what tells a row from others of the same authorities. It is shared
// and never written to.
type saying struct {
	kind    repertoire.Type
	title   string      // folded
	id      string      // an ID from another workspace
	reasons []Rejection // why it is refused
}

// refuse adds a reason why the row is not taken.
func (c *candidate) refuse(why Rejection) {
	own := *c.saying
	own.reasons = append(slices.Clone(own.reasons), why)
	c.saying = &own
}

// said gives one value to all the rows that say nothing but a type.
func (p *planner) said(s saying) *saying {
	if s.title != "" || s.id != "" || len(s.reasons) > 0 {
		return &s
	}
	if p.kinds[s.kind] == nil {
		p.kinds[s.kind] = &s
	}
	return p.kinds[s.kind]
}

func (p *planner) run(ctx context.Context) error {
	list := make([]candidate, 0, p.table.Count)
	err := p.each(ctx, func(row TableRow) error {
		if err := p.step(ctx, len(list), 2*p.table.Count, "Lecture des lignes"); err != nil {
			return err
		}
		list = append(list, p.read(row))
		return nil
	})
	if err != nil {
		return err
	}
	p.pairs, p.again = nil, true // of use only while rows are read
	p.match(list, p.heads(list))
	if err := p.settleAll(ctx, list); err != nil {
		return err
	}
	p.plan.Authorities = p.resolver.needed()
	p.warnNear(ctx)
	p.tellUnknown()
	p.tellStrangers()
	p.plan.Questions, p.plan.Notes = p.resolver.questions(), p.resolver.notes()
	if n := len(p.elsewhere); n > 0 {
		p.remark(p.elsewhere[0], KindOther, fmt.Sprintf(
			"%s dans la colonne « Répertoires » un autre répertoire que « %s », et c’est là que le partenariat est rangé.", rows(n),
			p.opt.Directory))
	}
	byRow := func(list []Rejection) {
		sort.SliceStable(list, func(i, j int) bool { return list[i].Row < list[j].Row })
	}
	byRow(p.plan.Rejected)
	byRow(p.plan.Warnings)
	return ctx.Err()
}

// remark adds a remark, up to what a person can read.
func (p *planner) remark(row int, kind Kind, sentence string) {
	if len(p.plan.Warnings) >= maxRemarks {
		p.plan.More++
		return
	}
	p.plan.Warnings = append(p.plan.Warnings, Rejection{Row: row, Reason: sentence, Kind: kind})
}

// once adds a remark that would be the same of each row.
func (p *planner) once(key string, row int, kind Kind, sentence string) {
	if !p.told[key] {
		p.told[key] = true
		p.remark(row, kind, sentence)
	}
}

func (p *planner) reject(row int, list ...Rejection) {
	if len(list) == 1 { // its sentence may be shared by thousands of rows
		p.plan.Rejected = append(p.plan.Rejected, Rejection{Row: row, Reason: list[0].Reason, Kind: list[0].Kind})
		return
	}
	var words []string
	kind := KindOther
	for _, r := range list {
		words = append(words, r.Reason)
		if r.Kind != "" {
			kind = r.Kind
		}
	}
	p.plan.Rejected = append(p.plan.Rejected, Rejection{Row: row, Reason: strings.Join(words, " "), Kind: kind})
}

func rows(n int) string {
	if n == 1 {
		return "Une ligne, celle-ci, nomme"
	}
	return fmt.Sprintf("%d lignes, à partir de celle-ci, nomment", n)
}

func (p *planner) step(ctx context.Context, done, total int, label string) error {
	if done%500 != 0 {
		return nil
	}
	p.opt.Progress(min(done, total), total, label) // a row may say several partnerships
	return errors.Join(ctx.Err(), p.failed)
}

// read finds the authorities of a row and the record its ID names.
func (p *planner) read(row TableRow) (c candidate) {
	decision := p.opt.Decisions[row.Number]
	c = candidate{number: row.Number, target: -1, lead: -1, members: 1, left: decision == DecideLeave, wanted: decision == DecideNew}
	s := saying{kind: p.kind(row), title: repertoire.Fold(oneLine(p.text(row, FieldTitle)))}
	defer func() { c.saying = p.said(s) }()
	p.seeDates(row)
	if id := oneLine(p.text(row, FieldID)); id != "" && !c.wanted {
		if i, ok := p.base.byID[repertoire.ID(id)]; ok {
			c.target, c.byID = i, true
		} else if uuidLike(id) {
			s.id = id
		}
	}
	if !c.byID && !c.wanted {
		if i, ok := p.byExternal(row); ok {
			c.target, c.byID = i, true
		}
	}
	if c.byID && p.sameParties(row, c.target) {
		c.parties = &parties{}
		return c
	}
	found, reasons := p.resolver.parties(p, row)
	c.parties = p.shared(found)
	for _, r := range reasons {
		s.reasons = append(s.reasons, Rejection{Reason: r, Kind: KindAuthority})
	}
	if own := oneLine(p.text(row, FieldOwnCountry)); own != "" && !empty(own) {
		if iso, ok := p.resolver.Country(own); ok && iso != "FR" {
			s.reasons = []Rejection{{Reason: fmt.Sprintf(
				"Le partenaire est en %s, pas en France : le répertoire lie des collectivités françaises à d’autres.",
				p.resolver.CountryName(iso)), Kind: KindCountry}}
		}
	}
	return c
}

// shared gives one value to all the rows of the same authorities: a file of
// three hundred thousand rows has far fewer pairs.
func (p *planner) shared(found parties) *parties {
	if len(found.remarks)+len(found.notes) > 0 || p.pairs == nil {
		return &found
	}
	if p.rowsRead++; p.rowsRead == manyRows && len(p.pairs) > manyRows*4/5 {
		p.pairs = nil // nearly every row has a pair of its own: the table would hold more than it spares
		return &found
	}
	key := found.key()
	if known := p.pairs[key]; known != nil && slices.Equal(known.french, found.french) && slices.Equal(known.foreign, found.foreign) {
		return known
	}
	p.pairs[key] = &found
	return &found
}

// seeDates learns from a row how its columns write dates.
func (p *planner) seeDates(row TableRow) {
	for _, f := range []Field{FieldStart, FieldEnd, FieldSigned, FieldFirstYear, FieldVerified, FieldProjectStart, FieldProjectEnd} {
		for _, i := range p.at[f] {
			if c := row.Cells[i]; len(c) >= 8 && c[0] <= '9' {
				if p.orders[f] == nil {
					p.orders[f] = &dayOrder{}
				}
				p.orders[f].see(c)
			}
		}
	}
}

// sameParties tells whether the row names the authorities just as an export of
// the record would (or leaves them out): then nothing has to be looked up.
func (p *planner) sameParties(row TableRow, target int) bool {
	names, record := p.resolver.names(), p.whole(target)
	for _, f := range []Field{FieldFrench, FieldINSEE, FieldSIREN, FieldLevel, FieldDepartement, FieldCountry, FieldForeign,
		FieldForeignRegion} {
		if v := oneLine(p.text(row, f)); v != "" && v != oneLine(cell(&record, f, names)) {
			return false
		}
	}
	return true
}

func uuidLike(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'f':
		default:
			return false
		}
	}
	return true
}

// text gives what the row says of a field, several columns put together. The
// département of a row without one is that of its postal code.
func (p *planner) text(row TableRow, f Field) string {
	columns := p.at[f]
	if len(columns) == 0 {
		if f == FieldDepartement && len(p.at[FieldPostal]) > 0 && len(p.at[FieldINSEE]) == 0 {
			return departementOf(row.Cells[p.at[FieldPostal][0]])
		}
		return ""
	}
	if len(columns) == 1 {
		return row.Cells[columns[0]]
	}
	glue, _ := listed(f)
	var parts []string
	for _, i := range columns {
		if row.Cells[i] != "" {
			parts = append(parts, row.Cells[i])
		}
	}
	return strings.Join(parts, glue)
}

// departementOf gives the département of a French postal code, spaced or not;
// Corsica's has two départements: none is said.
func departementOf(code string) string {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, code)
	if len(code) == 4 && number(code) {
		code = "0" + code
	}
	switch {
	case len(code) != 5 || !number(code) || strings.HasPrefix(code, "20"):
		return ""
	case strings.HasPrefix(code, "97") || strings.HasPrefix(code, "98"):
		return code[:3]
	}
	return code[:2]
}
