package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// projectFields are the columns of one project.
var projectFields = []Field{FieldProjectRef, FieldProjectTitle, FieldProjectThemes, FieldProjectStart, FieldProjectEnd, FieldProjectPlaces,
	FieldProjectOperator,
	FieldProjectBeneficiaries, FieldProjectDescription, FieldProjectObjectives, FieldProjectResults, FieldProjectDifficulties,
	FieldProjectBudget, FieldProjectFunders}

// addProject adds or completes the project of a row: the one of the same
// reference, else of the same title. Status and end stay the project's own.
func (w *writer) addProject(row TableRow) {
	if !slices.ContainsFunc(projectFields, func(f Field) bool { return len(w.at[f]) > 0 && w.text(row, f) != "" }) {
		return
	}
	title, refs := oneLine(w.text(row, FieldProjectTitle)), w.references(row, FieldProjectRef)
	if title == "" && len(refs) == 0 {
		return
	}
	i := w.projectOf(refs, title)
	next := repertoire.Project{}
	if i >= 0 {
		next = w.record.Projects[i]
		next.Themes, next.Funding = slices.Clone(next.Themes), slices.Clone(next.Funding)
	} else {
		if next.Title = title; title == "" {
			next.Title = "Projet " + refs[0].ID
		}
		next.Fictitious = w.record.Fictitious
	}
	changed := w.fillProject(&next, row, refs, title)
	switch {
	case i >= 0 && !changed:
		return
	case i >= 0:
		w.record.Projects = slices.Clone(w.record.Projects)
		w.record.Projects[i] = next
	default:
		next.ID = w.opt.NewID()
		w.record.Projects = append(slices.Clone(w.record.Projects), next)
	}
	w.touch("projects")
}

// projectOf finds the project a row speaks of, -1 for a new one.
func (w *writer) projectOf(refs []repertoire.External, title string) int {
	for _, e := range refs {
		if i := slices.IndexFunc(w.record.Projects, func(x repertoire.Project) bool {
			return slices.ContainsFunc(x.External,
				e.Same)
		}); i >= 0 {
			return i
		}
	}
	return slices.IndexFunc(w.record.Projects, func(x repertoire.Project) bool {
		return title != "" && sameName(x.Title, title) && !referenced(x, refs)
	})
}

// fillProject puts the cells of a row in a project; empty ones erase nothing.
func (w *writer) fillProject(x *repertoire.Project, row TableRow, refs []repertoire.External, title string) (changed bool) {
	whole := w.row
	w.row = row // remarks are the row's
	defer func() { w.row = whole }()
	set := func(f Field, into *string, line bool) {
		v := clean(w.text(row, f))
		if line {
			v = oneLine(v)
		}
		if v != "" && !empty(v) && *into != v {
			*into, changed = v, true
		}
	}
	for _, e := range refs {
		if !slices.ContainsFunc(x.External, e.Same) {
			x.External, changed = append(slices.Clone(x.External), e), true
		}
	}
	if title != "" && x.Title != title && !sameName(x.Title, title) {
		x.Title, changed = title, true
	}
	set(FieldProjectPlaces, &x.Places, true)
	set(FieldProjectOperator, &x.Operator, true)
	set(FieldProjectBeneficiaries, &x.Beneficiaries, true)
	set(FieldProjectResults, &x.Results, false)
	set(FieldProjectDifficulties, &x.Difficulties, false)
	if text := w.projectText(row); text != "" && x.Description != text {
		x.Description, changed = text, true
	}
	changed = w.projectTimes(x, row) || changed
	if v := w.text(row, FieldProjectThemes); v != "" {
		codes, _ := w.themesOf(FieldProjectThemes, v)
		for _, code := range codes {
			if !slices.Contains(x.Themes, code) {
				x.Themes, changed = append(x.Themes, code), true
			}
			// The partnership's themes are those of its projects too.
			if !slices.Contains(w.record.Themes, code) {
				w.record.Themes = append(slices.Clone(w.record.Themes), code)
				w.touch("themes")
			}
		}
	}
	return w.projectMoney(x, row) || changed
}

