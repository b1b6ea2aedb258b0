package book

import (
	"fmt"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// guide tells how the book is ordered, what an entry says and what it cannot
// say: only of what this very edition holds.
func (c *composer) guide(p plan) []layout.Section {
	s := c.section(p, layout.FrontMatter)
	para := func(text string) { s.Blocks = append(s.Blocks, layout.Para(text)) }
	head := func(text string) {
		s.Blocks = append(s.Blocks, layout.Heading{Level: 2, Style: "h3", Text: layout.Plain(text)})
	}
	if b := c.markdown(c.in.Directory.Blurb, 2, layout.Origin{Field: "blurb"}); len(b) > 0 {
		if first, ok := b[0].(layout.Paragraph); ok {
			first.Style = "lead"
			b[0] = first
		}
		s.Blocks = append(s.Blocks, b...)
	}
	if len(c.entries) == 0 {
		para("Cette édition ne contient encore aucune fiche.")
		return []layout.Section{s}
	}
	head("L’ordre des fiches")
	para(c.orderSentence())
	sample := c.specimen()
	if len(sample) == 0 {
		head("Ce que dit une fiche")
	}
	for _, t := range c.entryWords(len(sample) > 0) {
		if len(sample) > 0 {
			s.Blocks = append(s.Blocks, layout.Paragraph{Style: "small", Text: layout.Plain(t)})
			continue
		}
		para(t)
	}
	if key := c.familyKey(); len(key) > 0 {
		head("Les thématiques, par couleur et par signe")
		s.Blocks = append(s.Blocks, key...)
	}
	if squares := c.goalLegend(); len(squares) > 0 {
		head("Les carrés numérotés : Objectifs de développement durable")
		s.Blocks = append(s.Blocks, layout.Columned{Count: 3, Blocks: squares})
	}
	// A page of its own, unless the one before would stay nearly empty; what the data
	// are worth fills the one after.
	if len(sample) > 0 {
		s.Blocks = append(s.Blocks, layout.Group{Apart: true, Blocks: sample})
	}
	head("La date et les limites des données")
	for _, t := range c.dataWords() {
		s.Blocks = append(s.Blocks, layout.Paragraph{Style: "small", Text: layout.Plain(t)})
	}
	return []layout.Section{s}
}

// noun is what the book calls itself.
func (c *composer) noun() string {
	if c.in.noun != "" {
		return c.in.noun
	}
	return "répertoire"
}

func (c *composer) orderSentence() string {
	what, by := count(len(c.entries), "fiche", "fiches"), "la collectivité française"
	if c.in.Directory.ByPartner {
		by = "la collectivité partenaire"
	}
	text := fmt.Sprintf("Ce "+c.noun()+" compte %s, dans l’ordre alphabétique de %s", what, by)
	if c.manyCountries() {
		text = fmt.Sprintf("Ce "+c.noun()+" compte %s, réparties par pays puis dans l’ordre alphabétique de %s", what, by)
		if len(c.entries) < 2 {
			text = fmt.Sprintf("Ce "+c.noun()+" compte %s, rangée sous son pays", what)
		}
	} else if len(c.entries) < 2 {
		text = fmt.Sprintf("Ce %s compte %s", c.noun(), what)
	}
	return text +
		". L’article qui commence un nom ne compte pas : Le Havre est à la lettre H. Les index, en fin de volume, mènent aux fiches par d’autres chemins."
}

// entryWords defines the words of the facts, of those that occur; a specimen
// says the first of them itself.
func (c *composer) entryWords(shown bool) []string {
	var out []string
	if !shown {
		out = append(out,
			"Chaque fiche nomme les collectivités des deux côtés, avec leur département ou leur région et, quand elle est connue, leur population. "+
				"Les communes françaises homonymes étant nombreuses, le département est toujours indiqué.")
	}
	if c.any(func(e *entry) bool { return e.p.Type != "" && (e.p.Formality != "" || e.p.Status != "") }) {
		out = append(out,
			"Trois renseignements y sont distincts : la nature du lien (jumelage, coopération décentralisée, pacte d’amitié…), "+
				"sa formalisation (convention signée, délibération seule, aucune) et son statut (en projet, actif, en sommeil, suspendu, terminé).")
	}
	if !shown && c.any(func(e *entry) bool { return len(e.p.Themes) > 1 }) {
		out = append(out, "Les thématiques sont données par ordre de priorité.")
	}
	if !shown && c.any(func(e *entry) bool { return hasFunding(e) }) {
		out = append(out,
			"Les montants sont ceux que les collectivités ont déclarés ; un apport valorisé (locaux, temps d’agents) est signalé comme tel.")
	}
	if c.fictitious() > 0 {
		out = append(out, "Une fiche marquée « Fiche fictive » est inventée pour l’essai : elle ne décrit aucun partenariat réel.")
	}
	return out
}

// dataWords says what the data are worth, and of when.
func (c *composer) dataWords() []string {
	var out []string
	if c.in.Date != "" {
		out = append(out, "Les données de cette édition sont celles de la base au "+c.in.Date.French()+".")
	}
	verified := c.number(func(e *entry) bool { return e.p.Verified != "" })
	switch n := len(c.entries); {
	case verified == 0:
		out = append(out,
			"Aucune fiche ne porte de date de vérification par les collectivités : les informations sont à confirmer auprès d’elles.")
	case verified == n:
		out = append(out, "Chaque fiche porte la date de sa dernière vérification.")
	default:
		out = append(out, fmt.Sprintf("Sur %s, %s %s une date de vérification ; les autres restent à confirmer auprès des collectivités.",
			count(n, "fiche", "fiches"), inWords(verified, true), verb(verified, "porte", "portent")))
	}
	if missing := c.missingFacts(); len(missing) > 0 {
		out = append(out, "Les données disponibles ne renseignent pour aucune fiche "+nor(missing)+" : le "+c.noun()+" n’en dit donc rien.")
	}
	if c.usual != "" {
		out = append(out, "Sauf mention contraire, les partenariats sont connus par la source suivante : "+sentence(c.usual))
	}
	return append(out,
		"Ce "+c.noun()+" n’est pas exhaustif ; les collectivités sont invitées à signaler à l’éditeur ce qui manque ou a changé.")
}

// missingFacts lists what no entry holds.
func (c *composer) missingFacts() []string {
	var out []string
	for _, x := range []struct {
		word string
		has  func(*entry) bool
	}{
		{"le statut", func(e *entry) bool { return e.p.Status != "" }},
		{"l’année de la première convention", func(e *entry) bool { return firstYear(e) != 0 }},
		{"les thématiques", func(e *entry) bool { return len(e.p.Themes) > 0 }},
		{"les projets", func(e *entry) bool { return len(e.p.Projects) > 0 }},
		{"les financeurs", hasFunding},
		{"les interlocuteurs", func(e *entry) bool { return len(e.p.Contacts) > 0 }},
	} {
		if !c.any(x.has) {
			out = append(out, x.word)
		}
	}
	return out
}

func (c *composer) any(f func(*entry) bool) bool {
	for _, e := range c.entries {
		if f(e) {
			return true
		}
	}
	return false
}

func (c *composer) number(f func(*entry) bool) int {
	n := 0
	for _, e := range c.entries {
		if f(e) {
			n++
		}
	}
	return n
}

// goalLegend lists the SDGs that the entries' themes point to.
func (c *composer) goalLegend() []layout.Block {
	used := map[int]bool{}
	for _, e := range c.entries {
		for _, g := range c.goals(e.p.Themes) {
			used[g.Number] = true
		}
	}
	var out []layout.Block
	for n := 1; n <= 17; n++ {
		if used[n] {
			g := c.goal(n)
			out = append(out, layout.Paragraph{Style: "facts",
				Text: []layout.Inline{goalSquare(g), layout.Text{Text: "\u00a0 " + g.Title}}})
		}
	}
	return out
}

// familyKey tells the colours and the signs of the families that occur: in
// print, in grey and for those who see no colours.
func (c *composer) familyKey() []layout.Block {
	used := map[string]bool{}
	for _, e := range c.entries {
		for _, code := range themesOf(e) {
			top, _, _ := strings.Cut(code, ".")
			used[top] = true
		}
	}
	var list []chart.Pill
	var words []string
	for n := 1; n <= len(families); n++ {
		t, ok := c.theme(fmt.Sprint(n))
		if !ok || !used[t.Code] {
			continue
		}
		f := family(t.Code)
		list = append(list, chart.Pill{Text: oneLine(t.Label), Fill: c.familyColor(f), Sign: chart.Sign(f)})
		words = append(words, oneLine(t.Label))
	}
	if len(list) == 0 {
		return nil
	}
	return []layout.Block{chart.Key(list, c.design.TextWidth(), "Familles de thématiques : "+strings.Join(words, " ; ")+".", c.ink)}
}
