package partnerships

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
)

// bulkDialog changes one field of many partnerships: it shows what would
// become of each before anything is written.
type bulkDialog struct {
	list   *List
	of     records.BulkTarget
	count  int
	modal  *widgets.Modal
	latest *task.Latest

	fields      []bulkField
	field       *widgets.Select
	value       *fyne.Container // what the field's value is chosen with
	notice      *widgets.Notice
	summary     *widgets.Text
	rows        *widgets.Rows
	bar         *widgets.Bar
	apply       *widgets.Button
	edit        records.BulkEdit
	ready       bool // edit says something
	report      records.BulkReport
	lines       []bulkLine
	directories []records.DirectorySummary
	cancel      context.CancelFunc
}

// bulkField is a line of the menu of fields, bulkLine a line of the preview.
type bulkField struct {
	field records.BulkField
	label string
}

type bulkLine struct {
	title, change string
	refused       bool
}

func newBulkDialog(l *List, w fyne.Window, of records.BulkTarget, count int) *bulkDialog {
	d := &bulkDialog{list: l, of: of, count: count, latest: task.NewLatest(l.pace.Run), notice: widgets.NewNotice(),
		summary: widgets.NewMuted(""), bar: widgets.NewBar(), value: container.NewStack()}
	d.fields = []bulkField{
		{records.BulkStatus, i18n.T("Statut")}, {records.BulkType, i18n.T("Type")}, {records.BulkFormality, i18n.T("Formalisation")},
		{records.BulkThemeAdd, i18n.T("Ajouter une thématique")}, {records.BulkThemeRemove, i18n.T("Retirer une thématique")},
		{records.BulkDirectoryAdd, i18n.T("Ajouter à un répertoire")}, {records.BulkDirectoryRemove, i18n.T("Retirer d’un répertoire")},
		{records.BulkCountryGroup, i18n.T("Membre du groupe-pays")}, {records.BulkSource, i18n.T("Source")},
		{records.BulkVerified, i18n.T("Confirmer ce jour")},
	}
	labels := make([]string, len(d.fields))
	for i, f := range d.fields {
		labels[i] = f.label
	}
	d.field = widgets.NewSelect(labels, func(string) { d.chosen() })
	d.field.PlaceHolder = i18n.T("Choisir un champ")
	d.rows = widgets.NewRows(28, func() int { return len(d.lines) }, func() fyne.CanvasObject {
		title, change := widgets.NewText(""), widgets.NewMuted("")
		return widgets.Inset(8, 5, widgets.Shares(12, []float32{1, 1}, title, change))
	}, func(i int, o fyne.CanvasObject) {
		shares := o.(*fyne.Container).Objects[0].(*fyne.Container)
		line := d.lines[i]
		shares.Objects[0].(*widgets.Text).SetText(line.title)
		change := shares.Objects[1].(*widgets.Text)
		change.Colour = fynetheme.ColorNameForeground
		if line.refused {
			change.Colour = fynetheme.ColorNameError
		}
		change.SetText(line.change)
	})
	d.bar.Hide()
	head := widgets.Column(8, d.notice,
		widgets.NewField("field", i18n.T("Champ"), widgets.Framed(d.field)),
		widgets.NewField("value", i18n.T("Valeur"), widgets.Tall(30, d.value)), d.summary, d.bar)
	frame := container.NewStack(widgets.NewBlockGround(), widgets.Inset(1, 1, d.rows))
	title := i18n.N("Modifier %s partenariat", "Modifier %s partenariats", count, repertoire.Thousands(int64(count)))
	d.modal = widgets.NewModal(title, container.NewBorder(head, nil, nil, nil, widgets.Inset(0, 8, frame)), w)
	d.apply = widgets.NewMainButton(i18n.T("Modifier"), "", d.write)
	d.apply.Disable()
	d.modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", d.leave), d.apply)
	d.modal.OnClosed = d.latest.Stop
	d.say()
	return d
}

func (d *bulkDialog) show() {
	d.list.pace.Run(func() {
		list, err := d.list.door.Records().Directories(context.Background())
		fyne.Do(func() {
			if err != nil {
				d.list.notice.Say(widgets.Failure, err.Error())
				return
			}
			d.directories = list
			d.modal.Show(720, 480)
			d.modal.Focus(d.field)
		})
	})
}

// leave closes, or stops the writing under way.
func (d *bulkDialog) leave() {
	if d.cancel != nil {
		d.cancel()
		return
	}
	d.modal.Close()
}

// chosen shows what the value of the chosen field is given with.
func (d *bulkDialog) chosen() {
	d.edit = records.BulkEdit{Field: d.fields[d.field.SelectedIndex()].field}
	d.ready = false
	var input fyne.CanvasObject
	switch d.edit.Field {
	case records.BulkStatus:
		input = bulkMenu(d, repertoire.Statuses)
	case records.BulkType:
		input = bulkMenu(d, repertoire.Types)
	case records.BulkFormality:
		input = bulkMenu(d, repertoire.Formalities)
	case records.BulkThemeAdd, records.BulkThemeRemove:
		var labels, codes []string
		for _, t := range d.list.door.Themes() {
			labels, codes = append(labels, t.Code+" · "+t.Label), append(codes, t.Code)
		}
		input = d.menu(labels, codes)
	case records.BulkDirectoryAdd, records.BulkDirectoryRemove:
		var labels, slugs []string
		for _, x := range d.directories {
			labels, slugs = append(labels, x.Short), append(slugs, x.Slug)
		}
		input = d.menu(labels, slugs)
	case records.BulkCountryGroup:
		input = d.menu([]string{i18n.T("Oui"), i18n.T("Non")}, []string{"oui", "non"})
	case records.BulkSource:
		e := widgets.NewEntry()
		later := task.Later(d.list.pace.Typing, func() { d.set(e.Text) })
		e.OnChanged = func(string) { later() }
		e.OnSubmitted = func(string) { d.write() }
		input = e
	default:
		input = widgets.NewMuted(i18n.T("Tous les champs remplis sont confirmés tels quels, à la date du jour."))
		d.ready = true
	}
	d.value.Objects = []fyne.CanvasObject{input}
	d.value.Refresh()
	d.preview()
}

