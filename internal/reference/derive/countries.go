package derive

import (
	"context"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// world holds what several tables need of countries.
type world struct {
	names   map[string]string // ISO2 -> French name
	english map[string]string
	byA3    map[string]string // ISO3 -> ISO2
	byNum   map[string]string // ISO numeric, three digits -> ISO2
	region  map[string]string // ISO2 -> M49 sub-region code
	parent  map[string]string // sub-region -> continent
}

// namesOf reads the display names of territories in one language.
func namesOf(ctx context.Context, s *Sources, lang string) (map[string]string, error) {
	var doc struct {
		Main map[string]struct {
			LocaleDisplayNames struct {
				Territories map[string]string `json:"territories"`
			} `json:"localeDisplayNames"`
		} `json:"main"`
	}
	if err := s.readJSON(ctx, cldrName, "main/"+lang+"/territories.json", &doc); err != nil {
		return nil, err
	}
	return doc.Main[lang].LocaleDisplayNames.Territories, nil
}

func readWorld(ctx context.Context, s *Sources) (*world, error) {
	w := &world{byA3: map[string]string{}, byNum: map[string]string{}, region: map[string]string{}, parent: map[string]string{}}
	var err error
	if w.names, err = namesOf(ctx, s, "fr"); err != nil {
		return nil, err
	}
	if w.english, err = namesOf(ctx, s, "en"); err != nil {
		return nil, err
	}
	var codes struct {
		Supplemental struct {
			CodeMappings map[string]struct {
				Numeric string `json:"_numeric"`
				Alpha3  string `json:"_alpha3"`
			} `json:"codeMappings"`
		} `json:"supplemental"`
	}
	if err := s.readJSON(ctx, cldrCore, "supplemental/codeMappings.json", &codes); err != nil {
		return nil, err
	}
	var held struct {
		Supplemental struct {
			Containment map[string]struct {
				Contains []string `json:"_contains"`
			} `json:"territoryContainment"`
		} `json:"supplemental"`
	}
	if err := s.readJSON(ctx, cldrCore, "supplemental/territoryContainment.json", &held); err != nil {
		return nil, err
	}
	containment := held.Supplemental.Containment
	for _, continent := range containment["001"].Contains {
		for _, sub := range containment[continent].Contains {
			w.parent[sub] = continent
			for _, iso := range containment[sub].Contains {
				w.region[iso] = sub
			}
		}
	}
	for iso, m := range codes.Supplemental.CodeMappings {
		if len(iso) != 2 || w.region[iso] == "" {
			continue
		}
		if m.Alpha3 != "" {
			w.byA3[m.Alpha3] = iso
		}
		if m.Numeric != "" {
			w.byNum[m.Numeric] = iso
		}
	}
	// Natural Earth's own codes where ISO has none or another.
	for a3, iso := range map[string]string{"KOS": "XK", "SDS": "SS", "PSX": "PS", "SAH": "EH", "ALD": "AX"} {
		w.byA3[a3] = iso
	}
	if w.names["MG"] != "Madagascar" || w.byA3["MDG"] != "MG" || w.byNum["450"] != "MG" || w.region["MG"] != "014" {
		return nil, unexpected(cldrCore, "Les noms de pays de CLDR n’ont pas la forme attendue.")
	}
	return w, nil
}

// countries joins CLDR's names with the hand-written grammar.
func countries(ctx context.Context, s *Sources) ([]File, error) {
	w, err := readWorld(ctx, s)
	if err != nil {
		return nil, err
	}
	rows, err := handRows("grammar.csv")
	if err != nil {
		return nil, err
	}
	a3, num := map[string]string{}, map[string]string{}
	for code, iso := range w.byA3 {
		if len(a3[iso]) == 0 || code < a3[iso] {
			a3[iso] = code
		}
	}
	for iso, code := range map[string]string{"SS": "SSD", "PS": "PSE", "EH": "ESH", "AX": "ALA", "XK": "XKX"} {
		a3[iso] = code
	}
	for code, iso := range w.byNum {
		num[iso] = code
	}
	t := newTable(s.credit(cldrName, cldrCore)+"; grammar written by hand (internal/reference/derive/hand/grammar.csv)",
		"iso2", "iso3", "num", "name", "article", "in", "of", "adj_ms", "adj_fs", "english", "region", "continent", "others")
	sort.Slice(rows, func(i, j int) bool { return rows[i][0] < rows[j][0] })
	for _, r := range rows {
		if len(r) != 8 {
			return nil, unexpected("grammar.csv", "La ligne %q de grammar.csv n’a pas huit colonnes.", r)
		}
		iso, override, article, in, of, ms, fs, others := r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]
		name := override
		if name == "" {
			name = apostrophe(w.names[iso])
		}
		sub := w.region[iso]
		if name == "" || a3[iso] == "" || sub == "" {
			return nil, unexpected("grammar.csv", "Le pays %q de grammar.csv n’a pas de nom, de code ou de région dans CLDR.", iso)
		}
		if in == "" {
			in = preposition(article, name, inForms)
		}
		if of == "" {
			of = preposition(article, name, ofForms)
		}
		if fs == "" && ms != "" {
			fs = ms + "e"
		}
		t.row(iso, a3[iso], num[iso], name, article, apostrophe(in), apostrophe(of), ms, fs, apostrophe(w.english[iso]),
			apostrophe(w.names[sub]), w.names[w.parent[sub]], otherNames(w, iso, name, others))
	}
	return []File{t.plain("countries.tsv")}, nil
}

// otherNames gathers CLDR's variants and the hand-written ones, "|" between.
func otherNames(w *world, iso, name, hand string) string {
	seen := map[string]bool{repertoire.Fold(name): true}
	var out []string
	add := func(s string) {
		s = strings.TrimSpace(apostrophe(s))
		if key := repertoire.Fold(s); s != "" && !seen[key] {
			seen[key] = true
			out = append(out, s)
		}
	}
	for _, h := range strings.Split(hand, ",") {
		add(h)
	}
	for _, names := range []map[string]string{w.names, w.english} {
		add(names[iso])
		for _, variant := range []string{"-alt-short", "-alt-variant"} {
			add(names[iso+variant])
		}
	}
	return strings.Join(out, "|")
}

// The little words before a country's name, by its article.
var (
	inForms = map[string]string{"le": "au ", "les": "aux ", "la": "en ", "l'": "en ", "": "à "}
	ofForms = map[string]string{"le": "du ", "les": "des ", "la": "de ", "l'": "d’", "": "de "}
)

func preposition(article, name string, forms map[string]string) string {
	word := forms[article]
	if article == "" && word == "de " && strings.ContainsRune("aeiouy", []rune(repertoire.Fold(name))[0]) {
		word = "d’"
	}
	// "aux Îles Cook" keeps its capital as CLDR has it, "les îles Cook" would
	// be another name: usage in running text is lower case.
	if article == "les" {
		name = strings.Replace(name, "Îles ", "îles ", 1)
	}
	return word + name
}
