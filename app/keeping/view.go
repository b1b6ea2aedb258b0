package keeping

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/rights"
	"repertoire/internal/workspace/safety"
)

// Door is what the view asks of the workspace.
type Door interface {
	Safety() *safety.Room

	Notices() []string
	Rights() *rights.Room
}

// View is the place where the data are looked after.
type View struct {
	widget.BaseWidget
	// OnRestore hears that the window is to close the workspace, restore the
	// file and open the workspace again.
	OnRestore func(file string)
	// OnEntryField hears that an entry is to be opened in a field.
	OnEntryField func(repertoire.ID, string)
	bench

	reading *task.Latest
	items   []safety.Backup
	said    map[string]string // what reading a backup back said, by file

	table *widgets.Table
	below *fyne.Container // findings of the examination
	body  *fyne.Container
	all   fyne.CanvasObject
}

// New returns a view that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{bench: newBench(door, pace, window), reading: task.NewLatest(pace.Run), said: map[string]string{}}
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "date", Title: i18n.T("Sauvegarde du")},
		{Key: "why", Title: i18n.T("Faite"), Width: 170, Rank: 2},
		{Key: "size", Title: i18n.T("Taille"), Width: 96, Rank: 3},
		{Key: "sound", Title: i18n.T("État"), Width: 260, Rank: 1},
	}, func() int { return len(v.items) }, v.cells)
	v.table.List.OnActivated = func(int) { v.AskRestore() }
	v.below, v.body = container.NewStack(), container.NewStack()
	buttons := widgets.Flow(8,
		widgets.NewMainButton(i18n.T("Sauvegarder maintenant"), "save", v.Backup),
		widgets.NewButton(i18n.T("Restaurer…"), "undo", v.AskRestore),
		widgets.NewButton(i18n.T("Relire la sauvegarde"), "check", v.Verify),
		widgets.NewButton(i18n.T("Archiver ailleurs…"), "archive", v.AskArchive),
		widgets.NewButton(i18n.T("Examiner le dossier"), "shield", v.Check))
	head := widgets.Inset(16, 12, widgets.Column(10, widgets.NewTitle(i18n.T("Sauvegardes et santé du dossier")), buttons))
	v.below.Hide()
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), container.NewBorder(nil, v.below, nil, nil, v.body))
	v.ExtendBaseWidget(v)
	return v
}

// Reload reads the list of backups again.
func (v *View) Reload() {
	v.reading.Do(func(context.Context) func() {
		items, err := v.door.Safety().Backups()
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.items = items
			v.show()
		}
	})
}

func (v *View) show() {
	switch problem, notices := v.door.Safety().BackupProblem(), v.door.Notices(); {
	case problem != "":
		v.notice.Say(widgets.Failure, problem)
	case len(notices) > 0:
		v.notice.Say(widgets.Warning, strings.Join(notices, " "))
	}
	if len(v.items) == 0 {
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("archive", i18n.T("Pas encore de sauvegarde"),
			i18n.T("Le programme en fait une par jour de travail et la relit aussitôt. Vous pouvez aussi en faire une maintenant."))}
	} else {
		v.body.Objects = []fyne.CanvasObject{v.table}
		v.table.Refresh()
	}
	v.Refresh()
}

// FocusFirst gives the keyboard to the rows.
func (v *View) FocusFirst() {
	if len(v.items) == 0 {
		return
	}
	v.window.Canvas().Focus(v.table.List)
	if v.table.List.Selection().Current < 0 {
		v.table.List.Select(0)
	}
}

func reasonLabel(reason string) string {
	switch reason {
	case "manuelle":
		return i18n.T("à la demande")
	case "automatique":
		return i18n.T("automatiquement")
	case "migration":
		return i18n.T("avant une mise à niveau")
	case "purge":
		return i18n.T("avant un effacement")
	}
	return reason
}

func dated(b safety.Backup) string { return b.At.Local().Format("02/01/2006 15:04") }

func (v *View) cells(i int) []widgets.Cell {
	if i >= len(v.items) {
		return nil
	}
	b := v.items[i]
	sound := widgets.Cell{Text: i18n.T("Vérifiée à sa création"), Muted: true, Dot: fynetheme.ColorNameSuccess}
	if !b.Vouched {
		sound = widgets.Cell{Text: i18n.T("Sans empreinte : relisez-la"), Muted: true, Dot: fynetheme.ColorNameWarning}
	}
	if s := v.said[b.File]; s != "" {
		sound.Text = s
	}
	return []widgets.Cell{{Text: dated(b)}, {Text: reasonLabel(b.Reason), Muted: true}, {Text: files.Size(b.Size), Muted: true}, sound}
}

func (v *View) current() (safety.Backup, bool) {
	at := v.table.List.Selection().Current
	if at < 0 || at >= len(v.items) {
		v.say(widgets.Info, i18n.T("Choisissez d’abord une sauvegarde dans la liste."))
		return safety.Backup{}, false
	}
	return v.items[at], true
}

// Backup makes a backup now.
func (v *View) Backup() {
	v.job(i18n.T("Sauvegarde"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		b, err := v.door.Safety().Backup(ctx, "", progress)
		return func() {
			v.say(widgets.Success, i18n.T("Sauvegarde faite et relue : %s.", filepath.Base(b.File)))
			v.Reload()
		}, err
	})
}

