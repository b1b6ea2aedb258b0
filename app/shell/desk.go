package shell

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/directories"
	"repertoire/app/editions"
	"repertoire/app/i18n"
	"repertoire/app/partnerships"
	"repertoire/app/preview"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// desk is one open workspace in the window: répertoires, list, form.
type desk struct {
	shell       *Shell
	door        Door
	unsubscribe func()

	sidebar *directories.Sidebar
	list    *partnerships.List
	form    *partnerships.Form
	produce *editions.Produce
	notice  *widgets.Notice
	tray    *widgets.Tray

	preview      *preview.Pane    // nil when the door draws no pages
	left, middle *container.Split // sidebar | rest, list | form
	right        *container.Split // form | preview
	all          *fyne.Container
	refresh      func() // reads list and counts again, soon
}

func newDesk(s *Shell, door Door) *desk {
	d := &desk{shell: s, door: door}
	d.list = partnerships.NewList(door, s.pace)
	d.form = partnerships.NewForm(door, s.pace, s.window)
	d.sidebar = directories.New(door, s.pace, d.list.Facets())
	d.produce = editions.NewProduce(door, s.pace, s.window)
	d.notice, d.tray = widgets.NewNotice(), widgets.NewTray(i18n.T("Arrêter"))
	d.wire()
	d.left = container.NewHSplit(d.sidebar, d.panes())
	d.left.SetOffset(s.prefs.pane("left", 0.17))
	d.all = container.NewBorder(d.notice, d.tray, nil, nil, d.left)
	d.refresh = task.Later(s.pace.Typing, func() {
		d.list.Reload()
		d.sidebar.Reload()
	})
	d.unsubscribe = door.Subscribe(func(workspace.Event) { fyne.Do(d.refresh) })
	return d
}

func (d *desk) panes() fyne.CanvasObject {
	var work fyne.CanvasObject = d.form
	if drawer, ok := d.door.(Drawer); ok {
		d.preview = preview.New(func(ctx context.Context, p repertoire.Partnership) (preview.Sheets, error) {
			return drawer.PreviewEntry(ctx, p)
		}, d.shell.pace)
		d.preview.OnField = d.form.Reveal
		d.right = container.NewHSplit(d.form, d.preview)
		d.right.SetOffset(d.shell.prefs.pane("right", 0.56))
		work = d.right
		w, _ := d.shell.prefs.size()
		if !d.shell.prefs.shown("preview", w >= 1500) {
			d.preview.SetShown(false)
		}
	}
	d.middle = container.NewHSplit(d.list, work)
	d.middle.SetOffset(d.shell.prefs.pane("middle", 0.42))
	return d.middle
}

// togglePreview shows the page of the book beside the form, or hides it.
func (d *desk) togglePreview() {
	if d.preview == nil {
		return
	}
	shown := !d.preview.Visible()
	d.preview.SetShown(shown)
	d.shell.prefs.setShown("preview", shown)
	d.right.Refresh()
}

func (d *desk) wire() {
	d.sidebar.OnError = d.fail
	d.sidebar.OnListed = d.shell.arm
	d.sidebar.OnChosen = func(x workspace.DirectorySummary) {
		state := partnerships.State{Directory: x.Slug, Title: x.Short}
		if x.Slug == "" {
			state.Title = i18n.T("Tous les partenariats")
		}
		d.shell.prefs.setDirectory(d.door.Dir(), x.Slug)
		d.list.Restore(state)
	}
	d.list.OnOpen = func(id repertoire.ID) {
		d.notice.Dismiss()
		d.form.Load(id)
	}
	d.form.OnEdited = func(p repertoire.Partnership) {
		if d.preview != nil {
			d.preview.Draw(p)
		}
	}
	d.list.OnNew = d.newPartnership
	d.list.OnStatus = d.tray.SetStatus
	d.form.OnSaved = func(p repertoire.Partnership) {
		d.notice.Dismiss()
		d.list.Mark(p.ID)
		d.refresh()
	}
	d.form.OnDeleted = func(repertoire.ID) {
		d.list.Mark("")
		d.refresh()
	}
	d.produce.OnEntry = d.openEntry
	d.produce.Open = d.shell.openPath
}

