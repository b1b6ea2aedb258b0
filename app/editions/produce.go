package editions

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/records"
)

// Builder is what a book asks of the workspace.
type Builder interface {
	Dir() string
	Records() *records.Room
	Books() *books.Room
}

// Produce is the dialog "Produire le PDF": questions, then progress, then what
// came out, one after the other in the same place.
type Produce struct {
	// OnEntry hears the record of a warning somebody wants to see.
	OnEntry func(id repertoire.ID)
	// OnProduced hears that a book was made.
	OnProduced func()
	// Open shows a file or a folder with the desktop's own program.
	Open func(path string) error

	door   Builder
	pace   task.Pace
	window fyne.Window
	modal  *widgets.Modal

	directories []records.DirectorySummary
	directory   *widgets.Select
	variant     *widgets.Radio
	label       *widgets.Entry
	file        *widgets.Entry
	notice      *widgets.Notice
	press       *pressOptions
	recipient   *widgets.Entry  // whose copy a digital file or a site is
	address     *widgets.Entry  // where a site will stand
	kind        *fyne.Container // what is asked of the chosen version alone

	bar      *widgets.Bar
	doing    *widgets.Text
	cancel   context.CancelFunc
	building bool
}

// NewProduce returns the dialog, not yet shown.
func NewProduce(door Builder, pace task.Pace, window fyne.Window) *Produce {
	return &Produce{door: door, pace: pace, window: window}
}

// Show asks what to make; slug is the répertoire proposed.
func (p *Produce) Show(slug string) {
	p.pace.Run(func() {
		list, err := p.door.Records().Directories(context.Background())
		fyne.Do(func() {
			if err != nil {
				widgets.Refuse(i18n.T("Cela n’a pas été possible"), err.Error(), i18n.T("Fermer"), p.window)
				return
			}
			p.directories = list
			p.ask(slug)
		})
	})
}

func (p *Produce) ask(slug string) {
	p.directory = widgets.NewSelect(nil, nil)
	chosen := 0
	for i, d := range p.directories {
		p.directory.Options = append(p.directory.Options, d.Title)
		if d.Slug == slug {
			chosen = i
		}
	}
	p.variant = widgets.NewRadio([]string{i18n.T("À imprimer"), i18n.T("Numérique"), i18n.T("Site à consulter")}, nil)
	p.label, p.file = widgets.NewEntry(), widgets.NewEntry()
	p.label.PlaceHolder = i18n.T("Vide : celui du répertoire, par exemple « septembre 2026 »")
	p.notice = widgets.NewNotice()
	p.directory.OnChanged = func(string) { p.proposeFile() }
	p.press, p.recipient, p.kind = newPressOptions(p.window), widgets.NewEntry(), container.NewStack()
	p.recipient.SetPlaceHolder(i18n.T("Vide : aucun nom ; sinon « Exemplaire de … » sur chaque page"))
	p.address = widgets.NewEntry()
	p.address.SetPlaceHolder(i18n.T("Vide si elle n’est pas connue ; par exemple https://www.exemple.org/repertoire/"))
	p.variant.OnChanged = func(string) {
		p.proposeFile()
		p.showKind()
	}
	p.variant.SetSelected(p.variant.Options[0])
	if len(p.directories) > 0 {
		p.directory.SetSelectedIndex(chosen)
	}
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir le dossier"), p.browse)
	questions := widgets.Column(8,
		p.notice,
		widgets.NewField("directory", i18n.T("Répertoire"), widgets.Framed(p.directory)),
		widgets.NewField("variant", i18n.T("Version"), p.variant),
		widgets.NewField("label", i18n.T("Libellé d’édition"), p.label),
		widgets.NewField("file", i18n.T("Fichier"), container.NewBorder(nil, nil, nil, browse, p.file)),
		p.kind)
	p.modal = widgets.NewModal(i18n.T("Produire le PDF"), questions, p.window)
	p.modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", p.modal.Close), widgets.NewMainButton(i18n.T("Produire"), "pdf", p.Start))
	p.file.OnSubmitted = func(string) { p.Start() }
	p.press.more.OnToggled = func(bool) { p.modal.Resize(640, 0) }
	p.modal.Show(640, 0)
	p.modal.Propose(p.file)
}

// showKind shows what is asked of the chosen version alone.
func (p *Produce) showKind() {
	var part fyne.CanvasObject = p.press.all
	recipient := widgets.NewField("recipient", i18n.T("Exemplaire de"), p.recipient)
	switch p.chosen() {
	case books.Digital:
		part = recipient
	case books.Web:
		part = widgets.Column(8, recipient, widgets.NewField("address", i18n.T("Adresse du site"), p.address),
			widgets.NewMuted(i18n.T("Un dossier de pages à copier sur un serveur, un intranet ou une clé ; ouvrez-y index.html.")))
	}
	p.kind.Objects = []fyne.CanvasObject{part}
	p.kind.Refresh()
}

