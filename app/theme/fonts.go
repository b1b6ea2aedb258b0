package theme

import (
	"sync"
	"unicode"

	"fyne.io/fyne/v2"
)

// Fonts is a set of TrueType fonts, each taken down the first time it is
// asked for. Safe for concurrent use; a nil set is empty.
type Fonts struct {
	load func(name string) []byte // nil when there is none of that name
	mu   sync.Mutex
	held map[string]fyne.Resource
}

// NewFonts returns a set filled by load, which gives the TrueType file of a
// name such as "NotoSans-Regular", or nil.
func NewFonts(load func(name string) []byte) *Fonts {
	return &Fonts{load: load, held: map[string]fyne.Resource{}}
}

// Named gives a font, nil when there is none of that name.
func (f *Fonts) Named(name string) fyne.Resource {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if r, ok := f.held[name]; ok {
		return r
	}
	var r fyne.Resource
	if data := f.load(name); len(data) > 0 {
		r = fyne.NewStaticResource(name+".ttf", data)
	}
	f.held[name] = r
	return r
}

// scripts says which font writes which script: Fyne's own has Latin, Greek and
// Cyrillic, and asks the system for others, which may have none.
func scriptFont(r rune) string {
	switch {
	case r < 0x0530:
		return ""
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return "NotoSansJP-Regular"
	case unicode.Is(unicode.Hangul, r):
		return "NotoSansKR-Regular"
	case pictogram(r):
		return emoji
	case unicode.Is(unicode.Arabic, r):
		return "NotoNaskhArabic-Regular"
	case unicode.Is(unicode.Armenian, r):
		return "NotoSansArmenian-Regular"
	case unicode.Is(unicode.Georgian, r):
		return "NotoSansGeorgian-Regular"
	case unicode.Is(unicode.Hebrew, r):
		return "NotoSansHebrew-Regular"
	case unicode.Is(unicode.Thai, r):
		return "NotoSansThai-Regular"
	case unicode.Is(unicode.Khmer, r):
		return "NotoSansKhmer-Regular"
	case unicode.Is(unicode.Devanagari, r):
		return "NotoSansDevanagari-Regular"
	}
	return ""
}

// emoji is the font of pictograms, in the ink of the text.
const emoji = "NotoEmoji-Regular"

// pictogram tells the small pictures that people paste out of messages.
func pictogram(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r == 0x2B50 || r == 0x2B55
}

// joins tells the signs that make one pictogram of several.
func joins(r rune) bool { return r == 0x200D || r == 0xFE0E || r == 0xFE0F || r == 0x20E3 }

// FontFor gives the font that a native name needs, nil for the usual one.
func (t *Theme) FontFor(text string) fyne.Resource {
	for _, r := range text {
		if name := scriptFont(r); name != "" {
			return t.fonts.Named(name)
		}
	}
	return nil
}

// Run is a part of a line that one font writes; a nil font is the usual one.
type Run struct {
	Text string
	Font fyne.Resource
}

// Runs cuts a line where its script changes, for "Kawagoe (川越市), Japon" needs
// two fonts. Signs and spaces go with what they follow, so that a name of two
// words in Arabic stays whole. A line in the usual font alone gives nil.
func (t *Theme) Runs(text string) []Run {
	var out []Run
	start, font := 0, ""
	cut := func(end int) {
		if end > start {
			out = append(out, Run{text[start:end], t.named(font)})
			start = end
		}
	}
	for i, r := range text {
		name := scriptFont(r)
		if name == font || name == "" && font == emoji && joins(r) ||
			name == "" && !unicode.IsLetter(r) && !bracket(r) && font != "" && font != emoji {
			continue
		}
		cut(i)
		font = name
	}
	if font == "" && len(out) == 0 {
		return nil
	}
	cut(len(text))
	return out
}

// bracket tells the signs that belong to the sentence around a name.
func bracket(r rune) bool {
	return unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf) || r == '·' || r == '—' || r == '–'
}

func (t *Theme) named(font string) fyne.Resource {
	if font == "" {
		return nil
	}
	return t.fonts.Named(font)
}
