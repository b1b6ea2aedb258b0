package layout

import (
	"sort"
	"sync"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// features is the set of OpenType features asked for.
type features uint8

const (
	featSmallCaps features = 1 << iota
	featCapsToSmall
	featOld
	featLining
	featTabular
	featSuper
)

func (f features) list() []harfbuzz.Feature {
	var l []harfbuzz.Feature
	add := func(bit features, tag string) {
		if f&bit != 0 {
			l = append(l, harfbuzz.Feature{Tag: ot.MustNewTag(tag), Value: 1, End: harfbuzz.FeatureGlobalEnd})
		}
	}
	add(featSmallCaps, "smcp")
	add(featCapsToSmall, "c2sc")
	add(featOld, "onum")
	add(featLining, "lnum")
	add(featTabular, "tnum")
	add(featSuper, "sups")
	return l
}

// shapeKey is everything the shape of a word depends on.
type shapeKey struct {
	font   *Font
	feats  features
	script language.Script
	rtl    bool
	lang   string
	text   string
}

// unitGlyph is a shaped glyph in font units; start and end are bytes of the
// word, in visual order of glyphs.
type unitGlyph struct {
	id         uint16
	dx, dy     int32
	advance    int32
	start, end int32
}

// shaped is a shaped word; immutable once cached.
type shaped struct {
	glyphs []unitGlyph
	width  int32
	bad    bool // the font could not shape it
}

// shapeCache keeps words by key. Shards keep two workers from waiting for one
// another; a full shard is emptied, which changes speed and nothing else.
type shapeCache struct {
	shards [32]struct {
		sync.RWMutex
		words map[shapeKey]*shaped
	}
}

const shardLimit = 8192

func (c *shapeCache) shape(k shapeKey) *shaped {
	h := uint32(2166136261)
	for i := 0; i < len(k.text); i++ {
		h = (h ^ uint32(k.text[i])) * 16777619
	}
	shard := &c.shards[h%uint32(len(c.shards))]
	shard.RLock()
	w := shard.words[k]
	shard.RUnlock()
	if w != nil {
		return w
	}
	w = shapeWord(k)
	shard.Lock()
	if shard.words == nil || len(shard.words) >= shardLimit {
		shard.words = make(map[shapeKey]*shaped)
	}
	shard.words[k] = w
	shard.Unlock()
	return w
}

type shaper struct {
	font *harfbuzz.Font
	buf  *harfbuzz.Buffer
}

func newShaper(f *font.Font) *shaper {
	return &shaper{harfbuzz.NewFont(font.NewFace(f)), harfbuzz.NewBuffer()}
}

func shapeWord(k shapeKey) (w *shaped) {
	w = &shaped{}
	// A damaged layout table must cost a word its shape, not the book its life.
	defer func() {
		if recover() != nil {
			*w = shaped{bad: true}
		}
	}()
	sh := k.font.shapers.Get().(*shaper)
	buf := sh.buf
	buf.Clear()
	buf.Props = harfbuzz.SegmentProperties{Language: language.NewLanguage(k.lang), Script: k.script, Direction: harfbuzz.LeftToRight}
	if k.rtl {
		buf.Props.Direction = harfbuzz.RightToLeft
	}
	for i, r := range k.text {
		buf.AddRune(r, i)
	}
	buf.Shape(sh.font, k.feats.list())

	starts := make([]int, 0, len(buf.Info)+1)
	for i, g := range buf.Info {
		p := buf.Pos[i]
		w.glyphs = append(w.glyphs, unitGlyph{
			id: uint16(g.Glyph), dx: p.XOffset, dy: p.YOffset, advance: p.XAdvance,
			start: int32(g.Cluster), end: int32(g.Cluster),
		})
		w.width += p.XAdvance
		starts = append(starts, g.Cluster)
	}
	k.font.shapers.Put(sh)
	sort.Ints(starts)
	starts = append(starts, len(k.text))
	seen := -1
	for i := range w.glyphs {
		g := &w.glyphs[i]
		// Only the first glyph of a cluster, as drawn, stands for its text.
		if int(g.start) == seen {
			g.end = g.start
			continue
		}
		seen = int(g.start)
		n := sort.SearchInts(starts, seen+1)
		g.end = int32(starts[n])
	}
	return w
}

// superiors tells whether the font has its own superior form of every
// character: then they are used, else the text is scaled and raised.
func (c *shapeCache) superiors(k shapeKey) bool {
	plain := k
	plain.feats &^= featSuper
	k.feats |= featSuper
	a, b := c.shape(plain), c.shape(k)
	if len(a.glyphs) != len(b.glyphs) || len(a.glyphs) == 0 {
		return false
	}
	for i := range a.glyphs {
		if a.glyphs[i].id == b.glyphs[i].id {
			return false
		}
	}
	return true
}
