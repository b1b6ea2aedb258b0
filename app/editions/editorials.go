package editions

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// editorials edits the signed forewords of a book beside the pages they stand
// on: text, signature, portrait. They are saved with its sections.
type editorials struct {
	book  *bookPanel
	texts []*widgets.Entry   // the text of each, for a click on its page
	lines []fyne.Disableable // all entries: none takes a key while the book is being saved
	all   *fyne.Container
}

// portraitWidth is how wide a portrait is shown, in the book's proportions.
const portraitWidth = 72

func newEditorials(b *bookPanel) *editorials {
	e := &editorials{book: b, all: widgets.Column(10)}
	e.all.Hide()
	return e
}

// show makes the fields anew, or puts them away.
func (e *editorials) show(shown bool) {
	e.texts, e.lines, e.all.Objects = nil, nil, nil
	e.all.Hidden = !shown
	if shown {
		for i := range e.list() {
			e.all.Add(e.one(i))
		}
		e.all.Add(container.NewHBox(widgets.NewQuietButton(i18n.T("Ajouter un éditorial"), "add", func() {
			e.change(func(list []repertoire.Editorial) []repertoire.Editorial { return append(list, repertoire.Editorial{}) })
		})))
	}
	e.all.Refresh()
}

func (e *editorials) list() []repertoire.Editorial { return e.book.directory.Editorial }

// filled gives the editorials that hold something, to be saved.
func (e *editorials) filled() []repertoire.Editorial {
	return slices.DeleteFunc(slices.Clone(e.list()), func(x repertoire.Editorial) bool { return x == repertoire.Editorial{} })
}

// change changes which editorials there are and makes the fields anew.
func (e *editorials) change(do func([]repertoire.Editorial) []repertoire.Editorial) {
	e.book.directory.Editorial = do(slices.Clone(e.list()))
	e.show(true)
	e.book.changed()
	e.book.side.Refresh()
}

// set changes one editorial.
func (e *editorials) set(i int, do func(*repertoire.Editorial)) {
	if i >= len(e.list()) {
		return // blank ones went with the save
	}
	list := slices.Clone(e.list())
	do(&list[i])
	e.book.directory.Editorial = list
	e.book.changed()
}

// one is the fields of an editorial.
func (e *editorials) one(i int) fyne.CanvasObject {
	x := e.list()[i]
	line := func(value, hint string, put func(*repertoire.Editorial, string)) *widgets.Entry {
		w := widgets.NewEntry()
		w.PlaceHolder = hint
		w.SetText(value)
		w.OnChanged = func(s string) { e.set(i, func(x *repertoire.Editorial) { put(x, s) }) }
		e.lines = append(e.lines, w)
		return w
	}
	text := widgets.NewTextArea(5)
	text.MaxRows = 12
	text.PlaceHolder = i18n.T("Un paragraphe, une ligne vide, le suivant ; **gras**, *italique*")
	text.SetText(x.Text)
	text.OnChanged = func(s string) { e.set(i, func(x *repertoire.Editorial) { x.Text = s }) }
	e.texts, e.lines = append(e.texts, text), append(e.lines, text)
	up := widgets.NewIconButton("up", i18n.T("Monter"), func() {
		e.change(func(list []repertoire.Editorial) []repertoire.Editorial {
			list[i-1], list[i] = list[i], list[i-1]
			return list
		})
	}).Small()
	up.SetEnabled(i > 0)
	remove := widgets.NewIconButton("close", i18n.T("Retirer"), func() {
		e.change(func(list []repertoire.Editorial) []repertoire.Editorial { return slices.Delete(list, i, i+1) })
	}).Small()
	head := container.NewBorder(nil, nil, nil, widgets.Line(0, up, remove), widgets.NewCaption(i18n.T("Éditorial %s", strconv.Itoa(i+1))))
	return widgets.Block(widgets.Column(6, head,
		widgets.NewField("title", i18n.T("Titre"), line(x.Title, i18n.T("Vide : Éditorial"),
			func(x *repertoire.Editorial, s string) { x.Title = s })),
		container.NewBorder(nil, nil, e.portrait(i), nil, widgets.Inset(8, 0, widgets.Column(6,
			widgets.NewField("author", i18n.T("Signé par"), line(x.Author, "", func(x *repertoire.Editorial, s string) { x.Author = s })),
			widgets.NewField("role", i18n.T("Fonction"), line(x.Role, "", func(x *repertoire.Editorial, s string) { x.Role = s }))))),
		e.picture(i, line),
		widgets.NewField("text", i18n.T("Texte"), text)))
}

// portrait shows the picture of who signs; a click chooses one, or another.
func (e *editorials) portrait(i int) fyne.CanvasObject {
	place := container.NewStack(widgets.NewBlockGround())
	sha := e.list()[i].Portrait.Media
	if sha == "" {
		place.Add(container.NewCenter(widget.NewIcon(theme.Icon("image"))))
	} else {
		e.illustrate(sha, place)
	}
	label := i18n.T("Portrait…")
	if sha != "" {
		label = i18n.T("Changer…")
	}
	choose := widgets.NewQuietButton(label, "", func() { e.choose(i) })
	return widgets.Column(4, container.NewGridWrap(fyne.NewSize(portraitWidth, portraitWidth*5/4), place), choose)
}

