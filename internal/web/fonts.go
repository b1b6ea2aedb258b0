package web

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"repertoire/internal/pdf/truetype"
	"repertoire/internal/repertoire"
)

// face is one font of the site.
type face struct {
	name, file, family, style, weight string
	home                              bool // used by the first page
}

// latinFaces set French; each is cut to the characters that the pages hold.
var latinFaces = []face{
	{"NotoSans-Regular", "sans.woff", "Repertoire Sans", "normal", "400", true},
	{"NotoSans-SemiBold", "sans-semibold.woff", "Repertoire Sans", "normal", "600", true},
	{"NotoSerif-Regular", "serif.woff", "Repertoire Serif", "normal", "400", false},
	{"NotoSans-Italic", "sans-italic.woff", "Repertoire Sans", "italic", "400", false},
	{"NotoSerif-Bold", "serif-bold.woff", "Repertoire Serif", "normal", "700", false},
	{"NotoSerif-Italic", "serif-italic.woff", "Repertoire Serif", "italic", "400", true},
}

// nativeFaces set names in their own script; a browser asks for one only where a
// page holds its characters.
var nativeFaces = []face{
	{"NotoNaskhArabic-Regular", "arabe.woff", "Repertoire Natif", "normal", "400", false},
	{"NotoSansArmenian-Regular", "armenien.woff", "Repertoire Natif", "normal", "400", false},
	{"NotoSansGeorgian-Regular", "georgien.woff", "Repertoire Natif", "normal", "400", false},
	{"NotoSansHebrew-Regular", "hebreu.woff", "Repertoire Natif", "normal", "400", false},
	{"NotoSansThai-Regular", "thai.woff", "Repertoire Natif", "normal", "400", false},
	{"NotoSansKhmer-Regular", "khmer.woff", "Repertoire Natif", "normal", "400", false},
	{"NotoSansDevanagari-Regular", "devanagari.woff", "Repertoire Natif", "normal", "400", false},
	{"NotoSansJP-Regular", "japonais.woff", "Repertoire Natif", "normal", "400", false},
}

// always are characters that scripts put on pages.
const always = " !\"#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz|«»°·×ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜàâæçèéêëîïôœùûüÿ–—’“”…→←€\u00a0\u202f"

// fontFaces writes the fonts the pages need and gives the rules that name them.
// Without the program's fonts pages are set in the reader's own.
func (s *site) fontFaces() (string, error) {
	if s.in.Font == nil {
		return "", nil
	}
	runes := maps.Clone(s.runes)
	for _, r := range always {
		runes[r] = true
	}
	var css strings.Builder
	latin := map[rune]bool{}
	for _, f := range latinFaces {
		has, err := s.writeFace(f, runes, false, &css)
		if err != nil {
			return "", err
		}
		maps.Copy(latin, has)
	}
	for _, f := range nativeFaces {
		rest := map[rune]bool{}
		for r := range runes {
			if !latin[r] && r > 0x24f {
				rest[r] = true
			}
		}
		has, err := s.writeFace(f, rest, f.name != "NotoSansJP-Regular", &css)
		if err != nil {
			return "", err
		}
		maps.Copy(latin, has)
	}
	for _, name := range sortedKeys(s.in.Licences) {
		if err := s.out(assetsDir+name, []byte(s.in.Licences[name])); err != nil {
			return "", err
		}
	}
	return css.String(), nil
}

