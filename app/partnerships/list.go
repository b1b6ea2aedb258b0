package partnerships

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// List shows the partnerships of a répertoire and finds among them.
type List struct {
	widget.BaseWidget
	// OnOpen hears that a row became the current one; "" when none is.
	OnOpen func(id repertoire.ID)
	// OnNew hears the button that adds a partnership.
	OnNew func()
	// OnActivated hears a double click on a row, or Enter.
	OnActivated func()
	// OnTyping and OnShown hear a key in the search box, and that the rows
	// answer what stands in it.
	OnTyping, OnShown func()
	// OnStatus hears a sentence about what the list shows.
	OnStatus func(string)
	// OnSay hears what came of work; without it the list says it itself.
	OnSay func(widgets.Tone, string)
	// OnBook and OnMap hear that a book, or a map, of all that is shown is
	// wanted; nil leaves them out of the menu.
	OnBook func(q searches.Query, title string, count int)
	OnMap  func(q searches.Query)

	// Beginning gives the first steps in a folder that holds nothing yet; nil
	// for none.
	Beginning func() fyne.CanvasObject
	// OnTrash hears that the open entry goes to the trash; nil leaves it out
	// of the menu of a row.
	OnTrash func()
	// OnDrag and OnDrop hear where in the window selected rows are dragged.
	OnDrag, OnDrop func(at fyne.Position)

	// OnNewList hears that selected partnerships are to be a list of their own.
	OnNewList func(ids []repertoire.ID)

	directories []records.DirectorySummary // for the menu of the rows
	lists       []searches.SavedList       // too

	door Finder
	// locator is nil when the door knows no places.
	// completer is nil when the door finishes no words.
	pace  task.Pace
	state State
	pages *pages
	first *task.Latest // the first page, with counts
	open  repertoire.ID

	title  *widgets.Text
	search *widgets.SearchBox
	chips  *chipLine // what narrows the list
	read   *chipLine // what was understood, under the search box
	hint   *chipLine // "did you mean", under it
	head   *fyne.Container
	notice *widgets.Notice
	table  *widgets.Table
	empty  *fyne.Container
	facets *Facets
	all    *fyne.Container
	bar    *pickedBar
	offers *offers
	more   *widgets.IconButton // the menu of the results
	slow   func()              // says that reading takes its time
	asking bool                // an answer is awaited
	quiet  bool                // while a new state is shown, widgets do not ask again
}

// NewList returns a list that shows nothing until Restore.
func NewList(door Finder, pace task.Pace) *List {
	l := &List{door: door, pace: pace, pages: newPages(pageSize), first: task.NewLatest(pace.Run)}
	l.title = widgets.NewTitle("")
	l.search = widgets.NewSearchBox(i18n.T("Rechercher : mots, thème:eau, pays:MG…"), pace.Typing)
	l.search.OnSearch = func(text string) {
		if text != l.state.Text {
			l.state.Text = text
			l.reload(true)
			l.offers.complete(text)
		}
	}
	l.search.OnDown = l.FocusRows
	l.search.OnTyping = func() {
		if l.OnTyping != nil {
			l.OnTyping()
		}
	}
	l.chips, l.hint, l.read = newChipLine(), newChipLine(), newChipLine()
	l.notice = widgets.NewNotice()
	l.table = widgets.NewTable(columns(), func() int { return l.pages.total }, l.cells)
	l.table.List.OnCurrent = l.current
	l.table.List.OnVisible = l.visible
	l.table.List.OnPicked = l.picked
	l.table.List.OnActivated = func(int) { tell(l.OnActivated) }
	l.table.OnResized = keepWidth
	l.table.Folds = true
	restoreWidths(l.table)
	restoreOff(l.table)
	l.table.OnHeadMenu, l.table.List.OnMenu = l.headMenu, l.rowMenu
	l.table.List.OnDrag = func(at fyne.Position) {
		if l.OnDrag != nil {
			l.OnDrag(at)
		}
	}
	l.table.List.OnDrop = func(at fyne.Position) {
		if l.OnDrop != nil {
			l.OnDrop(at)
		}
	}
	l.table.OnSort = func(key string, descending bool) {
		l.state.Sort, l.state.Descending, l.state.Near = searches.Sort(key), descending, nil
		l.reload(true)
	}
	l.slow = task.Later(pace.Preview, l.showSlow)
	l.empty = container.NewStack()
	l.empty.Hide()
	l.facets = newFacets(func(key string, values []string) {
		*l.state.facet(key) = values
		l.reload(true)
	})
	add := widgets.NewIconButton("add", i18n.T("Nouveau partenariat (Ctrl+N)"), func() {
		if l.OnNew != nil {
			l.OnNew()
		}
	})
	l.more = widgets.NewIconButton("more", i18n.T("Que faire de ces résultats"), l.showResultMenu)
	l.bar = newPickedBar(l)
	l.offers = newOffers(l)
	l.head = widgets.Column(0, widgets.Inset(12, 8, widgets.Column(6,
		container.NewBorder(nil, nil, nil, widgets.Line(2, l.more, add), l.title), l.search, l.offers.panel, l.read.Container,
		l.chips.Container, l.hint.Container, l.bar.Container)), l.notice, widgets.Rule())
	l.all = container.NewBorder(l.head, nil, nil, nil, container.NewStack(l.table, l.empty))
	l.ExtendBaseWidget(l)
	return l
}

