package dashboard

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/atlas"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/review"
)

// Door is what the dashboard asks of the workspace.
type Door interface {
	Atlas() *atlas.Room

	Records() *records.Room
	Review() *review.Room
}

// View is the dashboard.
type View struct {
	widget.BaseWidget
	// OnQuery hears a search in the program's query language, and its words.
	OnQuery func(text, title string)
	// OnEntry hears that a partnership is to be opened.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)
	// OnMap hears that a répertoire ("" all) is to be seen on the map; its
	// title is given.
	OnMap func(slug, title string)

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	// known are the links known elsewhere of the répertoire in view.
	known     review.KnownLinks
	beginning bool
	slug      string
	slugs     []string // of the choice
	shorts    []string
	figures   atlas.Figures
	read      bool
	whole     map[string]bool // charts that show all their bars
	charts    map[string][]*bar

	directory *widgets.Select
	export    *widgets.Button
	toMap     *widgets.Button
	note      *widgets.Text
	notice    *widgets.Notice
	scroll    *container.Scroll
	body      *fyne.Container
	all       fyne.CanvasObject
}

// New returns a dashboard that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), slugs: []string{""}, whole: map[string]bool{}}
	v.directory = widgets.NewSelect([]string{i18n.T("Tous les répertoires")}, func(string) {
		if i := v.directory.SelectedIndex(); i >= 0 && i < len(v.slugs) && v.slugs[i] != v.slug {
			v.Choose(v.slugs[i])
		}
	})
	v.directory.SetSelectedIndex(0)
	v.export = widgets.NewButton(i18n.T("Exporter les chiffres"), "download", v.Export)
	v.export.Disable()
	v.toMap = widgets.NewButton(i18n.T("Carte"), "map", func() {
		if v.OnMap != nil {
			v.OnMap(v.slug, v.figures.Title)
		}
	})
	v.note, v.notice, v.body = widgets.NewMuted(""), widgets.NewNotice(), container.NewStack()
	head := widgets.Inset(16, 12, widgets.Head(widgets.Column(2, widgets.NewTitle(i18n.T("Tableau de bord")), v.note),
		widgets.Flow(8, widgets.Wide(240, v.directory), v.toMap, v.export)))
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), v.body)
	v.toMap.Hide()
	v.ExtendBaseWidget(v)
	return v
}

// Choose shows the figures of a répertoire, "" for all.
func (v *View) Choose(slug string) {
	v.slug = slug
	if v.scroll != nil {
		v.scroll.ScrollToTop()
	}
	v.Reload()
}

// Reload counts again. The figures of before stay in view meanwhile.
func (v *View) Reload() {
	slug := v.slug
	if !v.read {
		v.note.SetText(i18n.T("Les fiches sont comptées…"))
	}
	v.reading.Do(func(ctx context.Context) func() {
		list, err := v.door.Records().Directories(ctx)
		gone := slug != ""
		for _, d := range list {
			gone = gone && d.Slug != slug
		}
		if gone {
			slug = "" // a répertoire that went away leaves all of them
		}
		var figures atlas.Figures
		if err == nil {
			figures, err = v.door.Atlas().Figures(ctx, slug)
		}
		var known review.KnownLinks
		if err == nil {
			known, err = v.readKnown(ctx, slug)
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.slug, v.figures, v.known, v.read = slug, figures, known, true
			v.choices(list)
			v.show()
		}
	})
}

func (v *View) choices(list []records.DirectorySummary) {
	names := []string{i18n.T("Tous les répertoires")}
	v.slugs = []string{""}
	at := 0
	for _, d := range list {
		if d.Slug == v.slug {
			at = len(names)
		}
		names, v.slugs = append(names, d.Short), append(v.slugs, d.Slug)
	}
	v.shorts = names
	v.directory.SetOptions(names)
	v.directory.SetSelectedIndex(at)
}

// FocusFirst gives the keyboard to the first bar.
func (v *View) FocusFirst() {
	if len(v.charts["freshness"]) > 0 {
		v.window.Canvas().Focus(v.charts["freshness"][0])
		v.scroll.ScrollToTop() // with large text the first bar is below: one arrives at the top all the same
		return
	}
	v.window.Canvas().Focus(v.directory)
}

func (v *View) show() {
	f := v.figures
	v.charts = map[string][]*bar{}
	v.toMap.Hidden = v.OnMap == nil
	day := f.Day.Field()
	if f.Title != "" {
		v.note.SetText(i18n.T("%s, au %s", f.Title, day))
	} else {
		v.note.SetText(i18n.T("Tous les partenariats, au %s", day))
	}
	if f.Partnerships == 0 {
		v.export.Disable()
		empty := widgets.NewEmpty("chart", i18n.T("Rien à compter encore"),
			i18n.T("Les chiffres paraissent avec la première fiche : créez un partenariat ou importez un tableau."))
		v.body.Objects = []fyne.CanvasObject{empty}
		if v.known.Known > 0 {
			v.body.Objects = []fyne.CanvasObject{container.NewBorder(widgets.Inset(16, 16, v.knownLine()), nil, nil, nil, empty)}
		}
		v.Refresh()
		return
	}
	v.export.Enable()
	content := widgets.Inset(16, 16, widgets.Column(16, v.cards(), v.knownLine(), v.steps(), v.panels()))
	if v.scroll == nil {
		v.scroll = container.NewVScroll(content)
	} else {
		v.scroll.Content = content
		v.scroll.Refresh()
	}
	v.body.Objects = []fyne.CanvasObject{v.scroll}
	v.Refresh()
}

// query tells who listens which search lists a bar; a list narrowed to a
// répertoire says so in its title.
func (v *View) query(text, title string) func() {
	return func() {
		if v.OnQuery != nil && text != "" {
			v.OnQuery(text, title)
		}
	}
}

func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
