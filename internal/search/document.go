package search

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"repertoire/internal/repertoire"
)

// Fields of the index. One letter each: a name is written once a segment and
// read at every query.
const (
	fieldNames    = "n" // folded words of titles and names, stop words kept
	fieldEdges    = "e" // first letters of those words
	fieldHeadings = "h" // stems of headings
	fieldTitles   = "b" // stems of titles and names
	fieldMain     = "m" // stems of the first theme, the one of highest priority
	fieldText     = "t" // stems of texts
	fieldOften    = "o" // stems that come three times or more, wherever
	fieldExact    = "x" // folded words of everything, with places (see places)
	fieldPlaces   = "y" // the places that have no room there
	fieldStarts   = "s" // first letters of those words
	fieldProjects = "p" // words, themes, funders and years of each project
	fieldCodes    = "c" // INSEE, SIREN, postal codes, ISO codes, whole names
	fieldRecord   = "r" // the record itself, stored only
)

// First letters are kept as terms of their own up to these lengths: short
// beginnings have too many continuations to be looked up one by one.
const (
	maxEdge  = 3
	minStart = 2
	maxStart = 3
)

// partGap keeps phrases from running over from one passage into the next.
const partGap = 50

// document is a record made ready for the index, words already cut: building
// documents is what several goroutines do at once, the index only stores.
type document struct {
	id     string
	fields []index.Field
}

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return 256 }
func (d *document) HasComposite() bool                         { return false }
func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) NumPlainTextBytes() uint64                  { return 0 }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return false }
func (d *document) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

func (d *document) AddIDField() {
	d.fields = append(d.fields, &field{name: "_id", value: []byte(d.id), options: index.IndexField | index.StoreField,
		terms: index.TokenFrequencies{d.id: {}}})
}

// field is one field of a document with its terms counted.
type field struct {
	name    string
	value   []byte
	options index.FieldIndexingOptions
	terms   index.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return 0 } // ranking is ours
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }

// terms gathers the terms of one field.
type terms index.TokenFrequencies

// addOnce notes that s is there. Fields without frequencies share one empty
// count: a record has a thousand such terms.
func (t terms) addOnce(s string, present *index.TokenFreq) { t[s] = present }

// heads adds the beginnings of s from least to most runes.
func (t terms) heads(s string, least, most int, here *index.TokenFreq) {
	n := 0
	for i := range s {
		if n >= least && n <= most {
			t.addOnce(s[:i], here)
		}
		n++
	}
	if n >= least && n <= most {
		t.addOnce(s, here)
	}
}

// newDocument cuts the record into terms.
func newDocument(r *Record, f *french) (*document, error) {
	raw, err := f.packers.pack(r)
	if err != nil {
		return nil, repertoire.Fault(err, "La fiche « %s » ne peut pas être indexée.", r.Title)
	}
	names, edges, headings, texts, exact, starts := terms{}, terms{}, terms{}, terms{}, terms{}, terms{}
	projects, codes, titles := terms{}, terms{}, terms{}
	at := map[string][]int{}
	here := &index.TokenFreq{}
	stems := map[string]int{}
	pos := 1
	for _, p := range r.parts() {
		before := word{}
		scanWords(p.Text, true, func(w word) {
			pos++
			if p.Class == className {
				names.addOnce(w.Text, here)
				edges.heads(w.Text, 1, maxEdge, here)
				if w.Joined != "" {
					names.addOnce(w.Joined, here)
					edges.heads(w.Joined, 1, maxEdge, here)
				}
			}
			if f.empty(w.Text) && utf8.RuneCountInString(w.Text) < 20 {
				return
			}
			at[w.Text] = append(at[w.Text], pos)
			if glue := gluedTo(p.Text, before, w); glue != "" {
				// "agro-écologie" is looked for as "agroécologie" too.
				exact.addOnce(glue, here) // given its places below when it is a word too
				texts.addOnce(f.stem(glue), here)
			}
			before = w
			starts.heads(w.Text, minStart, maxStart, here)
			stem := f.stem(w.Text)
			stems[stem]++
			switch p.Class {
			case className:
				// Titles are sentences too: "fleuves" finds "Le fleuve en commun".
				titles.addOnce(stem, here)
			case classHeading:
				headings.addOnce(stem, here)
			case classText:
				texts.addOnce(stem, here)
			}
			if p.Project >= 0 && p.Project < maxProjects {
				projects.addOnce(projectKey(p.Project, keyWord, stem), here)
			}
		})
		pos += partGap
	}
	often := terms{}
	for stem, n := range stems {
		if n >= oftenTimes {
			often.addOnce(stem, here)
		}
	}
	main := terms{}
	if len(r.Themes) > 0 {
		for _, w := range wordsOf(r.Themes[0].Label) {
			if !f.empty(w) {
				main.addOnce(f.stem(w), here)
			}
		}
	}
	places := terms{}
	addPlaces(exact, places, at)
	addProjectKeys(projects, r, here)
	addCodes(codes, r, here)
	const once = index.IndexField | index.SkipFreqNorm
	return &document{id: string(r.ID), fields: []index.Field{
		&field{name: fieldNames, options: once, terms: index.TokenFrequencies(names)},
		&field{name: fieldEdges, options: once, terms: index.TokenFrequencies(edges)},
		&field{name: fieldHeadings, options: once, terms: index.TokenFrequencies(headings)},
		&field{name: fieldTitles, options: once, terms: index.TokenFrequencies(titles)},
		&field{name: fieldMain, options: once, terms: index.TokenFrequencies(main)},
		&field{name: fieldText, options: once, terms: index.TokenFrequencies(texts)},
		&field{name: fieldOften, options: once, terms: index.TokenFrequencies(often)},
		&field{name: fieldExact, options: index.IndexField, terms: index.TokenFrequencies(exact)},
		&field{name: fieldPlaces, options: index.IndexField, terms: index.TokenFrequencies(places)},
		&field{name: fieldStarts, options: once, terms: index.TokenFrequencies(starts)},
		&field{name: fieldProjects, options: once, terms: index.TokenFrequencies(projects)},
		&field{name: fieldCodes, options: once, terms: index.TokenFrequencies(codes)},
		&field{name: fieldRecord, options: index.StoreField, value: raw},
	}}, nil
}

