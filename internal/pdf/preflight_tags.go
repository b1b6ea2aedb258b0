package pdf

import (
	"regexp"
	"slices"
	"strings"

	"repertoire/internal/pdf/object"
)

// element is a structure element as read.
type element struct {
	dict *object.Dict
	ref  object.Ref
	role string
	kids []*element
	page int // its own Pg, -1
	mcs  []place
	objs []object.Ref
}

// place is a marked content: page and MCID.
type place struct{ page, mcid int }

// tagReader walks the structure tree.
type tagReader struct {
	in      *inspection
	owner   map[place]*element
	byRef   map[int]*element
	ids     map[string]bool
	credits *regexp.Regexp
	count   int
}

// maxElements bounds the structure of a file.
const maxElements = 1_000_000

// tags checks the structure of a digital file.
func (in *inspection) tags() {
	if in.variant != Digital {
		return
	}
	in.ran(checkTags, checkHeadings, checkTables, checkAlt, checkCredits, checkIndex)
	if in.file.Resolve(in.file.Dict(in.catalog.Get("MarkInfo")).Get("Marked")) != true {
		in.found(checkTags, -1, "Le fichier ne se dit pas balisé.")
	}
	root := in.file.Dict(in.catalog.Get("StructTreeRoot"))
	if root == nil {
		in.found(checkTags, -1, "Le fichier n'a pas d'arbre de balises.")
		return
	}
	t := &tagReader{in: in, owner: map[place]*element{}, byRef: map[int]*element{}, ids: map[string]bool{},
		credits: regexp.MustCompile(`(?i)©|crédit|photo|dessin|illustration|image`)}
	var tops []*element
	list := in.file.Array(root.Get("K"))
	if list == nil {
		list = object.Array{root.Get("K")}
	}
	for _, k := range list {
		if e := t.read(k, -1, 0); e != nil {
			tops = append(tops, e)
		}
	}
	if len(tops) != 1 || tops[0].role != "Document" {
		in.found(checkTags, -1, "L'arbre des balises ne commence pas par un document.")
	}
	if t.count > maxElements {
		in.found(checkTags, -1, "L'arbre des balises est trop grand ou tourne en rond.")
		return
	}
	t.contents()
	t.parents(root)
	t.annotations(root)
	last := 0
	for _, e := range tops {
		t.judge(e, nil, &last)
	}
	t.pageReferences(tops)
}

// read builds the tree under v; it follows each object once.
func (t *tagReader) read(v any, page, depth int) *element {
	ref, _ := v.(object.Ref)
	d := t.in.file.Dict(v)
	if t.count++; d == nil || depth > 100 || t.count > maxElements || t.byRef[ref.Num] != nil && ref.Num != 0 {
		return nil
	}
	e := &element{dict: d, ref: ref, role: string(t.in.file.Name(d.Get("S"))), page: page}
	t.byRef[ref.Num] = e
	if pg, ok := d.Get("Pg").(object.Ref); ok {
		if i, ok := t.in.pageOf[pg.Num]; ok {
			e.page = i
		}
	}
	list := t.in.file.Array(d.Get("K"))
	if list == nil && d.Get("K") != nil {
		list = object.Array{d.Get("K")}
	}
	for _, k := range list {
		t.kid(e, k, depth)
	}
	return e
}

func (t *tagReader) kid(e *element, k any, depth int) {
	if id, ok := k.(int); ok {
		t.own(e, place{e.page, id})
		return
	}
	d := t.in.file.Dict(k)
	switch t.in.file.Name(d.Get("Type")) {
	case "MCR":
		page := e.page
		if pg, ok := d.Get("Pg").(object.Ref); ok {
			page = t.in.pageOf[pg.Num]
		}
		t.own(e, place{page, t.in.file.Int(d.Get("MCID"))})
	case "OBJR":
		if ref, ok := d.Get("Obj").(object.Ref); ok {
			e.objs = append(e.objs, ref)
		}
	default:
		if kid := t.read(k, e.page, depth+1); kid != nil {
			e.kids = append(e.kids, kid)
		}
	}
}

