package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"repertoire/app/campaign"
	"repertoire/app/counter"
	"repertoire/app/dashboard"
	"repertoire/app/duplicates"
	"repertoire/app/editions"
	"repertoire/app/i18n"
	"repertoire/app/journal"
	"repertoire/app/keeping"
	"repertoire/app/mapview"
	"repertoire/app/review"
	"repertoire/app/trash"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/safety"
	"repertoire/internal/workspace/searches"
)

// Each of these makes a view and joins it to the rest of the window.

func (d *desk) makeDashboard() Screen {
	v := dashboard.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnSay, v.OnQuery = d.openEntry, d.say, d.list
	v.OnMap = func(slug, title string) { d.onMap(searches.Query{Directory: slug}, title) }
	if slug := d.records.sidebar.Chosen().Slug; slug != "" {
		v.Choose(slug)
	}
	return v
}

func (d *desk) makeMap() Screen {
	v := mapview.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnSay = d.openEntry, d.say
	return v
}

// onMap shows on the map what a search finds.
func (d *desk) onMap(q searches.Query, title string) {
	if v, ok := d.screen("map").(*mapview.View); ok {
		v.ShowQuery(q, title)
		d.Go("map")
	}
}

func (d *desk) makeReview() Screen {
	v := review.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnEntryField, v.OnSay, v.OnTrail = d.openEntry, d.openField, d.say, d.follow
	return v
}

func (d *desk) makeEditions() Screen {
	v := editions.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnEntryField, v.OnSay, v.OnTrail = d.openEntry, d.openField, d.say, d.follow
	v.OnOpenPath, v.OnJob = d.shell.openPath, d.job
	v.OnMembers = func(edition repertoire.ID) { d.atCounter(func(v *counter.View) { v.AskMembers(edition) }) }
	if slug := d.records.sidebar.Chosen().Slug; slug != "" {
		v.Choose(slug)
	}
	return v
}

// atCounter shows the counter, and does something there once it has read what it
// shows.
func (d *desk) atCounter(do func(*counter.View)) {
	d.Go("orders")
	if v, ok := d.screens["orders"].(*counter.View); ok {
		v.WhenRead(func() { do(v) })
	}
}

func (d *desk) makeCounter() Screen {
	v := counter.New(d.door, d.shell.pace, d.shell.window)
	v.OnSay, v.OnJob, v.OnOpenPath = d.say, d.job, d.shell.openPath
	v.OnEditions = func() { d.Go("editions") }
	return v
}

func (d *desk) makeCampaign() Screen {
	v := campaign.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnSay, v.OnJob, v.OnOpenPath = d.openEntry, d.say, d.job, d.shell.openPath
	return v
}

func (d *desk) makeDuplicates() Screen {
	v := duplicates.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnSay, v.OnJob = d.openEntry, d.say, d.job
	return v
}

func (d *desk) makeJournal() Screen {
	v := journal.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnSay = d.openEntry, d.say
	return v
}

func (d *desk) makeTrash() Screen {
	v := trash.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnSay = d.openEntry, d.say
	return v
}

func (d *desk) makeKeeping() Screen {
	v := keeping.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntryField, v.OnSay, v.OnJob = d.openField, d.say, d.job
	v.OnRestore = d.restore
	return v
}

func (d *desk) makePeople() Screen {
	v := keeping.NewPeople(d.door, d.shell.pace, d.shell.window)
	v.OnSay, v.OnJob = d.say, d.job
	return v
}

// restore puts a backup in the place of the base: the workspace is closed
// meanwhile, and opened again whatever came of it.
func (d *desk) restore(file string) {
	s, dir := d.shell, d.door.Dir()
	if s.first != nil { // the workspace is the first window's to close
		s.first.window.RequestFocus()
		s.first.desk.restore(file)
		return
	}
	s.guarded(func() {
		s.CloseWorkspace()
		s.pace.Run(func() {
			_, err := safety.Restore(context.Background(), dir, file, func(int, int, string) {})
			fyne.Do(func() {
				s.Open(dir)
				if err != nil {
					s.Fail(err)
				} else if s.desk != nil {
					s.desk.say(widgets.Success,
						i18n.T("La sauvegarde est restaurée. La base d’avant est gardée à côté, dans le dossier de travail."))
				}
			})
		})
	})
}
