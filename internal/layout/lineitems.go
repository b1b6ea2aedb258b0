package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/language"
)

// itemizer turns shaped runs into line items.
type itemizer struct {
	s       *Setter
	f       *flatText
	runs    []textRun
	justify bool
	measure float64
	items   []lineItem
	// unset are characters no font draws.
	unset []rune
}

const (
	hyphenPenalty  = 85
	dashPenalty    = 40
	namePenalty    = 250 // a compound name may part at its own hyphen, reluctantly
	addressPenalty = 90
	clusterPenalty = 300 // Thai and Khmer, which mark no words
)

func (z *itemizer) run() {
	z.items = make([]lineItem, 0, len(z.f.runes)/2+8)
	for i := range z.runs {
		r := &z.runs[i]
		if r.missing {
			for _, c := range z.f.runes[r.start:r.end] {
				if !invisible(c) && !r.font.Has(c) {
					z.unset = append(z.unset, c)
				}
			}
		}
		for a := r.start; a < r.end; {
			c := z.f.runes[a]
			switch {
			case c == lineBreak:
				z.penalty(a, a+1, always, 0, false)
				a++
			case c == objectChar:
				z.items = append(z.items, lineItem{kind: itemBox, width: squareWidth(r), pos: int32(a), next: int32(a + 1)})
				a++
			case c == zeroSpace:
				z.penalty(a, a+1, 0, 0, false)
				a++
			case blank(c):
				z.glue(r, a)
				a++
			default:
				b := a + 1
				for b < r.end && !blank(z.f.runes[b]) && z.f.runes[b] != lineBreak && z.f.runes[b] != zeroSpace &&
					z.f.runes[b] != objectChar {
					b++
				}
				z.word(r, a, b)
				a = b
			}
		}
	}
	n := len(z.f.runes)
	z.penalty(n, n, always, 0, false)
}

// blank characters become glue; the thin unbreakable space keeps its width
// and is shaped with its word.
func blank(r rune) bool {
	return r == ' ' || r == nbsp || r >= 0x2000 && r <= 0x2006 || r >= 0x2008 && r <= 0x200A || r == 0x205F || r == 0x3000
}

func squareWidth(r *textRun) float64 { return r.attr.size * 1.25 }

func (r *textRun) points(units int32) float64 {
	return float64(units) * r.size / float64(r.font.UnitsPerEm)
}

// blankWidth is the width of a blank before justification.
func blankWidth(r *textRun, c rune) float64 {
	if g, ok := r.font.GlyphOf(c); ok {
		return r.font.Advance(g)*r.size/float64(r.font.UnitsPerEm) + r.attr.tracking
	}
	return r.size * 0.25
}

func (z *itemizer) glue(r *textRun, a int) {
	c := z.f.runes[a]
	w := blankWidth(r, c)
	it := lineItem{kind: itemGlue, width: w, pos: int32(a), next: int32(a + 1)}
	if z.justify && (c == ' ' || c == nbsp) {
		it.stretch, it.shrink = w*0.6, w*0.3
	}
	if z.justify && a > r.start {
		it.hang = hang(r, z.f.runes[a-1])
	}
	if c == nbsp || z.opensBadly(a+1) {
		it.penalty, it.late = never, true
	}
	z.items = append(z.items, it)
}

// opensBadly: a dot that parts two facts ends a line, it never opens one.
func (z *itemizer) opensBadly(i int) bool {
	return i < len(z.f.runes) && (z.f.runes[i] == '·' || z.f.runes[i] == '•')
}

// hang is how far a small sign at a line's end goes into the margin: half of
// it, so that the edge of the text looks straight.
func hang(r *textRun, c rune) float64 {
	if c != '.' && c != ',' && c != '-' || r.level != 0 {
		return 0
	}
	g, ok := r.font.GlyphOf(c)
	if !ok {
		return 0
	}
	return 0.5 * r.font.Advance(g) * r.size / float64(r.font.UnitsPerEm)
}

func (z *itemizer) penalty(pos, next int, p, width float64, hyphen bool) {
	z.items = append(z.items, lineItem{kind: itemPenalty, penalty: p, width: width, flagged: hyphen, hyphenation: hyphen, pos: int32(pos),
		next: int32(next)})
}

