package reference_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// Of some 840 names as offices write them, none is taken for another, and 95 in
// a hundred are taken rightly or asked about with the right one among the
// first three.
func TestWhoIsMeantIsSureOrAmongTheFirstThree(t *testing.T) {
	raw, err := os.ReadFile("testdata/who.csv")
	if err != nil {
		t.Fatal(err)
	}
	loose := func(s string) string { return strings.ReplaceAll(repertoire.Fold(s), " ", "") }
	is := func(a *repertoire.Authority, want string) bool {
		if a.French() {
			return a.INSEE == want || a.SIREN == want
		}
		return slices.ContainsFunc(append([]string{a.Name, a.NativeName}, a.OtherNames...),
			func(n string) bool { return strings.Contains(loose(n), loose(want)) })
	}
	r := reference.NewResolver(tables, nil)
	all, sure, asked := 0, 0, 0
	for line := range strings.Lines(string(raw)) {
		c := strings.Split(strings.TrimSpace(line), ";")
		if len(c) != 3 || line[0] == '#' {
			continue
		}
		all++
		a := r.Resolve(reference.Mention{Country: c[0], Name: c[1]})
		if best, ok := a.Certain(); ok {
			if sure++; !is(&best.Authority, c[2]) {
				t.Errorf("wrong and sure: %s %q for %s", c[0], c[1], reference.Label(&best.Authority))
			}
			continue
		}
		first := a.Candidates[:min(3, len(a.Candidates))]
		if slices.ContainsFunc(first, func(x reference.Candidate) bool { return is(&x.Authority, c[2]) }) {
			asked++
		} else {
			t.Logf("missed: %s %q", c[0], c[1])
		}
	}
	t.Logf("%d names: %d sure and right, %d asked with the right one among the first three, %d missed", all, sure, asked, all-sure-asked)
	if 100*(sure+asked) < 95*all {
		t.Errorf("%d of %d", sure+asked, all)
	}
}
