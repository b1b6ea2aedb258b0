package duplicates

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/review"
)

// values is the dialog where near-equal operators, funders and roles are
// brought under one spelling, all their records at once.
type values struct {
	view     *View
	modal    *widgets.Modal
	notice   *widgets.Notice
	field    *widgets.Select
	body     *fyne.Container
	clusters []review.ValueCluster
	merged   bool
}

// ShowValues opens it.
func (v *View) ShowValues() {
	d := &values{view: v, notice: widgets.NewNotice(), body: container.NewStack()}
	var names []string
	for _, c := range review.ValueFields {
		names = append(names, valueName(c.Value))
	}
	d.field = widgets.NewSelect(names, nil)
	d.field.SetSelectedIndex(0)
	d.field.OnChanged = func(string) { d.read() }
	head := widgets.Column(8, widgets.NewField("values", i18n.T("Valeurs à rapprocher"), widgets.Framed(d.field)), d.notice)
	d.modal = widgets.NewModal(i18n.T("Valeurs voisines"), container.NewBorder(head, nil, nil, nil, d.body), v.window)
	d.modal.OnClosed = func() {
		if d.merged {
			v.Reload()
		}
	}
	closing := widgets.NewButton(i18n.T("Fermer"), "", d.modal.Close)
	d.modal.SetButtons(closing)
	d.read()
	d.modal.Show(900, 540)
	d.modal.Focus(d.field)
}

func valueName(f review.ValueField) string {
	switch f {
	case review.ValueFunders:
		return i18n.T("Financeurs")
	case review.ValueRoles:
		return i18n.T("Fonctions des personnes")
	}
	return i18n.T("Opérateurs et associations")
}

func whyAlike(why string) string {
	if why == review.WhyNgram {
		return i18n.T("Mêmes suites de lettres")
	}
	return i18n.T("Mêmes mots, à l’ordre, aux accents et à la ponctuation près")
}

func (d *values) chosen() review.ValueField {
	return review.ValueFields[max(0, d.field.SelectedIndex())].Value
}

// read looks for the clusters of the field again.
func (d *values) read() {
	field := d.chosen()
	d.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("search", i18n.T("Recherche des valeurs voisines…"), "")}
	d.body.Refresh()
	d.view.pace.Run(func() {
		list, err := d.view.door.Review().ValueClusters(context.Background(), field)
		fyne.Do(func() {
			if field != d.chosen() {
				return // another was asked for meanwhile
			}
			if err != nil {
				d.notice.Say(widgets.Failure, err.Error())
				return
			}
			d.clusters = list
			d.show()
		})
	})
}

// most is how many clusters stand in view; merging brings the next.
const most = 60

func (d *values) show() {
	if len(d.clusters) == 0 {
		d.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("check", i18n.T("Aucune valeur voisine"),
			i18n.T("Aucune n’est écrite de deux façons."))}
		d.body.Refresh()
		return
	}
	column := widgets.Column(10)
	for i := range d.clusters[:min(most, len(d.clusters))] {
		column.Add(d.cluster(d.clusters[i]))
		column.Add(widgets.Rule())
	}
	if more := len(d.clusters) - most; more > 0 {
		column.Add(widgets.NewMuted(i18n.N("et %s autre groupe, à suivre", "et %s autres groupes, à suivre", more,
			repertoire.Thousands(int64(more)))))
	}
	d.body.Objects = []fyne.CanvasObject{container.NewVScroll(column)}
	d.body.Refresh()
}

// cluster shows the spellings of one value, those that go under the first, and
// the spelling to keep, which may be typed.
func (d *values) cluster(c review.ValueCluster) fyne.CanvasObject {
	into := widgets.NewSelectEntry(nil)
	left := widgets.Column(0, widgets.NewMuted(whyAlike(c.Why)))
	taken := make([]bool, len(c.Values))
	var spellings []string
	for i, x := range c.Values {
		taken[i] = true
		spellings = append(spellings, x.Value)
		check := widgets.NewCheck(x.Value+" ("+repertoire.Thousands(int64(x.Count))+")", nil)
		check.SetChecked(true)
		check.OnChanged = func(on bool) { taken[i] = on }
		left.Add(check)
	}
	into.SetOptions(spellings)
	into.SetText(spellings[0])
	merge := widgets.NewButton(i18n.T("Réunir ces valeurs"), "merge", func() {
		var others []string
		for i, on := range taken {
			if on && c.Values[i].Value != strings.TrimSpace(into.Text) {
				others = append(others, c.Values[i].Value)
			}
		}
		d.merge(c, others, into.Text)
	})
	return widgets.Shares(12, []float32{6, 4}, left,
		widgets.Column(4, widgets.NewField("into", i18n.T("Écrire partout"), into), widgets.Line(0, merge)))
}

// merge writes one spelling for the others, as one change.
func (d *values) merge(c review.ValueCluster, others []string, into string) {
	if len(others) == 0 {
		d.notice.Say(widgets.Warning, i18n.T("Cochez au moins une valeur à remplacer."))
		return
	}
	d.view.pace.Run(func() {
		done, err := d.view.door.Review().MergeValues(context.Background(), c.Field, others, into)
		fyne.Do(func() {
			if err != nil {
				d.notice.Say(widgets.Failure, err.Error())
				return
			}
			d.merged = true
			d.notice.Say(widgets.Success, i18n.N("La valeur a été écrite dans %s fiche. Ctrl+Z la rend comme avant.",
				"La valeur a été écrite dans %s fiches. Ctrl+Z les rend comme avant.",
				done.Partnerships, repertoire.Thousands(int64(done.Partnerships))))
			d.clusters = slices.DeleteFunc(d.clusters,
				func(o review.ValueCluster) bool { return o.Values[0].Value == c.Values[0].Value && o.Why == c.Why })
			d.show()
		})
	})
}
