package layout

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	lineBreak  = '\u2028' // stands for Break
	objectChar = '\uFFFC' // stands for Square
	zeroSpace  = '\u200B'
	softHyphen = '\u00AD'
)

// textAttr is how a stretch of text looks and behaves.
type textAttr struct {
	family       string
	bold, italic bool
	feats        features
	size         float64
	tracking     float64 // points after each cluster
	color        Color
	lang         string
	noHyphen     bool
	verbatim     bool
	super        bool
	smallCaps    bool // by the sc features or, without them, by size
	capsToSmall  bool
	span         int // index into flatText.spans
}

// spanKind is what a stretch of text becomes in the structure tree.
type spanKind byte

const (
	spanPlain spanKind = iota
	spanLink
	spanNote
	spanFigure
	spanLang
)

// spanInfo is one stretch of a paragraph in reading order.
type spanInfo struct {
	kind        spanKind
	url, anchor string
	alt, lang   string
}

// attrRange is a range of runes in one attribute.
type attrRange struct {
	start, end int
	attr       *textAttr
}

// flatText is a paragraph as one text with ranges, ready to be itemized.
type flatText struct {
	runes   []rune
	ranges  []attrRange
	spans   []spanInfo
	squares map[int]Square // by rune index
	notes   map[int]int    // rune index of the call -> index among the paragraph's notes
	words   int
	badUTF8 bool
}

// flattener turns inlines into a flatText.
type flattener struct {
	flatText
	style   style
	design  *Design
	lang    string
	resolve func(anchor string) string
	noteNo  int // number of the last note before this paragraph
	unknown func(color string)
}

func (f *flattener) flatten(inlines []Inline) {
	f.spans = f.spans[:0]
	for i, in := range inlines {
		switch in := in.(type) {
		case Text:
			f.text(in, f.neighbour(inlines, i))
		case PageRef:
			t := Text{Anchor: in.Anchor, Verbatim: true}
			if in.Anchor == PageCount {
				t.Anchor = ""
			}
			f.add(f.resolve(in.Anchor), t, nil)
		case Note:
			at := len(f.runes)
			f.noteNo++
			f.span(spanInfo{kind: spanNote, anchor: ""})
			a := f.attr(Text{})
			a.super = true
			a.span = len(f.spans) - 1
			if f.notes == nil {
				f.notes = map[int]int{}
			}
			f.notes[at] = len(f.notes)
			f.append(strconv.Itoa(f.noteNo), a)
		case Break:
			f.append(string(lineBreak), f.attr(Text{}))
			f.plainSpan()
		case Square:
			if f.squares == nil {
				f.squares = map[int]Square{}
			}
			f.squares[len(f.runes)] = in
			f.span(spanInfo{kind: spanFigure, alt: in.Alt})
			a := f.attr(Text{})
			a.span = len(f.spans) - 1
			f.append(string(objectChar), a)
		}
	}
	f.words = countWords(f.runes)
}

// neighbour is the first character of the inline after i, for the
// typographic pass; 0 at the end.
func (f *flattener) neighbour(inlines []Inline, i int) rune {
	if i+1 < len(inlines) {
		if t, ok := inlines[i+1].(Text); ok {
			r, _ := utf8.DecodeRuneInString(t.Text)
			if t.Text != "" {
				return r
			}
			return 0
		}
		return 'x' // a note or a reference follows: the text is not at its end
	}
	return 0
}

func (f *flattener) text(t Text, after rune) {
	s := f.clean(t.Text)
	lang := t.Lang
	if lang == "" {
		lang = f.lang
	}
	if t.Verbatim || langOf(lang) != "fr" {
		f.add(s, t, codes(s))
		return
	}
	var before rune
	if n := len(f.runes); n > 0 {
		before = f.runes[n-1]
	}
	s = typography(s, before, after)
	var parts []styledPart
	if !t.Super && t.URL == "" {
		parts = append(ordinals(s), codes(s)...)
		sortParts(parts)
	}
	f.add(s, t, parts)
}

