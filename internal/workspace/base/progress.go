package base

// Progress is called during long work, from the goroutine that does it. nil
// listens to nothing.
type Progress func(done, total int, label string)

// Tell is how the workspace calls a Progress, and what it hands to the layers
// below: they need not know that nobody may be listening.
func (p Progress) Tell(done, total int, label string) {
	if p != nil {
		p(done, total, label)
	}
}
