package counter

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/orders"
)

// Mailing is the dialog by which an edition's free copy goes to members.
type Mailing struct {
	view    *View
	q       *question
	edition *widgets.Select
	search  *widgets.SearchBox
	table   *widgets.Table
	said    *widgets.Text
	reading *task.Latest

	all   []orders.Member
	shown []int // of all, those that the search keeps
	left  map[repertoire.ID]bool
}

// AskMembers opens it on an edition, "" for the last frozen.
func (v *View) AskMembers(edition repertoire.ID) {
	if len(v.editions) == 0 {
		v.AskNew() // says what to do first
		return
	}
	m := &Mailing{view: v, reading: task.NewLatest(v.pace.Run), left: map[repertoire.ID]bool{}, said: widgets.NewMuted("")}
	m.edition = widgets.NewSelect(editionNames(v.editions), func(string) { m.read() })
	m.search = widgets.NewSearchBox(i18n.T("Chercher un adhérent"), v.pace.Typing)
	m.search.OnSearch = func(string) { m.keep() }
	m.table = widgets.NewTable([]widgets.TableColumn{{Key: "send", Title: i18n.T("Envoi"), Width: 70},
		{Key: "name", Title: i18n.T("Adhérent")},
		{Key: "email", Title: i18n.T("Courriel"), Width: 230}, {Key: "order", Title: i18n.T("Commande"), Width: 120}},
		func() int { return len(m.shown) }, m.cells)
	m.table.List.OnActivated = m.toggle
	m.table.List.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeySpace {
			return false
		}
		m.toggle(m.table.List.Selection().Current)
		return true
	}
	every := func(all bool) func() {
		return func() {
			for _, i := range m.shown {
				m.set(m.all[i].Ref, all)
			}
			m.show()
		}
	}
	content := container.NewBorder(widgets.Column(8,
		widgets.NewField("edition", i18n.T("Édition figée"), widgets.Framed(m.edition)),
		widgets.NewParagraph(i18n.T(
			"Chaque adhérent reçoit une commande gratuite : sa copie numérique à son nom et le brouillon du message. Le travail se reprend là où il s’est arrêté ; personne n’est servi deux fois."), theme.ColorMuted),
		container.NewBorder(nil, nil, nil, container.NewHBox(widgets.NewQuietButton(i18n.T("Tous"), "check", every(true)),
			widgets.NewQuietButton(i18n.T("Aucun"), "", every(false))), m.search)),
		m.said, nil, nil, widgets.Tall(fyne.Max(120, fyne.Min(320, v.window.Canvas().Size().Height-420)), m.table))
	m.q = v.ask(i18n.T("Envoyer aux adhérents"), i18n.T("Préparer les envois"), "mail", 760, content, func(*question) { m.Send() })
	at := len(v.editions) - 1
	for i, e := range v.editions {
		if e.ID == edition {
			at = i
		}
	}
	m.edition.SetSelectedIndex(at)
	v.window.Canvas().Focus(m.search)
}

func (m *Mailing) chosen() string {
	if at := m.edition.SelectedIndex(); at >= 0 {
		return string(m.view.editions[at].ID)
	}
	return ""
}

// read asks who is a member, and who has the edition in view.
func (m *Mailing) read() {
	edition := m.chosen()
	m.reading.Do(func(ctx context.Context) func() {
		list, err := m.view.door.Orders().Members(ctx, edition)
		return func() {
			if err != nil {
				m.q.refuse(err.Error())
				return
			}
			m.all = list
			m.keep()
		}
	})
}

// keep shows the members that the search finds.
func (m *Mailing) keep() {
	m.shown = m.shown[:0]
	words := strings.Fields(repertoire.Fold(m.search.Text))
	for i, x := range m.all {
		text, all := repertoire.Fold(x.Name+" "+x.Email), true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			m.shown = append(m.shown, i)
		}
	}
	m.show()
}

func (m *Mailing) set(ref repertoire.ID, send bool) {
	if send {
		delete(m.left, ref)
		return
	}
	m.left[ref] = true
}

func (m *Mailing) toggle(row int) {
	if row >= 0 && row < len(m.shown) {
		ref := m.all[m.shown[row]].Ref
		m.set(ref, m.left[ref])
		m.show()
	}
}

// wanted lists the members to send to.
func (m *Mailing) wanted() []repertoire.ID {
	out := []repertoire.ID{}
	for _, x := range m.all {
		if x.Order == "" && !m.left[x.Ref] {
			out = append(out, x.Ref)
		}
	}
	return out
}

