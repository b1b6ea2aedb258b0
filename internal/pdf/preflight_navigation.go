package pdf

import (
	"regexp"
	"strconv"
	"strings"

	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

// navigation checks labels, bookmarks and links.
func (in *inspection) navigation() {
	in.labels()
	if in.variant != Digital {
		return
	}
	in.ran(checkBookmarks, checkLinks)
	outlines := in.file.Dict(in.catalog.Get("Outlines"))
	if outlines == nil {
		if len(in.pages) > 5 {
			in.found(checkBookmarks, -1, "Le fichier n'a pas de signets.")
		}
	} else {
		in.bookmarks(outlines.Get("First"), 0, map[int]bool{})
	}
	for i, p := range in.pages {
		for _, v := range in.file.Array(p.dict.Get("Annots")) {
			d := in.file.Dict(v)
			if in.file.Name(d.Get("Subtype")) == "Link" {
				in.linkTarget(i, d)
			}
		}
	}
}

func (in *inspection) linkTarget(page int, d *object.Dict) {
	action := in.file.Dict(d.Get("A"))
	if in.file.Name(action.Get("S")) == "URI" {
		uri, _ := in.file.Resolve(action.Get("URI")).(object.String)
		s := string(uri)
		if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "mailto:") &&
			!strings.HasPrefix(s, "tel:") {
			in.found(checkLinks, page, "L'adresse d'un lien (« %s ») n'est pas une adresse complète.", s)
		}
		return
	}
	if in.target(d) < 0 {
		in.found(checkLinks, page, "Un lien de la page ne mène nulle part.")
	}
}

// target gives the page a link or a bookmark leads to, -1 for none.
func (in *inspection) target(d *object.Dict) int {
	dest := in.file.Resolve(d.Get("Dest"))
	if dest == nil {
		action := in.file.Dict(d.Get("A"))
		if in.file.Name(action.Get("S")) != "GoTo" {
			return -1
		}
		dest = in.file.Resolve(action.Get("D"))
	}
	if name, ok := dest.(object.String); ok {
		dest = in.named(in.file.Dict(in.catalog.Get("Names")).Get("Dests"), string(name), 0)
	}
	if name, ok := dest.(object.Name); ok {
		dest = in.file.Resolve(in.file.Dict(in.catalog.Get("Dests")).Get(name))
	}
	if dd, ok := dest.(*object.Dict); ok {
		dest = in.file.Resolve(dd.Get("D"))
	}
	list, _ := dest.(object.Array)
	if len(list) == 0 {
		return -1
	}
	ref, ok := list[0].(object.Ref)
	if !ok {
		return -1
	}
	if i, ok := in.pageOf[ref.Num]; ok {
		return i
	}
	return -1
}

// named looks a name up in a name tree.
func (in *inspection) named(v any, name string, depth int) any {
	d := in.file.Dict(v)
	if d == nil || depth > 16 {
		return nil
	}
	list := in.file.Array(d.Get("Names"))
	for i := 0; i+1 < len(list); i += 2 {
		if key, _ := list[i].(object.String); string(key) == name {
			return in.file.Resolve(list[i+1])
		}
	}
	for _, k := range in.file.Array(d.Get("Kids")) {
		limits := in.file.Array(in.file.Dict(k).Get("Limits"))
		if len(limits) == 2 {
			lo, _ := limits[0].(object.String)
			hi, _ := limits[1].(object.String)
			if name < string(lo) || name > string(hi) {
				continue
			}
		}
		if found := in.named(k, name, depth+1); found != nil {
			return found
		}
	}
	return nil
}

func (in *inspection) bookmarks(v any, depth int, seen map[int]bool) {
	for v != nil {
		ref, _ := v.(object.Ref)
		d := in.file.Dict(v)
		if d == nil || depth > 32 || seen[ref.Num] {
			in.found(checkBookmarks, -1, "La liste des signets est interrompue ou tourne en rond.")
			return
		}
		seen[ref.Num] = true
		title, _ := in.file.Resolve(d.Get("Title")).(object.String)
		if len(title) == 0 {
			in.found(checkBookmarks, -1, "Un signet n'a pas de nom.")
		}
		if in.target(d) < 0 {
			in.found(checkBookmarks, -1, "Le signet « %s » ne mène nulle part.", title.Decode())
		}
		if first := d.Get("First"); first != nil {
			in.bookmarks(first, depth+1, seen)
		}
		v = d.Get("Next")
	}
}

// labels reads the labels of all pages.
func (in *inspection) labels() {
	in.ran(checkLabels)
	tree := map[int]any{}
	in.numberTree(in.catalog.Get("PageLabels"), tree, 0)
	if len(tree) == 0 || tree[0] == nil {
		if in.ours {
			in.found(checkLabels, -1, "Le fichier ne dit pas comment ses pages sont numérotées.")
		}
		for i, p := range in.pages {
			p.label = strconv.Itoa(i + 1)
		}
		return
	}
	var d *object.Dict
	first := 0
	for i, p := range in.pages {
		if v, ok := tree[i]; ok {
			d, first = in.file.Dict(v), i
		}
		start := 1
		if n := in.file.Int(d.Get("St")); n > 0 {
			start = n
		}
		prefix, _ := in.file.Resolve(d.Get("P")).(object.String)
		p.label = prefix.Decode()
		switch in.file.Name(d.Get("S")) {
		case "D":
			p.label += strconv.Itoa(start + i - first)
		case "r":
			p.label += repertoire.Roman(start + i - first)
		case "R":
			p.label += strings.ToUpper(repertoire.Roman(start + i - first))
		}
	}
}

// pageReferences checks, in contents and indexes, that the number printed in a
// link is the one of the page it leads to.
func (t *tagReader) pageReferences(tops []*element) {
	number := regexp.MustCompile(`(\d+|[ivxlcdm]+)\s*$`)
	annot := map[int]*object.Dict{}
	for _, p := range t.in.pages {
		for _, v := range t.in.file.Array(p.dict.Get("Annots")) {
			if ref, ok := v.(object.Ref); ok {
				annot[ref.Num] = t.in.file.Dict(v)
			}
		}
	}
	var walk func(e *element, inside bool)
	walk = func(e *element, inside bool) {
		inside = inside || e.role == "TOC" || e.role == "Index"
		if inside && e.role == "Link" && len(e.objs) > 0 {
			text := t.text(e)
			// A range "12–14" leads to its first page; a title has no number.
			start, _, _ := strings.Cut(text, "–")
			m := number.FindStringSubmatch(strings.TrimSpace(start))
			target := t.in.target(annot[e.objs[0].Num])
			if m != nil && strings.TrimSpace(start) == m[1] && target >= 0 && t.in.pages[target].label != m[1] {
				t.in.found(checkIndex, t.firstPage(e), "Un renvoi annonce la page %s mais mène à la page %s.", m[1],
					t.in.pages[target].label)
			}
		}
		for _, k := range e.kids {
			walk(k, inside)
		}
	}
	for _, e := range tops {
		walk(e, false)
	}
}

// text gives the words of an element and of those below it.
func (t *tagReader) text(e *element) string {
	var b strings.Builder
	for _, p := range e.mcs {
		if p.page >= 0 && p.page < len(t.in.pages) {
			b.WriteString(t.in.pages[p.page].textOf(p.mcid))
		}
	}
	for _, k := range e.kids {
		b.WriteString(t.text(k))
	}
	return b.String()
}
