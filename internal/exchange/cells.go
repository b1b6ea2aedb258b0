package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// clean puts a text in order as every entry does (see repertoire.Clean) and
// trims what spreadsheets leave around it: spaces of all kinds. Inner no-break
// spaces stay: French punctuation needs them.
func clean(s string) string {
	return strings.TrimFunc(repertoire.Clean(s), unicode.IsSpace)
}

// oneLine is clean with every run of blanks turned into one plain space, for
// names and codes.
func oneLine(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x80 || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Join(strings.Fields(clean(s)), " ")
}

// dangerous tells whether a spreadsheet would take s for a formula: it begins,
// after any apostrophes, with = + - @, a tab, a carriage return or one of the
// full-width forms of these signs. Plain numbers are left alone.
func dangerous(s string) bool {
	rest := strings.TrimLeft(s, "'")
	switch r, _ := utf8.DecodeRuneInString(rest); r {
	case '=', '@', '\t', '\r', '＝', '＋', '－', '＠':
		return true
	case '+', '-':
		return len(rest) != len(s) || !number(rest[1:])
	}
	return false
}

func number(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != '.' && r != ',':
			return false
		}
	}
	return digits > 0
}

// shield puts an apostrophe before what a spreadsheet would run; unshield
// takes one away, so that an exported file comes back as it was.
func shield(s string) string {
	if dangerous(s) {
		return "'" + s
	}
	return s
}

func unshield(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && dangerous(s) {
		return rest
	}
	return s
}

// joinList writes several values in one cell, split again by splitList. A bar
// inside a value is written "\|".
func joinList(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strings.ReplaceAll(clean(v), "|", `\|`)
	}
	return strings.Join(out, " | ")
}

func splitList(cell string) []string {
	if !strings.ContainsRune(cell, '|') {
		if v := clean(cell); v != "" {
			return []string{v}
		}
		return nil
	}
	var out []string
	var b strings.Builder
	flush := func() {
		if v := clean(b.String()); v != "" {
			out = append(out, v)
		}
		b.Reset()
	}
	for i := 0; i < len(cell); i++ {
		switch {
		case cell[i] == '\\' && i+1 < len(cell) && cell[i+1] == '|':
			b.WriteByte('|')
			i++
		case cell[i] == '|':
			flush()
		default:
			b.WriteByte(cell[i])
		}
	}
	flush()
	return out
}

// splitBars splits as splitList does but keeps empty places, so that names and
// codes written side by side stay aligned.
func splitBars(cell string) []string {
	if cell == "" {
		return nil
	}
	parts := strings.Split(cell, "|")
	for i := range parts {
		parts[i] = oneLine(parts[i])
	}
	return parts
}
