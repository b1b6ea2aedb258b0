package exchange

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"repertoire/internal/repertoire"
)

// settleAll reads the rows again and settles them. A row that doubles another
// gives way to it, but takes its place when the other is refused.
func (p *planner) settleAll(ctx context.Context, list []candidate) error {
	s := settler{planner: p, list: list, failed: map[int]bool{}, results: map[int][]byte{}, pending: map[int][]TableRow{}}
	for i := range list {
		if t := list[i].twin; t != 0 {
			s.twins++
			s.results[t] = nil
		}
	}
	i := -1
	err := p.each(ctx, func(row TableRow) error {
		i++
		if err := p.step(ctx, len(list)+i, 2*len(list), "Comparaison avec le dossier"); err != nil || i >= len(list) {
			return err
		}
		at := i
		if list[i].lead >= 0 {
			at = list[i].lead
			p.plan.Grouped++
		}
		c := &list[at]
		if c.twin != 0 {
			return nil
		}
		if c.members == 1 {
			s.settle(at, []TableRow{row})
			return nil
		}
		s.pending[at] = append(s.pending[at], row)
		if len(s.pending[at]) == c.members {
			s.settle(at, s.pending[at])
			delete(s.pending, at)
		}
		return nil
	})
	if err != nil || s.twins == 0 {
		return err
	}
	heirs := map[int]int{}
	i = -1
	return p.each(ctx, func(row TableRow) error {
		i++
		if i >= len(list) || list[i].twin == 0 || list[i].lead >= 0 {
			return nil
		}
		c := &list[i]
		first := c.twin
		if s.failed[first] {
			c.twin = heirs[first]
		}
		if s.settle(i, []TableRow{row}) && c.twin == 0 {
			heirs[first] = i + 1
		}
		return nil
	})
}

// settler turns rows into additions, updates, unchanged records or rejections.
type settler struct {
	*planner
	list    []candidate
	twins   int
	failed  map[int]bool       // by index and one, as all here
	results map[int][]byte     // what rows with a twin gave, as JSON: a record takes many times the room
	pending map[int][]TableRow // rows of groups not yet whole
}

// settle tells whether the rows of one partnership, that of a candidate, were
// taken.
func (s *settler) settle(at int, group []TableRow) bool {
	p, c, self := s.planner, &s.list[at], at+1
	if c.left {
		p.plan.Left = append(p.plan.Left, c.number)
		return true
	}
	if c.twin != 0 {
		return s.settleTwin(c, group[0])
	}
	if len(c.reasons) > 0 {
		p.reject(c.number, c.reasons...)
		s.failed[self] = true
		return false
	}
	var before, after repertoire.Partnership
	if c.target >= 0 {
		before = p.whole(c.target)
		after = before
	} else {
		after = repertoire.Partnership{ID: p.newID(c), Created: p.opt.At}
	}
	w := writer{planner: p, row: group[0], record: &after, old: c.target >= 0}
	if len(group) > 1 {
		w.row = p.join(group, &w)
	}
	w.setParties(c)
	w.setAll(group)
	w.restore(&before)
	if w.changed || c.target < 0 {
		if reasons := w.refusals(&before); len(reasons) > 0 {
			p.reject(c.number, reasons...)
			s.failed[self] = true
			return false
		}
	}
	if damagedRow(w.row.Cells) {
		w.say(KindEncoding, "Un caractère de la ligne est illisible (�) : le fichier mélange deux encodages. Corrigez la fiche.")
	}
	if c.target < 0 {
		p.countStranger(c.number, &after)
	}
	for _, n := range c.parties.notes {
		w.note(n)
	}
	for _, r := range c.parties.remarks {
		p.remark(c.number, KindAuthority, r)
	}
	for _, r := range w.remarks {
		p.remark(r.Row, r.Kind, r.Reason)
	}
	if _, asked := s.results[self]; asked {
		kept := after
		kept.Confirmations = nil // half of a record, and no row is compared with it
		if s.results[self], p.failed = json.Marshal(&kept); p.failed != nil {
			return false
		}
	}
	p.keep(c, before, after, w.changed)
	return true
}

