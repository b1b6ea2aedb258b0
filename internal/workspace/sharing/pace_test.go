package sharing

import (
	"testing"
	"time"
)

// TestRestsGrowWithTheWork: between two takings in a desk leaves most of the
// time to others, but never lets them wait long.
func TestRestsGrowWithTheWork(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	var p pace
	if p.left(now) != 0 {
		t.Error("it rests before any work")
	}
	for took, least := range map[time.Duration]time.Duration{0: 0, 100 * time.Millisecond: 400 * time.Millisecond, time.Minute: longest} {
		p.worked(now, took)
		if left := p.left(now); left < least || left > least+restMost {
			t.Errorf("after %s it rests %s", took, left)
		}
		if p.left(now.Add(longest+restMost)) != 0 {
			t.Errorf("after %s it rests too long", took)
		}
	}
}
