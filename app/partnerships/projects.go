package partnerships

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

func (f *Form) projects() fyne.CanvasObject {
	list := &f.draft.now.Projects
	return items(f, list, "Ajouter un projet", func() repertoire.Project {
		id := repertoire.NewID()
		f.folds[string(id)] = true
		return repertoire.Project{ID: id, Fictitious: f.draft.now.Fictitious}
	}, func(i int, p *repertoire.Project) fyne.CanvasObject { return f.project(list, i, p) })
}

// project is a block that opens: ten projects of fifteen fields would make a
// form slow to show and to read.
func (f *Form) project(list *[]repertoire.Project, i int, p *repertoire.Project) fyne.CanvasObject {
	title := p.Title
	if title == "" {
		title = i18n.T("Projet sans titre")
	}
	fold := widgets.NewDisclosure(title, projectNote(*p), f.folds[string(p.ID)],
		func() fyne.CanvasObject { return widgets.Inset(0, 6, f.projectFields(i, p)) },
		container.NewCenter(raising(f, list, i)), container.NewCenter(removal(f, list, i)))
	fold.OnToggled = func(open bool) { f.folds[string(p.ID)] = open }
	return block(fold)
}

// projectNote is what a closed project says of itself.
func projectNote(p repertoire.Project) string {
	var parts []string
	switch start, end := p.Start.Year(), p.End.Year(); {
	case start != 0 && end != 0 && start != end:
		parts = append(parts, fmt.Sprintf("%d–%d", start, end))
	case start != 0:
		parts = append(parts, strconv.Itoa(start))
	}
	if b := p.Budget.French(); b != "" {
		parts = append(parts, b)
	}
	if p.Operator != "" {
		parts = append(parts, p.Operator)
	}
	return strings.Join(parts, " · ")
}

func (f *Form) projectFields(i int, p *repertoire.Project) fyne.CanvasObject {
	name := func(field string) string { return at("projects", i, field) }
	column := widgets.Column(6,
		f.text(name("title"), "Titre", &p.Title, ""),
		f.themesField(name("themes"), "Thématiques", &p.Themes),
		f.date(name("start"), "Début", &p.Start),
		f.date(name("end"), "Fin", &p.End),
		f.text(name("places"), "Lieux", &p.Places, ""),
		f.text(name("operator"), "Opérateur", &p.Operator, ""),
		f.text(name("beneficiaries"), "Bénéficiaires", &p.Beneficiaries, ""),
		f.area(name("description"), "Description", &p.Description, 2),
		f.area(name("results"), "Résultats", &p.Results, 2),
		f.area(name("difficulties"), "Difficultés", &p.Difficulties, 1),
		f.money(name("budget"), "Budget", &p.Budget),
		f.label(name("funding"), "Financements", f.funding(i, &p.Funding)),
		f.label(name("fictitious"), "Fictif", f.tick("Projet inventé pour l’essai", &p.Fictitious)),
	)
	for _, row := range f.cells(repertoire.DeclaredProject, name(""), p) {
		column.Add(row)
	}
	return column
}

func (f *Form) funding(project int, list *[]repertoire.Funding) fyne.CanvasObject {
	return items(f, list, "Ajouter un financement", func() repertoire.Funding { return repertoire.Funding{} },
		func(i int, g *repertoire.Funding) fyne.CanvasObject {
			name := at("projects", project, at("funding", i, "amount"))
			amount, of := f.moneyEntry(name, &g.Amount)
			row := container.NewBorder(nil, nil, nil, container.NewVBox(removal(f, list, i)),
				widgets.Column(4,
					widgets.Shares(6, []float32{3, 2}, f.entry(at("projects", project, at("funding", i, "funder")), &g.Funder,
						i18n.T("Financeur")), amount),
					widgets.Shares(6, []float32{3, 2}, choiceMenu(f, repertoire.FundingKinds, &g.Kind), f.tick("En nature", &g.InKind))))
			field := widgets.NewBare(name, row)
			f.fields = append(f.fields, field)
			of(field)
			return field
		})
}
