package sight

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/widgets"
)

// Texts gives what can be read in a window, in the order it is drawn, without
// what lies below an edge that scrolling moves.
func Texts(c fyne.Canvas) []string {
	var out []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	walk(c, func(o fyne.CanvasObject, p place) {
		if p.typed() || rectOf(p.at, o.Size()).and(p.clip).empty() {
			return
		}
		switch x := o.(type) {
		case *widgets.Text:
			add(x.Text())
		case *widgets.Heading:
			add(x.Text())
		case *widget.RichText:
			add(x.String())
		case *widgets.Entry:
			add(x.Text)
		case *widgets.SearchBox:
			add(x.Text)
		case *widget.Select:
			add(x.Selected)
		case *canvas.Text:
			if !within[*widgets.Text](p) && !within[*widget.RichText](p) && !within[*widgets.Heading](p) {
				add(x.Text)
			}
		}
	})
	return out
}

func within[T fyne.CanvasObject](p place) bool {
	return slices.ContainsFunc(p.within, func(o fyne.CanvasObject) bool { _, ok := o.(T); return ok })
}

// raw are the shapes of what a program says to itself, with what they are.
var raw = []struct {
	shape *regexp.Regexp
	name  string
}{
	{regexp.MustCompile(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`), "an identifier"},
	{regexp.MustCompile(`\b(19|20)\d\d-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?\b`), "a date of a computer"},
	{regexp.MustCompile(`\d\dT\d\d:\d\d`), "a time of a computer"},
	{regexp.MustCompile(`(?i)\b(oui|yes|non|no)\b[,; ]+(oui|yes|non|no)\b`), "ticks written out"},
	{regexp.MustCompile(`« ?« ?| ?» ?»`), "guillemets opened or closed twice"},
	{regexp.MustCompile(`\d[.,]\d{3,} ?%`), "a percentage not rounded"},
	{regexp.MustCompile(`%!|%[sdvq]\b`), "a verb of a format"},
	{regexp.MustCompile(`\b(true|false|null|nil|NaN|map\[|\[\])`), "a value of the language"},
	{regexp.MustCompile(`\b(amerique-latine-caraibe|bon-a-tirer|agence-eau|publiee|epuisee)\b`), "a name of the code"},
	{regexp.MustCompile(`\b[a-z]+_[a-z]+(_[a-z]+)*\b`), "a name of the code"},
	{regexp.MustCompile(`\b[0-9a-f]{32,}\b`), "a checksum"},
}

// Raw says which of the texts no person should have to read, and why.
func Raw(texts []string) []string {
	var out []string
	for _, t := range texts {
		if strings.Contains(t, "@") || strings.Contains(t, "://") || filepath.IsAbs(t) {
			continue // an address, or a file's, is written as its machine wants it
		}
		for _, r := range raw {
			if m := r.shape.FindString(t); m != "" && !slices.Contains(out, r.name+": "+t) {
				out = append(out, r.name+": "+t)
			}
		}
	}
	return out
}