// start shows the répertoire of last time, else all.
func (d *desk) start() {
	d.sidebar.Reload()
	d.sidebar.Choose("")
	d.shell.pace.Run(func() {
		list, err := d.door.Directories(context.Background())
		if err != nil {
			return
		}
		fyne.Do(func() {
			last := d.shell.prefs.directory(d.door.Dir())
			for _, x := range list {
				if x.Slug == last {
					d.sidebar.Choose(last)
				}
			}
			d.list.FocusRows()
		})
	})
}

// remember keeps the panes for next time.
func (d *desk) remember() {
	if d.sidebar.Visible() {
		d.shell.prefs.setPane("left", d.left.Offset)
	}
	d.shell.prefs.setPane("middle", d.middle.Offset)
	if d.right != nil {
		d.shell.prefs.setPane("right", d.right.Offset)
	}
}

func (d *desk) fail(err error) { d.notice.Say(widgets.Failure, err.Error()) }

func (d *desk) newPartnership() {
	d.list.Mark("")
	d.form.New(d.sidebar.Chosen().Slug)
}

func (d *desk) openEntry(id repertoire.ID) {
	d.list.Mark(id)
	d.form.Load(id)
}

// undo takes back, in this order: keys in the entry one is typing in, edits of
// the form, what was written last.
func (d *desk) undo() {
	if typing, ok := d.shell.window.Canvas().Focused().(fyne.Shortcutable); ok {
		typing.TypedShortcut(&fyne.ShortcutUndo{})
		return
	}
	if d.shell.window.Canvas().Overlays().Top() != nil {
		return
	}
	if d.form.Modified() && d.form.Undo() {
		return
	}
	d.undoChange()
}

func (d *desk) redo() {
	if typing, ok := d.shell.window.Canvas().Focused().(fyne.Shortcutable); ok {
		typing.TypedShortcut(&fyne.ShortcutRedo{})
		return
	}
	if d.shell.window.Canvas().Overlays().Top() != nil {
		return
	}
	if d.form.Redo() {
		return
	}
	d.takeBack(d.door.LastUndone, i18n.T("Il n’y a rien à rétablir."), "Rétabli : %s.")
}

// undoChange takes back the newest change of the workspace.
func (d *desk) undoChange() {
	d.takeBack(d.door.LastChange, i18n.T("Il n’y a rien à annuler."), "Annulé : %s.")
}

// takeBack undoes the change that find finds; undoing an undo does it again.
func (d *desk) takeBack(find func(context.Context) (*workspace.HistoryItem, error), nothing, said string) {
	d.shell.pace.Run(func() {
		ctx := context.Background()
		last, err := find(ctx)
		var done workspace.Undone
		if err == nil && last != nil {
			done, err = d.door.Undo(ctx, last.Change, workspace.UndoAsk)
		}
		fyne.Do(func() {
			if err == nil && last == nil {
				d.notice.Say(widgets.Info, nothing)
				return
			}
			if last != nil {
				done.Label = strings.TrimPrefix(last.Label, undoPrefix)
			}
			d.takenBack(done, said, err)
		})
	})
}

// undoPrefix begins the label of an undo in the journal: what is redone is
// named by the change itself.
const undoPrefix = "Annulation : "

func (d *desk) takenBack(done workspace.Undone, said string, err error) {
	if err != nil {
		d.fail(err)
		return
	}
	if done.Change == "" && len(done.Conflicts) > 0 {
		c := done.Conflicts[0]
		why := i18n.T("le champ « %s » de « %s » a changé depuis", c.Label, c.Title)
		if c.Reason != "" {
			why = c.Reason
		}
		d.notice.Say(widgets.Warning, i18n.T("« %s » est resté comme il est : %s.", done.Label, why))
		return
	}
	d.notice.Say(widgets.Success, i18n.T(said, done.Label))
	if p, ok := d.form.Current(); ok && p.ID != "" && !d.form.Modified() {
		d.form.Reload()
	}
	d.refresh()
}

// produceBook opens the dialog on the répertoire in view.
func (d *desk) produceBook() { d.produce.Show(d.sidebar.Chosen().Slug) }

// leaveForm goes back to the list with the keyboard.
func (d *desk) leaveForm() { d.list.FocusRows() }

func (d *desk) toggleSidebar() {
	if d.sidebar.Visible() {
		d.shell.prefs.setPane("left", d.left.Offset)
		d.sidebar.Hide()
		d.left.SetOffset(0)
	} else {
		d.sidebar.Show()
		d.left.SetOffset(d.shell.prefs.pane("left", 0.17))
	}
	d.left.Refresh()
}
