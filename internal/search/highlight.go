package search

import (
	"errors"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// A passage shown is about this long, in bytes, and there are at most so many.
const (
	snippetBefore = 60
	snippetLength = 200
	maxSnippets   = 4
)

// marker recognises the words of a query in a text.
type marker struct {
	french  *french
	exact   map[string]bool // folded, when stems do not apply
	stems   map[string]bool
	starts  []string
	phrases [][]string
}

func newMarker(clauses []clause, f *french) *marker {
	m := &marker{french: f, exact: map[string]bool{}, stems: map[string]bool{}}
	m.learn(clauses)
	return m
}

func (m *marker) learn(clauses []clause) {
	for i := range clauses {
		c := &clauses[i]
		if c.negated {
			continue
		}
		m.learn(c.group)
		if len(c.phrase) > 0 {
			m.phrases = append(m.phrases, c.phrase)
		}
		for _, a := range c.alternatives {
			for j, w := range a.words {
				switch {
				case a.prefix && j == len(a.words)-1:
					m.starts = append(m.starts, w)
				case a.namesOnly:
					m.exact[w] = true
				default:
					m.stems[m.french.stem(w)] = true
				}
			}
		}
	}
}

// marks gives the byte ranges of text to be marked, in order, apart.
func (m *marker) marks(text string, c class) [][2]int {
	var out [][2]int
	var all []word
	scanWords(text, false, func(w word) {
		if len(m.phrases) > 0 {
			all = append(all, w)
		}
		hit := c == className && (m.exact[w.Text] || w.Joined != "" && m.exact[w.Joined])
		hit = hit || !m.french.empty(w.Text) && m.stems[m.french.stem(w.Text)]
		for _, s := range m.starts {
			hit = hit || strings.HasPrefix(w.Text, s)
		}
		if hit {
			out = append(out, [2]int{w.Start, w.End})
		}
	})
	for _, p := range m.phrases {
		out = append(out, phraseMarks(all, p)...)
	}
	return joined(out)
}

// phraseMarks finds the places where the words of phrase follow one another.
func phraseMarks(all []word, phrase []string) [][2]int {
	var out [][2]int
	for i := 0; i+len(phrase) <= len(all); i++ {
		same := true
		for j, w := range phrase {
			same = same && (w == "" || all[i+j].Text == w)
		}
		if same {
			out = append(out, [2]int{all[i].Start, all[i+len(phrase)-1].End})
		}
	}
	return out
}

// joined sorts the ranges and merges those that touch.
func joined(in [][2]int) [][2]int {
	sort.Slice(in, func(i, j int) bool { return in[i][0] < in[j][0] })
	var out [][2]int
	for _, r := range in {
		if n := len(out); n > 0 && r[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}

// explain gives the hits their passages and reasons.
func (q *query) explain(ranked []ranked, hits []Hit) error {
	m := newMarker(q.plan.clauses, q.x.french)
	if len(m.exact)+len(m.stems)+len(m.starts)+len(m.phrases) == 0 {
		for i := range ranked { // no words to show, reasons all the same
			hits[i].Why = q.why(ranked[i].doc)
		}
		return nil
	}
	// Records are unpacked and read again for this: most of the work of a
	// page, so two share it.
	const workers = 2
	var failed [workers]error
	var wait sync.WaitGroup
	for n := range workers {
		wait.Go(func() {
			defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // as in Search, for each goroutine
			failed[n] = guarded(func() error {
				for i := n; i < len(ranked); i += workers {
					rec, err := q.eval.record(ranked[i].doc)
					if err != nil {
						return err
					}
					hits[i].Snippets = snippets(&rec, m, q.req.Public)
					hits[i].Why = q.why(ranked[i].doc)
				}
				return nil
			})
		})
	}
	wait.Wait()
	return errors.Join(failed[:]...)
}

// snippets gives the best passages of rec: names first, then what holds most
// marks, each field once and each project once.
func snippets(rec *Record, m *marker, public bool) []Snippet {
	type candidate struct {
		Snippet
		rank, order int
	}
	var all []candidate
	for order, p := range rec.parts() {
		if public && p.private() {
			continue
		}
		marks := m.marks(p.Text, p.Class)
		if len(marks) == 0 {
			continue
		}
		s := window(p.Text, marks)
		s.Field, s.Project = p.Field, p.Project
		all = append(all, candidate{s, int(p.Class)*100 - len(s.Marks), order})
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.rank - b.rank })
	var out []Snippet
	type place struct {
		field   string
		project int
	}
	seen := map[place]bool{}
	for _, c := range all {
		at := place{c.Field, c.Project}
		if c.Field == "title" {
			at.field = "names" // the title is made of the names
		}
		if seen[at] || len(out) == maxSnippets {
			continue
		}
		seen[at] = true
		out = append(out, c.Snippet)
	}
	return out
}

// window cuts text around the place where most marks stand together.
func window(text string, marks [][2]int) Snippet {
	if len(text) <= snippetLength {
		return Snippet{Text: text, Marks: marks}
	}
	best, most := 0, 0
	for i := range marks {
		n := 0
		for j := i; j < len(marks) && marks[j][1] <= marks[i][0]+snippetLength-snippetBefore; j++ {
			n++
		}
		if n > most {
			best, most = i, n
		}
	}
	start := max(marks[best][0]-snippetBefore, 0)
	if start > 0 {
		start = wordStart(text, start, marks[best][0])
	}
	end := min(start+snippetLength, len(text))
	if end < len(text) {
		end = wordBreak(text, max(end, marks[best][1]), marks[best][1])
	}
	s := Snippet{Text: text[start:end], Start: start}
	for _, m := range marks {
		if m[0] >= start && m[1] <= end {
			s.Marks = append(s.Marks, [2]int{m[0] - start, m[1] - start})
		}
	}
	return s
}

// wordStart gives the first beginning of a word from i on, at most limit.
func wordStart(s string, i, limit int) int {
	for i < limit && !utf8.RuneStart(s[i]) {
		i++
	}
	for j := i; j < limit; {
		r, n := utf8.DecodeRuneInString(s[j:])
		j += n
		if unicode.IsSpace(r) {
			return min(j, limit)
		}
	}
	return i
}

// wordBreak gives the last end of a word before i, at least limit.
func wordBreak(s string, i, limit int) int {
	for i > limit && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	for j := i; j > limit; {
		r, n := utf8.DecodeLastRuneInString(s[:j])
		if unicode.IsSpace(r) {
			return j - n
		}
		j -= n
	}
	return i
}

// why says how doc answers each clause that needs saying.
func (q *query) why(doc uint32) []Why {
	var out []Why
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.negated || q.found[i] == nil || q.found[i].by[doc] == 0 || c.optional && len(q.plan.clauses) > 1 {
			continue
		}
		if c.kind == clausePhrase {
			out = append(out, Why{WhyPhrase, c.typed, c.typed})
			continue
		}
		if c.kind == clauseSimilar {
			out = append(out, Why{WhySimilar, c.said.label, q.like[doc]})
			continue
		}
		if int(q.found[i].why[doc]) >= len(c.alternatives) {
			out = append(out, Why{WhySimilar, c.typed, c.said.label})
			continue
		}
		a := &c.alternatives[q.found[i].why[doc]]
		out = append(out, Why{a.why, c.typed, a.label})
	}
	for i, b := range q.bonus {
		if b.by[doc] > 0 {
			out = append(out, Why{WhyName, q.whole[i], q.whole[i]})
		}
	}
	return out
}

// record reads the record of doc from the index.
func (e *evaluation) record(doc uint32) (Record, error) {
	id := string(e.table.rows[doc].id)
	for i := range e.view.segments {
		s := &e.view.segments[i]
		set, err := s.segment.DocNumbers([]string{id})
		if err != nil {
			return Record{}, err
		}
		if s.deleted != nil {
			set.AndNot(s.deleted)
		}
		if !set.IsEmpty() {
			return readRecord(s.segment.VisitStoredFields, uint64(set.Minimum()))
		}
	}
	return Record{}, errors.New("fiche absente de l’index")
}

// Record gives the record of id as the index holds it.
func (x *Index) Record(id repertoire.ID) (rec Record, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	doc, known := x.table.number[id]
	if !known || x.store == nil {
		return rec, false
	}
	err := guarded(func() error {
		v, err := x.viewLocked()
		if err != nil {
			return err
		}
		defer v.close()
		e := evaluation{view: v, table: x.table}
		rec, err = e.record(doc)
		return err
	})
	return rec, err == nil
}
