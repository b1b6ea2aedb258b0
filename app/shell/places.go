package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"repertoire/app/help"
	"repertoire/app/i18n"
	"repertoire/app/trace"
	"repertoire/internal/repertoire"
)

// Screen is a view that fills the window beside the rail.
type Screen interface {
	fyne.CanvasObject
	// Reload reads what it shows again: when it comes into view and after
	// each change of the workspace.
	Reload()
	// FocusFirst puts the keyboard where work begins.
	FocusFirst()
}

// steps is what a screen offers whose edits can be taken back before they are
// saved; undo and redo tell whether there was something to take back.
type steps interface {
	Undo() bool
	Redo() bool
}

// saves is what a screen offers that holds text to save.
type saves interface {
	Modified() bool
	Save()
	// SaveThen saves, and goes on once it is written; not when it is refused.
	SaveThen(then func())
}

// repaints is what a screen offers whose pictures are painted for one density of
// the screen.
type repaints interface{ Repaint() }

// rescaled hears that the window stands on a screen of another density.
func (d *desk) rescaled() {
	for _, screen := range d.screens {
		if s, ok := screen.(repaints); ok {
			s.Repaint()
		}
	}
}

// place is where one can go in an open workspace.
type place struct {
	id, icon string
	name     string // under the drawing or on its tab, one word if possible
	title    string // in the menu and the palette
	shortcut fyne.Shortcut
	seat     string // the line of the rail it shares with others, "" for one of its own
	hidden   bool   // reached from another place only
	make     func() Screen
}

// partnershipsPlace is the place one comes back to, helpPlace that of the guide.
const (
	partnershipsPlace = "partnerships"
	helpPlace         = "help"
)

// Go shows a place and puts the keyboard there.
func (d *desk) Go(id string) {
	if s := d.show(id); s != nil {
		s.FocusFirst()
	}
}

// show brings a place into view and gives its screen, nil when there is none
// of that name.
func (d *desk) show(id string) Screen {
	s := d.screen(id)
	if s == nil {
		return nil
	}
	if d.at == id {
		return s
	}
	if guide, ok := s.(*help.View); ok {
		guide.Chapter(chapterOf(d.at))
	}
	if d.at != "" {
		d.notice.Dismiss() // what was said was said of the view one leaves
	}
	wait := trace.At(id)
	d.shell.trace.Begin(wait)
	defer d.shell.trace.Rest(wait)
	d.at = id
	d.sit(id)
	d.middle.Objects = []fyne.CanvasObject{s}
	d.middle.Refresh()
	d.tray.SetStatus("")
	if id == partnershipsPlace {
		d.tray.SetStatus(d.status)
	}
	s.Reload()
	d.retitle()
	return s
}

// chapterOf names the chapter of the guide that tells of a place: help opens
// where one needs it.
func chapterOf(place string) string {
	switch place {
	case partnershipsPlace:
		return "fiches"
	case "campaign":
		return "campagne"
	case "editions", editorPlace:
		return "editions"
	case "review", "duplicates", "journal", "trash":
		return "tenir"
	case "keeping", "people":
		return "securite"
	case sharingPlace:
		return "partager"
	case "orders":
		return "commandes"
	case "dashboard", "map":
		return "chiffres"
	}
	return "premiers-pas"
}

// screen gives the screen of a place, made when it is first wanted.
func (d *desk) screen(id string) Screen {
	if s := d.screens[id]; s != nil {
		return s
	}
	for _, p := range d.places {
		if p.id == id {
			d.screens[id] = p.make()
			return d.screens[id]
		}
	}
	return nil
}

// placeCommands go to each place.
func (s *Shell) placeCommands() []Command {
	if s.desk == nil {
		return nil
	}
	var out []Command
	for _, p := range s.desk.places {
		if p.hidden {
			continue
		}
		out = append(out, Command{ID: "go-" + p.id, Group: i18n.T("Aller"), Title: p.title, Icon: p.icon, Shortcut: p.shortcut,
			Do: func() { s.desk.Go(p.id) }})
	}
	return out
}

// openField shows an entry with the cursor in one of its fields.
func (d *desk) openField(id repertoire.ID, field string) {
	d.show(partnershipsPlace)
	d.records.openField(id, field)
}

// openEntry shows an entry.
func (d *desk) openEntry(id repertoire.ID) {
	d.show(partnershipsPlace)
	d.records.openEntry(id)
}

// job shows long work in the tray. Progress and done may be called from any
// goroutine.
func (d *desk) job(label string, cancel context.CancelFunc) (progress func(done, total int, label string), done func()) {
	return d.jobs.begin(label, cancel)
}
