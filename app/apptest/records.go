package apptest

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// Lille is the record called Lille – Saint-Louis, the fullest of all.
const Lille repertoire.ID = "lille-saint-louis"

func (d *Door) fill(n int) {
	french := [][3]string{{"Lille", "Nord", "Hauts-de-France"}, {"Le Havre", "Seine-Maritime", "Normandie"}, {"Évreux", "Eure", "Normandie"},
		{"La Rochelle", "Charente-Maritime", "Nouvelle-Aquitaine"}, {"Saint-Étienne", "Loire", "Auvergne-Rhône-Alpes"}}
	foreign := [][3]string{{"Saint-Louis", "SN", "Saint-Louis"}, {"Antananarivo", "MG", "Analamanga"}, {"Shizuoka", "JP", "Chūbu"},
		{"Beyrouth", "LB", "Beyrouth"}, {"Antsirabe", "MG", "Vakinankaratra"}}
	for _, a := range french {
		d.add(repertoire.Authority{ID: authorityID(a[0]), Name: a[0], Country: "FR", Level: repertoire.LevelCommune, Departement: a[1], Region: a[2]})
	}
	for _, a := range foreign {
		d.add(repertoire.Authority{ID: authorityID(a[0]), Name: a[0], Country: a[1], Level: repertoire.LevelCommune, Region: a[2]})
	}
	d.put(lille())
	types, statuses := repertoire.Types, repertoire.Statuses
	themes := d.Themes()
	slug := map[string]string{"MG": "madagascar", "SN": "senegal", "JP": "japon", "LB": "liban"}
	for i := 1; i < max(3, n); i++ {
		f, p := french[i%len(french)], foreign[(i+i/5)%len(foreign)]
		d.records[repertoire.ID(fmt.Sprintf("p-%06d", i))] = repertoire.Partnership{
			ID: repertoire.ID(fmt.Sprintf("p-%06d", i)), Version: 1, Directories: []string{slug[p[1]]},
			Parties: []repertoire.Party{{Authority: authorityID(f[0]), Side: repertoire.SideFrench, Lead: true}, {Authority: authorityID(p[0]), Side: repertoire.SideForeign, Lead: true}},
			Type:    types[i%len(types)].Value, Status: statuses[i%len(statuses)].Value, Themes: []string{themes[i%len(themes)].Code},
			FirstYear: 1980 + i%45, Verified: repertoire.Date(fmt.Sprintf("20%02d-0%d-15", 15+i%12, 1+i%9)), Fictitious: true,
		}
	}
	for id, p := range d.records {
		d.titles[id] = d.titleOf(p)
	}
	d.sort()
}

func authorityID(name string) repertoire.ID { return repertoire.ID("a-" + repertoire.Fold(name)) }

func (d *Door) add(a repertoire.Authority) { d.authorities[a.ID] = a }

// lille has something in every field, so that a view cannot forget one.
func lille() repertoire.Partnership {
	return repertoire.Partnership{
		ID: Lille, Version: 3, Directories: []string{"senegal"},
		Parties: []repertoire.Party{{Authority: authorityID("Lille"), Side: repertoire.SideFrench, Lead: true}, {Authority: authorityID("Saint-Louis"), Side: repertoire.SideForeign, Lead: true}},
		Type:    repertoire.TypeCooperation, Formality: repertoire.FormalityConvention, Status: repertoire.StatusActive,
		FirstYear: 1978, Start: "1978-05", Themes: []string{"3.1.1", "2.3"},
		Conventions: []repertoire.Convention{{Title: "Convention triennale 2024–2026", Signed: "2024-02-12", Until: "2026-12-31"}},
		Objectives:  "Améliorer l’accès à l’eau et à l’assainissement dans les quartiers de la Langue de Barbarie, et associer la jeunesse des deux villes.",
		Context:     "Saint-Louis, ancienne capitale de l’Afrique-Occidentale française, est inscrite au patrimoine mondial depuis 2000. L’érosion côtière y déplace des quartiers entiers.",
		History:     "Le jumelage date de 1978. Il est devenu une coopération décentralisée en 1992.",
		Description: "Les deux villes mènent un programme pluriannuel, évalué chaque année par un comité mixte.",
		Projects: []repertoire.Project{
			{ID: "projet-1", Title: "Eau potable à Guet Ndar", Themes: []string{"3.1.1"}, Start: "2024", End: "2026", Places: "Guet Ndar", Operator: "Le Partenariat",
				Beneficiaries: "12 000 habitants", Results: "18 bornes-fontaines en service", Budget: repertoire.Euros(412000),
				Funding: []repertoire.Funding{{Funder: "AFD", Kind: "ficol", Amount: repertoire.Euros(250000)}, {Funder: "Agence de l’eau Artois-Picardie", Kind: "agence-eau", Amount: repertoire.Euros(100000)}}},
			{ID: "projet-2", Title: "Volontariat de réciprocité", Themes: []string{"2.3"}, Start: "2025", Operator: "Service de coopération", Budget: repertoire.Euros(36500)},
		},
		Exchanges: []repertoire.Exchange{{Date: "2025-10-14", Title: "Visite du maire de Saint-Louis à Lille", Description: "Signature de l’avenant au programme."}},
		Actors:    []repertoire.Actor{{Name: "Le Partenariat", Role: "opérateur", URL: "https://lepartenariat.example.org"}},
		Contacts: []repertoire.Contact{{ID: "contact-1", Side: repertoire.SideFrench, Name: "Camille Exemple", Role: "chargée de mission", Email: "camille@example.org", Phone: "03 20 00 00 00",
			PublishName: true, PublishEmail: true, LegalBasis: "consentement"}},
		Links:  []repertoire.Link{{Label: "Page de la coopération", URL: "https://example.org/cooperation"}},
		Source: "essai", Fictitious: true, Notes: "Relancer en janvier.", Verified: "2026-03-02", CountryGroup: true,
	}
}

