package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// finish writes the checksums of all that was made, and says what it was.
func (r *release) finish() error {
	slices.Sort(r.made)
	var sums strings.Builder
	for _, name := range r.made {
		sum, n, err := checksum(filepath.Join(r.dir, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, name)
		fmt.Printf("%7.1f Mo  %s  %s\n", float64(n)/1e6, sum[:16], name)
	}
	return os.WriteFile(filepath.Join(r.dir, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

func checksum(file string) (sum string, bytes int64, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return fmt.Sprintf("%x", h.Sum(nil)), n, err
}
