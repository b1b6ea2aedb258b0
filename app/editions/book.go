package editions

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
)

// bookPanel edits the sections of a book beside its pages. What is changed
// stays here until it is saved, as one change.
type bookPanel struct {
	then      func() // what waits for the save under way, nil for nothing
	view      *View
	directory repertoire.Directory
	sections  []books.Section
	dirty     bool
	busy      bool
	filling   bool // the fields show another section, nobody types

	rows     *widgets.Rows
	up, down *widgets.IconButton
	toggle   *widgets.IconButton
	title    *widgets.Entry
	text     *widgets.Entry
	about    *widget.RichText
	edit     *widgets.Scroll // of what is edited
	side     *fyne.Container
	save     *widgets.Button
	revert   *widgets.Button
	signed   *editorials
	pages    *pageViewer
	all      fyne.CanvasObject
}

func newBookPanel(v *View) *bookPanel {
	b := &bookPanel{view: v, pages: newPageViewer(v)}
	b.rows = widgets.NewRows(28, func() int { return len(b.sections) }, func() fyne.CanvasObject {
		return widgets.Inset(12, 0, widgets.NewText(""))
	}, func(i int, o fyne.CanvasObject) {
		t := o.(*fyne.Container).Objects[0].(*widgets.Text)
		s := b.sections[i]
		t.Colour = fynetheme.ColorNameForeground
		name := sectionName(s)
		if s.Off {
			t.Colour, name = fynetheme.ColorNameDisabled, i18n.T("%s (hors du livre)", name)
		}
		t.SetText(name)
		t.Refresh()
	})
	b.rows.OnCurrent = b.showSection
	b.rows.OnActivated = func(int) { b.Toggle() }
	b.rows.OnKey = b.key
	b.up = widgets.NewIconButton("up", i18n.T("Monter (touche -)"), func() { b.Move(-1) })
	b.down = widgets.NewIconButton("down", i18n.T("Descendre (touche +)"), func() { b.Move(1) })
	b.toggle = widgets.NewIconButton("eye", i18n.T("Mettre dans le livre ou l’en retirer (Entrée)"), b.Toggle)
	b.title, b.text = widgets.NewEntry(), widgets.NewTextArea(4)
	b.text.MaxRows = 6
	b.title.OnChanged = func(string) { b.typed() }
	b.text.OnChanged = func(string) { b.typed() }
	b.about = widgets.NewParagraph("", fynetheme.ColorNamePlaceHolder)
	b.save = widgets.NewMainButton(i18n.T("Enregistrer"), "save", b.Save)
	b.revert = widgets.NewButton(i18n.T("Abandonner"), "", b.Revert)
	bar := container.NewBorder(nil, nil, widgets.NewCaption(i18n.T("Sections, dans l’ordre du livre")),
		widgets.Line(0, b.up, b.down, b.toggle))
	b.signed = newEditorials(b)
	b.edit = widgets.NewVScroll(container.New(layout.NewCustomPaddedLayout(4, 4, 0, 4), widgets.Column(8, b.about,
		widgets.NewField("title", i18n.T("Titre de la section"), b.title),
		widgets.NewField("text", i18n.T("Texte en tête (Markdown)"), b.text), b.signed.all)))
	b.side = container.New(beneath{b}, bar, b.rows, widgets.Rule(), b.edit,
		container.NewBorder(nil, nil, nil, widgets.Line(8, b.revert, b.save)))
	left := widgets.WideUpTo(344, 560, widgets.Inset(12, 8, b.side))
	b.all = container.NewBorder(nil, nil, container.NewBorder(nil, nil, nil, widgets.UprightRule(), left), nil, b.pages.all)
	b.show()
	return b
}

func sectionName(s books.Section) string {
	switch {
	case s.Title != "":
		return s.Title
	case s.Default != "":
		return i18n.Said(s.Default)
	}
	return i18n.T("Texte libre")
}

func (b *bookPanel) clear() {
	b.sections, b.dirty = nil, false
	b.signed.show(false)
	b.pages.clear()
	b.rows.Select(-1)
	b.show()
}

