package pdf

import (
	"bytes"
	"strings"
	"testing"

	"repertoire/internal/pdf/object"
)

// thaw gives the objects of a file for a mutation.
func thaw(t testing.TB, data []byte) *object.Draft {
	t.Helper()
	f, err := object.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	d := &object.Draft{Version: "1.7", Objects: make([]any, f.Len())}
	for _, n := range f.Numbers() {
		v := f.Get(n)
		if s, ok := v.(*object.Stream); ok {
			if kind := s.Dict.Get("Type"); kind == object.Name("ObjStm") || kind == object.Name("XRef") {
				continue
			}
		}
		d.Objects[n] = v
	}
	d.Root, _ = f.Trailer.Get("Root").(object.Ref)
	d.Info, _ = f.Trailer.Get("Info").(object.Ref)
	return d
}

// dicts lists the dictionaries a test picks, streams' included.
func dicts(d *object.Draft, pick func(*object.Dict) bool) []*object.Dict {
	var out []*object.Dict
	for _, v := range d.Objects {
		var dict *object.Dict
		switch x := v.(type) {
		case *object.Dict:
			dict = x
		case *object.Stream:
			dict = x.Dict
		}
		if dict != nil && pick(dict) {
			out = append(out, dict)
		}
	}
	return out
}

func having(key, value string) func(*object.Dict) bool {
	return func(d *object.Dict) bool { return d.Get(object.Name(key)) == object.Name(value) }
}

// content edits the content of page i.
func content(t testing.TB, d *object.Draft, i int, edit func(string) string) {
	t.Helper()
	page := dicts(d, having("Type", "Page"))[i]
	s := d.Objects[page.Get("Contents").(object.Ref).Num].(*object.Stream)
	data := s.Data
	if s.Dict.Get("Filter") != nil {
		var err error
		if data, err = object.Inflate(data); err != nil {
			t.Fatal(err)
		}
	}
	edited := edit(string(data))
	if edited == string(data) {
		t.Fatal("the mutation changes nothing")
	}
	s.Data = []byte(edited)
	s.Dict.Delete("Filter")
}

func swap(old, new string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, new, 1) }
}

// mutation breaks one property and names the check that must see it.
type mutation struct {
	name  string
	check string
	apply func(t testing.TB, d *object.Draft)
}

func root(d *object.Draft) *object.Dict { return d.Objects[d.Root.Num].(*object.Dict) }

func first(t testing.TB, list []*object.Dict) *object.Dict {
	t.Helper()
	if len(list) == 0 {
		t.Fatal("nothing to break")
	}
	return list[0]
}

func dropAll(d *object.Draft, pick func(*object.Dict) bool, key object.Name) {
	for _, x := range dicts(d, pick) {
		x.Delete(key)
	}
}

var common = []mutation{
	{"no font program", checkFonts, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Type", "FontDescriptor"))).Delete("FontFile2")
	}},
	{"no glyph table", checkFonts, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "CIDFontType2"))).Delete("CIDToGIDMap")
	}},
	{"wrong widths", checkFonts, func(t testing.TB, d *object.Draft) {
		w := first(t, dicts(d, having("Subtype", "CIDFontType2"))).Get("W").(object.Array)
		w[1].(object.Array)[1] = 7
	}},
	{"no subset tag", checkFonts, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Type0"))).Set("BaseFont", object.Name("NotoSerif"))
	}},
	{"no ToUnicode", checkGlyphs, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Type0"))).Delete("ToUnicode")
	}},
	{"a missing glyph", checkGlyphs, func(t testing.TB, d *object.Draft) { content(t, d, 0, swap("[<0001", "[<0000")) }},
	{"a glyph beyond the font", checkFonts, func(t testing.TB, d *object.Draft) { content(t, d, 0, swap("[<0001", "[<7FFF")) }},
	{"no intent", checkIntent, func(t testing.TB, d *object.Draft) { root(d).Delete("OutputIntents") }},
	{"no profile", checkIntent, func(t testing.TB, d *object.Draft) {
		root(d).Get("OutputIntents").(object.Array)[0].(*object.Dict).Delete("DestOutputProfile")
	}},
	{"no metadata", checkMetadata, func(t testing.TB, d *object.Draft) { root(d).Delete("Metadata") }},
	{"another title", checkMetadata, func(t testing.TB, d *object.Draft) {
		d.Objects[d.Info.Num].(*object.Dict).Set("Title", object.Text("Autre"))
	}},
	{"broken XML", checkMetadata, func(t testing.TB, d *object.Draft) {
		for _, v := range d.Objects {
			if s, ok := v.(*object.Stream); ok && s.Dict.Get("Subtype") == object.Name("XML") {
				s.Data = s.Data[:len(s.Data)/2]
			}
		}
	}},
	{"no labels", checkLabels, func(t testing.TB, d *object.Draft) { root(d).Delete("PageLabels") }},
	{"no language", checkLanguage, func(t testing.TB, d *object.Draft) { root(d).Delete("Lang") }},
	{"title not shown", checkLanguage, func(t testing.TB, d *object.Draft) { root(d).Delete("ViewerPreferences") }},
	{"no media box", checkBoxes, func(t testing.TB, d *object.Draft) {
		dropAll(d, having("Type", "Page"), "MediaBox")
		dropAll(d, having("Type", "Pages"), "MediaBox")
	}},
	{"garbage in the content", checkContent, func(t testing.TB,
		d *object.Draft) {
		content(t, d, 1, func(s string) string { return s + " ) ] >>" })
	}},
	{"an open state", checkContent, func(t testing.TB, d *object.Draft) { content(t, d, 1, func(s string) string { return s + "q\n" }) }},
	{"an image gone", checkContent, func(t testing.TB, d *object.Draft) {
		content(t, d, 2, func(s string) string { return s + "/I999 Do\n" })
	}},
}

