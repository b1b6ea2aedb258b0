package pdf

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
)

// labels writes how pages are numbered: ranges of i, ii… and 1, 2…
func (f *finisher) labels(catalog *object.Dict) {
	if f.opts.Imposition != Single {
		// Sheets have no number of the book: they are counted.
		catalog.Set("PageLabels", object.NewDict("Nums", object.Array{0, object.NewDict("S", object.Name("D"))}))
		return
	}
	var nums object.Array
	var style object.Name
	number := 0
	for i := range f.drawn.sheets {
		label := ""
		if i < len(f.pages.Pages) {
			label = f.pages.Pages[i].Label
		}
		s, n := parseLabel(label)
		if i > 0 && s == style && (n == number+1 || s == "") && !(s == "" && label != "") {
			number = n
			continue
		}
		d := &object.Dict{}
		switch {
		case s != "":
			d.Set("S", s)
			if n != 1 {
				d.Set("St", n)
			}
		case label != "":
			d.Set("P", object.Text(label))
		}
		nums = append(nums, i, d)
		style, number = s, n
		if s == "" && label != "" {
			style = "-" // never continued
		}
	}
	catalog.Set("PageLabels", object.NewDict("Nums", nums))
}

// parseLabel recognises decimal and small roman numbers.
func parseLabel(label string) (style object.Name, n int) {
	if n, err := strconv.Atoi(label); err == nil && n > 0 && strconv.Itoa(n) == label {
		return "D", n
	}
	values := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100, 'd': 500, 'm': 1000}
	for i := 0; i < len(label); i++ {
		v := values[label[i]]
		if v == 0 {
			return "", 0
		}
		if i+1 < len(label) && v < values[label[i+1]] {
			v = -v
		}
		n += v
	}
	if n <= 0 {
		return "", 0
	}
	return "r", n
}

// destination is the place of an anchor.
func (f *finisher) destination(d layout.Destination) (object.Array, bool) {
	if d.Page < 0 || d.Page >= len(f.sheet) {
		return nil, false
	}
	s := f.drawn.sheets[d.Page]
	return object.Array{f.sheet[d.Page], object.Name("XYZ"), 0, min(s.mediaH(), s.mediaH()-s.margin-d.Y), nil}, true
}

// destinations writes the name tree of all anchors, so that links of this
// file and of others can aim at an entry.
func (f *finisher) destinations(catalog *object.Dict) {
	names := make([]string, 0, len(f.pages.Anchors))
	for name, d := range f.pages.Anchors {
		if _, ok := f.destination(d); ok {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return
	}
	sort.Slice(names, func(i, j int) bool {
		return string(object.Text(names[i])) < string(object.Text(names[j]))
	})
	const leaf = 64
	var kids object.Array
	for len(names) > 0 {
		n := min(leaf, len(names))
		var list object.Array
		for _, name := range names[:n] {
			d, _ := f.destination(f.pages.Anchors[name])
			list = append(list, object.Text(name), d)
		}
		limits := object.Array{object.Text(names[0]), object.Text(names[n-1])}
		kids = append(kids, f.draft.Add(object.NewDict("Limits", limits, "Names", list)))
		names = names[n:]
	}
	catalog.Set("Names", object.NewDict("Dests", f.draft.Add(object.NewDict("Kids", kids))))
}

// bookmarks writes the outline, nested, first level open.
func (f *finisher) bookmarks(catalog *object.Dict) {
	if len(f.pages.Outline) == 0 {
		return
	}
	root := object.NewDict("Type", object.Name("Outlines"))
	ref := f.draft.Add(root)
	first, last, _ := f.level(f.pages.Outline, ref, 0)
	root.Set("First", first)
	root.Set("Last", last)
	root.Set("Count", len(f.pages.Outline))
	catalog.Set("Outlines", ref)
	catalog.Set("PageMode", object.Name("UseOutlines"))
}

func (f *finisher) level(list []layout.Bookmark, parent object.Ref, depth int) (first, last object.Ref, count int) {
	refs := make([]object.Ref, len(list))
	for i := range list {
		refs[i] = f.draft.Add(&object.Dict{})
	}
	for i, b := range list {
		d := f.dict(refs[i])
		d.Set("Title", object.Text(b.Title))
		d.Set("Parent", parent)
		if _, ok := f.pages.Anchors[b.Anchor]; ok {
			d.Set("Dest", object.Text(b.Anchor))
		} else {
			f.report.add(Check{Name: "Signets", Page: -1, Detail: fmt.Sprintf("Le signet « %s » ne mène nulle part.", b.Title)})
		}
		if i > 0 {
			d.Set("Prev", refs[i-1])
		}
		if i+1 < len(list) {
			d.Set("Next", refs[i+1])
		}
		if len(b.Kids) > 0 {
			kidFirst, kidLast, n := f.level(b.Kids, refs[i], depth+1)
			d.Set("First", kidFirst)
			d.Set("Last", kidLast)
			d.Set("Count", -n) // closed
		}
		count++
	}
	return refs[0], refs[len(refs)-1], count
}

// annotation is a link waiting for its structure element.
type annotation struct {
	ref   object.Ref
	dict  *object.Dict
	node  layout.NodeID
	sheet int
}

// links writes the annotations of every page.
func (f *finisher) links() []annotation {
	var out []annotation
	for i, areas := range f.drawn.areas {
		var list object.Array
		for _, a := range areas {
			d := f.link(a, i)
			if d == nil {
				continue
			}
			ref := f.draft.Add(d)
			list = append(list, ref)
			out = append(out, annotation{ref, d, a.link.Node, i})
		}
		if len(list) > 0 {
			f.dict(f.sheet[i]).Set("Annots", list)
		}
	}
	return out
}

func (f *finisher) link(a area, sheet int) *object.Dict {
	r := a.rect
	d := object.NewDict("Type", object.Name("Annot"), "Subtype", object.Name("Link"),
		"Rect", object.Array{r[0], r[1], r[2], r[3]}, "Border", object.Array{0, 0, 0}, "F", 4, "P", f.sheet[sheet])
	alt := a.link.Alt
	if a.link.URL != "" {
		d.Set("A", object.NewDict("S", object.Name("URI"), "URI", object.String(asciiURL(a.link.URL))))
		if alt == "" {
			alt = a.link.URL
		}
	} else {
		target, ok := f.pages.Anchors[a.link.Anchor]
		if _, reachable := f.destination(target); !ok || !reachable {
			f.report.add(Check{Name: "Liens", Page: sheet,
				Detail: fmt.Sprintf("Un lien interne vise « %s », qui n'existe pas.", a.link.Anchor)})
			return nil
		}
		d.Set("A", object.NewDict("S", object.Name("GoTo"), "D", object.Text(a.link.Anchor)))
		if alt == "" {
			alt = "Aller à la page " + f.pages.Pages[target.Page].Label
		}
	}
	d.Set("Contents", object.Text(strings.TrimSpace(alt)))
	return d
}

// asciiURL escapes what a URI of a PDF may not hold.
func asciiURL(url string) string {
	out := make([]byte, 0, len(url))
	for _, c := range []byte(url) {
		if c <= ' ' || c > '~' {
			out = append(out, '%', hexDigits[c>>4], hexDigits[c&15])
			continue
		}
		out = append(out, c)
	}
	return string(out)
}
