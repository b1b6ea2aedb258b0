package layout

import (
	"strings"
	"sync"

	"github.com/go-text/typesetting/language"

	"repertoire/internal/repertoire"
)

// fontSet loads fonts when they are first needed (the Japanese one is 5.5 MB)
// and chooses the font of each character. Safe for concurrent use.
type fontSet struct {
	source FontSource
	faces  map[string][]string // of the design

	mu     sync.Mutex
	loaded map[string]*Font // nil: asked for and not to be had
}

func newFontSet(source FontSource, d Design) (*fontSet, error) {
	fs := &fontSet{source: source, faces: d.faces, loaded: map[string]*Font{}}
	var names []string
	for _, family := range []string{"serif", "sans"} {
		names = append(names, d.faces[family]...)
	}
	fonts, errs := make([]*Font, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { fonts[i], errs[i] = ownFont(source, name) })
	}
	wg.Wait()
	for i, name := range names {
		if errs[i] != nil {
			return nil, errs[i]
		}
		fs.loaded[name] = fonts[i]
	}
	return fs, nil
}

// ownFont reads a font of the design itself, without which nothing is set.
func ownFont(source FontSource, name string) (*Font, error) {
	data, err := source.Font(name)
	if err != nil {
		return nil, repertoire.Damage(name, err,
			"La police %s manque ; rien n’a été composé. Lancez « go run ./cmd/prepare fonts », ou réinstallez le programme.", name)
	}
	f, err := parseFont(data, func() ([]byte, error) { return source.Font(name) })
	if err != nil {
		return nil, repertoire.Damage(name, err, "La police %s est endommagée ; rien n’a été composé. Réinstallez le programme.", name)
	}
	return f, nil
}

// face is a font of a family of the design.
func (fs *fontSet) face(family string, bold, italic bool) *Font {
	i := 0
	if bold {
		i |= 1
	}
	if italic {
		i |= 2
	}
	names := fs.faces[family]
	if len(names) != 4 {
		names = fs.faces["serif"]
	}
	return fs.load(names[i])
}

func (fs *fontSet) load(name string) *Font {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f, ok := fs.loaded[name]; ok {
		return f
	}
	// A damaged fallback font is as good as none: its characters are then
	// reported as missing glyphs, with the entry's name.
	f, err := fontOf(fs.source, name)
	if err != nil {
		f = nil
	}
	fs.loaded[name] = f
	return f
}

// scriptFamily names the font family of the scripts the design's own families
// (Latin, Greek, Cyrillic) do not draw.
func scriptFamily(s language.Script) string {
	switch s {
	case language.Arabic:
		return "NotoNaskhArabic"
	case language.Armenian:
		return "NotoSansArmenian"
	case language.Georgian:
		return "NotoSansGeorgian"
	case language.Hebrew:
		return "NotoSansHebrew"
	case language.Thai:
		return "NotoSansThai"
	case language.Khmer:
		return "NotoSansKhmer"
	case language.Devanagari:
		return "NotoSansDevanagari"
	case language.Han, language.Hiragana, language.Katakana, language.Bopomofo:
		return "NotoSansJP"
	}
	return ""
}

// choose gives the font for a cluster (a base character and its marks) and
// whether it draws all of it. The style's font comes first, then the family
// of the script, then the sans, which has more signs.
func (fs *fontSet) choose(cluster []rune, script language.Script, family string, bold, italic bool) (*Font, bool) {
	own := fs.face(family, bold, italic)
	if draws(own, cluster) {
		return own, true
	}
	var names []string
	if fam := scriptFamily(script); fam != "" {
		if bold {
			names = append(names, fam+"-Bold")
		}
		names = append(names, fam+"-Regular")
	}
	sans := fs.faces["sans"]
	if bold {
		names = append(names, sans[1])
	}
	names = append(names, sans[0])
	// Arrows, squares and other signs are drawn by the Japanese font when it
	// is there; it is loaded for them only as a last resort.
	names = append(names, "NotoSansJP-Regular")
	for _, n := range names {
		if f := fs.load(n); f != nil && draws(f, cluster) {
			return f, true
		}
	}
	return own, false
}

func draws(f *Font, cluster []rune) bool {
	for _, r := range cluster {
		if !invisible(r) && !f.Has(r) {
			return false
		}
	}
	return true
}

// invisible characters need no glyph: joiners, direction marks, variation
// selectors, soft hyphen.
func invisible(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x034F, r == 0x061C, r == 0xFEFF, r == lineBreak, r == objectChar:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE01EF:
		return true
	}
	return false
}

// langOf is the shaping language of a tag: "fr-FR" gives "fr".
func langOf(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(base)
}
