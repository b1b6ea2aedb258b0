package partnerships

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// authorityEditor edits one authority in a modal of its own. It is a record
// that partnerships share: it is saved by itself, as one change.
type authorityEditor struct {
	form   *Form
	door   AuthorityKeeper
	modal  *widgets.Modal
	now    repertoire.Authority
	fields []*widgets.Field
	wrong  map[string]string
	notice *widgets.Notice
	saving bool
}

// editAuthority opens the editor on an authority as the base has it.
func (f *Form) editAuthority(id repertoire.ID) {
	door, ok := f.door.(AuthorityKeeper)
	if !ok || f.draft == nil {
		return
	}
	d := f.draft
	f.pace.Run(func() {
		ctx := context.Background()
		found, err := f.door.Authorities(ctx, []repertoire.ID{id})
		shared := 0
		if err == nil {
			shared, err = door.PartnershipsWith(ctx, id)
		}
		fyne.Do(func() {
			a, known := found[id]
			switch {
			case f.draft != d:
			case err != nil:
				f.notice.Say(widgets.Failure, err.Error())
			case !known:
				f.notice.Say(widgets.Warning, i18n.T("Cette collectivité n’est plus dans le dossier : retirez-la de la fiche ou ajoutez-en une autre."))
			default:
				(&authorityEditor{form: f, door: door, now: a, wrong: map[string]string{}, notice: widgets.NewNotice()}).show(shared)
			}
		})
	})
}

func (x *authorityEditor) show(shared int) {
	a := &x.now
	name := x.text("name", i18n.T("Nom"), &a.Name)
	level := widget.NewSelect(nil, nil)
	for i, c := range repertoire.Levels {
		level.Options = append(level.Options, i18n.T(c.Label))
		if c.Value == a.Level {
			level.SetSelectedIndex(i)
		}
	}
	level.OnChanged = func(string) { a.Level = repertoire.Levels[max(0, level.SelectedIndex())].Value }
	region := i18n.T("Région")
	rows := widgets.Column(6, x.notice, name,
		x.text("native_name", i18n.T("Nom d’origine"), &a.NativeName),
		x.read("other_names", i18n.T("Autres noms"), strings.Join(a.OtherNames, ", "), func(s string) error { a.OtherNames = list(s); return nil }),
		x.put("level", i18n.T("Niveau"), widgets.Framed(level)))
	if a.French() {
		rows.Add(x.text("insee", i18n.T("Code INSEE"), &a.INSEE))
		rows.Add(x.text("siren", i18n.T("SIREN"), &a.SIREN))
		rows.Add(x.text("departement", i18n.T("Département"), &a.Departement))
	} else {
		rows.Add(x.read("country", i18n.T("Pays"), a.Country, func(s string) error { a.Country = strings.ToUpper(strings.TrimSpace(s)); return nil }))
	}
	for _, field := range []fyne.CanvasObject{
		x.text("region", region, &a.Region),
		x.read("population", i18n.T("Population"), inhabitants(a.Population), func(s string) (err error) { a.Population, err = readInhabitants(s); return err }),
		x.read("latitude", i18n.T("Latitude"), degrees(a.Latitude), func(s string) (err error) { a.Latitude, err = readDegrees(s); return err }),
		x.read("longitude", i18n.T("Longitude"), degrees(a.Longitude), func(s string) (err error) { a.Longitude, err = readDegrees(s); return err }),
		x.text("website", i18n.T("Site web"), &a.Website), x.text("email", i18n.T("Courriel"), &a.Email),
		x.text("phone", i18n.T("Téléphone"), &a.Phone), x.text("address", i18n.T("Adresse"), &a.Address),
	} {
		rows.Add(field)
	}
	x.modal = widgets.NewModal(a.Usual(), container.NewVScroll(widgets.Inset(10, 2, rows)), x.form.window)
	x.modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", x.modal.Close), widgets.NewMainButton(i18n.T("Enregistrer"), "", x.save))
	x.modal.Show(600, 480)
	if shared > 1 {
		x.notice.Say(widgets.Warning, i18n.T("%s partenariats partagent cette collectivité : ce que vous changez change pour tous.", repertoire.Thousands(int64(shared))))
	}
	if e, ok := name.Content().(fyne.Focusable); ok {
		x.modal.Focus(e)
	}
}

func (x *authorityEditor) put(name, label string, content fyne.CanvasObject) *widgets.Field {
	field := widgets.NewField(name, label, content)
	x.fields = append(x.fields, field)
	return field
}

func (x *authorityEditor) text(name, label string, value *string) *widgets.Field {
	return x.read(name, label, *value, func(s string) error { *value = strings.TrimSpace(s); return nil })
}

// read is an entry whose text is read into a value; what cannot be read is
// said beside it and keeps the save back.
func (x *authorityEditor) read(name, label, shown string, take func(string) error) *widgets.Field {
	e := widgets.NewEntry()
	e.SetText(shown)
	field := x.put(name, label, e)
	e.OnChanged = func(s string) {
		delete(x.wrong, name)
		field.Say("", false)
		if err := take(s); err != nil {
			x.wrong[name] = err.Error()
		}
	}
	e.OnSubmitted = func(string) { x.save() }
	return field
}

// save writes the authority, unless the rules refuse it.
func (x *authorityEditor) save() {
	for _, field := range x.fields {
		if why := x.wrong[field.Name]; why != "" {
			field.Say(why, true)
		}
	}
	if len(x.wrong) > 0 || x.saving {
		return
	}
	f, d, a := x.form, x.form.draft, x.now
	x.saving = true
	f.pace.Run(func() {
		ctx := context.Background()
		found, err := x.door.ValidateAuthority(ctx, a)
		if err == nil && !repertoire.Stops(found) {
			a, err = f.door.SaveAuthority(ctx, a)
		}
		fyne.Do(func() { x.saved(d, a, found, err) })
	})
}

func (x *authorityEditor) saved(d *draft, a repertoire.Authority, found []repertoire.Finding, err error) {
	x.saving = false
	if err != nil {
		x.notice.Say(widgets.Failure, err.Error())
		return
	}
	if repertoire.Stops(found) {
		for _, field := range x.fields {
			for _, finding := range found {
				if finding.Field == field.Name {
					field.Say(finding.Message, finding.Severity == repertoire.SeverityRefuse)
				}
			}
		}
		return
	}
	x.modal.Close()
	f := x.form
	f.authorities[a.ID] = a
	if f.draft == d && d != nil {
		f.rebuildHere()
		f.later()
	}
}

// list reads names apart by commas.
func list(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func inhabitants(n int) string {
	if n == 0 {
		return ""
	}
	return repertoire.Thousands(int64(n))
}

func readInhabitants(s string) (int, error) {
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(s)
	if digits == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return 0, repertoire.Refuse("« %s » n’est pas un nombre d’habitants : écrivez par exemple 236 000.", s)
	}
	return n, nil
}

func degrees(v *float64) string {
	if v == nil {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(*v, 'f', -1, 64), ".", ",", 1)
}

func readDegrees(s string) (*float64, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, nil
	}
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || v != v || v < -180 || v > 180 {
		return nil, repertoire.Refuse("« %s » n’est pas en degrés : écrivez par exemple 50,6292.", s)
	}
	return &v, nil
}