// fill shows the sections as they are stored, unless somebody is changing them.
func (b *bookPanel) fill(d repertoire.Directory, sections []books.Section) {
	if b.dirty && d.ID == b.directory.ID {
		return
	}
	at := max(0, b.rows.Selection().Current)
	b.directory, b.sections, b.dirty = d, sections, false
	b.rows.Refresh()
	if at < len(sections) {
		b.rows.Mark(at)
		b.showSection(at)
	}
	b.show()
}

func (b *bookPanel) current() int {
	if i := b.rows.Selection().Current; i < len(b.sections) {
		return i
	}
	return -1
}

func (b *bookPanel) showSection(i int) {
	if i < 0 || i >= len(b.sections) {
		return
	}
	s := b.sections[i]
	b.filling = true
	b.title.SetText(s.Title)
	b.title.SetPlaceHolder(s.Default)
	b.text.SetText(s.Text)
	b.filling = false
	b.about.Segments[0].(*widget.TextSegment).Text = i18n.Said(s.About)
	b.about.Hidden = s.About == ""
	b.about.Refresh()
	b.signed.show(s.Signed())
	b.show()
	b.side.Refresh()
	b.pages.GoSection(s.Key)
}

func (b *bookPanel) typed() {
	i := b.current()
	if b.filling || i < 0 {
		return
	}
	b.sections[i].Title, b.sections[i].Text = strings.TrimSpace(b.title.Text), b.text.Text
	b.changed()
}

func (b *bookPanel) changed() {
	b.dirty = true
	b.rows.Refresh()
	b.show()
}

func (b *bookPanel) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyMinus:
		b.Move(-1)
	case fyne.KeyPlus, fyne.KeyEqual:
		b.Move(1)
	case fyne.KeySpace:
		b.Toggle()
	default:
		return false
	}
	return true
}

// Move moves the current section by that many places.
func (b *bookPanel) Move(by int) {
	i := b.current()
	if to := i + by; i >= 0 && to >= 0 && to < len(b.sections) {
		b.sections[i], b.sections[to] = b.sections[to], b.sections[i]
		b.rows.Mark(to)
		b.rows.Reveal(to)
		b.changed()
	}
}

// Toggle puts the current section in the book or takes it out.
func (b *bookPanel) Toggle() {
	if i := b.current(); i >= 0 {
		b.sections[i].Off = !b.sections[i].Off
		b.changed()
	}
}

// Revert forgets what was not saved.
func (b *bookPanel) Revert() {
	b.dirty = false
	b.view.Reload()
}

// Save keeps the sections as one change, and lays the book out again when its
// pages are in view.
func (b *bookPanel) Save() {
	if !b.dirty || b.busy {
		return
	}
	b.busy = true
	b.show()
	d := b.directory
	d.Sections, d.Editorial = nil, b.signed.filled()
	for _, s := range b.sections {
		d.Sections = append(d.Sections, s.SectionChoice)
	}
	b.view.pace.Run(func() {
		saved, err := b.view.door.Records().SaveDirectory(context.Background(), d)
		fyne.Do(func() {
			b.busy = false
			if err != nil {
				b.view.say(widgets.Failure, err.Error())
				b.show()
				return
			}
			b.directory, b.dirty = saved, false
			if then := b.then; then != nil {
				defer then()
			}
			b.then = nil
			b.view.say(widgets.Success, i18n.T("Les sections du livre sont enregistrées."))
			b.show()
			b.view.Reload()
			if b.pages.proof != nil {
				b.pages.lay()
			}
		})
	})
}

func (b *bookPanel) show() {
	i := b.current()
	b.up.SetEnabled(i > 0)
	b.down.SetEnabled(i >= 0 && i < len(b.sections)-1)
	b.toggle.SetEnabled(i >= 0)
	for _, o := range []fyne.Disableable{b.save, b.revert} {
		if b.dirty && !b.busy {
			o.Enable()
		} else {
			o.Disable()
		}
	}
	for _, o := range append([]fyne.Disableable{b.title, b.text}, b.signed.lines...) {
		if i >= 0 && !b.busy {
			o.Enable()
		} else {
			o.Disable()
		}
	}
}
