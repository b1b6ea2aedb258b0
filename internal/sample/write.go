package sample

import (
	"fmt"
	"strings"

	"repertoire/internal/repertoire"
)

// words writes the four texts, in whole French sentences.
func (d *draw) words(p *repertoire.Partnership) {
	aims := d.aims()
	switch d.texts {
	case TextsShort:
		p.Objectives = repertoire.Capital(sum(aims)) + "."
		p.Context = d.place()
		p.Description = d.what(1) + " " + strings.Join(d.some(methods, 2), " ")
		return
	case TextsLong:
		p.Context = d.place() + " " + strings.Join(d.some(contexts, 5), " ") + "\n\n" + d.other()
		p.History = d.birth(p) + "\n\n" + strings.Join(d.some(turns, 3), " ") + "\n\n" + d.chronicle(p)
		p.Objectives = "- " + strings.Join(capitals(aims), " ;\n- ") + "."
		p.Description = strings.Join(d.some(methods, 4), " ") + "\n\n" + d.parts()
		return
	}
	p.Context = d.place() + " " + strings.Join(d.some(contexts, 3), " ")
	p.History = d.birth(p) + " " + strings.Join(d.some(turns, 1+d.IntN(2)), " ")
	p.Objectives = repertoire.Capital(sum(aims)) + "."
	p.Description = d.what(2) + " " + strings.Join(d.some(methods, 4+d.IntN(3)), " ")
}

// chronicle tells the years of a long life, a paragraph every few years.
func (d *draw) chronicle(p *repertoire.Partnership) string {
	last := 2025
	if y := p.End.Year(); y != 0 {
		last = y
	}
	var out []string
	for y := max(p.FirstYear+1, last-30); y <= last; y += 2 + d.IntN(4) {
		out = append(out, fmt.Sprintf("En %d, les partenaires ont décidé d’engager %s. %s %s", y, pick(d, pick(d, d.chosen).actions),
			pick(d, turns), pick(d, methods)))
	}
	if len(out) == 0 {
		return pick(d, turns)
	}
	return strings.Join(out, "\n\n")
}

// parts describes the programme part by part, under small headings.
func (d *draw) parts() string {
	var out []string
	for _, s := range d.chosen {
		for _, action := range s.actions {
			out = append(out, fmt.Sprintf("**%s.** Ce volet vise à %s. %s %s %s", repertoire.Capital(action), pick(d, s.aims), pick(d, s.results),
				strings.Join(d.some(methods, 2), " "), pick(d, troubles)))
		}
	}
	return strings.Join(out, "\n\n")
}

// aims are what the partnership is for, two for each subject when texts are
// long.
func (d *draw) aims() []string {
	var out []string
	for _, s := range d.chosen {
		n := 1
		if d.texts == TextsLong {
			n = len(s.aims)
		}
		out = append(out, d.some(s.aims, n)...)
	}
	return out
}

func capitals(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = repertoire.Capital(s)
	}
	return out
}

func (d *draw) place() string {
	if d.foreign.Population > 0 {
		return fmt.Sprintf("%s compte environ %s\u00a0habitants.", d.foreign.Usual(),
			repertoire.Thousands(int64(d.foreign.Population/100*100)))
	}
	return fmt.Sprintf("Le territoire %s est ici décrit à titre d’exemple.", d.foreign.Of())
}

func (d *draw) other() string {
	who := "Le territoire " + d.french.Of()
	if d.french.Departement != "" {
		who += " (" + strings.ReplaceAll(d.french.Departement, "'", "’") + ")"
	}
	return who + " apporte ses services techniques, ses associations et l’expérience de ses élus. " + pick(d, contexts)
}

func (d *draw) birth(p *repertoire.Partnership) string {
	s := pick(d, origins)
	if p.FirstYear > 0 {
		s += fmt.Sprintf(" L’engagement a été pris en %d.", p.FirstYear)
	}
	if p.Status == repertoire.StatusEnded {
		s += fmt.Sprintf(" Il a pris fin en %d.", p.End.Year())
	}
	return s
}

// what tells the actions of a subject and one of its results.
func (d *draw) what(n int) string {
	s := pick(d, d.chosen)
	return "Le programme comprend " + sum(d.some(s.actions, n)) + ". " + pick(d, s.results)
}