// add appends a text in the look of t, parts of it raised or in small capitals.
func (f *flattener) add(s string, t Text, parts []styledPart) {
	if s == "" {
		return
	}
	switch {
	case t.URL != "" || t.Anchor != "":
		f.span(spanInfo{kind: spanLink, url: t.URL, anchor: t.Anchor, alt: s})
	case t.Lang != "" && langOf(t.Lang) != langOf(f.lang):
		f.span(spanInfo{kind: spanLang, lang: t.Lang})
	default:
		f.plainSpan()
	}
	at := 0
	for _, p := range parts {
		if p.start < at {
			continue
		}
		f.append(s[at:p.start], f.attr(t))
		a := f.attr(t)
		if p.lining && a.feats&featOld != 0 {
			a.feats = a.feats&^featOld | featLining
		}
		a.super = a.super || p.super
		if p.smallCaps {
			a.smallCaps, a.capsToSmall = true, true
		}
		f.append(s[p.start:p.end], a)
		at = p.end
	}
	f.append(s[at:], f.attr(t))
}

// plainSpan goes on with the plain stretch or starts one.
func (f *flattener) plainSpan() {
	if n := len(f.spans); n == 0 || f.spans[n-1].kind != spanPlain {
		f.spans = append(f.spans, spanInfo{})
	}
}

// span starts a stretch, or goes on with the same link (a link of several
// looks is one link).
func (f *flattener) span(s spanInfo) {
	if n := len(f.spans); n > 0 && s.kind == spanLink {
		last := &f.spans[n-1]
		if last.kind == spanLink && last.url == s.url && last.anchor == s.anchor {
			last.alt += s.alt
			return
		}
	}
	f.spans = append(f.spans, s)
}

func (f *flattener) append(s string, a *textAttr) {
	if s == "" {
		return
	}
	if len(f.spans) == 0 {
		f.plainSpan()
	}
	a.span = len(f.spans) - 1
	start := len(f.runes)
	for _, r := range s {
		f.runes = append(f.runes, r)
	}
	f.ranges = append(f.ranges, attrRange{start, len(f.runes), a})
}

func (f *flattener) attr(t Text) *textAttr {
	st := f.style
	a := &textAttr{
		family: st.family, bold: st.bold || t.Bold, italic: st.italic != t.Italic,
		size: st.size, tracking: st.tracking * st.size, color: st.color, lang: f.lang,
		noHyphen: t.NoHyphen || !st.hyphenate, verbatim: t.Verbatim || t.URL != "" && looksLikeAddress(t.Text),
		super: t.Super, smallCaps: st.smallCaps || t.SmallCaps,
	}
	if t.Sans {
		a.family = "sans"
	}
	if t.Lang != "" {
		a.lang = t.Lang
	}
	switch st.figures {
	case figuresOld:
		a.feats |= featOld
	case figuresLining:
		a.feats |= featLining
	case figuresTabular:
		a.feats |= featLining | featTabular
	}
	if t.Color != "" {
		c, ok := f.design.colors[t.Color]
		if ok {
			a.color = c
		} else if f.unknown != nil {
			f.unknown(t.Color)
		}
	}
	return a
}

func looksLikeAddress(s string) bool {
	return technical(s) || strings.Contains(s, ".") && !strings.Contains(s, " ")
}

// clean makes any bytes a text: valid UTF-8, composed, without control or
// direction characters.
func (f *flattener) clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < 0x20 && c != '\n' && c != '\t' && c != '\r' || c == 0x7F {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	if !utf8.ValidString(s) {
		f.badUTF8 = true
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return r
		case unicode.IsControl(r), r == 0xFEFF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == objectChar:
			return -1
		case r == lineBreak, r == 0x2029, r == 0x0B, r == 0x0C:
			return ' '
		}
		return r
	}, s)
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return s
}

func countWords(runes []rune) int {
	n, in := 0, false
	for _, r := range runes {
		letter := r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') || r >= 0x80 &&
			(unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
		if letter && !in {
			n++
		}
		// An apostrophe or a hyphen inside does not end a word.
		in = letter || in && (r == apostrophe || r == '\'' || r == '-')
	}
	return n
}
