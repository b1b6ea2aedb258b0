package form

import (
	"fmt"
	"strconv"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

// Measures of a form's page, in points: A4, an office printer's margins.
const (
	pageWide, pageHigh = 595.28, 841.89
	margin             = 42.0
	inner              = pageWide - 2*margin
	foot               = margin + 14 // where nothing but the foot of the page stands

	textSize  = 9.0
	labelSize = 7.5
	noteSize  = 8.0
	leading   = 1.35
)

// spareOnPaper is how many empty rows a printed list has: paper has its price,
// and what is more goes into the remarks or into the workbook.
var spareOnPaper = map[string]int{"projects": 2, "projects.funding": 4, "contacts": 2}

const otherSpare = 2

// Form writes the questionnaire as a PDF that is filled in: fields named by the
// same keys as the workbook's cells, a tagged text in reading order.
func (p *Press) Form(q *campaign.Questionnaire, paper Paper) ([]byte, error) {
	if err := p.ready(); err != nil {
		return nil, err
	}
	d := &pages{press: p, q: q, paper: paper, t: textsOf(paper.Language), options: map[string]object.Ref{}, shown: map[string]object.Ref{}}
	d.open()
	d.write()
	return d.close(), nil
}

// pages is a form being written downwards.
type pages struct {
	press *Press
	q     *campaign.Questionnaire
	paper Paper
	t     texts

	draft       object.Draft
	fonts       object.Ref // resources, of pages and of fields
	tree, whole object.Ref // StructTreeRoot and the Document in it
	parts       object.Array
	parents     object.Array // ParentTree, flat
	nextParent  int
	fields      object.Array
	options     map[string]object.Ref
	shown       map[string]object.Ref // appearances, by what they show

	beyond bool // something is written that the font does not draw

	list []*page
	y    float64 // from the top, of the next thing
}

type page struct {
	ref     object.Ref
	content []byte
	annots  object.Array
	marked  object.Array // elements of the marked content, by MCID
	parent  int
}

func (d *pages) open() {
	d.draft = object.Draft{Version: "1.7", Objects: make([]any, 1, 1200)}
	plain, typed := d.press.plain.add(&d.draft)
	bold, _ := d.press.bold.add(&d.draft)
	d.fonts = d.draft.Add(object.NewDict("Font", object.NewDict("F", typed, "P", plain, "B", bold)))
	d.tree, d.whole = d.draft.Add(nil), d.draft.Add(nil)
	d.newPage()
	// The identifier again, in a field that nobody sees: programs that fill forms
	// keep fields, whatever they make of the rest.
	ref := d.draft.Add(object.NewDict("Type", object.Name("Annot"), "Subtype", object.Name("Widget"), "P", d.page().ref, "F", unseen,
		"Rect", object.Array{0, 0, 0, 0},
		"FT", object.Name("Tx"), "Ff", readOnly, "T", object.Text(identifierField), "V", object.Text(d.paper.Identifier), "DA",
		object.String(typing)))
	d.page().annots, d.fields = append(d.page().annots, ref), append(d.fields, ref)
}

func (d *pages) page() *page { return d.list[len(d.list)-1] }

func (d *pages) newPage() {
	d.list = append(d.list, &page{ref: d.draft.Add(nil), parent: d.nextParent})
	d.nextParent++
	d.y = margin
}

// need begins a new page when what comes is higher than what is left.
func (d *pages) need(high float64) {
	if d.y+high > pageHigh-foot && d.y > margin {
		d.newPage()
	}
}

// element adds a part to the structure of the document.
func (d *pages) element(role string, k any) object.Ref {
	ref := d.draft.Add(object.NewDict("Type", object.Name("StructElem"), "S", object.Name(role), "P", d.whole, "Pg", d.page().ref, "K", k))
	d.parts = append(d.parts, ref)
	return ref
}

// mark opens marked content for a part of the text.
func (d *pages) mark(role string) {
	p := d.page()
	id := len(p.marked)
	p.marked = append(p.marked, d.element(role, id))
	p.content = fmt.Appendf(p.content, "/%s <</MCID %d>> BDC\n", role, id)
}

func (d *pages) unmark() { d.page().content = append(d.page().content, "EMC\n"...) }

// place draws one line of text at a height from the top.
func (d *pages) place(bold bool, size, x, y float64, grey string, text string) {
	face, name := d.press.plain, "P"
	if bold {
		face, name = d.press.bold, "B"
	}
	p := d.page()
	p.content = fmt.Appendf(p.content, "BT /%s %s Tf %s g %s %s Td ", name, points(size), grey, points(x), points(pageHigh-y))
	p.content = append(face.show(p.content, text), "ET\n"...)
}

func points(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// say writes a paragraph over the whole width.
func (d *pages) say(role string, bold bool, size float64, grey, text string) {
	face := d.press.plain
	if bold {
		face = d.press.bold
	}
	lines := face.lines(text, size, inner)
	high := size * leading
	d.need(min(high*float64(len(lines)), 120))
	d.mark(role)
	for _, l := range lines {
		if d.y+high > pageHigh-foot {
			d.unmark()
			d.newPage()
			d.mark(role)
		}
		d.place(bold, size, margin, d.y+size, grey, l)
		d.y += high
	}
	d.unmark()
}

// write lays out the whole: what it is, the confirmation, the entry, the lists,
// what is to be said beside.
func (d *pages) write() {
	d.say("H1", true, 15, "0", d.t.title+" : "+d.q.Title)
	d.y += 2
	d.say("P", false, textSize, "0", d.t.pages(d.paper))
	d.y += 8
	yes := &repertoire.Field{Kind: repertoire.FieldFlag}
	line := &repertoire.Field{}
	d.answers("", []answer{{key: campaign.KeyConfirm, label: d.t.confirmTick, field: yes, wide: 6},
		{key: campaign.KeyRespondent, label: d.t.respondent, field: line, wide: 3},
		{key: campaign.KeyFunction, label: d.t.function, field: line, wide: 3}})
	for _, b := range d.paper.Words.Blocks(d.q) {
		d.block(b)
	}
	d.y += 8
	d.answers("", []answer{{key: campaign.KeyRemarks, label: d.t.remarks, field: &repertoire.Field{Kind: repertoire.FieldMarkdown},
		wide: 6}})
	d.y += 4
	d.say("P", false, noteSize, "0.25", d.t.notice(d.paper))
	d.y += 6
	d.say("P", false, noteSize, "0.25", d.t.identifier+" "+d.paper.Identifier)
}

func (d *pages) block(b campaign.Block) {
	d.y += 10
	d.need(70)
	if b.Key == "" {
		d.heading("H2", 12, d.t.entry)
		var list []answer
		for _, l := range b.Lines {
			list = append(list, d.answer(l.Key, l.Label, l.Cell, l.Field))
		}
		d.answers("", list)
		return
	}
	d.heading("H2", 12, d.t.label(b.Label))
	if b.Key == "projects" {
		d.say("P", false, noteSize, "0.25", d.t.cards)
		d.y += 2
	}
	spares, allowed := 0, spareOnPaper[b.Key]
	if allowed == 0 {
		allowed = otherSpare
	}
	for i, r := range b.Rows {
		title := d.t.label(b.Label) + " – " + strconv.Itoa(i+1)
		if strings.Contains(r.Key, "+") {
			if spares++; spares > allowed {
				break
			}
			title = d.t.label(b.Label) + " – " + d.t.fresh
		}
		var list []answer
		for k, c := range b.Columns {
			list = append(list, d.answer(r.Key+"."+c.Key, c.Label, r.Cells[k], c.Field))
		}
		d.y += 4
		d.need(46)
		d.heading("H3", textSize, title)
		d.answers(title+" – ", list)
	}
}

func (d *pages) heading(role string, size float64, text string) {
	d.say(role, true, size, "0", text)
	d.y += 2
}

// close gives the bytes of the file.
func (d *pages) close() []byte {
	kids := object.Array{}
	tree := d.draft.Add(nil)
	contents := make([][]byte, len(d.list))
	for i, p := range d.list {
		contents[i] = append(p.content, d.foot(i)...)
	}
	packed := object.DeflatedAll(contents)
	for i, p := range d.list {
		kids = append(kids, p.ref)
		d.draft.Objects[p.ref.Num] = object.NewDict("Type", object.Name("Page"), "Parent", tree, "MediaBox",
			object.Array{0, 0, pageWide, pageHigh}, "Resources", d.fonts,
			"Contents", d.draft.Add(packed[i]), "Annots", p.annots, "StructParents", p.parent, "Tabs", object.Name("S"))
		d.parents = append(d.parents, p.parent, p.marked)
	}
	d.draft.Objects[tree.Num] = object.NewDict("Type", object.Name("Pages"), "Kids", kids, "Count", len(kids))
	d.draft.Objects[d.whole.Num] = object.NewDict("Type", object.Name("StructElem"), "S", object.Name("Document"), "P", d.tree, "K",
		d.parts)
	d.draft.Objects[d.tree.Num] = object.NewDict("Type", object.Name("StructTreeRoot"), "K", object.Array{d.whole},
		"ParentTree", d.draft.Add(object.NewDict("Nums", sorted(d.parents))), "ParentTreeNextKey", d.nextParent)
	resources, _ := d.draft.Objects[d.fonts.Num].(*object.Dict)
	form := object.NewDict("Fields", d.fields, "DA", object.String(typing), "DR", resources)
	if d.beyond { // other scripts: the reader's program draws them with its own fonts
		form.Set("NeedAppearances", true)
	}
	d.draft.Root = d.draft.Add(object.NewDict("Type", object.Name("Catalog"), "Pages", tree, "AcroForm", form, "StructTreeRoot", d.tree,
		"MarkInfo", object.NewDict("Marked", true), "Lang", object.Text(d.paper.Language), "ViewerPreferences",
		object.NewDict("DisplayDocTitle", true)))
	d.draft.Info = d.draft.Add(object.NewDict("Title", object.Text(d.t.title+" : "+d.q.Title), "Subject", object.Text(d.paper.Campaign),
		"Author", object.Text(d.paper.Sender), "Keywords", object.Text(d.paper.Identifier), "Creator", object.Text("Répertoire")))
	sum := d.draft.Digest()
	return d.draft.Bytes(sum[:16])
}

// sorted puts the pairs of a number tree in their order: pages and fields were
// numbered as they came.
func sorted(pairs object.Array) object.Array {
	out := make(object.Array, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		n, _ := pairs[i].(int)
		out[2*n], out[2*n+1] = n, pairs[i+1]
	}
	return out
}

// foot is what every page says below: the identifier, that a printed page is
// known by, and its number.
func (d *pages) foot(i int) []byte {
	face := d.press.plain
	b := []byte("/Artifact <</Type /Pagination>> BDC\n")
	put := func(x float64, text string) {
		b = fmt.Appendf(b, "BT /P 6.5 Tf 0.35 g %s %s Td ", points(x), points(margin-14))
		b = append(face.show(b, text), "ET\n"...)
	}
	put(margin, d.paper.Identifier)
	number := fmt.Sprintf("%d / %d", i+1, len(d.list))
	put(pageWide-margin-face.width(number, 6.5), number)
	return append(b, "EMC\n"...)
}
