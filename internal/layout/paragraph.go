package layout

import (
	"fmt"
	"strings"
)

// paraLayout is a paragraph set at a measure: lines ready to be placed. It is
// immutable once made and shared by the cache.
type paraLayout struct {
	lines  []*setLine
	spans  []spanInfo
	words  int
	faults []fault
}

// fault is a warning before it knows its page and origin.
type fault struct {
	kind    WarningKind
	message string
	line    int
}

// setLine is one line; x runs from the paragraph's left edge, the baseline is
// at 0.
type setLine struct {
	runs   []setRun
	notes  []int // indexes of the notes called on the line
	width  float64
	over   float64
	hyphen bool // ends inside a word
}

// setRun is a stretch of one look, glyphs in visual order.
type setRun struct {
	font   *Font
	size   float64
	x, dy  float64 // dy is the rise above the baseline
	width  float64
	glyphs []Glyph
	text   string
	fill   Color
	rtl    bool
	span   int
	lang   string
	square *Square
}

// paraInput is everything a paragraph's lines depend on.
type paraInput struct {
	text    []Inline
	style   style
	measure float64
	indent  float64 // of the first line
	hang    float64 // of the others (lists, indexes)
	noteNo  int     // number of the last note before
	lang    string
	resolve func(string) string
}

// paragraph sets a paragraph, or gives it back as set before: the same input
// gives the same lines.
func (s *Setter) paragraph(in paraInput) *paraLayout {
	if in.resolve == nil {
		in.resolve = func(string) string { return "" }
	}
	key := in.key()
	if p := s.cache.get(key); p != nil {
		return p
	}
	p := s.setParagraph(in)
	s.cache.put(key, p)
	return p
}

func (s *Setter) setParagraph(in paraInput) *paraLayout {
	p := &paraLayout{}
	f := &flattener{style: in.style, design: &s.design, lang: in.lang, resolve: in.resolve, noteNo: in.noteNo}
	f.unknown = func(c string) {
		p.faults = append(p.faults, fault{kind: WarnStyle,
			message: fmt.Sprintf("La couleur « %s » n’existe pas dans la maquette ; celle du style la remplace.", c)})
	}
	f.flatten(in.text)
	p.words = f.words
	p.spans = f.spans
	if f.badUTF8 {
		p.faults = append(p.faults, fault{kind: WarnMissingGlyph,
			message: "Des octets qui ne sont pas du texte ont été remplacés par « � » ; ressaisissez ce passage."})
	}
	if len(f.runes) == 0 {
		return p
	}
	base := baseLevel(f.runes)
	align := in.style.align
	if align == AlignDefault {
		align = AlignLeft
	}
	// A narrow column cannot be justified without holes.
	if align == AlignJustify && in.measure < narrow*in.style.size {
		align = AlignLeft
	}
	z := &itemizer{s: s, f: &f.flatText, runs: s.itemize(&f.flatText, base), justify: align == AlignJustify, measure: in.measure - in.hang}
	z.run()
	if len(z.unset) > 0 {
		p.faults = append(p.faults, fault{kind: WarnMissingGlyph, message: "Aucune police ne dessine " + quoted(z.unset) + "."})
	}
	lines := breakLines(z.items, lineSpec{first: in.measure - in.indent - in.hang, rest: in.measure - in.hang,
		ragged: align != AlignJustify})
	b := &lineBuilder{s: s, f: &f.flatText, runs: z.runs, items: z.items, base: base, align: align, in: in}
	for i, l := range lines {
		set := b.line(l, i)
		if set.over > overfullTolerance {
			p.faults = append(p.faults, fault{kind: WarnOverfull, line: i,
				message: fmt.Sprintf("Une ligne dépasse sa colonne de %.1f points.", set.over)})
		} else if l.late && z.items[l.to].kind == itemPenalty {
			p.faults = append(p.faults, fault{kind: WarnOverfull, line: i,
				message: fmt.Sprintf("Le mot « %s » est plus large que sa colonne ; il a été coupé entre deux lettres.",
					excerpt(f.runes, int(z.items[l.to].pos)))})
		}
		p.lines = append(p.lines, set)
	}
	return p
}

// narrow is the measure, in sizes of the text, under which lines are not
// justified.
const narrow = 18.5

// overfullTolerance is what a line may stick out before anybody sees it.
const overfullTolerance = 0.1

func quoted(runes []rune) string {
	seen := map[rune]bool{}
	var parts []string
	for _, r := range runes {
		if seen[r] {
			continue
		}
		seen[r] = true
		if len(parts) == 8 {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, fmt.Sprintf("« %c » (U+%04X)", r, r))
	}
	return strings.Join(parts, ", ")
}

// excerpt is the word around a rune index, shortened.
func excerpt(runes []rune, at int) string {
	a, b := at, at
	for a > 0 && !blank(runes[a-1]) && at-a < 12 {
		a--
	}
	for b < len(runes) && !blank(runes[b]) && b-at < 12 {
		b++
	}
	return string(runes[a:b])
}

// paraKey is a paraInput that can be compared: a map compares it whole, so
// that two paragraphs are never taken for one another.
type paraKey struct {
	style                 style
	measure, indent, hang float64
	noteNo                int
	lang, text            string
}

func (in *paraInput) key() paraKey {
	var b strings.Builder
	size := 0
	for _, t := range in.text {
		if t, ok := t.(Text); ok {
			size += len(t.Text) + len(t.URL) + len(t.Anchor) + 24
		}
	}
	b.Grow(size)
	for _, t := range in.text {
		switch t := t.(type) {
		case Text:
			flags := [2]byte{'@', '@'}
			for i, on := range [...]bool{t.Bold, t.Italic, t.SmallCaps, t.Super, t.Sans, t.Verbatim, t.NoHyphen} {
				if on {
					flags[i/5] |= 1 << (i % 5)
				}
			}
			b.WriteByte(0)
			b.Write(flags[:])
			for _, v := range [...]string{t.Color, t.Lang, t.URL, t.Anchor} {
				b.WriteString(v)
				b.WriteByte(1)
			}
			b.WriteString(t.Text)
		case PageRef:
			b.WriteString("\x00r")
			b.WriteString(t.Anchor)
			b.WriteByte(1)
			b.WriteString(in.resolve(t.Anchor))
		case Note:
			b.WriteString("\x00n")
		case Break:
			b.WriteString("\x00b")
		case Square:
			fmt.Fprintf(&b, "\x00s%v\x01%s\x01%s", t.Fill, t.Label, t.Alt)
		}
	}
	return paraKey{in.style, in.measure, in.indent, in.hang, in.noteNo, in.lang, b.String()}
}
