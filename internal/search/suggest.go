package search

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSuggestions is how many other questions are offered.
const maxSuggestions = 3

// suggestions offers the query with its spelling mended and, when nothing was
// found, the query without the condition that was in the way.
func (q *query) suggestions(total int, hits []ranked) ([]Suggestion, error) {
	var out []Suggestion
	if len(q.fixes) > 0 && total > 0 {
		if s, ok := q.spelled(total, hits); ok {
			out = append(out, s)
		}
	}
	if total > 0 {
		return out, nil
	}
	for _, o := range q.offers {
		if o.Count = q.count(o.Text); o.Count > 0 {
			out = append(out, o)
		}
	}
	var relaxed []Suggestion
	words := map[string]int{} // 1 for those that give up a word or a phrase
	required := 0
	for i := range q.plan.clauses {
		if !q.plan.clauses[i].optional {
			required++
		}
	}
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.optional || c.given || required+len(q.filter) < 2 {
			continue
		}
		n := int(q.filtered(q.matching(i), "").GetCardinality())
		if n > 0 {
			text := without(q.req.Text, c.span)
			s := Suggestion{Label: relaxLabel(c.typed, n), Text: text, Count: n}
			if q.found[i] != nil {
				words[s.Label] = 1
			}
			relaxed = append(relaxed, s)
		}
	}
	base := q.matching(-1)
	for _, f := range facetOrder {
		if q.filter[f] == nil {
			continue
		}
		if n := int(q.filtered(base, f).GetCardinality()); n > 0 {
			relaxed = append(relaxed, Suggestion{Label: relaxLabel(q.filterLabel(f), n), Text: q.req.Text, Count: n, Facet: f})
		}
	}
	// A condition is more readily given up than a word.
	slices.SortStableFunc(relaxed, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(words[a.Label], words[b.Label]), -cmp.Compare(a.Count, b.Count))
	})
	return append(out, relaxed[:min(len(relaxed), maxSuggestions)]...), nil
}

// relaxLabel is "sans « statut:actif » → 14".
func relaxLabel(typed string, n int) string {
	typed = strings.TrimSuffix(strings.TrimPrefix(typed, "« "), " »")
	return fmt.Sprintf("sans « %s » → %d", typed, n)
}

// filterLabel writes a filter of the request as it would be typed.
func (q *query) filterLabel(f Facet) string {
	var labels []string
	for _, v := range q.req.Filters[f] {
		label := v
		if fa := q.x.table.facets[f]; fa != nil && fa.labels[v] != "" {
			label = fa.labels[v]
		}
		labels = append(labels, label)
	}
	name := string(f) + ":"
	for i := range typedFields {
		if typedFields[i].facet == f {
			name = typedFields[i].shown
		}
	}
	return name + strings.Join(labels, ",")
}

// spelled is the query with the corrected words, as they are written in the
// first hit, accents and capitals included.
func (q *query) spelled(total int, hits []ranked) (Suggestion, bool) {
	shown := true
	fixes := q.fixes
	if len(hits) > 0 {
		fixes = q.titled(hits[0].doc, fixes)
	}
	text := q.rewritten(fixes, func(term string) string {
		if len(hits) == 0 {
			return term
		}
		out, ok := q.written(hits[0].doc, term)
		shown = shown && (ok || !q.req.Public)
		return out
	})
	if !shown {
		return Suggestion{}, false // only the name of a person, or a note
	}
	return Suggestion{Label: "Vouliez-vous dire « " + text + " » ?", Text: text, Count: total}, true
}

// titled puts, in the place of a word that only another name of a town has, the
// word of the title that is as near: Heidelberg rather than Heidelbarg.
func (q *query) titled(doc uint32, fixes map[string]string) map[string]string {
	rec, err := q.eval.record(doc)
	if err != nil {
		return fixes
	}
	out := maps.Clone(fixes)
	for _, t := range wordsOf(rec.Title) {
		for w, by := range fixes {
			if t != by && edits(t, by) <= 2 && beginningEdits(t, w, 2) <= max(1, edits(by, w)) && other(t, rune(w[0])) == 0 {
				out[w] = t
			}
		}
	}
	return out
}

// rewritten is the query with words put in the place of others, each written
// as write says.
func (q *query) rewritten(fixes map[string]string, write func(string) string) string {
	text := q.text
	var all []typedWord
	for i := range q.items {
		if q.items[i].kind == itemWord {
			all = append(all, wordsIn(&q.items[i])...)
		}
	}
	for i := len(all) - 1; i >= 0; i-- {
		w := all[i]
		by, ok := fixes[w.text]
		if !ok || w.end > len(text) || w.start > w.end {
			continue
		}
		if write != nil {
			by = write(by)
		} else if first, _ := utf8.DecodeRuneInString(w.raw); unicode.IsUpper(first) {
			r, n := utf8.DecodeRuneInString(by)
			by = string(unicode.ToUpper(r)) + by[n:]
		}
		start := w.start
		if w.negated {
			start++
		}
		text = text[:start] + by + text[w.end:]
	}
	return text
}

// written gives a folded word as the record writes it; false when it does not,
// for all that may be shown.
func (q *query) written(doc uint32, folded string) (string, bool) {
	rec, err := q.eval.record(doc)
	if err != nil {
		return folded, false
	}
	out := ""
	for _, p := range rec.parts() {
		if q.req.Public && p.private() {
			continue
		}
		scanWords(p.Text, false, func(w word) {
			if out == "" && w.Text == folded {
				out = p.Text[w.Start:w.End]
			}
		})
		if out != "" {
			return out, true
		}
	}
	return folded, false
}

// without takes a span out of what was typed.
func without(text string, span [2]int) string {
	if span[0] > len(text) || span[1] > len(text) || span[0] > span[1] {
		return text
	}
	return strings.Join(strings.Fields(text[:span[0]]+" "+text[span[1]:]), " ")
}

// count is how many partnerships another question would find, filters included.
func (q *query) count(text string) int {
	req := *q.req
	req.Text, req.Typing = text, false
	other := &query{req: &req, x: q.x, eval: q.eval, today: q.today, text: text, items: lex(text), borne: q.borne}
	base, err := other.ask(context.Background(), nil)
	if err != nil {
		return 0
	}
	return int(other.filtered(base, "").GetCardinality())
}
