package reference

import (
	"fmt"
	"strings"

	"repertoire/internal/repertoire"
)

// Mention is how a source speaks of an authority: a row of a table, a form
// being filled, the address of a buyer. What it does not say is left empty.
type Mention struct {
	Name        string // as typed: "CD 94", "Évry (91)", "Mantoue"
	Country     string // ISO code, "FR" for a French authority
	Level       repertoire.Level
	INSEE       string
	SIREN       string // or a SIRET
	Departement string // name or code
	Region      string // name; first-level division abroad
	PostalCode  string
	Latitude    *float64
	Longitude   *float64
	Population  int
}

// Verdict says how far an answer may be trusted.
type Verdict string

// The verdicts.
const (
	Sure    Verdict = "sure"    // the first candidate is the one that is meant
	Confirm Verdict = "confirm" // somebody must choose among the candidates
	Unknown Verdict = "unknown" // nothing that is known bears such a name
)

// Answer is what a mention may mean.
type Answer struct {
	Verdict    Verdict
	Candidates []Candidate // the likeliest first
	// Level is what the typed words say of the kind of authority ("Syndicat…",
	// "Région…"), for one that nothing knows; "" when they say nothing.
	Level repertoire.Level
	// Several tells that the text seems to name more than one authority.
	Several bool
}

// Best gives the first candidate.
func (a Answer) Best() (Candidate, bool) {
	if len(a.Candidates) == 0 {
		return Candidate{}, false
	}
	return a.Candidates[0], true
}

// Certain gives the one candidate of a sure answer.
func (a Answer) Certain() (Candidate, bool) {
	if a.Verdict != Sure {
		return Candidate{}, false
	}
	return a.Best()
}

// Candidate is an authority that a mention may mean.
type Candidate struct {
	// Authority is the workspace's own record when Known, else what the
	// reference holds, with all its other names.
	Authority  repertoire.Authority
	Known      bool    // already in this workspace
	Confidence float64 // 0 to 1
	Reasons    []Reason
}

// Why says in a French sentence what speaks for the candidate and against it.
func (c Candidate) Why() string {
	parts := make([]string, len(c.Reasons))
	for i, r := range c.Reasons {
		parts[i] = r.String()
	}
	return strings.Join(parts, " ; ")
}

// Has tells whether the candidate has a reason of that kind.
func (c Candidate) Has(kind ReasonKind) bool {
	for _, r := range c.Reasons {
		if r.Kind == kind {
			return true
		}
	}
	return false
}

// ReasonKind names what speaks for a candidate or against it.
type ReasonKind string

// The kinds of reasons. Detail is what Reason says beside each.
const (
	ReasonName       ReasonKind = "name"        // the very name, accents included
	ReasonCapitals   ReasonKind = "capitals"    // written without the accents that capitals often lack
	ReasonOtherName  ReasonKind = "other_name"  // another of its names; Detail: the usual one
	ReasonAccents    ReasonKind = "accents"     // the name with other accents; Detail: its spelling
	ReasonSpacing    ReasonKind = "spacing"     // the name cut otherwise; Detail: its spelling
	ReasonForm       ReasonKind = "form"        // the name without words that say what it is; Detail: its name
	ReasonFormer     ReasonKind = "former"      // its name before; Detail: when it changed, "" unknown
	ReasonSuccessor  ReasonKind = "successor"   // took the place of the one named; Detail: when, "" unknown
	ReasonPartOfName ReasonKind = "part"        // the name begins so
	ReasonNear       ReasonKind = "near"        // a name that differs by a letter or two
	ReasonCode       ReasonKind = "code"        // INSEE or SIREN; Detail: the code
	ReasonOldCode    ReasonKind = "old_code"    // the INSEE code of one that it took the place of
	ReasonDept       ReasonKind = "departement" // Detail: its name
	ReasonPostal     ReasonKind = "postal"      // Detail: the code
	ReasonRegion     ReasonKind = "region"      // Detail: its name
	ReasonPlace      ReasonKind = "place"       // its coordinates agree; Detail: kilometres
	ReasonLevel      ReasonKind = "level"       // the level asked for; Detail: its label
	ReasonKnown      ReasonKind = "known"       // already in this workspace
	ReasonPopulation ReasonKind = "population"  // the most populous by far; Detail: inhabitants
	ReasonOther      ReasonKind = "other"       // what is said of it contradicts; Detail: what
	ReasonFar        ReasonKind = "far"         // its coordinates are elsewhere; Detail: kilometres
	ReasonNamesake   ReasonKind = "namesake"    // others bear the name; Detail: which
	ReasonLarger     ReasonKind = "larger"      // one far larger is often called so; Detail: which
)

// Reason is one thing that speaks for a candidate or against it.
type Reason struct {
	Kind   ReasonKind `json:"kind"`
	Detail string     `json:"detail,omitempty"`
}

// sentences say the reasons in French; %s is the detail.
var sentences = map[ReasonKind]string{
	ReasonName: "c’est son nom", ReasonCapitals: "c’est son nom, aux accents des capitales près",
	ReasonOtherName: "c’est un autre nom de %s", ReasonAccents: "son nom s’écrit %s, avec d’autres accents",
	ReasonSpacing: "son nom s’écrit %s",
	ReasonForm:    "son nom est %s", ReasonFormer: "c’est son ancien nom%s",
	ReasonSuccessor:  "elle a pris la suite de la collectivité nommée%s",
	ReasonPartOfName: "son nom commence ainsi", ReasonNear: "son nom est voisin", ReasonCode: "son code est %s",
	ReasonOldCode: "le code %s est celui d’une collectivité dont elle a pris la suite",
	ReasonDept:    "elle est dans le département (%s)", ReasonPostal: "son code postal est %s",
	ReasonRegion: "elle est dans la région (%s)",
	ReasonPlace:  "elle est à %s km des coordonnées données", ReasonLevel: "elle est du niveau demandé (%s)",
	ReasonKnown:      "elle est déjà dans le dossier",
	ReasonPopulation: "c’est de loin la plus peuplée (%s habitants)", ReasonOther: "%s",
	ReasonFar:      "elle est à %s km des coordonnées données",
	ReasonNamesake: "d’autres portent ce nom : %s", ReasonLarger: "on appelle souvent ainsi une collectivité bien plus grande : %s",
}

// String says the reason in French.
func (r Reason) String() string {
	sentence, ok := sentences[r.Kind]
	if !ok {
		return r.Detail
	}
	if !strings.Contains(sentence, "%s") {
		return sentence
	}
	detail := r.Detail
	if (r.Kind == ReasonFormer || r.Kind == ReasonSuccessor) && detail != "" {
		detail = " (" + detail + ")"
	}
	return fmt.Sprintf(sentence, detail)
}
