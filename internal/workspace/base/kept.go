package base

import (
	"context"
	"fmt"
	"sync"

	"repertoire/internal/repertoire"
)

// Kept is an answer that took a walk through all records, given again as long as
// nothing was written and the day is the same. What it gives is shared: it is
// read, not changed.
type Kept[T any] struct {
	mu    sync.Mutex
	under string
	value T
}

// Get gives the answer to what was asked for, made anew when it may have changed.
func (k *Kept[T]) Get(ctx context.Context, base *Base, asked string, made func() (T, error)) (T, error) {
	var none T
	under, err := base.moment(ctx)
	if err != nil {
		return none, err
	}
	under += " " + asked
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.under == under {
		return k.value, nil
	}
	value, err := made()
	if err != nil {
		return none, err
	}
	// What was written while it was made may be in it or not.
	if now, err := base.moment(ctx); err == nil && now+" "+asked == under {
		k.under, k.value = under, value
	}
	return value, nil
}

// moment names a state of the base on a day.
func (base *Base) moment(ctx context.Context) (string, error) {
	seq, err := base.Store.LastSeq(ctx)
	if err != nil {
		return "", err
	}
	lineage, err := base.Store.Lineage(ctx)
	return fmt.Sprintf("%s %d %s", lineage, seq, repertoire.DateOf(base.Now())), err
}
