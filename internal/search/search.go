package search

import (
	"context"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// Sort names an order of hits.
type Sort string

// The orders; "" is relevance when there are words, else the title.
const (
	SortRelevance Sort = "relevance"
	SortTitle     Sort = "title"
	SortPartner   Sort = "partner" // country, then foreign side
	SortYear      Sort = "year"
	SortVerified  Sort = "verified"
	SortUpdated   Sort = "updated"
	SortAmount    Sort = "amount"
	SortDistance  Sort = "distance" // from Request.Near
	SortApart     Sort = "apart"    // kilometres between the partners
)

// Request is a question.
type Request struct {
	Text string
	// Typing says that the last word may be unfinished: its continuations are
	// found too.
	Typing bool
	// Filters keep what has one of the values of each facet; Exclude puts
	// aside what has one. Themes bring those below them.
	Filters map[Facet][]string
	Exclude map[Facet][]string
	// Only keeps these partnerships, whatever else is asked; nil keeps all.
	Only []repertoire.ID
	// From and To bound the first year, 0 is no bound.
	From, To int

	Sort       Sort
	Descending bool
	Near       *[2]float64 // latitude, longitude in degrees, for SortDistance

	Offset, Limit int  // Limit 0 is 50, negative none
	Facets        bool // count the facets too
	Snippets      bool // give passages and reasons too
	// Public leaves out of passages and suggestions what is the desk's own: the
	// people and the notes. They are found all the same.
	Public bool
	// Directories are the short names of répertoires by slug, so that a question
	// may name one.
	Directories map[string]string
	// Titles are their whole titles.
	Titles map[string]string
}

// WhyKind says how a hit answers.
type WhyKind string

// The kinds of reasons.
const (
	WhyWord    WhyKind = "mot"
	WhyPrefix  WhyKind = "début de mot"
	WhySynonym WhyKind = "mot voisin"
	WhyCountry WhyKind = "pays"
	WhyTheme   WhyKind = "thématique"
	WhyPhrase  WhyKind = "expression"
	WhyName    WhyKind = "nom entier"
	WhyPlace   WhyKind = "lieu"
	WhyYear    WhyKind = "année"
	WhyType    WhyKind = "nature"
	WhyUp      WhyKind = "sujet plus large"
	WhySimilar WhyKind = "semblable"
)

// Why is one reason why a hit answers: what was typed and what was found.
type Why struct {
	Kind  WhyKind `json:"kind"`
	Typed string  `json:"typed"`
	Found string  `json:"found"`
}

// Snippet is a passage with its matching words as byte ranges of Text. Start
// is where Text begins in the field, in bytes.
type Snippet struct {
	Field   string   `json:"field"` // JSON name of the partnership's field
	Project int      `json:"-"`     // 0-based, -1 outside projects
	Text    string   `json:"text"`
	Start   int      `json:"-"`
	Marks   [][2]int `json:"marks,omitempty"`
}

// Hit is a partnership found.
type Hit struct {
	ID       repertoire.ID
	Score    float64
	Distance float64 // kilometres from Request.Near, -1 when nowhere is known
	Snippets []Snippet
	Why      []Why
}

// Suggestion is another question that would find more.
type Suggestion struct {
	Label string `json:"label"` // "Vouliez-vous dire « Madagascar » ?", "sans « statut:actif » → 14"
	Text  string `json:"text"`  // the query to ask instead
	Count int    `json:"count"` // what it finds
	// Facet is set when a filter of the request, not the text, is to be
	// dropped.
	Facet Facet `json:"facet,omitempty"`
}

// Response is the answer.
type Response struct {
	Total       int
	Hits        []Hit
	Facets      map[Facet][]FacetCount // values in use, most frequent first
	Suggestions []Suggestion
	Understood  Understood
	// Incomplete is set when the index needs a rebuild: what was found is not all.
	Incomplete bool
}

// maxFacetValues bounds the values given of a facet without end, as funders.
const maxFacetValues = 100

// IDs gives everything that answers, unsorted hits included: what a list, a
// map or a mailing is made of.
func (r *Response) IDs() []repertoire.ID {
	out := make([]repertoire.ID, len(r.Hits))
	for i := range r.Hits {
		out[i] = r.Hits[i].ID
	}
	return out
}

// Search answers req. Nothing typed is an error; an error means that the index
// turned out to be damaged, which State then says too, or that ctx ended.
func (x *Index) Search(ctx context.Context, req Request) (Response, error) {
	if err := ctx.Err(); err != nil {
		return Response{}, err
	}
	x.mu.RLock()
	if x.state.NeedsRebuild || x.store == nil {
		x.mu.RUnlock()
		return Response{Incomplete: true}, nil
	}
	// A truncated file under a map of memory is a fault of the processor: make
	// it a panic of this goroutine, caught below.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	var resp Response
	err := guarded(func() error {
		var err error
		resp, err = x.search(ctx, &req)
		return err
	})
	x.mu.RUnlock()
	if err == nil {
		return resp, nil
	}
	if ctx.Err() != nil {
		return Response{}, ctx.Err()
	}
	x.doubt(err)
	return Response{Incomplete: true}, repertoire.Damage(x.dir, err,
		"L’index de recherche est endommagé : cette recherche n’a pas abouti. Vos données ne sont pas touchées ; l’index va être reconstruit.")
}

// query is one search under way.
type query struct {
	req   *Request
	x     *Index
	eval  *evaluation
	plan  plan
	today int32
	// found holds, by clause, what satisfies it.
	found  []*scores         // clauses with degrees
	sets   []*roaring.Bitmap // the others
	bonus  []*scores         // whole names, words side by side
	whole  []string          // name of each bonus
	fixes  map[string]string // mistyped word -> the one put in its place
	offers []Suggestion      // questions that might have been meant
	items  []item
	text   string
	borne  map[string]*roaring.Bitmap
	like   map[uint32]string // what is in common with the one that is asked about
	filter map[Facet]*roaring.Bitmap
}

func (x *Index) search(ctx context.Context, req *Request) (Response, error) {
	v, err := x.viewLocked()
	if err != nil {
		return Response{}, err
	}
	defer v.close()
	q := &query{req: req, x: x, today: x.today(),
		eval: &evaluation{view: v, table: x.table, french: x.french, pool: &x.scorePool}}
	defer q.eval.release()
	text := strings.ToValidUTF8(req.Text, " ")
	q.items = lex(text)
	q.text = text
	base, err := q.ask(ctx, nil)
	if err != nil {
		return Response{}, err
	}
	if base.IsEmpty() {
		if base, err = q.widen(ctx, base); err != nil {
			return Response{}, err
		}
	}
	hits := q.filtered(base, "")
	resp := Response{Total: int(hits.GetCardinality()), Understood: q.understood()}
	if req.Facets {
		resp.Facets = q.facets(base, hits)
	}
	if err := ctx.Err(); err != nil {
		return Response{}, err
	}
	if err := q.names(); err != nil {
		return Response{}, err
	}
	ranked := q.ranked(hits)
	resp.Hits = make([]Hit, len(ranked))
	for i, r := range ranked {
		resp.Hits[i] = Hit{ID: x.table.rows[r.doc].id, Score: float64(r.score)}
		if req.Near != nil {
			if km, ok := x.table.rows[r.doc].distance(*req.Near); ok {
				resp.Hits[i].Distance = km
			} else {
				resp.Hits[i].Distance = -1
			}
		}
	}
	if req.Snippets {
		if err := q.explain(ranked, resp.Hits); err != nil {
			return Response{}, err
		}
	}
	resp.Suggestions, err = q.suggestions(resp.Total, ranked)
	return resp, err
}

// ask reads the query, with fixes in the place of mistyped words, and gives
// what answers it before the filters of the request.
func (q *query) ask(ctx context.Context, fixes map[string]string) (*roaring.Bitmap, error) {
	x := q.x
	p := planner{table: x.table, known: x.known, french: x.french, synonyms: x.opt.Synonyms, today: q.today, typing: q.req.Typing,
		typed:   q.text,
		bearing: q.bearing, directories: q.req.Directories, titles: q.req.Titles, locate: x.opt.Locate, town: x.opt.Town, fixes: fixes}
	q.plan = p.plan(q.items)
	q.plan.void = len(q.plan.clauses) == 0 && len(q.plan.carried) == 0 && void(q.text, q.items, q.req.Typing)
	if err := q.evaluate(ctx); err != nil {
		return nil, err
	}
	if q.filter == nil {
		q.filters()
	}
	q.settle()
	return q.matching(-1), nil
}

// settle gives up the conditions that the data cannot answer: a kind of link
// that nobody noted must not empty an answer.
func (q *query) settle() {
	soft := false
	for i := range q.plan.clauses {
		// That a link is active is taken for granted where no status is noted.
		if c := &q.plan.clauses[i]; c.kind == clauseFacet && c.facet == FacetStatus && !c.negated && !strings.Contains(c.typed, ":") &&
			c.values[0] == string(repertoire.StatusActive) && len(q.plan.clauses) > 1 {
			rest := q.filtered(q.matching(i), "")
			c.soft = !rest.IsEmpty() && !rest.Intersects(p0(q.x.table.facets[FacetHeld].sets[HeldStatus]))
		}
		soft = soft || q.plan.clauses[i].soft
	}
	if !soft {
		return
	}
	for i := range q.plan.clauses {
		q.plan.clauses[i].given = q.plan.clauses[i].soft
	}
	without := q.filtered(q.matching(-1), "")
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if !c.soft {
			continue
		}
		c.given = false
		with := q.filtered(q.matching(-1), "")
		if with.IsEmpty() && !without.IsEmpty() && !q.only(i) {
			c.given = true
		}
	}
}

