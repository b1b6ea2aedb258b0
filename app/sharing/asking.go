package sharing

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/sharing"
)

// AccessForm asks how a server is reached.
type AccessForm struct {
	Address, Password *widgets.Entry
	Remember          *widgets.Check
}

// NewAccessForm proposes an address, "" for none.
func NewAccessForm(address string) *AccessForm {
	f := &AccessForm{Address: widgets.NewEntry(), Password: widgets.NewEntry(),
		Remember: widgets.NewCheck(i18n.T("Garder le mot de passe dans le trousseau du système"), nil)}
	f.Address.SetPlaceHolder("postgres://nom@serveur:5432/base")
	f.Address.SetText(address)
	f.Password.Password = true
	f.Remember.SetChecked(true)
	return f
}

// Access is what was typed.
func (f *AccessForm) Access() sharing.Access {
	return sharing.Access{Address: strings.TrimSpace(f.Address.Text), Password: f.Password.Text, Remember: f.Remember.Checked}
}

// Fields are its rows.
func (f *AccessForm) Fields() []fyne.CanvasObject {
	return []fyne.CanvasObject{widgets.NewField("address", i18n.T("Adresse"), f.Address),
		widgets.NewField("password", i18n.T("Mot de passe"), f.Password), widgets.NewField("remember", "", f.Remember)}
}

// AskShare asks for the server this folder goes to.
func (v *View) AskShare() {
	form := NewAccessForm("")
	column := widgets.Column(8, append([]fyne.CanvasObject{
		widgets.NewFlushParagraph(
			i18n.T("L’administrateur vous donne l’adresse d’une base PostgreSQL vide, et un compte qui peut y créer des tables. Le mot de passe n’est écrit ni dans le dossier ni dans un journal."))},
		form.Fields()...)...)
	m := widgets.NewModal(i18n.T("Partager ce dossier"), widgets.Wide(560, column), v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(i18n.T("Partager"), "link", func() {
		if a := form.Access(); a.Address != "" {
			m.Close()
			v.Share(a)
		}
	}))
	m.Show(620, 0)
	m.Focus(form.Address)
}

// Share puts this folder in common; it can be stopped and gone on with.
func (v *View) Share(a sharing.Access) {
	v.job(i18n.T("Mise en commun des fiches"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		_, err := v.door.Sharing().Begin(ctx, a, progress)
		return func() {
			v.say(widgets.Success,
				i18n.T("Ce dossier est partagé. Donnez l’adresse aux autres postes : ils le rejoignent par « Rejoindre une base »."))
			v.Reload()
		}, err
	})
}

// Join fills this folder, which is empty, from a shared base.
func (v *View) Join(a sharing.Access) {
	v.job(i18n.T("Reprise des fiches de la base partagée"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		_, err := v.door.Sharing().Join(ctx, a, progress)
		return func() {
			v.say(widgets.Success, i18n.T("Ce dossier a rejoint la base : il suit désormais les autres postes."))
			v.Reload()
		}, err
	})
}

// AskAccess asks for the password again, or another address of the server.
func (v *View) AskAccess() {
	form := NewAccessForm(v.state.Address)
	m := widgets.NewModal(i18n.T("Mot de passe et adresse"), widgets.Wide(560, widgets.Column(8, form.Fields()...)), v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(i18n.T("Essayer"), "check", func() {
		m.Close()
		v.Enter(form.Access())
	}))
	m.Show(620, 0)
	m.Focus(form.Password)
}

// Enter tries an access to the server, and keeps it when it serves.
func (v *View) Enter(a sharing.Access) {
	v.job(i18n.T("Liaison avec le serveur"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		err := v.door.Sharing().Enter(ctx, a)
		return func() { v.say(widgets.Success, i18n.T("Le serveur a répondu : l’échange reprend.")); v.Reload() }, err
	})
}

// AskLeave asks before the folder is its own again.
func (v *View) AskLeave() {
	question := i18n.T("Toutes les fiches restent dans ce dossier ; elles ne suivront plus celles des autres postes.")
	if v.state.Waiting > 0 {
		question += " " + i18n.N("%s modification n’est pas encore envoyée : les autres ne l’auront pas.",
			"%s modifications ne sont pas encore envoyées : les autres ne les auront pas.", v.state.Waiting, count(v.state.Waiting))
	}
	widgets.Ask(i18n.T("Quitter le partage ?"), question, i18n.T("Quitter le partage"), i18n.T("Rester"), v.window, v.Leave)
}

// Leave ends the sharing of this folder.
func (v *View) Leave() {
	v.job(i18n.T("Fin du partage"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		err := v.door.Sharing().Leave(ctx)
		return func() {
			v.say(widgets.Success, i18n.T("Le partage est quitté ; toutes les fiches sont là."))
			v.Reload()
		}, err
	})
}

// AskGiveBack asks before a server gets back what an older backup lost.
func (v *View) AskGiveBack() {
	text := i18n.T(
		"Ce poste rend au serveur les modifications qu’il a suivies et que la sauvegarde n’avait pas. Elles gardent leurs auteurs et leurs dates ; ce que les autres postes ont de plus, ils le rendront de même. Demandez d’abord à l’administrateur si la restauration est voulue.")
	m := widgets.NewModal(i18n.T("Rendre ce qui manque ?"), container.NewStack(widgets.Wide(460, widgets.NewFlushParagraph(text))),
		v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Plus tard"), "", m.Close),
		widgets.NewMainButton(i18n.T("Rendre ce qui manque"), "upload", func() {
			m.Close()
			v.GiveBack()
		}))
	m.Show(500, 0)
}

// GiveBack gives the server back what it lost.
func (v *View) GiveBack() {
	v.job(i18n.T("Retour de ce qui manque au serveur"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		out, err := v.door.Sharing().GiveBack(ctx, progress)
		return func() { v.exchanged(out) }, err
	})
}

// Accept lets a mass deletion in.
func (v *View) Accept(number int64) {
	v.job(i18n.T("Échange avec la base partagée"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		err := v.door.Sharing().Accept(ctx, number)
		var out sharing.Outcome
		if err == nil {
			out, err = v.door.Sharing().Sync(ctx, progress)
		}
		return func() { v.exchanged(out) }, err
	})
}

// TakeBack undoes a mass deletion everywhere.
func (v *View) TakeBack(number int64) {
	v.job(i18n.T("Annulation de la suppression"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		err := v.door.Sharing().TakeBack(ctx, number)
		return func() {
			v.say(widgets.Success, i18n.T("La suppression est annulée, ici et sur tous les postes."))
			v.Reload()
		}, err
	})
}

// Settle settles a dispute.
func (v *View) Settle(number int64, mine bool) {
	v.job(i18n.T("Choix entre deux postes"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		err := v.door.Sharing().Settle(ctx, number, mine)
		return v.Reload, err
	})
}
