package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// item is one thing typed, before its sense is known.
type item struct {
	kind       itemKind
	negated    bool
	field      string // canonical name, for itemField
	text       string // word or phrase without its quotes
	values     []string
	group      []item // inside projet:( … )
	start, end int    // bytes of the whole item in what was typed
	open       bool   // nothing follows it: it may still be being typed
}

type itemKind int

const (
	itemWord itemKind = iota
	itemPhrase
	itemField
)

// maxTyped bounds what is read of a query; more is not a question any more.
const maxTyped = 2000

// lex cuts what was typed into items. It takes anything.
func lex(s string) []item {
	if len(s) > maxTyped {
		s = strings.ToValidUTF8(s[:maxTyped], "")
	}
	l := lexer{s: s}
	return l.items(0)
}

type lexer struct {
	s string
	i int
}

// items reads until the end, or until the parenthesis that closes depth.
func (l *lexer) items(depth int) []item {
	var out []item
	for l.i < len(l.s) {
		r, n := utf8.DecodeRuneInString(l.s[l.i:])
		switch {
		case r == ')' && depth > 0:
			return out
		case closing(r) != 0:
			start := l.i
			text, closed := l.quoted()
			out = append(out, item{kind: itemPhrase, text: text, start: start, end: l.i, open: !closed})
		case r == '-' && l.opensGroup():
			// "-(Cork Brno)" is said as "NOT (Cork Brno)" is.
			out = append(out, item{kind: itemWord, text: "NOT", start: l.i, end: l.i + n})
			l.i += n
		case (r == '-' || r == '!') && l.negates():
			start := l.i
			l.i += n
			before := len(out)
			if it, ok := l.one(depth); ok {
				it.negated, it.start = true, start
				out = append(out[:before], it)
			}
		case inWord(r):
			if it, ok := l.one(depth); ok {
				out = append(out, it)
			}
		default:
			l.i += n
		}
	}
	return out
}

// negates tells whether the hyphen or the exclamation mark at hand excludes what
// follows: it opens a word and is glued to the next one.
func (l *lexer) negates() bool {
	if l.i > 0 {
		before, _ := utf8.DecodeLastRuneInString(l.s[:l.i])
		if !unicode.IsSpace(before) && before != '(' {
			return false
		}
	}
	next, _ := utf8.DecodeRuneInString(l.s[l.i+1:])
	return inWord(next) || closing(next) != 0
}

// opensGroup tells whether the hyphen at hand excludes what stands in brackets.
func (l *lexer) opensGroup() bool {
	before, _ := utf8.DecodeLastRuneInString(l.s[:l.i])
	return (l.i == 0 || unicode.IsSpace(before)) && strings.HasPrefix(l.s[l.i+1:], "(")
}

// one reads a word, a phrase or a field with its value.
func (l *lexer) one(depth int) (item, bool) {
	start := l.i
	if r, _ := utf8.DecodeRuneInString(l.s[l.i:]); closing(r) != 0 {
		text, closed := l.quoted()
		return item{kind: itemPhrase, text: text, start: start, end: l.i, open: !closed}, true
	}
	word := l.word()
	if word == "" {
		_, n := utf8.DecodeRuneInString(l.s[l.i:])
		l.i += max(n, 1)
		return item{}, false
	}
	if field, ok := fieldNamed(word); ok {
		if after, ok := l.colon(); ok {
			l.i = after
			return l.field(field, start, depth), true
		}
	}
	if l.i < len(l.s) && l.s[l.i] == ':' {
		l.i++ // an unknown field is a word like any other
	}
	return item{kind: itemWord, text: word, start: start, end: l.i, open: l.i >= len(l.s)}, true
}

// word reads up to a blank, a quote or what separates words for sure.
func (l *lexer) word() string {
	start := l.i
	for l.i < len(l.s) {
		r, n := utf8.DecodeRuneInString(l.s[l.i:])
		if unicode.IsSpace(r) || closing(r) != 0 && apostrophe(l.s[l.i:]) == 0 || strings.ContainsRune("():,;?!<>=…", r) {
			break
		}
		l.i += n
	}
	return l.s[start:l.i]
}

// colon finds the colon after a field's name, with the blank that French
// typography puts before it.
func (l *lexer) colon() (after int, ok bool) {
	for i := l.i; i < len(l.s); {
		r, n := utf8.DecodeRuneInString(l.s[i:])
		if r == ':' {
			return i + 1, true
		}
		if !unicode.IsSpace(r) {
			return 0, false
		}
		i += n
	}
	return 0, false
}

func (l *lexer) field(field string, start, depth int) item {
	it := item{kind: itemField, field: field, start: start}
	l.blanks()
	if field == fieldProject && l.i < len(l.s) && l.s[l.i] == '(' && depth == 0 {
		l.i++
		it.group = l.items(depth + 1)
		if l.i < len(l.s) {
			l.i++
		}
		it.end, it.open = l.i, false
		return it
	}
	for {
		v := l.value()
		if v != "" {
			it.values = append(it.values, v)
		}
		if l.i < len(l.s) && l.s[l.i] == ',' {
			l.i++
			continue
		}
		break
	}
	it.end, it.open = l.i, l.i >= len(l.s)
	return it
}

