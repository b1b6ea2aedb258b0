package shell

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
)

// seatOf names the line of the rail a place is reached by.
func seatOf(p place) string { return cmp.Or(p.seat, p.id) }

// buildRail makes the rail from the places: one line for those that share it.
// The guide is no place of work: its mark stands at the foot.
func (d *desk) buildRail() fyne.CanvasObject {
	head := widgets.Column(0)
	d.railItems, d.last = map[string]*widgets.RailItem{}, map[string]string{}
	for _, p := range d.places {
		seat := seatOf(p)
		if p.hidden || p.id == helpPlace || d.railItems[seat] != nil {
			continue
		}
		icon, name := p.icon, p.name
		if p.seat != "" {
			icon, name = shared(p.seat)
		}
		d.last[seat] = p.id
		d.railItems[seat] = widgets.NewRailItem(icon, name, func() { d.Go(d.last[seat]) })
		head.Add(d.railItems[seat])
	}
	d.help = widgets.NewIconButton("help", i18n.T("Guide d’utilisation (Maj+F1)"), func() { d.Go(helpPlace) })
	return railOf(head, container.NewCenter(d.help))
}

// sit shows a place in the rail, and the tabs of those it shares its line with.
func (d *desk) sit(id string) {
	seat := ""
	var tabs []widgets.Tab
	for _, p := range d.places {
		if p.id == id && !p.hidden {
			seat = seatOf(p)
		}
	}
	for _, p := range d.places {
		if p.seat == seat && seat != "" {
			tabs = append(tabs, widgets.Tab{ID: p.id, Label: p.name})
		}
	}
	d.last[seat] = id
	for name, item := range d.railItems {
		item.SetOn(name == seat)
	}
	d.help.SetOn(id == helpPlace)
	d.tabs.Set(tabs, id, d.Go)
	if shown := len(tabs) > 0; shown != d.tabs.Visible() {
		d.tabs.Hidden = !shown
		d.beside.Refresh() // what is below has another room
	}
}

// railOf puts the places in a column at the left edge, help at its foot; a
// window too low for all of them scrolls.
func railOf(head, foot fyne.CanvasObject) fyne.CanvasObject {
	column := container.NewVScroll(container.New(flush{}, widgets.Inset(0, 6, head), widgets.Inset(0, 6, foot)))
	return container.New(edged{}, container.NewStack(widgets.NewBackground(theme.ColorSidebar), column), widgets.UprightRule())
}

// flush keeps its first object at the top and its second at the foot.
type flush struct{}

func (flush) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(fyne.Max(a.Width, b.Width), a.Height+b.Height)
}

func (flush) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	objects[0].Resize(fyne.NewSize(size.Width, a.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(size.Width, b.Height))
	objects[1].Move(fyne.NewPos(0, size.Height-b.Height))
}

// edged puts a line at the right of its first object, with no gap.
type edged struct{}

func (edged) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(1, 0)
}

func (edged) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(size.Width-1, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(1, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-1, 0))
}

// besides puts the rail and what it leads to side by side, without the gap
// Fyne leaves between two objects.
type besides struct{}

func (besides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, fyne.Max(a.Height, b.Height))
}

func (besides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := objects[0].MinSize().Width
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(size.Width-w, size.Height))
	objects[1].Move(fyne.NewPos(w, 0))
}
