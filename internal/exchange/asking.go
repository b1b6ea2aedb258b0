package exchange

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// WhoKey names the question that a mention raises, the same in every row: what
// is answered once holds for the whole file, and for the next one.
func WhoKey(m reference.Mention) string {
	parts := []string{m.Country, string(m.Level), m.INSEE, m.SIREN, foldHeading(m.Departement), foldHeading(m.Region), oneLine(m.Name)}
	if m.Latitude != nil && m.Longitude != nil {
		parts = append(parts, fmt.Sprintf("%.2f %.2f", *m.Latitude, *m.Longitude))
	}
	return strings.Join(parts, "|")
}

// AsWritten is the answer to a question that says: none of the candidates, the
// authority is the one that is written.
const AsWritten repertoire.ID = "-"

// Question is an authority that the file names and that nobody can tell for
// sure. Its rows are taken with the name as it is written.
type Question struct {
	Key        string
	Name       string
	Country    string // ISO code
	Verdict    reference.Verdict
	Several    bool // the text seems to name more than one
	Candidates []reference.Candidate
	Authority  repertoire.ID // the one made for it meanwhile
	Row, Rows  int           // the first row, and how many

	country func(iso string) string // its name in French
}

// NoteKind says how an authority was recognised without a question.
type NoteKind string

// The kinds of notes, as listed.
const (
	NoteOtherName NoteKind = "autre_nom"
	NoteForm      NoteKind = "forme"
	NoteNamesake  NoteKind = "homonyme"
	NoteCountry   NoteKind = "pays"
	NoteCode      NoteKind = "code"
)

var noteSentences = map[NoteKind][2]string{
	NoteOtherName: {"%d collectivité reconnue sous un autre de ses noms", "%d collectivités reconnues sous un autre de leurs noms"},
	NoteForm:      {"%d collectivité reconnue malgré la forme de son nom", "%d collectivités reconnues malgré la forme de leur nom"},
	NoteNamesake: {"%d collectivité prise pour la plus peuplée de ses homonymes",
		"%d collectivités prises pour les plus peuplées de leurs homonymes"},
	NoteCountry: {"%d pays reconnu sous un autre nom", "%d pays reconnus sous un autre nom"},
	NoteCode:    {"%d collectivité reconnue à son code", "%d collectivités reconnues à leur code"},
}

// Note gathers what was taken for the same kind of reason.
type Note struct {
	Kind  NoteKind
	Rows  int
	Items []NoteItem
}

// NoteItem is one name and what it was taken for.
type NoteItem struct {
	Name, For, Why string
	Row, Rows      int
}

// String says the note in one sentence.
func (n Note) String() string {
	forms := noteSentences[n.Kind]
	sentence := forms[0]
	if len(n.Items) > 1 {
		sentence = forms[1]
	}
	examples := make([]string, 0, 3)
	for _, x := range n.Items[:min(3, len(n.Items))] {
		examples = append(examples, fmt.Sprintf("« %s » pour %s", x.Name, x.For))
	}
	return fmt.Sprintf(sentence, len(n.Items)) + " : " + strings.Join(examples, ", ") + "."
}

// asked keeps the questions and the notes of one plan.
type asked struct {
	open  map[string]*Question
	taken map[NoteKind]map[string]*NoteItem
}

// decided follows what a person answered to a question.
func (r *resolving) decided(key, name string) (answer, bool) {
	id, ok := r.opt.Who[key]
	if !ok || id == AsWritten || id == "" {
		return answer{}, false
	}
	if a := r.authority(id); a != nil {
		return r.keep(*a), true
	}
	parts := strings.SplitN(key, "|", 2)
	for _, c := range r.Who(reference.Mention{Name: name, Country: parts[0]}).Candidates {
		if c.Authority.ID == id {
			a := c.Authority
			ownSpelling(&a, name)
			return r.keep(a), true
		}
	}
	return answer{}, false
}

