package campaign

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
)

// doubts are what can be done with messages of which nobody knows whether they
// left, in the order of the menu.
var doubts = []campaigns.Doubt{"", campaigns.DoubtSent, campaigns.DoubtAgain}

// dispatch is what the question before a sending holds.
type dispatch struct {
	kind, doubt *widgets.Select
	reminds     []bool // of the kinds offered
	retry       *widgets.Check
	trial       *widgets.Entry
}

// wanted is what was chosen.
func (d *dispatch) wanted() campaigns.Sending {
	in := campaigns.Sending{Doubt: doubts[max(d.doubt.SelectedIndex(), 0)], Retry: d.retry.Checked}
	in.Remind = d.reminds[max(d.kind.SelectedIndex(), 0)]
	return in
}

// AskSend asks before messages leave through the server: which ones, and where
// a trial goes first.
func (v *View) AskSend() {
	if !v.ready(true) {
		return
	}
	s, set, err := v.door.Campaigns().Server()
	if err != nil {
		v.say(widgets.Failure, err.Error())
		return
	}
	if !set {
		v.say(widgets.Warning, i18n.T(
			"Aucun serveur d’envoi n’est réglé. Réglez-le, ou écrivez des brouillons que votre messagerie enverra."))
		v.AskSettings()
		return
	}
	st := &v.status
	d := &dispatch{retry: widgets.NewCheck(i18n.T("Réessayer les %d messages refusés", st.Failed), nil), trial: widgets.NewEntry()}
	d.trial.SetText(st.Campaign.Sender.Email)
	d.doubt = choose([]string{i18n.T("Ne pas les renvoyer, ne rien noter"), i18n.T("Ils sont partis"), i18n.T("Les renvoyer")}, 0)
	var kinds []string
	offer := func(label string, remind bool) { kinds, d.reminds = append(kinds, label), append(d.reminds, remind) }
	if st.Unwritten > 0 || st.Failed+st.Doubtful > 0 || st.Silent == 0 {
		offer(i18n.T("La première demande, à %d partenariats", st.Unwritten), false)
	}
	if st.Silent > 0 {
		offer(i18n.T("Une relance, aux %d sans réponse", st.Silent), true)
	}
	d.kind = choose(kinds, 0)
	content := widgets.Column(8, widgets.NewField("kind", i18n.T("Envoyer"), d.kind),
		widgets.NewField("server", i18n.T("Serveur"), widgets.NewText(i18n.T("%s, %d messages par minute", s.Host, s.PerMinute))))
	if st.Doubtful > 0 {
		content.Add(widgets.NewField("doubt", i18n.T("%d partis peut-être", st.Doubtful), d.doubt))
	}
	if st.Failed > 0 {
		content.Add(widgets.NewField("retry", "", d.retry))
	}
	content.Add(widgets.NewField("trial", i18n.T("Essai à"), d.trial))
	content.Add(widgets.NewMuted(i18n.T("L’essai envoie le premier message à cette adresse seule, et ne note rien.")))
	try := widgets.NewButton(i18n.T("Envoyer un essai"), "mail", nil)
	a := v.ask(i18n.T("Envoyer les messages"), i18n.T("Envoyer"), "mail", 620, content, func(a *asking) {
		a.Close()
		v.Send(d.wanted())
	}, try)
	try.OnTapped = func() { v.try(a, d) }
	a.Focus(try)
}

// try sends the first message to the officer alone; the question stays.
func (v *View) try(a *asking, d *dispatch) {
	in := d.wanted()
	in.Trial = strings.TrimSpace(d.trial.Text)
	id := string(v.status.ID)
	v.alone.Do(v.pace, v.OnJob, i18n.T("Essai"), func(ctx context.Context, progress func(int, int, string)) (func(), error) {
		_, err := v.door.Campaigns().Send(ctx, id, in, nil)
		return func() {
			a.notice.Say(widgets.Success, i18n.T("L’essai est parti à %s : regardez-le avant d’envoyer.", in.Trial))
		}, err
	}, a.refuse)
}

// Send sends messages through the server.
func (v *View) Send(in campaigns.Sending) {
	id := string(v.status.ID)
	v.work(i18n.T("Envoi des messages"), func(ctx context.Context, progress workspace.Progress) (string, error) {
		done, err := v.door.Campaigns().Send(ctx, id, in, progress)
		said := i18n.N("%s message envoyé.", "%s messages envoyés.", done.Sent, repertoire.Thousands(int64(done.Sent)))
		if n := len(done.Refused); n > 0 {
			said += " " + i18n.T("%d refusés par le serveur (%s : %s).", n, done.Refused[0].File, done.Refused[0].Reason)
		}
		if n := len(done.Doubtful); n > 0 {
			said += " " + i18n.T("De %d messages on ne sait s’ils sont partis : cherchez-les dans les messages envoyés, puis dites-le à « Envoyer… ».", n)
		}
		if err != nil && done.Sent > 0 {
			fyne.Do(v.Reload)
		}
		return said, err
	}, nil)
}
