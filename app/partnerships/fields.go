package partnerships

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// label puts a label before content and remembers the field for findings.
func (f *Form) label(name, label string, content fyne.CanvasObject) *widgets.Field {
	field := widgets.NewField(name, i18n.T(label), content)
	field.SetDot(f.dot(name))
	f.fields = append(f.fields, field)
	return field
}

// entry returns an entry of one line bound to a text of the draft.
func (f *Form) entry(name string, value *string, hint string) *widgets.Entry {
	e := widgets.NewEntry()
	f.bind(e, name, value, hint)
	return e
}

func (f *Form) bind(e *widgets.Entry, name string, value *string, hint string) {
	e.PlaceHolder = hint
	e.SetText(*value)
	e.OnTyping = func() { tell(f.OnTyping) }
	e.OnChanged = func(s string) { f.edit(name, func() { *value = s }) }
}

// text is a labelled entry of one line.
func (f *Form) text(name, label string, value *string, hint string) *widgets.Field {
	return f.label(name, label, f.entry(name, value, hint))
}

// area is a labelled entry of several lines that grows with its text.
func (f *Form) area(name, label string, value *string, rows int) *widgets.Field {
	e := widgets.NewTextArea(rows)
	f.bind(e, name, value, "")
	e.OnFocus = func(focused bool) {
		if focused {
			f.writing = e
		}
	}
	return f.label(name, label, f.spelled(e))
}

// parsed returns an entry whose text is read into a value. A text that cannot
// be read stays as typed and is said to be wrong once the cursor leaves it;
// nothing can be saved meanwhile.
func (f *Form) parsed(name, shown, hint string, read func(string) error) (*widgets.Entry, func(*widgets.Field)) {
	e := widgets.NewEntry()
	e.PlaceHolder = hint
	e.SetText(shown)
	var field *widgets.Field
	e.OnChanged = func(s string) {
		f.edit(name, func() {
			delete(f.wrong, name)
			if err := read(s); err != nil {
				f.wrong[name] = err.Error()
			}
		})
	}
	e.OnFocus = func(focused bool) {
		if why, wrong := f.wrong[name]; wrong && !focused && field != nil {
			field.Say(why, true)
		}
	}
	return e, func(of *widgets.Field) { field = of }
}

// cells are labelled entries of the lists that the declarations give a form in
// one entry; prefix is where the record stands in the form ("projects.0.").
func (f *Form) cells(d *repertoire.Declaration, prefix string, record any) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, field := range d.InOneCell() {
		e, of := f.parsed(prefix+field.Name, field.Cell(record), i18n.T(field.Hint),
			func(s string) error { return field.SetCell(record, s) })
		row := f.label(prefix+field.Name, field.Label, e)
		of(row)
		out = append(out, row)
	}
	return out
}

// date is a labelled date, typed the French way.
func (f *Form) date(name, label string, value *repertoire.Date) *widgets.Field {
	e, of := f.dateEntry(name, value)
	field := f.label(name, label, e)
	of(field)
	return field
}

func (f *Form) dateEntry(name string, value *repertoire.Date) (*widgets.Entry, func(*widgets.Field)) {
	return f.parsed(name, value.Field(), i18n.T("03/05/2012, 05/2012 ou 2012"), func(s string) error {
		parse := repertoire.ParseDate
		if repertoire.PastFact(name) {
			parse = func(s string) (repertoire.Date, error) {
				return repertoire.ParsePastDate(s, repertoire.DateOf(time.Now()))
			}
		}
		d, err := parse(s)
		if err == nil {
			*value = d
		}
		return err
	})
}

// money is a labelled amount with its currency.
func (f *Form) money(name, label string, value *repertoire.Money) *widgets.Field {
	e, of := f.moneyEntry(name, value)
	field := f.label(name, label, e)
	of(field)
	return field
}

func (f *Form) moneyEntry(name string, value *repertoire.Money) (*widgets.Entry, func(*widgets.Field)) {
	return f.parsed(name, value.French(), i18n.T("12 500,50 EUR"), func(s string) error {
		m, err := repertoire.ParseMoney(s)
		if err == nil {
			*value = m
		}
		return err
	})
}

// year is a labelled year.
func (f *Form) year(name, label string, value *int) *widgets.Field {
	shown := ""
	if *value != 0 {
		shown = strconv.Itoa(*value)
	}
	e, of := f.parsed(name, shown, i18n.T("1998"), func(s string) error {
		s = strings.TrimSpace(s)
		if s == "" {
			*value = 0
			return nil
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 1000 || n > 2200 {
			return repertoire.Refuse("« %s » n’est pas une année : écrivez quatre chiffres, comme 1998.", s)
		}
		*value = n
		return nil
	})
	field := f.label(name, label, e)
	of(field)
	return field
}

// choice is a labelled menu over a closed list, with a blank line.
func choice[T ~string](f *Form, name, label string, list repertoire.Choices[T], value *T) *widgets.Field {
	return f.label(name, label, choiceMenu(f, list, value))
}

func choiceMenu[T ~string](f *Form, list repertoire.Choices[T], value *T) fyne.CanvasObject {
	return f.menu(repertoire.PlainChoices(list), string(*value), func(chosen string) { *value = T(chosen) })
}

func (f *Form) menu(list []repertoire.Choice[string], now string, set func(string)) fyne.CanvasObject {
	options := []string{"—"}
	selected := 0
	for i, c := range list {
		options = append(options, i18n.T(c.Label))
		if c.Value == now {
			selected = i + 1
		}
	}
	menu := widgets.NewSelect(options, nil)
	menu.PlaceHolder = "—"
	menu.SetSelectedIndex(selected)
	menu.OnChanged = func(string) {
		f.edit("", func() {
			chosen := ""
			if i := menu.SelectedIndex(); i > 0 {
				chosen = list[i-1].Value
			}
			set(chosen)
		})
		f.head.fill()
	}
	return widgets.Framed(menu)
}

// unplaced are the fields of one value that no section has laid out: a field
// that is declared can be filled in at once.
func (f *Form) unplaced(d *repertoire.Declaration, record any) []fyne.CanvasObject {
	placed := map[string]bool{}
	for _, x := range f.fields {
		placed[x.Name] = true
	}
	var out []fyne.CanvasObject
	for _, field := range d.Fields {
		if placed[field.Name] || field.Many || field.Has(repertoire.Kept) {
			continue
		}
		switch value := field.Pointer(record).(type) {
		case *bool:
			out = append(out, f.label(field.Name, field.Label, f.tick(field.Hint, value)))
		case *repertoire.Date:
			out = append(out, f.date(field.Name, field.Label, value))
		case *int:
			if field.Kind == repertoire.FieldYear {
				out = append(out, f.year(field.Name, field.Label, value))
			}
		case *string:
			if field.Kind == repertoire.FieldMarkdown {
				out = append(out, f.area(field.Name, field.Label, value, 2))
			} else {
				out = append(out, f.text(field.Name, field.Label, value, i18n.T(field.Hint)))
			}
		default:
			if field.Kind == repertoire.FieldChoice {
				now := fmt.Sprint(field.Value(record))
				out = append(out, f.label(field.Name, field.Label,
					f.menu(field.Choices, now, func(s string) { field.SetWords(record, s) })))
			}
		}
	}
	return out
}

// tick is a box with its words.
func (f *Form) tick(label string, value *bool) *widgets.Check {
	c := widgets.NewCheck(i18n.T(label), nil)
	c.SetChecked(*value)
	c.OnChanged = func(on bool) {
		f.edit("", func() { *value = on })
		f.head.fill()
	}
	return c
}
