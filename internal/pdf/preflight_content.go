package pdf

import (
	"encoding/binary"
	"sync/atomic"

	"repertoire/internal/pdf/object"
)

// paint is a colour of the graphics state.
type paint struct {
	space  object.Name // DeviceGray, DeviceRGB, DeviceCMYK, Separation, ICC3, ICC4…
	values [4]float64
}

// state is the graphics state, as far as the checks need it.
type state struct {
	ctm          [6]float64
	fill, stroke paint
	width        float64
	overprint    bool // of fills
	font         *fontFacts
	mode         int // text rendering mode
}

// reader interprets the content of one page after the other.
type reader struct {
	in    *inspection
	page  int
	facts *pageFacts
	state
	stack []state
	tm    [6]float64 // text matrix
	line  [6]float64
	marks []int // MCIDs open: -1 for an artifact, -2 for a span without one
	said  map[string]bool
	depth int

	findings []finding
	shown    map[*fontFacts]map[uint16]bool // codes that were looked at
	glyphs   bool                           // a glyph was found wanting
	known    map[string]any
	args     []any
}

func (in *inspection) newReader() *reader {
	return &reader{in: in, shown: map[*fontFacts]map[uint16]bool{}, known: map[string]any{}}
}

var identity = [6]float64{1, 0, 0, 1, 0, 0}

// multiply gives a·b, a applied first.
func multiply(a, b [6]float64) [6]float64 {
	return [6]float64{
		a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3],
		a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3],
		a[4]*b[0] + a[5]*b[2] + b[4], a[4]*b[1] + a[5]*b[3] + b[5],
	}
}

// readPages interprets the content of all pages, on all processors: nothing of a
// sound page concerns another. What a font or its first sign lacks is said on the
// first page that shows it, so that a file in which any lacks something is read
// again in order.
func (in *inspection) readPages() {
	before := len(in.findings)
	readers := make([]*reader, len(in.pages))
	idle := make(chan *reader, len(in.pages))
	found := make([][]finding, len(in.pages))
	var broken atomic.Bool
	parallel(len(in.pages), func(i int) {
		// A panic here would end the program, not the examination.
		defer func() {
			if recover() != nil {
				broken.Store(true)
			}
		}()
		var r *reader
		select {
		case r = <-idle:
		default:
			r = in.newReader()
		}
		r.read(i)
		readers[i], found[i] = r, r.findings
		idle <- r
	})
	again := broken.Load() || len(in.findings) > before
	for _, r := range readers {
		again = again || r != nil && r.glyphs
	}
	if !again {
		for _, f := range found {
			in.findings = append(in.findings, f...)
		}
		return
	}
	in.findings = in.findings[:before]
	clear(in.fonts)
	clear(in.images)
	r := in.newReader()
	for i := range in.pages {
		r.read(i)
		in.findings = append(in.findings, r.findings...)
	}
}

// read interprets the content of page i.
func (r *reader) read(i int) {
	in, p := r.in, r.in.pages[i]
	*r = reader{in: in, page: i, facts: p, said: map[string]bool{}, shown: r.shown, glyphs: r.glyphs, known: r.known, args: r.args[:0],
		stack: r.stack[:0], marks: r.marks[:0]}
	p.clear()
	var data []byte
	list := in.file.Array(p.dict.Get("Contents"))
	if list == nil {
		list = object.Array{p.dict.Get("Contents")}
	}
	for _, v := range list {
		s, ok := in.file.Resolve(v).(*object.Stream)
		if !ok {
			continue
		}
		part, err := in.file.Decode(s)
		if err != nil {
			r.found(checkContent, "Le contenu de la page est illisible.")
			return
		}
		if len(list) == 1 {
			data = part
			break
		}
		data = append(append(data, part...), '\n')
	}
	r.ctm = identity
	r.width = 1
	r.fill.space, r.stroke.space = "DeviceGray", "DeviceGray"
	r.run(data, p.resources)
	if len(r.stack) != 0 || len(r.marks) != 0 {
		r.found(checkContent, "Le contenu de la page laisse des états ou des balises ouverts.")
	}
}

