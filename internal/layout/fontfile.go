package layout

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// File gives the font's file, to be embedded or told by its sum. The bytes must
// not be changed.
func (f *Font) File() ([]byte, error) { return f.read() }

// outlines parses the font for its outlines alone; nil when it cannot be read.
func (f *Font) outlines() (drawing *font.Font) {
	defer func() {
		if recover() != nil {
			drawing = nil
		}
	}()
	data, err := f.read()
	if err != nil {
		return nil
	}
	if _, drawing, err = without(data, "GSUB", "GPOS", "GDEF", "kern"); err != nil {
		return nil
	}
	return drawing
}

// without parses a font as if it had not some of its tables: what is not needed
// is not held.
func without(data []byte, names ...string) (*ot.Loader, *font.Font, error) {
	if cut := cutTable(data); cut != "" {
		return nil, nil, fmt.Errorf("la table %q est coupée", cut)
	}
	ld, err := ot.NewLoader(withheld(data, names))
	if err != nil {
		return nil, nil, err
	}
	parsed, err := font.NewFont(ld)
	return ld, parsed, err
}

// cutTable names a table that ends beyond the file: what is not read now must be
// there when it is needed.
func cutTable(data []byte) string {
	if len(data) < 12 {
		return ""
	}
	for at, n := 12, int(binary.BigEndian.Uint16(data[4:])); n > 0 && at+16 <= len(data); at, n = at+16, n-1 {
		from, size := binary.BigEndian.Uint32(data[at+8:]), binary.BigEndian.Uint32(data[at+12:])
		if uint64(from)+uint64(size) > uint64(len(data)) {
			return string(data[at : at+4])
		}
	}
	return ""
}

// fontFile reads a font's bytes, those of its directory changed.
type fontFile struct {
	head, data []byte
	at         int64
}

// withheld renames tables in the directory of a font, so that nobody finds them;
// what is no directory is given as it is.
func withheld(data []byte, names []string) *fontFile {
	f := &fontFile{data: data}
	if len(data) < 12 {
		return f
	}
	size := 12 + 16*int(binary.BigEndian.Uint16(data[4:]))
	if size > len(data) {
		return f
	}
	f.head = append([]byte(nil), data[:size]...)
	for at := 12; at < size; at += 16 {
		for i, n := range names {
			if string(f.head[at:at+4]) == n {
				copy(f.head[at:], []byte{'-', '-', '-', byte('0' + i)})
			}
		}
	}
	return f
}

func (f *fontFile) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 || at >= int64(len(f.data)) {
		return 0, io.EOF
	}
	n := copy(b, f.data[at:])
	if at < int64(len(f.head)) {
		copy(b, f.head[at:])
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *fontFile) Read(b []byte) (int, error) {
	n, err := f.ReadAt(b, f.at)
	f.at += int64(n)
	if n > 0 {
		err = nil
	}
	return n, err
}

func (f *fontFile) Seek(to int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		to += f.at
	case io.SeekEnd:
		to += int64(len(f.data))
	}
	if to < 0 {
		return 0, errors.New("seek before the file")
	}
	f.at = to
	return to, nil
}
