package campaigns

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

// What is made comes in its order, and never more of it than there is room for.
func TestOrdered(t *testing.T) {
	const n, ahead = 300, 7
	var begun, taken atomic.Int64
	next := 0
	err := ordered(t.Context(), n, ahead, func(i int) int {
		if over := begun.Add(1) - taken.Load(); over > ahead {
			t.Errorf("%d made and not handed over", over)
		}
		return i * i
	}, func(i, made int) error {
		if i != next || made != i*i {
			t.Errorf("%d, %d came after %d", i, made, next-1)
		}
		next++
		taken.Add(1)
		return nil
	})
	if err != nil || next != n {
		t.Errorf("%d of %d, %v", next, n, err)
	}
}

func TestOrderedStops(t *testing.T) {
	refused := errors.New("refusé")
	made := func(i int) int { return i }
	if err := ordered(t.Context(), 100, 4, made, func(i, _ int) error {
		if i == 10 {
			return refused
		}
		return nil
	}); !errors.Is(err, refused) {
		t.Errorf("an error of take: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := ordered(ctx, 100, 4, made, func(i, _ int) error {
		if i == 10 {
			cancel()
		}
		return nil
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
