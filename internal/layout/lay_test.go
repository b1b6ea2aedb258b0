package layout_test

import "testing"

func TestHardCasesHaveNoFaults(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, hardCases())
	look(t, "hard", p)
	for _, w := range p.Warnings {
		t.Errorf("warning %s on page %d: %s (%s)", w.Kind, w.Page, w.Message, w.Origin.Title)
	}
}
