package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/tables"
)

// Exporter is what an export asks of the workspace.
type Exporter interface {
	Records() *records.Room
	Tables() *tables.Room
}

// Export is the dialog that writes a répertoire, or everything, as a table.
type Export struct {
	// OnOpenPath shows a file or a folder with the desktop's own program.
	OnOpenPath func(path string) error
	// Now gives the day that is put in proposed names; nil is today.
	Now func() time.Time

	door   Exporter
	pace   task.Pace
	window fyne.Window
	modal  *widgets.Modal
	notice *widgets.Notice

	directories []records.DirectorySummary
	directory   *widgets.Select
	format      *widgets.Radio
	file        *widgets.Entry
	bar         *widgets.Bar
	doing       *widgets.Text
	cancel      context.CancelFunc
	busy        bool
}

// NewExport returns the dialog, not yet shown.
func NewExport(door Exporter, pace task.Pace, window fyne.Window) *Export {
	return &Export{door: door, pace: pace, window: window}
}

// formats are the kinds of file, in the order of the dialog.
func formats() []string { return []string{"xlsx", "csv", "json", "geojson", "vcf", "ics"} }

// Show asks what to write; slug is the répertoire proposed, "" for everything.
func (x *Export) Show(slug string) {
	if x.busy {
		return
	}
	x.pace.Run(func() {
		list, err := x.door.Records().Directories(context.Background())
		fyne.Do(func() {
			if err != nil {
				widgets.Refuse(i18n.T("Cela n’a pas été possible"), err.Error(), i18n.T("Fermer"), x.window)
				return
			}
			x.directories = list
			x.ask(slug)
		})
	})
}

func (x *Export) ask(slug string) {
	x.notice = widgets.NewNotice()
	x.directory = widgets.NewSelect([]string{i18n.T("Tous les répertoires")}, nil)
	chosen := 0
	for i, d := range x.directories {
		x.directory.Options = append(x.directory.Options, d.Title)
		if d.Slug == slug {
			chosen = i + 1
		}
	}
	x.format = widgets.NewRadio([]string{i18n.T("Classeur (XLSX)"), "CSV", "JSON", i18n.T("Carte (GeoJSON)"),
		i18n.T("Interlocuteurs (vCard)"), i18n.T("Échéances (iCalendar)")}, nil)
	x.file = widgets.NewEntry()
	x.format.SetSelected(x.format.Options[0])
	x.directory.SetSelectedIndex(chosen)
	x.propose()
	x.directory.OnChanged = func(string) { x.propose() }
	x.format.OnChanged = func(string) { x.propose() }
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir le dossier"), func() {
		files.ChooseFolder(x.window, "export", func(dir string) { x.file.SetText(filepath.Join(dir, filepath.Base(x.file.Text))) })
	})
	x.modal = widgets.NewModal(i18n.T("Exporter"), container.NewStack(), x.window)
	x.modal.OnClosed = func() {
		if x.cancel != nil {
			x.cancel()
		}
	}
	x.modal.SetContent(widgets.Column(8, x.notice,
		widgets.NewField("directory", i18n.T("Répertoire"), widgets.Framed(x.directory)),
		widgets.NewField("format", i18n.T("Format"), x.format),
		widgets.NewField("file", i18n.T("Fichier"), container.NewBorder(nil, nil, nil, browse, x.file)),
		widgets.NewMuted(i18n.T("Les interlocuteurs non publiables et les notes internes n’y sont jamais."))))
	x.modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", x.modal.Close),
		widgets.NewMainButton(i18n.T("Exporter"), "download", x.Start))
	x.file.OnSubmitted = func(string) { x.Start() }
	x.modal.Show(680, 0)
	x.modal.Propose(x.file)
}

func (x *Export) slug() string {
	if i := x.directory.SelectedIndex() - 1; i >= 0 && i < len(x.directories) {
		return x.directories[i].Slug
	}
	return ""
}

func (x *Export) kind() string {
	for i, o := range x.format.Options {
		if o == x.format.Selected {
			return formats()[i]
		}
	}
	return formats()[0]
}

