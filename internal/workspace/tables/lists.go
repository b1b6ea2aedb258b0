package tables

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/search"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// ExportResults writes all that answers q, not a page of it, as a list in csv
// or xlsx: one line a partnership, in the order asked for, with what may leave
// the base. It gives the number of lines. The file is replaced by a whole one
// or not at all; nothing is written when nothing answers.
func (room *Room) ExportResults(ctx context.Context, q searches.Query, format, file string, progress base.Progress) (n int, err error) {
	defer func() { err = base.Stopped(err) }()
	f, err := base.ListFormat(format)
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	columns := room.listColumns()
	s := exchange.Sheet{Name: "Partenariats", Title: "Liste de partenariats", Columns: make([]exchange.SheetColumn, len(columns))}
	for i, c := range columns {
		s.Columns[i] = c.SheetColumn
	}
	row := make([]string, len(columns))
	err = exchange.WriteSheet(&b, f, s, func(yield func([]string) error) error {
		return room.searches.EachResult(ctx, q, progress, "Liste des partenariats",
			func(p *repertoire.Partnership, find func(repertoire.ID) *repertoire.Authority) error {
				l := listed{p: p, find: find, tables: room, record: search.NewRecord(p, 0, base.Lookup{W: room.base})}
				for i, c := range columns {
					row[i] = c.cell(l)
				}
				n++
				return yield(row)
			})
	})
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, repertoire.Refuse("Aucun partenariat ne répond à cette recherche : la liste n’a pas été écrite.")
	}
	return n, base.WriteWhole(file, b.Bytes())
}

// listed is one partnership on its way to a line of a list.
type listed struct {
	p      *repertoire.Partnership
	find   func(repertoire.ID) *repertoire.Authority
	tables *Room
	// record is what the search makes of it, so that lists and facets say the
	// same of funders and goals.
	record search.Record
}

// listColumn is one column of a list and how its cell is made.
type listColumn struct {
	exchange.SheetColumn
	cell func(listed) string
}

// listColumns are those an officer wants, most looked at first.
func (room *Room) listColumns() []listColumn {
	text := func(heading string, width float64, cell func(listed) string) listColumn {
		return listColumn{exchange.SheetColumn{Heading: heading, Width: width}, cell}
	}
	amount := func(heading string, cell func(listed) string) listColumn {
		return listColumn{exchange.SheetColumn{Heading: heading, Width: 16, Number: true}, cell}
	}
	french := func(of func(*repertoire.Authority) string) func(listed) string {
		return func(l listed) string { return l.side(repertoire.SideFrench, of) }
	}
	foreign := func(of func(*repertoire.Authority) string) func(listed) string {
		return func(l listed) string { return l.side(repertoire.SideForeign, of) }
	}
	level := func(a *repertoire.Authority) string { return repertoire.Levels.Label(a.Level) }
	return []listColumn{
		text("Partenariat", 36, func(l listed) string { return l.p.DisplayTitle(l.find) }),
		text("Collectivités françaises", 28, french((*repertoire.Authority).Usual)),
		text("Niveau", 16, french(level)),
		text("Code INSEE", 12, french(func(a *repertoire.Authority) string { return a.INSEE })),
		text("SIREN", 12, french(func(a *repertoire.Authority) string { return a.SIREN })),
		text("Département", 20, french(func(a *repertoire.Authority) string { return a.Departement })),
		text("Région", 20, french(func(a *repertoire.Authority) string { return a.Region })),
		text("Pays", 18, func(l listed) string { return l.countries() }),
		text("Collectivités étrangères", 28, foreign((*repertoire.Authority).Usual)),
		text("Nom d’origine", 20, foreign(func(a *repertoire.Authority) string { return a.NativeName })),
		text("Niveau étranger", 16, foreign(level)),
		text("Région étrangère", 20, foreign(func(a *repertoire.Authority) string { return a.Region })),
		text("Type", 24, func(l listed) string { return repertoire.Types.Label(l.p.Type) }),
		text("Formalisation", 20, func(l listed) string { return repertoire.Formalities.Label(l.p.Formality) }),
		text("Statut", 12, func(l listed) string { return repertoire.Statuses.Label(l.p.Status) }),
		text("Première convention", 12, func(l listed) string { return year(l.p.FirstYear) }),
		text("Début", 12, func(l listed) string { return l.p.Start.Field() }),
		text("Fin", 12, func(l listed) string { return l.p.End.Field() }),
		text("Thématiques", 40, func(l listed) string { return base.Join(" ; ", mapped(l.themes(), room.base.ThemeLabel)...) }),
		text("ODD", 12, func(l listed) string { return base.Join(", ", mapped(l.record.SDGs, strconv.Itoa)...) }),
		text("Projets", 40, func(l listed) string {
			return base.List(l.p.Projects, func(p repertoire.Project) string { return p.Title })
		}),
		text("Financeurs", 28, func(l listed) string { return base.Join(" ; ", l.record.Funders...) }),
		amount("Budget des projets (€)", func(l listed) string { return decimal(repertoire.Costs(l.p.Projects)["EUR"]) }),
		text("Budget en autres monnaies", 20, func(l listed) string { return l.otherBudgets() }),
		text("Contacts en France", 36, func(l listed) string { return l.people(repertoire.SideFrench) }),
		text("Contacts à l’étranger", 36, func(l listed) string { return l.people(repertoire.SideForeign) }),
		text("Dernière vérification", 14, func(l listed) string { return l.p.Verified.Field() }),
		text("Répertoires", 20, func(l listed) string { return base.Join(", ", l.p.Directories...) }),
		text("Fictif", 8, func(l listed) string {
			if l.p.Fictitious {
				return "oui"
			}
			return ""
		}),
		text("Identifiant", 38, func(l listed) string { return string(l.p.ID) }),
	}
}

