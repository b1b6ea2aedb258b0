package reference

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestRegionsHaveNames: no authority lies in a region that is but a code, which
// the index of regions would print as a name ("986").
func TestRegionsHaveNames(t *testing.T) {
	for _, a := range Open().FrenchAuthorities() {
		for _, name := range []string{a.Region, a.Departement} {
			if first, _ := utf8.DecodeRuneInString(name); unicode.IsDigit(first) {
				t.Errorf("%s (%s) lies in « %s »", a.Name, a.INSEE, name)
			}
		}
	}
}
