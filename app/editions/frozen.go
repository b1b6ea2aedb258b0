package editions

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
)

// frozenPanel lists the frozen editions of the répertoire in view.
type frozenPanel struct {
	view     *View
	editions []books.EditionSummary
	busy     bool
	table    *widgets.Table
	freeze   *widgets.Button
	forward  *widgets.Button
	rebuild  *widgets.Button
	site     *widgets.Button
	compare  *widgets.Button
	members  *widgets.Button
	remove   *widgets.Button
	rename   *widgets.Button
	bar      *fyne.Container
	body     *fyne.Container
	all      fyne.CanvasObject
}

func newFrozenPanel(v *View) *frozenPanel {
	f := &frozenPanel{view: v, body: container.NewStack()}
	f.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "label", Title: i18n.T("Libellé d’édition")},
		{Key: "frozen", Title: i18n.T("Figée le"), Width: 150, Rank: 1},
		{Key: "state", Title: i18n.T("État"), Width: 110},
		{Key: "entries", Title: i18n.T("Fiches"), Width: 70, Rank: 2},
		{Key: "pages", Title: i18n.T("Pages"), Width: 70, Rank: 3},
		{Key: "sum", Title: i18n.T("Empreinte"), Width: 130, Rank: 4},
	}, func() int { return len(f.editions) }, f.cells)
	f.table.List.OnCurrent = func(int) { f.show() }
	f.table.List.OnActivated = func(int) { f.Compare() }
	f.freeze = widgets.NewMainButton(i18n.T("Figer une édition…"), "archive", f.askLabel)
	f.forward = widgets.NewButton(i18n.T("État suivant"), "", f.Forward)
	f.rebuild = widgets.NewButton(i18n.T("Refaire les PDF"), "pdf", f.Rebuild)
	f.site = widgets.NewButton(i18n.T("Faire le site"), "eye", f.Site)
	f.compare = widgets.NewButton(i18n.T("Comparer à la base"), "columns", f.Compare)
	f.members = widgets.NewButton(i18n.T("Envoyer aux adhérents"), "mail", f.Members)
	f.remove = widgets.NewButton(i18n.T("Supprimer"), "trash", f.askDelete)
	f.rename = widgets.NewButton(i18n.T("Renommer…"), "", f.askName)
	f.bar = widgets.Flow(8, f.forward, f.members, f.compare, f.rebuild, f.site, f.rename, f.remove)
	bar := container.NewBorder(nil, nil, f.bar, f.freeze)
	f.all = container.NewBorder(widgets.Inset(16, 8, bar), nil, nil, nil, f.body)
	f.show()
	return f
}

func (f *frozenPanel) fill(all []books.EditionSummary) {
	f.editions = nil
	for _, e := range all {
		if e.Directory == f.view.slug || e.Damage != "" && e.Directory == "" {
			f.editions = append(f.editions, e)
		}
	}
	if f.table.List.Selection().Current >= len(f.editions) {
		f.table.List.Select(-1)
	}
	f.show()
}

func (f *frozenPanel) cells(i int) []widgets.Cell {
	e := f.editions[i]
	if e.Damage != "" && e.Label == "" {
		return []widgets.Cell{{Text: e.Damage}, {}, {}, {}, {}, {Text: short(e.SHA256), Muted: true}}
	}
	return []widgets.Cell{{Text: e.Label}, {Text: e.Frozen.French(), Muted: true}, {Text: stateName(e.State)},
		{Text: repertoire.Thousands(int64(e.Entries))}, {Text: repertoire.Thousands(int64(e.Pages))}, {Text: short(e.SHA256), Muted: true}}
}

func short(sum string) string { return sum[:min(12, len(sum))] }

func (f *frozenPanel) current() (books.EditionSummary, bool) {
	i := f.table.List.Selection().Current
	if i < 0 || i >= len(f.editions) {
		return books.EditionSummary{}, false
	}
	return f.editions[i], true
}

// stateName names a state in the language of the window.
func stateName(state string) string {
	switch state {
	case "bon-a-tirer":
		return i18n.T("Bon à tirer")
	case "publiee":
		return i18n.T("Publiée")
	case "epuisee":
		return i18n.T("Épuisée")
	}
	return i18n.T("Brouillon")
}

// next gives the state that follows in the life of a book, "" at its end.
func next(state string) string {
	switch state {
	case "brouillon":
		return "bon-a-tirer"
	case "bon-a-tirer":
		return "publiee"
	case "publiee":
		return "epuisee"
	}
	return ""
}

