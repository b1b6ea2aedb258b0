package partnerships

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// authorityEditor edits one authority in a modal of its own. It is a record
// that partnerships share: it is saved by itself, as one change.
type authorityEditor struct {
	form   *Form
	door   Keeper
	modal  *widgets.Modal
	now    repertoire.Authority
	was    repertoire.Authority // as the base has it
	fields []*widgets.Field
	wrong  map[string]string
	notice *widgets.Notice
	saving bool
	// side is where a new authority goes once it is created.
	side   repertoire.Side
	first  fyne.Focusable // where the cursor begins
	native *fyne.Container
	rows   *fyne.Container
	body   *container.Scroll
}

// editAuthority opens the editor on an authority as the base has it.
func (f *Form) editAuthority(id repertoire.ID) {
	if f.draft == nil {
		return
	}
	d := f.draft
	f.pace.Run(func() {
		ctx := context.Background()
		found, err := f.door.Records().Authorities(ctx, []repertoire.ID{id})
		shared := 0
		if err == nil {
			shared, err = f.door.Records().PartnershipsWith(ctx, id)
		}
		fyne.Do(func() {
			a, known := found[id]
			switch {
			case f.draft != d:
			case err != nil:
				f.notice.Say(widgets.Failure, err.Error())
			case !known:
				f.notice.Say(widgets.Warning,
					i18n.T("Cette collectivité n’est plus dans le dossier : retirez-la de la fiche ou ajoutez-en une autre."))
			default:
				newAuthorityEditor(f, f.door, a).show(shared)
			}
		})
	})
}

// newAuthorityEditor returns an editor, not yet shown.
func newAuthorityEditor(f *Form, door Keeper, a repertoire.Authority) *authorityEditor {
	return &authorityEditor{form: f, door: door, now: a, was: a, wrong: map[string]string{}, notice: widgets.NewNotice()}
}

// fresh tells that the authority is not in the base yet.
func (x *authorityEditor) fresh() bool { return x.now.Version == 0 }

func (x *authorityEditor) show(shared int) {
	title := x.now.Usual()
	if x.fresh() {
		title = i18n.T("Nouvelle collectivité")
	}
	x.modal = widgets.NewModal(title, x.content(), x.form.window)
	cancel := widgets.NewButton(i18n.T("Annuler"), "", x.modal.Close)
	if x.fresh() {
		x.modal.SetButtons(cancel, widgets.NewMainButton(i18n.T("Créer"), "", x.save))
	} else {
		x.modal.SetButtons(widgets.NewQuietButton(i18n.T("Fusionner avec…"), "", x.chooseTwin), cancel,
			widgets.NewMainButton(i18n.T("Enregistrer"), "", x.save))
	}
	x.modal.Show(600, 480)
	if shared > 1 {
		x.notice.Say(widgets.Warning, i18n.T("%s partenariats partagent cette collectivité : ce que vous changez change pour tous.",
			repertoire.Thousands(int64(shared))))
	}
	x.modal.Focus(x.first)
	x.proposeNative()
}

// refill shows the fields again, after a place was chosen.
func (x *authorityEditor) refill() {
	x.fields, x.wrong = nil, map[string]string{}
	x.modal.SetContent(x.content())
	x.modal.Resize(600, 480)
	x.modal.Focus(x.first)
	x.proposeNative()
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
	a.Name = strings.TrimSpace(a.Name)
	x.saving = true
	f.pace.Run(func() {
		ctx := context.Background()
		found, err := x.door.Records().ValidateAuthority(ctx, a)
		if err == nil && !repertoire.Stops(found) {
			a, err = f.door.Records().SaveAuthority(ctx, a)
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
					field.Say(i18n.Said(finding.Message), finding.Severity == repertoire.SeverityRefuse)
				}
			}
		}
		return
	}
	x.modal.Close()
	f := x.form
	if x.side != "" {
		f.addParty(d, a, x.side, nil)
		return
	}
	f.authorities[a.ID] = a
	if f.draft == d && d != nil {
		f.rebuildHere()
		f.later()
	}
}
