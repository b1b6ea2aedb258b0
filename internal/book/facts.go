package book

import (
	"fmt"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// firstYear is when the link began, as far as the record knows.
func firstYear(e *entry) int {
	if e.p.FirstYear != 0 {
		return e.p.FirstYear
	}
	for _, v := range e.p.Conventions {
		if y := v.Signed.Year(); y != 0 {
			return y
		}
	}
	return e.p.Start.Year()
}

func hasFunding(e *entry) bool {
	for _, x := range e.p.Projects {
		if len(x.Funding) > 0 {
			return true
		}
	}
	return false
}

// levelWord names the level of an authority as a fact: "Commune", "Région".
func levelWord(a repertoire.Authority) string {
	if a.Level == "" {
		return ""
	}
	return repertoire.Levels.Label(a.Level)
}

// placeWords says where an authority lies: "Nord, Hauts-de-France" in France,
// the first-level division abroad, with the country when the book has several.
func (c *composer) placeWords(a repertoire.Authority, withCountry bool) string {
	var parts []string
	add := func(s string) {
		s = strings.ReplaceAll(oneLine(s), "'", "’")
		// "Saint-Louis, Saint-Louis" teaches nothing.
		if s != "" && s != a.Usual() && (len(parts) == 0 || parts[len(parts)-1] != s) {
			parts = append(parts, s)
		}
	}
	if a.French() && a.Level != repertoire.LevelDepartement && a.Level != repertoire.LevelRegion {
		add(a.Departement)
	}
	if a.Level != repertoire.LevelRegion || !a.French() {
		add(a.Region)
	}
	if withCountry && !a.French() {
		add(c.country(a.Country).Name)
	}
	return strings.Join(parts, ", ")
}

// nativeName is the name in its own script, when it says something the French
// name does not.
func nativeName(a repertoire.Authority) (layout.Text, bool) {
	n := oneLine(a.NativeName)
	if n == "" || repeats(a.Name, n) {
		return layout.Text{}, false
	}
	return layout.Text{Text: n, Lang: a.NativeLang, Verbatim: true}, true
}

// repeats tells whether a native name is in the French one already, whole or as its
// beginning: "La Lisa (La Havane)" says "La Lisa".
func repeats(french, native string) bool {
	french, native = repertoire.Fold(french), repertoire.Fold(native)
	return french == native || strings.HasPrefix(french, native+" ")
}

// goals gives the SDGs of themes, each once, in the order of the themes.
func (c *composer) goals(codes []string) []Goal {
	seen := map[int]bool{}
	var out []Goal
	for _, code := range codes {
		t, ok := c.theme(code)
		for !ok || t.SDG == 0 {
			if code = repertoire.ThemeParent(code); code == "" {
				break
			}
			t, ok = c.theme(code)
		}
		if ok && t.SDG > 0 && !seen[t.SDG] {
			seen[t.SDG] = true
			out = append(out, c.goal(t.SDG))
		}
	}
	return out
}

// goal never fails: without reference data the number stands alone.
func (c *composer) goal(n int) Goal {
	if c.in.Reference.Goals != nil {
		if g, ok := c.in.Reference.Goals.Goal(n); ok {
			return g
		}
	}
	return Goal{Number: n, Title: fmt.Sprintf("Objectif %d", n), Color: c.ink.Muted}
}

func goalSquare(g Goal) layout.Square {
	return layout.Square{Fill: g.Color, Label: fmt.Sprint(g.Number), Alt: fmt.Sprintf("ODD %d : %s", g.Number, g.Title)}
}

// themeLine sets the themes by priority, each with the square of its SDG.
func (c *composer) themeLine(codes []string) []layout.Inline {
	var out []layout.Inline
	for _, code := range codes {
		t, ok := c.theme(code)
		if !ok {
			continue
		}
		if len(out) > 0 {
			out = append(out, layout.Text{Text: "\u2002·\u2002", Color: "muted"})
		}
		for _, g := range c.goals([]string{code}) {
			out = append(out, goalSquare(g), layout.Text{Text: "\u00a0"})
		}
		out = append(out, layout.Text{Text: oneLine(t.Label)})
	}
	return out
}

// usualSource finds the source that most entries name, so that it is said once
// in the book and not twenty times.
func (c *composer) usualSource() string {
	counts := map[string]int{}
	best := ""
	for _, e := range c.entries {
		s := oneLine(e.p.Source)
		if s == "" {
			continue
		}
		counts[s]++
		if counts[s] > counts[best] || counts[s] == counts[best] && s < best {
			best = s
		}
	}
	if counts[best] < 3 || counts[best]*2 < len(c.entries) {
		return ""
	}
	return best
}

// fact is one line of a facts table.
type fact struct {
	label string
	value []layout.Inline
	field string
}

// factsTable sets label and value side by side; nil without facts.
func factsTable(facts []fact, o func(string) layout.Origin) []layout.Block {
	t := layout.Table{Style: "facts", Columns: []layout.TableColumn{{Share: 0.36}, {Share: 0.64}}, Origin: o("")}
	for _, f := range facts {
		if empty(f.value) {
			continue
		}
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{
			{Header: true, Blocks: []layout.Block{layout.Paragraph{Style: "facts-label", Text: layout.Plain(f.label), Origin: o(f.field)}}},
			{Blocks: []layout.Block{layout.Paragraph{Style: "facts", Text: f.value, Origin: o(f.field)}}},
		}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []layout.Block{t}
}

// linkFacts are the facts of the link itself that its pill does not say.
func (c *composer) linkFacts(e *entry) []fact {
	p := e.p
	var out []fact
	add := func(label, field, value string) {
		if value != "" {
			out = append(out, fact{label, layout.Plain(value), field})
		}
	}
	if p.Formality != "" {
		add("Formalisation", "formality", repertoire.Formalities.Label(p.Formality))
	}
	since := period(p.Start, p.End)
	if p.FirstYear != 0 && p.Start.Year() != p.FirstYear {
		add("Première convention", "first_year", year(p.FirstYear))
	}
	// "Depuis 1978" is on the pill.
	if since != "" && !(p.End == "" && len(p.Start) == 4) {
		add("Période", "start", repertoire.Capital(since))
	}
	if p.CountryGroup && e.country != "" {
		add("Groupe-pays", "country_group", "Membre du groupe-pays "+c.country(e.country).Name)
	}
	for _, f := range repertoire.DeclaredPartnership.Fields {
		if f.Has(repertoire.Fact) && f.Filled(p) {
			add(f.Label, f.Name, f.Words(p, repertoire.Names{}))
		}
	}
	return out
}

// linkWords says the link in a few words: "Jumelage depuis 1978, actif".
func linkWords(e *entry) string {
	var parts []string
	word := ""
	if e.p.Type != "" {
		word = repertoire.Types.Label(e.p.Type)
	}
	if y := firstYear(e); y != 0 {
		if word == "" {
			word = "Lien"
		}
		word += " depuis " + year(y)
	}
	if word != "" {
		parts = append(parts, word)
	}
	if e.p.Status != "" {
		parts = append(parts, lower(repertoire.Statuses.Label(e.p.Status)))
	}
	return repertoire.Capital(strings.Join(parts, ", "))
}
