package campaign

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
)

// sheet is one reply in three columns: A accepts a line, R refuses it, M edits
// it, N goes to the next without a judgment, Enter writes the review.
type sheet struct {
	v        *View
	data     campaigns.Sheet
	verdicts map[string]campaign.Verdict
	table    *widgets.Table
	detail   *fyne.Container
	write    *widgets.Button
	all      fyne.CanvasObject
}

func newSheet(v *View, data campaigns.Sheet) *sheet {
	s := &sheet{v: v, data: data, verdicts: map[string]campaign.Verdict{}, detail: container.NewStack()}
	for _, d := range data.Differences {
		if d.Verdict != nil {
			s.verdicts[d.Path] = *d.Verdict
		}
	}
	s.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "label", Title: i18n.T("Champ"), Width: 140},
		{Key: "sent", Title: i18n.T("Envoyé"), Width: 140, Rank: 2},
		{Key: "answered", Title: i18n.T("Répondu")},
		{Key: "now", Title: i18n.T("Aujourd’hui"), Width: 140, Rank: 1},
		{Key: "verdict", Title: i18n.T("Décision"), Width: 84},
	}, func() int { return len(s.data.Differences) }, s.cells)
	s.table.List.OnCurrent = s.show
	s.table.List.OnActivated = func(int) { s.Write() }
	s.table.List.OnKey = s.key
	head := widgets.Column(4, s.heading())
	for _, line := range s.said() {
		head.Add(widgets.NewParagraph(line, fynetheme.ColorNameForeground))
	}
	s.write = widgets.NewMainButton(i18n.T("Enregistrer la relecture (Entrée)"), "check", s.Write)
	foot := container.NewBorder(nil, nil, widgets.Line(8, widgets.NewButton(i18n.T("Tout accepter"), "", s.AcceptAll),
		widgets.NewQuietButton(i18n.T("Mettre de côté"), "", s.Aside)), s.write)
	if data.Reply.State == campaign.Reviewed {
		foot.Objects = []fyne.CanvasObject{widgets.NewMuted(i18n.T("Relue. Ctrl+Z annule la relecture."))}
	}
	middle := fyne.CanvasObject(s.table)
	switch {
	case !data.Reply.Legible:
		middle = widgets.NewEmpty("document", i18n.T("À saisir à la main"),
			i18n.T("Reportez dans la fiche ce que dit la réponse, puis enregistrez la relecture."))
	case len(data.Differences) == 0:
		middle = widgets.NewEmpty("check", i18n.T("Aucune différence"),
			i18n.T("Enregistrer la relecture confirme la fiche telle qu’elle est."))
	}
	s.show(-1)
	split := container.NewVSplit(middle, container.NewVScroll(widgets.Inset(12, 8, s.detail)))
	split.Offset = 0.6
	s.all = container.NewBorder(widgets.Inset(12, 8, head), widgets.Column(0, widgets.Rule(), widgets.Inset(12, 8, foot)), nil, nil, split)
	return s
}

func (s *sheet) heading() fyne.CanvasObject {
	title := widgets.NewBold(s.data.Title)
	open := widgets.NewQuietButton(i18n.T("Ouvrir la fiche"), "", func() {
		if s.v.OnEntry != nil {
			s.v.OnEntry(s.data.Reply.Partnership)
		}
	})
	return container.NewBorder(nil, nil, nil, open,
		widgets.Column(2, title, widgets.NewMuted(s.data.Reply.Source()+" · "+s.data.Reply.File)))
}

// said lists what is to be known beside the differences.
func (s *sheet) said() []string {
	r := &s.data.Reply
	var out []string
	if r.Unchanged {
		out = append(out, i18n.T("« Rien n’a changé », dit la réponse."))
	}
	if r.Reason != "" {
		out = append(out, r.Reason)
	}
	if len(s.data.Contradicts) > 0 {
		out = append(out, i18n.T("D’autres réponses disent autre chose : %s.", strings.Join(s.data.Contradicts, ", ")))
	}
	for _, p := range r.Problems {
		out = append(out, i18n.T("Illisible, à reporter à la main, %s : « %s »", p.Label, p.Text))
	}
	if r.Remarks != "" {
		out = append(out, i18n.T("Remarques : %s", begun(flat(r.Remarks))))
	}
	return out
}

