package layout

import (
	"unicode"

	"github.com/go-text/typesetting/language"
)

// textRun is a range of runes of one attribute, font, script and level.
type textRun struct {
	start, end int
	attr       *textAttr
	font       *Font
	script     language.Script
	level      int8
	size       float64 // attr's, scaled for the script or for a false superior
	rise       float64
	feats      features
	missing    bool
}

// itemize cuts a flat text into runs that can be shaped.
func (s *Setter) itemize(f *flatText, base int8) []textRun {
	levels := bidiLevels(f.runes, base)
	scripts := scriptsOf(f.runes)
	runs := make([]textRun, 0, len(f.ranges)+4)
	for _, r := range f.ranges {
		for i := r.start; i < r.end; {
			j := clusterEnd(f.runes, i, r.end)
			run := textRun{start: i, end: j, attr: r.attr, script: scripts[i], level: levels[i]}
			if n := len(runs); n > 0 && isSpace(f.runes[i]) && runs[n-1].attr == r.attr && runs[n-1].level == run.level &&
				runs[n-1].font.Has(f.runes[i]) {
				runs[n-1].end = j
				i = j
				continue
			}
			var ok bool
			run.font, ok = s.fonts.choose(f.runes[i:j], run.script, r.attr.family, r.attr.bold, r.attr.italic)
			run.missing = !ok
			// Digits and signs inside Arabic or Japanese that the text's own
			// font draws belong to its script: its figures, its size.
			if ok && scriptFamily(run.script) != "" && run.font == s.fonts.face(r.attr.family, r.attr.bold, r.attr.italic) {
				run.script = language.Latin
			}
			if n := len(runs); n > 0 && joins(&runs[n-1], &run) {
				runs[n-1].end = j
			} else {
				runs = append(runs, run)
			}
			i = j
		}
	}
	for i := range runs {
		s.dress(f, &runs[i])
	}
	return runs
}

func joins(a, b *textRun) bool {
	return a.end == b.start && a.attr == b.attr && a.font == b.font && a.script == b.script && a.level == b.level && a.missing == b.missing
}

// dress settles size, rise and features of a run: true superiors and small
// capitals when the font draws them, scaled ones otherwise.
func (s *Setter) dress(f *flatText, r *textRun) {
	a := r.attr
	r.size, r.feats = a.size*scriptScale(r.script), a.feats
	if a.super {
		k := s.keyOf(f, r, r.start, r.end)
		k.feats = 0
		if s.shapes.superiors(k) {
			r.feats = r.feats&^(featOld|featTabular) | featSuper
		} else {
			r.size *= 0.62
			r.rise += a.size * 0.34
		}
	}
	if a.smallCaps {
		r.feats |= featSmallCaps
	}
	if a.capsToSmall {
		r.feats |= featCapsToSmall
	}
}

func (s *Setter) keyOf(f *flatText, r *textRun, start, end int) shapeKey {
	return shapeKey{font: r.font, feats: r.feats, script: r.script, rtl: r.level%2 == 1, lang: langOf(r.attr.lang),
		text: string(f.runes[start:end])}
}

// scriptScale evens the apparent size of scripts beside Noto Serif.
func scriptScale(sc language.Script) float64 {
	switch sc {
	case language.Arabic:
		return 1.18
	case language.Hebrew:
		return 1.04
	case language.Han, language.Hiragana, language.Katakana:
		return 0.95
	case language.Khmer:
		return 0.92
	}
	return 1
}

// clusterEnd is the end of the character at i with its marks and joiners.
func clusterEnd(runes []rune, i, end int) int {
	j := i + 1
	for j < end {
		r := runes[j]
		if r < 0x300 || !(unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r == 0x200D || r >= 0xFE00 && r <= 0xFE0F) {
			// What follows a joiner is part of the cluster too.
			if runes[j-1] != 0x200D {
				break
			}
		}
		j++
	}
	return j
}

// scriptsOf gives each character a script; signs and marks take that of the
// letters before them, or after them at the start.
func scriptsOf(runes []rune) []language.Script {
	scripts := make([]language.Script, len(runes))
	last := language.Script(0)
	for i, r := range runes {
		var sc language.Script
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && r <= 0x24F && r != 0xD7 && r != 0xF7:
			sc = language.Latin
		case r < 0xC0:
			sc = language.Common
		default:
			sc = language.LookupScript(r)
		}
		if sc == language.Common || sc == language.Inherited || sc == language.Unknown {
			sc = last
		}
		scripts[i] = sc
		last = sc
	}
	first := language.Latin
	for _, sc := range scripts {
		if sc != 0 {
			first = sc
			break
		}
	}
	for i := range scripts {
		if scripts[i] != 0 {
			break
		}
		scripts[i] = first
	}
	return scripts
}
