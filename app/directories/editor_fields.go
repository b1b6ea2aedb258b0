package directories

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// field puts a label before content and remembers the field for findings.
func (e *Editor) field(name, label string, content fyne.CanvasObject) *widgets.Field {
	f := widgets.NewField(name, label, content)
	e.fields = append(e.fields, f)
	return f
}

// bound returns an entry of one line that writes into value.
func (e *Editor) bound(name string, value *string, hint string) *widgets.Entry {
	w := widgets.NewEntry()
	w.PlaceHolder = hint
	w.SetText(*value)
	w.OnChanged = func(s string) { e.edit(name, func() { *value = s }) }
	return w
}

// line is a labelled entry of one line.
func (e *Editor) line(name, label string, value *string, hint string) *widgets.Field {
	return e.field(name, label, e.bound(name, value, hint))
}

// prose is a labelled entry of several lines that grows with its text.
func (e *Editor) prose(name, label string, value *string, rows int, hint string) *widgets.Field {
	w := widgets.NewTextArea(rows)
	w.PlaceHolder = hint
	w.SetText(*value)
	w.OnChanged = func(s string) { e.edit(name, func() { *value = s }) }
	return e.field(name, label, w)
}

// read is a labelled entry whose text is read into a value; what cannot be
// read stays as typed, is said to be wrong, and keeps the book from being
// saved.
func (e *Editor) read(name, label, shown, hint string, take func(string) error) *widgets.Field {
	w := widgets.NewEntry()
	w.PlaceHolder = hint
	w.SetText(shown)
	w.OnChanged = func(s string) {
		e.edit(name, func() {
			delete(e.wrong, name)
			if err := take(s); err != nil {
				e.wrong[name] = err.Error()
			}
		})
	}
	return e.field(name, label, w)
}

func (e *Editor) dated(name, label string, value *repertoire.Date) *widgets.Field {
	return e.read(name, label, value.Field(), i18n.T("03/05/2012, 05/2012 ou 2012"), func(s string) error {
		d, err := repertoire.ParseDate(s)
		if err == nil {
			*value = d
		}
		return err
	})
}

func (e *Editor) priced(name, label string, value *repertoire.Money) *widgets.Field {
	return e.read(name, label, value.French(), i18n.T("Vide : cet exemplaire ne peut être vendu"), func(s string) error {
		m, err := repertoire.ParseMoney(s)
		if err == nil {
			*value = m
		}
		return err
	})
}

// menu is a labelled list of words, one for each value.
func (e *Editor) menu(name, label string, values, words []string, value *string) *widgets.Field {
	m := widgets.NewSelect(words, nil)
	m.SetSelectedIndex(max(0, slices.Index(values, *value)))
	m.OnChanged = func(string) {
		if i := m.SelectedIndex(); i >= 0 {
			e.edit("", func() { *value = values[i] })
		}
	}
	return e.field(name, label, widgets.Framed(m))
}

// list edits the elements of a list: a block each, and a button for one more.
func list[T any](e *Editor, values *[]T, add string, row func(i int, item *T) fyne.CanvasObject) fyne.CanvasObject {
	column := widgets.Column(6)
	for i := range *values {
		remove := widgets.NewIconButton("close", i18n.T("Retirer"), func() {
			e.restructure(func() { *values = slices.Delete(slices.Clone(*values), i, i+1) })
		}).Small()
		up := widgets.NewIconButton("up", i18n.T("Monter"), func() {
			e.restructure(func() { (*values)[i-1], (*values)[i] = (*values)[i], (*values)[i-1] })
		}).Small()
		up.SetEnabled(i > 0)
		column.Add(container.NewBorder(nil, nil, nil, container.NewVBox(widgets.Line(0, up, remove)), row(i, &(*values)[i])))
	}
	column.Add(container.NewHBox(widgets.NewQuietButton(add, "add", func() {
		e.restructure(func() { var blank T; *values = append(*values, blank) })
	})))
	return column
}

// countries are the book's, as chips, with a picker to add one.
func (e *Editor) countries() *widgets.Field {
	d := &e.draft.now.Directory
	chips := widgets.Flow(4)
	for _, iso := range d.Countries {
		chips.Add(widgets.NewRemovableChip(e.door.CountryName(iso), func() {
			e.restructure(func() {
				d.Countries = slices.DeleteFunc(slices.Clone(d.Countries), func(x string) bool { return x == iso })
				e.propose()
			})
			e.FocusFirst()
		}))
	}
	picker := widgets.NewPicker(i18n.T("Ajouter un pays par son nom"), i18n.T("Aucun pays ne porte ce nom."), e.pace,
		func(_ context.Context, text string) ([]widgets.Suggestion, error) {
			var out []widgets.Suggestion
			for _, c := range e.door.Records().SuggestCountries(text, 12) {
				out = append(out, widgets.Suggestion{Label: c.Label, Note: c.Value, Value: c.Value})
			}
			return out, nil
		})
	picker.OnPicked = func(s widgets.Suggestion) {
		iso, ok := s.Value.(string)
		if !ok || slices.Contains(d.Countries, iso) {
			return
		}
		e.restructure(func() {
			d.Countries = append(d.Countries, iso)
			e.propose()
		})
		e.FocusFirst()
	}
	if d.ID == "" {
		e.first = picker.Entry()
	}
	content := fyne.CanvasObject(picker)
	if len(d.Countries) > 0 {
		content = widgets.Column(4, chips, picker)
	}
	return e.field("countries", i18n.T("Pays"), content)
}

// propose names a new book after its countries, wherever its names are still
// those proposed before.
func (e *Editor) propose() {
	d := &e.draft.now.Directory
	if d.ID != "" {
		return
	}
	named := e.door.Records().NameDirectory(d.Countries)
	for _, x := range []struct {
		now      *string
		was, new string
	}{{&d.Title, e.named.Title, named.Title}, {&d.Short, e.named.Short, named.Short}, {&d.Slug, e.named.Slug, named.Slug}} {
		if *x.now == "" || *x.now == x.was {
			*x.now = x.new
		}
	}
	e.named = named
}
