package form

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"repertoire/internal/pdf/object"
)

// Bounds of what is read of a printed form.
const (
	printedPages = 100
	printedText  = 200_000
	deepForms    = 8
)

// pageTexts gives the text of a file line by line, what was typed over it too:
// forms come back printed into another PDF, with notes put on them.
func pageTexts(file *object.File) string {
	var out strings.Builder
	n := 0
	var walk func(v any, resources *object.Dict, depth int)
	walk = func(v any, resources *object.Dict, depth int) {
		node := file.Dict(v)
		if node == nil || depth > deepest || n >= printedPages || out.Len() > printedText {
			return
		}
		if own := file.Dict(node.Get("Resources")); own != nil {
			resources = own
		}
		if kids := file.Array(node.Get("Kids")); kids != nil {
			for _, k := range kids {
				walk(k, resources, depth+1)
			}
			return
		}
		n++
		out.WriteString(onePage(file, node, resources))
	}
	walk(file.Dict(file.Trailer.Get("Root")).Get("Pages"), nil, 0)
	return out.String()
}

func onePage(file *object.File, page, resources *object.Dict) string {
	t := &typed{file: file, fonts: map[*object.Dict]*face{}}
	var content []byte
	parts, ok := file.Resolve(page.Get("Contents")).(object.Array)
	if !ok {
		parts = object.Array{page.Get("Contents")}
	}
	for _, p := range parts {
		if s, ok := file.Resolve(p).(*object.Stream); ok {
			if data, err := file.Decode(s); err == nil {
				content = append(append(content, data...), '\n')
			}
		}
	}
	t.run(content, resources, [6]float64{1, 0, 0, 1, 0, 0}, 0)
	lines := t.lines()
	for _, a := range file.Array(page.Get("Annots")) { // notes put over the page
		d := file.Dict(a)
		if s, ok := file.Resolve(d.Get("Contents")).(object.String); ok && file.Name(d.Get("Subtype")) != "Widget" &&
			file.Name(d.Get("Subtype")) != "Link" {
			if text := strings.TrimSpace(s.Decode()); text != "" {
				lines = append(lines, "[ajouté] "+text)
			}
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// piece is a run of text where it stands on the page.
type piece struct {
	x, y, end, size float64
	text            string
}

// face is what is needed of a font to read what it drew.
type face struct {
	wide  bool // two bytes a character
	text  map[int]string
	width map[int]float64
	usual float64
}

// typed reads what a content stream draws.
type typed struct {
	file   *object.File
	fonts  map[*object.Dict]*face
	pieces []piece
}

func times(a, b [6]float64) [6]float64 {
	return [6]float64{a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3], a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3],
		a[4]*b[0] + a[5]*b[2] + b[4], a[4]*b[1] + a[5]*b[3] + b[5]}
}

// run reads one content stream; at is where it is put.
func (t *typed) run(data []byte, resources *object.Dict, at [6]float64, depth int) {
	s := state{at: at}
	var stack []state
	var args []any
	l := object.Lexer{Data: data}
	for !l.End() && len(t.pieces) < printedText {
		v, err := l.Next()
		if err != nil {
			l.Pos++
			continue
		}
		op, ok := v.(object.Keyword)
		if !ok {
			if args = append(args, v); len(args) > 64 {
				args = args[1:]
			}
			continue
		}
		switch op {
		case "q":
			stack = append(stack, s)
		case "Q":
			if n := len(stack); n > 0 {
				s, stack = stack[n-1], stack[:n-1]
			}
		case "Do":
			t.form(args, resources, s.at, depth)
		case "Tf":
			if len(args) >= 2 {
				name, _ := args[len(args)-2].(object.Name)
				s.size, _ = object.Number(args[len(args)-1])
				s.face = t.face(t.file.Dict(t.file.Dict(resources.Get("Font")).Get(name)))
			}
		case "ID": // the bytes of a picture in the page
			if i := strings.Index(string(l.Data[l.Pos:]), "EI"); i >= 0 {
				l.Pos += i + 2
			}
		default:
			s.operate(t, string(op), args)
		}
		args = args[:0]
	}
}

// form reads a form that is drawn on the page.
func (t *typed) form(args []any, resources *object.Dict, at [6]float64, depth int) {
	if len(args) == 0 || depth >= deepForms {
		return
	}
	name, _ := args[len(args)-1].(object.Name)
	x, ok := t.file.Resolve(t.file.Dict(resources.Get("XObject")).Get(name)).(*object.Stream)
	if !ok || t.file.Name(x.Dict.Get("Subtype")) != "Form" {
		return
	}
	data, err := t.file.Decode(x)
	if err != nil {
		return
	}
	if m := six(t.file.Array(x.Dict.Get("Matrix"))); m != nil {
		at = times(*m, at)
	}
	if own := t.file.Dict(x.Dict.Get("Resources")); own != nil {
		resources = own
	}
	t.run(data, resources, at, depth+1)
}

func six(args []any) *[6]float64 {
	if len(args) < 6 {
		return nil
	}
	var m [6]float64
	for i := range m {
		m[i], _ = object.Number(args[len(args)-6+i])
	}
	return &m
}

// face reads a font's characters and widths.
func (t *typed) face(d *object.Dict) *face {
	if d == nil {
		return nil
	}
	if f, ok := t.fonts[d]; ok {
		return f
	}
	f := &face{text: map[int]string{}, width: map[int]float64{}, usual: 500, wide: t.file.Name(d.Get("Subtype")) == "Type0"}
	t.fonts[d] = f
	if !f.wide {
		for b := 32; b < 256; b++ {
			f.text[b] = string(charmap.Windows1252.DecodeByte(byte(b)))
		}
		first := t.file.Int(d.Get("FirstChar"))
		for i, w := range t.file.Array(d.Get("Widths")) {
			f.width[first+i], _ = object.Number(t.file.Resolve(w))
		}
	} else if kids := t.file.Array(d.Get("DescendantFonts")); len(kids) > 0 {
		t.glyphWidths(f, t.file.Dict(kids[0]))
	}
	if s, ok := t.file.Resolve(d.Get("ToUnicode")).(*object.Stream); ok {
		if data, err := t.file.Decode(s); err == nil {
			f.unicode(data)
		}
	}
	return f
}

func (t *typed) glyphWidths(f *face, d *object.Dict) {
	f.usual = 1000
	if w, ok := object.Number(t.file.Resolve(d.Get("DW"))); ok {
		f.usual = w
	}
	list := t.file.Array(d.Get("W"))
	for i := 0; i+1 < len(list); {
		first := t.file.Int(list[i])
		if run := t.file.Array(list[i+1]); run != nil {
			for k, w := range run {
				f.width[first+k], _ = object.Number(t.file.Resolve(w))
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			return
		}
		w, _ := object.Number(t.file.Resolve(list[i+2]))
		for k := first; k <= min(t.file.Int(list[i+1]), first+0xffff); k++ {
			f.width[k] = w
		}
		i += 3
	}
}

// unicode reads a ToUnicode map.
func (f *face) unicode(data []byte) {
	l := object.Lexer{Data: data}
	var args []any
	for !l.End() {
		v, err := l.Next()
		if err != nil {
			l.Pos++
			continue
		}
		switch v {
		case object.Keyword("beginbfchar"), object.Keyword("beginbfrange"):
			args = args[:0]
		case object.Keyword("endbfchar"):
			for i := 0; i+1 < len(args); i += 2 {
				if to, ok := args[i+1].(object.String); ok {
					f.text[code(args[i])] = object.DecodeUTF16(to)
				}
			}
		case object.Keyword("endbfrange"):
			for i := 0; i+2 < len(args); i += 3 {
				f.span(code(args[i]), code(args[i+1]), args[i+2])
			}
		default:
			args = append(args, v)
		}
	}
}

func (f *face) span(from, to int, v any) {
	for k := from; k <= min(to, from+0xffff); k++ {
		switch x := v.(type) {
		case object.String:
			r := []rune(object.DecodeUTF16(x))
			if len(r) > 0 {
				r[len(r)-1] += rune(k - from)
				f.text[k] = string(r)
			}
		case object.Array:
			if k-from < len(x) {
				if s, ok := x[k-from].(object.String); ok {
					f.text[k] = object.DecodeUTF16(s)
				}
			}
		}
	}
}

func code(v any) int {
	s, _ := v.(object.String)
	switch len(s) {
	case 1:
		return int(s[0])
	case 2:
		return int(binary.BigEndian.Uint16(s))
	}
	return 0
}

// state is what a page's text depends on.
type state struct {
	at, line, pen    [6]float64
	face             *face
	size, char, word float64
	leading          float64
}

func (s *state) operate(t *typed, op string, args []any) {
	number := func(i int) float64 { // from the end
		if i >= len(args) {
			return 0
		}
		v, _ := object.Number(args[len(args)-1-i])
		return v
	}
	move := func(x, y float64) {
		s.line = times([6]float64{1, 0, 0, 1, x, y}, s.line)
		s.pen = s.line
	}
	switch op {
	case "cm":
		if m := six(args); m != nil {
			s.at = times(*m, s.at)
		}
	case "BT":
		s.line = [6]float64{1, 0, 0, 1, 0, 0}
		s.pen = s.line
	case "Tm":
		if m := six(args); m != nil {
			s.line, s.pen = *m, *m
		}
	case "Td":
		move(number(1), number(0))
	case "TD":
		s.leading = -number(0)
		move(number(1), number(0))
	case "TL":
		s.leading = number(0)
	case "T*":
		move(0, -s.leading)
	case "Tc":
		s.char = number(0)
	case "Tw":
		s.word = number(0)
	case "'", "\"":
		move(0, -s.leading)
		s.show(t, args)
	case "Tj":
		s.show(t, args)
	case "TJ":
		if len(args) > 0 {
			list, _ := args[len(args)-1].(object.Array)
			s.show(t, list)
		}
	}
}

// show reads strings drawn one after the other, moved by the numbers between.
func (s *state) show(t *typed, list []any) {
	if s.face == nil || s.size == 0 {
		return
	}
	var b strings.Builder
	start := times(s.pen, s.at)
	for _, v := range list {
		if n, ok := object.Number(v); ok {
			s.pen = times([6]float64{1, 0, 0, 1, -n / 1000 * s.size, 0}, s.pen)
			if n < -180 {
				b.WriteByte(' ')
			}
			continue
		}
		text, _ := v.(object.String)
		step := 1
		if s.face.wide {
			step = 2
		}
		for i := 0; i+step <= len(text); i += step {
			c := code(text[i : i+step])
			b.WriteString(s.face.text[c])
			w, ok := s.face.width[c]
			if !ok {
				w = s.face.usual
			}
			w = w/1000*s.size + s.char
			if step == 1 && c == ' ' {
				w += s.word
			}
			s.pen = times([6]float64{1, 0, 0, 1, w, 0}, s.pen)
		}
	}
	end := times(s.pen, s.at)
	if text := b.String(); text != "" {
		size := s.size * math.Hypot(start[2], start[3])
		t.pieces = append(t.pieces, piece{start[4], start[5], end[4], size, text})
	}
}

// lines puts the pieces of a page in lines, from the top.
func (t *typed) lines() []string {
	slices.SortStableFunc(t.pieces, func(a, b piece) int {
		if math.Abs(a.y-b.y) > 2 {
			return cmp.Compare(b.y, a.y)
		}
		return cmp.Compare(a.x, b.x)
	})
	var out []string
	var b strings.Builder
	var last piece
	for i, p := range t.pieces {
		switch {
		case i == 0:
		case math.Abs(p.y-last.y) > 2:
			out = append(out, strings.TrimSpace(b.String()))
			b.Reset()
		case p.x-last.end > 3*p.size:
			b.WriteString("   ")
		case p.x-last.end > 0.15*p.size:
			b.WriteByte(' ')
		}
		b.WriteString(p.text)
		last = p
	}
	if out = append(out, strings.TrimSpace(b.String())); len(out) == 1 && out[0] == "" {
		return nil
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
