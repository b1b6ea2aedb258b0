package partnerships

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
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
	rows := []*widget.FormItem{
		widget.NewFormItem(i18n.T("Nom"), nameEntry),
		widget.NewFormItem(i18n.T("Niveau"), level),
	}
	if side == repertoire.SideForeign {
		rows = append(rows, widget.NewFormItem(i18n.T("Pays"), country), widget.NewFormItem(i18n.T("Région"), region))
	} else {
		rows = append(rows, widget.NewFormItem(i18n.T("Département"), region))
	}
	d := dialog.NewForm(i18n.T("Nouvelle collectivité"), i18n.T("Créer"), i18n.T("Annuler"), rows, func(ok bool) {
		if !ok {
			return
		}
		a.Name, a.Country, a.Level = nameEntry.Text, country.Text, repertoire.Levels[max(0, level.SelectedIndex())].Value
		if side == repertoire.SideForeign {
			a.Region = region.Text
		} else {
			a.Country, a.Departement = "FR", region.Text
		}
		f.saveAuthority(a, side)
	}, f.window)
	d.Resize(fyne.NewSize(460, 0))
	d.Show()
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
