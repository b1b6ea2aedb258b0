package repertoire

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the published schema anew")

// The schema published in assets/ is the one that the declarations give.
func TestPublishedSchemaIsCurrent(t *testing.T) {
	want, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "..", "assets", "schema", fmt.Sprintf("repertoire-%d.schema.json", SchemaVersion))
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("assets/schema is not current (%v): run go test ./internal/repertoire -run Schema -update", err)
	}
}
