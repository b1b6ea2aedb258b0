package workspace

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/benching"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
	"repertoire/internal/workspace/tables"
)

// communesFile writes a CSV of n rows, each another partnership of a French
// commune, with length letters of description; no such column for 0.
func communesFile(b *testing.B, w *Workspace, n, length int) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "lignes.csv")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	description, heading := "", ""
	if length > 0 {
		heading = ";Description"
		description = ";" + strings.ToValidUTF8(strings.Repeat("Les deux communes forment leurs agents à l’entretien des réseaux. ",
			length/66+1)[:length], "")
	}
	fmt.Fprintln(out, "Collectivité française;Code INSEE;Pays;Collectivité partenaire;Type;Objectifs"+heading)
	communes := w.Reference.FrenchAuthorities()
	for i, row := 0, 0; row < n; i++ {
		if a := communes[i%len(communes)]; a.Level == repertoire.LevelCommune {
			fmt.Fprintf(out, "%s;%s;Sénégal;Village %d;Jumelage;Forages et bornes-fontaines du secteur %d.%s\n", a.Name, a.INSEE, row, row,
				description)
			row++
		}
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	return name
}

// 200 MB of CSV told without being taken in. To reach: 300 MiB held by the
// process, which should measure nothing else.
func BenchmarkDryRun200MB(b *testing.B) {
	w := sampled(b)
	const rows = 544_853
	file := communesFile(b, w, rows, 270)
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	clock := benching.Start(b)
	defer clock.Report()
	for b.Loop() {
		r, err := w.Tables().Import(b.Context(), file, tables.ImportOptions{Directory: "senegal", DryRun: true}, quiet)
		if err != nil || r.Added != rows {
			b.Fatal(r.Added, len(r.Rejected), err)
		}
	}
}

// 100,000 records invented, saved and indexed. To reach: 512 MiB held by the
// process, which should measure nothing else.
func BenchmarkGenerate100000(b *testing.B) {
	clock := benching.Start(b)
	defer clock.Report()
	for b.Loop() {
		var w *Workspace
		clock.Rest(func() { w = sampled(b) })
		if g, err := w.Tables().Generate(b.Context(), 100_000, 1, "senegal", quiet); err != nil || g.Partnerships != 100_000 {
			b.Fatal(g, err)
		}
		if err := w.Index.Wait(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// An import of 25,000 rows taken back, durable and no longer found.
func BenchmarkUndo25000(b *testing.B) {
	file := communesFile(b, sampled(b), 25_000, 100)
	clock := benching.Start(b)
	defer clock.Report()
	for b.Loop() {
		var w *Workspace
		var change repertoire.ID
		clock.Rest(func() {
			w = sampled(b)
			r, err := w.Tables().Import(b.Context(), file, tables.ImportOptions{Directory: "senegal"}, quiet)
			if err != nil {
				b.Fatal(err)
			}
			change = r.Change
		})
		if _, err := w.History().Undo(b.Context(), change, history.UndoAsk); err != nil {
			b.Fatal(err)
		}
		if got := find(b, w, searches.Query{Text: `"Village 24999"`}).Total; got != 0 {
			b.Fatalf("%d answers for a row taken back", got)
		}
	}
}

// saveOne makes what was read of all records out of date.
func saveOne(b *testing.B, w *Workspace) {
	b.Helper()
	hits := find(b, w, searches.Query{Limit: 1}).Hits
	if err := w.Review().ConfirmAll(b.Context(), []repertoire.ID{hits[0].ID}); err != nil {
		b.Fatal(err)
	}
}

// Every pair of records that may speak of the same partnership.
func BenchmarkDuplicates(b *testing.B) {
	eachSize(b, func(b *testing.B, w *Workspace) {
		clock := benching.Start(b)
		defer clock.Report()
		for b.Loop() {
			clock.Rest(func() { saveOne(b, w) })
			if _, err := w.Review().Duplicates(b.Context(), quiet); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// What is to be verified in every record.
func BenchmarkReview(b *testing.B) {
	eachSize(b, func(b *testing.B, w *Workspace) {
		clock := benching.Start(b)
		defer clock.Report()
		for b.Loop() {
			clock.Rest(func() { saveOne(b, w) })
			if _, err := w.Review().ReviewEntries(b.Context(), ""); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// All records written to a table or a document.
func BenchmarkExport(b *testing.B) {
	for _, format := range []string{"csv", "xlsx", "json"} {
		b.Run(format, func(b *testing.B) {
			eachSize(b, func(b *testing.B, w *Workspace) {
				clock := benching.Start(b)
				defer clock.Report()
				for b.Loop() {
					if _, err := w.Tables().Export(b.Context(), "", format, filepath.Join(b.TempDir(), "tout."+format), quiet); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
