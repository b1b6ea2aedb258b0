package campaign

import (
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// TestEveryLetterOfAnIdentifierCounts changes each letter into each other one.
func TestEveryLetterOfAnIdentifierCounts(t *testing.T) {
	q := &Questionnaire{ID: repertoire.NewID(), Campaign: repertoire.NewID(), Partnership: repertoire.NewID(), Number: 1}
	key := NewKey()
	id := Identifier(key, q)
	if !Genuine(key, id, q) || Genuine(NewKey(), id, q) {
		t.Fatal("an identifier is genuine with its own key only")
	}
	for _, typed := range []string{strings.ReplaceAll(id, "-", " "), strings.ReplaceAll(id, "-", "\n"), strings.ReplaceAll(id, "-", "–")} {
		if found := FindIdentifier("Page 1 " + typed + "."); len(found) != 1 || !Genuine(key, found[0], q) {
			t.Errorf("%q: found %v", typed, found)
		}
	}
	for i := len(mark) + 1; i < len(id); i++ {
		for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			if other := id[:i] + string(c) + id[i+1:]; id[i] != '-' && other != id && Genuine(key, other, q) {
				t.Errorf("%s passes for %s", other, id)
			}
		}
	}
}
