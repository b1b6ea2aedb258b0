package chart

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Advances of U+0020 to U+007E in thousandths of an em, of Noto Sans Regular
// and Bold (OFL): the sans of the designs. A drawing is composed before any
// font is at hand; other fonts of a design are covered by the margin.
var (
	regular = [95]uint16{260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572,
		572, 572, 572, 268, 268, 572, 572, 572, 434,
		899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586, 566,
		572, 329, 372, 329, 572, 444,
		281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510,
		470, 380, 551, 380, 572}
	bold = [95]uint16{260, 282, 479, 646, 572, 902, 750, 266, 339, 339, 542, 572, 285, 320, 281, 415, 572, 572, 572, 572, 572, 572, 572,
		572, 572, 572, 285, 285, 572, 572, 572, 477,
		898, 692, 665, 642, 732, 560, 549, 724, 765, 389, 331, 664, 559, 943, 813, 791, 621, 791, 656, 551, 577, 756, 650, 967, 670, 626,
		579, 331, 415, 331, 572, 411,
		365, 599, 632, 516, 632, 597, 387, 632, 650, 299, 298, 620, 298, 975, 650, 625, 632, 632, 447, 502, 434, 650, 571, 856, 578, 571,
		493, 394, 551, 394, 572}
)

// margin covers kerning, rounding and the sans of another design.
const margin = 1.03

// TextWidth estimates the width of s in points, set in the sans of a drawing.
// It errs on the wide side: a label a little too far is better than two that
// touch.
func TextWidth(s string, size float64, heavy bool) float64 {
	advances := &regular
	if heavy {
		advances = &bold
	}
	em := 0
	for _, r := range norm.NFD.String(s) {
		em += widthOf(r, advances)
	}
	return float64(em) / 1000 * size * margin
}

func widthOf(r rune, advances *[95]uint16) int {
	switch {
	case r >= ' ' && r <= '~':
		return int(advances[r-' '])
	case unicode.Is(unicode.Mn, r):
		return 0
	case r == '\u00a0':
		return 260
	case r == '\u202f':
		return 170
	case r == '’' || r == '‘' || r == '·':
		return 280
	case r == '–' || r == '«' || r == '»':
		return 614
	case unicode.In(r, unicode.Arabic, unicode.Hebrew):
		return 600
	case unicode.In(r, unicode.Armenian, unicode.Georgian, unicode.Cyrillic, unicode.Greek, unicode.Latin):
		return 700
	}
	return 1000
}
