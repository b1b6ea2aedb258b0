package directories

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
)

// Lister is what the column asks of the workspace.
type Lister interface {
	Records() *records.Room
}

// Sidebar lists the répertoires.
type Sidebar struct {
	widget.BaseWidget
	// OnChosen hears the répertoire to show, the zero value for all of them.
	OnChosen func(d records.DirectorySummary)
	// OnListed hears that other répertoires are listed than before.
	OnListed func()
	// OnNew is asked for one more.
	OnNew func()
	// Menu gives what can be done with a répertoire, shown by the right button.
	Menu func(d records.DirectorySummary) []*fyne.MenuItem
	// OnError hears what went wrong while reading.
	OnError func(error)

	door   Lister
	latest *task.Latest
	list   []records.DirectorySummary
	chosen string // slug, "" for all
	add    *widgets.IconButton
	lines  *fyne.Container
	items  []*widgets.NavItem
	column *fyne.Container
	all    *fyne.Container
}

// New returns the column with the parts that stand below the répertoires.
func New(door Lister, pace task.Pace, below ...fyne.CanvasObject) *Sidebar {
	s := &Sidebar{door: door, latest: task.NewLatest(pace.Run), lines: widgets.Column(0)}
	heading := widgets.NewCaption(i18n.T("Répertoires"))
	heading.Bold = true
	s.add = widgets.NewIconButton("add", i18n.T("Nouveau répertoire"), func() {
		if s.OnNew != nil {
			s.OnNew()
		}
	}).Small()
	head := container.NewBorder(nil, nil, nil, s.add, widgets.Inset(8, 4, heading))
	s.column = widgets.Column(4, head, s.lines)
	for _, part := range below {
		s.column.Add(widgets.Inset(0, 6, widgets.Rule()))
		s.column.Add(part)
	}
	s.all = container.NewStack(widgets.NewBackground(theme.ColorSidebar), container.NewVScroll(widgets.Inset(8, 8, s.column)))
	s.ExtendBaseWidget(s)
	return s
}

// Reload reads the répertoires again.
func (s *Sidebar) Reload() {
	s.latest.Do(func(ctx context.Context) func() {
		list, err := s.door.Records().Directories(ctx)
		return func() {
			if err != nil {
				if s.OnError != nil {
					s.OnError(err)
				}
				return
			}
			s.fill(list)
		}
	})
}

func (s *Sidebar) fill(list []records.DirectorySummary) {
	if slices.EqualFunc(list, s.list, func(a, b records.DirectorySummary) bool {
		return a.Slug == b.Slug && a.Short == b.Short && a.Partnerships == b.Partnerships
	}) && len(s.items) > 0 {
		return
	}
	others := !slices.EqualFunc(list, s.list, func(a, b records.DirectorySummary) bool { return a.Slug == b.Slug && a.Short == b.Short })
	s.list = list
	// A partnership may be in several répertoires: their sum would not be the
	// number of all, so "all" has no count.
	s.items = []*widgets.NavItem{widgets.NewNavItem("books", i18n.T("Tous les partenariats"), "", func() { s.Choose("") })}
	for _, d := range list {
		item := widgets.NewNavItem("book", d.Short, repertoire.Thousands(int64(d.Partnerships)), func() { s.Choose(d.Slug) })
		item.OnMenu = func(at fyne.Position) { s.showMenu(d, at) }
		s.items = append(s.items, item)
	}
	s.lines.Objects = nil
	for _, item := range s.items {
		s.lines.Add(item)
	}
	s.mark()
	s.Relayout()
	if others && s.OnListed != nil {
		s.OnListed()
	}
}

// Relayout lays the whole column out again: what stands below a part that grew
// moves.
func (s *Sidebar) Relayout() {
	s.all.Refresh()
	s.column.Refresh()
}

// showMenu shows at a point of the window what can be done with a répertoire.
func (s *Sidebar) showMenu(d records.DirectorySummary, at fyne.Position) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s)
	if s.Menu == nil || canvas == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", s.Menu(d)...), canvas, at)
}

// List gives the répertoires as last read.
func (s *Sidebar) List() []records.DirectorySummary { return s.list }

// Items gives the lines, "all" first.
func (s *Sidebar) Items() []*widgets.NavItem { return s.items }

// Chosen gives the répertoire in view, the zero value for all.
func (s *Sidebar) Chosen() records.DirectorySummary { return s.find(s.chosen) }

func (s *Sidebar) find(slug string) records.DirectorySummary {
	for _, d := range s.list {
		if d.Slug == slug {
			return d
		}
	}
	return records.DirectorySummary{}
}

// Choose shows a répertoire, "" for all.
func (s *Sidebar) Choose(slug string) {
	s.chosen = slug
	s.mark()
	if s.OnChosen != nil {
		s.OnChosen(s.find(slug))
	}
}

func (s *Sidebar) mark() {
	for i, item := range s.items {
		item.SetOn(i == 0 && s.chosen == "" || i > 0 && s.list[i-1].Slug == s.chosen)
	}
}

// CreateRenderer is Fyne's.
func (s *Sidebar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.all) }
