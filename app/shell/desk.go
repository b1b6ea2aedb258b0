package shell

import (
	"context"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/counter"
	"repertoire/app/editions"
	"repertoire/app/i18n"
	"repertoire/app/partnerships"
	"repertoire/app/task"
	"repertoire/app/trail"
	"repertoire/app/widgets"
	"repertoire/internal/logbook"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
)

// desk is one open workspace in the window: the rail of places, the place in
// view, the notice above it and the tray at its foot.
type desk struct {
	shell       *Shell
	door        Door
	unsubscribe func()

	places    []place
	screens   map[string]Screen            // those made so far, by place
	railItems map[string]*widgets.RailItem // by seat
	last      map[string]string            // the place one was at last, by seat
	help      *widgets.IconButton
	tabs      *widgets.Tabs // of the places that share a seat
	at        string        // the place in view
	middle    *fyne.Container
	beside    *fyne.Container // what stands beside the rail: tabs, notice, middle

	records *recordsPlace
	produce *editions.Produce
	notice  *widgets.Notice
	fresh   fresh // the change that news may be of
	tour    *tour
	tray    *widgets.Tray
	others  *others
	jobs    jobs
	trail   trail.Trail // what a view found, gone through one by one
	pointed string      // the text last looked at for the number of a document
	status  string      // what the list of partnerships says of itself
	all     *fyne.Container
	refresh func() // reads the place in view again, soon
}

func newDesk(s *Shell, door Door) *desk {
	d := &desk{shell: s, door: door, screens: map[string]Screen{}, middle: container.NewStack()}
	d.tabs = widgets.NewTabs()
	d.notice, d.tray = widgets.NewToast(), widgets.NewTray(i18n.T("Arrêter"))
	over := widgets.Float(d.notice)
	d.notice.OnRoom = over.Refresh
	if s.pace.Typing > 0 {
		d.notice.Lasting = 8 * time.Second
	}
	d.jobs.tray = d.tray
	d.tour = newTour(d)
	d.records = newRecords(d)
	d.produce = editions.NewProduce(door, s.pace, s.window)
	d.produce.OnEntry = d.openEntry
	d.produce.Open = s.openPath
	d.produce.OnProduced = func() { d.tour.did(hasProduced) }
	d.refresh = task.Later(s.pace.Typing, func() {
		if screen := d.screens[d.at]; screen != nil {
			screen.Reload()
		}
	})
	d.places = d.offered()
	d.others = newOthers(d)
	d.beside = container.NewBorder(widgets.Column(0, d.tour, d.tabs, d.others.bar), nil, nil, nil, container.NewStack(d.middle, over))
	d.all = container.NewBorder(nil, d.tray, nil, nil, container.New(besides{}, d.buildRail(), d.beside))
	d.unsubscribe = door.Subscribe(func(e workspace.Event) { fyne.Do(func() { d.changed(e) }) })
	return d
}

// setStatus keeps what the list says of itself for when it comes back.
func (d *desk) setStatus(s string) {
	d.status = s
	if d.records.list.State().Text != "" {
		d.tour.did(hasSearched)
	}
	if d.at == partnershipsPlace {
		d.tray.SetStatus(s)
	}
	d.pointToOrder(d.records.list.State().Text)
}

// document is a number as a letter bears it: of an order, an invoice, a credit
// note.
var document = regexp.MustCompile(`^[A-Za-z]{1,6}20\d\d-\d{1,6}$`)

// pointToOrder tells which order a number searched for belongs to: partnerships
// have none.
func (d *desk) pointToOrder(text string) {
	if text = strings.TrimSpace(text); text == d.pointed || !document.MatchString(text) {
		d.pointed = text
		return
	}
	d.pointed = text
	d.shell.pace.Run(func() {
		o, err := d.door.Orders().Get(context.Background(), text)
		if err != nil {
			return
		}
		fyne.Do(func() {
			d.notice.Say(widgets.Info, i18n.T("%s est de la commande %s (%s).", strings.ToUpper(text), o.Number(), o.Buyer.Name),
				widgets.NoticeAction{Label: i18n.T("Ouvrir la commande"), Do: func() {
					d.atCounter(func(v *counter.View) { v.Open(o.ID) })
				}})
		})
	})
}

// warn says above the place in view what the workspace warns of.
func (d *desk) warn() {
	said := d.door.Notices()
	if problem := d.door.Safety().BackupProblem(); problem != "" {
		said = append(slices.Clone(said), problem)
	}
	if len(said) > 0 {
		d.notice.Say(widgets.Warning, strings.Join(said, " "))
	}
}

// start shows the répertoire of last time, else all.
func (d *desk) start() {
	d.others.start()
	d.show(partnershipsPlace)
	d.records.sidebar.Choose("")
	d.shell.pace.Run(func() {
		list, err := d.door.Records().Directories(context.Background())
		if err != nil {
			return
		}
		fyne.Do(func() {
			last := d.shell.prefs.directory(d.door.Dir())
			for _, x := range list {
				if x.Slug == last {
					d.records.sidebar.Choose(last)
				}
			}
			d.records.FocusFirst()
			d.warn()
		})
	})
}

// remember keeps the panes for next time.
func (d *desk) remember() { d.records.remember() }

func (d *desk) fail(err error) {
	slog.Warn("failed", logbook.Err(err))
	d.notice.Say(widgets.Failure, err.Error())
}

