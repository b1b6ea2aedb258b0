package partnerships

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
)

// content makes the fields of the authority as it stands.
func (x *authorityEditor) content() fyne.CanvasObject {
	a := &x.now
	rows := widgets.Column(6, x.notice)
	abroad := !a.French()
	if abroad && x.fresh() {
		picker := x.placePicker()
		rows.Add(widgets.NewField("place", i18n.T("Chercher le lieu"), picker))
		rows.Add(container.New(widgets.Gap(4)))
		x.first = picker.Entry()
	}
	name := x.text("name", i18n.T("Nom"), &a.Name)
	if e, ok := name.Content().(fyne.Focusable); ok && (x.first == nil || !x.fresh() || a.Latitude != nil) {
		x.first = e
	}
	rows.Add(name)
	if abroad {
		rows.Add(x.nativeName())
	}
	rows.Add(x.read("other_names", i18n.T("Autres noms"), strings.Join(a.OtherNames, ", "),
		func(s string) error { a.OtherNames = list(s); return nil }))
	rows.Add(x.put("level", i18n.T("Niveau"), widgets.Framed(x.levels())))
	if abroad {
		shown := ""
		if a.Country != "" {
			shown = x.form.door.CountryName(a.Country)
		}
		rows.Add(x.read("country", i18n.T("Pays"), shown, x.country))
	} else {
		rows.Add(x.text("insee", i18n.T("Code INSEE"), &a.INSEE))
		rows.Add(x.text("siren", i18n.T("SIREN"), &a.SIREN))
		rows.Add(x.text("departement", i18n.T("Département"), &a.Departement))
	}
	for _, field := range []fyne.CanvasObject{
		x.text("region", i18n.T("Région"), &a.Region),
		x.read("population", i18n.T("Population"), inhabitants(a.Population),
			func(s string) (err error) { a.Population, err = readInhabitants(s); return err }),
		x.read("latitude", i18n.T("Latitude"), degrees(a.Latitude),
			func(s string) (err error) { a.Latitude, err = readDegrees(s); return err }),
		x.read("longitude", i18n.T("Longitude"), degrees(a.Longitude),
			func(s string) (err error) { a.Longitude, err = readDegrees(s); return err }),
		x.text("website", i18n.T("Site web"), &a.Website), x.text("email", i18n.T("Courriel"), &a.Email),
		x.text("phone", i18n.T("Téléphone"), &a.Phone), x.text("address", i18n.T("Adresse"), &a.Address),
	} {
		rows.Add(field)
	}
	for _, field := range repertoire.DeclaredAuthority.InOneCell() {
		rows.Add(x.read(field.Name, i18n.T(field.Label), field.Cell(a), func(s string) error { return field.SetCell(a, s) }))
	}
	x.rows, x.body = rows, container.NewVScroll(widgets.Inset(10, 2, rows))
	return x.body
}

func (x *authorityEditor) levels() *widgets.Select {
	level := widgets.NewSelect(nil, nil)
	for i, c := range repertoire.Levels {
		level.Options = append(level.Options, i18n.T(c.Label))
		if c.Value == x.now.Level {
			level.SetSelectedIndex(i)
		}
	}
	level.OnChanged = func(string) { x.now.Level = repertoire.Levels[max(0, level.SelectedIndex())].Value }
	return level
}

// placePicker finds the place in the reference, which knows its region, its
// coordinates, its population and often its own name.
func (x *authorityEditor) placePicker() *widgets.Picker {
	country := x.now.Country
	picker := widgets.NewPicker(i18n.T("Nom de ville, de région, de province…"), i18n.T("Aucun lieu de ce nom : remplissez les champs."),
		x.form.pace,
		func(ctx context.Context, text string) ([]widgets.Suggestion, error) {
			found, err := x.door.Records().SuggestAbroad(ctx, text, []string{country}, 12)
			var out []widgets.Suggestion
			for _, s := range found {
				note := x.form.noteOf(s)
				if s.Known {
					note += " · " + i18n.T("déjà dans le dossier")
				}
				out = append(out, widgets.Suggestion{Label: s.Authority.Usual(), Note: note, Value: s})
			}
			return out, err
		})
	picker.OnPicked = func(s widgets.Suggestion) { x.takePlace(s.Value.(records.AuthoritySuggestion)) }
	return picker
}

// takePlace fills the fields from a place; one that the base has already is
// used as it is.
func (x *authorityEditor) takePlace(s records.AuthoritySuggestion) {
	if s.Known {
		x.modal.Close()
		x.form.addParty(x.form.draft, s.Authority, x.side, nil)
		return
	}
	s.Written = strings.TrimSpace(x.now.Name) // what was typed is never replaced
	x.now = s.Adopted()
	x.refill()
}

// nativeName is the name in its own script, with room for the one proposed.
func (x *authorityEditor) nativeName() *widgets.Field {
	e := widgets.NewEntry()
	e.SetText(x.now.NativeName)
	e.OnChanged = func(s string) {
		x.now.NativeName = strings.TrimSpace(s)
		if x.now.NativeName != "" {
			x.native.Hide()
		}
	}
	e.OnSubmitted = func(string) { x.save() }
	x.native = container.NewHBox()
	x.native.Hide()
	return x.put("native_name", i18n.T("Nom d’origine"), widgets.Column(4, widgets.WriteAlong(e), x.native))
}

// proposeNative offers the name the reference knows for a place of this name,
// to be verified by who takes it.
func (x *authorityEditor) proposeNative() {
	a := x.now
	if a.French() || a.NativeName != "" || strings.TrimSpace(a.Name) == "" || a.Country == "" {
		return
	}
	f := x.form
	f.pace.Run(func() {
		found, err := f.door.Records().SuggestAuthorities(context.Background(), a.Name, a.Country, 12)
		if err != nil {
			return // nothing is proposed; nothing was asked for either
		}
		for _, s := range found {
			if p := s.Authority; p.ID != a.ID && p.NativeName != "" && repertoire.Fold(p.Name) == repertoire.Fold(a.Name) &&
				(a.Region == "" || repertoire.Fold(p.Region) == repertoire.Fold(a.Region)) {
				fyne.Do(func() { x.offerNative(p) })
				return
			}
		}
	})
}

func (x *authorityEditor) offerNative(p repertoire.Authority) {
	if x.now.NativeName != "" || x.native == nil {
		return
	}
	words := widgets.NewText(p.NativeName)
	words.Fixed = true
	take := widgets.NewQuietButton(i18n.T("Reprendre, à vérifier"), "add", func() {
		x.now.NativeName, x.now.NativeLang = p.NativeName, p.NativeLang
		x.refill()
	})
	x.native.Objects = []fyne.CanvasObject{words, take}
	x.native.Show()
	x.rows.Refresh() // the fields below make room
	x.body.Refresh()
}
