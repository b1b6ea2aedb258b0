package campaign

import (
	"context"
	"regexp"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/campaigns"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// AskOpen asks for what a campaign needs, and opens it.
func (v *View) AskOpen() {
	v.opening.Do(func(ctx context.Context) func() {
		list, err := v.door.Records().Directories(ctx)
		var lists []searches.SavedList
		if err == nil {
			lists, err = v.door.Searches().SavedLists(ctx)
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.askOpen(newForm(v, list, lists))
		}
	})
}

// form is a campaign about to be opened.
type form struct {
	name, deadline, sender, email *widgets.Entry
	signature, query              *widgets.Entry
	scope, sides, role            *widgets.Select
	scopes                        []campaign.Scope
	asking                        *asking
	from                          *campaign.Campaign
}

func newForm(v *View, list []records.DirectorySummary, lists []searches.SavedList) *form {
	f := &form{name: widgets.NewEntry(), deadline: widgets.NewEntry(), sender: widgets.NewEntry(), email: widgets.NewEntry(),
		signature: widgets.NewTextArea(3), query: widgets.NewEntry()}
	var names []string
	add := func(name string, s campaign.Scope) { names, f.scopes = append(names, name), append(f.scopes, s) }
	for _, d := range list {
		add(d.Short, campaign.Scope{Directory: d.Slug})
	}
	for _, l := range lists {
		add(i18n.T("Liste « %s »", l.Name), campaign.Scope{List: l.ID})
	}
	add(i18n.T("Toute la base, par une recherche"), campaign.Scope{})
	f.scope = choose(names, 0)
	f.query.SetPlaceHolder(i18n.T("facultatif : eau, statut:en-cours…"))
	f.sides = choose([]string{i18n.T("Les collectivités françaises"), i18n.T("Leurs partenaires"), i18n.T("Les deux côtés")}, 0)
	f.role = choose(labels(campaign.Roles), 0)
	f.deadline.SetPlaceHolder(i18n.T("jj/mm/aaaa"))
	if c := v.status.Campaign; c.ID != "" { // another year's serves
		f.inherit(&c)
	}
	return f
}

func labels[T ~string](list repertoire.Choices[T]) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = i18n.T(c.Label)
	}
	return out
}

// inherit starts the form from the campaign of another year.
func (f *form) inherit(c *campaign.Campaign) {
	f.from = c
	f.name.SetText(nextYear(c.Name))
	f.sender.SetText(c.Sender.Name)
	f.email.SetText(c.Sender.Email)
	f.signature.SetText(c.Sender.Signature)
	f.query.SetText(c.Scope.Text)
	at := slices.IndexFunc(f.scopes, func(s campaign.Scope) bool { return s.Directory == c.Scope.Directory && s.List == c.Scope.List })
	if at >= 0 {
		f.scope.SetSelectedIndex(at)
	}
	if at = slices.IndexFunc(sideChoices, func(s []repertoire.Side) bool { return slices.Equal(s, c.Asks.Sides) }); at >= 0 {
		f.sides.SetSelectedIndex(at)
	}
	if at = slices.IndexFunc(campaign.Roles, func(r repertoire.Choice[campaign.Role]) bool { return r.Value == c.Asks.Role }); at >= 0 {
		f.role.SetSelectedIndex(at)
	}
}

var aYear = regexp.MustCompile(`\b20\d\d\b`)

// nextYear is the name of the year after: « Mise à jour 2028 »; "" for a name
// without a year, for no two campaigns have the same.
func nextYear(name string) string {
	if !aYear.MatchString(name) {
		return ""
	}
	return aYear.ReplaceAllStringFunc(name, func(s string) string {
		n, _ := strconv.Atoi(s)
		return strconv.Itoa(n + 1)
	})
}

// sideChoices are who may be asked, in the order of the menu.
var sideChoices = [][]repertoire.Side{{repertoire.SideFrench}, {repertoire.SideForeign}, {repertoire.SideFrench, repertoire.SideForeign}}

