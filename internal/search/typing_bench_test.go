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
	for word := range strings.FieldsSeq("eau assainissement Sénégal Madagascar coopération école jumelage Saint commune Bretagne formation délégation forages réhabilite maraîchères " +
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
	}{{"seul", Request{Limit: 24}}, {"avec-facettes", Request{Limit: 24, Facets: true}}, {"avec-facettes-et-passages", Request{Limit: 24, Facets: true, Snippets: true}}} {
		b.Run(c.name, func(b *testing.B) {
			var times []float64
			for range b.N {
				for _, p := range prefixes {
					req := c.req
					req.Text, req.Typing = p, true
					before := processorMS()
					if _, err := x.Search(context.Background(), req); err != nil {
						b.Fatal(err)
					}
					times = append(times, processorMS()-before)
				}
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "cpu-p50-ms")
			b.ReportMetric(times[len(times)*95/100], "cpu-p95-ms")
		})
	}
}
