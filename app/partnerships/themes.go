package partnerships

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// themesField edits themes in their order of priority: typing proposes, the
// tree shows all.
func (f *Form) themesField(name, label string, codes *[]string) *widgets.Field {
	column := widgets.Column(4)
	for i, code := range *codes {
		column.Add(f.themeRow(codes, i, code))
	}
	picker := widgets.NewPicker(i18n.T("Ajouter une thématique : eau, jeunesse, santé…"), i18n.T("Aucune thématique de ce nom."), f.pace,
		func(_ context.Context, text string) ([]widgets.Suggestion, error) { return f.suggestThemes(text), nil })
	whole := name == "themes"
	picker.OnPicked = func(s widgets.Suggestion) {
		code := s.Value.(string)
		if slices.Contains(*codes, code) {
			return
		}
		f.restructure(func() { *codes = append(*codes, code) })
		if whole {
			f.FocusThemes()
		}
	}
	if whole {
		f.themes = picker
	}
	tree := widgets.NewIconButton("list", i18n.T("Choisir dans l’arbre des thématiques"), func() { f.themeTree(codes) })
	column.Add(container.NewBorder(nil, nil, nil, container.NewVBox(tree), picker))
	return f.label(name, label, column)
}

// FocusThemes puts the cursor where a theme is added.
func (f *Form) FocusThemes() {
	if f.draft != nil {
		f.Reveal("themes")
		f.focusPicker(f.themes)
	}
}

func (f *Form) themeRow(codes *[]string, i int, code string) fyne.CanvasObject {
	label, path := f.themeLabel(code)
	text := widgets.NewText(label)
	text.Fixed = true
	buttons := widgets.Line(2, container.NewCenter(raising(f, codes, i)), container.NewCenter(removal(f, codes, i)))
	return widgets.Tall(30, container.NewStack(widgets.NewBlockGround(),
		widgets.Inset(10, 0, container.NewBorder(nil, nil, text, buttons, widgets.Inset(8, 0, widgets.NewMuted(path))))))
}

// themeLabel gives a theme's label and the labels above it.
func (f *Form) themeLabel(code string) (label, path string) {
	label = code
	var above []string
	for _, t := range f.door.Themes() {
		switch {
		case t.Code == code:
			label = t.Label
		case repertoire.ThemeUnder(code, t.Code):
			above = append(above, t.Label)
		}
	}
	return label, strings.Join(above, " › ")
}

func (f *Form) suggestThemes(text string) []widgets.Suggestion {
	want := repertoire.Fold(strings.TrimSpace(text))
	var first, then []widgets.Suggestion
	for _, t := range f.door.Themes() {
		folded := repertoire.Fold(t.Label)
		i := strings.Index(folded, want)
		if i < 0 && t.Code != want {
			continue
		}
		_, path := f.themeLabel(t.Code)
		s := widgets.Suggestion{Label: t.Label, Note: path, Value: t.Code}
		// Words that begin with what was typed come before those that hold it.
		if i == 0 || i > 0 && folded[i-1] == ' ' {
			first = append(first, s)
		} else {
			then = append(then, s)
		}
	}
	return append(first, then...)
}

// themeTree ticks themes in the whole tree.
func (f *Form) themeTree(codes *[]string) {
	children := map[string][]string{}
	labels := map[string]string{}
	for _, t := range f.door.Themes() {
		parent := repertoire.ThemeParent(t.Code)
		children[parent] = append(children[parent], t.Code)
		labels[t.Code] = t.Label
	}
	chosen := slices.Clone(*codes)
	tree := widget.NewTree(
		func(id widget.TreeNodeID) []widget.TreeNodeID { return children[id] },
		func(id widget.TreeNodeID) bool { return len(children[id]) > 0 },
		func(bool) fyne.CanvasObject { return widgets.NewCheck("", nil) },
		func(id widget.TreeNodeID, _ bool, o fyne.CanvasObject) {
			check := o.(*widgets.Check)
			check.OnChanged = nil
			check.Text = labels[id]
			check.SetChecked(slices.Contains(chosen, id))
			check.OnChanged = func(on bool) {
				chosen = without(chosen, id)
				if on {
					chosen = append(chosen, id)
				}
			}
			check.Refresh()
		})
	for _, code := range chosen {
		for p := repertoire.ThemeParent(code); p != ""; p = repertoire.ThemeParent(p) {
			tree.OpenBranch(p)
		}
	}
	m := widgets.NewModal(i18n.T("Thématiques"), tree, f.window)
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(i18n.T("Choisir"), "", func() {
		m.Close()
		if !slices.Equal(chosen, *codes) {
			f.restructure(func() { *codes = chosen })
		}
	}))
	m.Show(560, 560)
}