// State gives what is needed to show the list again as it is.
func (l *List) State() State { return l.state }

// Facets gives the ticks, for the left column.
func (l *List) Facets() *Facets { return l.facets }

// Restore shows another state from its first row.
func (l *List) Restore(s State) {
	l.state = s
	l.quiet = true
	l.search.SetText(s.Text)
	l.quiet = false
	l.title.SetText(s.Title)
	l.facets.OnExclude = l.exclude
	l.facets.show(&l.state)
	l.reload(true)
}

// Reload reads again what is shown, and stays where it is.
func (l *List) Reload() { l.reload(false) }

// ClearFilters takes search and ticks away.
func (l *List) ClearFilters() { l.Restore(l.state.unfiltered()) }

// FocusSearch puts the cursor into the search box.
func (l *List) FocusSearch() { l.focus(l.search) }

// FocusRows gives the keyboard to the rows, on the first one if none is
// current.
func (l *List) FocusRows() {
	l.focus(l.table.List)
	if l.table.List.Selection().Current < 0 && l.pages.total > 0 {
		l.table.List.Select(0)
	}
}

func (l *List) focus(w fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(w)
	}
}

// Open gives the record shown as current.
func (l *List) Open() repertoire.ID { return l.open }

// Mark shows the record as current when it is among the rows read.
func (l *List) Mark(id repertoire.ID) {
	l.open = id
	l.table.List.Mark(l.pages.find(id))
}

// reload asks for the first page and the counts; a page further down follows
// when it comes into view.
func (l *List) reload(top bool) {
	if l.quiet {
		return
	}
	if l.chipsOf() {
		l.headGrown()
	}
	l.table.ShowSort(string(l.state.shownSort()), l.state.Descending)
	state := l.state
	l.asking = true
	l.first.Do(func(ctx context.Context) func() {
		result, err := l.door.Searches().Search(ctx, state.query(0, state.pageSize(), true))
		return func() { l.publish(result, err, top) }
	})
	if l.asking {
		l.slow()
	}
}

// showSlow says why there is nothing yet: the index of a folder that comes
// from elsewhere is made again before anything can be found.
func (l *List) showSlow() {
	if !l.asking {
		return
	}
	if l.OnStatus != nil {
		l.OnStatus(i18n.T("Recherche en cours…"))
	}
	if l.pages.total > 0 {
		return
	}
	l.empty.Objects = []fyne.CanvasObject{widgets.NewEmpty("clock", i18n.T("Lecture des partenariats…"),
		i18n.T("À la première ouverture d’un dossier, l’index de recherche se construit : cela peut prendre quelques instants."))}
	l.empty.Show()
	l.table.Hide()
	l.empty.Refresh()
}

