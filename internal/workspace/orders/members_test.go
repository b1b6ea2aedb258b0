package orders

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// cutShelf makes copies of a few bytes, and stops the work after some of them:
// between the files and the order of a member, as a kill would.
type cutShelf struct {
	threeEditions
	left *int
	stop context.CancelFunc
}

func (s cutShelf) copyFor(_ context.Context, id repertoire.ID, recipient string, _ base.Progress) ([]byte, error) {
	if *s.left--; *s.left == 0 {
		s.stop()
	}
	return []byte(string(id) + " " + recipient), nil
}

// 300 members, the work cut four times: each has one order, one copy, one draft.
func TestEachMemberHasOneCopyAcrossStops(t *testing.T) {
	d := counter(t)
	const n = 300
	for i := range n {
		if _, err := d.SaveBuyer(t.Context(), order.Buyer{Name: fmt.Sprintf("Commune %03d", i), Email: fmt.Sprintf("c%d@example.fr", i),
			Member: true}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.SaveBuyer(t.Context(), order.Buyer{Name: "Pas adhérente"}); err != nil {
		t.Fatal(err)
	}
	inner := threeEditions{d}
	for _, cut := range []int{1, 40, 120, 60, 1000} {
		ctx, stop := context.WithCancel(t.Context())
		d.shelf = cutShelf{inner, &cut, stop}
		m, err := d.SendToMembers(ctx, "mars 2026", nil, nil)
		if stop(); cut > 0 && (err != nil || len(m.Served)+len(m.Already) != n || len(m.Failed) != 0) {
			t.Fatalf("served %d, already %d, failed %+v, %v", len(m.Served), len(m.Already), m.Failed, err)
		}
		if cut <= 0 && err == nil {
			t.Fatal("the work was not cut")
		}
	}
	list, err := d.List(t.Context(), OrderQuery{})
	if err != nil || len(list) != n {
		t.Fatalf("%d orders, %v", len(list), err)
	}
	for _, o := range list {
		if o.State() != order.Transmitted || len(o.Copies) != 1 || o.Copies[0].Recipient != o.Buyer.Name || !o.Free() || !o.Member {
			t.Fatalf("%+v", o)
		}
	}
	folder := filepath.Join(d.base.Dir(), "commandes", "envoi-madagascar-mars-2026")
	for ext, want := range map[string]int{"pdf": n, "eml": n} {
		if files, _ := filepath.Glob(filepath.Join(folder, "*."+ext)); len(files) != want {
			t.Errorf("%d files %s", len(files), ext)
		}
	}
	again, err := d.SendToMembers(t.Context(), "mars 2026", nil, nil)
	if err != nil || len(again.Served) != 0 || len(again.Already) != n {
		t.Errorf("again: %d served, %v", len(again.Served), err)
	}
}

// A choice of members; one without an address has its copy and no draft.
func TestAChoiceOfMembers(t *testing.T) {
	d := counter(t)
	b, err := d.SaveBuyer(t.Context(), order.Buyer{Name: "Sans adresse", Member: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SaveBuyer(t.Context(), order.Buyer{Name: "Autre", Email: "a@example.fr", Member: true}); err != nil {
		t.Fatal(err)
	}
	m, err := d.SendToMembers(t.Context(), "mars 2026", []repertoire.ID{b.ID}, nil)
	if err != nil || len(m.Served) != 1 || len(m.NoAddress) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	if entries, err := os.ReadDir(m.Folder); err != nil || len(entries) != 1 {
		t.Errorf("%d files, %v", len(entries), err)
	}
	_, err = d.SendToMembers(t.Context(), "mars 2026", []repertoire.ID{"nobody"}, nil)
	refusedWith(t, err, "Aucun adhérent")
}
