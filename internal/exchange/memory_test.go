package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"repertoire/internal/exchange"
)

// A trial of a long file holds few bytes a row, most of which speak of the same
// partnership as another: 200 MB of short rows, half a million, must fit in
// 300 MiB with all the rest.
func TestATrialHoldsLittleOfEachRow(t *testing.T) {
	const rows, most = 24_000, 150
	var b strings.Builder
	b.WriteString("Collectivité française;Code INSEE;Pays;Collectivité étrangère;Type;Description\n")
	insee := []string{"59350", "06088", "76351", "69266"}
	for i := range rows {
		fmt.Fprintf(&b, ";%s;Sénégal;Village %c%c;Jumelage;Forages du secteur %d\n", insee[i%4], 'a'+i/4%20, 'a'+i/80%20, i)
	}
	file := filepath.Join(t.TempDir(), "lignes.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	table, err := exchange.ReadFile(file, exchange.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	held := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	w := newWorld()
	// What the reference holds once it was asked is not the rows'.
	plan(t, w, "Collectivité française;Code INSEE;Pays;Collectivité étrangère\nLille;;Sénégal;Podor\n;59350;Sénégal;Village zz\n", nil)
	start, peak := held(), int64(0)
	p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), w, nil, exchange.Options{Directory: "senegal",
		CountOnly: true, Progress: func(done, _ int, _ string) {
			if done%(rows/2) == 0 {
				peak = max(peak, held()-start)
			}
		}})
	if err != nil {
		t.Fatal(err)
	}
	peak = max(peak, held()-start)
	if p.Additions != 1600 || len(p.Rejected) != rows-1600 {
		t.Fatalf("%d added, %d rejected", p.Additions, len(p.Rejected))
	}
	if peak > rows*most {
		t.Errorf("%d bytes a row, at most %d", peak/rows, most)
	}
	runtime.KeepAlive(p)
}
