package directories

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// countryNote says in a word how much is written on a country.
func (e *Editor) countryNote(iso string) string {
	p := e.draft.now.presentation(iso)
	words := 0
	for _, s := range []string{p.Introduction, p.Territorial, p.Decentralisation, p.Cooperation} {
		words += len(strings.Fields(s))
	}
	if words == 0 && len(p.Figures) == 0 {
		return i18n.T("rien encore")
	}
	return i18n.N("%s mot", "%s mots", words, repertoire.Thousands(int64(words)))
}

// country edits what books say of a country: shared by every répertoire that
// holds it.
func (e *Editor) country(iso string) fyne.CanvasObject {
	p := e.draft.now.presentation(iso)
	at := func(field string) string { return "country." + iso + "." + field }
	row := func(kind string, i int, field string) string {
		return fmt.Sprintf("country.%s.%s.%d.%s", iso, kind, i, field)
	}
	number := func(name string, value *int, hint string) *widgets.Entry {
		shown := ""
		if *value != 0 {
			shown = strconv.Itoa(*value)
		}
		entry := widgets.NewEntry()
		entry.PlaceHolder = hint
		entry.SetText(shown)
		entry.OnChanged = func(s string) {
			e.edit(name, func() {
				delete(e.wrong, name)
				digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(s)
				n, err := strconv.Atoi(digits)
				if digits == "" {
					n, err = 0, nil
				}
				if err != nil || n < 0 {
					e.wrong[name] = i18n.T("« %s » n’est pas un nombre.", s)
					return
				}
				*value = n
			})
		}
		return entry
	}
	// bare keeps a place under a row for what is wrong with its number.
	bare := func(name string, content fyne.CanvasObject) fyne.CanvasObject {
		f := widgets.NewBare(name, content)
		e.fields = append(e.fields, f)
		return f
	}
	figures := list(e, &p.Figures, i18n.T("Ajouter un chiffre"), func(i int, x *repertoire.Figure) fyne.CanvasObject {
		return bare(row("figures", i, "year"), widgets.Shares(6, []float32{4, 3, 1.4, 4},
			e.bound(row("figures", i, "label"), &x.Label, i18n.T("Population")),
			e.bound(row("figures", i, "value"), &x.Value, i18n.T("Valeur")),
			number(row("figures", i, "year"), &x.Year, i18n.T("Année")),
			e.bound(row("figures", i, "source"), &x.Source, i18n.T("Source"))))
	})
	tiers := list(e, &p.Tiers, i18n.T("Ajouter un niveau"), func(i int, x *repertoire.Tier) fyne.CanvasObject {
		return bare(row("tiers", i, "count"), widgets.Shares(6, []float32{4, 1.4, 6},
			e.bound(row("tiers", i, "name"), &x.Name, i18n.T("Régions")),
			number(row("tiers", i, "count"), &x.Count, i18n.T("Nombre")),
			e.bound(row("tiers", i, "note"), &x.Note, i18n.T("Précision"))))
	})
	milestones := list(e, &p.Milestones, i18n.T("Ajouter une date"), func(i int, x *repertoire.Milestone) fyne.CanvasObject {
		return bare(row("milestones", i, "year"), widgets.Shares(6, []float32{1.4, 8},
			number(row("milestones", i, "year"), &x.Year, i18n.T("Année")),
			e.bound(row("milestones", i, "text"), &x.Text, i18n.T("Ce qui s’est passé, en quelques mots"))))
	})
	contacts := list(e, &p.Contacts, i18n.T("Ajouter un contact utile"), func(i int, x *repertoire.UsefulContact) fyne.CanvasObject {
		return widgets.Block(widgets.Column(4,
			e.bound(row("contacts", i, "name"), &x.Name, i18n.T("Ambassade de France, agence, réseau…")),
			e.bound(row("contacts", i, "address"), &x.Address, i18n.T("Adresse")),
			widgets.Shares(6, []float32{2, 3, 3},
				e.bound(row("contacts", i, "phone"), &x.Phone, i18n.T("Téléphone")),
				e.bound(row("contacts", i, "email"), &x.Email, i18n.T("Courriel")),
				e.bound(row("contacts", i, "url"), &x.URL, "https://"))))
	})
	links := list(e, &p.Links, i18n.T("Ajouter un lien"), func(i int, x *repertoire.Link) fyne.CanvasObject {
		return widgets.Shares(6, []float32{3, 5},
			e.bound(row("links", i, "label"), &x.Label, i18n.T("Libellé")),
			e.bound(row("links", i, "url"), &x.URL, "https://"))
	})
	hint := i18n.T("Un paragraphe, une ligne vide, le suivant ; **gras**, *italique*")
	return widgets.Column(6,
		widgets.NewMuted(i18n.T("Ce texte sert à tous les répertoires de ce pays.")),
		e.field(at("figures"), i18n.T("Chiffres clés"), figures),
		e.prose(at("introduction"), i18n.T("Introduction"), &p.Introduction, 3, hint),
		e.prose(at("territorial"), i18n.T("Organisation"), &p.Territorial, 3, i18n.T("Organisation territoriale")),
		e.field(at("tiers"), i18n.T("Niveaux"), tiers),
		e.prose(at("decentralisation"), i18n.T("Décentralisation"), &p.Decentralisation, 3, i18n.T("État de la décentralisation")),
		e.prose(at("cooperation"), i18n.T("Coopération"), &p.Cooperation, 3, i18n.T("Coopération avec la France")),
		e.field(at("milestones"), i18n.T("Dates"), milestones),
		e.field(at("contacts"), i18n.T("Contacts utiles"), contacts),
		e.field(at("links"), i18n.T("Liens"), links),
		e.line(at("source"), i18n.T("Source"), &p.Source, ""))
}
