package exchange

import (
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// base indexes the existing partnerships.
type base struct {
	records []repertoire.Partnership
	byID    map[repertoire.ID]int
	// byPair finds the records of a set of authorities; byCouple those where
	// two authorities meet, whoever else takes part.
	byPair, byCouple map[string][]int
}

func newBase(existing []repertoire.Partnership) *base {
	b := &base{records: existing, byID: make(map[repertoire.ID]int, len(existing)),
		byPair: make(map[string][]int, len(existing)), byCouple: map[string][]int{}}
	for i := range existing {
		p := &existing[i]
		b.byID[p.ID] = i
		french, foreign := p.PartiesOn(repertoire.SideFrench), p.PartiesOn(repertoire.SideForeign)
		b.byPair[pairKey(french, foreign)] = append(b.byPair[pairKey(french, foreign)], i)
		if len(french)+len(foreign) <= 2 {
			continue
		}
		for _, a := range french {
			for _, z := range foreign {
				k := pairKey([]repertoire.ID{a}, []repertoire.ID{z})
				b.byCouple[k] = append(b.byCouple[k], i)
			}
		}
	}
	return b
}

// pairKey names a set of authorities whatever their order.
func pairKey(french, foreign []repertoire.ID) string {
	if len(french) == 1 && len(foreign) == 1 {
		return string(french[0]) + "~" + string(foreign[0])
	}
	var b strings.Builder
	for i, ids := range [][]repertoire.ID{french, foreign} {
		if i > 0 {
			b.WriteByte('~')
		}
		ids = slices.Clone(ids)
		slices.Sort(ids)
		for j, id := range slices.Compact(ids) {
			if j > 0 {
				b.WriteByte('+')
			}
			b.WriteString(string(id))
		}
	}
	return b.String()
}

// match gives each row the record it speaks of. Rows with an ID or the same
// type as a record come first, so that the order of rows does not decide which
// of two partnerships of one pair they mean.
func (p *planner) match(rows []candidate) {
	claimed := map[int]int{} // record -> row that has it
	claim := func(c *candidate, record int) {
		if by, taken := claimed[record]; taken {
			c.target, c.twin = record, by
			return
		}
		c.target = record
		claimed[record] = c.row.Number
	}
	for i := range rows {
		if c := &rows[i]; c.byID && !c.left {
			claim(c, c.target)
		}
	}
	open := func(c *candidate) bool { return !c.byID && !c.left && len(c.reasons) == 0 }
	wanted := func(c *candidate) bool { return p.opt.Decisions[c.row.Number] == DecideNew }
	for i := range rows {
		c := &rows[i]
		if !open(c) || wanted(c) {
			continue
		}
		kind := p.kind(c.row)
		for _, record := range p.meeting(c) {
			if _, taken := claimed[record]; !taken && p.base.records[record].Type == kind && p.sameTitle(c.row, record) {
				claim(c, record)
				break
			}
		}
	}
	added := map[string]candidate{} // new pairs of this file
	newIDs := map[string]int{}
	for i := range rows {
		c := &rows[i]
		if id := oneLine(p.text(c.row, FieldID)); !c.byID && !c.left && !wanted(c) && uuidLike(id) {
			if first, twice := newIDs[id]; twice {
				c.twin = first
				continue
			}
			newIDs[id] = c.row.Number
		}
		if !open(c) || c.target >= 0 || wanted(c) {
			continue
		}
		found := p.meeting(c)
		free := slices.DeleteFunc(slices.Clone(found), func(record int) bool { _, taken := claimed[record]; return taken })
		kind := p.kind(c.row)
		switch {
		case len(free) == 1:
			claim(c, free[0])
		case len(free) > 1:
			c.reasons = append(c.reasons, fmt.Sprintf("%d partenariats du dossier lient déjà ces collectivités : ajoutez la colonne « Identifiant » pour dire lequel.", len(free)))
		case len(found) > 0 && slices.ContainsFunc(found, func(record int) bool {
			return kind == "" || p.base.records[record].Type == kind || p.base.records[record].Type == ""
		}):
			claim(c, found[0])
		default:
			key := c.parties.key() + "~" + string(kind) + "~" + repertoire.Fold(oneLine(p.text(c.row, FieldTitle)))
			if first, twice := added[key]; twice {
				c.twin = first.row.Number
				continue
			}
			added[key] = *c
		}
	}
}

// meeting lists the records of exactly these authorities, else, for a row that
// names one on each side, those where both take part.
func (p *planner) meeting(c *candidate) []int {
	key := c.parties.key()
	if found := p.base.byPair[key]; len(found) > 0 {
		return found
	}
	return p.base.byCouple[key]
}

// kind reads the row's type without complaint; "" when it says none.
func (p *planner) kind(row TableRow) repertoire.Type {
	t, _ := parseType(p.text(row, FieldType))
	return t
}

func (p *planner) sameTitle(row TableRow, record int) bool {
	title := oneLine(p.text(row, FieldTitle))
	return title == "" || title == oneLine(p.base.records[record].Title)
}
