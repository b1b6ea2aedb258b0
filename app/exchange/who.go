package exchange

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	ex "repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/tables"
)

// whoButtons are those of the trial that lead to what the file says of
// authorities and of people: the names to be settled, those that were taken
// without a question, the permissions that were set aside.
func (m *Import) whoButtons() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if n := len(m.questions()); n > 0 {
		out = append(out, widgets.NewButton(i18n.N("%s nom à confirmer…", "%s noms à confirmer…", n, repertoire.Thousands(int64(n))), "",
			m.askWho))
	}
	n := 0
	for _, x := range m.report.Notes {
		n += x.Count
	}
	if n > 0 {
		out = append(out, widgets.NewButton(i18n.N("%s nom reconnu…", "%s noms reconnus…", n, repertoire.Thousands(int64(n))), "",
			m.showNotes))
	}
	if n := m.report.Consents.SetAside; n > 0 {
		out = append(out, widgets.NewButton(i18n.N("%s autorisation écartée…", "%s autorisations écartées…", n,
			repertoire.Thousands(int64(n))), "", m.askProof))
	}
	return out
}

// questions are the names that a person can settle: those with candidates, and
// those that were settled before, so that an answer can be changed.
func (m *Import) questions() []tables.WhoQuestion {
	var out []tables.WhoQuestion
	here := map[string]bool{}
	for _, q := range m.report.Questions {
		if len(q.Candidates) > 0 {
			out = append(out, q)
			here[q.Key] = true
		}
	}
	for _, q := range m.settled {
		if _, said := m.recipe.Who[q.Key]; said && !here[q.Key] {
			out = append(out, q)
		}
	}
	return out
}

// askWho lists the names that may mean several authorities, each once with its
// rows: nothing is guessed, a person chooses or leaves the name as it is written.
func (m *Import) askWho() {
	list := m.questions()
	meant := map[string]repertoire.ID{}
	body := widgets.Column(10)
	for _, q := range list {
		body.Add(m.whoQuestion(q, meant))
		body.Add(widgets.Rule())
	}
	m.put(container.NewBorder(widgets.NewFlushParagraph(
		i18n.T("Rien n’est deviné : choisissez qui est nommé, ou gardez le nom tel qu’il est écrit. La réponse vaut pour toutes ses lignes et reste dans la recette.")), nil, nil, nil,
		container.NewVScroll(body)), 940, 540,
		widgets.NewButton(i18n.T("Retour"), "", m.showTrial),
		widgets.NewMainButton(i18n.T("Appliquer"), "", func() {
			if m.recipe.Who == nil {
				m.recipe.Who = map[string]repertoire.ID{}
			}
			for key, id := range meant {
				if id == "" {
					delete(m.recipe.Who, key)
					continue
				}
				m.recipe.Who[key] = id
			}
			m.settled = list
			m.Try()
		}))
}

// whoQuestion is one name, its candidates and why each.
func (m *Import) whoQuestion(q tables.WhoQuestion, meant map[string]repertoire.ID) fyne.CanvasObject {
	later := i18n.T("(à dire plus tard)")
	names, ids := []string{later, i18n.T("Telle qu’écrite, sans code")}, []repertoire.ID{"", ex.AsWritten}
	for _, c := range q.Candidates {
		label := c.Label
		if c.Where != "" && !strings.Contains(label, c.Where) {
			label += " · " + c.Where
		}
		names, ids = append(names, label), append(ids, c.ID)
	}
	why := widgets.NewParagraph(" ", theme.ColorMuted)
	say := func(id repertoire.ID) {
		sentence := ""
		if i := slices.IndexFunc(q.Candidates, func(c tables.WhoCandidate) bool { return c.ID == id }); i >= 0 {
			c := q.Candidates[i]
			parts := c.Why
			if c.Population > 0 {
				parts = append(slices.Clone(parts), i18n.T("%s habitants", repertoire.Thousands(int64(c.Population))))
			}
			sentence = strings.Join(parts, " ; ")
		}
		why.Segments[0].(*widget.TextSegment).Text = sentence
		why.Refresh()
	}
	choice := widgets.NewSelect(names, nil)
	now := m.recipe.Who[q.Key]
	choice.SetSelectedIndex(max(0, slices.Index(ids, now)))
	say(now)
	choice.OnChanged = func(string) {
		if i := choice.SelectedIndex(); i >= 0 {
			meant[q.Key] = ids[i]
			say(ids[i])
		}
	}
	where := i18n.T("Ligne %s", repertoire.Thousands(int64(q.Row)))
	if q.Rows > 1 {
		where = i18n.N("%s ligne", "%s lignes", q.Rows, repertoire.Thousands(int64(q.Rows)))
	}
	name := widgets.NewBold("« " + q.Name + " »")
	note := widgets.NewMuted(m.door.CountryName(q.Country) + " · " + where)
	return widgets.Column(2, widgets.Shares(12, []float32{4, 6}, widgets.Column(0, name, note),
		widgets.Column(2, widgets.Framed(choice), why)))
}

