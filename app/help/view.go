package help

import (
	"bytes"
	"image"
	_ "image/png" // the pictures of the guide

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	guide "repertoire/assets/help"
)

// pageWidth is how wide the text is set: some seventy letters, what the eye
// follows without losing its line.
const pageWidth = 720

// View shows the guide.
type View struct {
	widget.BaseWidget
	chapters []Chapter
	items    []*widgets.NavItem
	search   *widgets.SearchBox
	found    []Found
	results  *widgets.Rows
	side     *fyne.Container // chapters, or what a search found
	contents *fyne.Container
	page     *fyne.Container
	anchors  []fyne.CanvasObject // the heading of each section shown
	scroll   *container.Scroll
	all      *fyne.Container
}

// New returns the guide at its first chapter.
func New(pace task.Pace) *View {
	v := &View{contents: widgets.Column(0), page: widgets.Column(8)}
	v.chapters = Read(i18n.Current())
	for i, c := range v.chapters {
		item := widgets.NewNavItem("document", c.Title, "", func() { v.show(i, 0) })
		v.items = append(v.items, item)
		v.contents.Add(item)
	}
	v.search = widgets.NewSearchBox(i18n.T("Chercher dans le guide"), pace.Typing)
	v.search.OnSearch = v.find
	v.search.OnDown = v.focusResults
	v.results = widgets.NewRows(52, func() int { return len(v.found) }, newResult,
		func(i int, o fyne.CanvasObject) { fillResult(v.found[i], o) })
	v.results.OnCurrent = v.open
	v.results.OnActivated = v.open
	v.side = container.NewStack(container.NewVScroll(v.contents))
	v.scroll = container.NewVScroll(container.New(centred{}, widgets.Inset(32, 24, v.page)))
	left := container.NewStack(widgets.NewBackground(theme.ColorSidebar),
		widgets.WideUpTo(300, 520, widgets.Inset(12, 12, container.NewBorder(
			widgets.Column(8, widgets.NewTitle(i18n.T("Guide d’utilisation")), v.search, container.New(widgets.Gap(4))), nil, nil, nil,
			v.side))))
	v.all = container.NewBorder(nil, nil, left, nil, v.scroll)
	v.ExtendBaseWidget(v)
	v.show(0, 0)
	return v
}

// Reload does nothing: the guide does not change while the program runs.
func (v *View) Reload() {}

// FocusFirst goes to the search box.
func (v *View) FocusFirst() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v.search)
	}
}

// About opens what tells of a sentence, else the chapter of that name.
func (v *View) About(sentence, otherwise string) {
	if chapter, section, ok := About(Read(i18n.French), sentence); ok {
		v.show(chapter, section)
		return
	}
	v.Chapter(otherwise)
}

// Chapter opens the chapter of that name, the first when there is none.
func (v *View) Chapter(id string) {
	for i, c := range v.chapters {
		if c.ID == id {
			v.show(i, 0)
			return
		}
	}
	v.show(0, 0)
}

func (v *View) find(text string) {
	v.found = Search(v.chapters, text)
	var side fyne.CanvasObject = container.NewVScroll(v.contents)
	switch {
	case text == "":
	case len(v.found) == 0:
		side = container.NewVBox(widgets.NewParagraph(i18n.T("Rien dans le guide ne répond à ces mots : essayez-en d’autres."),
			theme.ColorMuted))
	default:
		side = v.results
	}
	v.side.Objects = []fyne.CanvasObject{side}
	v.results.Select(-1)
	v.results.Refresh()
	v.side.Refresh()
}

func (v *View) focusResults() {
	if len(v.found) == 0 {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v.results)
	}
	v.results.Select(0)
}

func (v *View) open(row int) {
	if row >= 0 && row < len(v.found) {
		v.show(v.found[row].Chapter, v.found[row].Section)
	}
}

// show sets a chapter and brings a section of it into view.
func (v *View) show(chapter, section int) {
	if chapter >= len(v.chapters) {
		return
	}
	for i, item := range v.items {
		item.SetOn(i == chapter)
	}
	c := v.chapters[chapter]
	v.page.Objects, v.anchors = nil, nil
	v.page.Add(widgets.NewTitle(c.Title))
	for _, s := range c.Sections {
		anchor := v.page.Objects[0]
		if s.Title != "" {
			heading := widgets.NewBold(s.Title)
			anchor = heading
			v.page.Add(container.New(widgets.Gap(8)))
			v.page.Add(anchor)
		}
		v.anchors = append(v.anchors, anchor)
		for _, b := range s.Blocks {
			v.page.Add(block(b))
		}
	}
	v.page.Refresh()
	v.scroll.ScrollToTop()
	if section > 0 && section < len(v.anchors) {
		v.scroll.ScrollToOffset(fyne.NewPos(0, v.anchors[section].Position().Y))
	}
	v.scroll.Refresh()
}

func block(b Block) fyne.CanvasObject {
	if b.Picture == "" {
		text := widget.NewRichTextFromMarkdown(b.Text)
		text.Wrapping = fyne.TextWrapWord
		// Fyne's text has a margin of its own that the titles have not.
		return container.New(layout.NewCustomPaddedLayout(-4, -4, -6, -6), text)
	}
	data, err := guide.Picture(b.Picture)
	if err != nil {
		return widgets.NewParagraph(b.Caption, theme.ColorMuted)
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return widgets.NewParagraph(b.Caption, theme.ColorMuted)
	}
	shown := canvas.NewImageFromResource(fyne.NewStaticResource(b.Picture, data))
	shown.FillMode = canvas.ImageFillContain
	width := min(pageWidth, float32(size.Width))
	shown.SetMinSize(fyne.NewSize(width, width*float32(size.Height)/float32(size.Width)))
	caption := widgets.NewMuted(b.Caption)
	return widgets.Column(4, container.NewHBox(widgets.Framed(shown)), caption)
}

// centred sets its only object as wide as a page of the guide, in the middle.
type centred struct{}

func (centred) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, objects[0].MinSize().Height)
}

func (centred) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, pageWidth+64)
	objects[0].Resize(fyne.NewSize(width, fyne.Max(size.Height, objects[0].MinSize().Height)))
	objects[0].Move(fyne.NewPos((size.Width-width)/2, 0))
}

func newResult() fyne.CanvasObject {
	title, line := widgets.NewText(""), widgets.NewMuted("")
	return widgets.Inset(8, 6, widgets.Column(0, title, line))
}

func fillResult(f Found, o fyne.CanvasObject) {
	column := o.(*fyne.Container).Objects[0].(*fyne.Container)
	column.Objects[0].(*widgets.Text).SetText(f.Title)
	column.Objects[1].(*widgets.Text).SetText(f.Line)
}

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
