package search

import (
	"strconv"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// patterns takes out of run the turns of phrase that are conditions: "depuis
// 2015", "pas de contact", "non vérifié depuis 2 ans".
func (p *planner) patterns(run []typedWord) []typedWord {
	var rest []typedWord
	for i := 0; i < len(run); {
		if n := p.pattern(run[i:]); n > 0 {
			i += n
			continue
		}
		rest = append(rest, run[i])
		i++
	}
	return rest
}

// pattern recognises one at the head of run and tells how many words it takes.
func (p *planner) pattern(run []typedWord) int {
	add := func(n int, c clause) int {
		c.typed, c.span = typedText(run[:n]), [2]int{run[0].start, run[n-1].end}
		p.out.clauses = append(p.out.clauses, c)
		return n
	}
	is := func(i int, words ...string) bool {
		for _, w := range words {
			if i < len(run) && run[i].text == w {
				return true
			}
		}
		return false
	}
	verified := func(i int) bool {
		return is(i, "verifie", "verifiee", "verifies", "verifiees", "confirme", "confirmes", "confirmee", "confirmees")
	}
	switch {
	case is(0, "odd") && len(run) > 1 && goal(run[1].text) > 0:
		return add(2, clause{kind: clauseFacet, facet: FacetSDG, values: []string{strconv.Itoa(goal(run[1].text))}})
	case strings.HasPrefix(run[0].text, "odd") && goal(run[0].text[3:]) > 0:
		return add(1, clause{kind: clauseFacet, facet: FacetSDG, values: []string{strconv.Itoa(goal(run[0].text[3:]))}})
	case siren(run) > 0:
		n := siren(run)
		return add(n, clause{kind: clauseCode, code: "siren:" + strings.Join(texts(run[:n]), "")[:9]})
	case is(0, "en") && is(1, "sommeil", "projet"):
		s := repertoire.StatusDormant
		if is(1, "projet") {
			s = repertoire.StatusPlanned
		}
		return add(2, clause{kind: clauseFacet, facet: FacetStatus, values: []string{string(s)}})
	case (is(0, "pas") && is(1, "de") && is(2, "contact", "contacts")):
		return add(3, clause{kind: clauseFacet, facet: FacetContact, values: []string{"non"}})
	case is(0, "sans", "aucun") && is(1, "contact", "contacts"):
		return add(2, clause{kind: clauseFacet, facet: FacetContact, values: []string{"non"}})
	case is(0, "jamais") && verified(1):
		return add(2, clause{kind: clauseFacet, facet: FacetFreshness, values: []string{FreshNever}})
	case is(0, "non", "pas") && verified(1):
		if is(2, "depuis") {
			if day, n := p.ago(run[3:]); n > 0 {
				return add(3+n, clause{kind: clauseRange, bounds: bounds{column: columnVerified, to: day - 1, unset: true}})
			}
		}
		return add(2, clause{kind: clauseFacet, facet: FacetFreshness, values: []string{FreshOld, FreshNever}})
	case is(0, "depuis") && len(run) > 1:
		if y := yearIn(run[1].text); y > 0 {
			return add(2, clause{kind: clauseRange, bounds: bounds{column: columnYear, from: y, to: 9999}})
		}
	case is(0, "avant") && len(run) > 1:
		if y := yearIn(run[1].text); y > 0 {
			return add(2, clause{kind: clauseRange, bounds: bounds{column: columnYear, from: 1, to: y - 1}})
		}
	case is(0, "apres") && len(run) > 1:
		if y := yearIn(run[1].text); y > 0 {
			return add(2, clause{kind: clauseRange, bounds: bounds{column: columnYear, from: y + 1, to: 9999}})
		}
	case is(0, "entre", "de") && len(run) > 3 && is(2, "et", "a"):
		if from, to := yearIn(run[1].text), yearIn(run[3].text); from > 0 && to > 0 {
			return add(4, clause{kind: clauseRange, bounds: bounds{column: columnYear, from: min(from, to), to: max(from, to)}})
		}
	}
	return 0
}

// siren tells how many words of run are a SIREN or a SIRET as papers write
// them, in groups of three figures and a last one of five; 0 when they are
// none. One word is looked up as any code is.
func siren(run []typedWord) int {
	for i, group := range [...]int{3, 3, 3, 5} {
		_, err := strconv.Atoi(textAt(run, i))
		switch {
		case err == nil && len(run[i].text) == group:
		case i == 3:
			return 3
		default:
			return 0
		}
	}
	return 4
}

func textAt(run []typedWord, i int) string {
	if i < len(run) {
		return run[i].text
	}
	return ""
}

// goal gives the number of a sustainable development goal, 0 when s is none.
func goal(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 17 {
		return 0
	}
	return n
}

// ago reads "2 ans", "six mois", "2022" and gives that day, in days since 1970.
func (p *planner) ago(run []typedWord) (day, words int) {
	if len(run) == 0 {
		return 0, 0
	}
	if y := yearIn(run[0].text); y > 0 {
		return int(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400), 1
	}
	n, err := strconv.Atoi(run[0].text)
	if err != nil {
		n = numberWords[run[0].text]
	}
	if n <= 0 || n > 200 || len(run) < 2 {
		return 0, 0
	}
	today := time.Unix(int64(p.today)*86400, 0).UTC()
	switch run[1].text {
	case "an", "ans", "annee", "annees":
		return int(today.AddDate(-n, 0, 0).Unix() / 86400), 2
	case "mois":
		return int(today.AddDate(0, -n, 0).Unix() / 86400), 2
	}
	return 0, 0
}

var numberWords = map[string]int{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "dix": 10}

// yearIn gives the year that a word is, 0 when it is none.
func yearIn(s string) int {
	if len(s) != 4 {
		return 0
	}
	y, err := strconv.Atoi(s)
	if err != nil || y < 1850 || y > 2150 {
		return 0
	}
	return y
}

// asking are the words with which questions begin.
var asking = map[string]bool{"qui": true, "quel": true, "quels": true, "quelle": true, "quelles": true, "combien": true, "comment": true,
	"lesquels": true, "lesquelles": true, "existe": true, "cherche": true, "trouver": true, "liste": true, "lister": true, "montre": true, "montrer": true}

// filler are the words of a question that are not what it is about. They are
// left out in questions only: "travail" or "ville" alone are looked for.
var filler = map[string]bool{"travaille": true, "travaillent": true, "travailler": true, "fait": true, "font": true, "faire": true,
	"agit": true, "agissent": true, "intervient": true, "interviennent": true, "mene": true, "menent": true, "existe": true,
	"existent": true, "aide": true, "aident": true, "soutient": true, "soutiennent": true, "finance": true, "financent": true,
	"ville": true, "villes": true, "commune": true, "communes": true, "collectivite": true, "collectivites": true,
	"partenariat": true, "partenariats": true, "projet": true, "projets": true, "action": true, "actions": true,
	"sont": true, "jumelee": true, "jumelees": true, "liee": true, "liees": true, "coopere": true, "cooperent": true, "tous": true,
	"toutes": true, "combien": true, "comment": true, "cherche": true, "trouver": true, "liste": true, "lister": true,
	"montre": true, "montrer": true, "moi": true, "francaise": true, "francaises": true, "t": true, "il": true, "elles": true,
	"engagee": true, "engagees": true, "engages": true, "domaine": true, "theme": true, "sujet": true, "matiere": true, "lesquels": true, "lesquelles": true}

// leading are the words that lead to what a question is about.
var leading = map[string]bool{"sur": true, "a": true, "au": true, "aux": true, "en": true, "dans": true, "avec": true, "pour": true,
	"par": true, "chez": true, "vers": true}

// question leaves out the words that only make the question.
func (p *planner) question(run []typedWord) []typedWord {
	if len(run) < 3 || !asking[run[0].text] {
		return run
	}
	var rest []typedWord
	content := false
	for i, w := range run {
		if filler[w.text] || i == 0 && asking[w.text] {
			continue
		}
		// "sur", "avec" lead to what is asked about, unless a name holds them.
		if leading[w.text] && !w.glued && (i+1 == len(run) || !run[i+1].glued) {
			continue
		}
		content = content || !p.french.empty(w.text)
		rest = append(rest, w)
	}
	if !content {
		return run
	}
	return rest
}
