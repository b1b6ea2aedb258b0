package shell

import (
	"strings"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// leaving is something that ends what is open: the words of its question, and
// what it does.
type leaving struct {
	title, save, abandon string
	do                   func()
}

// guarded does something that leaves the open workspace, once what was typed
// is saved or given up.
func (s *Shell) guarded(do func()) {
	s.unlessUnsaved(leaving{title: i18n.T("Modifications non enregistrées"), save: i18n.T("Enregistrer"),
		abandon: i18n.T("Abandonner"), do: do})
}

// mostNamed is how many unsaved records a question names.
const mostNamed = 6

// unlessUnsaved leaves at once when nothing is unsaved. Else it names what is,
// and offers first to save it: Enter loses nothing.
func (s *Shell) unlessUnsaved(l leaving) {
	if len(s.others) > 0 {
		alone := l
		l.do = func() { s.withOthers(alone) }
	}
	if s.desk == nil || s.desk.unsaved() == 0 {
		l.do()
		return
	}
	names := s.desk.unsavedNames()
	column := widgets.Column(2, widgets.NewFlushParagraph(i18n.N("%s fiche n’est pas enregistrée :",
		"%s fiches ne sont pas enregistrées :", len(names), thousands(len(names)))))
	for i, name := range names {
		if i == mostNamed {
			column.Add(widgets.NewMuted(i18n.N("… et %s autre.", "… et %s autres.", len(names)-i, thousands(len(names)-i))))
			break
		}
		column.Add(widgets.NewText("• " + name))
	}
	m := widgets.NewModal(l.title, widgets.Wide(460, column), s.window)
	save := widgets.NewMainButton(l.save, "save", func() {
		m.Close()
		s.desk.saveAll(func(err error) {
			if err != nil {
				s.desk.fail(err)
				return
			}
			l.do()
		})
	})
	abandon := widgets.NewButton(l.abandon, "", func() { m.Close(); l.do() })
	m.SetButtons(abandon, widgets.NewButton(i18n.T("Rester"), "", m.Close), save)
	m.Show(520, 0)
	m.Focus(save)
}

// unsavedNames names what was typed and not saved.
func (d *desk) unsavedNames() []string {
	names := d.records.form.UnsavedTitles()
	for _, p := range d.places {
		if screen, ok := d.screens[p.id].(saves); ok && p.id != partnershipsPlace && screen.Modified() {
			names = append(names, strings.TrimSpace(p.title))
		}
	}
	return names
}

// saveAll saves what was typed, everywhere, and tells of the first refusal.
func (d *desk) saveAll(done func(error)) {
	d.records.form.SaveAll(func(err error) {
		if err != nil {
			done(err)
			return
		}
		for id, screen := range d.screens {
			x, ok := screen.(saves)
			if !ok || id == partnershipsPlace || !x.Modified() {
				continue
			}
			// Its own refusal is said where it stands.
			d.show(id)
			x.SaveThen(func() { d.saveAll(done) })
			return
		}
		done(nil)
	})
}

// turnAutoSave lets entries be saved without being asked, or not.
func (d *desk) turnAutoSave() {
	on := !d.records.form.AutoSave
	d.records.form.AutoSave = on
	d.shell.prefs.setAutoSave(on)
	if on {
		d.notice.Say(widgets.Info, i18n.T(
			"Une fiche déjà enregistrée une fois l’est désormais toute seule, quand vous cessez de taper. Chaque enregistrement s’annule."))
		return
	}
	d.notice.Say(widgets.Info, i18n.T("Les fiches ne s’enregistrent plus qu’à votre demande (Ctrl+S) ; les brouillons restent gardés."))
}
