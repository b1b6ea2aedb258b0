package search

import (
	"sync"
	"time"

	index "github.com/blevesearch/bleve_index_api"
)

// persistence counts the batches that are not on disk yet.
type persistence struct {
	mu   sync.Mutex
	open int
}

func (p *persistence) begin(b *index.Batch) {
	p.mu.Lock()
	p.open++
	p.mu.Unlock()
	b.SetPersistedCallback(func(error) { p.cancel() })
}

func (p *persistence) cancel() {
	p.mu.Lock()
	p.open--
	p.mu.Unlock()
}

func (p *persistence) wait(limit time.Duration) {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		p.mu.Lock()
		open := p.open
		p.mu.Unlock()
		if open <= 0 {
			return
		}
	}
}
