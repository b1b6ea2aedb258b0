package partnerships

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// facetKey is a facet of the left column, by its key in workspace.Result.
type facetKey struct {
	key, title string
	few        int
}

func facetKeys() []facetKey {
	return []facetKey{
		{"status", i18n.T("Statut"), 5}, {"type", i18n.T("Type"), 4},
		{"country", i18n.T("Pays"), 6}, {"theme", i18n.T("Thématiques"), 7},
	}
}

// Facets are the ticks of the left column, with live counts.
type Facets struct {
	widget.BaseWidget
	// OnExclude hears that a value is to be put aside.
	OnExclude func(key, value string)

	facets map[string]*widgets.Facet
	labels map[string]string // "theme/3.1" -> label, of every value ever shown
	all    *fyne.Container
}

func newFacets(changed func(key string, values []string)) *Facets {
	f := &Facets{facets: map[string]*widgets.Facet{}, labels: map[string]string{}, all: widgets.Column(8)}
	for _, k := range facetKeys() {
		more := func(hidden int) string {
			return i18n.N("Afficher %s autre", "Afficher %s autres", hidden, repertoire.Thousands(int64(hidden)))
		}
		facet := widgets.NewFacet(k.title, k.few, more, i18n.T("Afficher moins"))
		facet.OnChanged = func(values []string) { changed(k.key, values) }
		facet.OnExclude = func(value string) {
			if f.OnExclude != nil {
				f.OnExclude(k.key, value)
			}
		}
		facet.Hide()
		f.facets[k.key] = facet
		f.all.Add(facet)
	}
	f.ExtendBaseWidget(f)
	return f
}

// Facet gives one facet by its key.
func (f *Facets) Facet(key string) *widgets.Facet { return f.facets[key] }

// show ticks what the state says.
func (f *Facets) show(s *State) {
	for key, facet := range f.facets {
		facet.SetPicked(*s.facet(key))
	}
}

// fill shows new counts. A ticked value without any record stays, with 0.
func (f *Facets) fill(counts map[string][]searches.FacetValue, s *State) {
	grown := false
	for key, facet := range f.facets {
		seen := map[string]bool{}
		var lines []widgets.FacetLine
		add := func(value, label string, count int) {
			if value == "" || seen[value] {
				return
			}
			seen[value] = true
			lines = append(lines, widgets.FacetLine{Value: value, Label: label, Count: repertoire.Thousands(int64(count))})
		}
		for _, v := range counts[key] {
			label := v.Label
			// Themes and countries are data; the closed lists are the window's.
			if key == "status" || key == "type" {
				label = i18n.T(label)
			}
			f.labels[key+"/"+v.Value] = label
			add(v.Value, label, v.Count)
		}
		for _, v := range *s.facet(key) {
			add(v, f.label(key, v), 0)
		}
		before, shown := facet.MinSize(), facet.Visible()
		facet.SetLines(lines)
		facet.SetPicked(*s.facet(key))
		grown = grown || facet.MinSize() != before || facet.Visible() != shown
	}
	if grown {
		f.all.Refresh()
	}
}

func (f *Facets) label(key, value string) string {
	if l := f.labels[key+"/"+value]; l != "" {
		return l
	}
	return value
}

// CreateRenderer is Fyne's.
func (f *Facets) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.all) }