// Verify reads the selected backup whole.
func (v *View) Verify() {
	b, ok := v.current()
	if !ok {
		return
	}
	v.job(i18n.T("Relecture de la sauvegarde"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		err := v.door.Safety().VerifyBackup(ctx, b.File)
		return func() {
			v.said[b.File] = i18n.T("Relue à l’instant : saine")
			v.say(widgets.Success, i18n.T("La sauvegarde du %s est saine : elle peut être restaurée.", dated(b)))
			v.table.Refresh()
		}, err
	})
}

// AskArchive writes the base as readable files into a folder a person chooses.
func (v *View) AskArchive() {
	files.ChooseFolder(v.window, "archive", func(dir string) { v.Archive(filepath.Join(dir, "repertoire-archive")) })
}

// Archive writes the base as readable files into dir, which is made.
func (v *View) Archive(dir string) {
	v.job(i18n.T("Archivage"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		err := v.door.Safety().Archive(ctx, dir, progress)
		return func() { v.say(widgets.Success, i18n.T("Archive écrite dans « %s ».", dir)) }, err
	})
}

// sinceShown is how many lost changes a question names.
const sinceShown = 8

// AskRestore tells what restoring the selected backup would lose, and hands it
// to the window once a person agreed.
func (v *View) AskRestore() {
	b, ok := v.current()
	if !ok {
		return
	}
	v.reading.Do(func(ctx context.Context) func() {
		lost, total, err := v.door.Safety().SinceBackup(ctx, b, sinceShown)
		var plan safety.RestorePlan
		if err == nil {
			plan, err = v.door.Safety().PlanRestore(ctx, b.File, func(int, int, string) {})
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.askRestore(b, plan, lost, total)
		}
	})
}

func (v *View) askRestore(b safety.Backup, plan safety.RestorePlan, lost []history.Item, total int) {
	column := widgets.Column(10)
	if total == 0 {
		column.Add(widgets.NewFlushParagraph(i18n.T("Rien n’a été enregistré depuis cette sauvegarde : rien ne serait perdu.")))
	} else {
		column.Add(widgets.NewFlushParagraph(i18n.N("%s modification faite depuis ne sera plus là :",
			"%s modifications faites depuis ne seront plus là :", total, repertoire.Thousands(int64(total)))))
		for _, x := range lost {
			column.Add(widgets.NewMuted(x.At.Local().Format("02/01/2006 15:04") + " · " + x.Author + " · " + i18n.Said(x.Label)))
		}
		if rest := total - len(lost); rest > 0 {
			column.Add(widgets.NewMuted(i18n.N("… et %s autre.", "… et %s autres.", rest, strconv.Itoa(rest))))
		}
	}
	for _, sentence := range planned(plan) {
		column.Add(widgets.NewFlushParagraph(sentence))
	}
	column.Add(widgets.NewFlushParagraph(i18n.T("La base actuelle est gardée à côté ; le dossier se ferme, puis s’ouvre de nouveau.")))
	ask := widgets.NewModal(i18n.T("Restaurer la sauvegarde du %s ?", dated(b)), container.NewVScroll(column), v.window)
	yes := widgets.NewMainButton(i18n.T("Restaurer"), "", func() {
		ask.Close()
		if v.OnRestore != nil {
			v.OnRestore(b.File)
		}
	})
	if v.OnRestore == nil {
		yes.Disable()
	}
	no := widgets.NewButton(i18n.T("Garder la base actuelle"), "", ask.Close)
	ask.SetButtons(no, yes)
	ask.Show(620, 420)
	ask.Focus(no)
}

// Check examines the folder and shows what it found.
func (v *View) Check() {
	v.job(i18n.T("Examen du dossier"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		r, err := v.door.Safety().Check(ctx)
		return func() { v.showCheck(r) }, err
	})
}

func (v *View) showCheck(r safety.CheckReport) {
	tone, sentence := widgets.Success,
		i18n.T("La base, l’index, les images, les éditions, les livraisons, le registre et les sauvegardes sont sains.")
	if !r.OK {
		tone, sentence = widgets.Failure, i18n.T("L’examen a trouvé des fautes : voyez la liste.")
	}
	v.say(tone, sentence)
	rows := widgets.NewTable([]widgets.TableColumn{
		{Key: "what", Title: i18n.T("Remarque")}, {Key: "title", Title: i18n.T("Fiche"), Width: 320, Rank: 1},
	}, func() int { return len(r.Findings) }, func(i int) []widgets.Cell {
		f := r.Findings[i]
		dot := fynetheme.ColorNameWarning
		if f.Severity == string(repertoire.SeverityRefuse) {
			dot = fynetheme.ColorNameError
		}
		return []widgets.Cell{{Text: f.Message, Dot: dot}, {Text: f.Title, Muted: true}}
	})
	rows.List.OnActivated = func(i int) {
		if i >= 0 && i < len(r.Findings) && r.Findings[i].Entry != "" && v.OnEntryField != nil {
			v.OnEntryField(r.Findings[i].Entry, r.Findings[i].Field)
		}
	}
	v.below.Objects = []fyne.CanvasObject{widgets.Tall(220, container.NewBorder(widgets.Rule(), nil, nil, nil, rows))}
	v.below.Hidden = len(r.Findings) == 0
	v.Refresh()
}

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