// chance is a place inside a word where a line may end.
type chance struct {
	at      int // rune index in the paragraph
	penalty float64
	hyphen  bool // shows a hyphen
	late    bool
	skip    int // runes left out when broken here (soft hyphen)
}

// word adds the boxes of runes[a:b], one between each two chances.
func (z *itemizer) word(r *textRun, a, b int) {
	key := z.s.keyOf(z.f, r, a, b)
	w := z.s.shapes.shape(key)
	if w.bad {
		z.unset = append(z.unset, z.f.runes[a:b]...)
	}
	total := r.points(w.width) + r.attr.tracking*float64(len(w.glyphs))
	chances := z.chances(r, a, b, total)
	if len(chances) == 0 {
		z.items = append(z.items, lineItem{kind: itemBox, width: total, pos: int32(a), next: int32(b)})
		return
	}
	bounds := newBoundaries(w, len(key.text), r)
	hyphen := 0.0
	if g, ok := r.font.GlyphOf('-'); ok {
		hyphen = r.font.Advance(g) * r.size / float64(r.font.UnitsPerEm)
	}
	at, byteAt, done := a, 0, 0.0
	for _, c := range chances {
		for at < c.at {
			byteAt += utf8.RuneLen(z.f.runes[at])
			at++
		}
		x, ok := bounds.at(byteAt)
		if !ok {
			continue
		}
		z.items = append(z.items, lineItem{kind: itemBox, width: x - done, pos: int32(a), next: int32(c.at)})
		width := 0.0
		if c.hyphen {
			width = hyphen
		}
		z.penalty(c.at, c.at+c.skip, c.penalty, width, c.hyphen)
		z.items[len(z.items)-1].late = c.late
		if c.hyphen && z.justify {
			z.items[len(z.items)-1].hang = hang(r, '-')
		}
		if c.late {
			z.items[len(z.items)-1].flagged, z.items[len(z.items)-1].hyphenation = false, false
		}
		done, a = x, c.at
	}
	z.items = append(z.items, lineItem{kind: itemBox, width: total - done, pos: int32(a), next: int32(b)})
}

// boundaries gives the distance from a word's logical start to a byte offset,
// when a cluster starts there.
type boundaries struct{ x []float64 }

func newBoundaries(w *shaped, size int, r *textRun) boundaries {
	x := make([]float64, size+1)
	for i := range x {
		x[i] = -1
	}
	sum := 0.0
	glyphs := w.glyphs
	n := len(glyphs)
	for k := range glyphs {
		g := &glyphs[k]
		if r.level%2 == 1 {
			g = &glyphs[n-1-k]
		}
		if at := int(g.start); x[at] < 0 {
			x[at] = sum
		}
		sum += r.points(g.advance) + r.attr.tracking
	}
	x[size] = sum
	return boundaries{x}
}

func (b boundaries) at(i int) (float64, bool) {
	if i < 0 || i >= len(b.x) || b.x[i] < 0 {
		return 0, false
	}
	return b.x[i], true
}

// chances lists the places where the word may part, in order.
func (z *itemizer) chances(r *textRun, a, b int, width float64) []chance {
	runes := z.f.runes[a:b]
	var out []chance
	switch {
	case isCJK(r.script):
		out = cjkChances(runes, a)
	case r.script == language.Thai || r.script == language.Khmer || r.script == language.Lao || r.script == language.Myanmar:
		for i := clusterEnd(runes, 0, len(runes)); i < len(runes); i = clusterEnd(runes, i, len(runes)) {
			out = append(out, chance{at: a + i, penalty: clusterPenalty})
		}
	case r.attr.verbatim || technical(string(runes)):
		out = addressChances(runes, a)
	default:
		out = z.wordChances(r, runes, a)
	}
	// Wider than the line, the word must part somewhere, even between two
	// letters, or it would stick out.
	if width > z.measure*0.9 {
		out = withLetters(out, runes, a)
	}
	return out
}

