package search

import (
	"iter"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// FacetHeld tells what a record has: "sans:convention" asks for those that
// lack it. It is not counted in the window's facets.
const FacetHeld Facet = "held"

// The values of FacetHeld, as they are typed after "sans:" and "avec:".
const (
	HeldContact     = "contact"
	HeldConvention  = "convention"
	HeldElected     = "élu"
	HeldOfficer     = "référent"
	HeldTheme       = "thématique"
	HeldProject     = "projet"
	HeldYear        = "année"
	HeldDescription = "description"
	HeldObjectives  = "objectifs"
	HeldHistory     = "historique"
	HeldContext     = "contexte"
	HeldPicture     = "photo"
	HeldAmount      = "montant"
	HeldFunder      = "financeur"
	HeldEmail       = "courriel"
	HeldPhone       = "téléphone"
	HeldFile        = "pièce-jointe"
	HeldPlace       = "coordonnées"
	HeldPopulation  = "population"
	HeldExchange    = "visite"
	HeldActor       = "opérateur"
	HeldStatus      = "statut"
	HeldType        = "type"
	HeldLink        = "lien"
	HeldNote        = "note"
	HeldINSEE       = "insee"
	HeldSIREN       = "siren"
	// HeldPrivate is a contact of whom nothing may be printed.
	HeldPrivate = "non-publiable"
	HeldPublic  = "publiable"
)

// allHeld lists the values of FacetHeld.
var allHeld = []string{HeldContact, HeldConvention, HeldElected, HeldOfficer, HeldTheme, HeldProject, HeldYear, HeldDescription,
	HeldObjectives, HeldHistory, HeldContext, HeldPicture,
	HeldAmount, HeldFunder, HeldEmail, HeldPhone, HeldFile, HeldPlace, HeldPopulation, HeldExchange, HeldActor, HeldStatus, HeldType,
	HeldLink, HeldNote, HeldINSEE, HeldSIREN, HeldPrivate, HeldPublic}

// heldBy lists what p has, r being its record.
func heldBy(p *repertoire.Partnership, r *Record) []string {
	var out []string
	add := func(value string, has bool) {
		if has {
			out = append(out, value)
		}
	}
	has := func(f func(repertoire.Contact) bool) bool { return slices.ContainsFunc(p.Contacts, f) }
	add(HeldContact, len(p.Contacts) > 0)
	add(HeldConvention, len(p.Conventions) > 0 || p.Formality == repertoire.FormalityConvention)
	add(HeldElected, has(func(c repertoire.Contact) bool { return c.Elected }))
	add(HeldOfficer, has(func(c repertoire.Contact) bool { return !c.Elected }))
	add(HeldEmail, has(func(c repertoire.Contact) bool { return c.Email != "" && !c.Objected }))
	add(HeldPhone, has(func(c repertoire.Contact) bool { return c.Phone != "" && !c.Objected }))
	add(HeldPrivate, has(func(c repertoire.Contact) bool { _, ok := c.Published(); return !ok }))
	add(HeldPublic, has(func(c repertoire.Contact) bool { _, ok := c.Published(); return ok }))
	add(HeldTheme, len(p.Themes) > 0)
	add(HeldProject, len(p.Projects) > 0)
	add(HeldYear, r.FirstYear != 0)
	add(HeldDescription, p.Description != "")
	add(HeldObjectives, p.Objectives != "")
	add(HeldHistory, p.History != "")
	add(HeldContext, p.Context != "")
	add(HeldPicture, len(p.Pictures) > 0)
	add(HeldAmount, r.Amount != 0)
	add(HeldFunder, len(r.Funders) > 0)
	add(HeldFile, len(p.Attachments) > 0 || slices.ContainsFunc(p.Conventions, func(c repertoire.Convention) bool { return c.Media != "" }))
	add(HeldExchange, len(p.Exchanges) > 0)
	add(HeldActor, len(r.Actors) > 0)
	add(HeldStatus, p.Status != "")
	add(HeldType, p.Type != "")
	add(HeldLink, len(p.Links) > 0)
	add(HeldNote, p.Notes != "")
	every := func(list []Name, f func(*Name) bool) bool {
		for i := range list {
			if !f(&list[i]) {
				return false
			}
		}
		return len(list) > 0
	}
	located := func(n *Name) bool { return n.Latitude != 0 || n.Longitude != 0 }
	add(HeldPlace, every(r.French, located) && every(r.Foreign, located))
	counted := func(n *Name) bool { return n.Population > 0 }
	add(HeldPopulation, every(r.French, counted) && every(r.Foreign, counted))
	add(HeldINSEE, every(r.French, func(n *Name) bool { return n.INSEE != "" }))
	add(HeldSIREN, every(r.French, func(n *Name) bool { return n.SIREN != "" }))
	return out
}

func fieldsOf(s string) iter.Seq[string] { return strings.FieldsSeq(s) }
