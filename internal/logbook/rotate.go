package logbook

import (
	"fmt"
	"os"
	"sync"
)

// A log of at most 1 MiB, and three older ones: some weeks of work.
const (
	maxBytes = 1 << 20
	maxOlder = 3
)

// rotating is a file that begins anew when it is full.
type rotating struct {
	mu   sync.Mutex
	path string
	file *os.File
	size int64
}

func openRotating(path string) (*rotating, error) {
	r := &rotating{path: path}
	return r, r.open()
}

func (r *rotating) open() error {
	f, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	r.file, r.size = f, info.Size()
	return nil
}

// Write is io.Writer's.
func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return len(p), nil
	}
	if r.size > 0 && r.size+int64(len(p)) > maxBytes {
		r.turn()
	}
	n, err := r.file.Write(p)
	r.size += int64(n)
	return n, err
}

// turn puts the full file behind the others. Another window may do the same at
// once, and Windows renames no open file: what fails is left for the next time.
func (r *rotating) turn() {
	r.file.Close()
	for n := maxOlder; n > 0; n-- {
		from := r.path
		if n > 1 {
			from = fmt.Sprintf("%s.%d", r.path, n-1)
		}
		_ = os.Rename(from, fmt.Sprintf("%s.%d", r.path, n))
	}
	if r.open() != nil {
		r.file = nil
	}
}

// Close is io.Closer's.
func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}
