package layout

import (
	"context"
	"reflect"
	"testing"
)

// TestOnceKeepsNothing: a setter for one document gives the same pages, and holds
// no paragraph of them afterwards.
func TestOnceKeepsNothing(t *testing.T) {
	doc := Document{Sections: []Section{{Title: "Fiches", Matter: BodyMatter, Blocks: []Block{
		Heading{Level: 1, Text: Plain("Les partenariats")}, Para("Une convention, signée en 1998."), Contents{Levels: 1}}}}}
	lay := func(opts ...Option) (*Setter, *Pages) {
		s := newSetter(t, "institutionnel", "A5", opts...)
		p, err := s.Lay(context.Background(), doc, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s, p
	}
	usual, want := lay()
	once, got := lay(Once())
	if !reflect.DeepEqual(got.Pages, want.Pages) {
		t.Error("the pages differ")
	}
	if all, left := len(usual.cache.now), len(once.cache.now); left >= all/2 {
		t.Errorf("%d paragraphs of %d are still held", left, all)
	}
}