func (z *itemizer) wordChances(r *textRun, runes []rune, a int) []chance {
	if len(runes) < 4 {
		return nil
	}
	var out []chance
	french := langOf(r.attr.lang) == "fr" && r.script == language.Latin
	for i := 0; i < len(runes); {
		if !unicode.IsLetter(runes[i]) {
			out = signChance(out, r, runes, a, i)
			i++
			continue
		}
		j := i
		soft := false
		for j < len(runes) && (unicode.IsLetter(runes[j]) || unicode.IsMark(runes[j]) || runes[j] == softHyphen) {
			soft = soft || runes[j] == softHyphen
			j++
		}
		switch {
		case soft:
			for k := i; k < j; k++ {
				if runes[k] == softHyphen {
					out = append(out, chance{at: a + k, penalty: hyphenPenalty, hyphen: true, skip: 1})
				}
			}
		case french && !r.attr.noHyphen && !r.attr.super && !unicode.IsUpper(runes[i]) && !digitTouches(runes, i, j):
			word := string(runes[i:j])
			n, at := 0, 0
			cuts := z.s.hyphens.points(word)
			for k := i; k < j && n < len(cuts); k++ {
				if cuts[n] == at {
					out = append(out, chance{at: a + k, penalty: hyphenPenalty, hyphen: true})
					n++
				}
				at += utf8.RuneLen(runes[k])
			}
		}
		i = j
	}
	return out
}

func digitTouches(runes []rune, i, j int) bool {
	return i > 0 && unicode.IsDigit(runes[i-1]) || j < len(runes) && unicode.IsDigit(runes[j])
}

// signChance: a line may end after a hyphen, a dash or a slash inside a word.
func signChance(out []chance, r *textRun, runes []rune, a, i int) []chance {
	if i == 0 || i+1 >= len(runes) {
		return out
	}
	p := -1.0
	switch runes[i] {
	case '-', '\u2010':
		p = dashPenalty
		if i < 2 || len(runes)-i < 3 || runes[i-1] == '-' {
			return out // "a-t-il", "--option"
		}
		if unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]) {
			return out // an ISBN, two years: half of it is another number
		}
		if r.attr.noHyphen {
			p = namePenalty
		}
	case '–', '—', '/':
		p = 2 * dashPenalty
		if unicode.IsDigit(runes[i+1]) {
			// "23–28": the last page of a range is nothing by itself.
			if unicode.IsDigit(runes[i-1]) && runes[i] != '/' {
				return out
			}
			p = namePenalty
		}
	}
	if p < 0 || !unicode.IsLetter(runes[i+1]) && !unicode.IsDigit(runes[i+1]) {
		return out
	}
	return append(out, chance{at: a + i + 1, penalty: p})
}

// addressChances: an address parts after a slash or before a dot, never with
// a hyphen that a reader would type.
func addressChances(runes []rune, a int) []chance {
	var out []chance
	for i := 2; i < len(runes)-1; i++ {
		c, prev := runes[i], runes[i-1]
		switch {
		case strings.ContainsRune("/?&=#:;,", prev) && !strings.ContainsRune("/?&=#:", c):
			out = append(out, chance{at: a + i, penalty: addressPenalty})
		case strings.ContainsRune(".@_-", c) && i+2 < len(runes):
			out = append(out, chance{at: a + i, penalty: addressPenalty + 30})
		}
	}
	return out
}

// withLetters adds the despair of breaking between any two clusters.
func withLetters(have []chance, runes []rune, a int) []chance {
	var out []chance
	n := 0
	for i := clusterEnd(runes, 0, len(runes)); ; i = clusterEnd(runes, i, len(runes)) {
		for n < len(have) && have[n].at <= a+i {
			out = append(out, have[n])
			n++
		}
		if i >= len(runes) {
			return out
		}
		if len(out) == 0 || out[len(out)-1].at != a+i {
			out = append(out, chance{at: a + i, penalty: 5000, late: true})
		}
	}
}

func isCJK(sc language.Script) bool {
	return sc == language.Han || sc == language.Hiragana || sc == language.Katakana || sc == language.Bopomofo
}

// cjkChances: between any two characters, but not before closing signs and
// small kana nor after opening signs (kinsoku).
func cjkChances(runes []rune, a int) []chance {
	var out []chance
	for i := 1; i < len(runes); i++ {
		if unicode.IsMark(runes[i]) || strings.ContainsRune("、。，．・：；？！」』）】〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々）,.!?)]", runes[i]) ||
			strings.ContainsRune("「『（【〔〈《([", runes[i-1]) {
			continue
		}
		if runes[i] < 0x80 && runes[i-1] < 0x80 {
			continue
		}
		out = append(out, chance{at: a + i})
	}
	return out
}
