package derive

import (
	"bytes"
	"compress/gzip"
	"context"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// File is one derived file, ready to be written under data/reference.
type File struct {
	Name string
	Body []byte
}

// Run derives every table. The order is that of progress.
func Run(ctx context.Context, s *Sources, progress func(done, total int, label string)) ([]File, error) {
	steps := []struct {
		label string
		make  func(context.Context, *Sources) ([]File, error)
	}{
		{"pays", countries}, {"formes des noms de pays", countryForms}, {"collectivités françaises", france}, {"lieux du monde", places},
		{"contours", outlines},
		{"césure", frenchHyphenation},
	}
	var files []File
	for i, step := range steps {
		progress(i, len(steps), step.label)
		made, err := step.make(ctx, s)
		if err != nil {
			return nil, err
		}
		files = append(files, made...)
	}
	progress(len(steps), len(steps), "")
	return files, nil
}

// table is a tab-separated file: a comment, a header, rows.
type table struct{ buf bytes.Buffer }

func newTable(credit string, columns ...string) *table {
	t := new(table)
	t.buf.WriteString("# go run ./cmd/prepare reference; from " + credit + "\n")
	t.row(columns...)
	return t
}

// row writes cells; a tab or a line break in one would shift the others.
func (t *table) row(cells ...string) {
	for i, c := range cells {
		if i > 0 {
			t.buf.WriteByte('\t')
		}
		t.buf.WriteString(strings.Join(strings.Fields(c), " "))
	}
	t.buf.WriteByte('\n')
}

func (t *table) plain(name string) File { return File{name, t.buf.Bytes()} }

// zipped compresses without name or date, so that the bytes depend on the
// content alone.
func (t *table) zipped(name string) (File, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return File{}, err
	}
	if _, err := w.Write(t.buf.Bytes()); err != nil {
		return File{}, err
	}
	if err := w.Close(); err != nil {
		return File{}, err
	}
	return File{name, out.Bytes()}, nil
}

// number writes n, empty for zero.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// degrees keeps four decimals, eleven metres: more than a town has.
func degrees(f float64) string {
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(f, 'f', 4, 64), "0"), ".")
}

// apostrophe puts the typographic one.
func apostrophe(s string) string { return strings.ReplaceAll(s, "'", "’") }

// unexpected says that a source is not what the code was written for.
func unexpected(source, format string, args ...any) error {
	e := repertoire.Damage(source, nil, format, args...)
	e.Message += " La table n’a pas été remplacée : adaptez internal/reference/derive à cette version."
	return e
}