// aGlance is how much of the remarks stands above the differences; all of them
// stand below.
const aGlance = 160

func begun(text string) string {
	if r := []rune(text); len(r) > aGlance {
		return string(r[:aGlance]) + "…"
	}
	return text
}

func (s *sheet) cells(i int) []widgets.Cell {
	if i >= len(s.data.Differences) {
		return nil
	}
	d := s.data.Differences[i]
	now := widgets.Cell{Text: flat(d.Now), Muted: !d.Conflict, Bold: d.Conflict}
	return []widgets.Cell{{Text: d.Label}, {Text: flat(d.Sent), Muted: true}, {Text: flat(d.Answered), Bold: true}, now,
		{Text: s.judged(d)}}
}

func (s *sheet) judged(d campaign.Difference) string {
	if v, ok := s.verdicts[d.Path]; ok {
		return i18n.T(campaign.Judgments.Label(v.Choice))
	}
	if d.Conflict {
		return i18n.T("Conflit")
	}
	return ""
}

func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// show writes a difference whole under the table.
func (s *sheet) show(row int) {
	defer s.detail.Refresh()
	s.detail.Objects = nil
	if row < 0 || row >= len(s.data.Differences) {
		s.detail.Objects = []fyne.CanvasObject{widgets.NewParagraph(s.data.Reply.Remarks, fynetheme.ColorNameForeground)}
		return
	}
	d := s.data.Differences[row]
	part := func(name, text string) fyne.CanvasObject {
		if text == "" {
			text = "∅"
		}
		return widgets.Column(2, widgets.NewMuted(name), widgets.NewParagraph(text, fynetheme.ColorNameForeground))
	}
	column := widgets.Column(6, widgets.NewText(d.Label))
	if d.Conflict {
		column.Add(widgets.NewParagraph(i18n.T("La fiche a été modifiée depuis l’envoi : accepter remplace ce qu’elle dit aujourd’hui."),
			fynetheme.ColorNameWarning))
	}
	if d.Note != "" {
		column.Add(widgets.NewParagraph(d.Note, fynetheme.ColorNameForeground))
	}
	for _, a := range d.Against {
		column.Add(widgets.NewParagraph(i18n.T("Autre réponse, %s", a), fynetheme.ColorNameForeground))
	}
	answered := d.Answered
	if v, ok := s.verdicts[d.Path]; ok && v.Choice == campaign.Edit {
		answered = v.Text
	}
	column.Add(widgets.Shares(12, []float32{1, 1, 1}, part(i18n.T("Envoyé"), d.Sent), part(i18n.T("Répondu"), answered),
		part(i18n.T("Aujourd’hui"), d.Now)))
	column.Add(widgets.Line(8, widgets.NewButton(i18n.T("Accepter (A)"), "check", func() { s.judge(campaign.Accept) }),
		widgets.NewButton(i18n.T("Refuser (R)"), "close", func() { s.judge(campaign.Refuse) }),
		widgets.NewButton(i18n.T("Corriger (M)…"), "", s.AskEdit)))
	if r := s.data.Reply.Remarks; r != "" {
		column.Add(widgets.NewMuted(i18n.T("Remarques")))
		column.Add(widgets.NewParagraph(r, fynetheme.ColorNameForeground))
	}
	s.detail.Objects = []fyne.CanvasObject{column}
}

func (s *sheet) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyA:
		s.judge(campaign.Accept)
	case fyne.KeyR:
		s.judge(campaign.Refuse)
	case fyne.KeyM:
		s.AskEdit()
	case fyne.KeyN:
		s.next()
	case fyne.KeyT:
		s.AcceptAll()
	case fyne.KeyEscape, fyne.KeyLeft:
		s.v.FocusFirst()
	default:
		return false
	}
	return true
}

