package sight

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// slack is what may be missing without an eye seeing it.
const slack = 1.5

// Faults says what is cut or out of sight in a window, once each.
func Faults(c fyne.Canvas) []string {
	var out []string
	say := func(what, how string, args ...any) {
		if s := fmt.Sprintf("« %s » %s", what, fmt.Sprintf(how, args...)); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	walk(c, func(o fyne.CanvasObject, p place) {
		if p.typed() {
			return // an entry scrolls its text under the cursor
		}
		switch x := o.(type) {
		case *canvas.Text:
			if strings.TrimSpace(x.Text) == "" || !p.reached(x) {
				return
			}
			need, has := x.MinSize(), x.Size()
			late := float32(slack)
			if within[*widget.RichText](p) {
				late = 4 // Fyne breaks a line of several styles a little late
			}
			if need.Width > has.Width+late && p.cutsAcross(x, need) {
				say(x.Text, "is %.0f wide in a place of %.0f", need.Width, has.Width)
			}
			if need.Height > has.Height+slack && has.Height > 0 {
				say(x.Text, "is %.0f high in a place of %.0f", need.Height, has.Height)
			}
			p.beyond(x, say, x.Text)
		case *widgets.Text:
			if shown := written(x); shown != x.Text() && strings.HasSuffix(shown, "…") && i18n.Known(x.Text()) {
				say(x.Text(), "is cut to « %s »", shown)
			}
		case *widgets.Button:
			p.pressed(x, say, x.Text)
		case *widgets.IconButton:
			p.pressed(x, say, x.ToolTip())
		case *widgets.Chip:
			p.pressed(x, say, x.Text())
		case *widgets.Check:
			p.pressed(x, say, x.Text)
		}
	})
	return out
}

// typed tells whether the object belongs to an entry.
func (p place) typed() bool {
	return slices.ContainsFunc(p.within, func(o fyne.CanvasObject) bool {
		switch o.(type) {
		case *widgets.Entry, *widgets.SearchBox, *widgets.SelectEntry, *widget.Entry, *widget.SelectEntry:
			return true
		}
		return false
	})
}

// reached tells whether some of an object is seen, or comes by scrolling.
func (p place) reached(o fyne.CanvasObject) bool {
	r := rectOf(p.at, o.Size())
	clip := p.clip
	if p.down {
		r.top, r.bottom, clip.top, clip.bottom = 0, 1, 0, 1
	}
	if p.across {
		r.left, r.right, clip.left, clip.right = 0, 1, 0, 1
	}
	r.right, r.bottom = max(r.right, r.left+1), max(r.bottom, r.top+1)
	return !r.and(clip).empty()
}

// cutsAcross tells whether the end of a text wider than its place is cut off or
// runs into what stands beside it; alone on its line it harms nobody.
func (p place) cutsAcross(t *canvas.Text, need fyne.Size) bool {
	end := p.at.X + need.Width
	if t.Alignment != fyne.TextAlignLeading {
		return true
	}
	room := p.clip.right
	for _, o := range p.within {
		if w, ok := o.(*widgets.Text); ok {
			return need.Width > w.Size().Width+slack
		}
	}
	return end > room+slack || t.Size().Width > 0
}

// beyond says of an object that stands out of the window where no scrolling
// brings it.
func (p place) beyond(o fyne.CanvasObject, say func(string, string, ...any), name string) {
	r := rectOf(p.at, o.Size())
	if !p.across && (r.left < p.clip.left-slack || r.right > p.clip.right+slack) {
		say(name, "reaches from %.0f to %.0f across, seen from %.0f to %.0f", r.left, r.right, p.clip.left, p.clip.right)
	}
	if !p.down && (r.top < p.clip.top-slack || r.bottom > p.clip.bottom+slack) {
		say(name, "reaches from %.0f to %.0f down, seen from %.0f to %.0f", r.top, r.bottom, p.clip.top, p.clip.bottom)
	}
}

// pressed says of a button that it is smaller than it needs, or out of sight.
func (p place) pressed(o fyne.CanvasObject, say func(string, string, ...any), name string) {
	need, has := o.MinSize(), o.Size()
	if has.Width < need.Width-slack || has.Height < need.Height-slack {
		say(name, "is a button of %.0f × %.0f that needs %.0f × %.0f", has.Width, has.Height, need.Width, need.Height)
	}
	p.beyond(o, say, name)
}

// written gives what a text shows of itself.
func written(t *widgets.Text) string {
	var b strings.Builder
	visitBelow(t, place{}, func(o fyne.CanvasObject, _ place) {
		if x, ok := o.(*canvas.Text); ok {
			b.WriteString(x.Text)
		}
	})
	return b.String()
}
