package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/repertoire"
	"repertoire/internal/search"
)

// Where a word stands, the most telling first.
const (
	inName = iota
	inHeading
	inText
	places
)

// pieceLimit is from which size on a piece of the index is cut by one more letter.
const pieceLimit = 24_000

// words is the index of the site while it is made.
type words struct {
	cutter *search.Cutter
	stems  map[string]string        // by form
	posts  map[string][places][]int // entries by stem and place
	inHand map[string]int           // best place of each stem of the entry in hand
}

func newWords() *words {
	return &words{cutter: search.NewCutter(), stems: map[string]string{}, posts: map[string][places][]int{}}
}

func (w *words) read(place int, text string) {
	w.cutter.Each(text, func(x search.Word) {
		if x.Empty && place != inName {
			return
		}
		w.stems[x.Folded] = x.Stem
		if best, ok := w.inHand[x.Stem]; !ok || place < best {
			w.inHand[x.Stem] = place
		}
	})
}

// entry files the words of one entry: what its page says, people apart. No index
// leads from a name to a person, in the books either.
func (s *site) indexEntry(w *words, e *entry) {
	w.inHand = map[string]int{}
	w.read(inName, e.Title)
	for _, a := range append(slices.Clone(e.French), e.Foreign...) {
		w.read(inName, a.Usual())
		w.read(inName, a.NativeName)
		w.read(inHeading, strings.Join(a.OtherNames, " . "))
		w.read(inHeading, a.Region+" . "+a.Departement)
		w.read(inHeading, s.reading.Country(a.Country).Name)
	}
	for _, c := range e.Codes {
		for ; c != ""; c = repertoire.ThemeParent(c) {
			if t, ok := s.reading.Theme(c); ok {
				w.read(inHeading, t.Label)
			}
		}
	}
	p := e.Partnership
	w.read(inHeading, s.reading.Link(e.Entry))
	for _, t := range s.reading.Texts(e.Entry) {
		w.read(inText, plainBlocks(t.Blocks))
	}
	for _, x := range p.Projects {
		w.read(inHeading, x.Title)
		w.read(inText, x.Places+" . "+x.Operator+" . "+x.Beneficiaries)
		for _, t := range []string{x.Description, x.Results, x.Difficulties} {
			w.read(inText, plainBlocks(s.reading.Markdown(e.Entry, "projects", t, 4)))
		}
		for _, f := range x.Funding {
			w.read(inText, book.FunderWords(f))
		}
	}
	for _, t := range s.reading.Deeds(e.Entry) {
		w.read(inText, plainBlocks(t.Blocks))
	}
	w.read(inText, plainBlocks(s.reading.Conventions(e.Entry)))
	for stem, place := range w.inHand {
		have := w.posts[stem]
		have[place] = append(have[place], e.n)
		w.posts[stem] = have
	}
}

// pieceOf is the piece a word stands in: by its first two letters, by three
// where those of two would be heavy. search.js says the same.
func pieceOf(word string, deep map[string]bool) string {
	plain := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	if len(word) < 2 || !plain(word[0]) || !plain(word[1]) {
		return "autres"
	}
	key := word[:2]
	if !deep[key] {
		return key
	}
	if len(word) > 2 && plain(word[2]) {
		return word[:3]
	}
	return key + "_"
}

// piece is one file of the index.
type piece struct {
	Forms  []string          `json:"f"` // sorted
	Of     []int             `json:"s"` // number of each form's stem
	Stems  []string          `json:"k"`
	Posts  []string          `json:"p"`           // by stem: names;headings;texts, differences in base 36
	Others map[string]string `json:"a,omitempty"` // forms whose stem stands in another piece
}

// writeIndex cuts the index in pieces and notes their names in donnees/index.js.
func (s *site) writeIndex() error {
	w := newWords()
	for _, e := range s.entries {
		s.indexEntry(w, e)
	}
	sizes := map[string]int{}
	for form := range w.stems {
		sizes[pieceOf(form, nil)] += len(form) + 5
	}
	for stem, p := range w.posts {
		sizes[pieceOf(stem, nil)] += len(stem) + len(posting(p)) + 6
	}
	deep := map[string]bool{}
	for key, n := range sizes {
		if n > pieceLimit && key != "autres" {
			deep[key] = true
		}
	}
	pieces := map[string]*piece{}
	at := func(word string) *piece {
		key := pieceOf(word, deep)
		if pieces[key] == nil {
			pieces[key] = &piece{Others: map[string]string{}}
		}
		return pieces[key]
	}
	number := map[string]int{}
	for _, stem := range sortedKeys(w.posts) {
		p := at(stem)
		number[stem] = len(p.Stems)
		p.Stems, p.Posts = append(p.Stems, stem), append(p.Posts, posting(w.posts[stem]))
	}
	for _, form := range sortedKeys(w.stems) {
		p, stem := at(form), w.stems[form]
		if at(stem) != p {
			p.Others[form] = stem
			continue
		}
		p.Forms, p.Of = append(p.Forms, form), append(p.Of, number[stem])
	}
	for _, key := range sortedKeys(pieces) {
		if err := s.script("mots/"+key, "mots", key, pieces[key]); err != nil {
			return err
		}
	}
	empty := w.cutter.Empty()
	slices.Sort(empty)
	return s.script("index", "index", "", map[string]any{"deep": sortedKeys(deep), "pieces": sortedKeys(pieces),
		"empty": strings.Join(empty, " "), "irregular": search.Irregular()})
}

func posting(p [places][]int) string {
	var b strings.Builder
	for i, list := range p {
		if i > 0 {
			b.WriteByte(';')
		}
		last := 0
		for k, n := range list {
			if k > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(int64(n-last), 36))
			last = n
		}
	}
	return b.String()
}

// script writes data as a script, since a page read from a disk may load scripts
// and nothing else.
func (s *site) script(name, call, key string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return repertoire.Fault(err, "Les données du site ne peuvent pas être écrites.")
	}
	arg := ""
	if key != "" {
		arg = `"` + key + `",`
	}
	return s.out(dataDir+name+".js", []byte("REPERTOIRE."+call+"("+arg+string(text)+");\n"))
}
