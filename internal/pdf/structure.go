package pdf

import (
	"fmt"
	"math"
	"sort"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

// isRole says whether a role is a standard structure type layout may use.
func isRole(role string) bool {
	switch role {
	case "Document", "Part", "Sect", "Div", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody",
		"Table", "THead", "TBody", "TR", "TH", "TD", "Figure", "Caption", "Link", "TOC", "TOCI", "Index", "Note",
		"Reference", "Span", "BlockQuote", "Quote":
		return true
	}
	return false
}

// nodesByID indexes the structure and checks its roles and identifiers.
func nodesByID(root *layout.Node) (map[layout.NodeID]*layout.Node, error) {
	out := map[layout.NodeID]*layout.Node{}
	var walk func(n *layout.Node) error
	walk = func(n *layout.Node) error {
		if !isRole(n.Role) {
			return repertoire.Fault(nil, "La structure du document contient un rôle inconnu (« %s ») : le fichier n'a pas été écrit.",
				n.Role)
		}
		if out[n.ID] != nil {
			return repertoire.Fault(nil, "La structure du document contient deux fois l'élément n° %d : le fichier n'a pas été écrit.",
				n.ID)
		}
		out[n.ID] = n
		for _, k := range n.Kids {
			if err := walk(k); err != nil {
				return err
			}
		}
		return nil
	}
	if root == nil {
		return out, nil
	}
	return out, walk(root)
}

// chunk is a piece of content of an element.
type chunk struct {
	sheet, mcid, seq int
}

// builder writes the structure tree.
type builder struct {
	f      *finisher
	chunks map[layout.NodeID][]chunk
	links  map[layout.NodeID][]annotation
	first  map[layout.NodeID]int // seq of the first content below, MaxInt for none
	parent [][]any               // by sheet, by MCID
	keys   map[object.Ref]object.Ref
	ids    []idEntry
}

type idEntry struct {
	id  string
	ref object.Ref
}

// structure writes the tree of tags with its way back from content.
func (f *finisher) structure(catalog *object.Dict, links []annotation) error {
	b := &builder{f: f, chunks: map[layout.NodeID][]chunk{}, links: map[layout.NodeID][]annotation{},
		first: map[layout.NodeID]int{}, keys: map[object.Ref]object.Ref{}}
	known, err := nodesByID(f.pages.Structure)
	if err != nil {
		return err
	}
	b.parent = make([][]any, len(f.drawn.marks))
	for sheet, list := range f.drawn.marks {
		b.parent[sheet] = make([]any, len(list))
		for mcid, m := range list {
			if known[m.node] == nil {
				return fmt.Errorf("content of the unknown element %d on page %d", m.node, sheet)
			}
			b.chunks[m.node] = append(b.chunks[m.node], chunk{sheet, mcid, m.seq})
		}
	}
	for _, l := range links {
		if known[l.node] == nil {
			f.report.add(Check{Name: "Balises", Page: l.sheet, Detail: "Un lien n'appartient à aucun élément de la structure."})
			continue
		}
		b.links[l.node] = append(b.links[l.node], l)
	}
	root := object.NewDict("Type", object.Name("StructTreeRoot"))
	ref := f.draft.Add(root)
	b.measure(f.pages.Structure)
	top := b.element(f.pages.Structure, ref)
	root.Set("K", object.Array{top})
	b.parentTree(root, links)
	if len(b.ids) > 0 {
		sort.Slice(b.ids, func(i, j int) bool { return b.ids[i].id < b.ids[j].id })
		var names object.Array
		for _, e := range b.ids {
			names = append(names, object.String(e.id), e.ref)
		}
		root.Set("IDTree", object.NewDict("Names", names))
	}
	catalog.Set("StructTreeRoot", ref)
	catalog.Set("MarkInfo", object.NewDict("Marked", true))
	return nil
}

// measure finds where each element begins in the order of painting.
func (b *builder) measure(n *layout.Node) int {
	at := math.MaxInt
	if c := b.chunks[n.ID]; len(c) > 0 {
		at = c[0].seq
	}
	for _, k := range n.Kids {
		at = min(at, b.measure(k))
	}
	b.first[n.ID] = at
	return at
}

// empty says that nothing below n would be read.
func (b *builder) empty(n *layout.Node) bool {
	if len(b.chunks[n.ID]) > 0 || len(b.links[n.ID]) > 0 || n.Role == "TD" || n.Role == "TH" {
		return false
	}
	for _, k := range n.Kids {
		if !b.empty(k) {
			return false
		}
	}
	return true
}

func (b *builder) element(n *layout.Node, parent object.Ref) object.Ref {
	d := object.NewDict("S", object.Name(n.Role), "P", parent)
	ref := b.f.draft.Add(d)
	if n.Title != "" {
		d.Set("T", object.Text(n.Title))
	}
	if n.Lang != "" {
		d.Set("Lang", object.Text(n.Lang))
	}
	if n.Alt != "" {
		d.Set("Alt", object.Text(n.Alt))
	}
	if n.Role == "Note" || n.Role == "TH" {
		id := fmt.Sprintf("e%06d", n.ID)
		d.Set("ID", object.String(id))
		b.ids = append(b.ids, idEntry{id, ref})
	}
	page := -1
	if c := b.chunks[n.ID]; len(c) > 0 {
		page = c[0].sheet
	} else if l := b.links[n.ID]; len(l) > 0 {
		page = l[0].sheet
	} else if box := b.f.drawn.boxes[n.ID]; box != nil {
		page = box.sheet
	}
	if page >= 0 {
		d.Set("Pg", b.f.sheet[page])
	}
	b.attributes(d, n)
	d.Set("K", b.kids(n, ref, page))
	return ref
}

// kids puts the content of an element and its children in reading order: the
// tree's order for children, the painting's for content between them.
func (b *builder) kids(n *layout.Node, ref object.Ref, page int) object.Array {
	var out object.Array
	chunks := b.chunks[n.ID]
	emit := func(before int) {
		for len(chunks) > 0 && chunks[0].seq < before {
			c := chunks[0]
			chunks = chunks[1:]
			b.parent[c.sheet][c.mcid] = ref
			if c.sheet == page {
				out = append(out, c.mcid)
				continue
			}
			out = append(out, object.NewDict("Type", object.Name("MCR"), "Pg", b.f.sheet[c.sheet], "MCID", c.mcid))
		}
	}
	for _, k := range n.Kids {
		if b.empty(k) {
			continue
		}
		if at := b.first[k.ID]; at != math.MaxInt {
			emit(at)
		}
		out = append(out, b.element(k, ref))
	}
	emit(math.MaxInt)
	for _, l := range b.links[n.ID] {
		out = append(out, object.NewDict("Type", object.Name("OBJR"), "Obj", l.ref, "Pg", b.f.sheet[l.sheet]))
		b.keys[l.ref] = ref
	}
	return out
}

// attributes writes what tables and figures say of themselves.
func (b *builder) attributes(d *object.Dict, n *layout.Node) {
	switch n.Role {
	case "TH", "TD":
		a := object.NewDict("O", object.Name("Table"))
		if n.Role == "TH" {
			scope := n.Scope
			if scope == "" {
				scope = "Column"
			}
			a.Set("Scope", object.Name(scope))
		}
		if n.Span > 1 {
			a.Set("ColSpan", n.Span)
		}
		if len(a.Pairs) > 1 {
			d.Set("A", a)
		}
	case "Figure":
		if box := b.f.drawn.boxes[n.ID]; box != nil {
			d.Set("A", object.NewDict("O", object.Name("Layout"), "Placement", object.Name("Block"),
				"BBox", object.Array{box.x0, box.y0, box.x1, box.y1}))
		}
	case "L":
		d.Set("A", object.NewDict("O", object.Name("List"), "ListNumbering", object.Name(b.numbering(n))))
	}
}

// numbering names the labels of a list by the first of them.
func (b *builder) numbering(list *layout.Node) string {
	for _, item := range list.Kids {
		for _, k := range item.Kids {
			if k.Role != "Lbl" || b.empty(k) {
				continue
			}
			switch c := b.f.drawn.labels[k.ID]; {
			case c == "":
				return "Disc"
			case c[0] >= '0' && c[0] <= '9':
				return "Decimal"
			case c[0] >= 'a' && c[0] <= 'z':
				return "LowerAlpha"
			}
			return "Disc"
		}
	}
	return "None"
}

// parentTree leads from pages and annotations back to their elements.
func (b *builder) parentTree(root *object.Dict, links []annotation) {
	var nums object.Array
	for sheet, list := range b.parent {
		b.f.dict(b.f.sheet[sheet]).Set("StructParents", sheet)
		nums = append(nums, sheet, b.f.draft.Add(object.Array(list)))
	}
	key := len(b.parent)
	for _, l := range links {
		if owner, ok := b.keys[l.ref]; ok {
			l.dict.Set("StructParent", key)
			nums = append(nums, key, owner)
			key++
		}
	}
	root.Set("ParentTree", b.f.draft.Add(object.NewDict("Nums", nums)))
	root.Set("ParentTreeNextKey", key)
}
