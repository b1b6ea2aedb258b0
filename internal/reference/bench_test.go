package reference

import "testing"

// To reach: 100 µs. Opening a workspace opens the tables; none is parsed then.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		Open()
	}
}

// To reach: 120 ms, once, at the first lookup of a French authority.
func BenchmarkFirstFrenchLookup(b *testing.B) {
	for b.Loop() {
		Open().ByINSEE("commune", "59350")
	}
}

// To reach: 10 ms a keystroke over 36,000 names.
func BenchmarkSuggestFrench(b *testing.B) {
	tables := Open()
	tables.SuggestFrench("l", 1)
	b.ResetTimer()
	for b.Loop() {
		tables.SuggestFrench("saint de", 20)
	}
}

// To reach: 150 ms, once, at the first foreign place.
func BenchmarkFirstPlace(b *testing.B) {
	for b.Loop() {
		Open().Places("JP")
	}
}

// To reach: 10 ms a keystroke over a country's names.
func BenchmarkSuggestPlace(b *testing.B) {
	tables := Open()
	tables.Places("JP")
	b.ResetTimer()
	for b.Loop() {
		tables.SuggestPlace("JP", "shi", 20)
	}
}

// To reach: 60 ms, once, for the first map.
func BenchmarkFirstOutline(b *testing.B) {
	for b.Loop() {
		Open().Outline("MG")
	}
}

// To reach: 10 ms.
func BenchmarkWorld(b *testing.B) {
	tables := Open()
	tables.World()
	b.ResetTimer()
	for b.Loop() {
		tables.World()
	}
}
