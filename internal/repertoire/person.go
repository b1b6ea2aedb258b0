package repertoire

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Person finds somebody in texts as they are printed: whatever the case, the
// accents, the Markdown within ("**Awa** *Diop*"), hyphens or spaces, first or
// last name before. E-mail addresses and telephone numbers are found however
// they are spaced. Only whole words count.
type Person struct {
	terms   [][]rune
	phones  []string // last digits
	surname [][]rune
}

// Erased stands where a name was.
const Erased = "[effacé]"

// NewPerson recognises who was named by a full name, an e-mail address or a
// telephone number. A single word is refused: it would take others away.
func NewPerson(query string) (*Person, error) {
	query = strings.Join(strings.Fields(query), " ")
	p := &Person{}
	switch {
	case strings.Contains(query, "@") && ValidEmail(query), phoneDigits(query) != "" && ValidPhone(query):
		p.Add(query)
	case len(strings.Fields(query)) < 2:
		return nil, Refuse(
			"Donnez le prénom et le nom de la personne, son courriel ou son téléphone : un seul mot effacerait aussi d’autres personnes ou des lieux. Rien n’a été effacé.")
	default:
		p.Add(query)
	}
	return p, nil
}

// maxTurned is up to how many words each order of a name is looked for.
const maxTurned = 8

// Add makes the person known by one more name, address or number.
func (p *Person) Add(s string) {
	s = strings.TrimSpace(s)
	if digits := phoneDigits(s); digits != "" && ValidPhone(s) {
		if !slices.Contains(p.phones, digits) {
			p.phones = append(p.phones, digits)
		}
		return
	}
	folded, _ := printedRunes(s)
	words := strings.Fields(string(folded))
	if strings.Contains(s, "@") || len(words) < 2 {
		p.term(strings.TrimSpace(string(folded)))
		return
	}
	p.term(strings.Join(words, " "))
	for i := 1; i < len(words) && len(words) <= maxTurned; i++ {
		last, first := strings.Join(words[i:], " "), strings.Join(words[:i], " ")
		p.term(last + " " + first)
		p.term(last + ", " + first)
	}
	for _, s := range []string{words[len(words)-1], strings.Join(words[1:], " ")} {
		if r := []rune(s); len(r) > 2 && !slices.ContainsFunc(p.surname, func(x []rune) bool { return slices.Equal(x, r) }) {
			p.surname = append(p.surname, r)
		}
	}
}

func (p *Person) term(s string) {
	r := []rune(s)
	if len(r) > 3 && !slices.ContainsFunc(p.terms, func(x []rune) bool { return slices.Equal(x, r) }) {
		p.terms = append(p.terms, r)
		// The longest first: what it takes away no shorter one sees.
		slices.SortStableFunc(p.terms, func(a, b []rune) int { return len(b) - len(a) })
	}
}

// phoneDigits gives what tells a number from others whatever its prefix: its
// last nine digits, or all of a shorter one; "" when s is no number.
func phoneDigits(s string) string {
	var digits []byte
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits = append(digits, s[i])
		}
	}
	if len(digits) < 8 {
		return ""
	}
	return strings.TrimLeft(string(digits[max(0, len(digits)-9):]), "0")
}

// letter is one folded rune and the bytes of the text it comes from.
type letter struct{ from, to int }

// printedRunes folds s as it is printed, Markdown left out, and says where each
// rune comes from.
func printedRunes(s string) (folded []rune, at []letter) {
	put := func(r rune, from, to int) {
		if unicode.IsSpace(r) || strings.ContainsRune("-‐‑–'’ʼ", r) {
			if n := len(folded); n > 0 && folded[n-1] == ' ' {
				return
			}
			r = ' '
		}
		if unicode.Is(unicode.Mn, r) { // an accent apart belongs to its letter
			if n := len(at); n > 0 {
				at[n-1].to = to
			}
			return
		}
		for _, f := range Fold(string(r)) {
			folded, at = append(folded, f), append(at, letter{from, to})
		}
	}
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case strings.ContainsRune("*_`~\\[", c), unicode.Is(unicode.Cf, c): // marks, joiners, soft hyphens
		case c == ']':
			if end := strings.IndexByte(s[i:], ')'); strings.HasPrefix(s[i:], "](") && end > 0 {
				size = end + 1 // a link's address is searched apart
			}
		case c == '<':
			if end := strings.IndexByte(s[i:], '>'); end > 0 && end < 40 && !strings.Contains(s[i:i+end], "@") &&
				!strings.Contains(s[i:i+end], ":") {
				size = end + 1 // a tag
				break
			}
			put(c, i, i+size)
		case c == '&':
			end := strings.IndexByte(s[i:], ';')
			if whole := s[i:]; end > 1 && end < 12 && html.UnescapeString(whole[:end+1]) != whole[:end+1] {
				size = end + 1
				for _, r := range html.UnescapeString(whole[:size]) {
					put(r, i, i+size)
				}
				break
			}
			put(c, i, i+size)
		default:
			put(c, i, i+size)
		}
		i += size
	}
	return folded, at
}

