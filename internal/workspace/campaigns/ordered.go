package campaigns

import (
	"context"
	"runtime"
	"sync"
)

// ordered makes n things on every core and hands them over in their order, on
// the caller's goroutine; at most ahead of them are made and not yet handed
// over, so that memory does not grow with n. An error of take ends it.
func ordered[T any](ctx context.Context, n, ahead int, do func(i int) T, take func(i int, made T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	ready := make([]chan T, n)
	for i := range ready {
		ready[i] = make(chan T, 1)
	}
	jobs, places := make(chan int), make(chan struct{}, ahead)
	wg.Go(func() {
		defer close(jobs)
		for i := range n {
			select {
			case places <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range jobs {
				ready[i] <- do(i)
			}
		})
	}
	for i := range n {
		select {
		case made := <-ready[i]:
			if err := take(i, made); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
		<-places
	}
	return nil
}