// side writes one value of all the authorities of one side, names and codes in
// the same order: "Lille ; Roubaix" and "59350 ; 59512".
func (l listed) side(s repertoire.Side, of func(*repertoire.Authority) string) string {
	var out []string
	some := false
	for _, id := range l.p.PartiesOn(s) {
		v := ""
		if a := l.find(id); a != nil {
			v = of(a)
		}
		out, some = append(out, v), some || v != ""
	}
	if !some {
		return ""
	}
	if len(out) > 1 {
		for i, v := range out {
			if v == "" {
				out[i] = "–" // keeps the places of the others
			}
		}
	}
	return strings.Join(out, " ; ")
}

func (l listed) countries() string {
	var out []string
	for _, id := range l.p.PartiesOn(repertoire.SideForeign) {
		if a := l.find(id); a != nil {
			if c := l.tables.base.CountryName(a.Country); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return strings.Join(out, " ; ")
}

// themes are those of the partnership by priority, then those its projects add.
func (l listed) themes() []string {
	out := slices.Clone(l.p.Themes)
	for _, p := range l.p.Projects {
		for _, code := range p.Themes {
			if !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

func (l listed) otherBudgets() string {
	all := repertoire.Costs(l.p.Projects)
	var out []string
	for currency := range all {
		if currency != "EUR" {
			out = append(out, repertoire.Money{Cents: all[currency], Currency: currency}.French())
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ; ")
}

// people are the publishable contacts of one side.
func (l listed) people(s repertoire.Side) string {
	return base.List(l.p.Contacts, func(c repertoire.Contact) string {
		c, ok := c.Published()
		if !ok || c.Side != s {
			return ""
		}
		return base.Join(", ", c.Name, c.Role, c.Email, c.Phone)
	})
}

func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// decimal writes cents as "12500.5", "" for none.
func decimal(cents int64) string {
	if cents == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(cents)/100, 'f', -1, 64)
}

func mapped[T any](items []T, name func(T) string) []string {
	out := make([]string, len(items))
	for i, x := range items {
		out[i] = name(x)
	}
	return out
}
