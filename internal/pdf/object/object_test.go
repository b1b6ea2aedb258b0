package object

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// values draws what a PDF may hold, as it comes back when read.
func values(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kinds := 8
		if depth == 0 {
			kinds = 6
		}
		switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
		case 0:
			return rapid.Bool().Draw(t, "bool")
		case 1:
			return rapid.IntRange(-1<<31, 1<<31).Draw(t, "int")
		case 2:
			// Three decimals are kept, and a whole number comes back as int.
			n := rapid.IntRange(-1_000_000, 1_000_000).Filter(func(n int) bool { return n%1000 != 0 }).Draw(t, "thousandths")
			return float64(n) / 1000
		case 3:
			return Name(rapid.StringN(1, 8, 20).Filter(func(s string) bool { return !bytes.ContainsRune([]byte(s), 0) }).Draw(t, "name"))
		case 4:
			return String(rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "string"))
		case 5:
			return Ref{rapid.IntRange(1, 1000).Draw(t, "num"), 0}
		case 6:
			a := Array{}
			for range rapid.IntRange(0, 4).Draw(t, "len") {
				a = append(a, values(depth-1).Draw(t, "item"))
			}
			return a
		default:
			d := &Dict{}
			for i := range rapid.IntRange(0, 4).Draw(t, "len") {
				d.Set(Name(fmt.Sprintf("K%d", i)), values(depth-1).Draw(t, "value"))
			}
			return d
		}
	})
}

func same(a, b any) bool {
	switch x := a.(type) {
	case float64:
		y, ok := b.(float64)
		return ok && math.Abs(x-y) < 1e-9
	case Array:
		y, ok := b.(Array)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !same(x[i], y[i]) {
				return false
			}
		}
		return true
	case *Dict:
		y, ok := b.(*Dict)
		if !ok || len(x.Pairs) != len(y.Pairs) {
			return false
		}
		for i := range x.Pairs {
			if x.Pairs[i].Key != y.Pairs[i].Key || !same(x.Pairs[i].Value, y.Pairs[i].Value) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a, b)
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(3).Draw(t, "value")
		l := Lexer{Data: Append(nil, v), Refs: true}
		got, err := l.Next()
		if err != nil || !same(v, got) || !l.End() {
			t.Fatalf("%s is read as %#v, %v", Append(nil, v), got, err)
		}
	})
}

func TestDraftComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &Draft{Version: "1.7", Objects: []any{nil}}
		for range rapid.IntRange(1, 600).Draw(t, "objects") {
			if rapid.IntRange(0, 20).Draw(t, "stream") == 0 {
				d.Add(Deflated(&Dict{}, rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "data")))
				continue
			}
			d.Add(values(1).Draw(t, "object"))
		}
		d.Root = Ref{Num: 1}
		data := d.Bytes([]byte("0123456789abcdef"))
		f, err := Open(data)
		if err != nil {
			t.Fatal(err)
		}
		for n := 1; n < len(d.Objects); n++ {
			want, got := d.Objects[n], f.Get(n)
			if s, ok := want.(*Stream); ok {
				r, ok := got.(*Stream)
				if !ok || !bytes.Equal(s.Data, r.Data) {
					t.Fatalf("stream %d", n)
				}
				continue
			}
			if !same(want, got) {
				t.Fatalf("object %d: %#v, want %#v", n, got, want)
			}
		}
	})
}

func TestSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	d := &Draft{Version: "1.7", Objects: []any{nil}, Root: Ref{Num: 1}}
	for i := range 2000 {
		d.Add(NewDict("N", i, "Text", Text("été")))
	}
	want := d.Bytes(nil)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, n := range []int{1, 3, 8} {
		runtime.GOMAXPROCS(n)
		if !bytes.Equal(want, d.Bytes(nil)) {
			t.Errorf("other bytes on %d", n)
		}
	}
}

func TestSyntax(t *testing.T) {
	for text, want := range map[string]any{
		"(a\\(b\\)\\101\\n(c))":      String("a(b)A\n(c)"),
		"(a\\\nb)":                   String("ab"),
		"<4 1 4>":                    String("A@"),
		"/A#20B":                     Name("A B"),
		"/#zz":                       Name("#zz"),
		"% remark\n12":               12,
		"-.5":                        -0.5,
		"+7":                         7,
		"1 0 R":                      Ref{1, 0},
		"[1 0 R 2]":                  Array{Ref{1, 0}, 2},
		"[1 0 Re]":                   Array{1, 0, Keyword("Re")},
		"<< /A << /B [ null ] >> >>": NewDict("A", NewDict("B", Array{nil})),
		"BT":                         Keyword("BT"),
	} {
		l := Lexer{Data: []byte(text), Refs: true}
		if got, err := l.Next(); err != nil || !same(want, got) {
			t.Errorf("%s is read as %#v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "(", "<41", "[1", "<</A", "<<1 2>>", ")", "]", ">", string(bytes.Repeat([]byte("["), 100000))} {
		l := Lexer{Data: []byte(text)}
		if v, err := l.Next(); err == nil {
			t.Errorf("%.20q is read as %#v", text, v)
		}
	}
}

// classic is a file as gopdf and old programs write it.
const classic = "%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Length 3 0 R>>\nstream\nabc\nendstream\nendobj\n3 0 obj\n3\nendobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n0000000109 00000 n \ntrailer\n<</Root 1 0 R /Size 4>>\nstartxref\n126\n%%EOF\n"

func TestClassicFile(t *testing.T) {
	f, err := Open([]byte(classic))
	if err != nil {
		t.Fatal(err)
	}
	if f.Name(f.Dict(f.Trailer.Get("Root")).Get("Type")) != "Catalog" {
		t.Error("no catalog")
	}
	if s, ok := f.Get(2).(*Stream); !ok || string(s.Data) != "abc" {
		t.Errorf("%#v", f.Get(2))
	}
	if f.Get(0) != nil || f.Get(9) != nil || f.Get(-1) != nil {
		t.Error("objects from nowhere")
	}
}

func TestText(t *testing.T) {
	for _, s := range []string{"", "ASCII", "été", "日本", "𝄞 clef", "()\\"} {
		if got := Text(s).Decode(); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
	if got := (String("\xef\xbb\xbfété")).Decode(); got != "été" {
		t.Errorf("%q", got)
	}
}

func TestPredictors(t *testing.T) {
	f := &File{}
	parms := NewDict("Predictor", 15, "Colors", 1, "Columns", 3)
	rows := []byte{0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1}
	got, err := f.Decode(&Stream{Dict: NewDict("Filter", Name("FlateDecode"), "DecodeParms", parms), Data: Deflate(rows)})
	want := []byte{1, 2, 3, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5}
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, want %v (%v)", got, want, err)
	}
	for _, bad := range [][]byte{{9, 1, 2, 3}, {0, 1}} {
		if _, err := f.Decode(&Stream{Dict: NewDict("Filter", Name("FlateDecode"), "DecodeParms", parms), Data: Deflate(bad)}); err == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(classic))
	d := &Draft{Version: "1.7", Objects: []any{nil, NewDict("A", 1)}, Root: Ref{Num: 1}}
	f.Add(d.Bytes(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(data)
		if err != nil {
			return
		}
		for _, n := range file.Numbers() {
			if s, ok := file.Get(n).(*Stream); ok {
				_, _ = file.Decode(s)
			}
		}
	})
}