func (t *tagReader) own(e *element, p place) {
	if t.owner[p] != nil {
		t.in.found(checkTags, p.page, "Un contenu de la page appartient à deux balises.")
	}
	t.owner[p] = e
	e.mcs = append(e.mcs, p)
}

// contents checks that every marked content has its element, and every
// element's content exists.
func (t *tagReader) contents() {
	for i, p := range t.in.pages {
		for id := range p.mcids {
			if t.owner[place{i, id}] == nil {
				t.in.found(checkTags, i, "Un contenu de la page n'est dans aucune balise de l'arbre.")
				break
			}
		}
	}
	for p := range t.owner {
		if p.page < 0 || p.page >= len(t.in.pages) || !t.in.pages[p.page].mcids[p.mcid] {
			t.in.found(checkTags, p.page, "Une balise désigne un contenu qui n'existe pas.")
			return
		}
	}
}

// numberTree reads a number tree into a map.
func (in *inspection) numberTree(v any, out map[int]any, depth int) {
	d := in.file.Dict(v)
	if d == nil || depth > 16 {
		return
	}
	nums := in.file.Array(d.Get("Nums"))
	for i := 0; i+1 < len(nums); i += 2 {
		out[in.file.Int(nums[i])] = nums[i+1]
	}
	for _, k := range in.file.Array(d.Get("Kids")) {
		in.numberTree(k, out, depth+1)
	}
}

// parents checks the way back from content to elements.
func (t *tagReader) parents(root *object.Dict) {
	tree := map[int]any{}
	t.in.numberTree(root.Get("ParentTree"), tree, 0)
	for i, p := range t.in.pages {
		if len(p.mcids) == 0 {
			continue
		}
		key, ok := t.in.file.Resolve(p.dict.Get("StructParents")).(int)
		list := t.in.file.Array(tree[key])
		if !ok || list == nil {
			t.in.found(checkTags, i, "La page ne mène pas à l'arbre des balises.")
			continue
		}
		for id := range p.mcids {
			owner := t.owner[place{i, id}]
			if id >= len(list) || owner != nil && list[id] != owner.ref {
				t.in.found(checkTags, i, "La page mène à une autre balise que celle qui la désigne.")
				break
			}
		}
	}
}

// annotations checks that each link is described and belongs to a Link.
func (t *tagReader) annotations(root *object.Dict) {
	tree := map[int]any{}
	t.in.numberTree(root.Get("ParentTree"), tree, 0)
	for i, p := range t.in.pages {
		for _, v := range t.in.file.Array(p.dict.Get("Annots")) {
			d := t.in.file.Dict(v)
			if t.in.file.Name(d.Get("Subtype")) != "Link" {
				continue
			}
			if s, _ := t.in.file.Resolve(d.Get("Contents")).(object.String); strings.TrimSpace(s.Decode()) == "" {
				t.in.found(checkAlt, i, "Un lien de la page n'est pas décrit.")
			}
			key, ok := t.in.file.Resolve(d.Get("StructParent")).(int)
			owner, isRef := tree[key].(object.Ref)
			e := t.byRef[owner.Num]
			if !ok || !isRef || e == nil || e.role != "Link" {
				t.in.found(checkTags, i, "Un lien de la page n'est pas dans une balise de lien.")
			}
		}
	}
}

