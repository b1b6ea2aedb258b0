package reference

import (
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// Suggestion is a French authority that answers what is being typed.
type Suggestion struct {
	Authority repertoire.Authority
	// Former is the absorbed commune that matched, "" when the name itself did.
	Former string
}

// Label tells namesakes apart: "Saint-Denis (La Réunion)".
func (s Suggestion) Label() string { return Label(&s.Authority) }

// Label is the name with its département, as 3,675 communes share theirs; a
// département or région has its level instead.
func Label(a *repertoire.Authority) string {
	switch a.Level {
	case repertoire.LevelRegion:
		return a.Usual() + " (région)"
	case repertoire.LevelDepartement:
		return a.Usual() + " (département)"
	case repertoire.LevelOther:
		return a.Usual()
	}
	if a.Departement == "" {
		return a.Usual()
	}
	return a.Usual() + " (" + a.Departement + ")"
}

// found is a candidate: its row and how well it answers.
type found struct {
	row    int
	how    int
	former string
}

// SuggestFrench answers what is being typed, best first: the very name, then
// names that begin so, then names with words that do, then absorbed communes;
// the most populous first. INSEE codes, SIRENs and postal codes answer too.
func (t *Tables) SuggestFrench(text string, limit int) []Suggestion {
	f, _ := t.france()
	query := Key(text)
	if query == "" || limit <= 0 {
		return nil
	}
	hits := f.byCode(query)
	if len(hits) == 0 {
		hits = f.byText(query)
	}
	sort.Slice(hits, func(i, j int) bool { return f.before(hits[i], hits[j]) })
	out := make([]Suggestion, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, Suggestion{f.rows[h.row].authority(), h.former})
	}
	return out
}

func (f *france) byText(query string) []found {
	var hits []found
	typed := newQuery(query)
	for i, key := range f.keys() {
		if how := typed.match(key.name); how != noMatch {
			// A level of merit above what former names can reach.
			hits = append(hits, found{row: i, how: how + byName})
			continue
		}
		for k, former := range key.former {
			if how := typed.match(former); how >= byStart {
				hits = append(hits, found{i, how, list(f.rows[i].former, "|")[k]})
				break
			}
		}
	}
	return hits
}

// byCode answers numbers; Corsican codes ("2b347") carry a letter.
func (f *france) byCode(query string) []found {
	code := strings.ToUpper(strings.ReplaceAll(query, " ", ""))
	if len(code) < 4 || strings.Trim(code, "0123456789") != "" && !strings.HasPrefix(code, "2A") && !strings.HasPrefix(code, "2B") {
		return nil
	}
	var hits []found
	for i := range f.rows {
		r := &f.rows[i]
		switch {
		case r.insee == code || r.siren == code:
			hits = append(hits, found{row: i, how: byName})
		case strings.HasPrefix(r.insee, code), len(code) >= 5 && strings.HasPrefix(r.siren, code),
			strings.HasPrefix(r.postal, code), strings.Contains(r.postal, ","+code):
			hits = append(hits, found{row: i, how: byStart})
		}
	}
	return hits
}

func (f *france) before(a, b found) bool {
	if a.how != b.how {
		return a.how > b.how
	}
	ra, rb := &f.rows[a.row], &f.rows[b.row]
	if ra.population != rb.population {
		return ra.population > rb.population
	}
	// Paris the commune before Paris the département: communes come last in rows.
	return a.row > b.row
}
