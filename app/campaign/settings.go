package campaign

import (
	"context"
	"strconv"
	"strings"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/campaigns"
)

// AskSettings asks who writes, until when, and through which server.
func (v *View) AskSettings() { v.askSettings(v.status.Campaign) }

// server are the entries of a server; its password is written, never read.
type server struct {
	host, port, user, password, pace *widgets.Entry
	security                         *widgets.Select
}

func newServer(s post.Server, set bool) *server {
	f := &server{host: widgets.NewEntry(), port: widgets.NewEntry(), user: widgets.NewEntry(), password: widgets.NewEntry(),
		pace: widgets.NewEntry(), security: choose(labels(post.Securities), 0)}
	f.password.Password = true
	f.host.SetPlaceHolder("smtp.exemple.fr")
	f.port.SetText("587")
	f.pace.SetText("20")
	if !set {
		return f
	}
	f.host.SetText(s.Host)
	f.port.SetText(strconv.Itoa(s.Port))
	f.user.SetText(s.User)
	f.pace.SetText(strconv.Itoa(s.PerMinute))
	f.password.SetPlaceHolder(i18n.T("inchangé"))
	for i, x := range post.Securities {
		if x.Value == s.Security {
			f.security.SetSelectedIndex(i)
		}
	}
	return f
}

// read gives what was typed; false when no server is wanted.
func (f *server) read() (post.Server, bool, error) {
	s := post.Server{Host: strings.TrimSpace(f.host.Text), User: strings.TrimSpace(f.user.Text),
		Security: post.Securities[max(f.security.SelectedIndex(), 0)].Value}
	if s.Host == "" {
		return s, false, nil
	}
	for _, x := range []struct {
		entry *widgets.Entry
		into  *int
	}{{f.port, &s.Port}, {f.pace, &s.PerMinute}} {
		n, err := strconv.Atoi(strings.TrimSpace(x.entry.Text))
		if err != nil || n < 0 {
			return s, true, repertoire.Refuse("« %s » n’est pas un nombre entier. Rien n’a été enregistré.", x.entry.Text)
		}
		*x.into = n
	}
	return s, true, s.Check()
}

func (v *View) askSettings(c campaign.Campaign) {
	now, set, err := v.door.Campaigns().Server()
	if err != nil {
		v.say(widgets.Failure, err.Error())
		return
	}
	f := newServer(now, set)
	open := c.ID != "" && c.Open()
	sender, email, deadline, signature := widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry(), widgets.NewTextArea(3)
	content := widgets.Column(6)
	if open {
		sender.SetText(c.Sender.Name)
		email.SetText(c.Sender.Email)
		signature.SetText(c.Sender.Signature)
		deadline.SetText(c.Deadline.Field())
		content.Add(widgets.NewBold(i18n.T("Cette campagne")))
		content.Add(widgets.NewField("deadline", i18n.T("Répondre avant le"), deadline))
		content.Add(widgets.NewField("sender", i18n.T("Expéditeur"), sender))
		content.Add(widgets.NewField("email", i18n.T("Son adresse"), email))
		content.Add(widgets.NewField("signature", i18n.T("Signature"), signature))
	}
	content.Add(widgets.NewBold(i18n.T("Serveur d’envoi (SMTP)")))
	content.Add(widgets.NewField("host", i18n.T("Serveur"), f.host))
	content.Add(widgets.NewField("security", i18n.T("Chiffrement"), f.security))
	content.Add(widgets.NewField("port", i18n.T("Port"), f.port))
	content.Add(widgets.NewField("user", i18n.T("Utilisateur"), f.user))
	content.Add(widgets.NewField("password", i18n.T("Mot de passe"), f.password))
	content.Add(widgets.NewField("pace", i18n.T("Messages par minute"), f.pace))
	content.Add(widgets.NewMuted(i18n.T("Le mot de passe va dans le trousseau du système, jamais dans le dossier.")))
	a := v.ask(i18n.T("Réglages de la campagne"), i18n.T("Enregistrer"), "save", 600, content, func(a *asking) {
		in := campaigns.Amendment{}
		if open {
			day, err := repertoire.ParseDate(deadline.Text)
			if err != nil {
				a.refuse(err)
				return
			}
			in.Deadline = &day
			in.Sender = &campaign.Sender{Name: sender.Text, Email: strings.TrimSpace(email.Text), Signature: signature.Text}
		}
		v.saveSettings(a, string(c.ID), in, f)
	})
	if open {
		a.Focus(deadline)
	} else {
		a.Focus(f.host)
	}
}

func (v *View) saveSettings(a *asking, id string, in campaigns.Amendment, f *server) {
	s, wanted, err := f.read()
	if err != nil {
		a.refuse(err)
		return
	}
	password := f.password.Text
	v.opening.Do(func(ctx context.Context) func() {
		var err error
		if wanted {
			err = v.door.Campaigns().SetServer(s, password)
		}
		if err == nil && in.Sender != nil {
			_, err = v.door.Campaigns().Amend(ctx, id, in)
		}
		return func() {
			if err != nil {
				a.refuse(err)
				return
			}
			a.Close()
			v.say(widgets.Success, i18n.T("Réglages enregistrés."))
			v.Reload()
		}
	})
}