func (v *View) askOpen(f *form) {
	content := widgets.Column(6)
	if f.from != nil {
		content.Add(widgets.NewMuted(i18n.T("Les choix, les textes et l’expéditeur de « %s » sont repris.", f.from.Name)))
	}
	for _, x := range []fyne.CanvasObject{
		widgets.NewField("name", i18n.T("Nom"), f.name), widgets.NewField("directory", i18n.T("Interroger"), f.scope),
		widgets.NewField("query", i18n.T("Recherche"), f.query),
		widgets.NewField("sides", i18n.T("Qui est interrogé"), f.sides), widgets.NewField("role", i18n.T("Interlocuteurs"), f.role),
		widgets.NewField("deadline", i18n.T("Répondre avant le"), f.deadline),
		widgets.NewField("sender", i18n.T("Expéditeur"), f.sender), widgets.NewField("email", i18n.T("Son adresse"), f.email),
		widgets.NewField("signature", i18n.T("Signature"), f.signature)} {
		content.Add(x)
	}
	f.asking = v.ask(i18n.T("Ouvrir une campagne"), i18n.T("Ouvrir"), "check", 600, content, func(*asking) { v.Open(f) })
	f.asking.Focus(f.name)
}

// Open opens the campaign of a form; what is wrong is said in it. Where somebody
// has no address, that is shown first.
func (v *View) Open(f *form) {
	deadline, err := repertoire.ParseDate(f.deadline.Text)
	if err != nil {
		f.asking.refuse(err)
		return
	}
	in := campaigns.Opening{Name: f.name.Text, Deadline: deadline,
		Sender: campaign.Sender{Name: f.sender.Text, Email: f.email.Text, Signature: f.signature.Text}}
	if f.from != nil {
		in.From = string(f.from.ID)
	}
	if i := f.scope.SelectedIndex(); i >= 0 {
		in.Scope = f.scopes[i]
		in.Scope.Text = f.query.Text
	}
	if i := f.sides.SelectedIndex(); i >= 0 {
		in.Sides = sideChoices[i]
	}
	if i := f.role.SelectedIndex(); i >= 0 {
		in.Role = campaign.Roles[i].Value
	}
	in.DryRun = true
	v.tryOpening(f, in)
}

func (v *View) tryOpening(f *form, in campaigns.Opening) {
	v.opening.Do(func(ctx context.Context) func() {
		done, err := v.door.Campaigns().Open(ctx, in)
		return func() {
			switch {
			case err != nil:
				f.asking.refuse(err)
			case !in.DryRun:
				f.asking.Close()
				v.status.ID = done.ID
				v.say(widgets.Success, i18n.T("%d partenariats, %d destinataires, %d côtés sans adresse. Rien n’est encore envoyé.",
					done.Asked, done.Recipients, len(done.Unreachable)))
				v.Reload()
			default:
				in.DryRun = false
				if len(done.Unreachable) == 0 {
					v.tryOpening(f, in)
					return
				}
				v.askMissing(f, in, done)
			}
		}
	})
}

// mostMissing is how many partnerships without an address are listed at once.
const mostMissing = 200

// askMissing lists those that nobody can be written to of: they are completed
// first, or the campaign opens without them.
func (v *View) askMissing(f *form, in campaigns.Opening, done campaigns.Opened) {
	column := widgets.Column(2)
	for i, u := range done.Unreachable {
		if i == mostMissing {
			column.Add(widgets.NewMuted(i18n.T("… et %d autres", len(done.Unreachable)-i)))
			break
		}
		column.Add(widgets.NewText(u.Title))
		column.Add(widgets.NewMuted(u.Why))
	}
	content := widgets.Column(8, widgets.NewParagraph(i18n.T(
		"%d partenariats, %d destinataires. Il manque une adresse à %d côtés ; une fois complétés, ils sont pris au prochain envoi.",
		done.Asked, done.Recipients, len(done.Unreachable)), fynetheme.ColorNameForeground),
		widgets.Tall(220, container.NewVScroll(column)))
	var a *asking
	first := widgets.NewButton(i18n.T("Compléter d’abord"), "person", func() {
		a.Close()
		f.asking.Close()
		if v.OnEntry != nil {
			v.OnEntry(done.Unreachable[0].ID)
		}
	})
	a = v.ask(i18n.T("Sans adresse"), i18n.T("Ouvrir la campagne"), "check", 600, content, func(a *asking) {
		a.Close()
		v.tryOpening(f, in)
	}, first)
	a.Focus(first)
}