var digitalMutations = []mutation{
	{"ink on screen", checkColors, func(t testing.TB, d *object.Draft) { content(t, d, 0, swap("rg", "rg 0 0 0 1 k")) }},
	{"ink image", checkColors, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Image"))).Set("ColorSpace", object.Name("DeviceCMYK"))
	}},
	{"not marked", checkTags, func(t testing.TB, d *object.Draft) { root(d).Delete("MarkInfo") }},
	{"no tree", checkTags, func(t testing.TB, d *object.Draft) { root(d).Delete("StructTreeRoot") }},
	{"untagged text", checkTags, func(t testing.TB, d *object.Draft) { content(t, d, 0, swap("/H1 <</MCID 0>> BDC", "/H1 BMC")) }},
	{"one number twice", checkTags, func(t testing.TB, d *object.Draft) { content(t, d, 2, swap("<</MCID 1>>", "<</MCID 0>>")) }},
	{"unknown role", checkTags, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("S", "Sect"))).Set("S", object.Name("Chapter"))
	}},
	{"no way back", checkTags, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Type", "StructTreeRoot"))).Delete("ParentTree")
	}},
	{"another way back", checkTags, func(t testing.TB, d *object.Draft) {
		pages := dicts(d, having("Type", "Page"))
		pages[2].Set("StructParents", 3)
	}},
	{"content lost by its element", checkTags, func(t testing.TB, d *object.Draft) { first(t, dicts(d, having("S", "H2"))).Delete("K") }},
	{"skipped heading level", checkHeadings, func(t testing.TB,
		d *object.Draft) {
		first(t, dicts(d, having("S", "H2"))).Set("S", object.Name("H4"))
	}},
	{"no header cell", checkTables, func(t testing.TB, d *object.Draft) {
		for _, x := range dicts(d, having("S", "TH")) {
			x.Set("S", object.Name("TD"))
		}
	}},
	{"no scope", checkTables, func(t testing.TB, d *object.Draft) { first(t, dicts(d, having("S", "TH"))).Delete("A") }},
	{"uneven rows", checkTables, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("S", "TH"))).Set("A",
			object.NewDict("O", object.Name("Table"), "Scope", object.Name("Column"), "ColSpan", 3))
	}},
	{"no alternative", checkAlt, func(t testing.TB, d *object.Draft) { first(t, dicts(d, having("S", "Figure"))).Delete("Alt") }},
	{"no description of a link", checkAlt, func(t testing.TB,
		d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Link"))).Delete("Contents")
	}},
	{"a link outside the tree", checkTags, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Link"))).Delete("StructParent")
	}},
	{"a dead link", checkLinks, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Link"))).Set("A", object.NewDict("S", object.Name("GoTo"), "D", object.Text("nulle-part")))
	}},
	{"half an address", checkLinks, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Link"))).Set("A", object.NewDict("S", object.Name("URI"), "URI", object.Text("www.lille.fr")))
	}},
	{"a dead bookmark", checkBookmarks, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, func(x *object.Dict) bool { return x.Get("Title") != nil && x.Get("Dest") != nil })).Delete("Dest")
	}},
	{"bookmarks in a circle", checkBookmarks, func(t testing.TB, d *object.Draft) {
		b := first(t, dicts(d, func(x *object.Dict) bool { return x.Get("Next") != nil }))
		next := d.Objects[b.Get("Next").(object.Ref).Num].(*object.Dict)
		next.Set("Next", b.Get("Next"))
	}},
	{"a wrong page number", checkIndex, func(t testing.TB, d *object.Draft) {
		links := dicts(d, having("Subtype", "Link"))
		links[0].Set("A", links[1].Get("A"))
	}},
	{"no conformance", checkMetadata, func(t testing.TB, d *object.Draft) { xmpSwap(d, "<pdfuaid:part>1</pdfuaid:part>", "") }},
}