func (s *sheet) focus() {
	if len(s.data.Differences) == 0 {
		s.v.window.Canvas().Focus(s.write)
		return
	}
	s.v.window.Canvas().Focus(s.table.List)
	if s.table.List.Selection().Current < 0 {
		s.table.List.Select(0)
	}
}

func (s *sheet) at() *campaign.Difference {
	i := s.table.List.Selection().Current
	if i < 0 || i >= len(s.data.Differences) || s.data.Reply.State == campaign.Reviewed {
		return nil
	}
	return &s.data.Differences[i]
}

// judge decides the line at hand and goes to the next.
func (s *sheet) judge(j campaign.Judgment) {
	d := s.at()
	if d == nil {
		return
	}
	s.verdicts[d.Path] = campaign.Verdict{Path: d.Path, Choice: j}
	s.next()
}

func (s *sheet) next() {
	at := s.table.List.Selection().Current
	s.table.Refresh()
	if at+1 < len(s.data.Differences) {
		s.table.List.Select(at + 1)
		return
	}
	s.show(at)
}

// AcceptAll accepts what is neither in conflict nor judged yet.
func (s *sheet) AcceptAll() {
	if s.data.Reply.State == campaign.Reviewed {
		return
	}
	for _, d := range s.data.Differences {
		if _, judged := s.verdicts[d.Path]; !judged && !d.Conflict && len(d.Against) == 0 {
			s.verdicts[d.Path] = campaign.Verdict{Path: d.Path, Choice: campaign.Accept}
		}
	}
	s.table.Refresh()
	s.show(s.table.List.Selection().Current)
}

// AskEdit writes the officer's own words in the place of the answer.
func (s *sheet) AskEdit() {
	d := s.at()
	if d == nil {
		return
	}
	if d.Turn != campaign.Changed {
		s.v.say(widgets.Failure, i18n.T("Un élément entier s’accepte ou se refuse ; corrigez-le ensuite dans la fiche."))
		return
	}
	entry := widgets.NewTextArea(6)
	entry.SetText(d.Cell)
	m := widgets.NewModal(d.Label, entry, s.v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Fermer"), "", m.Close), widgets.NewMainButton(i18n.T("Garder ce texte"), "check", func() {
		s.verdicts[d.Path] = campaign.Verdict{Path: d.Path, Choice: campaign.Edit, Text: entry.Text}
		m.Close()
		s.next()
		s.focus()
	}))
	m.Show(560, 0)
	m.Focus(entry)
}

// Write writes the review; what was not judged stays as it is in the entry.
func (s *sheet) Write() { s.decide(campaigns.Decision{Verdicts: s.list()}) }

// Aside puts the reply away without taking anything.
func (s *sheet) Aside() { s.decide(campaigns.Decision{Aside: true}) }

func (s *sheet) list() []campaign.Verdict {
	var out []campaign.Verdict
	for _, d := range s.data.Differences {
		if v, ok := s.verdicts[d.Path]; ok {
			out = append(out, v)
		}
	}
	return out
}

func (s *sheet) decide(d campaigns.Decision) {
	if s.data.Reply.State == campaign.Reviewed {
		return
	}
	id := s.data.Reply.ID
	left := slices.ContainsFunc(s.data.Differences, func(x campaign.Difference) bool { _, ok := s.verdicts[x.Path]; return !ok })
	if left && !d.Aside {
		s.v.say(widgets.Failure,
			i18n.T("Il reste des lignes sans décision : acceptez (A) ou refusez (R) chacune, ou « Tout accepter » (T)."))
		s.focus()
		return
	}
	s.v.work(i18n.T("Relecture"), func(ctx context.Context, _ workspace.Progress) (string, error) {
		done, err := s.v.door.Campaigns().Decide(ctx, id, d)
		return i18n.T("%s : %d acceptées, %d refusées, %d champs confirmés. Ctrl+Z l’annule.", done.Title, done.Accepted, done.Refused,
			done.Confirmed), err
	}, s.v.FocusFirst)
}
