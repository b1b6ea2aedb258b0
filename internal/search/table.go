package search

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// table numbers the partnerships and keeps in memory what is counted, filtered
// and sorted by. It is written by one goroutine at a time, under the index's lock.
type table struct {
	number map[repertoire.ID]uint32
	rows   []row // by number; a freed row has no ID
	free   []uint32
	live   *roaring.Bitmap
	facets map[Facet]*facet
	// words are the country names and adjectives met, as stems joined by
	// blanks, with the ISO codes they stand for.
	words map[string]map[string]int
	// countries remembers what each country in use brought to words.
	countries map[string]CountryRef
	// worth is what each partnership is worth on worthDay, apart from the rows
	// because every hit of every query reads it.
	worth    []float32
	fresh    []uint8 // class of freshness on worthDay
	worthDay int32
	// heads are the beginnings of the sort keys of titles: nearly every
	// comparison of two titles ends there, without a look at the rows.
	heads    []uint64
	projects int // largest number of projects of one partnership ever seen
}

// row is what results are sorted by.
type row struct {
	id       repertoire.ID
	title    []byte // French sort key of the title
	partner  []byte // French sort key of country, then foreign side
	year     int16
	verified int32    // days since 1970, 0 never
	updated  int64    // Unix seconds
	amount   int64    // euro cents
	places   []point  // of the located authorities of both sides, the foreign ones first
	foreign  uint8    // how many of places are foreign
	prior    float32  // what the status is worth, see priorOf
	people   [2]int32 // inhabitants of the most populous authority of the French side, of the other; 0 unknown
	apart    int32    // kilometres between the leads of both sides, 0 unknown
}

func newTable() *table {
	t := &table{number: map[repertoire.ID]uint32{}, live: roaring.New(), facets: map[Facet]*facet{},
		words: map[string]map[string]int{}, countries: map[string]CountryRef{}}
	for _, f := range append([]Facet{facetCode, FacetHeld}, facetOrder...) {
		if f != FacetFreshness {
			t.facets[f] = newFacet()
		}
	}
	return t
}

// put adds or replaces r and returns its number.
func (t *table) put(r *Record, f *french) uint32 {
	doc, known := t.number[r.ID]
	if known {
		t.unlist(doc)
	} else if n := len(t.free); n > 0 {
		doc, t.free = t.free[n-1], t.free[:n-1]
	} else {
		doc = uint32(len(t.rows))
		t.rows = append(t.rows, row{})
	}
	t.number[r.ID] = doc
	t.rows[doc] = rowOf(r)
	if len(t.worth) < len(t.rows) {
		t.worth, t.fresh, t.heads = append(t.worth, 0), append(t.fresh, 0), append(t.heads, 0)
	}
	t.appraise(doc)
	t.live.Add(doc)
	t.list(doc, r)
	for i := range r.Countries {
		t.learn(r.Countries[i], f)
	}
	t.projects = max(t.projects, min(len(r.Projects), maxProjects))
	return doc
}

// remove forgets the partnership; unknown IDs are no fault.
func (t *table) remove(id repertoire.ID) {
	doc, ok := t.number[id]
	if !ok {
		return
	}
	t.unlist(doc)
	delete(t.number, id)
	t.rows[doc] = row{}
	t.live.Remove(doc)
	t.free = append(t.free, doc)
}

// numbered gives the numbers of the partnerships that are there.
func (t *table) numbered(ids []repertoire.ID) *roaring.Bitmap {
	out := roaring.New()
	for _, id := range ids {
		if doc, ok := t.number[id]; ok {
			out.Add(doc)
		}
	}
	return out
}

func (t *table) unlist(doc uint32) {
	for _, f := range t.facets {
		f.remove(doc)
	}
}

func (t *table) list(doc uint32, r *Record) {
	add := func(f Facet, value, label string) { t.facets[f].add(doc, value, label) }
	for _, d := range r.Directories {
		add(FacetDirectory, d, "")
	}
	t.listThemes(doc, r.Themes)
	for i := range r.Projects {
		t.listThemes(doc, r.Projects[i].Themes)
		for _, f := range r.Projects[i].Funders {
			add(FacetFunder, funderKey(f), f)
		}
	}
	for i := range r.Countries {
		add(FacetCountry, r.Countries[i].ISO, r.Countries[i].Name)
	}
	for i := range r.French {
		n := &r.French[i]
		add(FacetRegion, n.Region, n.Region)
		add(FacetDepartement, n.Departement, n.Departement)
		add(FacetLevel, n.Level.Code, n.Level.Label)
		add(facetCode, departementOf(n), "")
	}
	for _, has := range r.Held {
		add(FacetHeld, has, has)
	}
	for i := range r.Foreign {
		add(FacetLevel, r.Foreign[i].Level.Code, r.Foreign[i].Level.Label)
	}
	add(FacetStatus, r.Status.Code, r.Status.Label)
	add(FacetType, r.Type.Code, r.Type.Label)
	add(FacetFormality, r.Formality.Code, r.Formality.Label)
	for _, f := range r.Funders {
		add(FacetFunder, funderKey(f), f)
	}
	for _, n := range r.SDGs {
		add(FacetSDG, strconv.Itoa(n), "ODD "+strconv.Itoa(n))
	}
	if r.FirstYear > 0 {
		d := decadeOf(r.FirstYear)
		add(FacetDecade, d, "Années "+d)
	}
	if r.HasContact {
		add(FacetContact, "oui", "Avec un contact")
	} else {
		add(FacetContact, "non", "Sans contact")
	}
	if r.Fictitious {
		add(FacetFictitious, "oui", "Fictif")
	} else {
		add(FacetFictitious, "non", "Réel")
	}
}