// accept takes the one candidate of a sure answer. The spelling of the file is
// kept as the name of an authority that the base does not have yet.
func (r *resolving) accept(c reference.Candidate, m reference.Mention, complete func(*repertoire.Authority)) answer {
	a := c.Authority
	if have, ok := r.found[a.ID]; ok {
		// Another row named it: a second spelling is one of its names.
		if !c.Known && m.Name != "" && m.Name != have.Name {
			have.OtherNames = withName(have.OtherNames, m.Name)
			r.found[a.ID] = have
		}
	} else {
		if !c.Known {
			a.OtherNames = slices.Clone(a.OtherNames)
			ownSpelling(&a, m.Name)
			if complete != nil {
				complete(&a)
			}
		}
		r.keep(a)
	}
	out := answer{id: a.ID, why: noteKind(c)}
	if out.why != "" {
		r.note(out.why, m.Name, reference.Label(&c.Authority), c.Why())
	}
	return out
}

// ownSpelling makes the written name that of the authority; the reference's
// stays among its other names.
func ownSpelling(a *repertoire.Authority, written string) {
	written = oneLine(clean(written))
	if g := codeBehind.FindStringSubmatch(written); g != nil && sameName(g[1], a.Name) {
		written = g[1] // the code of "Saint-Denis (93)" tells it from its namesakes; "(La Réunion)" is the officer's word
	}
	if written == "" || written == a.Name || written == a.Usual() {
		return
	}
	a.OtherNames = slices.DeleteFunc(a.OtherNames, func(n string) bool { return n == written })
	a.OtherNames = append([]string{a.Name}, a.OtherNames...)
	if !sameName(written, a.Name) {
		a.Article = -1 // the article was that of the other name
	}
	a.Name = written
}

func withName(names []string, name string) []string {
	if name = oneLine(clean(name)); name == "" || slices.Contains(names, name) {
		return names
	}
	return append(slices.Clone(names), name)
}

// noteKind says how a sure candidate was recognised, "" by its very name.
func noteKind(c reference.Candidate) NoteKind {
	switch {
	case c.Has(reference.ReasonNamesake):
		return NoteNamesake
	case c.Has(reference.ReasonOtherName):
		return NoteOtherName
	case c.Has(reference.ReasonForm), c.Has(reference.ReasonSpacing), c.Has(reference.ReasonCapitals):
		return NoteForm
	}
	return ""
}

// ask opens a question about a name; the authority made for it stands in.
func (r *resolving) ask(key string, m reference.Mention, found reference.Answer, standIn repertoire.ID) answer {
	if r.opt.Who[key] == AsWritten {
		return answer{id: standIn}
	}
	if r.open == nil {
		r.open = map[string]*Question{}
	}
	q := r.open[key]
	if q == nil {
		q = &Question{Key: key, Name: m.Name, Country: m.Country, Verdict: found.Verdict, Several: found.Several,
			Candidates: found.Candidates, Authority: standIn, country: r.CountryName}
		r.open[key] = q
	}
	a := answer{id: standIn, question: q}
	if m.Country == "FR" || found.Verdict == reference.Confirm {
		a.remark = q.String() // a foreign village that no list has is nothing to remark on
	}
	return a
}

// String says the question in one sentence.
func (q *Question) String() string {
	if q.Verdict == reference.Unknown {
		if q.Country == "FR" {
			return fmt.Sprintf("« %s » n’est d’aucune liste officielle : elle est reprise telle quelle, sans code.", q.Name)
		}
		return fmt.Sprintf("« %s » n’est pas dans la référence : elle est reprise telle quelle, sans coordonnées.", q.Name)
	}
	names := q.labels()
	if q.Several {
		return fmt.Sprintf(
			"« %s » semble nommer plusieurs collectivités (%s) : elle est reprise telle quelle. Séparez-les par une barre verticale, ou choisissez.", q.Name, strings.Join(names, ", "))
	}
	return fmt.Sprintf(
		"« %s » est à confirmer : %s ? Elle est reprise telle quelle, sans code ni coordonnées, tant que vous n’avez pas choisi.", q.Name,
		strings.Join(names, ", "))
}

