package repertoire

import "strings"

// Choice is one value of a closed list with its French label.
type Choice[T ~string] struct {
	Value T
	Label string
}

// Choices is a closed list in the order of forms.
type Choices[T ~string] []Choice[T]

// Label gives the French label of v, or v itself when it is not in the list.
func (c Choices[T]) Label(v T) string {
	for _, x := range c {
		if x.Value == v {
			return x.Label
		}
	}
	return string(v)
}

// Has tells whether v is in the list.
func (c Choices[T]) Has(v T) bool {
	for _, x := range c {
		if x.Value == v {
			return true
		}
	}
	return false
}

// Parse finds the value a person meant: its stored word or its label, whatever
// the case, accents and hyphens. "" gives "" and true.
func (c Choices[T]) Parse(s string) (T, bool) {
	want := foldChoice(s)
	if want == "" {
		return "", true
	}
	for _, x := range c {
		if foldChoice(string(x.Value)) == want || foldChoice(x.Label) == want {
			return x.Value, true
		}
	}
	return "", false
}

// Labels lists the labels, for menus.
func (c Choices[T]) Labels() []string {
	out := make([]string, len(c))
	for i, x := range c {
		out[i] = x.Label
	}
	return out
}

func foldChoice(s string) string {
	return strings.NewReplacer("-", " ", "'", " ").Replace(strings.TrimSpace(Fold(s)))
}
