package partnerships

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/tables"
)

// say tells the window, or the list's own bar when nobody listens.
func (l *List) say(tone widgets.Tone, sentence string) { l.notice.SayTo(l.OnSay, tone, sentence) }

// resultItems are what can be done with all that the list shows: only what
// this window can do.
func (l *List) resultItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	add := func(label string, do func()) { items = append(items, fyne.NewMenuItem(label, do)) }
	if l.OnBook != nil {
		add(i18n.T("Faire un livre de ces résultats…"), func() { l.OnBook(l.query(), l.state.Title, l.pages.total) })
	}
	if l.OnMap != nil {
		add(i18n.T("Voir sur la carte"), func() { l.OnMap(l.query()) })
	}
	add(i18n.T("Trier par distance…"), l.AskDistance)
	add(i18n.T("Exporter la liste…"), l.ExportList)
	add(i18n.T("Adresses de courriel…"), l.ShowAddresses)
	add(i18n.T("Modifier en lot…"), l.EditPicked)
	add(i18n.T("Comparer les fiches choisies"), l.Compare)
	return items
}

func (l *List) showResultMenu() {
	c := fyne.CurrentApp().Driver().CanvasForObject(l.more)
	items := l.resultItems()
	if c == nil || len(items) == 0 {
		return
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.more)
	menu.ShowAtPosition(fyne.NewPos(fyne.Max(0, at.X+l.more.Size().Width-menu.MinSize().Width), at.Y+l.more.Size().Height+2))
}

// ShowAddresses lists whom the results can be written to, and copies them.
func (l *List) ShowAddresses() {
	w := l.window()
	if w == nil {
		return
	}
	q := l.query()
	l.pace.Run(func() {
		list, err := l.door.Tables().Addresses(context.Background(), q)
		fyne.Do(func() {
			if err != nil {
				l.say(widgets.Failure, err.Error())
				return
			}
			l.addresses(list, w)
		})
	})
}

func (l *List) addresses(list tables.AddressList, w fyne.Window) {
	n := len(list.Addresses)
	thousands := func(n int) string { return repertoire.Thousands(int64(n)) }
	column := widgets.Column(2,
		widgets.NewText(i18n.N("%s adresse publiable", "%s adresses publiables", n, thousands(n))),
		widgets.NewMuted(i18n.T("Gardées : %s non publiables, %s oppositions", thousands(list.NotPublishable), thousands(list.Objected))),
		widgets.NewMuted(i18n.T("Partenariats sans adresse utilisable : %s sur %s", thousands(len(list.Unreachable)),
			thousands(list.Partnerships))))
	rows := widgets.NewRows(28, func() int { return n }, func() fyne.CanvasObject {
		who := widgets.NewMuted("")
		return widgets.Inset(8, 5, widgets.Shares(12, []float32{1, 1}, widgets.NewText(""), who))
	}, func(i int, o fyne.CanvasObject) {
		shares, a := o.(*fyne.Container).Objects[0].(*fyne.Container), list.Addresses[i]
		shares.Objects[0].(*widgets.Text).SetText(a.Email)
		who := a.Name
		if a.Authority != "" {
			who += ", " + a.Authority
		}
		shares.Objects[1].(*widgets.Text).SetText(who)
	})
	frame := container.NewStack(widgets.NewBlockGround(), widgets.Inset(1, 1, rows))
	modal := widgets.NewModal(i18n.T("Adresses de courriel"), container.NewBorder(column, nil, nil, nil, widgets.Inset(0, 8, frame)), w)
	copies := widgets.NewMainButton(i18n.T("Copier les adresses"), "copies", func() {
		fyne.CurrentApp().Clipboard().SetContent(list.Line())
		modal.Close()
		l.say(widgets.Success, i18n.N("%s adresse copiée : collez-la dans les destinataires cachés.",
			"%s adresses copiées : collez-les dans les destinataires cachés.", n, thousands(n)))
	})
	closes := widgets.NewButton(i18n.T("Fermer"), "", modal.Close)
	modal.SetButtons(closes, copies)
	modal.Show(640, 440)
	if n == 0 {
		copies.Disable()
		modal.Focus(closes)
		return
	}
	modal.Focus(copies)
}

// ExportList writes all that the list shows into a file, one line each.
func (l *List) ExportList() {
	w := l.window()
	if w == nil {
		return
	}
	file := widgets.NewEntry()
	file.SetText(filepath.Join(l.door.Dir(), repertoire.Slug(l.state.Title)+".xlsx"))
	notice, bar := widgets.NewNotice(), widgets.NewBar()
	bar.Hide()
	advice := widgets.NewMuted(i18n.T("Un nom en .xlsx fait un classeur, en .csv un fichier de texte à points-virgules."))
	modal := widgets.NewModal(i18n.T("Exporter la liste"),
		widgets.Column(8, notice, widgets.NewField("file", i18n.T("Fichier"), file), advice, bar), w)
	q := l.query()
	var stop context.CancelFunc
	var write *widgets.Button
	start := func() {
		if stop != nil {
			return
		}
		path := strings.TrimSpace(file.Text)
		if path != "" && !filepath.IsAbs(path) {
			path = filepath.Join(l.door.Dir(), path)
		}
		format := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
		if format != "xlsx" && format != "csv" {
			notice.Say(widgets.Failure, i18n.T("Donnez au fichier un nom en .xlsx ou en .csv : rien n’a été écrit."))
			return
		}
		ctx, cancel := context.WithCancel(context.Background())
		stop = cancel
		modal.Hold(true)
		write.Disable()
		bar.Set(0)
		bar.Show()
		l.pace.Run(func() {
			defer cancel()
			n, err := l.door.Tables().ExportResults(ctx, q, format, path, func(done, total int, _ string) {
				fyne.Do(func() { bar.Set(float32(done) / float32(max(1, total))) })
			})
			fyne.Do(func() {
				stop = nil
				modal.Hold(false)
				bar.Hide()
				write.Enable()
				if err != nil {
					notice.Say(widgets.Failure, err.Error())
					return
				}
				modal.Close()
				l.say(widgets.Success, i18n.N("%s partenariat exporté.", "%s partenariats exportés.", n, repertoire.Thousands(int64(n)))+
					" "+path)
			})
		})
	}
	write = widgets.NewMainButton(i18n.T("Exporter"), "download", start)
	file.OnSubmitted = func(string) { start() }
	modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", func() {
		if stop != nil {
			stop()
			return
		}
		modal.Close()
	}), write)
	modal.Show(640, 0)
	modal.Propose(file)
}