// labels names the first candidates. Abroad, those of one name are told apart
// by their region, or by their country when it is not the one of the row.
func (q *Question) labels() []string {
	first := q.Candidates[:min(3, len(q.Candidates))]
	times := map[string]int{}
	for _, c := range first {
		times[reference.Label(&c.Authority)]++
	}
	names := make([]string, 0, len(first))
	for _, c := range first {
		label := reference.Label(&c.Authority)
		switch a := &c.Authority; {
		case q.Country != "" && a.Country != q.Country:
			label += " (" + cmp.Or(q.country(a.Country), a.Country) + ")"
		case times[label] > 1 && !a.French() && a.Region != "" && a.Level != repertoire.LevelRegion:
			label += " (" + a.Region + ")"
		}
		names = append(names, label)
	}
	return names
}

// count adds a row to what its answer belongs to; it tells whether it is the
// first.
func (r *resolving) count(a answer, row int, name string) bool {
	first := true
	if q := a.question; q != nil {
		if q.Rows++; q.Row == 0 {
			q.Row = row
		}
		first = q.Rows == 1
	}
	if a.why != "" {
		if x := r.taken[a.why][name]; x != nil {
			if x.Rows++; x.Row == 0 {
				x.Row = row
			}
		}
	}
	return first
}

func (r *resolving) note(kind NoteKind, name, as, why string) {
	if r.taken == nil {
		r.taken = map[NoteKind]map[string]*NoteItem{}
	}
	if r.taken[kind] == nil {
		r.taken[kind] = map[string]*NoteItem{}
	}
	if r.taken[kind][name] == nil {
		r.taken[kind][name] = &NoteItem{Name: name, For: as, Why: why}
	}
}

func (r *resolving) noteCountry(written string, c reference.Country, a reference.CountryAnswer) {
	if a.Reason.Kind == reference.ReasonName || a.Reason.Kind == reference.ReasonCode {
		return
	}
	r.note(NoteCountry, written, c.Name, a.Reason.String())
	r.taken[NoteCountry][written].Rows++
}

// doubted gives the authorities that a question proposes candidates for.
func (r *resolving) doubted() map[repertoire.ID]bool {
	out := make(map[repertoire.ID]bool, len(r.open))
	for _, q := range r.open {
		if q.Verdict == reference.Confirm {
			out[q.Authority] = true
		}
	}
	return out
}

// questions lists what is left to be answered, what stops most rows first.
func (r *resolving) questions() []Question {
	out := make([]Question, 0, len(r.open))
	for _, q := range r.open {
		if q.Rows > 0 {
			out = append(out, *q)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if (a.Verdict == reference.Confirm) != (b.Verdict == reference.Confirm) {
			return a.Verdict == reference.Confirm
		}
		if a.Rows != b.Rows {
			return a.Rows > b.Rows
		}
		return a.Row < b.Row
	})
	return out
}

// notes lists what was taken without a question, by kind.
func (r *resolving) notes() []Note {
	var out []Note
	for _, kind := range []NoteKind{NoteNamesake, NoteOtherName, NoteForm, NoteCode, NoteCountry} {
		n := Note{Kind: kind}
		for _, x := range r.taken[kind] {
			n.Items = append(n.Items, *x)
			n.Rows += x.Rows
		}
		if len(n.Items) == 0 {
			continue
		}
		sort.Slice(n.Items, func(i, j int) bool {
			return n.Items[i].Row < n.Items[j].Row || n.Items[i].Row == n.Items[j].Row && n.Items[i].Name < n.Items[j].Name
		})
		out = append(out, n)
	}
	return out
}

// codeBehind is a name with the number of its département.
var codeBehind = regexp.MustCompile(`^(.+) \((\d{2,3}|2[AB])\)$`)
