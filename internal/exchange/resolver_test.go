package exchange_test

import (
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// world is a small resolver: a base and a reference held in slices.
type world struct {
	base      []repertoire.Authority // in the base
	reference []repertoire.Authority // French list and places, not in the base
	themes    map[string]string      // code -> label
	countries map[string]string      // ISO -> name
}

func newWorld() *world {
	w := &world{
		themes: map[string]string{"2": "Éducation, social et recherche", "2.5": "Santé", "3": "Environnement, climat et énergie",
			"3.1": "Eau et déchets", "3.1.1": "Eau et assainissement", "6": "Culture et patrimoine",
			"10": "Jumelage, amitié et échanges citoyens"},
		countries: map[string]string{"SN": "Sénégal", "MG": "Madagascar", "JP": "Japon", "FR": "France", "BR": "Brésil", "AM": "Arménie",
			"TT": "Trinité-et-Tobago"},
	}
	french := func(insee, siren, name, departement string) {
		w.reference = append(w.reference, repertoire.Authority{ID: repertoire.DeriveID("fr:commune:" + insee), Name: name, Country: "FR",
			Level: repertoire.LevelCommune, INSEE: insee, SIREN: siren, Departement: departement})
	}
	french("59350", "215903501", "Lille", "Nord")
	french("06088", "210600888", "Nice", "Alpes-Maritimes")
	french("76351", "217603513", "Le Havre", "Seine-Maritime")
	french("93066", "929939411", "Saint-Denis", "Seine-Saint-Denis")
	french("97411", "219740115", "Saint-Denis", "La Réunion")
	french("72003", "217200039", "Allonnes", "Sarthe")
	french("49002", "214900029", "Allonnes", "Maine-et-Loire")
	french("69266", "216902668", "Villeurbanne", "Rhône")
	w.reference = append(w.reference, repertoire.Authority{ID: repertoire.DeriveID("fr:departement:59"), Name: "Nord", Country: "FR",
		Level: repertoire.LevelDepartement, INSEE: "59"})
	w.base = append(w.base, repertoire.Authority{ID: repertoire.DeriveID("place:SN:Saint-Louis"), Name: "Saint-Louis", Country: "SN",
		Level: repertoire.LevelCommune, OtherNames: []string{"Ndar"}})
	return w
}

func (w *world) Authority(id repertoire.ID) *repertoire.Authority {
	for i := range w.base {
		if w.base[i].ID == id {
			return &w.base[i]
		}
	}
	return nil
}

func (w *world) French(q exchange.FrenchQuery) []repertoire.Authority {
	return w.find(func(a repertoire.Authority) bool {
		switch {
		case !a.French() || q.Level != "" && a.Level != q.Level:
			return false
		case q.INSEE != "":
			return a.INSEE == q.INSEE
		case q.SIREN != "":
			return a.SIREN == q.SIREN
		}
		return folded(a.Name) == folded(q.Name)
	})
}

func (w *world) Foreign(country, name string) []repertoire.Authority {
	return w.find(func(a repertoire.Authority) bool {
		if a.Country != country {
			return false
		}
		for _, n := range append([]string{a.Name, a.NativeName}, a.OtherNames...) {
			if n != "" && folded(n) == folded(name) {
				return true
			}
		}
		return false
	})
}

func (w *world) ForeignIn(country string) []repertoire.Authority {
	var out []repertoire.Authority
	for _, a := range w.base {
		if a.Country == country {
			out = append(out, a)
		}
	}
	return out
}

func (w *world) find(keep func(repertoire.Authority) bool) []repertoire.Authority {
	var out []repertoire.Authority
	seen := map[repertoire.ID]bool{}
	for _, list := range [][]repertoire.Authority{w.base, w.reference} {
		for _, a := range list {
			if keep(a) && !seen[a.ID] {
				seen[a.ID] = true
				out = append(out, a)
			}
		}
	}
	return out
}

// tables are those of the program.
var tables = reference.Open()

// Who answers from the true reference and the base.
func (w *world) Who(m reference.Mention) reference.Answer {
	return reference.NewResolver(tables, w.base).Resolve(m)
}

func (w *world) WhichCountry(text string, likely ...string) reference.CountryAnswer {
	return tables.ResolveCountry(text, likely...)
}

func (w *world) Country(text string) (string, bool) {
	for iso, name := range w.countries {
		if strings.EqualFold(iso, text) || folded(name) == folded(text) {
			return iso, true
		}
	}
	return "", false
}

func (w *world) CountryName(iso string) string     { return w.countries[iso] }
func (w *world) ThemeLabel(code string) string     { return w.themes[code] }
func (w *world) Directory(s string) (string, bool) { return s, s == "senegal" || s == "japon" }

func (w *world) Theme(text string) (string, bool) {
	for code, label := range w.themes {
		if code == text || folded(label) == folded(text) {
			return code, true
		}
	}
	return "", false
}

func (w *world) names() exchange.Names {
	return exchange.Names{Authority: w.Authority, Theme: w.ThemeLabel, Country: w.CountryName}
}

func folded(s string) string {
	return strings.NewReplacer("-", " ", "'", " ", "’", " ").Replace(repertoire.Fold(s))
}

// accept puts a plan's records in the base, as the workspace would.
func (w *world) accept(p exchange.Plan, existing []repertoire.Partnership) []repertoire.Partnership {
	w.base = append(w.base, p.Authorities...)
	out := append([]repertoire.Partnership(nil), existing...)
	for _, u := range p.Updated {
		for i := range out {
			if out[i].ID == u.After.ID {
				out[i] = u.After
			}
		}
	}
	for _, a := range p.Added {
		out = append(out, a.Partnership)
	}
	return out
}

// plan reads text as a file and compares it with existing.
func plan(t testing.TB, w *world, text string, existing []repertoire.Partnership) exchange.Plan {
	t.Helper()
	table, err := exchange.Read("essai.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return planTable(t, w, table, existing)
}

func planTable(t testing.TB, w *world, table exchange.Table, existing []repertoire.Partnership) exchange.Plan {
	t.Helper()
	p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), w, existing,
		exchange.Options{Directory: "senegal", Author: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// rowsOf gives all rows of a table.
func rowsOf(t exchange.Table) []exchange.TableRow { return t.First(1 << 30) }
