package form

import (
	"fmt"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

// answer is one field of the form.
type answer struct {
	key, label, hint, value string
	field                   *repertoire.Field // nil of the one that names the element a row belongs to
	wide                    int               // of six columns
	high                    float64           // of its box
}

const (
	columns = 6
	gutter  = 8.0
	boxHigh = 15.0
	pad     = 3.0
	// most is how high a box may be: what is longer is scrolled through.
	most = 300.0
	// typing is how a program draws what is typed.
	typing = "/F 9 Tf 0 g"
	// identifierField carries the identifier where nobody types.
	identifierField = "@identifiant"
)

// Bits of a field's flags (ISO 32000-1 tables 221, 228 and 230), and of an
// annotation's: it is printed.
const (
	readOnly, multiline, combo, editable = 1, 1 << 12, 1 << 17, 1 << 18
	onPaper, unseen                      = 4, 2
)

func unit(wide int) float64 {
	return float64(wide)*(inner+gutter)/columns - gutter
}

// answer measures what a field needs.
func (d *pages) answer(key, label, value string, f *repertoire.Field) answer {
	a := answer{key: key, label: d.t.label(label), value: value, field: f, wide: 3, high: boxHigh}
	if f == nil {
		return a
	}
	switch f.Kind {
	case repertoire.FieldDate, repertoire.FieldYear, repertoire.FieldMoney, repertoire.FieldFlag:
		a.wide = 2
		if f.Kind != repertoire.FieldFlag {
			a.hint = hint(d.t, f)
		}
		return a
	case repertoire.FieldMarkdown:
		a.wide = columns
	}
	if d.offered(a) != nil {
		return a
	}
	if a.wide < columns && d.press.plain.width(value, textSize) > unit(a.wide)-2*pad {
		a.wide = columns
	}
	if f.Kind == repertoire.FieldMarkdown || d.press.plain.width(value, textSize) > inner-2*pad {
		n := len(d.press.plain.lines(value, textSize, inner-2*pad)) + 1
		a.high = min(max(float64(n), 3)*textSize*leading+2*pad, most)
	}
	return a
}

// tall tells whether an answer has lines.
func (a answer) tall() bool { return a.high > boxHigh }

// answers lays fields out in rows of six columns; of is what names them for who
// does not see the page.
func (d *pages) answers(of string, list []answer) {
	for len(list) > 0 {
		n, used, high := 0, 0, boxHigh
		for n < len(list) && used+list[n].wide <= columns {
			used += list[n].wide
			if list[n].field != nil && list[n].field.Kind == repertoire.FieldMarkdown && list[n].high == 0 {
				list[n].high = 5*textSize*leading + 2*pad
			}
			high = max(high, list[n].high)
			n++
		}
		label := labelSize * leading
		d.need(label + high)
		x := margin
		for _, a := range list[:n] {
			a.high = max(a.high, boxHigh)
			d.one(of, a, x, unit(a.wide))
			x += unit(a.wide) + gutter
		}
		d.y += label + high + 4
		list = list[n:]
	}
}

// one draws a label with its field.
func (d *pages) one(of string, a answer, x, wide float64) {
	label := a.label
	tick := a.field != nil && a.field.Kind == repertoire.FieldFlag
	top := d.y + labelSize*leading
	if tick {
		d.mark("Lbl")
		bold := a.key == campaign.KeyConfirm
		size := labelSize
		if bold {
			size = textSize + 1
		}
		for i, l := range d.press.bold.lines(label, size, wide-18) {
			d.place(bold, size, x+18, top+10.5+float64(i)*size*1.1, "0", l)
		}
		d.unmark()
		d.widget(of, a, x, top+1, 13, 13)
		return
	}
	d.mark("Lbl")
	if a.hint != "" && d.press.bold.width(label, labelSize)+d.press.plain.width("  "+a.hint, labelSize-1) <= wide {
		d.place(false, labelSize-1, x+d.press.bold.width(label+" ", labelSize), d.y+labelSize, "0.35", "("+a.hint+")")
	}
	d.place(true, labelSize, x, d.y+labelSize, "0", d.press.bold.lines(label, labelSize, wide)[0])
	d.unmark()
	d.widget(of, a, x, top, wide, a.high)
}

// offered gives the words that a field offers, nil for free text.
func (d *pages) offered(a answer) []string {
	switch {
	case a.field == nil:
		var out []string
		for i, p := range d.q.Sent.Projects {
			out = append(out, campaign.ParentCell(i, p.Title))
		}
		return out
	case a.field.Kind == repertoire.FieldTheme:
		out := make([]string, len(d.paper.Words.Themes))
		for i, t := range d.paper.Words.Themes {
			out[i] = campaign.ThemeCell(t)
		}
		return out
	case a.field.Kind == repertoire.FieldChoice:
		return repertoire.Choices[string](a.field.Choices).Labels()
	}
	return nil
}

// choices is the array of what a field offers, shared by all that offer it;
// nothing comes first, and a word of the entry that is no longer offered last.
func (d *pages) choices(words []string, value string) object.Ref {
	known := value == ""
	for _, w := range words {
		known = known || w == value
	}
	if !known {
		words = append(append([]string{}, words...), value)
	}
	key := strings.Join(words, "|")
	if ref, ok := d.options[key]; ok {
		return ref
	}
	list := object.Array{object.Text("")}
	for _, w := range words {
		if w != "" {
			list = append(list, literal(w))
		}
	}
	d.options[key] = d.draft.Add(list)
	return d.options[key]
}

// literal writes a text between brackets: pdfcpu (0.15) takes no other string
// for a choice.
func literal(text string) object.Raw {
	out := object.Raw{'('}
	for _, c := range object.Text(text) {
		switch c {
		case '(', ')', '\\':
			out = append(out, '\\', c)
		case '\r':
			out = append(out, `\r`...)
		case '\n':
			out = append(out, `\n`...)
		default:
			out = append(out, c)
		}
	}
	return append(out, ')')
}

// widget adds a field with its box.
func (d *pages) widget(of string, a answer, x, y, wide, high float64) {
	p := d.page()
	p.content = fmt.Appendf(p.content, "/Artifact BMC 1 0.99 0.94 rg 0.72 0.76 0.81 RG 0.6 w %s %s %s %s re B EMC\n", points(x),
		points(pageHigh-y-high), points(wide), points(high))
	name := of + a.label
	if a.hint != "" {
		name += " (" + a.hint + ")"
	}
	field := object.NewDict("Type", object.Name("Annot"), "Subtype", object.Name("Widget"), "P", p.ref, "F", onPaper,
		"Rect", object.Array{round(x), round(pageHigh - y - high), round(x + wide), round(pageHigh - y)},
		"T", object.Text(strings.ReplaceAll(a.key, ".", "/")), "TU", object.Text(name))
	switch words := d.offered(a); {
	case a.field != nil && a.field.Kind == repertoire.FieldFlag:
		state := object.Name("Off")
		if a.value == "oui" {
			state = tickOn
		}
		field.Set("FT", object.Name("Btn"))
		field.Set("V", state)
		field.Set("AS", state)
		field.Set("AP", object.NewDict("N", object.NewDict(string(tickOn), d.tick(wide, high), "Off", d.shows("", wide, high, false))))
		field.Set("MK", object.NewDict("CA", object.String("4"))) // a tick, for who draws it anew
	case words != nil:
		flags := combo
		if a.field == nil {
			flags |= editable // a project that is new has no number yet
		}
		field.Set("FT", object.Name("Ch"))
		field.Set("Ff", flags)
		field.Set("Opt", d.choices(words, a.value))
		d.text(field, a, wide, high)
	default:
		field.Set("FT", object.Name("Tx"))
		if a.tall() {
			field.Set("Ff", multiline)
		}
		d.text(field, a, wide, high)
	}
	ref := d.draft.Add(field)
	field.Set("StructParent", d.nextParent)
	element := d.element("Form", object.NewDict("Type", object.Name("OBJR"), "Obj", ref, "Pg", p.ref))
	d.parents = append(d.parents, d.nextParent, element)
	d.nextParent++
	p.annots, d.fields = append(p.annots, ref), append(d.fields, ref)
}

func round(v float64) object.Raw { return object.Raw(points(v)) }

const tickOn = object.Name("Oui")

func (d *pages) text(field *object.Dict, a answer, wide, high float64) {
	d.beyond = d.beyond || !d.press.plain.draws(a.value)
	field.Set("DA", object.String(typing))
	if a.value != "" {
		field.Set("V", object.Text(Clipped(a.value)))
	}
	field.Set("AP", object.NewDict("N", d.shows(a.value, wide, high, a.tall())))
}

// Clipped is what a field holds of a text: as much as a cell.
func Clipped(text string) string { return campaign.Shown(text) }

// shows draws a text as its field shows it; the same text in a box of the same
// size is drawn once.
func (d *pages) shows(text string, wide, high float64, tall bool) object.Ref {
	key := fmt.Sprintf("%.2f %.2f %t %s", wide, high, tall, text)
	if ref, ok := d.shown[key]; ok {
		return ref
	}
	b := []byte("/Tx BMC\n")
	if text != "" {
		b = fmt.Appendf(b, "q 1 1 %s %s re W n BT /P 9 Tf 0 g ", points(wide-2), points(high-2))
		lines, y := []string{strings.ReplaceAll(text, "\n", " ")}, (high-textSize)/2+2
		if tall {
			lines, y = d.press.plain.lines(text, textSize, wide-2*pad), high-pad-textSize
		}
		b = fmt.Appendf(b, "%s TL %s %s Td ", points(textSize*leading), points(pad), points(y))
		for i, l := range lines {
			if float64(i)*textSize*leading > high {
				break
			}
			b = append(d.press.plain.show(b, l), "T* "...)
		}
		b = append(b, "ET Q "...)
	}
	ref := d.draft.Add(&object.Stream{Dict: d.box(wide, high), Data: append(b, "EMC"...)})
	d.shown[key] = ref
	return ref
}

// tick draws a box that is ticked.
func (d *pages) tick(wide, high float64) object.Ref {
	if ref, ok := d.shown["tick"]; ok {
		return ref
	}
	b := fmt.Appendf(nil, "q 0 0 0 RG 1.6 w %s %s m %s %s l %s %s l S Q", points(wide*0.2), points(high*0.5), points(wide*0.42),
		points(high*0.22), points(wide*0.82), points(high*0.8))
	d.shown["tick"] = d.draft.Add(&object.Stream{Dict: d.box(wide, high), Data: b})
	return d.shown["tick"]
}

func (d *pages) box(wide, high float64) *object.Dict {
	return object.NewDict("Type", object.Name("XObject"), "Subtype", object.Name("Form"), "BBox",
		object.Array{0, 0, round(wide), round(high)}, "Resources", d.fonts)
}
