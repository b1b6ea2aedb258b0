package repertoire

import (
	"bytes"
	"encoding/json"
	"sort"
)

// fieldLabels gives the French name of every top-level JSON field of the
// aggregates, as forms, histories and conflicts show it.
var fieldLabels = map[string]string{
	"title": "Titre", "directories": "Répertoires", "parties": "Collectivités", "type": "Type",
	"formality": "Formalisation", "status": "Statut", "first_year": "Première convention", "start": "Début",
	"end": "Fin", "conventions": "Conventions", "context": "Contexte", "history": "Historique",
	"objectives": "Objectifs", "description": "Description", "themes": "Thématiques", "projects": "Projets",
	"exchanges": "Échanges", "actors": "Acteurs", "contacts": "Interlocuteurs", "links": "Liens",
	"pictures": "Images", "attachments": "Pièces jointes", "country_group": "Groupe-pays", "source": "Source",
	"fictitious": "Fictif", "notes": "Notes", "verified": "Vérifié le", "confirmations": "Confirmations",
	"name": "Nom", "article": "Article", "native_name": "Nom d’origine", "native_lang": "Langue du nom",
	"other_names": "Autres noms", "country": "Pays", "level": "Niveau", "insee": "Code INSEE", "siren": "SIREN",
	"departement": "Département", "region": "Région", "postal_codes": "Codes postaux", "population": "Population",
	"latitude": "Latitude", "longitude": "Longitude", "website": "Site web", "email": "Courriel",
	"distinct": "Distinct de", "phone": "Téléphone", "address": "Adresse", "member": "Adhérent", "slug": "Identifiant", "short": "Nom court",
	"edition": "Édition", "countries": "Pays", "blurb": "Présentation", "editorial": "Éditoriaux",
	"groups": "Groupes-pays", "imprint": "Mentions légales", "by_partner": "Classement", "sections": "Parties du livre",
	"density": "Densité", "design": "Maquette", "format": "Format", "cover": "Couverture", "logos": "Logos", "overrides": "Réglages de pages",
	"figures": "Chiffres clés", "introduction": "Introduction", "territorial": "Organisation territoriale",
	"tiers": "Échelons", "decentralisation": "Décentralisation", "cooperation": "Coopération avec la France",
}

// FieldLabel gives the French name of a top-level JSON field, or the field's
// own name when it has none.
func FieldLabel(field string) string {
	if l := fieldLabels[field]; l != "" {
		return l
	}
	return field
}

// bookkeeping fields change with every save and mean nothing to a person.
var bookkeeping = map[string]bool{"id": true, "version": true, "created": true, "updated": true, "confirmations": true}

// FieldChange is one top-level field before and after, as raw JSON; nil where
// the field is absent.
type FieldChange struct {
	Name          string
	Before, After json.RawMessage
}

// Compare lists the fields in which two JSON records differ, sorted by name;
// bookkeeping (version, dates of writing, confirmations) is left out. A nil
// record has no fields.
func Compare(before, after json.RawMessage) ([]FieldChange, error) {
	b, err := fieldsOf(before)
	if err != nil {
		return nil, err
	}
	a, err := fieldsOf(after)
	if err != nil {
		return nil, err
	}
	var out []FieldChange
	for name, v := range b {
		if !bookkeeping[name] && !bytes.Equal(v, a[name]) {
			out = append(out, FieldChange{name, v, a[name]})
		}
	}
	for name, v := range a {
		if _, both := b[name]; !both && !bookkeeping[name] {
			out = append(out, FieldChange{name, nil, v})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, nil
}

func fieldsOf(raw json.RawMessage) (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	if len(raw) == 0 {
		return fields, nil
	}
	err := json.Unmarshal(raw, &fields)
	return fields, err
}
