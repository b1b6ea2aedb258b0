package form

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"sync"
)

// packed is a part of a workbook as the archive holds it.
type packed struct {
	data []byte
	size int
	sum  uint32
}

// keptParts is how many parts are kept that are the same in many workbooks:
// styles, lists of words, sheets where nothing stands yet, in every language.
const keptParts = 128

// packing compresses parts; those that come again it has ready.
type packing struct {
	mu   sync.Mutex
	kept map[string]packed
	free sync.Pool // of *flate.Writer
}

// pack compresses a part. shared says that other workbooks have the same.
func (p *packing) pack(part []byte, shared bool) (packed, error) {
	if shared {
		p.mu.Lock()
		x, ok := p.kept[string(part)]
		p.mu.Unlock()
		if ok {
			return x, nil
		}
	}
	var out bytes.Buffer
	w, _ := p.free.Get().(*flate.Writer)
	if w == nil {
		var err error
		if w, err = flate.NewWriter(&out, flate.BestSpeed); err != nil {
			return packed{}, err
		}
	}
	w.Reset(&out)
	if _, err := w.Write(part); err != nil {
		return packed{}, err
	}
	if err := w.Close(); err != nil {
		return packed{}, err
	}
	p.free.Put(w)
	x := packed{out.Bytes(), len(part), crc32.ChecksumIEEE(part)}
	if shared {
		p.mu.Lock()
		if p.kept == nil || len(p.kept) >= keptParts {
			p.kept = map[string]packed{}
		}
		p.kept[string(part)] = x
		p.mu.Unlock()
	}
	return x, nil
}

// archive is a workbook being written; the first error stays.
type archive struct {
	packing *packing
	out     bytes.Buffer
	zip     *zip.Writer
	err     error
}

func (p *packing) open() *archive {
	a := &archive{packing: p}
	a.zip = zip.NewWriter(&a.out)
	return a
}

func (a *archive) add(name string, part []byte, shared bool) {
	if a.err != nil {
		return
	}
	var x packed
	if x, a.err = a.packing.pack(part, shared); a.err != nil {
		return
	}
	w, err := a.zip.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: x.sum, CompressedSize64: uint64(len(x.data)),
		UncompressedSize64: uint64(x.size)})
	if err == nil {
		_, err = w.Write(x.data)
	}
	a.err = err
}

func (a *archive) close() ([]byte, error) {
	if a.err == nil {
		a.err = a.zip.Close()
	}
	return a.out.Bytes(), a.err
}
