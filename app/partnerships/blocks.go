package partnerships

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// bare is a field without a label whose name catches the findings of an
// element of a list.
func (f *Form) bare(name string, content fyne.CanvasObject) *widgets.Field {
	field := widgets.NewBare(name, content)
	f.fields = append(f.fields, field)
	return field
}

// rowOf is one element on one line: its entries, then its cross.
func rowOf[T any](f *Form, list *[]T, i int, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewCenter(removal(f, list, i)), content)
}

func (f *Form) conventions() fyne.CanvasObject {
	list := &f.draft.now.Conventions
	return items(f, list, "Ajouter une convention", func() repertoire.Convention { return repertoire.Convention{} },
		func(i int, c *repertoire.Convention) fyne.CanvasObject {
			signed, ofSigned := f.dateEntry(at("conventions", i, "signed"), &c.Signed)
			until, ofUntil := f.dateEntry(at("conventions", i, "until"), &c.Until)
			signed.PlaceHolder, until.PlaceHolder = i18n.T("Signée le"), i18n.T("Jusqu’au")
			row := widgets.Shares(6, []float32{4, 2, 2}, f.entry(at("conventions", i, "title"), &c.Title, i18n.T("Intitulé")), signed,
				until)
			buttons := widgets.Line(0, container.NewCenter(f.conventionFile(i)), container.NewCenter(removal(f, list, i)))
			field := f.bare(at("conventions", i, "signed"), container.NewBorder(nil, nil, nil, buttons, row))
			ofSigned(field)
			ofUntil(field)
			return field
		})
}

func (f *Form) exchanges() fyne.CanvasObject {
	list := &f.draft.now.Exchanges
	return items(f, list, "Ajouter un échange ou une visite", func() repertoire.Exchange { return repertoire.Exchange{} },
		func(i int, x *repertoire.Exchange) fyne.CanvasObject {
			date, of := f.dateEntry(at("exchanges", i, "date"), &x.Date)
			date.PlaceHolder = i18n.T("Date")
			description := widgets.NewTextArea(1)
			f.bind(description, at("exchanges", i, "description"), &x.Description, i18n.T("Description"))
			field := f.bare(at("exchanges", i, "date"), block(rowOf(f, list, i, widgets.Column(4, widgets.Shares(6, []float32{2, 5}, date,
				f.entry(at("exchanges", i, "title"), &x.Title, i18n.T("Intitulé"))), description))))
			of(field)
			return field
		})
}

func (f *Form) quotes() fyne.CanvasObject {
	list := &f.draft.now.Quotes
	return items(f, list, "Ajouter une citation", func() repertoire.Quote { return repertoire.Quote{} },
		func(i int, q *repertoire.Quote) fyne.CanvasObject {
			text := widgets.NewTextArea(1)
			f.bind(text, at("quotes", i, "text"), &q.Text, i18n.T("Ce qui a été dit, avec l’accord de la personne"))
			return f.bare(at("quotes", i, "text"), block(rowOf(f, list, i, widgets.Column(4, text, widgets.Shares(6, []float32{3, 4},
				f.entry(at("quotes", i, "author"), &q.Author, i18n.T("De qui")),
				f.entry(at("quotes", i, "role"), &q.Role, i18n.T("Fonction")))))))
		})
}

func (f *Form) actors() fyne.CanvasObject {
	list := &f.draft.now.Actors
	return items(f, list, "Ajouter un acteur", func() repertoire.Actor { return repertoire.Actor{} },
		func(i int, a *repertoire.Actor) fyne.CanvasObject {
			return f.bare(at("actors", i, "url"), rowOf(f, list, i, widgets.Shares(6, []float32{3, 3, 3},
				f.entry(at("actors", i, "name"), &a.Name, i18n.T("Association, opérateur…")),
				f.entry(at("actors", i, "role"), &a.Role, i18n.T("Rôle")),
				f.entry(at("actors", i, "url"), &a.URL, "https://"))))
		})
}

func (f *Form) links() fyne.CanvasObject {
	list := &f.draft.now.Links
	return items(f, list, "Ajouter un lien", func() repertoire.Link { return repertoire.Link{} },
		func(i int, l *repertoire.Link) fyne.CanvasObject {
			return f.bare(at("links", i, "url"), rowOf(f, list, i, widgets.Shares(6, []float32{3, 5},
				f.entry(at("links", i, "label"), &l.Label, i18n.T("Libellé")),
				f.entry(at("links", i, "url"), &l.URL, "https://"))))
		})
}
