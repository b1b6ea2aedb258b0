package mapview

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/atlas"
	"repertoire/internal/workspace/searches"
)

// Door is what the map asks of the workspace.
type Door interface {
	Atlas() *atlas.Room
	Searches() *searches.Room

	CountryName(iso string) string
}

// View is the map of what answers a search.
type View struct {
	widget.BaseWidget
	// OnEntry hears that a partnership is to be opened.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	listing *task.Latest
	query   searches.Query
	name    string // of what is shown, "" for everything
	points  atlas.MapPoints
	read    bool
	fit     bool // the next points bring their own frame
	rows    []searches.Row
	picked  []int32 // places chosen

	sheet    *sheet
	note     *widgets.Text
	notice   *widgets.Notice
	unplaced *widgets.Button
	own      *widgets.Button
	save     *widgets.Button
	borders  *widget.RichText
	place    *widgets.Text
	count    *widgets.Text
	table    *widgets.Table
	side     *fyne.Container
	list     fyne.CanvasObject
	body     *fyne.Container
	split    fyne.CanvasObject
	all      fyne.CanvasObject
}

// New returns a map that shows nothing until Reload or ShowQuery.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), listing: task.NewLatest(pace.Run), fit: true}
	v.sheet = newSheet(pace.Run, newAtlas(door.Atlas().Outlines))
	v.sheet.tell, v.sheet.chose = v.tell, v.choose
	v.sheet.enter = func() {
		if len(v.rows) > 0 {
			window.Canvas().Focus(v.table.List)
		}
	}
	v.note, v.notice = widgets.NewMuted(""), widgets.NewNotice()
	v.unplaced = widgets.NewButton("", "place", v.ShowUnplaced)
	v.save = widgets.NewButton(i18n.T("Enregistrer l’image"), "download", v.Save)
	v.own = widgets.NewButton(i18n.T("Pays du choix"), "", func() { v.sheet.Frame(v.ownFrame()) })
	zoom := widgets.Flow(4, widgets.NewIconButton("minus", i18n.T("Éloigner (−)"), func() { v.sheet.Zoom(1 / zoomStep) }),
		widgets.NewIconButton("add", i18n.T("Rapprocher (+)"), func() { v.sheet.Zoom(zoomStep) }),
		widgets.NewButton(i18n.T("Monde"), "", func() { v.sheet.Frame(worldFrame) }),
		widgets.NewButton(i18n.T("Europe"), "", func() { v.sheet.Frame(europeFrame) }),
		widgets.NewButton(i18n.T("France"), "", func() { v.sheet.Frame(franceFrame) }), v.own)
	head := widgets.Inset(16, 12, widgets.Column(10,
		widgets.Head(widgets.Column(2, widgets.NewTitle(i18n.T("Carte des partenariats")), v.note), widgets.Flow(8, v.unplaced, v.save)),
		widgets.Sides(16, zoom, legend())))
	v.makeList()
	v.borders = widget.NewRichText()
	v.borders.Wrapping = fyne.TextWrapWord
	split := container.NewHSplit(v.sheet, v.side)
	split.Offset = 0.7
	v.split = container.NewBorder(nil, v.borders, nil, nil, split)
	v.body = container.NewStack(v.split)
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), v.body)
	v.ExtendBaseWidget(v)
	return v
}

// legend tells the two sides apart.
func legend() fyne.CanvasObject {
	side := func(colour fyne.ThemeColorName, words string) fyne.CanvasObject {
		return widgets.Line(4, widgets.NewDot(colour, false, "", nil), widgets.NewCaption(words))
	}
	return widgets.Flow(16, side(fynetheme.ColorNamePrimary, i18n.T("Collectivités françaises")),
		side(fynetheme.ColorNameWarning, i18n.T("Collectivités partenaires")))
}

// ShowQuery shows what answers q; title names it in words ("Eau, Sénégal"), ""
// for everything.
func (v *View) ShowQuery(q searches.Query, title string) {
	q.Offset, q.Limit, q.Facets, q.Snippets = 0, 0, false, false
	v.picked = nil
	v.query, v.name, v.fit = q, title, true
	v.Reload()
}

// Reload reads the places again; the view stays where it is.
func (v *View) Reload() {
	q := v.query
	if !v.read {
		v.note.SetText(i18n.T("Les lieux sont lus…"))
	}
	v.reading.Do(func(ctx context.Context) func() {
		points, err := v.door.Atlas().Points(ctx, q)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			chosen := again(v.points, v.picked, points)
			v.points, v.read = points, true
			v.show()
			if len(chosen) > 0 {
				v.choose(chosen) // a change elsewhere takes nobody's place away
			}
		}
	})
}

