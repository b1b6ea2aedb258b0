package partnerships

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// writingBar helps with the texts of the book: it acts on the one the cursor
// was in last.
func (f *Form) writingBar() fyne.CanvasObject {
	put := func(before, after string) func() { return func() { f.insert(before, after) } }
	return widgets.Flow(4,
		widgets.NewActionChip(i18n.T("Écrire en grand (F2)"), "expand", func() { f.WriteLarge() }),
		widgets.NewActionChip(i18n.T("Gras"), "", put("**", "**")),
		widgets.NewActionChip(i18n.T("Italique"), "", put("*", "*")),
		widgets.NewActionChip(i18n.T("Liste"), "", put("\n- ", "")),
		widgets.NewActionChip("«\u00a0»", "", put("«\u00a0", "\u00a0»")),
		widgets.NewActionChip("’", "", put("’", "")),
		widgets.NewActionChip("É", "", put("É", "")),
		widgets.NewActionChip("À", "", put("À", "")),
		widgets.NewActionChip("Ç", "", put("Ç", "")),
		widgets.NewActionChip("œ", "", put("œ", "")),
		widgets.NewActionChip(i18n.T("Espace insécable"), "", put("\u00a0", "")),
		widgets.NewActionChip(i18n.T("Corriger la typographie"), "", func() { f.CorrectTypography() }))
}

// insert puts signs around what is selected, or where the cursor is.
func (f *Form) insert(before, after string) {
	e := f.writing
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	if e == nil || c == nil {
		f.notice.Say(widgets.Info, i18n.T("Mettez d’abord le curseur dans un texte."))
		return
	}
	selected := e.SelectedText()
	c.Focus(e)
	if f.draft != nil {
		f.draft.editing = "" // a step of its own for undo
	}
	for _, r := range before + selected + after {
		e.TypedRune(r)
	}
	if selected == "" {
		for range []rune(after) {
			e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		}
	}
}

// CorrectTypography shows what French typography would change in the texts of
// the entry and, agreed to, changes it as one step.
func (f *Form) CorrectTypography() {
	if f.draft == nil {
		return
	}
	next := clone(f.draft.now)
	var changes []typographicChange
	for _, t := range textsOf(&next) {
		right := repertoire.Typography(*t.text)
		if right != *t.text {
			changes = append(changes, typographicChange{t.label, *t.text, right})
			*t.text = right
		}
	}
	if len(changes) == 0 {
		f.notice.Say(widgets.Success, i18n.T("La typographie des textes est en ordre."))
		return
	}
	column := widgets.Column(8)
	for _, c := range changes {
		before, after := c.around()
		column.Add(widgets.Rule())
		column.Add(widgets.NewMuted(i18n.T(c.label)))
		column.Add(widgets.Shares(12, []float32{1, 1}, widgets.NewFlushParagraph(before), widgets.NewFlushParagraph(after)))
	}
	d := f.draft
	m := widgets.NewModal(i18n.T("Corriger la typographie"), container.NewVScroll(column), f.window)
	apply := widgets.NewMainButton(i18n.T("Corriger"), "", func() {
		m.Close()
		if f.draft == d {
			f.restructure(func() { d.now = next })
		}
	})
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), apply)
	m.Show(680, 420)
	m.Focus(apply)
}

// bookText is a text of the entry that is printed.
type bookText struct {
	label string
	text  *string
}

func textsOf(p *repertoire.Partnership) []bookText {
	out := []bookText{{repertoire.FieldLabel("objectives"), &p.Objectives}, {repertoire.FieldLabel("context"), &p.Context},
		{repertoire.FieldLabel("history"), &p.History}, {repertoire.FieldLabel("description"), &p.Description}}
	add := func(field string, texts ...*string) {
		for _, t := range texts {
			out = append(out, bookText{repertoire.FieldLabel(field), t})
		}
	}
	for i := range p.Projects {
		x := &p.Projects[i]
		add("projects", &x.Title, &x.Description, &x.Results, &x.Difficulties, &x.Beneficiaries)
	}
	for i := range p.Exchanges {
		add("exchanges", &p.Exchanges[i].Title, &p.Exchanges[i].Description)
	}
	for i := range p.Quotes {
		add("quotes", &p.Quotes[i].Text)
	}
	for i := range p.Pictures {
		add("pictures", &p.Pictures[i].Caption, &p.Pictures[i].Alt)
	}
	return out
}

type typographicChange struct{ label, before, after string }

// around gives what lies around the differences, with the spaces that do not
// break made visible: they are most of what changes.
func (c typographicChange) around() (before, after string) {
	b, a := []rune(c.before), []rune(c.after)
	from := 0
	for from < len(b) && from < len(a) && b[from] == a[from] {
		from++
	}
	end := 0
	for end < len(b)-from && end < len(a)-from && b[len(b)-1-end] == a[len(a)-1-end] {
		end++
	}
	const room = 160
	cut := func(r []rune) string {
		start, stop := max(0, from-20), min(len(r), len(r)-end+20)
		s := string(r[start:min(stop, start+room)])
		if start > 0 {
			s = "…" + s
		}
		if start+room < stop || stop < len(r) {
			s += "…"
		}
		return strings.NewReplacer("\u00a0", "⍽", "\u202f", "⍽").Replace(s)
	}
	return cut(b), cut(a)
}
