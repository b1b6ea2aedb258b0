package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	ex "repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/tables"
)

// Importer is what an import asks of the workspace.
type Importer interface {
	Records() *records.Room
	Tables() *tables.Room

	workbench
	History() *history.Room
}

// Import is the dialog that takes the rows of a file in: the file, its columns,
// what would be done with each row, what was done, one after the other in the
// same place.
type Import struct {
	// OnImported hears the répertoire that rows were put in, and that an import
	// was taken back.
	OnImported func(slug string)
	// OnNewDirectory is asked for a répertoire when there is none yet.
	OnNewDirectory func()
	// Now gives the day that is put in proposed names; nil is today.
	Now func() time.Time

	door   Importer
	pace   task.Pace
	window fyne.Window
	modal  *widgets.Modal
	notice *widgets.Notice
	step   *fyne.Container
	cancel context.CancelFunc
	busy   bool
	open   bool // the dialog is in view

	directories []records.DirectorySummary
	directory   *widgets.Select
	file        *widgets.Entry

	path    string
	table   tables.ImportTable
	fields  []repertoire.Choice[string]
	mapping map[string]string
	group   *widgets.Check
	columns *widgets.Rows

	// recipe is what is decided of this kind of file, refused and edits what is
	// of this file alone.
	recipe  ex.Recipe
	recipes []ex.Recipe
	refused map[int][]string
	edits   map[int]map[int]string
	kind    string               // of remarks that the filter lets through
	settled []tables.WhoQuestion // names that were asked about, so that an answer can be changed
	proof   string               // how the people of a colleague's file agreed to be published

	decisions map[int]tables.Decision
	report    tables.ImportReport
	shown     []int // rows of the report that the filter lets through
	filter    tables.Action
	at        int // the row that was decided last
	results   *widgets.Table
	detail    *widget.RichText
	choice    *widgets.Select
	correct   *widgets.Button
	byField   *widgets.Button
	chips     *fyne.Container

	bar   *widgets.Bar
	doing *widgets.Text
}

// NewImport returns the dialog, not yet shown.
func NewImport(door Importer, pace task.Pace, window fyne.Window) *Import {
	return &Import{door: door, pace: pace, window: window}
}

// Show asks for a file; slug is the répertoire proposed.
func (m *Import) Show(slug string) { m.ShowFile("", slug) }

// ShowFile begins with a file that was dropped on the window.
func (m *Import) ShowFile(path, slug string) {
	if m.busy {
		return
	}
	if m.open {
		if path != "" {
			m.file.SetText(path)
			m.Read("")
		}
		return
	}
	m.pace.Run(func() {
		list, err := m.door.Records().Directories(context.Background())
		fyne.Do(func() {
			switch {
			case err != nil:
				widgets.Refuse(i18n.T("Cela n’a pas été possible"), err.Error(), i18n.T("Fermer"), m.window)
			case len(list) == 0:
				m.needDirectory()
			default:
				m.begin(list, path, slug)
			}
		})
	})
}

func (m *Import) needDirectory() {
	sentence := i18n.T("Ce dossier n’a pas encore de répertoire où ranger des partenariats. Créez-en un, puis importez.")
	if m.OnNewDirectory == nil {
		widgets.Tell(i18n.T("Importer un tableau"), sentence, i18n.T("Fermer"), m.window)
		return
	}
	widgets.Ask(i18n.T("Importer un tableau"), sentence, i18n.T("Créer un répertoire"), i18n.T("Annuler"), m.window, m.OnNewDirectory)
}

func (m *Import) begin(list []records.DirectorySummary, path, slug string) {
	m.directories, m.fields = list, m.door.Tables().ImportFields()
	m.notice = widgets.NewNotice()
	m.directory = widgets.NewSelect(nil, nil)
	chosen := 0
	for i, d := range list {
		m.directory.Options = append(m.directory.Options, d.Title)
		if d.Slug == slug {
			chosen = i
		}
	}
	m.directory.SetSelectedIndex(chosen)
	m.file = widgets.NewEntry()
	m.file.SetText(path)
	m.file.OnSubmitted = func(string) { m.Read("") }
	m.modal = widgets.NewModal(i18n.T("Importer un tableau"), container.NewStack(), m.window)
	m.modal.OnClosed = m.stop
	m.open, m.filter, m.at = true, "", 0
	m.askFile()
	m.modal.Show(680, 0)
	m.modal.Focus(m.file)
	if path != "" {
		m.Read("")
	}
}

func (m *Import) stop() {
	m.open = false
	if m.cancel != nil {
		m.cancel()
	}
}

// put shows a step: its content under the notice, then its buttons.
func (m *Import) put(content fyne.CanvasObject, width, height float32, buttons ...fyne.CanvasObject) {
	m.step = container.NewBorder(m.notice, nil, nil, nil, content)
	m.modal.SetContent(m.step)
	m.modal.SetButtons(buttons...)
	m.modal.Resize(width, height)
}

func (m *Import) say(tone widgets.Tone, sentence string) {
	m.notice.Say(tone, sentence)
	m.step.Refresh()
}

func (m *Import) askFile() {
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir un fichier"), func() {
		files.Open(m.window, "import", append(slices.Clone(ex.Tables), ex.TablesAsText...), func(path string) {
			m.file.SetText(path)
			m.Read("")
		})
	})
	m.put(widgets.Column(8,
		widgets.NewField("directory", i18n.T("Répertoire"), widgets.Framed(m.directory)),
		widgets.NewField("file", i18n.T("Fichier"), container.NewBorder(nil, nil, nil, browse, m.file)),
		widgets.NewMuted(i18n.T("CSV, XLSX, ODS ou JSON ; rien n’est écrit avant que vous ayez vu ce qui serait fait."))), 680, 0,
		widgets.NewButton(i18n.T("Annuler"), "", m.modal.Close),
		widgets.NewMainButton(i18n.T("Lire le fichier"), "", func() { m.Read("") }))
}

