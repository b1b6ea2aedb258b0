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
		p.worked(now, took, 1)
		if left := p.left(now); left < least || left > least+restMost {
			t.Errorf("after %s it rests %s", took, left)
		}
		if p.left(now.Add(longest+restMost)) != 0 {
			t.Errorf("after %s it rests too long", took)
		}
	}
	if p.silence(now) != 0 {
		t.Error("a row now and then silences the server")
	}
	p.worked(now, 0, dense)
	if p.left(now) < longest || p.silence(now) != p.left(now) {
		t.Errorf("where all write it rests %s and hears nothing for %s", p.left(now), p.silence(now))
	}
}
