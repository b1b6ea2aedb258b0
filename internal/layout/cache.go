package layout

import "sync"

// paraCache keeps set paragraphs from one Lay to the next, so that an edited
// entry costs its own paragraphs only. A paragraph not used by the last two
// runs is dropped: the cache is never larger than two books.
type paraCache struct {
	mu       sync.Mutex
	now, old map[paraKey]*paraLayout
}

func newParaCache() *paraCache {
	return &paraCache{now: map[paraKey]*paraLayout{}, old: map[paraKey]*paraLayout{}}
}

func (c *paraCache) get(key paraKey) *paraLayout {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.now[key]; ok {
		return p
	}
	p, ok := c.old[key]
	if ok {
		c.now[key] = p
	}
	return p
}

func (c *paraCache) put(key paraKey, p *paraLayout) {
	c.mu.Lock()
	c.now[key] = p
	c.mu.Unlock()
}

// turn starts a new generation.
func (c *paraCache) turn() {
	c.mu.Lock()
	c.old, c.now = c.now, make(map[paraKey]*paraLayout, len(c.now))
	c.mu.Unlock()
}