func (m *Import) slug() string {
	if i := m.directory.SelectedIndex(); i >= 0 {
		return m.directories[i].Slug
	}
	return ""
}

// work does something long off the interface thread, with a way to stop it.
func (m *Import) work(label string, do func(ctx context.Context, progress workspace.Progress) error, done func(error)) {
	if m.busy {
		return
	}
	m.busy = true
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	m.notice.Dismiss()
	m.bar, m.doing = widgets.NewBar(), widgets.NewMuted(label)
	m.modal.SetContent(container.NewCenter(widgets.Wide(480, widgets.Column(8, m.doing, m.bar))))
	m.modal.SetButtons(widgets.NewButton(i18n.T("Arrêter"), "close", cancel))
	m.modal.Hold(true)
	m.pace.Run(func() {
		defer cancel()
		err := do(ctx, func(n, total int, label string) {
			fyne.Do(func() {
				if total > 0 {
					m.bar.Set(float32(n) / float32(total))
				}
				m.doing.SetText(label)
			})
		})
		fyne.Do(func() {
			m.busy = false
			m.modal.Hold(false)
			if errors.Is(err, context.Canceled) {
				err = repertoire.Refuse("L’import a été arrêté ; rien n’a été écrit.")
			}
			done(err)
		})
	})
}

// Read opens the file, "" for its first sheet with anything in it.
func (m *Import) Read(sheet string) {
	path := strings.TrimSpace(m.file.Text)
	if path == "" {
		m.say(widgets.Failure, i18n.T("Donnez d’abord un fichier : rien n’a été importé."))
		return
	}
	resumed := false
	if path != m.path {
		m.recipe, m.mapping, m.decisions, m.refused, m.edits, m.kind = ex.Recipe{}, nil, map[int]tables.Decision{}, nil, nil, ""
		m.settled, m.proof = nil, ""
		if o, ok := m.door.Tables().Unfinished(context.Background(), path); ok {
			m.recipe, m.mapping, m.refused, m.edits, resumed = o.Recipe, o.Mapping, o.Refused, o.Edits, true
			if o.Decisions != nil {
				m.decisions = o.Decisions
			}
		}
	}
	if sheet != "" && sheet != m.recipe.Sheet {
		m.recipe.Sheet, m.recipe.HeadingRow, m.recipe.HeadingRows, m.mapping = sheet, 0, 0, nil
		m.recipe.Columns, m.recipe.Layout = nil, ex.Layout{}
	}
	opt := tables.ImportOptions{Directory: m.slug(), Recipe: m.recipe, Edits: m.edits}
	var table tables.ImportTable
	m.work(i18n.T("Lecture du fichier…"), func(ctx context.Context, _ workspace.Progress) (err error) {
		if table, err = m.door.Tables().ReadTable(ctx, path, opt); err == nil {
			m.recipes, err = m.door.Tables().Recipes(ctx)
		}
		return err
	}, func(err error) {
		if err != nil {
			m.askFile()
			m.say(widgets.Failure, err.Error())
			return
		}
		files.Remember("import", path)
		m.path, m.table = path, table
		words, who := m.recipe.Words, m.recipe.Who
		m.recipe = table.Recipe
		m.recipe.Words, m.recipe.Who = words, who
		if m.mapping == nil || !sameHeadings(m.mapping, table.Headings) {
			m.mapping = recall(table)
		}
		m.group = nil
		if table.Document {
			m.Try()
			return
		}
		m.askColumns()
		if resumed {
			m.say(widgets.Info, i18n.T("Le travail commencé sur ce fichier est repris là où il en était."))
		}
	})
}

func (m *Import) options() tables.ImportOptions {
	o := tables.ImportOptions{Directory: m.slug(), Sheet: m.table.Sheet, Decisions: m.decisions, Partial: true, Items: true,
		Recipe: m.recipe, Refused: m.refused, Edits: m.edits, Proof: m.proof}
	if !m.table.Document {
		o.Mapping = m.mapping
	}
	o.Group = m.group != nil && m.group.Checked
	o.Recipe.Group = o.Group
	return o
}

// Try says what would be done with each row; nothing is written.
func (m *Import) Try() {
	o := m.options()
	o.DryRun = true
	var report tables.ImportReport
	m.work(i18n.T("Comparaison avec le dossier…"), func(ctx context.Context, progress workspace.Progress) (err error) {
		report, err = m.door.Tables().Import(ctx, m.path, o, progress)
		return err
	}, func(err error) {
		if err != nil {
			if m.table.Document {
				m.askFile()
			} else {
				m.askColumns()
			}
			m.say(widgets.Failure, err.Error())
			return
		}
		m.report = report
		m.showTrial()
		m.keepUnfinished()
	})
}

// Apply writes the good rows as one change.
func (m *Import) Apply() {
	o := m.options()
	var report tables.ImportReport
	m.work(i18n.T("Import…"), func(ctx context.Context, progress workspace.Progress) (err error) {
		report, err = m.door.Tables().Import(ctx, m.path, o, progress)
		return err
	}, func(err error) {
		if err != nil {
			m.showTrial()
			m.say(widgets.Failure, err.Error())
			return
		}
		m.report = report
		keep(m.table, m.mapping)
		if err := m.door.Tables().ForgetUnfinished(context.Background(), m.path); err != nil {
			m.say(widgets.Warning, err.Error())
		}
		m.showDone()
		if report.Change != "" && m.OnImported != nil {
			m.OnImported(o.Directory)
		}
	})
}

func (m *Import) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

func (m *Import) name() string { return filepath.Base(m.path) }