func (d *Door) titleOf(p repertoire.Partnership) string {
	return p.DisplayTitle(func(id repertoire.ID) *repertoire.Authority {
		if a, ok := d.authorities[id]; ok {
			return &a
		}
		return nil
	})
}

// put stores a record and keeps the order of titles.
func (d *Door) put(p repertoire.Partnership) {
	d.records[p.ID] = p
	d.titles[p.ID] = d.titleOf(p)
	d.sort()
}

func (d *Door) drop(id repertoire.ID) {
	delete(d.records, id)
	delete(d.titles, id)
	d.sort()
}

func (d *Door) sort() {
	d.order = d.order[:0]
	for id := range d.records {
		d.order = append(d.order, id)
	}
	sort.Slice(d.order, func(i, j int) bool {
		a, b := d.order[i], d.order[j]
		if d.titles[a] != d.titles[b] {
			return d.titles[a] < d.titles[b]
		}
		return a < b
	})
}

// Search is the door's: every word must begin a word of the title or of the
// objectives, whatever the accents.
func (d *Door) Search(ctx context.Context, q searches.Query) (searches.Result, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Searches++
	if d.Fail != nil {
		return searches.Result{}, d.Fail
	}
	r := searches.Result{Facets: map[string][]searches.FacetValue{}}
	counts := map[string]map[string]int{"theme": {}, "country": {}, "status": {}, "type": {}}
	limit := q.Limit
	if limit == 0 {
		limit = 50
	}
	words := strings.Fields(repertoire.Fold(q.Text))
	order := d.order
	if q.Descending {
		order = slices.Clone(order)
		slices.Reverse(order)
	}
	for _, id := range order {
		p := d.records[id]
		if q.Directory != "" && !slices.Contains(p.Directories, q.Directory) || !d.matches(p, words) {
			continue
		}
		row := d.row(p)
		if !allowed(q.Countries, row.Country) || !allowed(q.Statuses, string(p.Status)) || !allowed(q.Types, string(p.Type)) || !under(q.Themes, p.Themes) {
			continue
		}
		if r.Total >= q.Offset && len(r.Hits) < limit {
			r.Hits = append(r.Hits, searches.Hit{Row: row})
		}
		r.Total++
		if q.Facets {
			counts["country"][row.Country]++
			counts["status"][string(p.Status)]++
			counts["type"][string(p.Type)]++
			counts["theme"][p.Theme()]++
		}
	}
	for key, values := range counts {
		for v, n := range values {
			r.Facets[key] = append(r.Facets[key], searches.FacetValue{Value: v, Label: d.facetLabel(key, v), Count: n})
		}
		slices.SortFunc(r.Facets[key], func(a, b searches.FacetValue) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			return strings.Compare(a.Label, b.Label)
		})
	}
	if r.Total == 0 && q.Text != "" {
		r.Corrections = []searches.Correction{{Label: "Lille", Text: "Lille"}}
	}
	return r, ctx.Err()
}

func (d *Door) matches(p repertoire.Partnership, words []string) bool {
	text := " " + repertoire.Fold(d.titles[p.ID]+" "+p.Objectives)
	for _, w := range words {
		if !strings.Contains(text, " "+w) {
			return false
		}
	}
	return true
}

func allowed(picked []string, value string) bool {
	return len(picked) == 0 || slices.Contains(picked, value)
}

func under(picked, codes []string) bool {
	return len(picked) == 0 || slices.ContainsFunc(codes, func(code string) bool {
		return slices.ContainsFunc(picked, func(a string) bool { return repertoire.ThemeUnder(code, a) })
	})
}

func (d *Door) row(p repertoire.Partnership) searches.Row {
	row := searches.Row{ID: p.ID, Title: d.titles[p.ID], Type: p.Type, Status: p.Status, Theme: p.Theme(), FirstYear: p.FirstYear, Verified: p.Verified, Fictitious: p.Fictitious}
	for _, id := range p.PartiesOn(repertoire.SideForeign) {
		row.Country = d.authorities[id].Country
	}
	if len(p.Directories) > 0 {
		row.Directory = p.Directories[0]
	}
	return row
}

func (d *Door) facetLabel(key, value string) string {
	switch key {
	case "theme":
		return d.ThemeLabel(value)
	case "country":
		return d.CountryName(value)
	case "status":
		return repertoire.Statuses.Label(repertoire.Status(value))
	}
	return repertoire.Types.Label(repertoire.Type(value))
}

// Record gives a record as it is stored, for a test to look at.
func (d *Door) Record(id repertoire.ID) repertoire.Partnership {
	d.mu.Lock()
	defer d.mu.Unlock()
	return copyOf(d.records[id])
}

// Count gives how many records there are.
func (d *Door) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.records)
}