// only tells whether the condition numbered i is all that is asked for.
func (q *query) only(i int) bool {
	for j := range q.plan.clauses {
		if c := &q.plan.clauses[j]; j != i && !c.optional && !c.given {
			return false
		}
	}
	return true
}

// bearing gives the partnerships of which an authority bears the whole name.
func (q *query) bearing(name string) *roaring.Bitmap {
	if name == "" {
		return nil
	}
	if set, ok := q.borne[name]; ok {
		return set
	}
	set, err := q.eval.collect(fieldCodes, "nom:"+name)
	if err != nil {
		set = nil
	}
	if q.borne == nil {
		q.borne = map[string]*roaring.Bitmap{}
	}
	q.borne[name] = set
	return set
}

// evaluate finds what satisfies each clause.
func (q *query) evaluate(ctx context.Context) error {
	q.found = make([]*scores, len(q.plan.clauses))
	q.sets = make([]*roaring.Bitmap, len(q.plan.clauses))
	for i := range q.plan.clauses {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := q.clause(i); err != nil {
			return err
		}
	}
	return nil
}

func (q *query) clause(i int) (err error) {
	c := &q.plan.clauses[i]
	switch c.kind {
	case clauseWords:
		q.found[i], err = q.eval.words(c)
		// A word that stands nowhere may be the beginning of one.
		if err == nil && len(q.found[i].hits) == 0 && !c.negated && !q.req.Typing && len(c.alternatives[0].words) == 1 &&
			len(c.alternatives[0].words[0]) >= 3 && !fixed(c.alternatives[0].words[0], c.typed) {
			a := c.alternatives[0]
			a.prefix, a.why, a.weight = true, WhyPrefix, weightPrefix
			c.alternatives = append(c.alternatives, a)
			q.found[i], err = q.eval.words(c)
		}
	case clauseSimilar:
		var like likeness
		if like, err = q.eval.similar(c.code); like.title != "" {
			c.said.label = like.title
		}
		q.found[i], q.like = like.scores, like.why
	case clauseOrder:
	case clausePhrase:
		s := q.eval.scores()
		err = q.eval.view.phrase(c.phrase, func(d uint32, n int) { s.add([]uint32{d}, weightHeading+weightOften*float32(min(n, 3))) })
		rare := rarity(len(s.hits), int(q.x.table.live.GetCardinality()))
		for _, d := range s.hits {
			s.by[d] *= rare
		}
		q.found[i] = s
	default:
		q.sets[i], err = q.eval.set(c, q.today)
	}
	return err
}

