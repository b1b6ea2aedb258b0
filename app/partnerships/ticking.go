package partnerships

import (
	"slices"
	"strings"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// tickByCountry puts an entry that is in no répertoire yet into those that
// cover the country of an authority just added: without one nothing is saved,
// and officers forget it. It is a step of its own, so that it can be taken
// back alone, and it is said.
func (f *Form) tickByCountry(a repertoire.Authority) {
	if a.French() || len(f.draft.now.Directories) > 0 {
		return
	}
	var slugs, names []string
	for _, d := range f.directories {
		if slices.Contains(d.Countries, a.Country) {
			slugs, names = append(slugs, d.Slug), append(names, d.Short)
		}
	}
	if len(slugs) == 0 {
		return
	}
	d := f.draft
	f.restructure(func() { d.now.Directories = slugs })
	f.notice.Say(widgets.Info, i18n.N("Répertoire coché d’après le pays : %s.", "Répertoires cochés d’après le pays : %s.", len(names),
		strings.Join(names, ", ")),
		widgets.NoticeAction{Label: i18n.T("Décocher"), Do: func() {
			if f.draft != d {
				return
			}
			f.restructure(func() { d.now.Directories = nil })
			f.notice.Dismiss()
		}})
}