// value reads one value of a field, quoted or not, with signs of comparison.
func (l *lexer) value() string {
	if l.i >= len(l.s) {
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(l.s[l.i:]); closing(r) != 0 {
		text, _ := l.quoted()
		return text
	}
	start := l.i
	for l.i < len(l.s) {
		r, n := utf8.DecodeRuneInString(l.s[l.i:])
		if unicode.IsSpace(r) || strings.ContainsRune(",;()?!", r) || closing(r) != 0 && apostrophe(l.s[l.i:]) == 0 {
			break
		}
		l.i += n
	}
	return l.s[start:l.i]
}

func (l *lexer) blanks() {
	for l.i < len(l.s) {
		r, n := utf8.DecodeRuneInString(l.s[l.i:])
		if !unicode.IsSpace(r) {
			return
		}
		l.i += n
	}
}

// quoted reads a phrase; a missing closing quote closes at the end.
func (l *lexer) quoted() (text string, closed bool) {
	r, n := utf8.DecodeRuneInString(l.s[l.i:])
	l.i += n
	end := closing(r)
	start := l.i
	for l.i < len(l.s) {
		q, m := utf8.DecodeRuneInString(l.s[l.i:])
		if q == end || end == '"' && (q == '”' || q == '“') || end == '”' && q == '"' {
			text = l.s[start:l.i]
			l.i += m
			return strings.TrimSpace(text), true
		}
		l.i += m
	}
	return strings.TrimSpace(l.s[start:]), false
}

// closing gives the quote that closes r, 0 when r opens none.
func closing(r rune) rune {
	switch r {
	case '"':
		return '"'
	case '«':
		return '»'
	case '“', '„', '”':
		return '”'
	}
	return 0
}

// Fields of the query language that are no facet.
const (
	fieldProject  = "projet"
	fieldSince    = "depuis"
	fieldYear     = "annee"
	fieldBefore   = "avant"
	fieldAfter    = "apres"
	fieldVerified = "verifie"
	fieldUpdated  = "modifie"
	fieldAge      = "age"
	fieldAmount   = "montant"
	fieldDistance = "distance"
	fieldAround   = "autour"
	fieldZone     = "zone"
	fieldWithout  = "sans"
	fieldWith     = "avec"

	fieldPopulation        = "population"
	fieldFrenchPopulation  = "population-fr"
	fieldForeignPopulation = "population-etr"
	fieldINSEE             = "insee"
	fieldSIREN             = "siren"
	fieldPostal            = "cp"
	fieldName              = "nom"
	fieldID                = "id"
)

// typedField is a name that may stand before a colon.
type typedField struct {
	name    string // canonical, folded
	facet   Facet  // "" for the fields above
	shown   string // as completed: "thème:"
	aliases string
}

var typedFields = []typedField{
	{"theme", FacetTheme, "thème:", "themes thematique thematiques th"},
	{"pays", FacetCountry, "pays:", "country"},
	{"statut", FacetStatus, "statut:", "etat"},
	{"type", FacetType, "type:", "types"},
	{"formalite", FacetFormality, "formalité:", "forme formalisation"},
	{"region", FacetRegion, "région:", "regions"},
	{"departement", FacetDepartement, "département:", "dept dep departements"},
	{"niveau", FacetLevel, "niveau:", "niveaux"},
	{"repertoire", FacetDirectory, "répertoire:", "rep repertoires"},
	{"financeur", FacetFunder, "financeur:", "bailleur financeurs bailleurs financement"},
	{"odd", FacetSDG, "odd:", "sdg"},
	{"decennie", FacetDecade, "décennie:", ""},
	{"fraicheur", FacetFreshness, "fraîcheur:", ""},
	{"contact", FacetContact, "contact:", "contacts"},
	{"fictif", FacetFictitious, "fictif:", "fictifs"},
	{fieldSince, "", "depuis:", "since"},
	{fieldYear, "", "année:", "an debut annees"},
	{fieldBefore, "", "avant:", ""},
	{fieldAfter, "", "après:", ""},
	{fieldVerified, "", "vérifié:", "verifiee verification verifies maj"},
	{fieldUpdated, "", "modifié:", "modifiee modification"},
	{fieldAge, "", "âge:", "anciennete"},
	{fieldAmount, "", "montant:", "budget montants"},
	{fieldPopulation, "", "population:", "habitants"},
	{fieldFrenchPopulation, "", "population-fr:", "habitants-fr"},
	{fieldForeignPopulation, "", "population-étr:", "habitants-etr population-etrangere"},
	{fieldDistance, "", "distance:", "km"},
	{fieldAround, "", "autour:", "pres proche"},
	{fieldZone, "", "zone:", "zones continent"},
	{fieldWithout, "", "sans:", "manque"},
	{fieldWith, "", "avec:", ""},
	{fieldProject, "", "projet:", "projets"},
	{fieldINSEE, "", "insee:", ""},
	{fieldSIREN, "", "siren:", "siret"},
	{fieldPostal, "", "cp:", "postal codepostal"},
	{fieldName, "", "nom:", "titre collectivite"},
	{fieldID, "", "id:", ""},
	{fieldSimilar, "", "semblable:", "semblables similaire"},
}

func fieldNamed(word string) (string, bool) {
	f := repertoire.Fold(word)
	for i := range typedFields {
		t := &typedFields[i]
		if t.name == f {
			return t.name, true
		}
		for a := range strings.FieldsSeq(t.aliases) {
			if a == f {
				return t.name, true
			}
		}
	}
	return "", false
}

func typedFieldOf(name string) *typedField {
	for i := range typedFields {
		if typedFields[i].name == name {
			return &typedFields[i]
		}
	}
	return nil
}
