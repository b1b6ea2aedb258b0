package derive

import (
	"context"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// countryForms writes every form of a country's name that countries.tsv has
// not: CLDR's and ISO's variants, peoples' names, and those of
// hand/country_forms.csv. The hand's "not" rows take away what a source gives
// wrongly: "gallois" for the people of Wallis.
func countryForms(ctx context.Context, s *Sources) ([]File, error) {
	w, err := readWorld(ctx, s)
	if err != nil {
		return nil, err
	}
	t := newTable(s.credit(cldrName, isoNames, nationality)+"; forms written by hand (internal/reference/derive/hand/country_forms.csv)",
		"kind", "countries", "name")
	rows, err := handRows("country_forms.csv")
	if err != nil {
		return nil, err
	}
	seen, not := map[string]bool{}, map[string]bool{}
	add := func(kind, isos, name string) {
		name = strings.TrimSpace(apostrophe(name))
		key := kind + isos + repertoire.Fold(name)
		if name != "" && !seen[key] && !not[isos+repertoire.Fold(name)] {
			seen[key] = true
			t.row(kind, isos, name)
		}
	}
	for _, r := range rows {
		for _, name := range strings.Split(r[2], "|") {
			if r[0] == "not" {
				not[r[1]+repertoire.Fold(name)] = true
				continue
			}
			add(r[0], r[1], name)
		}
	}
	for _, names := range []map[string]string{w.names, w.english} {
		for _, key := range sortedKeys(names) {
			if iso, _, variant := strings.Cut(key, "-alt-"); variant && w.region[iso] != "" {
				add("name", iso, names[key])
			}
		}
	}
	for _, lang := range []string{"fr", "en"} {
		var doc struct {
			Countries map[string]any `json:"countries"`
		}
		if err := s.readJSON(ctx, isoNames, "langs/"+lang+".json", &doc); err != nil {
			return nil, err
		}
		for _, iso := range sortedKeys(doc.Countries) {
			switch v := doc.Countries[iso].(type) {
			case string:
				add("name", iso, v)
			case []any:
				for _, n := range v {
					if name, ok := n.(string); ok {
						add("name", iso, name)
					}
				}
			}
		}
		var people struct {
			Nationalities map[string]any `json:"nationalities"`
		}
		if err := s.readJSON(ctx, nationality, "langs/"+lang+".json", &people); err != nil {
			return nil, err
		}
		for _, iso := range sortedKeys(people.Nationalities) {
			if name, ok := people.Nationalities[iso].(string); ok && w.region[iso] != "" {
				for _, one := range strings.FieldsFunc(name, func(r rune) bool { return r == '(' || r == ')' || r == ',' || r == '/' }) {
					if len(strings.TrimSpace(one)) > 3 {
						add("people", iso, one)
					}
				}
			}
		}
	}
	grammar, err := handRows("grammar.csv")
	if err != nil {
		return nil, err
	}
	for _, r := range grammar {
		if ms := r[5]; ms != "" {
			fs := r[6]
			if fs == "" {
				fs = ms + "e"
			}
			for _, name := range []string{ms, fs, plural(ms), plural(fs)} {
				add("people", r[0], name)
			}
		}
	}
	return []File{t.plain("country_names.tsv")}, nil
}

// plural writes a people's name for several: "congolais" has its s already.
func plural(name string) string {
	if strings.HasSuffix(name, "s") || strings.HasSuffix(name, "x") {
		return name
	}
	return name + "s"
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