func (r *reader) run(data []byte, resources *object.Dict) {
	l := object.Lexer{Data: data, Known: r.known}
	args := r.args[:0]
	if r.depth > 0 {
		args = nil // the form's own
	}
	var nums operands
	for {
		if n, ok := l.Plain(); ok {
			nums.add(n)
			continue
		}
		if l.End() {
			break
		}
		v, err := l.Next()
		if err != nil {
			r.once(checkContent, "Le contenu de la page est mal écrit.")
			return
		}
		op, ok := v.(object.Keyword)
		if !ok {
			if n, ok := object.Number(v); ok {
				nums.add(n)
			} else if args = append(args, v); len(args) > 100_000 {
				return
			}
			continue
		}
		if op == "BI" {
			r.once(checkContent, "La page contient une image en ligne, qui n'est pas examinée.")
			return
		}
		r.operator(string(op), nums.n, args, resources)
		args, nums = args[:0], operands{}
	}
	if r.depth == 0 {
		r.args = args
	}
}

// operands are the first numbers before an operator; nothing here needs more.
type operands struct {
	n    [6]float64
	many int
}

func (o *operands) add(n float64) {
	if o.many < len(o.n) {
		o.n[o.many] = n
		o.many++
	}
}

// found notes a defect of the page.
func (r *reader) found(name, detail string) {
	r.findings = append(r.findings, finding{name: name, page: r.page, detail: detail})
}

// once notes a defect of the page a single time.
func (r *reader) once(name, detail string) {
	if !r.said[name+detail] {
		r.said[name+detail] = true
		r.found(name, detail)
	}
}

// at notes a defect at the place the current matrix gives to x, y.
func (r *reader) at(name string, warning bool, x, y float64, detail string) {
	if r.said[name+detail] {
		return
	}
	r.said[name+detail] = true
	m := r.ctm
	r.findings = append(r.findings, finding{name: name, warning: warning, page: r.page, placed: true, detail: detail,
		x: x*m[0] + y*m[2] + m[4], y: x*m[1] + y*m[3] + m[5]})
}

// numbers gives the numbers of args, missing ones 0.
func numbers(args []any) [6]float64 {
	var out [6]float64
	k := 0
	for _, a := range args {
		if n, ok := object.Number(a); ok && k < 6 {
			out[k] = n
			k++
		}
	}
	return out
}

func (r *reader) operator(op string, n [6]float64, args []any, resources *object.Dict) {
	switch op {
	case "q":
		if len(r.stack) < 1000 {
			r.stack = append(r.stack, r.state)
		}
	case "Q":
		if len(r.stack) == 0 {
			r.once(checkContent, "La page ferme un état qu'elle n'a pas ouvert.")
			return
		}
		r.state, r.stack = r.stack[len(r.stack)-1], r.stack[:len(r.stack)-1]
	case "cm":
		r.ctm = multiply(n, r.ctm)
	case "w":
		r.width = n[0]
	case "gs":
		r.graphicsState(args, resources)
	case "g", "rg", "k", "cs", "sc", "scn":
		r.setColor(&r.fill, op, n, args, resources)
	case "G", "RG", "K", "CS", "SC", "SCN":
		r.setColor(&r.stroke, lower(op), n, args, resources)
	case "f", "F", "f*":
		r.painted(r.fill)
	case "S", "s":
		r.stroked()
	case "B", "B*", "b", "b*":
		r.painted(r.fill)
		r.stroked()
	case "sh":
		r.painted(paint{space: "Shading"})
	case "Do":
		r.external(args, resources)
	case "BT":
		r.tm, r.line = identity, identity
	case "Tf":
		if len(args) == 1 {
			if name, ok := args[0].(object.Name); ok {
				r.font = r.in.font(r.in.file.Dict(resources.Get("Font")).Get(name), r.page)
			}
		}
	case "Tr":
		r.mode = int(n[0])
	case "Tm":
		r.tm, r.line = n, n
	case "Td", "TD":
		r.line = multiply([6]float64{1, 0, 0, 1, n[0], n[1]}, r.line)
		r.tm = r.line
	case "Tj", "'", "\"", "TJ":
		r.show(args)
	case "BDC", "BMC":
		r.open(args, resources)
	case "EMC":
		if len(r.marks) == 0 {
			r.once(checkContent, "La page ferme une balise qu'elle n'a pas ouverte.")
			return
		}
		r.marks = r.marks[:len(r.marks)-1]
	}
}

func lower(op string) string {
	b := []byte(op)
	for i := range b {
		b[i] |= 0x20
	}
	return string(b)
}