func (l *List) publish(r searches.Result, err error, top bool) {
	l.asking = false
	if err != nil {
		l.notice.Say(widgets.Failure, err.Error())
		return
	}
	l.notice.Dismiss()
	l.pages = newPages(l.state.pageSize())
	l.pages.total = r.Total
	l.pages.rows[0], l.pages.asked[0] = r.Hits, true
	l.facets.fill(r.Facets, &l.state)
	read, hint := l.understood(r.Understood), l.suggest(r)
	if read || hint {
		l.headGrown()
	}
	l.showEmpty()
	l.arrange()
	l.table.Renew(top, l.pages.find(l.open))
	if l.OnStatus != nil {
		l.OnStatus(counted(r.Total, l.state.Filtered()))
	}
	if l.OnShown != nil && l.search.Text == l.state.Text {
		l.OnShown()
	}
}

func counted(n int, filtered bool) string {
	written := repertoire.Thousands(int64(n))
	if filtered {
		return i18n.N("%s partenariat trouvé", "%s partenariats trouvés", n, written)
	}
	return i18n.N("%s partenariat", "%s partenariats", n, written)
}

// visible reads the pages that came into view.
func (l *List) visible(first, last int) {
	for _, n := range l.pages.missing(first, last) {
		pages, state := l.pages, l.state
		l.pace.Run(func() {
			result, err := l.door.Searches().Search(context.Background(), state.query(n*pages.size, pages.size, false))
			fyne.Do(func() {
				// Another search replaced these pages: the answer is stale.
				if pages != l.pages {
					return
				}
				if err != nil {
					delete(pages.asked, n)
					l.notice.Say(widgets.Failure, err.Error())
					return
				}
				pages.rows[n] = result.Hits
				l.table.List.Refresh()
			})
		})
	}
}

func (l *List) current(row int) {
	if row < 0 {
		return
	}
	hit, ok := l.pages.row(row)
	if !ok || hit.ID == l.open {
		return
	}
	l.open = hit.ID
	if l.OnOpen != nil {
		l.OnOpen(hit.ID)
	}
}

// cells is what the table shows of a row.
func (l *List) cells(i int) []widgets.Cell {
	hit, ok := l.pages.row(i)
	if !ok {
		return nil
	}
	title := hit.Title
	if hit.Fictitious {
		title += " · " + i18n.T("fictif")
	}
	if l.state.Near != nil && hit.Distance >= 0 {
		title += " · " + kilometres(hit.Distance)
	}
	below := l.passage(hit)
	if country := l.door.CountryName(hit.Country); below.Text != "" && country != "" && l.table.Folded() {
		below.Lead = strings.TrimSuffix(country+" · "+below.Lead, " · ") // its column has no room
	}
	return []widgets.Cell{
		{Text: title, Below: below, Aside: l.summary(hit)},
		{Text: l.door.CountryName(hit.Country), Muted: true},
		{Text: i18n.T(repertoire.Types.Label(hit.Type)), Muted: true},
		{Text: i18n.T(repertoire.Statuses.Label(hit.Status)), Muted: true, Dot: statusColour(hit.Status)},
		{Text: l.door.ThemeLabel(hit.Theme), Muted: true},
		{Text: hit.Verified.Field(), Muted: true},
	}
}

// statusColour is the mark of a status.
func statusColour(s repertoire.Status) fyne.ThemeColorName {
	switch s {
	case repertoire.StatusActive:
		return fynetheme.ColorNameSuccess
	case repertoire.StatusPlanned:
		return fynetheme.ColorNamePrimary
	case repertoire.StatusDormant, repertoire.StatusSuspended:
		return fynetheme.ColorNameWarning
	case repertoire.StatusEnded:
		return fynetheme.ColorNameDisabled
	}
	return ""
}