func (d *draw) projects(p *repertoire.Partnership) {
	n := map[Texts]int{TextsShort: d.IntN(2), TextsUsual: 1 + d.IntN(2), TextsLong: 3 + d.IntN(2)}[d.texts]
	if p.Status == repertoire.StatusDormant {
		n = d.IntN(2)
	}
	for i := range n {
		s := d.chosen[i%len(d.chosen)]
		year := max(p.FirstYear, 2016+d.IntN(9))
		if p.End != "" {
			year = min(max(p.FirstYear, p.End.Year()-3), p.End.Year())
		}
		x := repertoire.Project{ID: repertoire.DeriveID(fmt.Sprintf("%s:project:%d", d.key, i)), Title: pick(d, s.projects),
			Themes: []string{s.theme},
			Start:  repertoire.Date(fmt.Sprint(year)), End: repertoire.Date(fmt.Sprint(year + 1 + d.IntN(3))), Places: d.foreign.Usual(),
			Operator: repertoire.Capital(s.operator), Fictitious: true}
		if d.texts != TextsShort {
			x.Description = repertoire.Capital(sum(d.some(s.actions, 2))) + "."
			x.Results = pick(d, s.results)
			x.Beneficiaries = repertoire.Thousands(int64(1+d.IntN(240))*100) + "\u00a0habitants"
		}
		if d.chance(25) {
			x.Difficulties = pick(d, troubles)
		}
		d.money(&x)
		p.Projects = append(p.Projects, x)
	}
}

// money shares a budget between two to four funders, to the last euro.
func (d *draw) money(x *repertoire.Project) {
	left := int64(10+d.IntN(90)) * int64([]int{500, 1000, 5000, 10000}[d.IntN(4)])
	x.Budget = repertoire.Euros(left)
	funders := []repertoire.Funding{
		{Funder: "Ministère de l’Europe et des Affaires étrangères", Kind: "meae"}, {Funder: "AFD", Kind: "ficol"},
		{Funder: "Agence de l’eau (fictive)", Kind: "agence-eau"}, {Funder: "Union européenne", Kind: "ue"},
		{Funder: "Conseil régional (fictif)", Kind: "region"}}
	for range 1 + d.IntN(2) {
		k := d.IntN(len(funders))
		f := funders[k]
		funders = append(funders[:k], funders[k+1:]...)
		share := left / 100 * int64(20+d.IntN(30))
		f.Amount = repertoire.Euros(share)
		left -= share
		x.Funding = append(x.Funding, f)
	}
	gift := left / 10
	x.Funding = append(x.Funding, repertoire.Funding{Funder: d.french.Usual(), Kind: "propre", Amount: repertoire.Euros(left - gift)})
	if gift > 0 {
		x.Funding = append(x.Funding, repertoire.Funding{Funder: d.foreign.Usual(), Kind: "nature", Amount: repertoire.Euros(gift),
			InKind: true})
	}
}

// people invents contacts on a reserved domain; some may be published.
func (d *draw) people(p *repertoire.Partnership) {
	add := func(side repertoire.Side, elected bool, authority repertoire.ID, list []string) {
		n := len(p.Contacts)
		c := repertoire.Contact{ID: repertoire.DeriveID(fmt.Sprintf("%s:contact:%d", d.key, n)), Side: side, Elected: elected,
			Authority: authority,
			Name:      pick(d, firstNames) + " " + pick(d, familyNames), Role: pick(d, list),
			Phone: fmt.Sprintf("01 99 00 %02d %02d", d.IntN(100), d.IntN(100))}
		c.Email = fmt.Sprintf("contact%d@example.org", d.IntN(9000))
		if d.chance(60) {
			c.PublishName, c.PublishEmail, c.PublishPhone = true, d.chance(80), d.chance(40)
			c.LegalBasis, c.AgreedOn, c.Proof = "consentement", "2025-01-15", "accord fictif"
		}
		p.Contacts = append(p.Contacts, c)
	}
	add(repertoire.SideFrench, true, d.french.ID, mandates)
	if d.texts != TextsShort {
		add(repertoire.SideFrench, false, d.french.ID, roles)
	}
	if d.chance(50) {
		add(repertoire.SideForeign, true, d.foreign.ID, []string{"maire", "première adjointe au maire", "président du conseil"})
	}
}

func (d *draw) rest(p *repertoire.Partnership) {
	for _, s := range d.chosen {
		p.Actors = append(p.Actors, repertoire.Actor{Name: repertoire.Capital(s.operator) + " (fictif)", Role: "opérateur"})
		if d.texts == TextsShort {
			break
		}
	}
	last := 2025
	if y := p.End.Year(); y != 0 {
		last = y
	}
	for range map[Texts]int{TextsShort: 0, TextsUsual: d.IntN(3), TextsLong: 3}[d.texts] {
		year := max(p.FirstYear, last-d.IntN(6))
		p.Exchanges = append(p.Exchanges, repertoire.Exchange{Date: d.dateIn(year),
			Title: pick(d, []string{"Mission d’élus", "Accueil d’une délégation", "Voyage d’une classe", "Semaine culturelle",
				"Stage d’agents"}), Description: pick(d, methods)})
	}
	if d.chance(30) {
		p.Links = append(p.Links, repertoire.Link{Label: "Page du partenariat (fictive)", URL: "https://example.org/partenariat"})
	}
}