func bulkMenu[T ~string](d *bulkDialog, list repertoire.Choices[T]) fyne.CanvasObject {
	var labels, values []string
	for _, c := range list {
		labels, values = append(labels, i18n.T(c.Label)), append(values, string(c.Value))
	}
	return d.menu(labels, values)
}

func (d *bulkDialog) menu(labels, values []string) fyne.CanvasObject {
	menu := widgets.NewSelect(labels, nil)
	menu.PlaceHolder = i18n.T("Choisir une valeur")
	menu.OnChanged = func(string) {
		if i := menu.SelectedIndex(); i >= 0 {
			d.set(values[i])
		}
	}
	return widgets.Framed(menu)
}

func (d *bulkDialog) set(value string) {
	d.edit.Value, d.ready = strings.TrimSpace(value), true
	d.preview()
}

// preview asks what the edit would do; a later choice drops the answer.
func (d *bulkDialog) preview() {
	d.lines, d.report = nil, records.BulkReport{}
	d.apply.Disable()
	d.rows.Refresh()
	if !d.ready {
		d.latest.Stop()
		d.say()
		return
	}
	edit := d.edit
	d.summary.SetText(i18n.T("Calcul de l’aperçu…"))
	d.latest.Do(func(ctx context.Context) func() {
		r, err := d.list.door.Records().BulkEdit(ctx, d.of, []records.BulkEdit{edit}, true, func(done, total int, _ string) {
			fyne.Do(func() {
				if ctx.Err() == nil {
					d.summary.SetText(i18n.T("Calcul de l’aperçu…") + " " + repertoire.Thousands(int64(done)) + " / " +
						repertoire.Thousands(int64(total)))
				}
			})
		})
		return func() { d.previewed(r, err) }
	})
}

func (d *bulkDialog) previewed(r records.BulkReport, err error) {
	if err != nil {
		d.summary.SetText("")
		d.notice.Say(widgets.Failure, err.Error())
		return
	}
	d.notice.Dismiss()
	d.report = r
	for _, x := range r.Refusals {
		d.lines = append(d.lines, bulkLine{x.Title, x.Reason, true})
	}
	for _, x := range r.Lines {
		var parts []string
		for _, f := range x.Fields {
			parts = append(parts, f.Label+" : "+blank(f.Before)+" → "+blank(f.After))
		}
		if len(parts) == 0 {
			parts = []string{i18n.T("confirmé ce jour")}
		}
		d.lines = append(d.lines, bulkLine{x.Title, strings.Join(parts, " ; "), false})
	}
	d.say()
	d.rows.Top()
	d.rows.Refresh()
	if r.Changed > 0 {
		d.apply.Enable()
	}
}

func blank(s string) string {
	if s == "" {
		return i18n.T("(vide)")
	}
	return s
}

// say sums the preview up.
func (d *bulkDialog) say() {
	if !d.ready {
		d.summary.SetText(i18n.T("L’aperçu montre ici ce qui changerait, avant que rien ne soit écrit."))
		return
	}
	thousands := func(n int) string { return repertoire.Thousands(int64(n)) }
	text := i18n.T("%s à modifier, %s déjà ainsi", thousands(d.report.Changed), thousands(d.report.Unchanged))
	if d.report.Refused > 0 {
		text += i18n.T(", %s refusés par les règles de saisie", thousands(d.report.Refused))
	}
	d.summary.SetText(text)
}

// write makes the edit as one change.
func (d *bulkDialog) write() {
	if d.apply.Disabled() || d.cancel != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	d.apply.Disable()
	d.field.Disable()
	d.bar.Set(0)
	d.bar.Show()
	d.modal.Hold(true)
	edit := d.edit
	d.list.pace.Run(func() {
		defer cancel()
		r, err := d.list.door.Records().BulkEdit(ctx, d.of, []records.BulkEdit{edit}, false, func(done, total int, _ string) {
			fyne.Do(func() {
				if total == 0 {
					d.summary.SetText(i18n.T("Enregistrement et indexation : cela peut prendre quelques instants…"))
					return
				}
				d.bar.Set(float32(done) / float32(total))
			})
		})
		fyne.Do(func() { d.written(r, err) })
	})
}

func (d *bulkDialog) written(r records.BulkReport, err error) {
	d.cancel = nil
	d.modal.Hold(false)
	d.bar.Hide()
	if err != nil {
		d.field.Enable()
		d.apply.Enable()
		d.notice.Say(widgets.Failure, err.Error())
		return
	}
	d.modal.Close()
	d.list.Reload()
	d.list.say(widgets.Success, i18n.N("%s partenariat modifié ; Ctrl+Z l’annule.",
		"%s partenariats modifiés d’un coup ; Ctrl+Z les remet tous.", r.Changed, repertoire.Thousands(int64(r.Changed))))
}