// gluedTo gives both words as one when a hyphen alone stands between them.
func gluedTo(text string, before, w word) string {
	if before.Text == "" || w.Start != before.End+1 || text[before.End] != '-' || len(before.Text)+len(w.Text) > 24 {
		return ""
	}
	return before.Text + w.Text
}

// newDocuments cuts all of records, several at once: an import brings thousands.
func newDocuments(records []Record, f *french, workers int) ([]*document, error) {
	out := make([]*document, len(records))
	workers = max(min(workers, len(records)), 1)
	failed := make([]error, workers)
	var wait sync.WaitGroup
	for n := range workers {
		wait.Go(func() {
			for i := n; i < len(records) && failed[n] == nil; i += workers {
				out[i], failed[n] = newDocument(&records[i], f)
			}
		})
	}
	wait.Wait()
	return out, errors.Join(failed...)
}

// oftenTimes is from where on a word counts as a subject of the text. Two
// steps rank as well as exact counts and are read several times faster.
const oftenTimes = 3

func addProjectKeys(out terms, r *Record, here *index.TokenFreq) {
	for i := range r.Projects {
		if i >= maxProjects {
			return
		}
		p := &r.Projects[i]
		for j := range p.Themes {
			out.addOnce(projectKey(i, keyTheme, p.Themes[j].Code), here)
			out.addOnce(projectKey(i, keyTheme, direct+p.Themes[j].Code), here)
			for _, up := range p.Themes[j].Above {
				out.addOnce(projectKey(i, keyTheme, up.Code), here)
			}
		}
		for _, f := range p.Funders {
			out.addOnce(projectKey(i, keyFunder, funderKey(f)), here)
		}
		for y := p.From; y > 0 && y <= max(p.From, p.To) && y-p.From < 100; y++ {
			out.addOnce(projectKey(i, keyYear, strconv.Itoa(y)), here)
		}
	}
}

// addCodes keeps what is looked up whole.
func addCodes(out terms, r *Record, here *index.TokenFreq) {
	add := func(s string) {
		if k := codeKey(s); k != "" {
			out.addOnce(k, here)
		}
	}
	add(string(r.ID))
	for _, side := range [][]Name{r.French, r.Foreign} {
		for i := range side {
			n := &side[i]
			add(n.INSEE)
			add(n.SIREN)
			for _, cp := range n.PostalCodes {
				add(cp)
			}
			out.addOnce("insee:"+codeKey(n.INSEE), here)
			out.addOnce("siren:"+codeKey(n.SIREN), here)
			for _, cp := range n.PostalCodes {
				out.addOnce("cp:"+codeKey(cp), here)
			}
			for _, name := range append([]string{n.Usual, n.Official, n.Native}, n.Others...) {
				if k := wholeName(wordsOf(name)); k != "" {
					out.addOnce("nom:"+k, here)
				}
			}
		}
	}
	for i := range r.Countries {
		out.addOnce("pays:"+codeKey(r.Countries[i].ISO), here)
	}
}

// wholeName gives the key of a whole name from its words, leading article
// dropped, so that "Havre" is all of "Le Havre".
func wholeName(words []string) string {
	if len(words) > 1 {
		switch words[0] {
		case "le", "la", "les", "l":
			words = words[1:]
		}
	}
	return strings.Join(words, " ")
}

// codeKey folds a code and drops the blanks and points people put in it.
func codeKey(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '.' {
			return -1
		}
		return r
	}, repertoire.Fold(strings.TrimSpace(s)))
}

// funderKey is the value of a funder in facets and filters.
func funderKey(s string) string { return strings.Join(wordsOf(s), " ") }
