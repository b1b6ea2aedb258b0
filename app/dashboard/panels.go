package dashboard

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/atlas"
)

// fewBars is how many bars a chart shows before a person asks for the others.
const fewBars = 8

// cards are the figures that sum up the rest.
func (v *View) cards() fyne.CanvasObject {
	f := v.figures
	share := i18n.T("%s %%", strconv.Itoa(f.Share()))
	return container.New(&columns{least: 150, most: 6, gap: 12},
		card(whole(f.Partnerships), either(f.Partnerships, i18n.T("partenariat"), i18n.T("partenariats"))),
		card(whole(f.Active), either(f.Active, i18n.T("actif"), i18n.T("actifs"))),
		card(whole(f.French), either(f.French, i18n.T("collectivité française"), i18n.T("collectivités françaises"))),
		card(whole(f.Foreign), either(f.Foreign, i18n.T("collectivité partenaire"), i18n.T("collectivités partenaires"))),
		card(whole(f.Countries), either(f.Countries, i18n.T("pays partenaire"), i18n.T("pays partenaires"))),
		card(share, i18n.T("à jour si figé ce jour")))
}

func card(figure, words string) fyne.CanvasObject {
	n := widgets.NewTitle(figure)
	n.Fixed = true
	note := widgets.NewMuted(words)
	note.Sized = fynetheme.SizeNameCaptionText
	return container.NewStack(widgets.NewBlockGround(), widgets.Inset(12, 10, widgets.Column(2, n, note)))
}

// either chooses as French does: 0 and 1 are singular.
func either(n int, one, many string) string {
	if n < 2 {
		return one
	}
	return many
}

func whole(n int) string { return repertoire.Thousands(int64(n)) }

// panels are the charts, in two columns filled from the shorter one.
func (v *View) panels() fyne.CanvasObject {
	objects := []fyne.CanvasObject{v.freshness(), v.completeness()}
	for _, c := range v.figures.Charts {
		if len(c.Bars) > 0 {
			objects = append(objects, v.chart(c))
		}
	}
	return container.New(&masonry{least: 420, gap: 16}, objects...)
}

// panel frames a chart and lets the arrows go from bar to bar.
func (v *View) panel(key, title string, bars []*bar, more ...fyne.CanvasObject) fyne.CanvasObject {
	// As wide in every panel, for the strokes to be of one scale.
	widest := fyne.MeasureText("1 000 · 100 %", size(fynetheme.SizeNameCaptionText), fyne.TextStyle{}).Width
	for _, b := range bars {
		widest = fyne.Max(widest, fyne.MeasureText(b.figure, size(fynetheme.SizeNameCaptionText), fyne.TextStyle{}).Width)
	}
	list := widgets.Column(0)
	for _, b := range bars {
		b.figureWidth, b.onFocus, b.onMove = widest, v.uncover, v.move(key)
		list.Add(b)
	}
	v.charts[key] = bars
	name := widgets.NewBold(title)
	content := widgets.Column(6, widgets.Inset(8, 0, name), list)
	for _, m := range more {
		content.Add(m)
	}
	return container.NewStack(widgets.NewBlockGround(), widgets.Inset(8, 12, content))
}

// move gives the keyboard to the bar beside.
func (v *View) move(key string) func(*bar, int) {
	return func(b *bar, step int) {
		bars := v.charts[key]
		if i := slices.Index(bars, b) + step; i >= 0 && i < len(bars) {
			v.window.Canvas().Focus(bars[i])
		}
	}
}

// uncover scrolls until the bar that has the keyboard is in view.
func (v *View) uncover(b *bar) {
	if v.scroll == nil {
		return
	}
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(b).Y - driver.AbsolutePositionForObject(v.scroll).Y
	offset, height := v.scroll.Offset, v.scroll.Size().Height
	switch {
	case top < 0:
		offset.Y += top - barHeight
	case top+barHeight > height:
		offset.Y += top + 2*barHeight - height
	default:
		return
	}
	offset.Y = fyne.Max(0, offset.Y)
	v.scroll.ScrollToOffset(offset)
}

// counted says a figure with its share of all entries.
func (v *View) counted(n int) string {
	if v.figures.Partnerships == 0 {
		return whole(n)
	}
	percent := n * 100 / v.figures.Partnerships
	if percent == 0 && n > 0 {
		return i18n.T("%s · < 1 %%", whole(n))
	}
	return i18n.T("%s · %d %%", whole(n), percent)
}

