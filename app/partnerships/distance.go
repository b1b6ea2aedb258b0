package partnerships

import (
	"context"
	"math"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// AskDistance asks for a place and puts the nearest partnerships first.
func (l *List) AskDistance() {
	w := l.window()
	if w == nil {
		return
	}
	place, notice := widgets.NewEntry(), widgets.NewNotice()
	place.PlaceHolder = i18n.T("Une collectivité, un lieu : Lille, Saint-Denis (La Réunion), Dakar…")
	modal := widgets.NewModal(i18n.T("Trier par distance"), widgets.Column(8, notice, widgets.NewField("place", i18n.T("Depuis"), place)),
		w)
	sorts := func() {
		text := strings.TrimSpace(place.Text)
		if text == "" {
			return
		}
		l.pace.Run(func() {
			at, err := l.door.Atlas().Locate(context.Background(), text)
			fyne.Do(func() {
				if err != nil {
					notice.Say(widgets.Failure, err.Error())
					modal.Resize(560, 0)
					return
				}
				modal.Close()
				l.SortByDistance(&at)
			})
		})
	}
	place.OnSubmitted = func(string) { sorts() }
	modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", modal.Close), widgets.NewMainButton(i18n.T("Trier"), "", sorts))
	modal.Show(560, 0)
	modal.Focus(place)
}

// SortByDistance puts the partnerships nearest to a place first; nil goes back
// to the usual order.
func (l *List) SortByDistance(from *searches.Point) {
	l.state.Near, l.state.Sort, l.state.Descending = from, "", false
	if from != nil {
		l.state.Sort = searches.SortDistance
	}
	l.reload(true)
}

// exclude puts a value of a facet aside, or takes it back.
func (l *List) exclude(key, value string) { l.Restore(l.state.excluding(key, value)) }

// kilometres writes a distance as people say it.
func kilometres(d float64) string {
	return repertoire.Thousands(int64(math.Round(d))) + "\u00a0km"
}
