package repertoire

// Completeness says how much of what a reader looks for an entry holds.
type Completeness struct {
	// Percent is 0 to 100.
	Percent int `json:"percent"`
	// Missing lists what would bring points, heaviest first.
	Missing []Shortcoming `json:"missing,omitempty"`
}

// Shortcoming is one reason for a score below 100.
type Shortcoming struct {
	Field   string `json:"field"` // JSON name
	Points  int    `json:"points"`
	Message string `json:"message"` // French sentence: what to add
}

// expectations are what an entry of the Atlas of the MEAE and the answers
// that readers of the books ask for hold; points by how often a reader misses
// them, 100 in all.
var expectations = [...]struct {
	Shortcoming
	met func(*Partnership) bool
}{
	{Shortcoming{"parties", 15, "Ajoutez une collectivité de chaque côté."}, func(p *Partnership) bool {
		return len(p.PartiesOn(SideFrench)) > 0 && len(p.PartiesOn(SideForeign)) > 0
	}},
	{Shortcoming{"themes", 12, "Choisissez au moins une thématique."}, func(p *Partnership) bool { return len(p.Themes) > 0 }},
	{Shortcoming{"projects", 12, "Décrivez au moins un projet."}, func(p *Partnership) bool { return len(p.Projects) > 0 }},
	{Shortcoming{"contacts", 12, "Indiquez l’interlocuteur de la collectivité française."}, func(p *Partnership) bool { return p.hasContact(SideFrench) }},
	{Shortcoming{"objectives", 10, "Rédigez les objectifs."}, func(p *Partnership) bool { return p.Objectives != "" }},
	{Shortcoming{"status", 8, "Indiquez le statut."}, func(p *Partnership) bool { return p.Status != "" }},
	{Shortcoming{"type", 7, "Indiquez le type de partenariat."}, func(p *Partnership) bool { return p.Type != "" }},
	{Shortcoming{"first_year", 7, "Indiquez l’année de la première convention."}, func(p *Partnership) bool { return p.FirstYear != 0 || p.Start != "" }},
	{Shortcoming{"history", 5, "Racontez l’historique ou le contexte."}, func(p *Partnership) bool {
		return p.History != "" || p.Context != "" || p.Description != ""
	}},
	{Shortcoming{"contacts", 4, "Indiquez l’interlocuteur de la collectivité partenaire."}, func(p *Partnership) bool { return p.hasContact(SideForeign) }},
	{Shortcoming{"projects", 4, "Indiquez le budget ou les financeurs d’un projet."}, func(p *Partnership) bool {
		for _, x := range p.Projects {
			if !x.Budget.IsZero() || len(x.Funding) > 0 {
				return true
			}
		}
		return false
	}},
	{Shortcoming{"formality", 2, "Dites si une convention est signée."}, func(p *Partnership) bool { return p.Formality != "" }},
	{Shortcoming{"pictures", 2, "Ajoutez une image."}, func(p *Partnership) bool { return len(p.Pictures) > 0 }},
}

// Completeness scores the entry and gives the reasons.
func (p *Partnership) Completeness() Completeness {
	c := Completeness{Percent: 100}
	for _, e := range expectations {
		if !e.met(p) {
			c.Percent -= e.Points
			c.Missing = append(c.Missing, e.Shortcoming)
		}
	}
	return c
}

func (p *Partnership) hasContact(side Side) bool {
	for _, c := range p.Contacts {
		if c.Side == side && c.Name != "" && (c.Email != "" || c.Phone != "") {
			return true
		}
	}
	return false
}