// noteName says in a few words how the names of a note were recognised.
func noteName(n tables.WhoNote) string {
	count := repertoire.Thousands(int64(n.Count))
	switch n.Kind {
	case ex.NoteOtherName:
		return i18n.N("%s reconnue sous un autre de ses noms", "%s reconnues sous un autre de leurs noms", n.Count, count)
	case ex.NoteNamesake:
		return i18n.N("%s prise pour la plus peuplée de ses homonymes", "%s prises pour les plus peuplées de leurs homonymes", n.Count,
			count)
	case ex.NoteCode:
		return i18n.N("%s reconnue à son code", "%s reconnues à leur code", n.Count, count)
	case ex.NoteCountry:
		return i18n.N("%s pays reconnu sous un autre nom", "%s pays reconnus sous un autre nom", n.Count, count)
	}
	return i18n.N("%s reconnue malgré la forme de son nom", "%s reconnues malgré la forme de leur nom", n.Count, count)
}

// showNotes lists what was recognised without a question, by kind of reason.
func (m *Import) showNotes() {
	body := widgets.Column(8)
	for _, n := range m.report.Notes {
		body.Add(widgets.NewDisclosure(noteName(n), i18n.N("%s ligne", "%s lignes", n.Rows, repertoire.Thousands(int64(n.Rows))),
			len(m.report.Notes) == 1, func() fyne.CanvasObject {
				list := widgets.Column(4)
				for _, x := range n.Items[:min(len(n.Items), 200)] {
					list.Add(widgets.Shares(12, []float32{3, 3, 4}, widgets.NewFlushParagraph("« "+x.Name+" »"),
						widgets.NewFlushParagraph(x.For), widgets.NewParagraph(x.Why, theme.ColorMuted)))
				}
				if more := len(n.Items) - 200; more > 0 {
					list.Add(widgets.NewMuted(i18n.N("et %s autre", "et %s autres", more, repertoire.Thousands(int64(more)))))
				}
				return widgets.Inset(16, 4, list)
			}))
	}
	m.put(container.NewBorder(widgets.NewFlushParagraph(
		i18n.T("Ces noms ont été reconnus sans question. Leur orthographe reste celle du fichier ; un nom mal reconnu se corrige dans sa ligne.")), nil, nil, nil,
		container.NewVScroll(body)), 940, 540, widgets.NewMainButton(i18n.T("Retour"), "", m.showTrial))
}

// askProof asks how the people of a colleague's file agreed to be published:
// without it their permissions are set aside.
func (m *Import) askProof() {
	proof := widgets.NewEntry()
	proof.SetText(m.proof)
	proof.PlaceHolder = i18n.T("formulaire signé du 12 mars 2026, rangé au service")
	apply := func() {
		m.proof = strings.TrimSpace(proof.Text)
		m.Try()
	}
	proof.OnSubmitted = func(string) { apply() }
	n := m.report.Consents.SetAside
	m.put(widgets.Column(10,
		widgets.NewFlushParagraph(
			i18n.N("%s personne de ce fichier y est dite d’accord pour être publiée, mais rien ne le prouve : le fichier ne vient pas de ce programme, ou il a été retouché. Elle est reprise sans cette autorisation.",
				"%s personnes de ce fichier y sont dites d’accord pour être publiées, mais rien ne le prouve : le fichier ne vient pas de ce programme, ou il a été retouché. Elles sont reprises sans cette autorisation.", n, repertoire.Thousands(int64(n)))),
		widgets.NewField("proof", i18n.T("Preuve de leur accord"), proof),
		widgets.NewMuted(i18n.T("Elle sera notée sur chaque personne. Laissez vide pour écarter les autorisations."))), 680, 0,
		widgets.NewButton(i18n.T("Retour"), "", m.showTrial), widgets.NewMainButton(i18n.T("Appliquer"), "", apply))
	m.modal.Focus(proof)
}