func (m *Mailing) show() {
	n, have, mute := len(m.wanted()), 0, 0
	for _, x := range m.all {
		if x.Order != "" {
			have++
		} else if x.Email == "" && !m.left[x.Ref] {
			mute++
		}
	}
	said := i18n.T("Adhérents : %s ; déjà servis : %s.", repertoire.Thousands(int64(len(m.all))), repertoire.Thousands(int64(have)))
	if mute > 0 {
		said += " " + i18n.T("Sans adresse électronique : %s, dont la copie est faite sans brouillon.", repertoire.Thousands(int64(mute)))
	}
	if len(m.all) == 0 {
		said = i18n.T("Aucun adhérent : notez-le sur la fiche d’une collectivité ou d’un acheteur.")
	}
	m.said.SetText(said)
	m.q.main.SetText(i18n.N("Préparer %s envoi", "Préparer %s envois", n, repertoire.Thousands(int64(n))))
	if n == 0 {
		m.q.main.Disable()
	} else {
		m.q.main.Enable()
	}
	m.q.modal.SetButtons(m.q.close, m.q.main)
	m.table.Refresh()
}

func (m *Mailing) cells(i int) []widgets.Cell {
	x := m.all[m.shown[i]]
	email := widgets.Cell{Text: x.Email, Muted: true}
	if x.Email == "" {
		email = widgets.Cell{Text: i18n.T("sans adresse"), Muted: true, Dot: fynetheme.ColorNameWarning}
	}
	send := widgets.Cell{Text: i18n.T("oui"), Dot: fynetheme.ColorNameSuccess}
	switch {
	case x.Order != "":
		send = widgets.Cell{Text: i18n.T("servi"), Muted: true}
	case m.left[x.Ref]:
		send = widgets.Cell{Text: i18n.T("non"), Muted: true, Dot: theme.ColorMuted}
	}
	return []widgets.Cell{send, {Text: x.Name, Muted: m.left[x.Ref]}, email, {Text: x.Order, Muted: true}}
}

// Send prepares what is wanted, in one go.
func (m *Mailing) Send() {
	v, edition, choice := m.view, m.chosen(), m.wanted()
	if v.alone.Busy() || len(choice) == 0 {
		return
	}
	m.q.main.Disable()
	again := func() { // what was done before a stop shows
		v.Reload()
		m.read()
	}
	v.alone.Do(v.pace, v.OnJob, i18n.T("Envoi aux adhérents"), func(ctx context.Context, progress task.Progress) (func(), error) {
		sent, err := v.door.Orders().SendToMembers(ctx, edition, choice, progress)
		return func() {
			again()
			m.q.modal.Close()
			v.sayMailing(sent)
		}, err
	}, func(err error) {
		again()
		m.q.refuse(err.Error())
	})
}

func (v *View) sayMailing(m orders.Mailing) {
	n := func(n int) string { return repertoire.Thousands(int64(n)) }
	said := i18n.T("Adhérents servis : %s ; déjà servis : %s.", n(len(m.Served)), n(len(m.Already)))
	if len(m.NoAddress) > 0 {
		said += " " + i18n.T("Sans adresse électronique, donc sans brouillon : %s.", n(len(m.NoAddress)))
	}
	tone := widgets.Success
	if len(m.Failed) > 0 {
		tone = widgets.Failure
		said += " " + i18n.T("%s n’a pas été servi : %s", m.Failed[0].Name, m.Failed[0].Why)
	}
	v.say(tone, said)
	if len(m.Served) > 0 {
		v.openPath(m.Folder)
	}
}

// editionNames puts first what tells editions of one répertoire apart; two of
// one label are told apart by their day, else by their print.
func editionNames(list []books.EditionSummary) []string {
	names := make([]string, len(list))
	add := func(more func(books.EditionSummary) string) {
		times := map[string]int{}
		for _, n := range names {
			times[n]++
		}
		for i, n := range names {
			if times[n] > 1 || n == "" {
				names[i] = strings.TrimPrefix(n+" · "+more(list[i]), " · ")
			}
		}
	}
	add(func(e books.EditionSummary) string { return e.Label + " · " + e.Title })
	add(func(e books.EditionSummary) string { return i18n.T("figée le %s", e.Frozen.Field()) })
	add(func(e books.EditionSummary) string {
		return i18n.N("%s fiche", "%s fiches", e.Entries, repertoire.Thousands(int64(e.Entries)))
	})
	add(func(e books.EditionSummary) string { return e.SHA256[:min(8, len(e.SHA256))] })
	return names
}
