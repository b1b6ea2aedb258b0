package repertoire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
)

// Marks recognise an erased person without naming them: keyed sums of what they
// were known by, kept so that an older backup that still names them is cleaned
// when it is put back. They cannot be read, but whoever guesses a name can try
// it: they are personal data still, held to honour the erasure (GDPR, art. 17
// and 5-2).
type Marks struct {
	Key []byte `json:"key"`
	// Sums are by how many words were summed; 0 for addresses and numbers.
	Sums map[int][]string `json:"sums"`
}

// Marks gives the marks of the person under a key of one's own.
func (p *Person) Marks(key []byte) Marks {
	m := Marks{Key: key, Sums: map[int][]string{}}
	add := func(words int, s string) {
		if sum := m.sum(s); !slices.Contains(m.Sums[words], sum) {
			m.Sums[words] = append(m.Sums[words], sum)
		}
	}
	for _, term := range p.terms {
		if s := string(term); strings.Contains(s, "@") {
			add(0, s)
		} else if words := markedWords(s); len(words) > 0 {
			add(len(words), turned(words))
		}
	}
	for _, digits := range p.phones {
		add(0, digits)
	}
	return m
}

func (m Marks) sum(s string) string {
	h := hmac.New(sha256.New, m.Key)
	h.Write([]byte(s))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func (m Marks) has(words int, s string) bool { return slices.Contains(m.Sums[words], m.sum(s)) }

// markedWords parts a folded text at everything that is no word.
func markedWords(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool { return !wordRune(r) })
}

// turned writes words in the one of their turns that sorts first: a last name
// before or after the first one is the same person.
func turned(words []string) string {
	best := strings.Join(words, " ")
	for i := 1; i < len(words) && len(words) <= maxTurned; i++ {
		if s := strings.Join(words[i:], " ") + " " + strings.Join(words[:i], " "); s < best {
			best = s
		}
	}
	return best
}

var (
	markedAddress = regexp.MustCompile(`[^\s<>()\[\],;:"]+@[^\s<>()\[\],;:"]+`)
	markedNumber  = regexp.MustCompile(`\+?[0-9][0-9+(). /\x{a0}\x{202f}\x{2011}-]{6,}[0-9]`)
)

// Find gives what s holds that bears the marks, in words that NewPerson or
// Person.Add takes.
func (m Marks) Find(s string) (out []string) {
	if len(s) < 4 {
		return nil
	}
	if len(m.Sums[0]) > 0 {
		for _, number := range markedNumber.FindAllString(s, -1) {
			if digits := phoneDigits(number); digits != "" && m.has(0, digits) {
				out = append(out, number)
			}
		}
		if strings.Contains(s, "@") {
			for _, address := range markedAddress.FindAllString(AsPrinted(s), -1) {
				if address = strings.Trim(address, ".*_"); m.has(0, address) {
					out = append(out, address)
				}
			}
		}
	}
	var words []string
	for n := range m.Sums {
		if n == 0 {
			continue
		}
		if words == nil {
			words = markedWords(AsPrinted(s))
		}
		for i := 0; i+n <= len(words); i++ {
			if m.has(n, turned(words[i:i+n])) {
				out = append(out, strings.Join(words[i:i+n], " "))
			}
		}
	}
	return out
}
