package exchange

import (
	"strconv"
	"strings"
)

// numberFormat is how a style of a spreadsheet shows numbers: as a date to the
// day, the month or the year, through a mask of digits, or plain.
type numberFormat struct {
	date string // layout of package time, "" for none
	mask string // "0# ## ## ## ##", "00000"; "" for none
}

// formatOf reads a format by its number, or its code when it is one of the
// file's own. The numbers are those of ECMA-376, 18.8.30.
func formatOf(id int, code string) numberFormat {
	switch {
	case code != "":
		return readFormat(code)
	case id == 17: // mmm-yy
		return numberFormat{date: "2006-01"}
	case id >= 14 && id <= 16, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return numberFormat{date: "2006-01-02"}
	}
	return numberFormat{}
}

// readFormat reads a code such as "dd/mm/yyyy", "[$-40C]mmmm yyyy",
// `0#" "##" "##`.
func readFormat(code string) numberFormat {
	code, _, _ = strings.Cut(code, ";")
	var letters, mask strings.Builder
	masked := true
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return numberFormat{}
			}
			mask.WriteString(code[i+1 : i+1+end])
			i += end + 1
		case '\\', '_', '*':
			if i++; i < len(code) && c == '\\' {
				mask.WriteByte(code[i])
			}
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return numberFormat{}
			}
			i += end
		case '0', '#':
			mask.WriteByte(c)
		case ' ', '-', '(', ')':
			mask.WriteByte(c)
		default:
			masked = false
			letters.WriteByte(c | 0x20)
		}
	}
	l := letters.String()
	if strings.Contains(l, "general") || strings.Contains(l, "standard") {
		return numberFormat{}
	}
	year, day := strings.ContainsAny(l, "ya"), strings.ContainsAny(l, "dj")
	month := strings.Contains(l, "m") && !(strings.ContainsAny(l, "hs") && !year && !day)
	switch {
	case day && (month || year):
		return numberFormat{date: "2006-01-02"}
	case year && month:
		return numberFormat{date: "2006-01"}
	case year && !strings.ContainsAny(l, "e#"):
		return numberFormat{date: "2006"}
	}
	if m := mask.String(); masked && strings.Count(m, "0") > 1 || masked && strings.Contains(m, "0") && strings.Count(m, "#") > 3 &&
		strings.Contains(m, " ") && m[0] == '0' {
		if strings.Trim(m, "0# -()") == "" && m != "# ##0" && !strings.HasPrefix(m, "#") {
			return numberFormat{mask: m}
		}
	}
	return numberFormat{}
}

// show writes a number as the format does, dates as ISO 8601.
func (f numberFormat) show(n float64, serial serialDates) string {
	if f.date != "" && n >= 1 && n < 2_958_466 {
		return serial.day(n).Format(f.date)
	}
	plain := plainNumber(n)
	if f.mask == "" || n < 0 || strings.ContainsAny(plain, ".-") {
		return plain
	}
	return masked(plain, f.mask)
}

// plainNumber writes at most fifteen figures, as a spreadsheet holds.
func plainNumber(n float64) string {
	s := strconv.FormatFloat(n, 'g', 15, 64)
	if strings.ContainsAny(s, "eE") {
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			s = strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return s
}

// masked puts figures in a mask from the right: 612345678 in
// "0# ## ## ## ##" is 06 12 34 56 78.
func masked(figures, mask string) string {
	var out []byte
	left := len(figures)
	for i := len(mask) - 1; i >= 0; i-- {
		switch c := mask[i]; c {
		case '0', '#':
			switch {
			case left > 0:
				left--
				out = append(out, figures[left])
			case c == '0':
				out = append(out, '0')
			}
		default:
			if left > 0 || strings.ContainsRune(mask[:i], '0') {
				out = append(out, c)
			}
		}
	}
	for left > 0 {
		left--
		out = append(out, figures[left])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return strings.TrimSpace(string(out))
}
