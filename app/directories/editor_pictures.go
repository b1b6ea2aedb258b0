package directories

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // the pictures of a book
	_ "image/png"

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

func (e *Editor) pictureNote() string {
	d := &e.draft.now.Directory
	if d.Cover.Media == "" && len(d.Logos) == 0 {
		return ""
	}
	return i18n.N("%s image", "%s images", len(d.Logos)+btoi(d.Cover.Media != ""),
		repertoire.Thousands(int64(len(d.Logos)+btoi(d.Cover.Media != ""))))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (e *Editor) pictures() fyne.CanvasObject {
	d := &e.draft.now.Directory
	var cover fyne.CanvasObject = container.NewHBox(widgets.NewButton(i18n.T("Choisir une image…"), "image", func() {
		e.choosePicture(func(p repertoire.Picture) { d.Cover = p })
	}))
	if d.Cover.Media != "" {
		cover = e.picture("cover", &d.Cover, func() { d.Cover = repertoire.Picture{} })
	}
	logos := widgets.Column(6)
	for i := range d.Logos {
		logos.Add(e.picture(fmt.Sprintf("logos.%d", i), &d.Logos[i], func() { d.Logos = append(d.Logos[:i:i], d.Logos[i+1:]...) }))
	}
	logos.Add(container.NewHBox(widgets.NewQuietButton(i18n.T("Ajouter un logo…"), "add", func() {
		e.choosePicture(func(p repertoire.Picture) { d.Logos = append(d.Logos, p) })
	})))
	return widgets.Column(6, e.field("cover", i18n.T("Couverture"), cover), e.field("logos", i18n.T("Logos"), logos))
}

// portrait is the picture of who signs, chosen or taken away.
func (e *Editor) portrait(name string, p *repertoire.Picture) fyne.CanvasObject {
	if p.Media == "" {
		return container.NewHBox(widgets.NewQuietButton(i18n.T("Choisir une image…"), "image", func() {
			e.choosePicture(func(chosen repertoire.Picture) { *p = chosen })
		}))
	}
	return e.picture(name, p, func() { *p = repertoire.Picture{} })
}

// picture shows one with what is said of it.
func (e *Editor) picture(name string, p *repertoire.Picture, remove func()) fyne.CanvasObject {
	cross := widgets.NewIconButton("close", i18n.T("Retirer"), func() { e.restructure(remove) }).Small()
	return widgets.Block(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(96, 72), e.thumbnail(p.Media)),
		container.NewVBox(cross),
		widgets.Inset(8, 0, widgets.Column(4,
			e.bound(name+".alt", &p.Alt, i18n.T("Description pour les lecteurs d’écran")),
			e.bound(name+".credit", &p.Credit, i18n.T("Crédit"))))))
}

func (e *Editor) thumbnail(media string) fyne.CanvasObject {
	data, err := e.door.Records().Picture(media)
	if err == nil {
		var img image.Image
		if img, _, err = image.Decode(bytes.NewReader(data)); err == nil {
			picture := canvas.NewImageFromImage(img)
			picture.FillMode = canvas.ImageFillContain
			return picture
		}
	}
	return container.NewCenter(widget.NewIcon(theme.Icon("image")))
}

// choosePicture asks for a file, keeps a copy of it, and puts it in the draft.
func (e *Editor) choosePicture(put func(repertoire.Picture)) {
	files.Open(e.window, "pictures", []string{".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"}, func(path string) {
		e.pace.Run(func() {
			media, err := e.door.Records().AddPicture(context.Background(), path)
			fyne.Do(func() {
				if err != nil {
					e.say(widgets.Failure, err.Error())
					return
				}
				if e.draft != nil {
					e.restructure(func() { put(repertoire.Picture{Media: media}) })
				}
			})
		})
	})
}

// bindMenu makes a field's menu tell which line was chosen.
func bindMenu(f *widgets.Field, chosen func(i int)) {
	m := menuOf(f)
	m.OnChanged = func(string) {
		if i := m.SelectedIndex(); i >= 0 {
			chosen(i)
		}
	}
}

// selectMenu shows a line without telling anybody.
func selectMenu(f *widgets.Field, i int) {
	m := menuOf(f)
	m.OnChanged = nil
	m.SetSelectedIndex(i)
}

func menuOf(f *widgets.Field) *widgets.Select {
	return f.Content().(*fyne.Container).Objects[0].(*widgets.Select)
}
