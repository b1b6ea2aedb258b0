package layout

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"repertoire/internal/repertoire"
)

// Setter lays documents out in one design. It keeps words and paragraphs
// already set, so that laying an edited document again is fast. Safe for
// concurrent use; calls of Lay wait for one another.
type Setter struct {
	design  Design
	fonts   *fontSet
	shapes  shapeCache
	hyphens *hyphenator
	cache   *paraCache
	workers int
	once    bool
	mu      sync.Mutex
}

// Option changes how a Setter works, never what it produces.
type Option func(*Setter)

// Workers sets how many goroutines set paragraphs; by default one a processor.
func Workers(n int) Option { return func(s *Setter) { s.workers = max(n, 1) } }

// Once says that the setter lays one document: what would make the next one fast is
// forgotten before pages are drawn.
func Once() Option { return func(s *Setter) { s.once = true } }

// New makes a setter for a design with fonts from a source. It errs when a
// font of the design is missing or damaged.
func New(fonts FontSource, design Design, opts ...Option) (*Setter, error) {
	if len(design.styles) == 0 {
		return nil, repertoire.Fault(nil, "La maquette est vide ; rien n’a été composé.")
	}
	set, err := newFontSet(fonts, design)
	if err != nil {
		return nil, err
	}
	h, err := newHyphenator()
	if err != nil {
		return nil, repertoire.Fault(err, "Les motifs de césure sont illisibles ; rien n’a été composé. Réinstallez le programme.")
	}
	s := &Setter{design: design, fonts: set, hyphens: h, cache: newParaCache(), workers: runtime.GOMAXPROCS(0)}
	for _, o := range opts {
		o(s)
	}
	return s, nil
}

// Design gives back the design the setter works in.
func (s *Setter) Design() Design { return s.design }

// chunkResult is a chunk set as boxes.
type chunkResult struct {
	boxes  []vbox
	node   *Node
	faults []Warning
	words  int
	after  float64
	keep   bool
	force  force
}

// freeAttempts is how many times pages are numbered before paragraphs with
// numbers stop shrinking (see lineFloor).
const freeAttempts = 4

// lastAttempt is far beyond what lineFloor allows: it stands guard over the
// proof, not over the text.
const lastAttempt = 64

// Lay makes pages of a document. The same document gives the same pages, on
// any number of processors. progress may be nil; it is called from Lay's own
// goroutine. Faults of the content are warnings; an error means that nothing
// was laid out.
func (s *Setter) Lay(ctx context.Context, doc Document, progress func(done, total int, label string)) (*Pages, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache.turn()
	if progress == nil {
		progress = func(int, int, string) {}
	}
	p := newPlan(doc)
	numbers := &numbering{}
	var chunks []*chunk
	for _, sp := range p.sections {
		chunks = append(chunks, sp.chunks...)
	}
	if err := s.setAll(ctx, p, chunks, numbers, progress); err != nil {
		return nil, err
	}
	var volatile []*chunk
	for _, c := range chunks {
		if c.volatile {
			volatile = append(volatile, c)
		}
	}
	book := s.paginate(p)
	// Each attempt sets the numbers of the one before and looks whether they
	// still hold. lineFloor says why this ends.
	for attempt := 1; attempt < lastAttempt; attempt++ {
		if err := ctx.Err(); err != nil {
			return nil, repertoire.Refuse("La composition a été interrompue ; rien n’a été produit.")
		}
		next := book.numbering()
		if len(volatile) == 0 || numbers.same(next) {
			break
		}
		numbers = next
		for _, c := range volatile {
			c.floor.next = 0
			c.floor.on = attempt > freeAttempts
		}
		if err := s.setAll(ctx, p, volatile, numbers, func(int, int, string) {}); err != nil {
			return nil, err
		}
		book = s.paginate(p)
	}
	progress(len(chunks), len(chunks), "Mise en pages")
	p.release()
	if s.once {
		s.cache = newParaCache()
	}
	return s.draw(p, book), nil
}