// matching gives what satisfies all clauses but the one numbered without (-1:
// all), before the filters of the request.
func (q *query) matching(without int) *roaring.Bitmap {
	if q.plan.void {
		return roaring.New()
	}
	var out *roaring.Bitmap
	var lead *scores
	for i := range q.plan.clauses {
		if c := &q.plan.clauses[i]; i != without && !c.optional && !c.given && !c.negated && q.found[i] != nil &&
			(lead == nil || len(q.found[i].hits) < len(lead.hits)) {
			lead = q.found[i]
		}
	}
	if lead != nil {
		var docs []uint32
	next:
		for _, d := range lead.hits {
			for i := range q.plan.clauses {
				c := &q.plan.clauses[i]
				if i == without || c.optional || c.given || q.found[i] == nil {
					continue
				}
				if (q.found[i].by[d] > 0) == c.negated {
					continue next
				}
			}
			docs = append(docs, d)
		}
		out = q.x.table.bitmap(docs)
		out.And(q.x.table.live)
	}
	if out == nil {
		out = q.x.table.live.Clone()
	}
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		switch {
		case i == without, c.given:
		case q.sets[i] != nil && c.negated:
			out.AndNot(q.sets[i])
		case q.sets[i] != nil:
			out.And(q.sets[i])
		case c.negated && lead == nil:
			for _, d := range q.found[i].hits {
				out.Remove(d)
			}
		}
	}
	return out
}

// filters reads the filters of the request.
func (q *query) filters() {
	q.filter = map[Facet]*roaring.Bitmap{}
	for f, values := range q.req.Filters {
		if len(values) > 0 && isFacet(f) {
			q.filter[f] = q.x.table.having(f, values, q.today)
		}
	}
	if q.req.Only != nil {
		q.filter[facetOnly] = q.x.table.numbered(q.req.Only)
	}
}

// facetOnly is the place of Request.Only among the filters; nothing is counted by it.
const facetOnly Facet = "only"

func isFacet(f Facet) bool { return slices.Contains(facetOrder, f) }

// narrowed tells whether the request has filters, the one on but aside.
func (q *query) narrowed(but Facet) bool {
	for f := range q.filter {
		if f != but {
			return true
		}
	}
	return len(q.req.Exclude) > 0 || q.req.From > 0 || q.req.To > 0
}

// filtered keeps of base what passes the filters of the request, those on
// facet but aside.
func (q *query) filtered(base *roaring.Bitmap, but Facet) *roaring.Bitmap {
	if !q.narrowed(but) {
		return base
	}
	out := base.Clone()
	for f, set := range q.filter {
		if f != but {
			out.And(set)
		}
	}
	for f, values := range q.req.Exclude {
		if len(values) > 0 && isFacet(f) {
			out.AndNot(q.x.table.having(f, values, q.today))
		}
	}
	if q.req.From > 0 || q.req.To > 0 {
		to := q.req.To
		if to == 0 {
			to = farAway
		}
		out.And(bounds{column: columnYear, from: max(q.req.From, 1), to: to}.set(q.x.table))
	}
	return out
}