// picture is what is said of a portrait, nothing without one.
func (e *editorials) picture(i int, line func(string, string, func(*repertoire.Editorial, string)) *widgets.Entry) fyne.CanvasObject {
	p := e.list()[i].Portrait
	if p.Media == "" {
		return container.NewStack()
	}
	remove := widgets.NewQuietButton(i18n.T("Retirer le portrait"), "", func() {
		e.change(func(list []repertoire.Editorial) []repertoire.Editorial {
			list[i].Portrait = repertoire.Picture{}
			return list
		})
	})
	return widgets.Column(4,
		line(p.Credit, i18n.T("Crédit"), func(x *repertoire.Editorial, s string) { x.Portrait.Credit = strings.TrimSpace(s) }),
		line(p.Alt, i18n.T("Description pour les lecteurs d’écran"), func(x *repertoire.Editorial, s string) { x.Portrait.Alt = s }),
		container.NewHBox(remove))
}

// illustrate puts a portrait in its place, read off the interface thread.
func (e *editorials) illustrate(sha string, into *fyne.Container) {
	v := e.book.view
	v.pace.Run(func() {
		small, err := v.door.Records().Thumbnail(context.Background(), sha, 2*portraitWidth)
		fyne.Do(func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			img := canvas.NewImageFromImage(small)
			img.FillMode = canvas.ImageFillContain
			into.Add(img)
			into.Refresh()
		})
	})
}

// choose asks for a file and keeps a copy of it as the portrait.
func (e *editorials) choose(i int) {
	v := e.book.view
	files.Open(v.window, "pictures", []string{".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"}, func(path string) { e.take(i, path) })
}

func (e *editorials) take(i int, path string) {
	v, of := e.book.view, e.book.directory.ID
	v.pace.Run(func() {
		sha, err := v.door.Records().AddPicture(context.Background(), path)
		fyne.Do(func() {
			switch {
			case err != nil:
				v.say(widgets.Failure, err.Error())
			case of != e.book.directory.ID || i >= len(e.list()): // another book was chosen meanwhile
			default:
				e.change(func(list []repertoire.Editorial) []repertoire.Editorial {
					list[i].Portrait = repertoire.Picture{Media: sha}
					return list
				})
			}
		})
	})
}

// leads tells whether a click on what is printed leads to one of the panel's
// fields.
func (b *bookPanel) leads(field string) bool { return b.sectionOf(field) >= 0 }

// sectionOf gives the part of the book that a field of its pages belongs to, -1
// for none.
func (b *bookPanel) sectionOf(field string) int {
	key, isSection := strings.CutPrefix(field, "sections.")
	for i, s := range b.sections {
		if s.Signed() && strings.HasPrefix(field, "editorial.") || isSection && s.Key == key {
			return i
		}
	}
	return -1
}

// lead shows the part of the book that is printed where somebody clicked, with
// the cursor in its text.
func (b *bookPanel) lead(field string) {
	i := b.sectionOf(field)
	if i < 0 {
		return
	}
	page := b.pages.page
	if i != b.current() {
		b.rows.Select(i)
		b.pages.Go(page) // one stays where one clicked
	}
	to := b.text
	if rest, ok := strings.CutPrefix(field, "editorial."); ok {
		number, _, _ := strings.Cut(rest, ".")
		if n, err := strconv.Atoi(number); err == nil && n < len(b.signed.texts) {
			to = b.signed.texts[n]
		}
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(to); c != nil {
		c.Focus(to)
	}
	if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(to).Subtract(
		fyne.CurrentApp().Driver().AbsolutePositionForObject(b.edit.Content)); at.Y > 0 {
		b.edit.ScrollToOffset(fyne.NewPos(0, at.Y-24))
	}
}

// beneath lays the sections of a book over what is edited of one, which takes
// what it needs of the lower two thirds and scrolls beyond.
type beneath struct{ b *bookPanel }

// MinSize is Fyne's.
func (beneath) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(fyne.Max(size.Width, m.Width), size.Height+m.Height+8)
	}
	return size
}

// Layout is Fyne's.
func (l beneath) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bar, rule, foot := objects[0].MinSize().Height, objects[2].MinSize().Height, objects[4].MinSize().Height
	room := size.Height - bar - rule - foot - 4*8
	edit := fyne.Min(l.b.edit.Content.MinSize().Height, room*0.66)
	y := float32(0)
	for i, height := range []float32{bar, room - edit, rule, edit, foot} {
		objects[i].Move(fyne.NewPos(0, y))
		objects[i].Resize(fyne.NewSize(size.Width, height))
		y += height + 8
	}
}
