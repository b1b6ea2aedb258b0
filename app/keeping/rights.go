package keeping

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/rights"
)

// AskAccess asks where the document for a person goes, and writes it.
func (v *People) AskAccess(person string) {
	v.askFile(i18n.T("Document à remettre à la personne"), "acces.pdf", func(path string) { v.WriteAccess(person, path) })
}

// WriteAccess writes all that is held on a person.
func (v *People) WriteAccess(person, path string) {
	v.job(i18n.T("Document à remettre à la personne"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		_, err := v.door.Rights().WriteAccess(ctx, person, path)
		return func() {
			v.say(widgets.Success, i18n.T("Document écrit : « %s ». Relisez-le avant de le remettre : il peut nommer d’autres personnes.",
				path))
		}, err
	})
}

// AskRegister asks where the register of processing goes, and writes it.
func (v *People) AskRegister() {
	v.askFile(i18n.T("Registre des activités de traitement"), "registre-des-traitements.pdf", v.WriteRegister)
}

// WriteRegister writes the register of processing.
func (v *People) WriteRegister(path string) {
	v.job(i18n.T("Registre des activités de traitement"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		_, err := v.door.Rights().WriteRegister(ctx, path)
		return func() { v.say(widgets.Success, i18n.T("Registre écrit : « %s ».", path)) }, err
	})
}

// askFile asks for a folder, and proposes a name in it.
func (v *People) askFile(title, name string, write func(path string)) {
	path := widgets.NewEntry()
	path.SetText(filepath.Join(files.Folder("rights"), name))
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir l’emplacement"), func() {
		files.ChooseFolder(v.window, "rights", func(dir string) { path.SetText(filepath.Join(dir, filepath.Base(path.Text))) })
	})
	m := widgets.NewModal(title, widgets.Wide(520,
		widgets.NewField("path", i18n.T("Fichier"), container.NewBorder(nil, nil, nil, browse, path))), v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(i18n.T("Écrire"), "document", func() {
		if file := strings.TrimSpace(path.Text); file != "" {
			m.Close()
			write(file)
		}
	}))
	m.Show(580, 0)
}

// Retention shows who has been kept long enough.
func (v *People) Retention() {
	v.job(i18n.T("Durées de conservation"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		r, err := v.door.Rights().Retention(ctx)
		return func() { v.showRetention(r) }, err
	})
}

func (v *People) showRetention(r rights.Retention) {
	column := widgets.Column(8)
	for _, x := range r.Due {
		column.Add(widgets.Rule())
		column.Add(widgets.NewText(x.Name + " – " + x.Title))
		column.Add(widgets.NewMuted(i18n.T("%s le %s ; à garder jusqu’au %s", heard(x.From), x.Heard.Field(), x.Until.Field())))
	}
	head := widgets.NewFlushParagraph(i18n.T("Personnes gardées : %s, dont %s acheteurs par la loi. Au bout de leur durée : %s.",
		strconv.Itoa(r.Kept), strconv.Itoa(r.ByLaw), strconv.Itoa(len(r.Due))))
	contacts, buyers := widgets.NewEntry(), widgets.NewEntry()
	contacts.SetText(strconv.Itoa(r.ContactYears))
	buyers.SetText(strconv.Itoa(r.BuyerYears))
	years := widgets.Shares(16, []float32{1, 1}, widgets.NewField("contacts", i18n.T("Interlocuteurs, années sans nouvelles"), contacts),
		widgets.NewField("buyers", i18n.T("Acheteurs, années sans nouvelles"), buyers))
	ask := widgets.NewModal(i18n.T("Durées de conservation"),
		container.NewBorder(widgets.Column(8, head, years), nil, nil, nil, container.NewVScroll(column)), v.window)
	no := widgets.NewButton(i18n.T("Ne rien effacer"), "", ask.Close)
	change := widgets.NewButton(i18n.T("Changer les durées"), "save", func() {
		ask.Close()
		v.setRetention(contacts.Text, buyers.Text)
	})
	purge := widgets.NewDangerButton(i18n.T("Effacer ces personnes"), func() {
		ask.Close()
		v.purge(r.Due)
	})
	if len(r.Due) == 0 {
		purge.Disable()
	}
	ask.SetButtons(purge, change, no)
	ask.Show(680, 460)
	ask.Focus(no)
}

func (v *People) setRetention(contacts, buyers string) {
	a, err := strconv.Atoi(strings.TrimSpace(contacts))
	b, other := strconv.Atoi(strings.TrimSpace(buyers))
	if err != nil || other != nil || a < 1 || b < 1 {
		v.say(widgets.Failure, i18n.T("Une durée s’écrit en années entières : 3. Rien n’a été changé."))
		return
	}
	v.job(i18n.T("Durées de conservation"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		if err := v.door.Rights().SetRetention(ctx, a, b); err != nil {
			return nil, err
		}
		r, err := v.door.Rights().Retention(ctx)
		return func() { v.showRetention(r) }, err
	})
}

func (v *People) purge(due []rights.Retained) {
	v.job(i18n.T("Effacement"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		r, err := v.door.Rights().PurgeExpired(ctx, due)
		return func() {
			v.say(widgets.Success, i18n.N("%s personne effacée, au bout de sa durée de conservation.",
				"%s personnes effacées, au bout de leur durée de conservation.", r.Purged, repertoire.Thousands(int64(r.Purged))))
		}, err
	})
}

// heard says in the window's language what was last heard of somebody.
func heard(from string) string {
	switch from {
	case "création de la fiche":
		return i18n.T("création de la fiche")
	case "vérification de la fiche":
		return i18n.T("vérification de la fiche")
	case "interlocuteurs confirmés":
		return i18n.T("interlocuteurs confirmés")
	case "accord de la personne":
		return i18n.T("accord de la personne")
	case "dernière saisie de l’acheteur":
		return i18n.T("dernière saisie de l’acheteur")
	case "dernière commande":
		return i18n.T("dernière commande")
	case "fin de l’adhésion":
		return i18n.T("fin de l’adhésion")
	}
	return from
}
