package books

import (
	"testing"

	"repertoire/internal/layout"
)

// A line of a broken index is one that nothing prints with: no data can break
// one today, so its rule is held here.
func TestGateStopsABrokenIndex(t *testing.T) {
	l := gateLine(BuildWarning{Kind: string(layout.WarnAnchor), Page: 12, Field: "sections.index-themes", Message: "…"})
	if l.Kind != GateIndex || l.Severity != "refuse" || l.Page != 12 || l.Field == "" {
		t.Errorf("%+v", l)
	}
}
