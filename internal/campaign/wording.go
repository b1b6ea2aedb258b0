package campaign

import (
	"regexp"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Occasion is what a message is written for.
type Occasion string

// A campaign writes once and reminds up to three times, each time otherwise.
const (
	First  Occasion = "demande"
	Again  Occasion = "relance-1"
	Third  Occasion = "relance-2"
	Fourth Occasion = "relance-3"
)

// Occasions are the choices in their order.
var Occasions = repertoire.Choices[Occasion]{{Value: First, Label: "Première demande"}, {Value: Again, Label: "Première relance"},
	{Value: Third, Label: "Deuxième relance"}, {Value: Fourth, Label: "Dernière relance"}}

// Next gives the occasion after the one last written for; false after the last.
func (o Occasion) Next() (Occasion, bool) {
	i := slices.IndexFunc(Occasions, func(c repertoire.Choice[Occasion]) bool { return c.Value == o })
	if i+1 >= len(Occasions) {
		return "", false
	}
	return Occasions[i+1].Value, true
}

// Wording is the text of a message in one language.
type Wording struct {
	Language string   `json:"language"`
	Occasion Occasion `json:"occasion"`
	Subject  string   `json:"subject"`
	Body     string   `json:"body"`
}

// For tells whether another text is for the same language and occasion.
func (w Wording) For(other Wording) bool {
	return w.Language == other.Language && w.Occasion == other.Occasion
}

// Unsaid lists the merge fields of a wording of which nothing is known: the
// message would have a gap there.
func (w Wording) Unsaid(m Merge) []string {
	values := m.fields()
	var out []string
	for _, g := range mergeField.FindAllStringSubmatch(w.Subject+"\n"+w.Body, -1) {
		if values[g[1]] == "" && !slices.Contains(out, g[1]) {
			out = append(out, g[1])
		}
	}
	return out
}

// Languages are those that campaigns write.
var Languages = repertoire.Choices[string]{{Value: "fr", Label: "Français"}, {Value: "en", Label: "Anglais"},
	{Value: "es", Label: "Espagnol"}, {Value: "pt", Label: "Portugais"}}

// Merge is what a message says of its recipient.
type Merge struct {
	Title, Authority, Partner, Name, Deadline, Campaign, Sender, Signature string
}

// fields gives what each merge field stands for.
func (m Merge) fields() map[string]string {
	return map[string]string{"partenariat": m.Title, "collectivite": m.Authority, "partenaire": m.Partner, "nom": m.Name,
		"date_limite": m.Deadline, "campagne": m.Campaign, "expediteur": m.Sender, "signature": m.Signature}
}

// MergeFields lists the names of the merge fields.
func MergeFields() []string {
	var out []string
	for name := range (Merge{}).fields() {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

var mergeField = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// Check refuses a wording with a merge field that does not exist.
func (w Wording) Check() error {
	if !Languages.Has(w.Language) || !Occasions.Has(w.Occasion) {
		return repertoire.Refuse(
			"Le texte d’un message est pour une langue (fr, en, es, pt) et une occasion (demande, relance-1…). Rien n’a été enregistré.")
	}
	if strings.TrimSpace(w.Subject) == "" || strings.TrimSpace(w.Body) == "" {
		return repertoire.Refuse("Le message n’a pas d’objet ou pas de texte. Rien n’a été enregistré.")
	}
	known := Merge{}.fields()
	for _, g := range mergeField.FindAllStringSubmatch(w.Subject+"\n"+w.Body, -1) {
		if _, ok := known[g[1]]; !ok {
			return repertoire.Refuse("Le champ « {{%s}} » n’existe pas ; il y a : %s. Rien n’a été enregistré.", g[1],
				strings.Join(MergeFields(), ", "))
		}
	}
	return nil
}

// Fill puts what is known of the recipient into a wording. A line whose only
// words would be empty merge fields goes.
func (w Wording) Fill(m Merge) (subject, body string) {
	values := m.fields()
	put := func(s string) string {
		return mergeField.ReplaceAllStringFunc(s, func(f string) string { return values[mergeField.FindStringSubmatch(f)[1]] })
	}
	var lines []string
	for l := range strings.SplitSeq(w.Body, "\n") {
		filled := put(l)
		if strings.TrimSpace(filled) == "" && strings.TrimSpace(l) != "" {
			continue
		}
		lines = append(lines, strings.ReplaceAll(filled, " ,", ","))
	}
	return strings.Join(strings.Fields(put(w.Subject)), " "), strings.Join(lines, "\n")
}

// Wording gives the text for an occasion and a language: the campaign's own,
// else the program's.
func (c *Campaign) Wording(o Occasion, language string) Wording {
	for _, list := range [][]Wording{c.Wordings, Standard} {
		for _, w := range list {
			if w.Occasion == o && w.Language == language {
				return w
			}
		}
	}
	return c.Wording(o, "fr")
}

// LanguageOf gives the language in which a country's partners are written to.
func LanguageOf(country string) string {
	switch {
	case strings.Contains(" FR BE LU MC BJ BF BI CM CF KM CI CG CD DJ GA GN GQ HT MG ML MA MR NE RW SN SC TD TG TN DZ LB VU MU ",
		" "+country+" "):
		return "fr"
	case strings.Contains(" ES AR BO CL CO CR CU DO EC SV GT HN MX NI PA PY PE UY VE ", " "+country+" "):
		return "es"
	case strings.Contains(" PT BR AO MZ CV GW ST TL ", " "+country+" "):
		return "pt"
	}
	return "en"
}
