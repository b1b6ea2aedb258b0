package search

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"
)

// TestTablesOfAnotherVersionAreMadeAgain reads tables that a program wrote before
// a column was added: they are refused, never half read.
func TestTablesOfAnotherVersionAreMadeAgain(t *testing.T) {
	old := struct {
		IDs    []string
		Titles [][]byte
	}{[]string{"a"}, [][]byte{{1}}}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(old); err != nil {
		t.Fatal(err)
	}
	raw := binary.BigEndian.AppendUint32(b.Bytes(), crc32.ChecksumIEEE(b.Bytes()))
	file := filepath.Join(t.TempDir(), "tables")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := decodeTable(file); err == nil {
		t.Error("tables without their columns are taken")
	}
}
