package partnerships

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// createAuthority asks for what a new authority needs: the official lists hold
// no syndicats, and abroad they end where our sources do.
func (f *Form) createAuthority(name string, side repertoire.Side) {
	if f.draft == nil {
		return
	}
	a := repertoire.Authority{Name: name, Article: -1, Country: "FR", Level: repertoire.LevelCommune}
	if side == repertoire.SideForeign {
		a.Country = f.usualCountry()
	}
	nameEntry := widgets.NewEntry()
	nameEntry.SetText(name)
	region, country := widgets.NewEntry(), widgets.NewEntry()
	country.SetText(a.Country)
	country.PlaceHolder = i18n.T("Code à deux lettres : MG, SN, JP…")
	level := widget.NewSelect(nil, nil)
	for _, c := range repertoire.Levels {
		level.Options = append(level.Options, i18n.T(c.Label))
	}
	level.SetSelectedIndex(0)
	rows := widgets.Column(8,
		widgets.NewField("name", i18n.T("Nom"), nameEntry),
		widgets.NewField("level", i18n.T("Niveau"), widgets.Framed(level)))
	if side == repertoire.SideForeign {
		rows.Add(widgets.NewField("country", i18n.T("Pays"), country))
		rows.Add(widgets.NewField("region", i18n.T("Région"), region))
	} else {
		rows.Add(widgets.NewField("departement", i18n.T("Département"), region))
	}
	m := widgets.NewModal(i18n.T("Nouvelle collectivité"), rows, f.window)
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(i18n.T("Créer"), "", func() {
		m.Close()
		a.Name, a.Country, a.Level = nameEntry.Text, strings.ToUpper(strings.TrimSpace(country.Text)), repertoire.Levels[max(0, level.SelectedIndex())].Value
		if side == repertoire.SideForeign {
			a.Region = region.Text
		} else {
			a.Country, a.Departement = "FR", region.Text
		}
		f.saveAuthority(a, side)
	}))
	m.Show(520, 0)
	m.Focus(nameEntry)
}

func (f *Form) saveAuthority(a repertoire.Authority, side repertoire.Side) {
	d := f.draft
	f.pace.Run(func() {
		saved, err := f.door.SaveAuthority(context.Background(), a)
		fyne.Do(func() { f.addParty(d, saved, side, err) })
	})
}

// usualCountry guesses the partner's country from the répertoire.
func (f *Form) usualCountry() string {
	for _, slug := range f.draft.now.Directories {
		for _, d := range f.directories {
			if d.Slug == slug && len(d.Countries) == 1 {
				return d.Countries[0]
			}
		}
	}
	return ""
}
