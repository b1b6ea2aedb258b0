package object

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"sync"
)

// maxDecoded bounds what one stream may inflate to: a page of text is far
// under, a bomb is stopped.
const maxDecoded = 512 << 20

// ErrFilter says that a stream is encoded in a way not read here.
var ErrFilter = errors.New("filter not supported")

// Decode gives the data of s without its filters. Pictures filtered by
// DCTDecode come back still as JPEG.
func (f *File) Decode(s *Stream) ([]byte, error) { return f.decode(s, f.Resolve) }

func (f *File) decode(s *Stream, resolve func(any) any) ([]byte, error) {
	var filters Array
	switch v := resolve(s.Dict.Get("Filter")).(type) {
	case nil:
		return s.Data, nil
	case Name:
		filters = Array{v}
	case Array:
		filters = v
	default:
		return nil, ErrFilter
	}
	data := s.Data
	for i, v := range filters {
		name, _ := resolve(v).(Name)
		switch name {
		case "FlateDecode":
			var err error
			if data, err = Inflate(data); err != nil {
				return nil, err
			}
			parms := resolve(s.Dict.Get("DecodeParms"))
			if list, ok := parms.(Array); ok && i < len(list) {
				parms = resolve(list[i])
			}
			if d, ok := parms.(*Dict); ok {
				if data, err = unpredict(data, d, resolve); err != nil {
					return nil, err
				}
			}
		case "DCTDecode":
			return data, nil
		default:
			return nil, fmt.Errorf("%s: %w", name, ErrFilter)
		}
	}
	return data, nil
}

var inflaters sync.Pool

// Inflate undoes Deflate; it refuses data that grow beyond reason.
func Inflate(data []byte) ([]byte, error) {
	// A reader has a window of 32 kB: each is used again.
	r, ok := inflaters.Get().(io.ReadCloser)
	var err error
	if ok {
		err = r.(zlib.Resetter).Reset(bytes.NewReader(data), nil)
	} else {
		r, err = zlib.NewReader(bytes.NewReader(data))
	}
	if err != nil {
		return nil, err
	}
	defer inflaters.Put(r)
	var out bytes.Buffer
	out.Grow(min(4*len(data), 1<<20))
	n, err := io.Copy(&out, io.LimitReader(r, maxDecoded+1))
	if err != nil {
		return nil, err
	}
	if n > maxDecoded {
		return nil, errors.New("stream inflates beyond reason")
	}
	return out.Bytes(), nil
}

// Deflate compresses data as FlateDecode streams are.
func Deflate(data []byte) []byte { return newDeflater().deflate(data) }

// deflater compresses one thing after the other; making one costs a megabyte.
type deflater struct{ w *zlib.Writer }

func newDeflater() *deflater {
	w, err := zlib.NewWriterLevel(io.Discard, zlib.DefaultCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &deflater{w}
}

func (d *deflater) deflate(data []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(data)/3 + 64)
	d.w.Reset(&out)
	// Writing to a buffer in memory cannot fail.
	_, _ = d.w.Write(data)
	_ = d.w.Close()
	return out.Bytes()
}

// unpredict undoes the PNG predictors.
func unpredict(data []byte, d *Dict, resolve func(any) any) ([]byte, error) {
	whole := func(v any) int {
		n, _ := Number(resolve(v))
		return int(n)
	}
	predictor := whole(d.Get("Predictor"))
	if predictor < 2 {
		return data, nil
	}
	if predictor < 10 {
		return nil, ErrFilter
	}
	colors, bits, columns := 1, 8, 1
	for _, p := range []struct {
		key Name
		to  *int
	}{{"Colors", &colors}, {"BitsPerComponent", &bits}, {"Columns", &columns}} {
		if v := resolve(d.Get(p.key)); v != nil {
			*p.to = whole(v)
		}
	}
	if colors < 1 || colors > 32 || bits < 1 || bits > 16 || columns < 1 || columns > 1<<20 {
		return nil, ErrSyntax
	}
	pixel := max(1, colors*bits/8)
	row := (colors*bits*columns + 7) / 8
	out := make([]byte, 0, len(data))
	prior := make([]byte, row)
	for len(data) > 0 {
		if len(data) < row+1 {
			return nil, ErrSyntax
		}
		kind, line := data[0], data[1:row+1]
		start := len(out)
		out = append(out, line...)
		cur := out[start:]
		if err := unfilter(kind, cur, prior, pixel); err != nil {
			return nil, err
		}
		prior = cur
		data = data[row+1:]
	}
	return out, nil
}

func unfilter(kind byte, cur, prior []byte, pixel int) error {
	for i := range cur {
		var a, b, c byte
		if i >= pixel {
			a, c = cur[i-pixel], prior[i-pixel]
		}
		b = prior[i]
		switch kind {
		case 0:
		case 1:
			cur[i] += a
		case 2:
			cur[i] += b
		case 3:
			cur[i] += byte((int(a) + int(b)) / 2)
		case 4:
			cur[i] += paeth(a, b, c)
		default:
			return ErrSyntax
		}
	}
	return nil
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
