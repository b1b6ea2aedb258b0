package shell

import (
	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/partnerships"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// wireLists joins the saved searches to the list.
func (r *recordsPlace) wireLists() {
	r.lists.OnSay = r.desk.say
	r.lists.OnListed = func() {
		r.sidebar.Relayout()
		r.list.LearnLists(r.lists.Own())
		r.renew()
	}
	r.lists.OnChosen = r.showList
	r.lists.OnGone = func() { r.sidebar.Choose("") }
	r.lists.Current = func() repertoire.SavedList {
		s := r.list.State()
		return repertoire.SavedList{Text: s.Text, Directory: s.Directory, Themes: s.Themes, Countries: s.Countries, Statuses: s.Statuses,
			Types: s.Types, Exclude: s.Exclude, Sort: string(s.Sort), Descending: s.Descending}
	}
	r.lists.Within = func() repertoire.ID { return r.list.State().List }
	r.list.OnNewList = r.lists.AskPicked
}

// showList shows a list. The words and filters of one that is a search stand in
// their places and can be changed; one filled by hand is shown as it is.
func (r *recordsPlace) showList(l searches.SavedList) {
	if l.ByHand() {
		r.sidebar.Choose("")
		r.list.Restore(partnerships.State{Title: l.Name, List: l.ID, Sort: searches.Sort(l.Sort), Descending: l.Descending})
		return
	}
	r.sidebar.Choose(l.Directory)
	r.list.Restore(partnerships.State{Title: l.Name, Text: l.Text, Directory: l.Directory, Themes: l.Themes, Countries: l.Countries,
		Statuses: l.Statuses, Types: l.Types, Exclude: l.Exclude, Sort: searches.Sort(l.Sort), Descending: l.Descending})
}

// renew shows the list in view again when it is no longer the kind it was: the
// first partnership was put in by hand, or the last such taken out.
func (r *recordsPlace) renew() {
	for _, l := range r.lists.Own() {
		shown := r.list.State().List == l.ID
		if (shown || l.ID == r.lists.On()) && l.ByHand() != shown {
			r.showList(l)
			r.lists.SetOn(l.ID)
		}
	}
}

// dragged says where in the left column the rows would go.
func (r *recordsPlace) dragged(at fyne.Position) {
	tray := r.desk.tray
	directory, inDirectory := r.sidebar.At(at)
	list, inList := r.lists.At(at)
	switch {
	case inDirectory:
		tray.SetStatus(i18n.T("Ajouter à « %s »", directory.Short))
	case inList && list.Smart:
		tray.SetStatus(i18n.T("« %s » se remplit d’elle-même : rien ne s’y dépose.", i18n.T(list.Name)))
	case inList:
		tray.SetStatus(i18n.T("Ajouter à la liste « %s »", list.Name))
	default:
		tray.SetStatus(i18n.T("Lâchez sur un répertoire ou une liste, à gauche."))
	}
}

// dropped puts the rows where they were let go.
func (r *recordsPlace) dropped(at fyne.Position) {
	directory, inDirectory := r.sidebar.At(at)
	list, inList := r.lists.At(at)
	r.sidebar.Unmark()
	r.lists.Unmark()
	r.desk.tray.SetStatus(r.desk.status)
	switch {
	case inDirectory:
		r.list.AddTo(directory)
	case inList && list.Smart:
		r.desk.say(widgets.Info, i18n.T("« %s » se remplit d’elle-même : rien ne s’y dépose.", i18n.T(list.Name)))
	case inList:
		r.list.PutIn(list)
	}
}