// setAll sets chunks on the workers. Results go to their own chunk, so that
// the order of work shows nowhere.
func (s *Setter) setAll(ctx context.Context, p *plan, chunks []*chunk, numbers *numbering, progress func(int, int, string)) error {
	var next, done atomic.Int64
	var wg sync.WaitGroup
	tick := make(chan struct{}, 1)
	workers := min(s.workers, len(chunks))
	for range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(chunks) {
					return
				}
				chunks[i].set = s.setChunk(p, chunks[i], numbers)
				done.Add(1)
				select {
				case tick <- struct{}{}:
				default:
				}
			}
		})
	}
	finished := make(chan struct{})
	go func() { wg.Wait(); close(finished) }()
	for {
		select {
		case <-tick:
			progress(int(done.Load()), len(chunks), "Composition des textes")
		case <-finished:
			if ctx.Err() != nil {
				return repertoire.Refuse("La composition a été interrompue ; rien n’a été produit.")
			}
			return nil
		}
	}
}

// setChunk sets one chunk at the width of its columns.
func (s *Setter) setChunk(p *plan, c *chunk, numbers *numbering) *chunkResult {
	st := &chunkState{s: s, plan: p, full: s.design.textHeight(), noteNo: c.notes, numbers: numbers, once: map[string]bool{}}
	if c.volatile {
		st.floor = &c.floor
	}
	b := &builder{chunkState: st}
	node := &Node{}
	width := s.design.textWidth()
	at := place{width: (width - s.design.rules.gutter*float64(c.columns-1)) / float64(c.columns), style: "body", node: node}
	switch {
	case c.full != nil:
		s.setFull(b, c, node)
	case c.columns > 1 && len(c.blocks) == 1:
		switch bl := c.blocks[0].(type) {
		case Index:
			b.index(bl, at)
		case Columned:
			b.blocks(bl.Blocks, at)
		default:
			b.blocks(c.blocks, at)
		}
	default:
		b.blocks(c.blocks, at)
	}
	b.flush(at)
	return &chunkResult{boxes: b.boxes, node: node, faults: st.faults, words: st.words, after: b.after, keep: b.keep, force: b.force}
}

// setFull sets the blocks of a full page as one box the size of the page.
func (s *Setter) setFull(b *builder, c *chunk, node *Node) {
	m := s.design.rules.coverMargin
	size := s.design.Page
	at := place{width: size.W - 2*m, cell: true, style: "cover-subtitle", node: node}
	v := vbox{}
	col := builder{chunkState: b.chunkState, tight: true}
	col.blocks(c.full.Blocks, at)
	col.flush(at)
	if len(col.boxes) > 0 {
		top := col.boxes[0].before
		if h, ok := c.full.Blocks[0].(Heading); ok {
			top = b.styleNamed(h.Style, "h1", h.Origin).before
		} else if para, ok := c.full.Blocks[0].(Paragraph); ok {
			top = b.styleNamed(para.Style, at.style, para.Origin).before
		}
		v.absorb(stack(col.boxes), m, m+top)
	}
	if len(c.full.Foot) > 0 {
		foot := stack(b.sub(c.full.Foot, at))
		v.absorb(foot, m, size.H-m-foot.height)
	}
	if c.full.Art != nil {
		v.frags = append(b.art(c.full.Art, node), v.frags...)
	}
	if c.full.Picture != nil {
		v.frags = append(s.coverPicture(b, c.full.Picture, node), v.frags...)
	}
	b.boxes = append(b.boxes, v)
}

// art gives a drawing in the page's own points.
func (b *builder) art(in *Drawing, parent *Node) []frag {
	var node *Node
	if !in.Decorative {
		node = parent.add("Figure")
		node.Alt = in.Alt
	}
	var v vbox
	for _, sh := range in.Shapes {
		switch sh := sh.(type) {
		case *Path:
			v.frags = append(v.frags, frag{path: sh, node: node})
		case *Label:
			b.label(&v, sh, 0, 1, node)
		}
	}
	return v.frags
}

// coverPicture crops a picture to the page and its bleed.
func (s *Setter) coverPicture(b *builder, in *Image, node *Node) []frag {
	pic, warns := readPicture(in.Data, in.Origin)
	defer func() {
		for i := range warns {
			warns[i].Page = -1
		}
		b.faults = append(b.faults, warns...)
	}()
	if pic == nil {
		return nil
	}
	n := node.add("Figure")
	n.Alt = in.Alt
	d := s.design.Bleed
	w, h := s.design.Page.W+2*d, s.design.Page.H+2*d
	pic.W, pic.H, pic.Origin = w, h, in.Origin
	pic.Crop = in.crop(pic, w/h)
	warns = append(warns, tooCoarse(pic)...)
	return []frag{{x: -d, y: -d, picture: pic, node: n}}
}
