package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"repertoire/internal/workspace/tables"
)

// A long list of rejected rows is the same document as a short one.
func TestALongReportIsOneDocument(t *testing.T) {
	r := tables.ImportReport{Rows: 5000, Added: 3, Unmapped: []string{`"rejected": []`}}
	for i := range longList + 1 {
		r.Rejected = append(r.Rejected, tables.Rejection{Row: i, Reason: strings.Repeat("é <&> ", i%3), Kind: "mot"})
	}
	var out bytes.Buffer
	if err := (&face{json: true, out: &out}).reportImport(r, true); err != nil {
		t.Fatal(err)
	}
	var got tables.ImportReport
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Rejected, r.Rejected) || got.Rows != r.Rows || !reflect.DeepEqual(got.Unmapped, r.Unmapped) {
		t.Error("it says something else than the report")
	}
}