func (f *frozenPanel) show() {
	e, ok := f.current()
	able(f.freeze, !f.busy)
	able(f.forward, ok && !f.busy && e.Damage == "" && next(e.State) != "")
	able(f.rebuild, ok && !f.busy && e.Damage == "")
	able(f.site, ok && !f.busy && e.Damage == "")
	able(f.compare, ok && !f.busy && e.Damage == "")
	able(f.members, ok && !f.busy && e.Damage == "" && f.view.OnMembers != nil)
	able(f.rename, ok && !f.busy && (e.State == "brouillon" || e.State == "bon-a-tirer") && e.Damage == "")
	able(f.remove, ok && !f.busy && e.State == "brouillon" && e.Damage == "")
	f.forward.SetText(i18n.T("État suivant"))
	if ok && next(e.State) != "" {
		f.forward.SetText(i18n.T("Passer à « %s »", stateName(next(e.State))))
	}
	f.bar.Refresh() // the button's label grows
	f.body.Objects = []fyne.CanvasObject{f.table}
	if len(f.editions) == 0 {
		f.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("archive", i18n.T("Aucune édition figée"),
			i18n.T("Figer une édition garde l’état du livre : on peut le refaire à l’identique et le comparer des années plus tard."))}
	}
	f.table.Refresh()
	f.body.Refresh()
}

func able(b *widgets.Button, can bool) {
	if can {
		b.Enable()
		return
	}
	b.Disable()
}

// work runs a job on the editions and reads them again after it.
func (f *frozenPanel) work(label string, do func(ctx context.Context, progress workspace.Progress) error, then func()) {
	if f.busy {
		return
	}
	f.busy = true
	f.show()
	f.view.job(label, do, func(err error) {
		f.busy = false
		f.show()
		if err != nil {
			f.view.say(widgets.Failure, err.Error())
		} else if then != nil {
			then()
		}
		f.view.Reload()
	})
}

func (f *frozenPanel) askLabel() {
	f.askFor(i18n.T("Figer une édition"), f.proposed(time.Now()), i18n.T("Figer"), f.Freeze)
}

// askName asks for another label of an edition that is not published.
func (f *frozenPanel) askName() {
	e, ok := f.current()
	if !ok {
		return
	}
	f.askFor(i18n.T("Renommer l’édition"), e.Label, i18n.T("Renommer"), func(label string) {
		f.work(i18n.T("Édition à renommer"), func(ctx context.Context, progress workspace.Progress) error {
			_, err := f.view.door.Books().RenameEdition(ctx, string(e.ID), label, progress)
			return err
		}, func() {
			f.view.say(widgets.Success, i18n.T("L’édition « %s » s’appelle maintenant « %s ».", e.Label, label))
		})
	})
}

// askFor asks for a label, with one proposed.
func (f *frozenPanel) askFor(title, proposed, deed string, then func(label string)) {
	label := widgets.NewEntry()
	label.SetText(proposed)
	m := widgets.NewModal(title, widgets.NewField("label", i18n.T("Libellé d’édition"), label), f.view.window)
	do := func() {
		if text := strings.TrimSpace(label.Text); text != "" {
			m.Close()
			then(text)
		}
	}
	label.SetPlaceHolder(i18n.T("par exemple « septembre 2026 »"))
	label.OnSubmitted = func(string) { do() }
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(deed, "archive", do))
	m.Show(520, 0)
	m.Propose(label)
}

// proposed is the label of an edition frozen now: today's month, told from one
// that was frozen under it already.
func (f *frozenPanel) proposed(now time.Time) string {
	month := repertoire.Months[now.Month()-1] + " " + strconv.Itoa(now.Year())
	taken := map[string]bool{}
	for _, e := range f.editions {
		taken[e.Label] = true
	}
	label := month
	for n := 2; taken[label]; n++ {
		label = month + " (" + strconv.Itoa(n) + ")"
	}
	return label
}

// Freeze keeps the present state of the book under a label.
func (f *frozenPanel) Freeze(label string) {
	slug := f.view.slug
	var made books.FrozenEdition
	f.work(i18n.T("Édition à figer"), func(ctx context.Context, progress workspace.Progress) (err error) {
		made, err = f.view.door.Books().Freeze(ctx, slug, label, progress)
		return err
	}, func() {
		if !made.Added {
			f.view.say(widgets.Info, i18n.T("Cette édition était déjà figée : rien n’a été ajouté."))
			return
		}
		f.view.say(widgets.Success, i18n.T("L’édition « %s » est figée.", made.Label))
	})
}