// propose keeps the folder and follows the other answers.
func (x *Export) propose() {
	now := time.Now()
	if x.Now != nil {
		now = x.Now()
	}
	name := x.slug()
	if name == "" {
		name = i18n.T("repertoires")
	}
	proposed := files.Propose("export", name, "."+x.kind(), now)
	if x.file.Text != "" {
		proposed = filepath.Join(filepath.Dir(x.file.Text), filepath.Base(proposed))
	}
	x.file.SetText(proposed)
}

// Start writes the file, once a person agreed to replace the one that is there.
func (x *Export) Start() {
	if x.busy {
		return
	}
	path := strings.TrimSpace(x.file.Text)
	if path == "" {
		x.notice.Say(widgets.Failure, i18n.T("Donnez un nom au fichier : rien n’a été écrit."))
		return
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(files.Folder("export"), path)
	}
	if !strings.EqualFold(filepath.Ext(path), "."+x.kind()) {
		path += "." + x.kind()
	}
	files.Overwrite(x.window, path, func() { x.write(path) })
}

func (x *Export) write(path string) {
	x.busy = true
	ctx, cancel := context.WithCancel(context.Background())
	x.cancel = cancel
	x.bar, x.doing = widgets.NewBar(), widgets.NewMuted(i18n.T("Préparation…"))
	x.modal.SetContent(container.NewCenter(widgets.Wide(480, widgets.Column(8, x.doing, x.bar))))
	x.modal.SetButtons(widgets.NewButton(i18n.T("Arrêter"), "close", cancel))
	x.modal.Hold(true)
	slug, kind := x.slug(), x.kind()
	x.pace.Run(func() {
		defer cancel()
		report, err := x.door.Tables().Export(ctx, slug, kind, path, func(done, total int, label string) {
			fyne.Do(func() {
				if total > 0 {
					x.bar.Set(float32(done) / float32(total))
				}
				x.doing.SetText(label)
			})
		})
		fyne.Do(func() { x.finished(path, report, err) })
	})
}

func (x *Export) finished(path string, r tables.ExportReport, err error) {
	x.busy = false
	x.modal.Hold(false)
	if err != nil {
		sentence, icon := err.Error(), "error"
		if errors.Is(err, context.Canceled) {
			sentence, icon = i18n.T("L’export a été arrêté ; aucun fichier n’a été écrit."), "info"
		}
		x.modal.SetContent(widgets.NewEmpty(icon, i18n.T("Pas d’export"), sentence))
		x.modal.SetButtons(widgets.NewMainButton(i18n.T("Fermer"), "", x.modal.Close))
		return
	}
	files.Remember("export", path)
	sentence := i18n.N("%s partenariat exporté.", "%s partenariats exportés.", r.Partnerships, repertoire.Thousands(int64(r.Partnerships)))
	icon := "check"
	if n := len(r.Warnings); n > 0 {
		icon = "warning"
		first := r.Warnings[0]
		sentence += "\n" + i18n.N("%s texte trop long pour une cellule a été coupé.",
			"%s textes trop longs pour une cellule ont été coupés.", n, repertoire.Thousands(int64(n))) +
			" " + i18n.T("Ligne %s : %s", repertoire.Thousands(int64(first.Row)), first.Reason)
	}
	x.modal.SetContent(widgets.NewEmpty(icon, filepath.Base(path), sentence))
	done := widgets.NewMainButton(i18n.T("Fermer"), "", x.modal.Close)
	x.modal.SetButtons(widgets.NewButton(i18n.T("Ouvrir le dossier"), "folder-open", func() { x.open(filepath.Dir(path)) }),
		widgets.NewButton(i18n.T("Ouvrir le fichier"), "document", func() { x.open(path) }), done)
	x.modal.Resize(640, 260)
	x.modal.Focus(done)
}

func (x *Export) open(path string) {
	if x.OnOpenPath == nil {
		return
	}
	if err := x.OnOpenPath(path); err != nil {
		widgets.Refuse(i18n.T("Cela n’a pas été possible"), err.Error(), i18n.T("Fermer"), x.window)
	}
}
