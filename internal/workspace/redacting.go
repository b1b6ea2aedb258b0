package workspace

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// redactor finds a person's name in texts, whatever its case, accents, hyphens
// and order of first and last name, and as whole words only.
type redactor struct{ terms [][]rune }

// redacted stands where a name was.
const redacted = "[effacé]"

func newRedactor(name string, more ...string) redactor {
	var r redactor
	r.add(name)
	if words := strings.Fields(name); len(words) > 1 {
		r.add(words[len(words)-1] + " " + strings.Join(words[:len(words)-1], " "))
	}
	for _, m := range more {
		r.add(m)
	}
	// The longest first: what it takes away no shorter one sees.
	slices.SortStableFunc(r.terms, func(a, b []rune) int { return len(b) - len(a) })
	return r
}

func (r *redactor) add(s string) {
	if folded, _ := foldedRunes(strings.TrimSpace(s)); len(folded) > 3 {
		r.terms = append(r.terms, folded)
	}
}

// foldedRunes folds s and says which bytes of s each folded rune comes from.
func foldedRunes(s string) (folded []rune, at [][2]int) {
	for i, c := range s {
		end := i + utf8.RuneLen(c)
		if c == utf8.RuneError {
			end = i + 1
		}
		if unicode.IsSpace(c) || strings.ContainsRune("-‐‑–'’ʼ", c) {
			if n := len(folded); n > 0 && folded[n-1] == ' ' {
				continue
			}
			c = ' '
		}
		if unicode.Is(unicode.Mn, c) { // an accent apart belongs to its letter
			if n := len(at); n > 0 {
				at[n-1][1] = end
			}
			continue
		}
		for _, f := range repertoire.Fold(string(c)) {
			folded, at = append(folded, f), append(at, [2]int{i, end})
		}
	}
	return folded, at
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// spans gives the byte ranges of s that name the person, in order.
func (r redactor) spans(s string) (out [][2]int) {
	if len(r.terms) == 0 || len(s) < 4 {
		return nil
	}
	folded, at := foldedRunes(s)
	for i := 0; i < len(folded); i++ {
		if i > 0 && isWord(folded[i-1]) {
			continue
		}
		for _, term := range r.terms {
			end := i + len(term)
			if end > len(folded) || !slices.Equal(folded[i:end], term) || end < len(folded) && isWord(folded[end]) {
				continue
			}
			out = append(out, [2]int{at[i][0], at[end-1][1]})
			i = end - 1
			break
		}
	}
	return out
}

// text gives s without the name.
func (r redactor) text(s string) string {
	spans := r.spans(s)
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	last := 0
	for _, x := range spans {
		b.WriteString(s[last:x[0]])
		b.WriteString(redacted)
		last = x[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

var literal = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// literals hands over the strings of a JSON value under the key they belong to
// and puts back what do gives: fields keep their order, as canonical bodies need.
func literals(body json.RawMessage, do func(key, value string) string) json.RawMessage {
	key := ""
	var out []byte
	last := 0
	for _, at := range literal.FindAllIndex(body, -1) {
		var value string
		if json.Unmarshal(body[at[0]:at[1]], &value) != nil {
			continue
		}
		if at[1] < len(body) && body[at[1]] == ':' {
			key = value
			continue
		}
		changed := do(key, value)
		if changed == value {
			continue
		}
		quoted, err := json.Marshal(changed)
		if err != nil {
			continue
		}
		out = append(append(out, body[last:at[0]]...), quoted...)
		last = at[1]
	}
	if last == 0 {
		return body
	}
	return append(out, body[last:]...)
}

// placeName tells whether a key of a record holds the name of a place: a
// square or a town named after somebody is no personal data.
func placeName(a repertoire.Aggregate, key string) bool {
	return a == repertoire.AggAuthority && (key == "name" || key == "other_names" || key == "native_name")
}

// keptByLaw tells whether a record stays as it is: invoices and the orders they
// are made of are kept ten years (Code de commerce, art. L. 123-22).
func keptByLaw(a repertoire.Aggregate, body json.RawMessage) bool {
	if a == repertoire.AggInvoice {
		return true
	}
	if a != repertoire.AggOrder {
		return false
	}
	var o struct {
		Invoice string `json:"invoice"`
	}
	return json.Unmarshal(body, &o) == nil && o.Invoice != ""
}

func (r redactor) body(a repertoire.Aggregate, body json.RawMessage) json.RawMessage {
	if keptByLaw(a, body) {
		return body
	}
	return literals(body, func(key, value string) string {
		if placeName(a, key) {
			return value
		}
		return r.text(value)
	})
}
