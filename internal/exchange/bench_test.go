package exchange_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// manyRows writes n rows over a thousand foreign names and eight communes.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("Collectivité française;Code INSEE;Pays;Collectivité étrangère;Type;Statut;Thématiques;Année;Objectifs;Description\n")
	insee := []string{"59350", "06088", "76351", "93066", "97411", "72003", "49002", "69266"}
	letters := "abcdefghijklmnopqrstuvwxyz"
	for i := range n {
		name := fmt.Sprintf("%c%c%c%cville-%c", letters[i%26]-32, letters[i/26%26], letters[i/676%26], letters[i*7%26], letters[i/5%26])
		fmt.Fprintf(&b, ";%s;Sénégal;%s;Jumelage;Actif;Santé | 3.1.1;%d;Un objectif;%s\n", insee[i%8], name, 1950+i%70,
			strings.Repeat("Une phrase de description. ", 20))
	}
	return b.String()
}

// 25,000 rows with duplicate detection: ≤ 10 s wanted, reading and planning
// together; 1.6 s measured on 2 shared cores.
func BenchmarkImport25000(b *testing.B) {
	text := manyRows(25000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w := newWorld()
		table, err := exchange.Read("b.csv", strings.NewReader(text))
		if err != nil {
			b.Fatal(err)
		}
		p, err := exchange.NewPlan(b.Context(), table, exchange.Guess(table.Headings), w, nil, exchange.Options{Directory: "senegal"})
		if err != nil || len(p.Added)+len(p.Rejected) != 25000 {
			b.Fatal(len(p.Added), len(p.Rejected), err)
		}
	}
}

// The export of 25,000 records; no figure is asked for.
func BenchmarkExport25000(b *testing.B) {
	w := newWorld()
	p := plan(b, w, manyRows(25000), nil)
	records := w.accept(p, nil)
	index := map[repertoire.ID]*repertoire.Authority{}
	for i := range w.base {
		index[w.base[i].ID] = &w.base[i]
	}
	names := w.names()
	names.Authority = func(id repertoire.ID) *repertoire.Authority { return index[id] }
	for _, format := range []exchange.Format{exchange.CSV, exchange.XLSX, exchange.JSON} {
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				if _, err := exchange.Write(io.Discard, format, records, names); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