// again finds the places chosen of before among those of now.
func again(before atlas.MapPoints, picked []int32, now atlas.MapPoints) []int32 {
	type key struct {
		lat, lon float64
		french   bool
	}
	wanted := map[key]bool{}
	for _, i := range picked {
		p := before.Places[i]
		wanted[key{p.Latitude, p.Longitude, p.French}] = true
	}
	var out []int32
	for i, p := range now.Places {
		if wanted[key{p.Latitude, p.Longitude, p.French}] {
			out = append(out, int32(i))
		}
	}
	return out
}

// FocusFirst gives the keyboard to the map.
func (v *View) FocusFirst() {
	if len(v.points.Places) > 0 {
		v.window.Canvas().Focus(v.sheet)
	}
}

func (v *View) show() {
	p := v.points
	n := len(p.Partnerships)
	words := i18n.N("%s partenariat", "%s partenariats", n, thousands(n)) + " · " +
		i18n.N("%s lieu", "%s lieux", len(p.Places), thousands(len(p.Places)))
	if v.name != "" {
		words = v.name + " · " + words
	}
	if p.HiddenLinks > 0 {
		words += " · " + i18n.T("les %s liens les plus fréquents", thousands(len(p.Links)))
	}
	v.note.SetText(words)
	v.unplaced.SetText(i18n.N("%s sans position", "%s sans position", len(p.Unplaced), thousands(len(p.Unplaced))))
	v.unplaced.Hidden = len(p.Unplaced) == 0
	v.own.Hidden = len(p.Countries) == 0
	v.own.SetText(i18n.T("Pays du choix"))
	if len(p.Countries) == 1 {
		v.own.SetText(v.door.CountryName(p.Countries[0]))
	}
	v.borders.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: i18n.Said(p.Notice),
		Style: widget.RichTextStyle{ColorName: theme.ColorMuted, SizeName: fynetheme.SizeNameCaptionText}}}
	v.borders.Refresh()
	v.fill(nil, "", 0)
	if len(p.Places) == 0 {
		v.save.Disable()
		v.body.Objects = []fyne.CanvasObject{v.empty()}
		v.Refresh()
		return
	}
	v.save.Enable()
	v.body.Objects = []fyne.CanvasObject{v.split}
	v.sheet.Lay(p)
	if v.fit {
		v.fit = false
		v.sheet.Frame(v.wholeFrame())
	}
	v.Refresh()
}

func (v *View) empty() fyne.CanvasObject {
	if len(v.points.Partnerships) == 0 {
		return widgets.NewEmpty("map", i18n.T("Rien à placer sur la carte"),
			i18n.T("La carte montre les collectivités des partenariats trouvés. Créez un partenariat, ou élargissez la recherche."))
	}
	return widgets.NewEmpty("map", i18n.T("Aucune position connue"),
		i18n.T("Les collectivités de ces partenariats n’ont ni latitude ni longitude. Choisissez-les dans la liste de référence, ou donnez-leur une position dans leur fiche."),
		widgets.NewButton(i18n.T("Voir les fiches"), "list", v.ShowUnplaced))
}

// wholeFrame shows every place; ownFrame those abroad only.
func (v *View) wholeFrame() frame { return v.frameOf(func(atlas.MapPlace) bool { return true }) }
func (v *View) ownFrame() frame {
	return v.frameOf(func(p atlas.MapPlace) bool { return !p.French })
}

func (v *View) frameOf(in func(atlas.MapPlace) bool) frame {
	f, found := frame{180, 90, -180, -90}, false
	for _, p := range v.points.Places {
		if in(p) {
			found = true
			f.west, f.east = min(f.west, p.Longitude), max(f.east, p.Longitude)
			f.south, f.north = min(f.south, p.Latitude), max(f.north, p.Latitude)
		}
	}
	if !found {
		return worldFrame
	}
	// Room for names, and something of the country around a single town.
	mx, my := max((f.east-f.west)*0.08, 1.2), max((f.north-f.south)*0.08, 1.2)
	return frame{max(f.west-mx, -180), max(f.south-my, -60), min(f.east+mx, 180), min(f.north+my, 80)}
}

// tell words what is under the mouse: the names, and how many partnerships.
func (v *View) tell(places []int32, count int) string {
	return v.names(places) + "\n" + i18n.N("%s partenariat", "%s partenariats", count, thousands(count))
}

func (v *View) names(places []int32) string {
	var names []string
	for _, i := range places {
		if len(names) == 3 {
			break
		}
		names = append(names, v.points.Places[i].Names[0])
	}
	s := strings.Join(names, ", ")
	if n := len(places) - len(names); n > 0 {
		s += " " + i18n.N("et %s autre lieu", "et %s autres lieux", n, thousands(n))
	}
	return s
}

// Repaint paints the map again, for a screen of another density.
func (v *View) Repaint() { v.sheet.repaint() }

func thousands(n int) string { return repertoire.Thousands(int64(n)) }

func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
