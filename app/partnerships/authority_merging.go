package partnerships

import (
	"context"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/review"
)

// chooseTwin asks which other record is the same authority. What is not saved
// yet is saved first: a merge is of what the base has.
func (x *authorityEditor) chooseTwin() {
	f := x.form
	if f.modified || len(x.wrong) > 0 || !reflect.DeepEqual(x.now, x.was) {
		x.notice.Say(widgets.Warning, i18n.T("Enregistrez d’abord la fiche et la collectivité, puis fusionnez."))
		return
	}
	x.modal.Close()
	a := x.now
	var ask *widgets.Modal
	picker := widgets.NewPicker(i18n.T("Nom de l’autre fiche de cette collectivité"), i18n.T("Aucune collectivité du dossier n’a ce nom."),
		f.pace,
		func(ctx context.Context, text string) ([]widgets.Suggestion, error) {
			found, err := f.door.Records().SuggestAuthorities(ctx, text, a.Country, 24)
			var out []widgets.Suggestion
			for _, s := range found {
				if s.Known && s.Authority.ID != a.ID {
					out = append(out, widgets.Suggestion{Label: s.Authority.Usual(), Note: f.noteOf(s), Value: s.Authority})
				}
			}
			return out, err
		})
	picker.OnPicked = func(s widgets.Suggestion) {
		ask.Close()
		x.previewMerge(s.Value.(repertoire.Authority))
	}
	ask = widgets.NewModal(i18n.T("Fusionner « %s » avec…", a.Usual()), widgets.Wide(480, widgets.Column(8,
		widgets.NewFlushParagraph(i18n.T("L’autre fiche ira à la corbeille, et ses partenariats passeront à celle-ci.")), picker,
		container.New(widgets.Gap(120)))), f.window)
	ask.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", ask.Close))
	ask.Show(560, 0)
	ask.Focus(picker.Entry())
}

// previewMerge reads what a merge would do, and shows it.
func (x *authorityEditor) previewMerge(twin repertoire.Authority) {
	f, d := x.form, x.form.draft
	f.pace.Run(func() {
		ctx := context.Background()
		fields, err := x.door.Review().CompareRecords(ctx, repertoire.AggAuthority, x.now.ID, twin.ID)
		follow := 0
		if err == nil {
			follow, err = x.door.Records().PartnershipsWith(ctx, twin.ID)
		}
		fyne.Do(func() {
			switch {
			case f.draft != d:
			case err != nil:
				f.notice.Say(widgets.Failure, err.Error())
			default:
				x.askMerge(twin, fields, follow)
			}
		})
	})
}

// askMerge shows how many entries follow and lets each field that differs be
// chosen; what loses nothing is proposed.
func (x *authorityEditor) askMerge(twin repertoire.Authority, fields []review.FieldPair, follow int) {
	take := map[string]review.Take{}
	words := i18n.N("%s partenariat passera de l’une à l’autre.", "%s partenariats passeront de l’une à l’autre.", follow,
		repertoire.Thousands(int64(follow)))
	if follow == 0 {
		words = i18n.T("Aucun partenariat ne change.")
	}
	weights := []float32{2, 3, 3, 2}
	column := widgets.Column(6, widgets.NewFlushParagraph(words+" "+
		i18n.T("Tout se défait d’un seul Annuler, et l’autre fiche reste à la corbeille.")),
		widgets.Shares(12, weights, widgets.NewMuted(i18n.T("Champ")), widgets.NewMuted(i18n.T("Celle qui reste")),
			widgets.NewMuted(i18n.T("Celle qui part")), widgets.NewMuted(i18n.T("Garder"))), widgets.Rule())
	for _, p := range fields {
		take[p.Name] = p.Advice
		choices := []review.Take{review.TakeKept, review.TakeOther}
		menu := widgets.NewSelect([]string{i18n.T("La première"), i18n.T("La seconde")}, nil)
		if p.List {
			choices, menu.Options = append(choices, review.TakeBoth), append(menu.Options, i18n.T("Les deux"))
		}
		for i, c := range choices {
			if c == p.Advice {
				menu.SetSelectedIndex(i)
			}
		}
		menu.OnChanged = func(string) { take[p.Name] = choices[max(0, menu.SelectedIndex())] }
		column.Add(widgets.Shares(12, weights, widgets.NewFlushParagraph(i18n.T(p.Label)), widgets.NewFlushParagraph(orNothing(p.A)),
			widgets.NewFlushParagraph(orNothing(p.B)), widgets.Framed(menu)))
		column.Add(widgets.Rule())
	}
	m := widgets.NewModal(i18n.T("Fusionner « %s » et « %s »", x.now.Usual(), twin.Usual()),
		container.NewVScroll(widgets.Inset(10, 0, column)), x.form.window)
	do := widgets.NewMainButton(i18n.T("Fusionner"), "", func() {
		m.Close()
		x.merge(twin, take)
	})
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), do)
	m.Show(760, 420)
	m.Focus(do)
}

// merge makes one of the two, and reads the entry again.
func (x *authorityEditor) merge(twin repertoire.Authority, take map[string]review.Take) {
	f, d := x.form, x.form.draft
	f.pace.Run(func() {
		_, err := x.door.Review().Merge(context.Background(),
			review.Merging{Aggregate: repertoire.AggAuthority, Keep: x.now.ID, Drop: twin.ID, Take: take})
		fyne.Do(func() {
			if err != nil {
				f.notice.Say(widgets.Failure, err.Error())
				return
			}
			if f.draft == d && !f.modified {
				f.Reload()
			}
			f.notice.Say(widgets.Success, i18n.T("« %s » et « %s » ne font plus qu’une fiche.", x.now.Usual(), twin.Usual()))
		})
	})
}
