package files

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// chooser asks for a file or a folder that exists. It is the only one of the
// program: Fyne's own ends it in a real window (FileDialog.MinSize before
// Show, Fyne 2.8.1), leaves Esc without effect and takes no typed path.
//
// The path may be typed: what follows the last separator narrows the rows.
type chooser struct {
	window  fyne.Window
	folders bool     // a folder is asked for, no file
	endings []string // of the files on offer, small
	chosen  func(path string)

	dir     string // whose rows are in view
	all     []item // of dir
	rows    []item // those the typed name leaves
	path    *widgets.Entry
	table   *widgets.Table
	said    *widgets.Text
	modal   *widgets.Modal
	reading *task.Latest
}

// item is a file or a folder among the rows.
type item struct {
	name   string
	folder bool
	size   int64
	at     time.Time
}

func (c *chooser) show(title, agree, from string) {
	c.path, c.said = widgets.NewEntry(), widgets.NewText("")
	c.said.Colour = fynetheme.ColorNameError
	c.path.OnChanged = func(string) { c.typed() }
	c.path.OnSubmitted = func(string) { c.enter() }
	c.path.OnKey = c.key
	c.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "name", Title: i18n.T("Nom")},
		{Key: "at", Title: i18n.T("Modifié le"), Width: 150, Rank: 2},
		{Key: "size", Title: i18n.T("Taille"), Width: 90, Rank: 1},
	}, func() int { return len(c.rows) }, c.cells)
	c.table.List.OnActivated = func(row int) { c.open(c.rows[row]) }
	c.table.List.OnCurrent = func(row int) { c.point(row) }
	up := widgets.NewIconButton("up", i18n.T("Dossier qui contient celui-ci"), func() { c.enterFolder(filepath.Dir(c.dir)) })
	head := widgets.NewField("path", i18n.T("Chemin"), container.NewBorder(nil, nil, nil, up, c.path))
	content := container.NewBorder(widgets.Column(6, head, c.said), nil, widgets.Wide(180, container.NewVScroll(c.places())), nil,
		widgets.Inset(8, 0, c.table))
	c.modal = widgets.NewModal(title, content, c.window)
	c.modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", c.modal.Close), widgets.NewMainButton(agree, "", c.agree))
	c.modal.OnClosed = c.reading.Stop
	c.modal.Show(820, 520)
	c.modal.Focus(c.path)
	c.enterFolder(from)
}

// places are the folders people keep things in.
func (c *chooser) places() fyne.CanvasObject {
	column := widgets.Column(0)
	for _, p := range usualPlaces() {
		b := widgets.NewQuietButton(p.label, p.icon, func() { c.enterFolder(p.dir) })
		b.Alignment = leading
		column.Add(b)
	}
	return column
}

// enterFolder shows what a folder holds.
func (c *chooser) enterFolder(dir string) {
	c.reading.Do(func(context.Context) func() {
		all, err := c.list(dir)
		return func() {
			if err != nil {
				c.say(i18n.T("« %s » ne peut pas être lu : choisissez un autre dossier.", dir))
				return
			}
			c.dir, c.all = dir, all
			c.say("")
			c.path.SetText(withSeparator(dir))
			c.path.CursorColumn = len([]rune(c.path.Text))
			c.path.Refresh()
			c.narrow("")
		}
	})
}

// list reads a folder: its folders, then the files on offer, by name as people
// sort them; hidden ones stay hidden.
func (c *chooser) list(dir string) ([]item, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []item
	for _, e := range entries {
		if hidden(e.Name()) {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, e.Name())) // what a link points to
		if err != nil {
			continue
		}
		x := item{name: e.Name(), folder: info.IsDir(), size: info.Size(), at: info.ModTime()}
		if x.folder || !c.folders && c.offered(x.name) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b item) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return strings.Compare(repertoire.Fold(a.name), repertoire.Fold(b.name))
	})
	return out, nil
}

func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

func (c *chooser) offered(name string) bool {
	return len(c.endings) == 0 || slices.Contains(c.endings, strings.ToLower(filepath.Ext(name)))
}