// Forward passes the current edition to its next state. A good for press with
// blocking lines is asked for again, with their number; what readers will have
// is asked for too, since it cannot be taken back.
func (f *frozenPanel) Forward() {
	e, ok := f.current()
	if !ok || f.busy || next(e.State) == "" {
		return
	}
	to := next(e.State)
	state := stateName(to)
	move := func() {
		f.work(i18n.T("État de l’édition"), func(ctx context.Context, progress workspace.Progress) error {
			_, err := f.view.door.Books().MoveEdition(ctx, string(e.ID), to, progress)
			return err
		}, func() {
			f.view.say(widgets.Success, i18n.T("L’édition « %s » est passée à « %s ».", e.Label, state))
		})
	}
	if to != "bon-a-tirer" {
		widgets.Ask(i18n.T("Passer à « %s »", state), i18n.T("Une édition publiée ou épuisée ne revient pas en arrière. Continuer ?"),
			i18n.T("Continuer"), i18n.T("Annuler"), f.view.window, move)
		return
	}
	f.view.gate.examine(func() {
		n := blocking(f.view.gate.lines())
		if n == 0 {
			widgets.Ask(i18n.T("Passer à « %s »", state),
				i18n.T("Le contrôle du livre ne trouve rien de bloquant. Une édition qui n’est plus un brouillon ne se supprime plus. Continuer ?"),
				i18n.T("Donner le bon à tirer"), i18n.T("Annuler"), f.view.window, move)
			return
		}
		widgets.Ask(i18n.T("Passer à « %s »", state),
			i18n.N("Le contrôle du livre trouve aujourd’hui %s ligne bloquante. Donner tout de même le bon à tirer ?",
				"Le contrôle du livre trouve aujourd’hui %s lignes bloquantes. Donner tout de même le bon à tirer ?", n,
				repertoire.Thousands(int64(n))),
			i18n.T("Donner le bon à tirer"), i18n.T("Annuler"), f.view.window, move)
	})
}

func (f *frozenPanel) askDelete() {
	e, ok := f.current()
	if !ok {
		return
	}
	widgets.Ask(i18n.T("Supprimer le brouillon"),
		i18n.T("L’édition « %s » sera supprimée du dossier ; cela ne peut pas être annulé.", e.Label),
		i18n.T("Supprimer"), i18n.T("Annuler"), f.view.window, func() {
			f.work(i18n.T("Suppression"), func(ctx context.Context, _ workspace.Progress) error {
				return f.view.door.Books().DeleteEdition(ctx, string(e.ID))
			}, func() { f.view.say(widgets.Success, i18n.T("Le brouillon « %s » est supprimé.", e.Label)) })
		})
}

// Rebuild makes both files of the current edition again, in the folder of
// editions.
func (f *frozenPanel) Rebuild() {
	e, ok := f.current()
	if !ok {
		return
	}
	folder, same := filepath.Join(f.view.door.Dir(), "editions"), true
	f.work(i18n.T("PDF de l’édition"), func(ctx context.Context, progress workspace.Progress) error {
		for _, v := range []books.Variant{books.Print, books.Digital} {
			r, err := f.view.door.Books().Rebuild(ctx, string(e.ID), books.BuildOptions{Variant: v,
				Output: filepath.Join(folder, string(e.ID)+"-refait-"+string(v)+".pdf")}, progress)
			if err != nil {
				return err
			}
			same = same && r.Identical
		}
		return nil
	}, func() {
		if same {
			f.view.say(widgets.Success, i18n.T("Les deux PDF de l’édition sont refaits à l’identique, dans le dossier des éditions."))
		} else {
			f.view.say(widgets.Warning, i18n.T("Les deux PDF sont refaits dans le dossier des éditions ; ils diffèrent de ceux d’origine."))
		}
		if f.view.OnOpenPath != nil {
			if err := f.view.OnOpenPath(folder); err != nil {
				f.view.say(widgets.Failure, err.Error())
			}
		}
	})
}

// Members sends the current edition's free copy to the members.
func (f *frozenPanel) Members() {
	if e, ok := f.current(); ok && f.view.OnMembers != nil {
		f.view.OnMembers(e.ID)
	}
}

// Site makes the pages of the current edition, in a folder beside its PDFs.
func (f *frozenPanel) Site() {
	e, ok := f.current()
	if !ok {
		return
	}
	folder := filepath.Join(f.view.door.Dir(), "editions", string(e.ID)+"-site")
	f.work(i18n.T("Site de l’édition"), func(ctx context.Context, progress workspace.Progress) error {
		_, err := f.view.door.Books().Rebuild(ctx, string(e.ID), books.BuildOptions{Variant: books.Web, Output: folder}, progress)
		return err
	}, func() {
		f.view.say(widgets.Success,
			i18n.T("Le site de l’édition est fait, dans le dossier des éditions : copiez-le sur un serveur ou une clé."))
		if f.view.OnOpenPath != nil {
			if err := f.view.OnOpenPath(filepath.Join(folder, "index.html")); err != nil {
				f.view.say(widgets.Failure, err.Error())
			}
		}
	})
}
