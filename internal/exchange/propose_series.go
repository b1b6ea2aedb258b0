package exchange

import (
	"fmt"
	"slices"
)

// series understands a file that says several partnerships in a row: « Pays 1 |
// Ville 1 | Pays 2 | Ville 2 ». Each column of a series feeds the same field.
func (p *proposer) series() {
	if p.column(FieldProjectRef) >= 0 || p.column(FieldProjectTitle) >= 0 {
		return
	}
	if p.column(FieldFrench)+p.column(FieldINSEE)+p.column(FieldSIREN) == -3 {
		return
	}
	every := make([]int, len(p.table.Headings))
	for i := range every {
		every[i] = i
	}
	all := seriesIn(p.table.Headings, every)
	stem := p.partnersIn(all)
	if stem == "" {
		return
	}
	who := all[stem]
	if s := p.frenchSeries(all); s != nil { // several on each side: one partnership
		p.feed(s, FieldFrench)
		p.feed(who, FieldForeign)
		return
	}
	for h, f := range p.out.Mapping {
		if f == FieldForeign {
			delete(p.out.Mapping, h)
		}
	}
	p.feed(who, FieldForeign)
	for _, other := range sortedKeys(all) {
		if s := all[other]; other != stem && s.within(who) {
			if f := p.ofEach(other, s, who); f != "" {
				p.feed(s, f)
			}
		}
	}
	for h, f := range p.out.Mapping {
		if f == FieldID || f == FieldExternal {
			p.out.Mapping[h] = FieldIgnored // of the row, and of none of its partnerships
		}
	}
	var names []string
	for _, i := range who.columns() {
		names = append(names, p.table.Headings[i])
	}
	p.say(fmt.Sprintf("Une ligne dit jusqu’à %d partenariats (%s) : elle en fait un par collectivité qu’elle nomme, avec le pays, l’année et le reste qui portent le même numéro.",
		len(who), quoted(names)))
}

func (p *proposer) feed(s series, f Field) {
	for _, i := range s {
		p.out.Mapping[p.table.Headings[i]] = f
	}
}

// frenchSeries is the series of columns that name French authorities, nil when
// one column does.
func (p *proposer) frenchSeries(all map[string]series) series {
	for _, s := range all {
		if p.out.Mapping[p.table.Headings[s[1]]] == FieldFrench && share(p.values(s.columns()[1]), p.isFrench) >= 0.5 {
			return s
		}
	}
	return nil
}

// partnersIn finds the series that names the other side; the French side is in
// another column, or the two sides themselves are numbered.
func (p *proposer) partnersIn(all map[string]series) string {
	for _, stem := range sortedKeys(all) {
		columns := all[stem].columns()
		given, abroad := false, 0
		for _, i := range columns {
			switch f := p.out.Mapping[p.table.Headings[i]]; f {
			case FieldForeign:
				abroad++
			case "", FieldIgnored, FieldKept, FieldActors, FieldType, FieldTitle:
			default:
				given = true
			}
		}
		values := p.values(columns[0])
		if given || len(values) == 0 || share(values, p.isFrench) >= 0.6 || share(values, p.isCountry) >= 0.6 {
			continue
		}
		meant, _ := meaning(stem)
		if abroad > 0 || meant == FieldForeign || meant == FieldFrench || share(values, p.namesPlace) >= 0.5 {
			return stem
		}
	}
	return ""
}

// namesPlace tells whether a cell names a place with its country.
func (p *proposer) namesPlace(v string) bool {
	for _, how := range []SplitWay{SplitParentheses, SplitComma} {
		if _, tail := how.cut(v); tail != "" && p.isCountry(tail) {
			return true
		}
	}
	return false
}

// ofEach says which field of each partnership a series feeds, "" for none.
func (p *proposer) ofEach(stem string, s, who series) Field {
	f, _ := meaning(stem)
	for _, i := range s.columns() {
		if g := p.out.Mapping[p.table.Headings[i]]; f == "" && g != "" && g != FieldIgnored {
			f = g
		}
	}
	switch to := map[Field]Field{FieldOwnCountry: FieldCountry, FieldRegion: FieldForeignRegion, FieldLevel: FieldForeignLevel,
		FieldDepartement: FieldForeignRegion}[f]; {
	case to != "":
		f = to
	case share(p.values(s[1]), p.isCountry) >= 0.7:
		f = FieldCountry
	case f == FieldFrench || f == FieldForeign || f == FieldINSEE || f == FieldSIREN || f == FieldPostal || f == FieldIgnored:
		return ""
	}
	beside := true // each as far from its partner
	for n, i := range s {
		beside = beside && i-who[n] == s[1]-who[1]
	}
	switch f {
	case FieldCountry, FieldForeignRegion, FieldForeignLevel, FieldForeignNative, FieldFirstYear, FieldStart, FieldSigned, FieldEnd,
		FieldType, FieldStatus:
	default:
		if !beside {
			return ""
		}
	}
	if _, many := listed(f); !many {
		for i, h := range p.table.Headings {
			if p.out.Mapping[h] == f && !slices.Contains(s.columns(), i) {
				if f != FieldCountry {
					return ""
				}
				delete(p.out.Mapping, h)
			}
		}
	}
	return f
}
