package lists

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// Door is what the section asks of the workspace.
type Door interface {
	Searches() *searches.Room
}

// Section is the part of the left column that holds the lists.
type Section struct {
	widget.BaseWidget
	// OnChosen hears the list to show.
	OnChosen func(searches.SavedList)
	// Current gives the search in view, to be kept under a name.
	Current func() repertoire.SavedList
	// Within gives the list filled by hand that the search in view is asked in, ""
	// for none.
	Within func() repertoire.ID
	// OnListed hears that the section has other lines than before.
	OnListed func()
	// OnGone hears that the list in view is deleted.
	OnGone func()
	// OnSay hears what came of keeping or deleting.
	OnSay func(widgets.Tone, string)

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	lists   []searches.SavedList
	items   []*widgets.NavItem
	on      repertoire.ID
	lines   *fyne.Container
	all     *fyne.Container
}

// New returns an empty section; its questions open in window.
func New(door Door, pace task.Pace, window fyne.Window) *Section {
	s := &Section{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), lines: widgets.Column(0)}
	heading := widgets.NewCaption(i18n.T("Listes"))
	heading.Bold = true
	keep := widgets.NewIconButton("add", i18n.T("Garder la recherche sous un nom"), s.AskKeep).Small()
	s.all = widgets.Column(4, container.NewBorder(nil, nil, nil, keep, widgets.Inset(8, 4, heading)), s.lines)
	s.ExtendBaseWidget(s)
	return s
}

// Reload reads the lists and their counts again.
func (s *Section) Reload() {
	s.reading.Do(func(ctx context.Context) func() {
		lists, err := s.door.Searches().SavedLists(ctx)
		return func() {
			if err != nil {
				s.say(widgets.Failure, err.Error())
				return
			}
			s.fill(lists)
		}
	})
}

func (s *Section) fill(lists []searches.SavedList) {
	s.lists, s.items, s.lines.Objects = lists, nil, nil
	for _, l := range lists {
		icon, name := "star", l.Name
		if l.Smart {
			icon, name = "filter", i18n.T(l.Name)
		}
		item := widgets.NewNavItem(icon, name, repertoire.Thousands(int64(l.Count)), func() { s.choose(l) })
		if !l.Smart {
			item.OnMenu = func(at fyne.Position) { s.menu(l, at) }
		}
		item.SetOn(l.ID == s.on)
		s.items = append(s.items, item)
		s.lines.Add(item)
	}
	s.lines.Refresh()
	s.all.Refresh()
	s.Refresh()
	if s.OnListed != nil {
		s.OnListed()
	}
}

// Items gives the lines, the desk's own lists first.
func (s *Section) Items() []*widgets.NavItem { return s.items }

// Own gives the lists of the folder's own.
func (s *Section) Own() []searches.SavedList {
	return slices.DeleteFunc(slices.Clone(s.lists), func(l searches.SavedList) bool { return l.Smart })
}

// At gives the list whose line stands at a point of the window, and shows it as
// the one things would be dropped on; one that fills itself is given and not
// shown so.
func (s *Section) At(at fyne.Position) (searches.SavedList, bool) {
	var found searches.SavedList
	ok := false
	for i, item := range s.items {
		in := s.Visible() && widgets.Within(item, at)
		item.SetTarget(in && !s.lists[i].Smart)
		if in {
			found, ok = s.lists[i], true
		}
	}
	return found, ok
}

// Unmark ends the showing of where things would be dropped.
func (s *Section) Unmark() {
	for _, item := range s.items {
		item.SetTarget(false)
	}
}

// SetOn shows which list is in view, "" for none.
func (s *Section) SetOn(id repertoire.ID) {
	s.on = id
	for i, item := range s.items {
		item.SetOn(s.lists[i].ID == id)
	}
}

// On gives the list in view, "" for none.
func (s *Section) On() repertoire.ID { return s.on }

func (s *Section) choose(l searches.SavedList) {
	if s.OnChosen != nil {
		s.OnChosen(l)
	}
	s.SetOn(l.ID)
}