// chosen is the version asked for.
func (p *Produce) chosen() books.Variant {
	switch p.variant.Selected {
	case p.variant.Options[1]:
		return books.Digital
	case p.variant.Options[2]:
		return books.Web
	}
	return books.Print
}

func (p *Produce) options() (books.BuildOptions, error) {
	i := p.directory.SelectedIndex()
	if i < 0 || i >= len(p.directories) {
		return books.BuildOptions{}, repertoire.Refuse("Choisissez d’abord un répertoire : rien n’a été produit.")
	}
	o := books.BuildOptions{Directory: p.directories[i].Slug, Variant: p.chosen(),
		Label: strings.TrimSpace(p.label.Text), Output: strings.TrimSpace(p.file.Text)}
	if o.Output == "" {
		return o, repertoire.Refuse("Donnez un nom au fichier : rien n’a été produit.")
	}
	if !filepath.IsAbs(o.Output) {
		o.Output = filepath.Join(p.door.Dir(), o.Output)
	}
	if o.Variant != books.Print {
		o.Recipient = strings.TrimSpace(p.recipient.Text)
	}
	if o.Variant == books.Web {
		o.Address = strings.TrimSpace(p.address.Text)
		return o, nil
	}
	if !strings.EqualFold(filepath.Ext(o.Output), ".pdf") {
		o.Output += ".pdf"
	}
	if o.Variant == books.Digital {
		return o, nil
	}
	err := p.press.fill(&o)
	return o, err
}

// proposeFile keeps the folder a person chose and follows the other answers.
func (p *Produce) proposeFile() {
	i := p.directory.SelectedIndex()
	if i < 0 {
		return
	}
	folder := filepath.Join(p.door.Dir(), "editions")
	if p.file.Text != "" {
		folder = filepath.Dir(p.file.Text)
	}
	name := p.directories[i].Slug
	switch p.chosen() {
	case books.Digital:
		name += "-numerique"
	case books.Web:
		p.file.SetText(filepath.Join(folder, name+"-site"))
		return
	}
	p.file.SetText(filepath.Join(folder, name+".pdf"))
}

func (p *Produce) browse() {
	files.ChooseFolder(p.window, "books", func(dir string) { p.file.SetText(filepath.Join(dir, filepath.Base(p.file.Text))) })
}

// Start makes the book, and asks before a file is written over.
func (p *Produce) Start() {
	o, err := p.options()
	if err != nil {
		p.notice.Say(widgets.Failure, err.Error())
		return
	}
	if p.building {
		return
	}
	if o.Variant == books.Web {
		p.build(o) // a folder, which the workspace itself refuses to write over
		return
	}
	files.Overwrite(p.window, o.Output, func() {
		if o.Cover == "" {
			p.build(o)
			return
		}
		// The name of the cover is ours: what stands there is shown before it goes.
		files.Overwrite(p.window, o.Cover, func() {
			o.ReplaceCover = true
			p.build(o)
		})
	})
}

func (p *Produce) build(o books.BuildOptions) {
	p.building = true
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.showProgress()
	p.pace.Run(func() {
		defer cancel()
		report, err := p.door.Books().Build(ctx, o, func(done, total int, label string) {
			fyne.Do(func() { p.progress(done, total, label) })
		})
		fyne.Do(func() { p.finished(o, report, err) })
	})
}

func (p *Produce) showProgress() {
	p.bar, p.doing = widgets.NewBar(), widgets.NewMuted(i18n.T("Préparation…"))
	p.modal.SetContent(container.NewCenter(widgets.Wide(480, widgets.Column(8, p.doing, p.bar))))
	p.modal.SetButtons(widgets.NewButton(i18n.T("Arrêter"), "close", func() { p.cancel() }))
	p.modal.Hold(true)
}

func (p *Produce) progress(done, total int, label string) {
	if total > 0 {
		p.bar.Set(float32(done) / float32(total))
	}
	p.doing.SetText(label)
}