// projectText is the description, with the objectives before it.
func (w *writer) projectText(row TableRow) string {
	var parts []string
	for _, f := range []Field{FieldProjectObjectives, FieldProjectDescription} {
		if v := clean(w.text(row, f)); v != "" && !empty(v) {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, "\n\n")
}

func (w *writer) projectTimes(x *repertoire.Project, row TableRow) (changed bool) {
	set := func(into *repertoire.Date, d repertoire.Date) {
		if d != "" && *into != d {
			*into, changed = d, true
		}
	}
	if v := w.text(row, FieldProjectStart); v != "" && !empty(v) {
		if m, ok := w.momentsOf(FieldProjectStart, v, true); ok {
			set(&x.Start, cmp.Or(m.start, first(m.dates)))
			set(&x.End, m.end)
		}
	} else if v := w.text(row, FieldStart); v != "" && len(w.at[FieldProjectRef])+len(w.at[FieldProjectTitle]) > 0 {
		if m, ok := readMoments(v, w.today()); ok {
			set(&x.Start, cmp.Or(m.start, first(m.dates)))
		}
	}
	if v := w.text(row, FieldProjectEnd); v != "" && !empty(v) {
		if m, ok := w.momentsOf(FieldProjectEnd, v, false); ok {
			set(&x.End, cmp.Or(m.end, latest(m.dates)))
		}
	}
	if x.End.Before(x.Start) {
		w.say(KindDate, "La fin du projet « %s » (%s) est avant son début (%s) : elle n’est pas reprise.", brief(x.Title), x.End.Field(),
			x.Start.Field())
		x.End = ""
	}
	return changed
}

func first(dates []repertoire.Date) repertoire.Date {
	if len(dates) == 0 {
		return ""
	}
	return dates[0]
}

func (w *writer) projectMoney(x *repertoire.Project, row TableRow) (changed bool) {
	if v := oneLine(w.text(row, FieldProjectBudget)); v != "" && !empty(v) {
		heading := w.table.Headings[w.at[FieldProjectBudget][0]]
		of := w.unitOf(heading)
		m, about, err := readAmount(v, of)
		if unit := currencyOf(w.text(row, FieldProjectCurrency)); err == nil && unit != "" && !saysCurrency(v) {
			m.Currency = unit
		}
		if err == nil && of.times != 1 {
			w.onceSaid("unit:"+heading, KindAmount, fmt.Sprintf("La colonne « %s » compte par %s : « %s » est lu %s.", heading,
				map[bool]string{true: "millions", false: "milliers"}[of.times == 1e6], v, m.French()))
		}
		switch {
		case err != nil || m.Cents < 0:
			w.say(KindAmount, "« %s » n’est pas un montant : le budget du projet « %s » est laissé vide, et la valeur gardée en note.", brief(v),
				brief(x.Title))
			w.note("Budget du projet « " + brief(x.Title) + " » : " + brief(v))
		case about && !m.IsZero():
			w.say(KindAmount, "« %s » est repris comme %s.", brief(v), m.French())
			fallthrough
		case !m.IsZero():
			changed = changed || m != x.Budget
			x.Budget = m
		}
	}
	for _, name := range splitList(strings.NewReplacer(";", "|", "\n", "|").Replace(w.text(row, FieldProjectFunders))) {
		if !empty(name) && !slices.ContainsFunc(x.Funding, func(f repertoire.Funding) bool { return sameName(f.Funder, name) }) {
			x.Funding, changed = append(x.Funding, repertoire.Funding{Funder: name}), true
		}
	}
	return changed
}

// currencyOf reads a currency by its code or its French name, "" for none.
func currencyOf(s string) string {
	switch f := foldHeading(s); f {
	case "":
		return ""
	case "euro", "euros":
		return "EUR"
	case "fcfa", "cfa", "franc cfa", "francs cfa":
		return "XOF"
	case "dollar", "dollars", "us dollar":
		return "USD"
	default:
		if len(f) == 3 {
			return strings.ToUpper(f)
		}
	}
	return ""
}
