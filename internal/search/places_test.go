package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestPlacesPackAndUnpack holds that any places come back from numbers that an
// index keeps as frequencies.
func TestPlacesPackAndUnpack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2_000 {
		var places []int
		at := 0
		for range r.IntN(40) {
			at += 1 + r.IntN([]int{3, 200, 20_000, 3_000_000}[r.IntN(4)])
			places = append(places, at)
		}
		var out []int
		for rest := places; len(rest) > 0; {
			packed, n := packPlaces(rest)
			if n == 0 || packed >= 1<<packedBits {
				t.Fatalf("%v: %d in %x", rest, n, packed)
			}
			if n < len(rest) && rest[n] < 1<<21 && !hasMore(packed) {
				t.Fatalf("%v: more of %x is not looked for", rest, packed)
			}
			out = unpackPlaces(packed, out)
			rest = rest[n:]
		}
		if !slices.Equal(places, out) {
			t.Fatalf("%v came back as %v", places, out)
		}
	}
}

// TestPhraseFarInALongText holds that a phrase is found however often its words
// stand before it.
func TestPhraseFarInALongText(t *testing.T) {
	long := strings.Repeat("Le réseau de la ville. La pompe du village. ", 120) + "Enfin le réseau pompe."
	text := func(s string) func(*Record) {
		return func(r *Record) { r.Texts = []Text{{Field: "description", Text: s}} }
	}
	x := built(t, rec("one", "Aurillac", "Bandiagara", senegal, text(long)),
		rec("two", "Vierzon", "Ziguinchor", senegal, text("La pompe du réseau.")))
	if got := found(ask(t, x, Request{Text: `"réseau pompe"`})); !slices.Equal(got, []string{"one"}) {
		t.Errorf("found %v", got)
	}
}
