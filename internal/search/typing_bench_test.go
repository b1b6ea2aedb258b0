package search

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// typedPrefixes are what stands in the box key after key: the beginnings, from
// one letter on, of words that questions are made of.
func typedPrefixes() []string {
	var out []string
	for word := range strings.FieldsSeq(
		"eau assainissement Sénégal Madagascar coopération école jumelage Saint commune Bretagne formation délégation forages réhabilite maraîchères " +
			"bornes patrimoine festival énergie jeunes Japon développement bibliothèque Zanville Rochemont communauté tourisme urbanisme") {
		runes := []rune(word)
		for n := 1; n <= len(runes); n++ {
			if p := string(runes[:n]); !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	for _, first := range []string{"eau ", "école ", "Saint ", "forages "} {
		for _, second := range []string{"Mad", "p", "po", "S", "Sé", "a", "com", "ru"} {
			out = append(out, first+second)
		}
	}
	return out
}

// BenchmarkTyping is every keystroke: processor time, at 100,000, bare, with
// facets (p95 ≤ 10 ms) and with facets and passages (p95 ≤ 20 ms).
func BenchmarkTyping(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 1_000
	}
	x := benchIndex(b, n)
	prefixes := typedPrefixes()
	for _, c := range []struct {
		name string
		req  Request
	}{{"seul", Request{Limit: 24}}, {"avec-facettes", Request{Limit: 24, Facets: true}},
		{"avec-facettes-et-passages", Request{Limit: 24, Facets: true, Snippets: true}}} {
		b.Run(c.name, func(b *testing.B) {
			rounds := make([][]float64, len(prefixes))
			for range b.N {
				for i, p := range prefixes {
					req := c.req
					req.Text, req.Typing = p, true
					before := processorMS()
					if _, err := x.Search(context.Background(), req); err != nil {
						b.Fatal(err)
					}
					rounds[i] = append(rounds[i], processorMS()-before)
				}
			}
			reportTyping(b, rounds)
		})
	}
}

// reportTyping gives the percentiles over all keystrokes and over the least of
// the rounds of each: the former counts what other programs of the machine
// cost, in caches and half processors, the latter hardly.
func reportTyping(b *testing.B, rounds [][]float64) {
	var all, least []float64
	for _, r := range rounds {
		all = append(all, r...)
		least = append(least, slices.Min(r))
	}
	for _, x := range []struct {
		name  string
		times []float64
	}{{"cpu", all}, {"cpu-least", least}} {
		slices.Sort(x.times)
		b.ReportMetric(x.times[len(x.times)/2], x.name+"-p50-ms")
		b.ReportMetric(x.times[len(x.times)*95/100], x.name+"-p95-ms")
	}
}