// writeFace cuts a font to the characters it has of those wanted.
func (s *site) writeFace(f face, runes map[rune]bool, shaped bool, css *strings.Builder) (map[rune]bool, error) {
	data, err := s.in.Font(f.name)
	if err != nil {
		return nil, err
	}
	parsed, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, repertoire.Fault(err, "La police « %s » du programme ne peut pas être lue.", f.name)
	}
	cut := truetype.WebFont{Runes: map[rune]uint16{}, Layout: shaped}
	has := map[rune]bool{}
	for r := range runes {
		if g, ok := parsed.NominalGlyph(r); ok && r >= ' ' {
			cut.Runes[r], has[r] = uint16(g), true
		}
	}
	// The marks of French alone need no font of another script.
	if len(has) == 0 {
		return nil, nil
	}
	if shaped {
		cut.Glyphs = reached(parsed, has, s.nativeWords())
	} else {
		cut.Pairs = pairs(parsed, has)
	}
	raw, err := truetype.Parse(data)
	if err != nil {
		return nil, repertoire.Fault(err, "La police « %s » du programme ne peut pas être lue.", f.name)
	}
	packed, err := raw.WOFF(cut)
	if err != nil {
		return nil, repertoire.Fault(err, "La police « %s » ne peut pas être réduite aux caractères du site.", f.name)
	}
	ranges := ""
	if f.family == "Repertoire Natif" {
		ranges = "unicode-range:" + unicodeRange(has) + ";"
	}
	fmt.Fprintf(css, "@font-face{font-family:\"%s\";font-style:%s;font-weight:%s;font-display:swap;%ssrc:url(%s) format(\"woff\")}\n",
		f.family, f.style, f.weight, ranges, f.file)
	return has, s.out(assetsDir+f.file, packed)
}

// unicodeRange writes characters as style sheets do.
func unicodeRange(has map[rune]bool) string {
	list := slices.Sorted(maps.Keys(has))
	var parts []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, fmt.Sprintf("U+%X", list[i]))
		} else {
			parts = append(parts, fmt.Sprintf("U+%X-%X", list[i], list[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ",")
}

// nativeWords are the names that have to be shaped.
func (s *site) nativeWords() []string {
	seen := map[string]bool{}
	for _, a := range s.authorities {
		seen[a.NativeName] = true
		for _, n := range a.OtherNames {
			seen[n] = true
		}
	}
	return sortedKeys(seen)
}

// reached are the glyphs that shaping leads to: the same in a browser, which
// shapes by the same tables. Each letter is also shaped among its likes, so that
// a text that is no name finds its forms.
func reached(face *font.Face, has map[rune]bool, words []string) []uint16 {
	var engine shaping.HarfbuzzShaper
	set := map[uint16]bool{}
	shape := func(text []rune) {
		if len(text) == 0 {
			return
		}
		script := language.LookupScript(text[0])
		dir := di.DirectionLTR
		if script == language.Arabic || script == language.Hebrew {
			dir = di.DirectionRTL
		}
		out := engine.Shape(shaping.Input{Text: text, RunStart: 0, RunEnd: len(text), Direction: dir, Face: face, Size: fixed.I(16),
			Script: script, Language: "fr"})
		for _, g := range out.Glyphs {
			set[uint16(g.GlyphID)] = true
		}
	}
	for _, w := range words {
		shape(slices.DeleteFunc([]rune(w), func(r rune) bool { return !has[r] && r != ' ' }))
	}
	for _, r := range slices.Sorted(maps.Keys(has)) {
		shape([]rune{r})
		shape([]rune{r, r, r})
	}
	return slices.Sorted(maps.Keys(set))
}

// pairs is the kerning of letters and marks, read by shaping each pair: the
// font's own tables weigh more than all the letters.
func pairs(face *font.Face, has map[rune]bool) map[[2]uint16]int {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉÈÎŒabcdefghijklmnopqrstuvwxyzàâçéèêëîïôœùû’.,-–"
	var engine shaping.HarfbuzzShaper
	upem := fixed.I(int(face.Upem()))
	out := map[[2]uint16]int{}
	for _, a := range letters {
		for _, b := range letters {
			if !has[a] || !has[b] {
				continue
			}
			run := engine.Shape(shaping.Input{Text: []rune{a, b}, RunEnd: 2, Direction: di.DirectionLTR, Face: face, Size: upem,
				Script: language.Latin, Language: "fr"})
			if len(run.Glyphs) != 2 {
				continue
			}
			g, h := run.Glyphs[0], run.Glyphs[1]
			if k := g.Advance.Round() - int(face.HorizontalAdvance(g.GlyphID)); k != 0 && k > -500 && k < 500 {
				out[[2]uint16{uint16(g.GlyphID), uint16(h.GlyphID)}] = k
			}
		}
	}
	return out
}