var printMutations = []mutation{
	{"a screen colour", checkColors, func(t testing.TB, d *object.Draft) {
		content(t, d, 0, func(s string) string { return "1 0 0 rg\n" + s })
	}},
	{"a screen image", checkColors, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Image"))).Set("ColorSpace", object.Name("DeviceRGB"))
	}},
	{"no bleed box", checkBoxes, func(t testing.TB, d *object.Draft) { dropAll(d, having("Type", "Page"), "BleedBox") }},
	{"no trim box", checkBoxes, func(t testing.TB, d *object.Draft) { dropAll(d, having("Type", "Page"), "TrimBox") }},
	{"narrow bleed", checkBoxes, func(t testing.TB, d *object.Draft) {
		p := first(t, dicts(d, having("Type", "Page")))
		p.Set("BleedBox", p.Get("TrimBox"))
	}},
	{"trim beyond the media", checkBoxes, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Type", "Page"))).Set("TrimBox", object.Array{-9, 0, 100, 100})
	}},
	{"coarse image", CheckResolution, func(t testing.TB, d *object.Draft) {
		content(t, d, 2, func(s string) string { return strings.Replace(s, " cm /I", " cm 9 0 0 9 0 0 cm /I", 1) })
	}},
	{"too much ink", checkInk, func(t testing.TB, d *object.Draft) {
		content(t, d, 0, func(s string) string { return "1 1 1 1 k 0 0 9 9 re f\n" + s })
	}},
	{"transparency", checkTransparency, func(t testing.TB, d *object.Draft) {
		resources(d).Get("ExtGState").(*object.Dict).Get("GSknock").(*object.Dict).Set("ca", 0.5)
	}},
	{"a mask", checkTransparency, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Subtype", "Image"))).Set("SMask", object.Ref{Num: 1})
	}},
	{"white text overprints", checkOverprint, func(t testing.TB, d *object.Draft) {
		resources(d).Get("ExtGState").(*object.Dict).Get("GSknock").(*object.Dict).Set("op", true)
	}},
	{"rich black text", checkBlack, func(t testing.TB, d *object.Draft) {
		content(t, d, 1, swap("0 0 0 1 k", "0.5 0.5 0.5 1 k"))
	}},
	{"a hairline", checkHairlines, func(t testing.TB, d *object.Draft) { content(t, d, 2, swap("0.5 w", "0.05 w")) }},
	{"an annotation", checkAnnotations, func(t testing.TB, d *object.Draft) {
		first(t, dicts(d, having("Type", "Page"))).Set("Annots", object.Array{object.NewDict("Subtype", object.Name("Link"))})
	}},
	{"no version", checkMetadata, func(t testing.TB, d *object.Draft) { xmpSwap(d, "PDF/X-4", "PDF/X-1a") }},
	{"odd pages", checkPageCount, func(t testing.TB, d *object.Draft) {
		tree := first(t, dicts(d, having("Type", "Pages")))
		tree.Set("Kids", tree.Get("Kids").(object.Array)[:3])
	}},
}

func xmpSwap(d *object.Draft, old, new string) {
	for _, v := range d.Objects {
		if s, ok := v.(*object.Stream); ok && s.Dict.Get("Subtype") == object.Name("XML") {
			s.Data = bytes.ReplaceAll(s.Data, []byte(old), []byte(new))
		}
	}
}

func resources(d *object.Draft) *object.Dict {
	page := dicts(d, having("Type", "Page"))[0]
	return d.Objects[page.Get("Resources").(object.Ref).Num].(*object.Dict)
}

// TestMutations breaks each property of a sound file and wants the check of
// that property, and the right one, to say so.
func TestMutations(t *testing.T) {
	id := []byte("0123456789abcdef")
	for _, v := range []struct {
		o    Options
		list []mutation
	}{
		{Options{}, append(append([]mutation(nil), common...), digitalMutations...)},
		{Options{Variant: Print}, append(append([]mutation(nil), common...), printMutations...)},
	} {
		whole := write(t, sound(t), v.o)
		name := string(v.o.Variant)
		if name == "" {
			name = string(Digital)
		}
		if r := preflight(t, thaw(t, whole).Bytes(id)); !r.OK {
			t.Fatalf("untouched: %s", strings.Join(problems(r), "\n"))
		}
		for _, m := range v.list {
			t.Run(name+"/"+m.name, func(t *testing.T) {
				d := thaw(t, whole)
				m.apply(t, d)
				r := preflight(t, d.Bytes(id))
				for _, c := range r.Checks {
					if c.Name == m.check && (!c.OK || c.Warning) {
						return
					}
				}
				t.Errorf("%s saw nothing; found: %s", m.check, strings.Join(problems(r), " | "))
			})
		}
		t.Run(name+"/no identifier", func(t *testing.T) {
			r := preflight(t, thaw(t, whole).Bytes(nil))
			if r.OK {
				t.Error("a file without identifier passes")
			}
		})
	}
}
