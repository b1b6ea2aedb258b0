package review

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/xrash/smetrics"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// DuplicatePair is two records that are perhaps the same.
type DuplicatePair struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	A         repertoire.ID        `json:"a"`
	B         repertoire.ID        `json:"b"`
	TitleA    string               `json:"title_a"`
	TitleB    string               `json:"title_b"`
	Why       string               `json:"why"`
	Likeness  float64              `json:"likeness"` // 0 to 1
}

// nearTitle is the Jaro–Winkler likeness from which two titles of one authority,
// or two names of one country, are shown as perhaps the same.
const nearTitle = 0.94

// window is how far a sorted list is looked through around each record: likely
// twins stand together, and the work stays in proportion to the records.
const window = 6

// half is what each of the two comparisons counts in the progress told.
const half = 500

// Duplicates lists the partnerships, then the authorities, that are perhaps the
// same, the likeliest first, without those found different by somebody. The list
// is shared: it is read, not changed.
func (room *Room) Duplicates(ctx context.Context, progress base.Progress) (_ []DuplicatePair, err error) {
	defer func() { err = base.Stopped(err) }()
	return room.pairs.Get(ctx, room.base, "", func() ([]DuplicatePair, error) { return room.lookForPairs(ctx, progress) })
}

func (room *Room) lookForPairs(ctx context.Context, progress base.Progress) ([]DuplicatePair, error) {
	authorities, err := room.base.Store.Authorities(ctx, nil)
	if err != nil {
		return nil, err
	}
	// The authorities are compared while the partnerships are read.
	var sketches []store.Sketch
	read := make(chan error, 1)
	go func() {
		read <- room.base.Store.EachSketch(ctx, func(s store.Sketch) error {
			sketches = append(sketches, s)
			return ctx.Err()
		})
	}()
	family := newKinship(room.base.Reference, authorities)
	same, err := family.pairs(func(share float64) error {
		progress.Tell(int(share*half), 2*half, "Comparaison des collectivités")
		return ctx.Err()
	})
	if err = cmp.Or(<-read, err); err != nil {
		return nil, err
	}
	t := twins{standIn: standIns(same)}
	for i := range sketches {
		t.addPartnership(&sketches[i])
	}
	out, err := t.pairs(ctx, func(share float64) {
		progress.Tell(half+int(share*half), 2*half, "Comparaison")
	})
	if err != nil {
		return nil, err
	}
	for _, x := range same {
		out = append(out, DuplicatePair{Aggregate: repertoire.AggAuthority, A: x.a.ID, B: x.b.ID, TitleA: x.a.Usual(), TitleB: x.b.Usual(),
			Why: x.why, Likeness: x.likeness})
	}
	slices.SortFunc(out, func(a, b DuplicatePair) int {
		return cmp.Or(cmp.Compare(b.Aggregate, a.Aggregate), cmp.Compare(b.Likeness, a.Likeness), cmp.Compare(a.TitleA, b.TitleA),
			cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return out, nil
}

// standIns gives, for authorities that are surely one, the one that stands for
// all: partnerships of twins are then seen to be twins too.
func standIns(same []kin) map[repertoire.ID]repertoire.ID {
	stand := map[repertoire.ID]repertoire.ID{}
	var root func(repertoire.ID) repertoire.ID
	root = func(id repertoire.ID) repertoire.ID {
		if up, ok := stand[id]; ok && up != id {
			return root(up)
		}
		return id
	}
	for _, x := range same {
		if x.likeness < 0.75 {
			continue
		}
		a, b := root(x.a.ID), root(x.b.ID)
		if a != b {
			stand[max(a, b)] = min(a, b)
		}
	}
	for id := range stand {
		stand[id] = root(id)
	}
	return stand
}

// twin is what is compared of a record.
type twin struct {
	aggregate repertoire.Aggregate
	id        repertoire.ID
	title     string
	folded    string
	figures   string // digits tell numbered names apart
	kind      string // records of different kinds are not the same
	distinct  []repertoire.ID
}

// twins sorts records into the blocks within which they are compared.
type twins struct {
	blocks  map[string][]twin
	why     map[string]string
	standIn map[repertoire.ID]repertoire.ID // of authorities that are one
}

func (t *twins) add(key, why string, x twin) {
	if t.blocks == nil {
		t.blocks, t.why = map[string][]twin{}, map[string]string{}
	}
	t.blocks[key], t.why[key] = append(t.blocks[key], x), why
}

// Why two records are shown.
const (
	WhySame     = "Mêmes collectivités, même type"
	WhyPair     = "Mêmes collectivités, autre type"
	WhyTitle    = "Titres voisins, une collectivité commune"
	WhyCode     = "Même code officiel"
	WhyIdentity = "Même collectivité selon la référence"
	WhyName     = "Même nom, à la forme près"
	WhyOther    = "Le nom de l’une est un autre nom de l’autre"
	WhyLevel    = "Même nom au même endroit, autre niveau"
	WhyNear     = "Noms voisins, même pays"
)

func newTwin(a repertoire.Aggregate, id repertoire.ID, title, kind string, distinct []repertoire.ID) twin {
	x := twin{aggregate: a, id: id, title: title, kind: kind, distinct: distinct}
	x.folded = strings.Join(strings.FieldsFunc(repertoire.Fold(title),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
	x.figures = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, x.folded)
	return x
}

func (t *twins) addPartnership(p *store.Sketch) {
	x := newTwin(repertoire.AggPartnership, p.ID, p.Title, string(p.Type), p.Distinct)
	// Who is on which side does not matter: pairs are entered the other way round.
	var ids []string
	for _, id := range p.Parties {
		if stand, ok := t.standIn[id]; ok {
			id = stand
		}
		if !slices.Contains(ids, string(id)) {
			ids = append(ids, string(id))
		}
	}
	slices.Sort(ids)
	if len(ids) > 1 {
		t.add("same "+strings.Join(ids, " "), WhySame, x)
	}
	for _, id := range ids {
		t.add("party "+id, WhyTitle, x)
	}
}

func (t *twins) pairs(ctx context.Context, progress func(float64)) ([]DuplicatePair, error) {
	best := map[[2]repertoire.ID]DuplicatePair{}
	keys := make([]string, 0, len(t.blocks))
	for k := range t.blocks {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for n, key := range keys {
		if n%500 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			progress(float64(n) / float64(len(keys)))
		}
		block := t.blocks[key]
		slices.SortFunc(block, func(a, b twin) int { return cmp.Or(cmp.Compare(a.folded, b.folded), cmp.Compare(a.id, b.id)) })
		for i, a := range block {
			reach := window
			if t.why[key] == WhySame {
				reach = len(block)
			}
			for _, b := range block[i+1 : min(len(block), i+1+reach)] {
				p, ok := a.like(b, t.why[key])
				id := [2]repertoire.ID{p.A, p.B}
				if ok && p.Likeness > best[id].Likeness {
					best[id] = p
				}
			}
		}
	}
	out := make([]DuplicatePair, 0, len(best))
	for _, p := range best {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b DuplicatePair) int {
		return cmp.Or(cmp.Compare(b.Aggregate, a.Aggregate), cmp.Compare(b.Likeness, a.Likeness), cmp.Compare(a.TitleA, b.TitleA),
			cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return out, nil
}

func (a twin) like(b twin, why string) (DuplicatePair, bool) {
	if a.id == b.id || slices.Contains(a.distinct, b.id) || slices.Contains(b.distinct, a.id) {
		return DuplicatePair{}, false
	}
	if b.id < a.id {
		a, b = b, a // the same pair, whichever is met first
	}
	p := DuplicatePair{Aggregate: a.aggregate, A: a.id, B: b.id, TitleA: a.title, TitleB: b.title, Why: why}
	likeness := 1.0
	if a.folded != b.folded {
		likeness = smetrics.JaroWinkler(a.folded, b.folded, 0.7, 4)
	}
	switch {
	case why == WhySame && (a.kind == b.kind || a.kind == "" || b.kind == ""):
		p.Likeness = (1 + likeness) / 2 // the same, whatever they are called
	case why == WhySame:
		p.Why, p.Likeness = WhyPair, 0.6*likeness
	default:
		if a.kind != b.kind || a.figures != b.figures || likeness < nearTitle || len(a.folded) < 4 {
			return p, false
		}
		p.Likeness = likeness / 2
	}
	return p, true
}