// CreateRenderer is Fyne's.
func (l *List) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.all) }

// headGrown makes room for what changed over the rows, which are not drawn again.
func (l *List) headGrown() {
	l.head.Refresh()
	l.all.Layout.Layout(l.all.Objects, l.all.Size())
}

// chipsOf shows what narrows the list, each removable, and tells whether that is
// something else than before.
func (l *List) chipsOf() bool {
	var chips []chip
	add := func(key, label string, remove func()) {
		chips = append(chips, chip{key + " " + label, func() fyne.CanvasObject { return widgets.NewRemovableChip(label, remove) }})
	}
	if l.state.Near != nil {
		add("near", i18n.T("Distance depuis %s", l.state.Near.Label), func() { l.SortByDistance(nil) })
	}
	for _, f := range facetKeys() {
		for _, v := range l.state.Exclude[f.key] {
			add("not "+f.key+"/"+v, i18n.T("sauf %s", l.facets.label(f.key, v)), func() { l.exclude(f.key, v) })
		}
	}
	for _, f := range facetKeys() {
		for _, v := range *l.state.facet(f.key) {
			add(f.key+"/"+v, l.facets.label(f.key, v), func() {
				*l.state.facet(f.key) = without(*l.state.facet(f.key), v)
				l.facets.show(&l.state)
				l.reload(true)
			})
		}
	}
	if len(chips) > 1 {
		chips = append(chips, chip{"", func() fyne.CanvasObject {
			return widgets.NewActionChip(i18n.T("Tout effacer"), "", l.ClearFilters)
		}})
	}
	return l.chips.show(chips)
}

// suggest offers other spellings when nothing, or little, was found.
func (l *List) suggest(r searches.Result) bool {
	var chips []chip
	for _, c := range r.Corrections {
		chips = append(chips, chip{c.Label + "\x00" + c.Text + "\x00" + string(c.Facet), func() fyne.CanvasObject {
			return widgets.NewActionChip(c.Label, "", func() { l.correct(c) })
		}})
	}
	return l.hint.show(chips)
}

// correct asks the better question: other words, or one filter less.
func (l *List) correct(c searches.Correction) {
	state := l.state
	state.Text = c.Text
	if ticks := state.facet(string(c.Facet)); ticks != nil {
		*ticks = nil
	}
	l.Restore(state)
}

func (l *List) showEmpty() {
	l.empty.Hidden = l.pages.total > 0
	l.table.Hidden = !l.empty.Hidden
	if l.empty.Hidden {
		return
	}
	add := func() {
		if l.OnNew != nil {
			l.OnNew()
		}
	}
	if l.state.Filtered() {
		l.empty.Objects = []fyne.CanvasObject{widgets.NewEmpty("search", i18n.T("Aucun partenariat ne correspond"),
			i18n.T("Essayez un mot de moins, une autre orthographe, ou effacez les filtres."),
			widgets.NewButton(i18n.T("Effacer les filtres"), "", l.ClearFilters))}
	} else if l.state.List != "" {
		l.empty.Objects = []fyne.CanvasObject{widgets.NewEmpty("star", i18n.T("Cette liste est vide"),
			i18n.T("Ses fiches sont à la corbeille. Glissez-en d’autres sur son nom, à gauche."))}
	} else if l.Beginning != nil && l.state.Directory == "" {
		l.empty.Objects = []fyne.CanvasObject{l.Beginning()}
	} else {
		l.empty.Objects = []fyne.CanvasObject{widgets.NewEmpty("books", i18n.T("Aucun partenariat ici"),
			i18n.T("Ajoutez le premier : choisissez la collectivité française et sa partenaire, le reste peut attendre."),
			widgets.NewMainButton(i18n.T("Nouveau partenariat"), "add", add))}
	}
	l.empty.Refresh()
}
