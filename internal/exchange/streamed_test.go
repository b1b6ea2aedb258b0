package exchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// long makes n records of about 20 kB, one in memory at a time, and tells
// through most how much the program holds beyond what it did at first.
func long(n int, most *int64) exchange.Records {
	text := strings.Repeat("Eau et assainissement. ", 900)
	held := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	start := held()
	return func(yield func(*repertoire.Partnership, error) bool) {
		for i := range n {
			if i%250 == 249 {
				*most = max(*most, held()-start)
			}
			p := &repertoire.Partnership{ID: repertoire.ID(fmt.Sprint("p", i)), Directories: []string{"senegal"},
				Objectives: fmt.Sprint(text, i),
				Parties: []repertoire.Party{{Authority: "lille", Side: repertoire.SideFrench},
					{Authority: repertoire.ID(fmt.Sprint("a", i%50)), Side: repertoire.SideForeign}},
				Projects: []repertoire.Project{{Title: "Forages", Description: text[:2000]}}}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// No export holds what it writes: 700 records of 20 kB, 14 MB, pass through
// less than a third of that; a workbook sets up to 16 MB of a sheet aside before
// it goes to the disk, and is given more of them.
func TestExportsAreStreamed(t *testing.T) {
	names := exchange.Names{Authority: func(id repertoire.ID) *repertoire.Authority {
		return &repertoire.Authority{ID: id, Name: string(id), Country: "SN"}
	}}
	for _, f := range exchange.Formats {
		bar, records := int64(4<<20), 700
		if f.Value == exchange.XLSX {
			bar, records = 36<<20, 2000
		}
		var most int64
		if _, err := exchange.WriteEach(io.Discard, f.Value, long(records, &most), names); err != nil {
			t.Fatal(err)
		}
		if most > bar {
			t.Errorf("%s held %d MB", f.Value, most>>20)
		}
	}
}

// The file is the document encoded at once, to the byte, and its checksum is
// its own.
func TestAStreamedDocumentIsTheWhole(t *testing.T) {
	for _, n := range []int{0, 1, 40} {
		var file, again bytes.Buffer
		var most int64
		names := exchange.Names{Authority: func(id repertoire.ID) *repertoire.Authority {
			if id == "a7" {
				return nil
			}
			return &repertoire.Authority{ID: id, Name: "Saint-" + string(id) + " <&>", Country: "SN", Notes: "secret", Version: 4}
		}}
		if _, err := exchange.WriteEach(&file, exchange.JSON, long(n, &most), names); err != nil {
			t.Fatal(err)
		}
		var doc exchange.Document
		if err := json.Unmarshal(file.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		enc := json.NewEncoder(&again)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(doc); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(file.Bytes(), again.Bytes()) {
			t.Errorf("%d records: the file differs from its document encoded at once", n)
		}
		if strings.Contains(file.String(), "secret") {
			t.Error("the desk's own notes went with an authority")
		}
		if len(doc.Partnerships) != n || doc.Checksum == "" {
			t.Errorf("%d records, checksum %q", len(doc.Partnerships), doc.Checksum)
		}
	}
}

// An export that cannot read its records says so and writes no end.
func TestAnExportThatCannotReadStops(t *testing.T) {
	var most int64
	broken := func(yield func(*repertoire.Partnership, error) bool) {
		for p := range long(3, &most) {
			if !yield(p, nil) {
				return
			}
		}
		yield(nil, repertoire.Damage("base", nil, "La base ne se lit plus."))
	}
	for _, f := range exchange.Formats {
		if _, err := exchange.WriteEach(io.Discard, f.Value, broken, exchange.Names{}); err == nil {
			t.Errorf("%s: written as if it were whole", f.Value)
		}
	}
}