func (t *table) listThemes(doc uint32, themes []ThemeRef) {
	f := t.facets[FacetTheme]
	for i := range themes {
		f.add(doc, themes[i].Code, themes[i].Label)
		f.add(doc, direct+themes[i].Code, themes[i].Label)
		for _, up := range themes[i].Above {
			f.add(doc, up.Code, up.Label)
		}
	}
}

// learn notes the words that mean the country. Words stay known when its last
// partnership goes: they then find nothing, as they should.
func (t *table) learn(c CountryRef, f *french) {
	if known, ok := t.countries[c.ISO]; ok && len(known.Adjectives) == len(c.Adjectives) && len(known.Others) == len(c.Others) &&
		known.Name == c.Name {
		return
	}
	t.countries[c.ISO] = c
	for _, list := range [][]string{{c.Name}, c.Others, c.Adjectives} {
		for _, name := range list {
			key := stemKey(wordsOf(name), f)
			if len(key) < 3 {
				continue // "US" would catch too much; pays:US is there for it
			}
			if t.words[key] == nil {
				t.words[key] = map[string]int{}
			}
			t.words[key][c.ISO]++
		}
	}
}

// foreign is 1 for a word that is only another language's for a country, as
// "Japan": who mistypes is offered the French one.
func (t *table) foreign(word string) int {
	for _, c := range t.countries {
		own := slices.Contains(wordsOf(c.Name), word)
		for _, list := range c.Adjectives {
			own = own || slices.Contains(wordsOf(list), word)
		}
		for _, list := range c.Others {
			if !own && slices.Contains(wordsOf(list), word) {
				return 1
			}
		}
	}
	return 0
}

// judge computes what everything is worth on day.
func (t *table) judge(day int32) {
	if t.worthDay == day && len(t.worth) == len(t.rows) {
		return
	}
	t.worthDay = day
	t.worth, t.fresh, t.heads = make([]float32, len(t.rows)), make([]uint8, len(t.rows)), make([]uint64, len(t.rows))
	for i := range t.rows {
		t.appraise(uint32(i))
	}
}

// appraise notes what is kept apart of a row.
func (t *table) appraise(doc uint32) {
	r := &t.rows[doc]
	t.fresh[doc] = uint8(freshnessOf(r.verified, t.worthDay))
	t.worth[doc] = r.worth(t.worthDay)
	var head [8]byte
	copy(head[:], r.title)
	t.heads[doc] = binary.BigEndian.Uint64(head[:])
}

// byTitle compares two rows by their titles.
func (t *table) byTitle(a, b uint32) int {
	if x, y := t.heads[a], t.heads[b]; x != y {
		return cmp.Compare(x, y)
	}
	return bytes.Compare(t.rows[a].title, t.rows[b].title)
}

// bitmap makes a set of numbers that come in no order.
func (t *table) bitmap(docs []uint32) *roaring.Bitmap {
	bits := make([]uint64, (len(t.rows)+63)/64)
	for _, d := range docs {
		bits[d/64] |= 1 << (d % 64)
	}
	return roaring.FromDense(bits, false)
}

// stemKey joins the stems of the words that mean something.
func stemKey(words []string, f *french) string {
	key := ""
	for _, w := range words {
		if f.empty(w) {
			continue
		}
		if key != "" {
			key += " "
		}
		key += f.stem(w)
	}
	return key
}

func rowOf(r *Record) row {
	x := row{id: r.ID, title: repertoire.SortKey(cmp.Or(r.SortTitle, r.Title)), year: int16(r.FirstYear), verified: dayOf(r.Verified),
		updated: r.Updated, amount: r.Amount, prior: priorOf(r.Status.Code)}
	partner := ""
	if len(r.Countries) > 0 {
		partner = r.Countries[0].Name
	}
	if len(r.Foreign) > 0 {
		partner += " " + r.Foreign[0].Usual
	}
	x.partner = repertoire.SortKey(partner)
	for s, side := range [][]Name{r.Foreign, r.French} {
		for i := range side {
			if n := &side[i]; n.Latitude != 0 || n.Longitude != 0 {
				x.places = append(x.places, point{float32(n.Latitude), float32(n.Longitude)})
			}
		}
		if s == 0 {
			x.places = x.places[:min(len(x.places), 255)]
			x.foreign = uint8(len(x.places))
		}
	}
	for side, list := range [2][]Name{r.French, r.Foreign} {
		for i := range list {
			x.people[side] = max(x.people[side], int32(min(list[i].Population, 1<<30)))
		}
	}
	if a, b := firstLocated(r.French), firstLocated(r.Foreign); a != nil && b != nil {
		x.apart = max(int32(kilometres(a.Latitude, a.Longitude, b.Latitude, b.Longitude)), 1)
	}
	return x
}

func firstLocated(list []Name) *Name {
	for i := range list {
		if list[i].Latitude != 0 || list[i].Longitude != 0 {
			return &list[i]
		}
	}
	return nil
}

func parseDay(s string) (time.Time, error) { return time.Parse("2006-01-02", s) }
