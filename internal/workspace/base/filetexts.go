package base

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/ledongthuc/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// FileTexts gives the index the words of the files of entries. A file is read
// once, by a goroutine of its own, and its words are kept beside the index,
// which is as disposable as they are.
type FileTexts struct {
	media store.Media
	dir   string
	// again puts the entries of a file that was read in the index again.
	again func(ctx context.Context, ids []repertoire.ID)

	mu      sync.Mutex
	idle    *sync.Cond // on mu: nothing waits and nothing is being read
	reading bool
	waiting []string
	wanted  map[string][]repertoire.ID
	wake    chan struct{}
	done    chan struct{}
}

// Bounds of what is read of a file: a book of three hundred pages is read
// whole, and no file holds the others up for long.
const (
	maxFileRead  = 64 << 20
	maxFilePages = 400
	maxFileText  = 100_000
	maxFileTime  = 30 * time.Second
)

func newFileTexts(media store.Media, dir string, again func(context.Context, []repertoire.ID)) *FileTexts {
	f := &FileTexts{media: media, dir: dir, again: again, wanted: map[string][]repertoire.ID{}, wake: make(chan struct{}, 1),
		done: make(chan struct{})}
	f.idle = sync.NewCond(&f.mu)
	return f
}

// of gives the words of a file of the entry id, "" until it has been read.
func (f *FileTexts) of(id repertoire.ID, sum string) string {
	if f == nil || sum == "" {
		return ""
	}
	if text, err := os.ReadFile(f.Path(sum)); err == nil {
		return string(text)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.wanted[sum] == nil {
		f.waiting = append(f.waiting, sum)
	}
	if !slices.Contains(f.wanted[sum], id) {
		f.wanted[sum] = append(f.wanted[sum], id)
	}
	select {
	case f.wake <- struct{}{}:
	default:
	}
	return ""
}

func (f *FileTexts) Path(sum string) string { return filepath.Join(f.dir, sum+".txt") }

// Settle returns when all that was wanted has been read.
func (f *FileTexts) Settle() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.reading || len(f.waiting) > 0 {
		f.idle.Wait()
	}
}

// Forget drops all words, so that those of a file that was erased are gone.
func (f *FileTexts) Forget() error {
	if f == nil {
		return nil
	}
	return os.RemoveAll(f.dir)
}

// work reads what is wanted until ctx ends.
func (f *FileTexts) work(ctx context.Context) {
	defer close(f.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		}
		for {
			sum, ids := f.next()
			if sum == "" || ctx.Err() != nil {
				break
			}
			text := f.read(ctx, sum)
			if ctx.Err() != nil {
				return
			}
			// A file without words is noted too: it is not read again.
			if os.MkdirAll(f.dir, 0o700) == nil && os.WriteFile(f.Path(sum), []byte(text), 0o600) == nil && text != "" {
				f.again(ctx, ids)
			}
		}
	}
}

func (f *FileTexts) next() (string, []repertoire.ID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) == 0 {
		f.reading = false
		f.idle.Broadcast()
		return "", nil
	}
	f.reading = true
	sum := f.waiting[0]
	ids := f.wanted[sum]
	f.waiting = f.waiting[1:]
	delete(f.wanted, sum)
	return sum, ids
}

// read gives the words of a PDF, "" for another file or one that cannot be read.
func (f *FileTexts) read(ctx context.Context, sum string) string {
	file, err := f.media.Open(sum)
	if err != nil {
		return ""
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() > maxFileRead {
		return ""
	}
	var head [5]byte
	if _, err := io.ReadFull(io.NewSectionReader(file, 0, 5), head[:]); err != nil || string(head[:]) != "%PDF-" {
		return ""
	}
	ctx, stop := context.WithTimeout(ctx, maxFileTime)
	defer stop()
	text, err := pdfText(ctx, file, info.Size())
	if err != nil && text == "" {
		return ""
	}
	return text
}

// pdfText reads the words of a PDF page after page. The library panics on
// files that are not as it expects; such a file has the words read so far.
func pdfText(ctx context.Context, file io.ReaderAt, size int64) (text string, err error) {
	var b strings.Builder
	defer func() {
		if p := recover(); p != nil {
			text, err = tidyText(b.String()), fmt.Errorf("pdf : %v", p)
		}
	}()
	r, err := pdf.NewReader(file, size)
	if err != nil {
		return "", err
	}
	for i := 1; i <= min(r.NumPage(), maxFilePages) && b.Len() < maxFileText; i++ {
		if ctx.Err() != nil {
			return tidyText(b.String()), ctx.Err()
		}
		page := r.Page(i)
		if page.V.IsNull() {
			continue
		}
		words, err := page.GetPlainText(nil)
		if err != nil {
			continue
		}
		b.WriteString(words)
		b.WriteByte('\n')
	}
	if b.Len() == 0 {
		return "", errors.New("pdf sans texte")
	}
	return tidyText(b.String()), nil
}

// tidyText levels blanks and drops what is no text.
func tidyText(s string) string {
	s = strings.ToValidUTF8(s, " ")
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxFileText {
		s = strings.ToValidUTF8(s[:maxFileText], "")
	}
	return s
}