// AsPrinted gives s folded as it is printed: two texts that read the same to a
// person in a hurry are equal.
func AsPrinted(s string) string {
	folded, _ := printedRunes(s)
	return strings.TrimSpace(string(folded))
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Spans gives the byte ranges of s that name the person, in order. A name with
// marks within has one range for each part between them.
func (p *Person) Spans(s string) [][2]int {
	if len(s) < 4 {
		return nil
	}
	folded, at := printedRunes(s)
	out := p.found(s, p.terms, folded, at)
	out = append(out, p.linked(s)...)
	out = append(out, p.numbers(s)...)
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	kept := out[:0]
	for _, x := range out {
		if n := len(kept); n == 0 || x[0] >= kept[n-1][1] {
			kept = append(kept, x)
		}
	}
	return kept
}

func (p *Person) found(s string, terms [][]rune, folded []rune, at []letter) (out [][2]int) {
	for i := 0; i < len(folded); i++ {
		if i > 0 && wordRune(folded[i-1]) {
			continue
		}
		for _, term := range terms {
			end := i + len(term)
			if end > len(folded) || folded[i] != term[0] || !slices.Equal(folded[i:end], term) || end < len(folded) &&
				wordRune(folded[end]) {
				continue
			}
			part := [2]int{at[i].from, at[i].to}
			for k, l := range at[i+1 : end] {
				switch {
				case l.from <= part[1] || invisible(s[part[1]:l.from]):
					part[1] = max(part[1], l.to)
				case folded[i+1+k] != ' ': // a blank after a mark stays
					out, part = append(out, part), [2]int{l.from, l.to}
				}
			}
			out = append(out, part)
			i = end - 1
			break
		}
	}
	return out
}

func invisible(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.Is(unicode.Cf, r) }) < 0
}

// linked looks into the addresses of links, which are not printed.
func (p *Person) linked(s string) (out [][2]int) {
	for i := 0; ; {
		from := strings.Index(s[i:], "](")
		if from < 0 {
			return out
		}
		i += from + 2
		end := strings.IndexByte(s[i:], ')')
		if end < 0 {
			return out
		}
		folded, at := printedRunes(s[i : i+end])
		for _, x := range p.found(s[i:i+end], p.terms, folded, at) {
			out = append(out, [2]int{i + x[0], i + x[1]})
		}
		i += end
	}
}

// numbers finds the telephone numbers, whatever stands between their digits.
func (p *Person) numbers(s string) (out [][2]int) {
	if len(p.phones) == 0 {
		return nil
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '+' && (s[i] < '0' || s[i] > '9') {
			continue
		}
		from, end := i, i
		for i < len(s) {
			c, size := utf8.DecodeRuneInString(s[i:])
			if c >= '0' && c <= '9' {
				end = i + 1
			} else if !strings.ContainsRune("+(). -/\u00a0\u202f\u2011", c) {
				break
			}
			i += size
		}
		digits := phoneDigits(s[from:end])
		if digits != "" && slices.Contains(p.phones, digits) {
			out = append(out, [2]int{from, end})
		}
	}
	return out
}

// In tells whether s names the person.
func (p *Person) In(s string) bool { return len(p.Spans(s)) > 0 }

// Without gives s without the person.
func (p *Person) Without(s string) string {
	spans := p.Spans(s)
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	last := 0
	for i, x := range spans {
		b.WriteString(s[last:x[0]])
		if i == 0 || strings.TrimSpace(s[last:x[0]]) != "" {
			b.WriteString(Erased)
		}
		last = x[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

// Surname gives the first place of s that bears the surname alone, for somebody
// to judge; false when there is none.
func (p *Person) Surname(s string) ([2]int, bool) {
	folded, at := printedRunes(s)
	found := p.found(s, p.surname, folded, at)
	named := p.Spans(s)
	for _, x := range found {
		if !slices.ContainsFunc(named, func(n [2]int) bool { return x[0] < n[1] && n[0] < x[1] }) {
			return x, true
		}
	}
	return [2]int{}, false
}

// Named tells whether a field's words may name somebody; what no declaration
// knows may.
func (f *Field) Named() bool { return f == nil || f.Has(Personal) }

// Erase gives a record's JSON without the person, the same when it has nothing
// of them.
func (d *Declaration) Erase(raw json.RawMessage, p *Person) json.RawMessage {
	return d.Strings(raw, func(s StringAt) string {
		if !s.Field.Named() {
			return s.Value
		}
		return p.Without(s.Value)
	})
}