func (s *Section) menu(l searches.SavedList, at fyne.Position) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s)
	if canvas == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("",
		fyne.NewMenuItem(i18n.T("Renommer…"), func() { s.askName(l.SavedList, "") }),
		fyne.NewMenuItem(i18n.T("Remplacer par la recherche en cours"), func() { s.replace(l.SavedList) }),
		fyne.NewMenuItem(i18n.T("Monter"), func() {
			s.do("",
				func(ctx context.Context) error { return s.door.Searches().MoveList(ctx, l.ID, -1) })
		}),
		fyne.NewMenuItem(i18n.T("Descendre"), func() {
			s.do("",
				func(ctx context.Context) error { return s.door.Searches().MoveList(ctx, l.ID, 1) })
		}),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Supprimer"), func() { s.delete(l) })), canvas, at)
}

func (s *Section) delete(l searches.SavedList) {
	if l.ID == s.on && s.OnGone != nil {
		s.OnGone()
	}
	s.do(i18n.T("La liste « %s » est supprimée ; Ctrl+Maj+Z la rend.", l.Name),
		func(ctx context.Context) error { return s.door.Searches().DeleteList(ctx, l.ID) })
}

// AskKeep asks under which name the search in view is kept.
func (s *Section) AskKeep() {
	if s.Current == nil {
		return
	}
	l := s.Current()
	l.ID, l.Name = "", l.Text
	s.askName(l, s.within())
}

// AskPicked asks under which name some partnerships are kept.
func (s *Section) AskPicked(ids []repertoire.ID) { s.askName(repertoire.SavedList{Added: ids}, "") }

func (s *Section) within() repertoire.ID {
	if s.Within == nil {
		return ""
	}
	return s.Within()
}

// keep writes a list; what is found within one filled by hand is kept as it is.
func (s *Section) keep(ctx context.Context, l repertoire.SavedList, within repertoire.ID) (repertoire.SavedList, error) {
	if within != "" {
		return s.door.Searches().KeepWithin(ctx, l, within)
	}
	return s.door.Searches().SaveList(ctx, l)
}

func (s *Section) replace(l repertoire.SavedList) {
	if s.Current == nil {
		return
	}
	now := s.Current()
	now.ID, now.Name, now.Rank, now.Version = l.ID, l.Name, l.Rank, l.Version
	within := s.within()
	s.do(i18n.T("La liste « %s » est gardée.", l.Name), func(ctx context.Context) error {
		_, err := s.keep(ctx, now, within)
		return err
	})
}

func (s *Section) askName(l repertoire.SavedList, within repertoire.ID) {
	name, notice := widgets.NewEntry(), widgets.NewNotice()
	name.SetText(l.Name)
	m := widgets.NewModal(i18n.T("Garder la recherche"),
		widgets.Column(8, widgets.NewField("name", i18n.T("Nom de la liste"), name), notice), s.window)
	keep := func() {
		l.Name = name.Text
		s.pace.Run(func() {
			saved, err := s.keep(context.Background(), l, within)
			fyne.Do(func() {
				if err != nil {
					notice.Say(widgets.Failure, err.Error())
					return
				}
				m.Close()
				s.on = saved.ID
				s.say(widgets.Success, i18n.T("La liste « %s » est gardée.", saved.Name))
				s.Reload()
			})
		})
	}
	name.OnSubmitted = func(string) { keep() }
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(i18n.T("Garder"), "save", keep))
	m.Show(520, 0)
	m.Propose(name)
}

// do changes lists off the interface thread and reads them again.
func (s *Section) do(said string, work func(ctx context.Context) error) {
	s.pace.Run(func() {
		err := work(context.Background())
		fyne.Do(func() {
			if err != nil {
				s.say(widgets.Failure, err.Error())
				return
			}
			if said != "" {
				s.say(widgets.Success, said)
			}
			s.Reload()
		})
	})
}

func (s *Section) say(tone widgets.Tone, sentence string) {
	if s.OnSay != nil {
		s.OnSay(tone, sentence)
	}
}

// CreateRenderer is Fyne's.
func (s *Section) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.all) }
