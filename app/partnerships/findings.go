package partnerships

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// showFindings puts each sentence under its field. Those of a save that was
// refused are also said at the top, with the way to the first of them.
func (f *Form) showFindings(found []repertoire.Finding, loud bool) {
	said := map[*widgets.Field]repertoire.Finding{}
	var orphan []repertoire.Finding
	for _, finding := range found {
		field := f.fieldOf(finding.Field)
		if field == nil {
			if finding.Severity == repertoire.SeverityRefuse {
				orphan = append(orphan, finding)
			}
			continue
		}
		if old, ok := said[field]; !ok || old.Severity == repertoire.SeverityWarn {
			said[field] = finding
		}
	}
	// Fields that say something new take another height; when none does, the
	// form is left alone: painting it again costs more than a key.
	changed := loud
	say := func(field *widgets.Field, sentence string, grave bool) {
		changed = changed || field.Message() != sentence
		field.Say(sentence, grave)
	}
	// An entry nobody has touched yet is not scolded for being empty.
	untouched := f.draft != nil && f.draft.now.ID == "" && !loud
	for _, field := range f.fields {
		if why, wrong := f.wrong[field.Name]; wrong {
			// While it is being typed a date is always wrong for a moment.
			if field.Message() != "" || loud {
				say(field, why, true)
			}
			continue
		}
		finding, ok := said[field]
		if !ok || untouched {
			say(field, "", false)
			continue
		}
		say(field, i18n.Said(finding.Message), finding.Severity == repertoire.SeverityRefuse)
	}
	if changed {
		f.body.Refresh()
	}
	if !loud {
		return
	}
	sentence := i18n.T("Rien n’est encore enregistré : corrigez ce qui est signalé en rouge.")
	for _, finding := range slices.Concat(orphan, found) {
		if finding.Severity == repertoire.SeverityRefuse {
			sentence = i18n.T("Rien n’est encore enregistré. %s", i18n.Said(finding.Message))
			break
		}
	}
	f.notice.Say(widgets.Failure, sentence)
	f.revealWrong()
}

// fieldOf finds the field a finding points to: its own, or the nearest around.
func (f *Form) fieldOf(path string) *widgets.Field {
	for path != "" {
		for _, field := range f.fields {
			if field.Name == path {
				return field
			}
		}
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			return nil
		}
		path = path[:i]
	}
	return nil
}

// Reveal scrolls to a field by its JSON path, opens what hides it and puts the
// cursor there: the way from the printed page back to the form.
func (f *Form) Reveal(path string) {
	if f.draft == nil {
		return
	}
	f.unfold(path)
	field := f.fieldOf(path)
	if field == nil {
		return
	}
	f.scrollTo(field)
	c := fyne.CurrentApp().Driver().CanvasForObject(field)
	if first := firstFocusable(field.Content()); first != nil && c != nil {
		c.Focus(first)
	}
}

// unfold opens the project or contact that path is in.
func (f *Form) unfold(path string) {
	parts := strings.Split(path, ".")
	if len(parts) < 2 {
		return
	}
	i, err := strconv.Atoi(parts[1])
	if err != nil {
		return
	}
	id := repertoire.ID("")
	switch p := f.draft.now; {
	case parts[0] == "projects" && i < len(p.Projects):
		id = p.Projects[i].ID
	case parts[0] == "contacts" && i < len(p.Contacts):
		id = p.Contacts[i].ID
	}
	if id != "" && !f.folds[string(id)] {
		f.folds[string(id)] = true
		f.rebuildHere()
	}
}

func (f *Form) scrollTo(field *widgets.Field) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(field).Y - driver.AbsolutePositionForObject(f.body).Y
	f.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, y-40)))
}

// revealWrong scrolls to the first field that says something.
func (f *Form) revealWrong() {
	for _, field := range f.fields {
		if field.Message() != "" {
			f.scrollTo(field)
			return
		}
	}
}