func (d *desk) newPartnership() {
	d.show(partnershipsPlace)
	d.records.newPartnership()
}

// typed is what keys are typed into: an entry, which takes them back itself.
type typed interface {
	Undo()
	Redo()
}

// undo takes back, in this order: keys in the entry one is typing in, edits of
// the form, what was written last.
func (d *desk) undo() {
	if entry, ok := d.shell.window.Canvas().Focused().(typed); ok {
		entry.Undo()
		return
	}
	if d.shell.window.Canvas().Overlays().Top() != nil {
		return
	}
	if screen, ok := d.screens[d.at].(steps); ok && screen.Undo() {
		return
	}
	d.undoChange()
}

func (d *desk) redo() {
	if entry, ok := d.shell.window.Canvas().Focused().(typed); ok {
		entry.Redo()
		return
	}
	if d.shell.window.Canvas().Overlays().Top() != nil {
		return
	}
	if screen, ok := d.screens[d.at].(steps); ok && screen.Redo() {
		return
	}
	d.takeBack(d.door.History().LastUndone, i18n.T("Il n’y a rien à rétablir."), "Rétabli : %s.")
}

// undoChange takes back the newest change of the workspace.
func (d *desk) undoChange() {
	d.takeBack(d.door.History().LastChange, i18n.T("Il n’y a rien à annuler."), "Annulé : %s.")
}

// takeBack undoes the change that find finds; undoing an undo does it again.
func (d *desk) takeBack(find func(context.Context) (*history.Item, error), nothing, said string) {
	d.shell.pace.Run(func() {
		ctx := context.Background()
		last, err := find(ctx)
		var done history.Undone
		if err == nil && last != nil {
			done, err = d.door.History().Undo(ctx, last.ID, history.UndoAsk)
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

func (d *desk) takenBack(done history.Undone, said string, err error) {
	if err != nil {
		d.fail(err)
		return
	}
	if done.Change == "" && len(done.Conflicts) > 0 {
		c := done.Conflicts[0]
		why := i18n.T("le champ « %s » de « %s » a changé depuis", i18n.Said(c.Label), c.Title)
		if c.Reason != "" {
			why = c.Reason
		}
		d.notice.Say(widgets.Warning, i18n.T("« %s » est resté comme il est : %s.", i18n.Said(done.Label), why))
		return
	}
	d.notice.Say(widgets.Success, i18n.T(said, i18n.Said(done.Label)))
	d.tour.did(hasTakenBack)
	if p, ok := d.records.form.Current(); ok && p.ID != "" && !d.records.form.Modified() {
		d.records.form.Reload()
	}
	d.refresh()
}

// produceBook opens the dialog on the répertoire in view.
func (d *desk) produceBook() { d.produce.Show(d.records.sidebar.Chosen().Slug) }

// leave goes back to the list with the keyboard, from wherever one is.
func (d *desk) leave() { d.Go(partnershipsPlace) }

// find goes to the search box.
func (d *desk) find() {
	d.show(partnershipsPlace)
	d.records.list.FocusSearch()
}

// openDirectory shows the partnerships of a répertoire.
func (d *desk) openDirectory(slug string) {
	d.show(partnershipsPlace)
	d.records.sidebar.Choose(slug)
}

// retitle names the entry in view and the workspace on the window, so that the
// desktop's own list of windows does too; a dot says it is not saved.
func (d *desk) retitle() {
	title := i18n.T("%s — Répertoire", folderName(d.door.Dir()))
	if entry := d.records.form.Title(); entry != "" && d.at == partnershipsPlace {
		title = entry + " — " + title
		if d.records.form.Modified() {
			title = "● " + title
		}
	} else if name := d.placeTitle(); name != "" {
		title = name + " — " + title
	}
	d.shell.window.SetTitle(title)
	d.others.sight()
}

func (d *desk) placeTitle() string {
	for _, p := range d.places {
		if p.id == d.at && p.id != partnershipsPlace {
			return p.title
		}
	}
	return ""
}

// search shows what a text finds among all partnerships.
func (d *desk) search(text string) { d.list(text, i18n.T("Tous les partenariats")) }

// list shows what a text finds, under a title of its own.
func (d *desk) list(text, title string) {
	d.show(partnershipsPlace)
	d.records.sidebar.Choose("")
	d.records.list.Restore(partnerships.State{Title: title, Text: text})
	d.records.FocusFirst()
}

// unsaved counts what was typed and not saved: entries, and other screens.
func (d *desk) unsaved() int {
	n := d.records.form.Unsaved()
	for id, screen := range d.screens {
		if s, ok := screen.(saves); ok && id != partnershipsPlace && s.Modified() {
			n++
		}
	}
	return n
}

// save saves what the screen in view holds.
func (d *desk) save() {
	if screen, ok := d.screens[d.at].(saves); ok {
		screen.Save()
	}
}

// fieldHistory shows the past of the field the cursor is in.
func (d *desk) fieldHistory() {
	if !d.records.form.OpenFieldHistory() {
		d.notice.Say(widgets.Info, i18n.T("Placez d’abord le curseur dans le champ dont vous voulez l’historique."))
	}
}

// keepSearch asks under which name the search in view is kept.
func (d *desk) keepSearch() {
	if d.records.lists != nil {
		d.records.lists.AskKeep()
	}
}
