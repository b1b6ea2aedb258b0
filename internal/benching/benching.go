// Package benching is what benchmarks of several packages share: the processor
// time they use, which a busy machine changes little, beside the wall time that
// Go measures.
package benching

import (
	"testing"
	"time"
)

// Clock counts the processor time of a benchmark while its timer runs.
type Clock struct {
	b     *testing.B
	since time.Duration
	total time.Duration
}

// Start resets the timer of b and counts from now.
func Start(b *testing.B) *Clock {
	b.ResetTimer()
	return &Clock{b: b, since: Spent()}
}

// Rest leaves out what do does: the setting up of a round.
func (c *Clock) Rest(do func()) {
	c.b.Helper()
	c.b.StopTimer()
	c.total += Spent() - c.since
	do()
	c.since = Spent()
	c.b.StartTimer()
}

// Report gives b its metric, cpu-ms/op, once its rounds are over.
func (c *Clock) Report() {
	c.total += Spent() - c.since
	c.b.ReportMetric(float64(c.total.Microseconds())/1000/float64(max(c.b.N, 1)), "cpu-ms/op")
}
