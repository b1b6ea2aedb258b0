package search

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

func dirOf(path string) string { return filepath.Dir(path) }

// Verify reads the index's files and compares them with their checksums. When
// one is damaged the index asks for a rebuild from then on, and the error says
// so; the data themselves are elsewhere.
func (x *Index) Verify(ctx context.Context) error {
	x.mu.RLock()
	gen, state := x.gen, x.state
	x.mu.RUnlock()
	if state.NeedsRebuild {
		return repertoire.Damage(x.dir, nil, "%s Il va être reconstruit ; vos données ne sont pas touchées.", state.Reason)
	}
	x.pending.wait(settling) // what was just taken in is being written
	err := verifySegments(ctx, filepath.Join(x.dir, gen))
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	x.mu.RLock()
	swapped := x.gen != gen
	x.mu.RUnlock()
	if swapped {
		return x.Verify(ctx) // a rebuild put another one in its place meanwhile
	}
	x.doubt(err)
	return repertoire.Damage(x.dir, err,
		"L’index de recherche est endommagé. Vos données ne sont pas touchées : l’index va être reconstruit.")
}

// doubt makes the index ask for a rebuild.
func (x *Index) doubt(err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.state = State{true, "L’index est endommagé : " + err.Error()}
}

// verifySegments checks the checksum at the end of each segment file: Bleve
// writes it and never reads it again, so that a page of zeros goes unnoticed.
func verifySegments(ctx context.Context, folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".zap") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := verifySettled(ctx, filepath.Join(folder, e.Name())); err != nil {
			return fmt.Errorf("%s : %w", e.Name(), err)
		}
	}
	return nil
}

// settling is how long a segment that fails must have been left alone before
// it is believed: Bleve writes segments beside us, checksum last.
const settling = 2 * time.Second

// verifySettled checks a segment that may be being written or merged away.
func verifySettled(ctx context.Context, path string) error {
	for {
		err := verifySegment(path)
		if err == nil {
			return nil
		}
		info, gone := os.Stat(path)
		if os.IsNotExist(gone) {
			return nil // merged away meanwhile
		}
		if gone != nil || time.Since(info.ModTime()) > settling {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(settling / 5):
		}
	}
}

func verifySegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	size := info.Size() - 4
	if size < 0 {
		return fmt.Errorf("fichier de %d octets", info.Size())
	}
	sum := crc32.NewIEEE()
	r := bufio.NewReaderSize(f, 1<<20)
	if _, err := io.CopyN(sum, r, size); err != nil {
		return err
	}
	var want [4]byte
	if _, err := io.ReadFull(r, want[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(want[:]) != sum.Sum32() {
		return fmt.Errorf("somme de contrôle fausse")
	}
	return nil
}