// judge checks an element and what lies below it. last is the level of the
// heading before.
func (t *tagReader) judge(e, parent *element, last *int) {
	in := t.in
	page := t.firstPage(e)
	if !isRole(e.role) {
		in.found(checkTags, page, "La balise « %s » n'est pas une balise courante.", e.role)
	}
	if len(e.role) == 2 && e.role[0] == 'H' && e.role[1] >= '1' && e.role[1] <= '6' {
		level := int(e.role[1] - '0')
		if level > *last+1 {
			in.found(checkHeadings, page, "Un titre de niveau %d suit un titre de niveau %d.", level, *last)
		}
		*last = level
	}
	switch e.role {
	case "Figure":
		if s, _ := in.file.Resolve(e.dict.Get("Alt")).(object.String); strings.TrimSpace(s.Decode()) == "" {
			in.found(checkAlt, page, "Une figure n'a pas de texte de remplacement.")
		}
		t.credit(e, parent, page)
	case "Table":
		t.table(e, page)
	case "TR", "TH", "TD":
		t.inTable(e, parent, page)
	case "LI":
		if parent == nil || parent.role != "L" {
			in.found(checkTags, page, "Un élément de liste est hors d'une liste.")
		}
	case "Note":
		id, _ := in.file.Resolve(e.dict.Get("ID")).(object.String)
		if len(id) == 0 || t.ids[string(id)] {
			in.found(checkTags, page, "Une note n'a pas d'identifiant à elle.")
		}
		t.ids[string(id)] = true
	}
	for _, k := range e.kids {
		t.judge(k, e, last)
	}
}

// credit looks for the author of a picture in the caption beside it.
func (t *tagReader) credit(e, parent *element, page int) {
	shows := false
	for _, p := range e.mcs {
		shows = shows || p.page >= 0 && p.page < len(t.in.pages) && t.in.pages[p.page].pictures[p.mcid]
	}
	if !shows {
		return
	}
	beside := t.text(e)
	if parent != nil {
		at := slices.Index(parent.kids, e)
		// The captions that follow, and one neighbour each side.
		for i := max(0, at-1); i < len(parent.kids) && (i <= at+1 || parent.kids[i].role == "Caption"); i++ {
			if role := parent.kids[i].role; role == "Caption" || role == "P" {
				beside += " " + t.text(parent.kids[i])
			}
		}
	}
	// That of the cover is behind it, with what the law asks.
	if page > 0 && !t.credits.MatchString(beside) {
		t.in.warned(checkCredits, page, "Une image n'a pas de crédit à côté d'elle.")
	}
}

func (t *tagReader) inTable(e, parent *element, page int) {
	role := ""
	if parent != nil {
		role = parent.role
	}
	if e.role == "TR" && role != "Table" && role != "THead" && role != "TBody" || e.role != "TR" && role != "TR" {
		t.in.found(checkTables, page, "Une ligne ou une cellule est hors d'un tableau.")
	}
	if e.role == "TH" && t.attribute(e, "Scope") == nil {
		t.in.found(checkTables, page, "Une cellule d'en-tête ne dit pas si elle vaut pour sa ligne ou sa colonne.")
	}
}

func (t *tagReader) attribute(e *element, key object.Name) any {
	switch a := t.in.file.Resolve(e.dict.Get("A")).(type) {
	case *object.Dict:
		return t.in.file.Resolve(a.Get(key))
	case object.Array:
		for _, v := range a {
			if d := t.in.file.Dict(v); d.Get(key) != nil {
				return t.in.file.Resolve(d.Get(key))
			}
		}
	}
	return nil
}

// table checks that rows have the same number of columns and that there is a
// header.
func (t *tagReader) table(e *element, page int) {
	width, header := -1, false
	var rows func(e *element)
	rows = func(e *element) {
		for _, k := range e.kids {
			if k.role == "THead" || k.role == "TBody" {
				rows(k)
				continue
			}
			if k.role != "TR" {
				continue
			}
			n := 0
			for _, c := range k.kids {
				span, _ := t.attribute(c, "ColSpan").(int)
				n += max(1, span)
				header = header || c.role == "TH"
			}
			if width >= 0 && n != width {
				t.in.found(checkTables, page, "Les lignes d'un tableau n'ont pas le même nombre de colonnes.")
			}
			width = n
		}
	}
	rows(e)
	if !header && width >= 0 {
		t.in.found(checkTables, page, "Un tableau n'a aucune cellule d'en-tête.")
	}
}

func (t *tagReader) firstPage(e *element) int {
	if len(e.mcs) > 0 {
		return e.mcs[0].page
	}
	if e.page >= 0 {
		return e.page
	}
	for _, k := range e.kids {
		if p := t.firstPage(k); p >= 0 {
			return p
		}
	}
	return -1
}