// typed follows the path as it is typed: another folder is read, a beginning
// of a name leaves the rows that have it.
func (c *chooser) typed() {
	c.say("")
	dir, name := filepath.Split(c.path.Text)
	if filepath.Clean(dir) == filepath.Clean(c.dir) || !filepath.IsAbs(dir) {
		c.narrow(name)
		return
	}
	c.reading.Do(func(context.Context) func() {
		all, err := c.list(dir)
		return func() {
			if err != nil {
				c.narrow(name)
				return
			}
			c.dir, c.all = filepath.Clean(dir), all
			c.narrow(name)
		}
	})
}

func (c *chooser) narrow(begin string) {
	c.rows = c.rows[:0]
	for _, x := range c.all {
		if strings.HasPrefix(repertoire.Fold(x.name), repertoire.Fold(begin)) {
			c.rows = append(c.rows, x)
		}
	}
	c.table.List.Mark(-1)
	c.table.List.Top()
	c.table.Refresh()
	c.table.List.Refresh()
}

// key goes from the path down to the rows.
func (c *chooser) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyDown || len(c.rows) == 0 {
		return false
	}
	c.modal.Focus(c.table.List)
	if c.table.List.Selection().Current < 0 {
		c.table.List.Select(0)
	}
	return true
}

// point writes the row in the path, without narrowing the rows to it.
func (c *chooser) point(row int) {
	if row < 0 || row >= len(c.rows) {
		return
	}
	said := c.path.OnChanged
	c.path.OnChanged = nil
	c.path.SetText(filepath.Join(c.dir, c.rows[row].name))
	c.path.OnChanged = said
}

// open goes into a folder, or takes a file.
func (c *chooser) open(x item) {
	if x.folder {
		c.enterFolder(filepath.Join(c.dir, x.name))
		return
	}
	c.take(filepath.Join(c.dir, x.name))
}

// enter is Enter in the path: into a folder that is not in view yet, else what
// the button does.
func (c *chooser) enter() {
	path := c.written()
	if isDir(path) && filepath.Clean(path) != filepath.Clean(c.dir) {
		c.enterFolder(filepath.Clean(path))
		return
	}
	c.agree()
}

// written is the path in the box, whole.
func (c *chooser) written() string {
	path := strings.Trim(strings.TrimSpace(c.path.Text), `"`) // Windows copies paths in quotes
	if path != "" && !filepath.IsAbs(path) {
		path = filepath.Join(c.dir, path)
	}
	return path
}

// agree takes what the path names, or says why it cannot.
func (c *chooser) agree() {
	path := c.written()
	info, err := os.Stat(path)
	switch {
	case path == "" || err != nil:
		if len(c.rows) == 1 && strings.HasPrefix(repertoire.Fold(filepath.Join(c.dir, c.rows[0].name)), repertoire.Fold(path)) &&
			path != "" {
			c.open(c.rows[0])
			return
		}
		if c.folders {
			c.say(i18n.T("Ce dossier n’existe pas. Vérifiez le chemin, ou choisissez dans la liste."))
		} else {
			c.say(i18n.T("Ce fichier n’existe pas. Vérifiez le chemin, ou choisissez dans la liste."))
		}
	case info.IsDir() && !c.folders:
		c.enterFolder(path)
	case !info.IsDir() && c.folders:
		c.say(i18n.T("C’est un fichier : choisissez le dossier qui le contient."))
	case !info.IsDir() && !c.offered(path):
		c.say(i18n.T("Ce genre de fichier ne convient pas ici. Il faut : %s.", strings.Join(c.endings, ", ")))
	default:
		c.take(filepath.Clean(path))
	}
}

func (c *chooser) take(path string) {
	c.modal.Close()
	c.chosen(path)
}

func (c *chooser) say(sentence string) {
	if c.said.Text() != sentence {
		c.said.SetText(sentence)
	}
}

func (c *chooser) cells(row int) []widgets.Cell {
	if row >= len(c.rows) {
		return nil
	}
	x := c.rows[row]
	at := widgets.Cell{Text: x.at.Local().Format("02/01/2006 15:04"), Muted: true}
	if x.folder {
		return []widgets.Cell{{Text: x.name, Bold: true, Dot: theme.ColorMuted}, at, {}}
	}
	return []widgets.Cell{{Text: x.name}, at, {Text: Size(x.size), Muted: true}}
}

func withSeparator(dir string) string {
	if strings.HasSuffix(dir, string(filepath.Separator)) {
		return dir
	}
	return dir + string(filepath.Separator)
}