func (v *View) part(n int) float32 { return float32(n) / float32(max(1, v.figures.Partnerships)) }

func (v *View) freshness() fyne.CanvasObject {
	tones := []fyne.ThemeColorName{fynetheme.ColorNameSuccess, fynetheme.ColorNamePrimary, fynetheme.ColorNameWarning,
		fynetheme.ColorNameError}
	var bars []*bar
	var stacked []segment
	for i, b := range v.figures.Freshness {
		label := freshnessLabel(b.Value)
		bars = append(bars, newBar(label, v.counted(b.Count), v.part(b.Count), tones[i], v.query(b.Query, label)))
		stacked = append(stacked, segment{tones[i], v.part(b.Count)})
	}
	return v.panel("freshness", i18n.T("Dernière vérification"), bars, widgets.Inset(8, 4, newStrip(stacked)))
}

func freshnessLabel(value string) string {
	switch value {
	case "moins-1-an":
		return i18n.T("Depuis moins d’un an")
	case "1-a-2-ans":
		return i18n.T("Il y a un à deux ans")
	case "plus-2-ans":
		return i18n.T("Il y a plus de deux ans")
	}
	return i18n.T("Jamais vérifiées")
}

func (v *View) completeness() fyne.CanvasObject {
	var bars []*bar
	for _, b := range v.figures.Completeness {
		tone := fynetheme.ColorNamePrimary
		if b.Count == v.figures.Partnerships {
			tone = fynetheme.ColorNameSuccess
		}
		bars = append(bars, newBar(completenessLabel(b.Value), v.counted(b.Count), v.part(b.Count), tone,
			func() { v.ShowLacking(b.Value) }))
	}
	return v.panel("completeness", i18n.T("Rubriques remplies"), bars)
}

func completenessLabel(value string) string {
	switch value {
	case "theme":
		return i18n.T("Thématique")
	case "objectives":
		return i18n.T("Objectifs")
	case "contact":
		return i18n.T("Interlocuteur publiable")
	case "convention":
		return i18n.T("Convention")
	case "project":
		return i18n.T("Projet")
	}
	return i18n.T("Position sur la carte")
}

// chart shows the bars of a facet, the first ones unless all are asked for. A
// stroke is a share of all partnerships, as in every other panel: the eye
// compares them from one to the next.
func (v *View) chart(c atlas.FigureChart) fyne.CanvasObject {
	shown := c.Bars
	if len(shown) > fewBars+1 && !v.whole[c.Facet] && !c.Ordered {
		shown = shown[:fewBars]
	}
	var bars []*bar
	for _, b := range shown {
		label := barLabel(c.Facet, b)
		bars = append(bars, newBar(label, v.counted(b.Count), v.part(b.Count), fynetheme.ColorNamePrimary,
			v.query(b.Query, label)))
	}
	var more []fyne.CanvasObject
	if hidden := len(c.Bars) - len(shown); hidden > 0 || v.whole[c.Facet] {
		words := i18n.T("Réduire")
		if hidden > 0 {
			words = i18n.N("Voir %s autre", "Voir les %s autres", hidden, whole(hidden))
		}
		button := widgets.NewQuietButton(words, "", func() {
			v.whole[c.Facet] = !v.whole[c.Facet]
			v.show()
		})
		more = append(more, container.NewHBox(button))
	}
	return v.panel(c.Facet, chartTitle(c.Facet), bars, more...)
}

func barLabel(facet string, b atlas.Figure) string {
	switch facet {
	case "decade":
		return i18n.T("Années %s", b.Value)
	case "status", "type", "level":
		return i18n.T(b.Label)
	}
	return b.Label
}

func chartTitle(facet string) string {
	switch facet {
	case "theme":
		return i18n.T("Thématiques")
	case "country":
		return i18n.T("Pays")
	case "decade":
		return i18n.T("Décennie de la première convention")
	case "level":
		return i18n.T("Niveau des collectivités")
	case "region":
		return i18n.T("Régions françaises")
	case "status":
		return i18n.T("Statut")
	case "type":
		return i18n.T("Type de partenariat")
	}
	return i18n.T("Financeurs")
}
