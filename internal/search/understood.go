package search

import (
	"cmp"
	"slices"
	"strings"
)

// PartKind says what a part of a query was taken for.
type PartKind string

// The kinds of parts, as they are said to people.
const (
	PartWord        PartKind = "mot"
	PartPhrase      PartKind = "expression"
	PartName        PartKind = "collectivité"
	PartTheme       PartKind = "thème"
	PartCountry     PartKind = "pays"
	PartArea        PartKind = "zone"
	PartRegion      PartKind = "région"
	PartDepartement PartKind = "département"
	PartPlace       PartKind = "lieu"
	PartDirectory   PartKind = "répertoire"
	PartType        PartKind = "type"
	PartStatus      PartKind = "statut"
	PartLevel       PartKind = "niveau"
	PartFormality   PartKind = "formalité"
	PartFunder      PartKind = "financeur"
	PartGoal        PartKind = "odd"
	PartYear        PartKind = "année"
	PartAge         PartKind = "ancienneté"
	PartAmount      PartKind = "montant"
	PartPopulation  PartKind = "population"
	PartDistance    PartKind = "distance"
	PartVerified    PartKind = "vérification"
	PartHeld        PartKind = "présence"
	PartCode        PartKind = "code"
	PartProject     PartKind = "projet"
	PartFilter      PartKind = "filtre"
	PartSimilar     PartKind = "semblables"
	PartOrder       PartKind = "ordre"
	PartCarrier     PartKind = "mot porteur"
)

// Part is one part of a query as it was understood. Without and Turned are the
// queries to ask instead: without this part, and with it turned round.
type Part struct {
	Kind    PartKind `json:"kind"`
	Label   string   `json:"label"` // what was understood: "Madagascar", "plus de 10 ans"
	Said    string   `json:"said"`  // with its kind: "pays Madagascar", "sans Brésil"
	Typed   string   `json:"typed"`
	Negated bool     `json:"negated,omitempty"` // what has it is put aside
	Dropped bool     `json:"dropped,omitempty"` // nothing was asked of it; Note says why when it could have been
	Note    string   `json:"note,omitempty"`
	From    int      `json:"from"` // bytes of the query
	To      int      `json:"to"`
	Without string   `json:"without"`
	Turned  string   `json:"turned,omitempty"` // "" when it cannot be
}

// Understood is a whole query as it was understood, in the order typed.
type Understood struct {
	// Text says it in one line: "thème eau · pays Madagascar · sans Brésil".
	Text  string `json:"text"`
	Parts []Part `json:"parts"`
}

// said is how a clause is told.
type said struct {
	kind  PartKind
	label string
	typed string // in the query language, without its sign
}

// fixed is a word put in the place of one that was mistyped.
func (q *query) understood() Understood {
	u := Understood{Parts: []Part{}}
	text := q.req.Text
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.optional && c.said.kind == "" {
			continue
		}
		p := Part{Kind: c.said.kind, Label: cmp.Or(c.said.label, c.typed), Typed: c.typed, Negated: c.negated, From: c.span[0],
			To: c.span[1]}
		if c.given {
			p.Dropped, p.Note = true, "laissé de côté : rien ici ne le porte"
		} else if c.optional {
			p.Note = "préféré, sans être exigé"
		}
		if c.kind == clauseOrder {
			p.Note = "l’ordre des réponses"
		}
		if s := c.alternatives; len(s) > 1 && s[0].set != nil && s[0].set.IsEmpty() && p.Kind == PartDepartement && q.found[i] != nil &&
			len(q.found[i].hits) > 0 {
			p.Kind, p.Label = PartWord, c.typed // nobody is of the place: those whose name holds the word are
		}
		p.Without = without(text, c.span)
		if c.said.typed != "" && !c.given && c.span[1] <= len(text) && c.span[0] <= c.span[1] {
			sign := map[bool]string{true: "", false: "-"}[c.negated || c.kind == clauseOrder]
			p.Turned = replaced(text, c.span, sign+c.said.typed)
		}
		u.Parts = append(u.Parts, p)
	}
	for _, d := range q.plan.carried {
		u.Parts = append(u.Parts, Part{Kind: PartCarrier, Label: d.raw, Typed: d.raw, Dropped: true, From: d.start, To: d.end,
			Without: without(text, [2]int{d.start, d.end})})
	}
	slices.SortStableFunc(u.Parts, func(a, b Part) int { return cmp.Compare(a.From, b.From) })
	u.Parts = joinCarriers(u.Parts, text)
	for i := range u.Parts {
		u.Parts[i].Said = u.Parts[i].saying()
	}
	u.Text = u.line()
	return u
}

// joinCarriers makes one part of the words left out that follow one another.
func joinCarriers(parts []Part, text string) []Part {
	var out []Part
	for _, p := range parts {
		if n := len(out); n > 0 && p.Kind == PartCarrier && out[n-1].Kind == PartCarrier && out[n-1].To <= p.From && p.To <= len(text) {
			last := &out[n-1]
			last.To = p.To
			last.Label = text[last.From:last.To]
			last.Typed, last.Without = last.Label, without(text, [2]int{last.From, last.To})
			continue
		}
		out = append(out, p)
	}
	return out
}

func (p Part) saying() string {
	if p.Negated {
		return "sans " + p.Label
	}
	switch p.Kind {
	case PartSimilar:
		return "semblables à " + p.Label
	case PartWord, PartPhrase, PartYear, PartAge, PartAmount, PartPopulation, PartDistance, PartVerified, PartHeld, PartCarrier, PartFilter,
		PartOrder:
		return p.Label
	}
	return string(p.Kind) + " " + p.Label
}

func (u *Understood) line() string {
	var kept, dropped []string
	for _, p := range u.Parts {
		if p.Dropped {
			dropped = append(dropped, "« "+p.Typed+" »")
			continue
		}
		kept = append(kept, p.Said)
	}
	out := strings.Join(kept, " · ")
	if len(dropped) > 0 {
		if out != "" {
			out += " · "
		}
		out += "laissé de côté : " + strings.Join(dropped, ", ")
	}
	return out
}

// replaced puts other words in the place of a span of what was typed.
func replaced(text string, span [2]int, by string) string {
	return strings.Join(strings.Fields(text[:span[0]]+" "+by+" "+text[span[1]:]), " ")
}
