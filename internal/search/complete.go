package search

import (
	"cmp"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Completion is one way to finish what is being typed.
type Completion struct {
	Text     string // what to put between From and To of the query
	Label    string // what to show: "Madagascar", "pays:"
	Facet    Facet  // the list it comes from, "" for a field's name
	From, To int    // bytes of the query it replaces
	Count    int    // partnerships that have the value, 0 for a field's name
}

// maxCompletions is how many ways to finish are offered.
const maxCompletions = 8

// completed are the facets whose values are offered for a word without a field.
var completed = []Facet{FacetCountry, FacetTheme, FacetRegion, FacetDepartement, FacetFunder, FacetStatus, FacetType}

// Complete offers names of fields and values for the word that ends at byte at
// of text: "pa" gives "pays:", "pays:mad" and "mad" give Madagascar. Nothing
// typed is an error.
func (x *Index) Complete(text string, at int) []Completion {
	x.mu.RLock()
	defer x.mu.RUnlock()
	at = max(0, min(at, len(text)))
	p := planner{table: x.table, french: x.french, synonyms: &Synonyms{}}
	items := lex(text[:at])
	if len(items) == 0 {
		return nil
	}
	last := items[len(items)-1]
	if !last.open || last.end != len(text[:at]) {
		return nil
	}
	var out []Completion
	switch last.kind {
	case itemField:
		t := typedFieldOf(last.field)
		if t == nil || t.facet == "" {
			return nil
		}
		value := ""
		if n := len(last.values); n > 0 && !strings.HasSuffix(text[:at], ",") {
			value = last.values[n-1]
		}
		if !strings.HasSuffix(text[:at], value) {
			return nil // inside quotes, where nobody needs help
		}
		out = p.values(t.facet, value, at-len(value), at, "")
	case itemWord:
		words := wordsIn(&last)
		if len(words) == 0 {
			return nil
		}
		from := last.start
		typed := repertoire.Fold(last.text)
		for i := range typedFields {
			f := &typedFields[i]
			if strings.HasPrefix(f.name, typed) {
				out = append(out, Completion{Text: sign(&last) + f.shown, Label: f.shown, From: from, To: at})
			}
		}
		if len(typed) < 2 {
			break
		}
		for _, f := range completed {
			out = append(out, p.values(f, last.text, from, at, sign(&last)+shownOf(f))...)
		}
		slices.SortStableFunc(out, func(a, b Completion) int { return -cmp.Compare(a.Count, b.Count) })
	}
	return out[:min(len(out), maxCompletions)]
}

func sign(it *item) string {
	if it.negated {
		return "-"
	}
	return ""
}

func shownOf(f Facet) string {
	for i := range typedFields {
		if typedFields[i].facet == f {
			return typedFields[i].shown
		}
	}
	return ""
}

// values offers the values of f of which a word begins as typed, the most used
// first; before is put before each.
func (p *planner) values(f Facet, typed string, from, to int, before string) []Completion {
	words := wordsOf(typed)
	var out []Completion
	for value, label := range p.labels(f) {
		known := wordsOf(label)
		fits := true
		for _, w := range words {
			fits = fits && (hasBeginning(known, w) || strings.HasPrefix(codeKey(value), w))
		}
		if !fits {
			continue
		}
		c := Completion{Text: before + quotedValue(cmp.Or(label, value)), Label: cmp.Or(label, value), Facet: f, From: from, To: to}
		if set := p.table.facets[f]; set != nil && set.sets[value] != nil {
			c.Count = int(set.sets[value].GetCardinality())
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Completion) int {
		if n := -cmp.Compare(a.Count, b.Count); n != 0 {
			return n
		}
		return cmp.Compare(a.Label, b.Label)
	})
	return out[:min(len(out), maxCompletions)]
}

// quotedValue writes a value so that it is read back whole.
func quotedValue(s string) string {
	if strings.ContainsAny(s, " ,;()?!:\u00a0") {
		return `"` + strings.ReplaceAll(s, `"`, "") + `"`
	}
	return s
}
