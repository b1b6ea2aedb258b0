package partnerships

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
)

// thumbSide is the side of a thumbnail in the form; it is made twice as fine
// for screens that show it so.
const thumbSide = 72

// pictures shows what media/ keeps for the entry, in the order of the book:
// captions and credits are edited here, and files dropped on the form come in.
func (f *Form) pictures() fyne.CanvasObject {
	column := widgets.Column(6)
	list := &f.draft.now.Pictures
	for i := range *list {
		column.Add(f.picture(list, i))
	}
	attached := &f.draft.now.Attachments
	for i := range *attached {
		a := &(*attached)[i]
		column.Add(f.bare(at("attachments", i, "name"), rowOf(f, attached, i,
			f.entry(at("attachments", i, "name"), &a.Name, i18n.T("Nom du fichier")))))
	}
	or := widgets.NewMuted(i18n.T("ou déposez les fichiers ici"))
	or.Fixed = true
	column.Add(widgets.Line(8, widgets.NewQuietButton(i18n.T("Ajouter une image ou un PDF"), "add", func() { f.pickMedia(f.takeMedia) }),
		container.NewCenter(or)))
	return column
}

func (f *Form) picture(list *[]repertoire.Picture, i int) fyne.CanvasObject {
	p := &(*list)[i]
	name := at("pictures", i, "alt")
	words := widgets.Column(4,
		f.entry(at("pictures", i, "caption"), &p.Caption, i18n.T("Légende")),
		f.entry(at("pictures", i, "credit"), &p.Credit, i18n.T("Crédit")),
		f.entry(name, &p.Alt, i18n.T("Description pour les lecteurs d’écran")))
	content := container.NewBorder(nil, nil, nil,
		container.NewVBox(raising(f, list, i), removal(f, list, i)), words)
	thumb := container.New(widgets.Same(thumbSide), widgets.NewBackground(theme.ColorCard))
	said := widgets.NewParagraph("", "warning")
	said.Hide()
	f.illustrate(p.Media, thumb, func(sentence string) {
		widgets.SetParagraph(said, sentence)
		said.Show()
		f.body.Refresh()
	})
	return f.bare(name, block(widgets.Column(2, container.NewBorder(nil, nil,
		widgets.Inset(0, 2, container.NewVBox(thumb)), nil, widgets.Inset(8, 0, content)), said)))
}

// illustrate puts the thumbnail in its place, off the interface thread, and
// says when the picture is too small for a good print.
func (f *Form) illustrate(sha string, into *fyne.Container, say func(string)) {
	d := f.draft
	f.pace.Run(func() {
		ctx := context.Background()
		small, err := f.door.Records().Thumbnail(ctx, sha, 2*thumbSide)
		m, sizeErr := f.door.Records().MediaOf(ctx, sha)
		fyne.Do(func() {
			if f.draft != d {
				return
			}
			if err = errors.Join(err, sizeErr); err != nil {
				say(i18n.T("Cette image ne peut pas être montrée. Retirez-la et ajoutez-la de nouveau."))
				return
			}
			image := canvas.NewImageFromImage(small)
			image.FillMode = canvas.ImageFillContain
			into.Objects = append(into.Objects[:1:1], image)
			into.Refresh()
			if m.DPI() < records.MinDPI {
				say(i18n.T("Image petite : %s points de large, soit %s points par pouce dans une colonne du livre. Il en faut %s.",
					repertoire.Thousands(int64(m.Width)), repertoire.Thousands(int64(m.DPI())), repertoire.Thousands(records.MinDPI)))
			}
		})
	})
}

// Drop takes files dropped on the window, and says whether they fell on a form
// that shows an entry.
func (f *Form) Drop(pos fyne.Position, uris []fyne.URI) bool {
	if f.draft == nil || !f.Visible() {
		return false
	}
	at := pos.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(f))
	if at.X < 0 || at.Y < 0 || at.X > f.Size().Width || at.Y > f.Size().Height {
		return false
	}
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	f.keepMedia(paths, f.takeMedia)
	return true
}

// pickMedia asks for one file.
func (f *Form) pickMedia(take func([]records.Media)) {
	files.Open(f.window, "media", []string{".jpg", ".jpeg", ".png", ".pdf"}, func(path string) { f.keepMedia([]string{path}, take) })
}

// keepMedia copies files into the workspace, off the interface thread; what is
// refused is said, the others come in.
func (f *Form) keepMedia(paths []string, take func([]records.Media)) {
	if f.draft == nil || len(paths) == 0 {
		return
	}
	d := f.draft
	f.pace.Run(func() {
		var kept []records.Media
		var refused error
		for _, path := range paths {
			m, err := f.door.Records().AddMedia(context.Background(), path)
			if err != nil {
				refused = errors.Join(refused, err)
				continue
			}
			kept = append(kept, m)
		}
		fyne.Do(func() {
			if f.draft != d {
				f.notice.Say(widgets.Info,
					i18n.T("Les fichiers n’ont pas été ajoutés : une autre fiche est affichée. Déposez-les de nouveau sur la leur."))
				return
			}
			if len(kept) > 0 {
				take(kept)
			}
			if refused != nil {
				f.notice.Say(widgets.Warning, refused.Error())
			}
		})
	})
}

// takeMedia puts files into the entry: pictures among the pictures, the others
// among the attached files. What is there already is not put in twice.
func (f *Form) takeMedia(kept []records.Media) {
	p := &f.draft.now
	have := map[string]bool{}
	for _, x := range p.Pictures {
		have[x.Media] = true
	}
	for _, x := range p.Attachments {
		have[x.Media] = true
	}
	f.restructure(func() {
		for _, m := range kept {
			switch {
			case have[m.SHA]:
			case m.Picture():
				p.Pictures = append(p.Pictures, repertoire.Picture{Media: m.SHA})
			default:
				p.Attachments = append(p.Attachments, repertoire.Attachment{Media: m.SHA, Name: m.Name})
			}
			have[m.SHA] = true
		}
	})
}

// conventionFile is the button that joins the signed text to a convention, or
// takes it away again.
func (f *Form) conventionFile(i int) fyne.CanvasObject {
	c := &f.draft.now.Conventions[i]
	if c.Media != "" {
		b := widgets.NewIconButton("pdf", i18n.T("Le texte signé est joint : un clic le détache"), func() {
			f.restructure(func() { f.draft.now.Conventions[i].Media = "" })
		}).Small()
		b.SetOn(true)
		return b
	}
	return widgets.NewIconButton("upload", i18n.T("Joindre le texte signé (PDF ou image)"), func() {
		f.pickMedia(func(kept []records.Media) {
			f.restructure(func() { f.draft.now.Conventions[i].Media = kept[0].SHA })
		})
	}).Small()
}
