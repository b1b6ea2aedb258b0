package pdf

import (
	"encoding/binary"

	"repertoire/internal/pdf/object"
	"repertoire/internal/pdf/truetype"
)

// fontFacts is what is known of a font in use.
type fontFacts struct {
	name      string
	composite bool
	text      map[uint16]string
	widths    map[uint16]float64
	glyphs    int // of the embedded program, 0 when unknown
}

// font reads a font once and checks how it is embedded.
func (in *inspection) font(v any, page int) *fontFacts {
	in.mu.Lock()
	defer in.mu.Unlock()
	ref, _ := v.(object.Ref)
	if f, ok := in.fonts[ref.Num]; ok && ref.Num != 0 {
		return f
	}
	d := in.file.Dict(v)
	f := &fontFacts{text: map[uint16]string{}, widths: map[uint16]float64{}}
	in.fonts[ref.Num] = f
	if d == nil {
		in.found(checkFonts, page, "Une police appelée par la page n'est pas dans le fichier.")
		return f
	}
	f.name = string(in.file.Name(d.Get("BaseFont")))
	descriptor := in.file.Dict(d.Get("FontDescriptor"))
	if in.file.Name(d.Get("Subtype")) == "Type0" {
		f.composite = true
		list := in.file.Array(d.Get("DescendantFonts"))
		if len(list) != 1 {
			in.found(checkFonts, page, "La police %s est mal construite.", f.name)
			return f
		}
		cid := in.file.Dict(list[0])
		descriptor = in.file.Dict(cid.Get("FontDescriptor"))
		in.cidFont(f, cid, page)
	}
	in.program(f, descriptor, page)
	if unicode, ok := in.file.Resolve(d.Get("ToUnicode")).(*object.Stream); ok {
		if data, err := in.file.Decode(unicode); err == nil {
			readToUnicode(data, f.text)
		}
	} else if f.composite {
		in.found(checkGlyphs, page, "La police %s ne dit pas quels caractères ses signes représentent.", f.name)
	}
	return f
}

func (in *inspection) cidFont(f *fontFacts, cid *object.Dict, page int) {
	if in.file.Name(cid.Get("Subtype")) == "CIDFontType2" && in.file.Resolve(cid.Get("CIDToGIDMap")) == nil {
		in.found(checkFonts, page, "La police %s n'indique pas sa table de signes (CIDToGIDMap).", f.name)
	}
	w := in.file.Array(cid.Get("W"))
	for i := 0; i+1 < len(w); {
		first := in.file.Int(w[i])
		if list := in.file.Array(w[i+1]); list != nil {
			for k, v := range list {
				n, _ := object.Number(in.file.Resolve(v))
				f.widths[uint16(first+k)] = n
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			break
		}
		last := in.file.Int(w[i+1])
		n, _ := object.Number(in.file.Resolve(w[i+2]))
		for c := first; c <= last && c <= 0xffff && c >= 0; c++ {
			f.widths[uint16(c)] = n
		}
		i += 3
	}
}

// program checks the embedded font file.
func (in *inspection) program(f *fontFacts, descriptor *object.Dict, page int) {
	var stream *object.Stream
	for _, key := range []object.Name{"FontFile2", "FontFile3", "FontFile"} {
		if s, ok := in.file.Resolve(descriptor.Get(key)).(*object.Stream); ok {
			stream = s
			if key != "FontFile2" {
				return
			}
			break
		}
	}
	if stream == nil {
		in.found(checkFonts, page, "La police %s n'est pas incorporée.", f.name)
		return
	}
	if in.ours && (len(f.name) < 8 || f.name[6] != '+') {
		in.found(checkFonts, page, "Le nom de la police %s ne dit pas qu'elle est un extrait.", f.name)
	}
	data, err := in.file.Decode(stream)
	if err != nil || len(data) < 12 {
		in.found(checkFonts, page, "La police %s est incorporée mais illisible.", f.name)
		return
	}
	tables := map[string][]byte{}
	n := int(binary.BigEndian.Uint16(data[4:]))
	for i := 0; i < n && 12+16*(i+1) <= len(data); i++ {
		e := data[12+16*i:]
		off, size := uint64(binary.BigEndian.Uint32(e[8:])), uint64(binary.BigEndian.Uint32(e[12:]))
		if off+size <= uint64(len(data)) {
			tables[string(e[:4])] = data[off : off+size]
		}
	}
	maxp, hhea, hmtx, head := tables["maxp"], tables["hhea"], tables["hmtx"], tables["head"]
	if len(maxp) < 6 || len(hhea) < 36 || len(head) < 54 || len(tables["glyf"]) == 0 {
		in.found(checkFonts, page, "La police %s est incorporée mais incomplète.", f.name)
		return
	}
	f.glyphs = int(binary.BigEndian.Uint16(maxp[4:]))
	if g := truetype.Emptied(head, tables["loca"], tables["glyf"], f.glyphs); g >= 0 {
		in.found(checkFonts, page, "Un signe de la police %s (n° %d) a perdu une partie de son dessin, un point ou un accent.", f.name, g)
	}
	units, metrics := float64(binary.BigEndian.Uint16(head[18:])), int(binary.BigEndian.Uint16(hhea[34:]))
	if units == 0 {
		return
	}
	for cid, w := range f.widths {
		g := min(int(cid), metrics-1)
		if g < 0 || 4*g+2 > len(hmtx) {
			continue
		}
		if own := float64(binary.BigEndian.Uint16(hmtx[4*g:])) * 1000 / units; own-w > 1 || w-own > 1 {
			in.found(checkFonts, page, "Les largeurs de la police %s ne sont pas celles de son dessin.", f.name)
			return
		}
	}
}

// readToUnicode reads the bfchar and bfrange entries of a CMap.
func readToUnicode(data []byte, text map[uint16]string) {
	l := object.Lexer{Data: data}
	var args []any
	for !l.End() {
		v, err := l.Next()
		if err != nil {
			return
		}
		word, ok := v.(object.Keyword)
		if !ok {
			args = append(args, v)
			continue
		}
		switch word {
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				code, ok1 := args[i].(object.String)
				to, ok2 := args[i+1].(object.String)
				if ok1 && ok2 && len(code) == 2 {
					text[binary.BigEndian.Uint16(code)] = object.DecodeUTF16(to)
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				rangeText(args[i], args[i+1], args[i+2], text)
			}
		}
		args = args[:0]
	}
}

func rangeText(a, b, to any, text map[uint16]string) {
	lo, ok1 := a.(object.String)
	hi, ok2 := b.(object.String)
	if !ok1 || !ok2 || len(lo) != 2 || len(hi) != 2 {
		return
	}
	first, last := binary.BigEndian.Uint16(lo), binary.BigEndian.Uint16(hi)
	switch t := to.(type) {
	case object.String:
		if len(t) < 2 {
			return
		}
		units := append(object.String(nil), t...)
		for c := int(first); c <= int(last); c++ {
			text[uint16(c)] = object.DecodeUTF16(units)
			end := units[len(units)-2:]
			binary.BigEndian.PutUint16(end, binary.BigEndian.Uint16(end)+1)
		}
	case object.Array:
		for k, v := range t {
			if s, ok := v.(object.String); ok && int(first)+k <= int(last) {
				text[first+uint16(k)] = object.DecodeUTF16(s)
			}
		}
	}
}
