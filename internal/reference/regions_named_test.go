package reference

import (
	"testing"
	"unicode"
)

// TestRegionsHaveNames: no authority lies in a region that is but a code, which
// the index of regions would print as a name ("986").
func TestRegionsHaveNames(t *testing.T) {
	for _, a := range Open().FrenchAuthorities() {
		for _, name := range []string{a.Region, a.Departement} {
			for _, r := range name {
				if unicode.IsDigit(r) {
					t.Errorf("%s (%s) lies in « %s »", a.Name, a.INSEE, name)
				}
				break
			}
		}
	}
}
