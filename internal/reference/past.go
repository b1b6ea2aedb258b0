package reference

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// past is what names and codes were before.
type past struct {
	names []extraName
	codes map[string]string // INSEE code of a commune that is no more -> that of its successor
}

// uses are the words of names.tsv.
var uses = map[string]nameUse{"successor": useSuccessor, "former": useFormer, "other": useOther}

// readPast reads the other names of French authorities and the codes of those
// that are no more. A damaged table is as an empty one; Check tells of it.
func readPast() past {
	p := past{codes: map[string]string{}}
	_ = rows("names.tsv.gz", 5, func(c []string) {
		// target, name, use, when, old code
		if c[1] != "" {
			p.names = append(p.names, extraName{target: c[0], name: c[1], use: uses[c[2]], when: c[3]})
		}
		if c[4] != "" {
			p.codes[c[4]] = c[0]
		}
	})
	return p
}

// inherit maps old codes to today's rows.
func (f *france) inherit(codes map[string]string) map[string]int32 {
	heirs := make(map[string]int32, len(codes))
	for code, target := range codes {
		if i, ok := f.byINSEE[target]; ok {
			heirs[code] = i
		}
	}
	return heirs
}

// abroad indexes the places of a country once.
func (t *Tables) abroad(country string) *register {
	if g, ok := t.registers.Load(country); ok {
		return g.(*register)
	}
	g, _ := t.registers.LoadOrStore(country, enrollAbroad(t.Places(country)))
	return g.(*register)
}

// byTarget gathers names by what they name, those in use before those that were.
func byTarget(names []extraName) map[string][]extraName {
	out := make(map[string][]extraName, len(names))
	for _, n := range names {
		out[n.target] = append(out[n.target], n)
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b extraName) int { return cmp.Compare(b.use, a.use) })
	}
	return out
}

// Called lists the names that a French authority goes by beside its own: usual,
// foreign, former, for a region those of what it took the place of, and how its
// office is written with a number ("CD94", "Paris XV").
func (t *Tables) Called(a *repertoire.Authority) []string {
	f, _ := t.france()
	var out []string
	code := a.INSEE
	switch a.Level {
	case repertoire.LevelDepartement:
		if code != "" {
			out = append(out, "CD"+code, "CG"+code)
		}
	case repertoire.LevelArrondissement:
		out = append(out, districtNames(code)...)
	}
	for target, c := range councils {
		if departement, is := strings.CutPrefix(target, "departement:"); is && c.target == string(a.Level)+":"+code {
			out = append(out, "CD"+departement, "CG"+departement)
		}
	}
	list := f.called()[string(a.Level)+":"+code]
	if code == "" || len(list) == 0 {
		list = append(slices.Clip(list), f.called()[a.SIREN]...)
	}
	for _, n := range list {
		// What a commune took in long ago is not looked for by: "Lille" would
		// find Villeneuve-d'Ascq by Flers-lez-Lille.
		if n.use != useSuccessor || a.Level != repertoire.LevelCommune {
			out = append(out, n.name)
		}
	}
	return out
}

type districtTown struct {
	name, key    string
	before, many int
}

// districtTowns are the towns cut in municipal districts: the INSEE code of the
// n-th is before+n.
var districtTowns = []districtTown{{"Paris", "paris", 75100, 20}, {"Lyon", "lyon", 69380, 9}, {"Marseille", "marseille", 13200, 16}}

// districtNames are the ways to write a municipal district by its number.
func districtNames(code string) []string {
	n := whole(code)
	for _, town := range districtTowns {
		if k := n - town.before; k > 0 && k <= town.many {
			return []string{fmt.Sprintf("%s %d", town.name, k), fmt.Sprintf("%s %dème arrondissement", town.name, k),
				town.name + " " + strings.ToUpper(repertoire.Roman(k))}
		}
	}
	return nil
}
