package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"repertoire/internal/workspace/tables"
)

// longList is from how many rejected rows on they are written one by one: as
// one document half a million of them would take twice their room in memory.
const longList = 1000

// reportImport is report for what an import did.
func (f *face) reportImport(r tables.ImportReport, dry bool) error {
	if !f.json || len(r.Rejected) < longList {
		return f.report(r, func(out io.Writer) { printImport(out, r, dry) })
	}
	rejected := r.Rejected
	r.Rejected = []tables.Rejection{}
	whole := &bytes.Buffer{}
	enc := json.NewEncoder(whole)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return err
	}
	const empty = "\n  \"rejected\": []"
	before, after, _ := bytes.Cut(whole.Bytes(), []byte(empty))
	out := bufio.NewWriterSize(f.out, 1<<16)
	out.Write(before) //nolint:errcheck // Flush tells
	out.WriteString(empty[:len(empty)-1])
	for i, x := range rejected {
		row := &bytes.Buffer{}
		enc := json.NewEncoder(row)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(x); err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',') //nolint:errcheck // Flush tells
		}
		out.WriteString("\n    ")
		out.Write(bytes.TrimSpace(row.Bytes())) //nolint:errcheck // Flush tells
	}
	out.WriteString("\n  ]")
	out.Write(after) //nolint:errcheck // Flush tells
	return out.Flush()
}
