package exchange

import (
	"slices"
	"sort"
	"strings"

	"github.com/xrash/smetrics"

	"repertoire/internal/repertoire"
)

// Unknown is a word of a column that no list of ours has: it is said once,
// whatever the number of its rows, and mapped once for all.
type Unknown struct {
	Field Field  `json:"field"`
	Word  string `json:"word"`
	Count int    `json:"count"`
	Row   int    `json:"row"` // the first
	// Near are the words of the list that may be meant, the likeliest first.
	Near []string `json:"near,omitempty"`
}

// Words says what words of a file stand for, field by field: « Expiré » is
// « Terminé ». An empty word leaves the cell out. They are compared folded.
type Words map[Field]map[string]string

// find gives the word that stands for s.
func (w Words) find(f Field, s string) (string, bool) {
	list := w[f]
	if len(list) == 0 {
		return "", false
	}
	if v, ok := list[s]; ok {
		return v, true
	}
	want := foldHeading(s)
	for from, to := range list {
		if foldHeading(from) == want {
			return to, true
		}
	}
	return "", false
}

type unknownKey struct {
	field Field
	word  string
}

// unknown counts a word that says nothing to the program.
func (p *planner) unknown(f Field, word string, row int) {
	k := unknownKey{f, foldHeading(word)}
	if u := p.words[k]; u != nil {
		u.Count++
		u.Row = min(u.Row, row)
		return
	}
	if len(p.words) >= 5000 {
		return
	}
	p.words[k] = &Unknown{Field: f, Word: brief(word), Count: 1, Row: row}
}

// tellUnknown lists the unknown words, most frequent first, and says each once.
func (p *planner) tellUnknown() {
	for _, u := range p.words {
		u.Near = p.near(u.Field, u.Word)
		p.plan.Unknown = append(p.plan.Unknown, *u)
	}
	sort.Slice(p.plan.Unknown, func(i, j int) bool {
		a, b := p.plan.Unknown[i], p.plan.Unknown[j]
		if a.Count != b.Count {
			return a.Count > b.Count
		}
		return a.Row < b.Row || a.Row == b.Row && a.Word < b.Word
	})
	for _, u := range p.plan.Unknown {
		s := "« " + u.Word + " » n’est pas connu pour « " + label(u.Field) + " » : la cellule est laissée vide"
		if u.Count > 1 {
			s += " (" + plural(u.Count, "ligne", "lignes") + ")"
		}
		s += "."
		if len(u.Near) > 0 {
			s += " Peut-être : " + strings.Join(u.Near, ", ") + "."
		}
		p.plan.Warnings = append(p.plan.Warnings, Rejection{Row: u.Row, Reason: s, Kind: KindWord})
	}
}

// meantStatus are words that often stand for one of ours, offered and never
// taken of themselves.
var meantBy = map[Field]map[string][]string{
	FieldStatus: {"expire": {"Terminé", "En sommeil"}, "expiree": {"Terminé", "En sommeil"}, "echu": {"Terminé"}, "rompu": {"Terminé"},
		"abandonne": {"Terminé"}, "resilie": {"Terminé"},
		"en negociation": {"En projet"}, "negociation": {"En projet"}, "a signer": {"En projet"}, "en attente": {"En projet", "Suspendu"},
		"gele": {"Suspendu"}, "gelee": {"Suspendu"},
		"peu actif": {"En sommeil"}, "a relancer": {"En sommeil"}, "a renouveler": {"En sommeil", "Actif"}, "en renouvellement": {"Actif"},
		"reconduit": {"Actif"}, "renouvele": {"Actif"}},
	FieldType: {"partenariat": {"Coopération décentralisée", "Accord de projet"},
		"accord": {"Coopération décentralisée", "Accord de projet"}, "reseau": {"Contact"}, "echange": {"Contact"},
		"jumelage cooperation": {"Jumelage", "Coopération décentralisée"}, "convention": {"Coopération décentralisée"},
		"protocole": {"Coopération décentralisée"}, "appui": {"Accord de projet"}},
}

// near gives the words of the field's list that look like a word.
func (p *planner) near(f Field, word string) []string {
	var labels []string
	switch f {
	case FieldType:
		labels = repertoire.Types.Labels()
	case FieldStatus:
		labels = repertoire.Statuses.Labels()
	case FieldFormality:
		labels = repertoire.Formalities.Labels()
	case FieldLevel, FieldForeignLevel:
		labels = repertoire.Levels.Labels()
	case FieldThemes, FieldProjectThemes:
		labels = p.resolver.themeLabels()
	case FieldCountry:
		var out []string
		for _, c := range p.resolver.WhichCountry(word, p.opt.Countries...).Countries {
			out = append(out, c.Name)
		}
		return out
	case FieldGroup, FieldFictitious:
		return []string{"oui", "non"}
	default:
		return nil
	}
	folded := foldHeading(word)
	out := slices.Clone(meantBy[f][folded])
	if first, _, more := strings.Cut(folded, " "); more && len(out) == 0 {
		out = slices.Clone(meantBy[f][first]) // « Abandonné en 2012 »
	}
	type scored struct {
		label string
		score float64
	}
	var list []scored
	for _, l := range labels {
		if s := alikeness(folded, foldHeading(l)); s >= 0.78 {
			list = append(list, scored{l, s})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].score > list[j].score })
	for _, x := range list[:min(len(list), 3)] {
		if !slices.Contains(out, x.label) {
			out = append(out, x.label)
		}
	}
	return out
}

// alikeness is how much two folded labels share: their letters, or the words
// that count.
func alikeness(a, b string) float64 {
	score := smetrics.JaroWinkler(a, b, 0.7, 4)
	if score < 0.88 {
		score = 0
	}
	if len(a) < 4 {
		return score
	}
	common := 0
	wordsA, wordsB := strings.Fields(a), strings.Fields(b)
	for _, x := range wordsA {
		for _, y := range wordsB {
			if len(x) > 3 && len(y) > 3 && (x == y || len(x) > 5 && len(y) > 5 && x[:5] == y[:5]) {
				common++
				break
			}
		}
	}
	if common > 0 {
		score = max(score, 0.78+0.1*float64(common)/float64(max(len(wordsA), len(wordsB))))
	}
	return score
}

// themeLister is asked of a resolver that can list its themes.
type themeLister interface{ ThemeLabels() []string }

func (r *resolving) themeLabels() []string {
	if l, ok := r.Resolver.(themeLister); ok {
		return l.ThemeLabels()
	}
	return nil
}

// ThemeLabels lists the labels of all themes.
func (k *Known) ThemeLabels() []string {
	var out []string
	for _, code := range sortedKeys(k.labels) {
		out = append(out, k.labels[code])
	}
	return out
}
