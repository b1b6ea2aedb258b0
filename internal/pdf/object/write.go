package object

import (
	"crypto/sha256"
	"fmt"
	"math"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
)

// perStream is how many objects share an object stream: enough to compress
// well, few enough that a reader opens little for one object.
const perStream = 250

// Append writes v in PDF syntax.
func Append(b []byte, v any) []byte {
	switch x := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, x)
	case int:
		return strconv.AppendInt(b, int64(x), 10)
	case float64:
		return AppendFloat(b, x)
	case Name:
		return appendName(b, x)
	case String:
		return appendString(b, x)
	case Ref:
		b = strconv.AppendInt(b, int64(x.Num), 10)
		b = append(b, ' ')
		b = strconv.AppendInt(b, int64(x.Gen), 10)
		return append(b, " R"...)
	case Raw:
		return append(b, x...)
	case Array:
		b = append(b, '[')
		for i, e := range x {
			if i > 0 {
				b = append(b, ' ')
			}
			b = Append(b, e)
		}
		return append(b, ']')
	case *Dict:
		b = append(b, "<<"...)
		for _, p := range x.Pairs {
			b = appendName(b, p.Key)
			b = append(b, ' ')
			b = Append(b, p.Value)
			b = append(b, '\n')
		}
		return append(b, ">>"...)
	}
	// A programming error: silence would write a broken file.
	panic(fmt.Sprintf("object: cannot write %T", v))
}

// AppendFloat writes f with at most three decimals, which is a thousandth of
// a point: finer than any press.
func AppendFloat(b []byte, f float64) []byte {
	n := int64(math.Round(f * 1000))
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/1000, 10)
	if n %= 1000; n != 0 {
		digits := [4]byte{'.', byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)}
		last := 4
		for digits[last-1] == '0' {
			last--
		}
		b = append(b, digits[:last]...)
	}
	return b
}

func appendName(b []byte, n Name) []byte {
	b = append(b, '/')
	for i := 0; i < len(n); i++ {
		c := n[i]
		if c <= ' ' || c > '~' || c == '#' || isDelimiter(c) {
			b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
			continue
		}
		b = append(b, c)
	}
	return b
}

const hexDigits = "0123456789ABCDEF"