func (r *reader) graphicsState(args []any, resources *object.Dict) {
	if len(args) != 1 {
		return
	}
	name, _ := args[0].(object.Name)
	d := r.in.file.Dict(r.in.file.Dict(resources.Get("ExtGState")).Get(name))
	if d == nil {
		r.once(checkContent, "La page appelle un état graphique qui n'existe pas.")
		return
	}
	if op, ok := r.in.file.Resolve(d.Get("OP")).(bool); ok {
		r.overprint = op
	}
	if op, ok := r.in.file.Resolve(d.Get("op")).(bool); ok {
		r.overprint = op
	}
	for _, key := range []object.Name{"ca", "CA"} {
		if a, ok := object.Number(r.in.file.Resolve(d.Get(key))); ok && a < 1 {
			r.once(checkTransparency, "La page emploie de la transparence.")
		}
	}
	if _, ok := r.in.file.Resolve(d.Get("SMask")).(*object.Dict); ok {
		r.once(checkTransparency, "La page emploie un masque de transparence.")
	}
	if mode := r.in.file.Name(d.Get("BM")); mode != "" && mode != "Normal" && mode != "Compatible" {
		r.once(checkTransparency, "La page emploie un mode de fusion.")
	}
}

// tagged checks that what is painted belongs to an element or an artifact.
func (r *reader) tagged() {
	if r.in.variant != Digital {
		return
	}
	for _, m := range r.marks {
		if m != -2 {
			return
		}
	}
	r.once(checkTags, "La page montre un contenu qui n'a pas de balise.")
}

// mcid gives the innermost element open, -1 for none.
func (r *reader) mcid() int {
	for i := len(r.marks) - 1; i >= 0; i-- {
		if r.marks[i] != -2 {
			return r.marks[i]
		}
	}
	return -1
}

// open follows BMC and BDC.
func (r *reader) open(args []any, resources *object.Dict) {
	mark := -2
	if len(args) > 0 && args[0] == object.Name("Artifact") {
		mark = -1
	}
	if len(args) > 1 {
		d, _ := args[1].(*object.Dict)
		if name, ok := args[1].(object.Name); ok {
			d = r.in.file.Dict(r.in.file.Dict(resources.Get("Properties")).Get(name))
		}
		if id, ok := r.in.file.Resolve(d.Get("MCID")).(int); ok && id >= 0 {
			mark = id
			if r.facts.mcids[id] {
				r.once(checkTags, "Deux contenus de la page portent le même numéro de balise.")
			}
			r.facts.mcids[id] = true
		}
	}
	r.marks = append(r.marks, mark)
}

// show follows the glyphs of a text operator.
func (r *reader) show(args []any) {
	if r.font == nil {
		r.once(checkFonts, "La page montre du texte sans police.")
		return
	}
	if r.mode != 3 {
		r.painted(r.fill)
		r.judgeInk()
	}
	start := len(r.facts.text)
	for _, a := range args {
		if list, ok := a.(object.Array); ok {
			for _, v := range list {
				r.string(v)
			}
			continue
		}
		r.string(a)
	}
	if id := r.mcid(); id >= 0 {
		r.facts.said(id, start)
	}
	r.facts.text = append(r.facts.text, '\n')
}

// string follows the glyphs of a string.
func (r *reader) string(v any) {
	s, ok := v.(object.String)
	if !ok {
		return
	}
	if !r.font.composite {
		r.facts.text = append(r.facts.text, s.Decode()...)
		return
	}
	for i := 0; i+1 < len(s); i += 2 {
		r.facts.text = append(r.facts.text, r.glyph(binary.BigEndian.Uint16(s[i:]))...)
	}
}

// glyph gives the text of a code and checks that the font draws it.
func (r *reader) glyph(code uint16) string {
	f := r.font
	text, known := f.text[code]
	shown := r.shown[f]
	if shown == nil {
		shown = map[uint16]bool{}
		r.shown[f] = shown
	}
	if shown[code] {
		return text
	}
	shown[code] = true
	x, y := r.tm[4], r.tm[5]
	if f.glyphs > 0 && int(code) >= f.glyphs {
		r.wanting(checkFonts, x, y, "La police "+f.name+" n'a pas tous les signes que la page emploie.")
	}
	if code == 0 {
		r.wanting(checkGlyphs, x, y, "Un caractère manque dans la police "+f.name+" : la page montre un signe vide.")
	} else if !known || text == "" || text == "\ufffd" {
		r.wanting(checkGlyphs, x, y, "Un signe de la police "+f.name+" n'est relié à aucun caractère.")
	}
	return text
}

// wanting notes what a glyph lacks.
func (r *reader) wanting(name string, x, y float64, detail string) {
	r.glyphs = true
	r.at(name, false, x, y, detail)
}