func (p *Produce) finished(o books.BuildOptions, r books.BuildReport, err error) {
	p.building = false
	p.modal.Hold(false)
	if err != nil {
		sentence, icon := err.Error(), "error"
		if errors.Is(err, context.Canceled) {
			sentence, icon = i18n.T("La production a été arrêtée ; aucun fichier n’a été écrit."), "info"
		}
		title := i18n.T("Pas de PDF")
		if o.Variant == books.Web {
			title = i18n.T("Pas de site")
		}
		p.modal.SetContent(widgets.NewEmpty(icon, title, sentence))
		p.modal.SetButtons(widgets.NewMainButton(i18n.T("Fermer"), "", p.modal.Close))
		return
	}
	p.modal.SetContent(p.result(o, r))
	if p.OnProduced != nil {
		p.OnProduced()
	}
	folder, show := filepath.Dir(o.Output), widgets.NewButton(i18n.T("Ouvrir le PDF"), "pdf", func() { p.open(o.Output) })
	if o.Variant == books.Web {
		folder = o.Output
		show = widgets.NewButton(i18n.T("Ouvrir le site"), "eye", func() { p.open(filepath.Join(o.Output, "index.html")) })
	}
	print := widgets.NewButton(i18n.T("Imprimer"), "print", func() { p.print(o.Output) })
	print.Hidden = o.Variant != books.Print && o.Variant != books.Digital
	p.modal.SetButtons(
		widgets.NewButton(i18n.T("Ouvrir le dossier"), "folder-open", func() { p.open(folder) }),
		print,
		show,
		widgets.NewMainButton(i18n.T("Fermer"), "", p.modal.Close))
	if len(r.Warnings) > 0 {
		p.modal.Resize(760, 520)
	}
}

func (p *Produce) open(path string) {
	if p.Open == nil {
		return
	}
	if err := p.Open(path); err != nil {
		widgets.Refuse(i18n.T("Cela n’a pas été possible"), err.Error(), i18n.T("Fermer"), p.window)
	}
}

// print hands the book to the system, or opens it where no printer is set: its
// viewer prints.
func (p *Produce) print(path string) {
	p.pace.Run(func() {
		taken := files.Print(path)
		fyne.Do(func() {
			if taken {
				widgets.Tell(i18n.T("Imprimer"), i18n.T("Le livre est confié à l’imprimante."), i18n.T("Fermer"), p.window)
				return
			}
			p.open(path)
		})
	})
}

// result says what came out, and what a publisher should look at.
func (p *Produce) result(o books.BuildOptions, r books.BuildReport) fyne.CanvasObject {
	counts := i18n.T("%s · %s · %s",
		i18n.N("%s page", "%s pages", r.Pages, repertoire.Thousands(int64(r.Pages))),
		i18n.N("%s fiche", "%s fiches", r.Entries, repertoire.Thousands(int64(r.Entries))),
		i18n.N("%s mot", "%s mots", r.Words, repertoire.Thousands(int64(r.Words))))
	if r.Web != nil {
		counts = i18n.T("%s · %s",
			i18n.N("%s page", "%s pages", r.Pages, repertoire.Thousands(int64(r.Pages))),
			i18n.N("%s fiche", "%s fiches", r.Entries, repertoire.Thousands(int64(r.Entries))))
	}
	title := widgets.NewBold(filepath.Base(o.Output))
	head := widgets.Column(2,
		container.NewBorder(nil, nil, widget.NewIcon(theme.IconIn("check", fynetheme.ColorNameSuccess)), nil, widgets.Inset(8, 0, title)),
		widgets.Inset(24, 0, widgets.NewMuted(counts)))
	if len(r.Warnings) == 0 {
		return container.NewBorder(head, nil, nil, nil, widgets.Inset(24, 12, widgets.NewMuted(i18n.T("Aucun avertissement."))))
	}
	heading := widgets.NewText(i18n.N("%s avertissement", "%s avertissements", len(r.Warnings),
		repertoire.Thousands(int64(len(r.Warnings)))))
	heading.Bold = true
	table := widgets.NewTable([]widgets.TableColumn{
		{Key: "page", Title: i18n.T("Page"), Width: 56},
		{Key: "title", Title: i18n.T("Fiche"), Width: 190, Rank: 1},
		{Key: "message", Title: i18n.T("Avertissement")},
	}, func() int { return len(r.Warnings) }, func(i int) []widgets.Cell {
		w := r.Warnings[i]
		page := "–"
		if w.Page > 0 {
			page = repertoire.Thousands(int64(w.Page))
		}
		return []widgets.Cell{{Text: page, Muted: true}, {Text: w.Title}, {Text: w.Message, Muted: true}}
	})
	table.List.OnActivated = func(i int) {
		if p.OnEntry != nil && r.Warnings[i].Entry != "" {
			p.modal.Close()
			p.OnEntry(repertoire.ID(r.Warnings[i].Entry))
		}
	}
	return container.NewBorder(widgets.Column(8, head, heading), nil, nil, nil, table)
}
