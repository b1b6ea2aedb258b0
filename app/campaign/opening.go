package campaign

import (
	"context"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/campaigns"
	"repertoire/internal/workspace/records"
)

// AskOpen asks for what a campaign needs, and opens it.
func (v *View) AskOpen() {
	v.opening.Do(func(ctx context.Context) func() {
		list, err := v.door.Records().Directories(ctx)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.askOpen(newForm(v, list))
		}
	})
}

// form is a campaign about to be opened.
type form struct {
	name, deadline, sender, email *widgets.Entry
	signature                     *widgets.Entry
	directory, sides              *widgets.Select
	slugs                         []string
	notice                        *widgets.Notice
	modal                         *widgets.Modal
	from                          string
}

func newForm(v *View, list []records.DirectorySummary) *form {
	f := &form{name: widgets.NewEntry(), deadline: widgets.NewEntry(), sender: widgets.NewEntry(), email: widgets.NewEntry(),
		signature: widgets.NewTextArea(3), notice: widgets.NewNotice()}
	var names []string
	for _, d := range list {
		names, f.slugs = append(names, d.Short), append(f.slugs, d.Slug)
	}
	f.directory = widgets.NewSelect(names, nil)
	f.sides = widgets.NewSelect([]string{i18n.T("Les collectivités françaises"), i18n.T("Leurs partenaires"), i18n.T("Les deux côtés")},
		nil)
	f.sides.SetSelectedIndex(0)
	if len(names) > 0 {
		f.directory.SetSelectedIndex(0)
	}
	if c := v.status.Campaign; c.ID != "" { // another year's serves
		f.from = string(c.ID)
		f.sender.SetText(c.Sender.Name)
		f.email.SetText(c.Sender.Email)
		f.signature.SetText(c.Sender.Signature)
	}
	return f
}

// sideChoices are who may be asked, in the order of the menu.
var sideChoices = [][]repertoire.Side{{repertoire.SideFrench}, {repertoire.SideForeign}, {repertoire.SideFrench, repertoire.SideForeign}}

func (v *View) askOpen(f *form) {
	content := widgets.Column(8,
		widgets.NewField("name", i18n.T("Nom"), f.name), widgets.NewField("directory", i18n.T("Répertoire"), f.directory),
		widgets.NewField("sides", i18n.T("Qui est interrogé"), f.sides),
		widgets.NewField("deadline", i18n.T("Répondre avant le"), f.deadline),
		widgets.NewField("sender", i18n.T("Expéditeur"), f.sender), widgets.NewField("email", i18n.T("Adresse de l’expéditeur"), f.email),
		widgets.NewField("signature", i18n.T("Signature"), f.signature), f.notice)
	f.modal = widgets.NewModal(i18n.T("Ouvrir une campagne"), content, v.window)
	f.modal.SetButtons(widgets.NewButton(i18n.T("Fermer"), "", f.modal.Close),
		widgets.NewMainButton(i18n.T("Ouvrir"), "check", func() { v.Open(f) }))
	f.modal.Show(560, 0)
	f.modal.Focus(f.name)
}

// Open opens the campaign of a form; what is wrong is said in it.
func (v *View) Open(f *form) {
	refuse := func(err error) {
		f.notice.Say(widgets.Failure, err.Error())
		f.modal.Resize(0, 0)
	}
	deadline, err := repertoire.ParseDate(f.deadline.Text)
	if err != nil {
		refuse(err)
		return
	}
	in := campaigns.Opening{Name: f.name.Text, Deadline: deadline,
		Sender: campaign.Sender{Name: f.sender.Text, Email: f.email.Text, Signature: f.signature.Text}, From: f.from}
	if i := f.directory.SelectedIndex(); i >= 0 {
		in.Scope = campaign.Scope{Directory: f.slugs[i]}
	}
	if i := f.sides.SelectedIndex(); i >= 0 {
		in.Sides = sideChoices[i]
	}
	v.opening.Do(func(ctx context.Context) func() {
		done, err := v.door.Campaigns().Open(ctx, in)
		return func() {
			if err != nil {
				refuse(err)
				return
			}
			f.modal.Close()
			v.status.ID = done.ID
			v.say(widgets.Success, i18n.T("%d partenariats, %d destinataires, %d côtés sans adresse. Rien n’est encore envoyé.", done.Asked,
				done.Recipients, len(done.Unreachable)))
			v.Reload()
		}
	})
}