func appendString(b []byte, s String) []byte {
	for _, c := range s {
		if c < ' ' || c > '~' {
			return AppendHex(b, s)
		}
	}
	b = append(b, '(')
	for _, c := range s {
		if c == '(' || c == ')' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return append(b, ')')
}

// AppendHex writes s as a hexadecimal string.
func AppendHex(b []byte, s []byte) []byte {
	b = append(b, '<')
	for _, c := range s {
		b = append(b, hexDigits[c>>4], hexDigits[c&15])
	}
	return append(b, '>')
}

// Deflated makes a stream of data, compressed when that makes it smaller.
func Deflated(d *Dict, data []byte) *Stream { return newDeflater().stream(d, data) }

// DeflatedAll makes a stream of each of data, on all processors.
func DeflatedAll(data [][]byte) []*Stream {
	out := make([]*Stream, len(data))
	parallel(len(data), func(i int, z *deflater) { out[i] = z.stream(&Dict{}, data[i]) })
	return out
}

func (z *deflater) stream(d *Dict, data []byte) *Stream {
	if small := z.deflate(data); len(small) < len(data) {
		d.Set("Filter", Name("FlateDecode"))
		data = small
	}
	return &Stream{Dict: d, Data: data}
}

// Draft is a document about to be written: Objects[n] is object n, Objects[0]
// is unused.
type Draft struct {
	Version    string // "1.7"
	Objects    []any
	Root, Info Ref
}

// Add appends an object.
func (d *Draft) Add(v any) Ref {
	d.Objects = append(d.Objects, v)
	return Ref{Num: len(d.Objects) - 1}
}

// perDigest is how many objects are hashed together.
const perDigest = 1000

// Digest is the hash of every object, from which identifiers are made: the
// same content bears the same name.
func (d *Draft) Digest() [32]byte {
	sums := make([][32]byte, (len(d.Objects)+perDigest-1)/perDigest)
	each(len(sums), func(k int) {
		h := sha256.New()
		var b []byte
		for n := max(1, k*perDigest); n < min((k+1)*perDigest, len(d.Objects)); n++ {
			b = append(strconv.AppendInt(b, int64(n), 10), ' ')
			s, ok := d.Objects[n].(*Stream)
			if ok {
				b = Append(b, s.Dict)
			} else {
				b = Append(b, d.Objects[n])
			}
			if ok || len(b) > 1<<14 {
				h.Write(b)
				b = b[:0]
			}
			if ok {
				h.Write(s.Data)
			}
		}
		h.Write(b)
		h.Sum(sums[k][:0])
	})
	h := sha256.New()
	for i := range sums {
		h.Write(sums[i][:])
	}
	var out [32]byte
	h.Sum(out[:0])
	return out
}

// Bytes writes the file: streams as they are, everything else in object
// streams, then a cross-reference stream. id becomes both halves of /ID.
func (d *Draft) Bytes(id []byte) []byte {
	objects := append([]any(nil), d.Objects...)
	packed := make([]int, len(objects)) // number of the object stream, 0 for none
	index := make([]int, len(objects))
	var loose []int
	for n := 1; n < len(objects); n++ {
		if _, ok := objects[n].(*Stream); !ok {
			loose = append(loose, n)
		}
	}
	batches := (len(loose) + perStream - 1) / perStream
	first := len(objects)
	objects = append(objects, make([]any, batches)...)
	parallel(batches, func(k int, z *deflater) {
		batch := loose[k*perStream : min((k+1)*perStream, len(loose))]
		for i, n := range batch {
			packed[n], index[n] = first+k, i
		}
		objects[first+k] = pack(d.Objects, batch, z)
	})

	out := make([]byte, 0, 1<<20)
	out = append(out, "%PDF-"+d.Version+"\n%\xe2\xe3\xcf\xd3\n"...)
	offsets := make([]int, len(objects)+1)
	for n := 1; n < len(objects); n++ {
		s, ok := objects[n].(*Stream)
		if !ok {
			continue
		}
		offsets[n] = len(out)
		out = appendStream(out, n, s)
	}
	xref := len(objects)
	offsets[xref] = len(out)
	rows := []byte{0, 0, 0, 0, 0, 0, 0}
	for n := 1; n <= xref; n++ {
		if n < len(packed) && packed[n] != 0 {
			p, i := packed[n], index[n]
			rows = append(rows, 2, byte(p>>24), byte(p>>16), byte(p>>8), byte(p), byte(i>>8), byte(i))
			continue
		}
		o := offsets[n]
		rows = append(rows, 1, byte(o>>24), byte(o>>16), byte(o>>8), byte(o), 0, 0)
	}
	trailer := NewDict("Type", Name("XRef"), "Size", xref+1, "W", Array{1, 4, 2}, "Root", d.Root)
	if d.Info.Num != 0 {
		trailer.Set("Info", d.Info)
	}
	trailer.Set("ID", Array{Raw(AppendHex(nil, id)), Raw(AppendHex(nil, id))})
	out = appendStream(out, xref, Deflated(trailer, rows))
	return fmt.Appendf(out, "startxref\n%d\n%%%%EOF\n", offsets[xref])
}

func appendStream(out []byte, n int, s *Stream) []byte {
	d := &Dict{Pairs: append(append([]Pair(nil), s.Dict.Pairs...), Pair{"Length", len(s.Data)})}
	for i, p := range d.Pairs[:len(d.Pairs)-1] {
		if p.Key == "Length" {
			d.Pairs = append(d.Pairs[:i], d.Pairs[i+1:]...)
			break
		}
	}
	out = strconv.AppendInt(out, int64(n), 10)
	out = append(out, " 0 obj\n"...)
	out = Append(out, d)
	out = append(out, "\nstream\n"...)
	out = append(out, s.Data...)
	return append(out, "\nendstream\nendobj\n"...)
}

func pack(objects []any, batch []int, z *deflater) *Stream {
	var head, body []byte
	for _, n := range batch {
		head = strconv.AppendInt(head, int64(n), 10)
		head = append(head, ' ')
		head = strconv.AppendInt(head, int64(len(body)), 10)
		head = append(head, ' ')
		body = append(Append(body, objects[n]), '\n')
	}
	d := NewDict("Type", Name("ObjStm"), "N", len(batch), "First", len(head))
	return z.stream(d, append(head, body...))
}

// parallel runs f for 0…n-1 on all processors, each with a deflater of its
// own; a call must write only its own result, so that the order of running
// never shows.
func parallel(n int, f func(i int, z *deflater)) {
	var pool sync.Pool
	each(n, func(i int) {
		z, ok := pool.Get().(*deflater)
		if !ok {
			z = newDeflater()
		}
		f(i, z)
		pool.Put(z)
	})
}

// each runs f for 0…n-1 on all processors; a call must write only its own result.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}
