package campaign

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/workspace/campaigns"
)

// texts are the messages of a campaign being written, with what each recipient
// would read beside.
type texts struct {
	v                  *View
	campaign           campaign.Campaign
	to                 []campaigns.Addressee
	edited             []campaign.Wording // touched, of any language
	language, occasion *widgets.Select
	subject, body      *widgets.Entry
	shown              campaign.Wording
	at                 int
	who                *widgets.Text
	preview            *fyne.Container
	asking             *asking
	filling            bool
}

// previewHigh is how much of a message is in sight beside its text.
const previewHigh = 330

// AskTexts opens the messages of the campaign in view.
func (v *View) AskTexts() {
	if !v.ready(true) {
		return
	}
	ref := string(v.status.ID)
	v.opening.Do(func(ctx context.Context) func() {
		c, to, err := v.door.Campaigns().Addressees(ctx, ref)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.askTexts(c, to)
		}
	})
}

func (v *View) askTexts(c campaign.Campaign, to []campaigns.Addressee) *texts {
	t := &texts{v: v, campaign: c, to: to, language: choose(labels(campaign.Languages), 0), occasion: choose(labels(campaign.Occasions), 0),
		subject: widgets.NewEntry(), body: widgets.NewTextArea(12), who: widgets.NewMuted(""), preview: container.NewStack()}
	t.body.MaxRows = 12
	soon := task.Later(v.pace.Preview, t.show)
	touched := func(string) {
		if !t.filling {
			t.keep()
			soon()
		}
	}
	t.subject.OnChanged, t.body.OnChanged = touched, touched
	t.language.OnChanged = func(string) { t.fill(); t.find(0) }
	t.occasion.OnChanged = func(string) { t.fill(); t.show() }
	fields := widgets.NewParagraph(i18n.T("Champs de fusion : %s", "{{"+strings.Join(campaign.MergeFields(), "}}, {{")+"}}"),
		fynetheme.ColorNamePlaceHolder)
	left := widgets.Column(6, widgets.Shares(8, []float32{1, 1}, t.language, t.occasion), t.subject, t.body, fields)
	step := func(by int) func() { return func() { t.find(by) } }
	head := container.NewBorder(nil, nil, nil, widgets.Line(2, widgets.NewIconButton("up", i18n.T("Destinataire précédent"), step(-1)),
		widgets.NewIconButton("down", i18n.T("Destinataire suivant"), step(1))), t.who)
	right := widgets.Tall(previewHigh, container.NewBorder(head, nil, nil, nil, container.NewVScroll(t.preview)))
	width := fyne.Min(1120, v.window.Canvas().Size().Width-80)
	t.asking = v.ask(i18n.T("Textes des messages"), i18n.T("Enregistrer"), "save", width, widgets.Shares(16, []float32{1, 1}, left, right),
		func(*asking) { t.save() }, widgets.NewButton(i18n.T("Texte du programme"), "undo", t.standard))
	t.fill()
	t.find(0)
	t.asking.Focus(t.subject)
	return t
}

// wording gives the text of the language and occasion chosen: as it was edited,
// else as it stands.
func (t *texts) wording() campaign.Wording {
	language, occasion := campaign.Languages[t.language.SelectedIndex()].Value, campaign.Occasions[t.occasion.SelectedIndex()].Value
	w := t.campaign.Wording(occasion, language)
	for _, e := range t.edited {
		if w.For(e) {
			return e
		}
	}
	return w
}

// fill writes the text chosen into the entries.
func (t *texts) fill() {
	t.filling = true
	t.shown = t.wording()
	t.subject.SetText(t.shown.Subject)
	t.body.SetText(t.shown.Body)
	t.filling = false
}

// keep notes what was typed.
func (t *texts) keep() {
	t.shown.Subject, t.shown.Body = t.subject.Text, t.body.Text
	for i, e := range t.edited {
		if e.For(t.shown) {
			t.edited[i] = t.shown
			return
		}
	}
	t.edited = append(t.edited, t.shown)
}

// standard puts the program's own text back.
func (t *texts) standard() {
	for _, w := range campaign.Standard {
		if w.For(t.shown) {
			t.subject.SetText(w.Subject)
			t.body.SetText(w.Body)
		}
	}
}

// find goes to another recipient of the language chosen.
func (t *texts) find(by int) {
	mine := t.mine()
	if n := len(mine); n > 0 {
		t.at = ((t.at+by)%n + n) % n
	}
	t.show()
}

// mine are those who read the language chosen.
func (t *texts) mine() []campaigns.Addressee {
	var out []campaigns.Addressee
	for _, x := range t.to {
		if x.Language == t.shown.Language {
			out = append(out, x)
		}
	}
	return out
}

// show writes what the recipient at hand would read.
func (t *texts) show() {
	defer t.preview.Refresh()
	mine := t.mine()
	if len(mine) == 0 {
		t.who.SetText(i18n.T("Personne n’est écrit dans cette langue."))
		t.preview.Objects = nil
		return
	}
	t.at = min(t.at, len(mine)-1)
	x := mine[t.at]
	t.who.SetText(i18n.T("%d sur %d · %s", t.at+1, len(mine), strings.TrimSpace(x.Name+" <"+x.Email+">")))
	subject, body := t.shown.Fill(x.Merge)
	head := widgets.NewBold(subject)
	column := widgets.Column(6, head)
	if missing := t.shown.Unsaid(x.Merge); len(missing) > 0 {
		column.Add(widgets.NewParagraph(i18n.T("Rien à mettre pour : %s", strings.Join(missing, ", ")), fynetheme.ColorNameWarning))
	}
	column.Add(widgets.NewParagraph(body, fynetheme.ColorNameForeground))
	t.preview.Objects = []fyne.CanvasObject{column}
}

// save keeps all texts that were touched.
func (t *texts) save() {
	id := string(t.campaign.ID)
	t.v.opening.Do(func(ctx context.Context) func() {
		_, err := t.v.door.Campaigns().Amend(ctx, id, campaigns.Amendment{Wordings: t.edited})
		return func() {
			if err != nil {
				t.asking.refuse(err)
				return
			}
			t.asking.Close()
			t.v.say(widgets.Success, i18n.T("Les textes sont enregistrés : ils servent à ce qui sera écrit."))
			t.v.Reload()
		}
	})
}