// keep files a settled record.
func (p *planner) keep(c *candidate, before, after repertoire.Partnership, changed bool) {
	switch {
	case c.target < 0:
		p.plan.Additions++
		p.resolver.name(&after)
		for _, q := range after.Parties {
			if _, seen := p.firstRow[q.Authority]; !seen {
				p.firstRow[q.Authority] = c.number
			}
		}
		if after.Updated.IsZero() { // a whole record of another base keeps its date
			after.Updated = p.opt.At
		}
		p.file(Update{c.number, before, after}, true)
	case changed:
		p.plan.Updates++
		p.resolver.name(&after)
		after.Updated = p.opt.At
		p.file(Update{c.number, before, after}, false)
	default:
		p.plan.Unchanged++
		if !p.opt.CountOnly && p.opt.Take == nil {
			p.plan.Same = append(p.plan.Same, Update{c.number, before, after})
		}
	}
}

// file hands a record to be written over to whoever takes it.
func (p *planner) file(x Update, added bool) {
	switch {
	case p.opt.CountOnly:
	case p.opt.Take != nil:
		if err := p.opt.Take(x); err != nil && p.failed == nil {
			p.failed = err
		}
	case added:
		p.plan.Added = append(p.plan.Added, Addition{x.Row, x.After})
	default:
		p.plan.Updated = append(p.plan.Updated, x)
	}
}

// settleTwin settles a row that speaks of a partnership another row spoke of:
// one that adds nothing is said and counted as unchanged.
func (s *settler) settleTwin(c *candidate, row TableRow) bool {
	p, other := s.planner, s.list[c.twin-1].number
	if first := s.results[c.twin]; first != nil {
		var after repertoire.Partnership
		if p.failed = json.Unmarshal(first, &after); p.failed != nil {
			return false
		}
		probe := writer{planner: p, row: row, record: &after, old: true, quiet: true}
		probe.setAll([]TableRow{row})
		if !probe.changed {
			p.plan.Unchanged++
			p.remark(c.number, KindTwin, fmt.Sprintf("La ligne répète la ligne %d : elle n’ajoute rien.", other))
			return true
		}
	}
	p.plan.Twins++
	if len(p.doubles) >= maxRemarks { // nobody reads so many, and each takes its room
		p.reject(c.number, Rejection{Kind: KindTwin, Reason: fmt.Sprintf("Double emploi avec la ligne %d.", other)})
		return false
	}
	if p.doubles[c.twin] == "" {
		p.doubles[c.twin] = fmt.Sprintf("La ligne fait double emploi avec la ligne %d : même partenariat, dit autrement. "+
			"Gardez-en une, ou distinguez-les par la colonne « Identifiant » ou « Type », ou regroupez les lignes par partenariat.", other)
	}
	p.reject(c.number, Rejection{Kind: KindTwin, Reason: p.doubles[c.twin]})
	return false
}

// strangers are the new rows of one country.
type strangers struct{ row, count int }

// countStranger counts a new partnership that is with none of the countries of
// the répertoire it is put in.
func (p *planner) countStranger(row int, record *repertoire.Partnership) {
	if len(p.opt.Countries) == 0 || !slices.Contains(record.Directories, p.opt.Directory) {
		return
	}
	country := ""
	for _, id := range record.PartiesOn(repertoire.SideForeign) {
		a := p.resolver.authority(id)
		if a == nil || a.Country == "" || slices.Contains(p.opt.Countries, a.Country) {
			return
		}
		country = a.Country
	}
	if p.abroad[country] == nil {
		p.abroad[country] = &strangers{row: row}
	}
	p.abroad[country].count++
}

// tellStrangers says each such country once: a list of the whole world would
// say it of every row.
func (p *planner) tellStrangers() {
	for country, s := range p.abroad {
		more := ""
		if s.count > 1 {
			more = fmt.Sprintf(" (%d lignes à partir de celle-ci)", s.count)
		}
		p.remark(s.row, KindCountry,
			fmt.Sprintf("Le pays, %s, n’est pas de ceux du répertoire « %s »%s : vérifiez que c’est au bon endroit.",
				p.resolver.CountryName(country), p.opt.Directory, more))
	}
}

// newID keeps the ID of a row that comes from another workspace.
func (p *planner) newID(c *candidate) repertoire.ID {
	if c.id != "" && !c.wanted {
		return repertoire.ID(c.id)
	}
	return p.opt.NewID()
}
