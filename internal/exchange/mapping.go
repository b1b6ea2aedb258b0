package exchange

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/xrash/smetrics"

	"repertoire/internal/repertoire"
)

// Mapping says, heading by heading, which field a column feeds. Headings left
// out are not taken.
type Mapping map[string]Field

// Guess recognises headings whatever their case, accents, punctuation and
// underscores, and small typing errors. A field that one column fills is not
// given to a second one, except lists and texts, which add up.
func Guess(headings []string) Mapping {
	m := Mapping{}
	taken := map[Field]bool{}
	take := func(heading string, f Field) {
		if _, many := listed(f); taken[f] && !many {
			return
		}
		m[heading], taken[f] = f, true
	}
	exact := knownHeadings()
	for _, h := range headings {
		if f := exact[foldHeading(withoutNumber(h))]; f != "" {
			take(h, f)
		}
	}
	for _, h := range headings {
		if _, done := m[h]; done {
			continue
		}
		if f := understand(h); f != "" && !taken[f] {
			take(h, f)
		} else if f := nearest(foldHeading(h), exact); f != "" && !taken[f] {
			take(h, f)
		}
	}
	guessPeople(headings, m, taken)
	return m
}

// knownFields gives the words of all fields.
func knownFields() map[Field]bool {
	known := map[Field]bool{}
	for _, c := range columns() {
		known[c.field] = true
	}
	return known
}

// guessPeople gives bare "Fonction", "Courriel" and "Téléphone" to the person
// the file names: the elected official, else the officer.
func guessPeople(headings []string, m Mapping, taken map[Field]bool) {
	slot := contactSlots[0].prefix
	if !taken[slot+partName] && taken[contactSlots[1].prefix+partName] {
		slot = contactSlots[1].prefix
	}
	parts := map[string]Field{"fonction": partRole, "qualite": partRole, "mandat": partRole,
		"courriel": partEmail, "email": partEmail, "e mail": partEmail, "mail": partEmail, "adresse electronique": partEmail,
		"mel":       partEmail,
		"telephone": partPhone, "tel": partPhone, "numero de telephone": partPhone}
	for _, h := range headings {
		part, ok := parts[foldHeading(h)]
		if _, done := m[h]; ok && !done && !taken[slot+part] {
			m[h], taken[slot+part] = slot+part, true
		}
	}
}

// nearest finds the known heading that a mistyped one means, or "". Short
// words are never guessed: one letter would change their sense.
func nearest(h string, exact map[string]Field) Field {
	if len(h) < 6 {
		return ""
	}
	best, score := "", 0.95
	for known := range exact {
		if len(known) < 6 || known[0] != h[0] {
			continue
		}
		if s := smetrics.JaroWinkler(h, known, 0.7, 4); s > score || s == score && known < best {
			best, score = known, s
		}
	}
	return exact[best]
}

// foldHeading leaves letters and digits in lower case without accents, parted
// by one space: "Collectivité_FR " and "collectivite fr" are one.
func foldHeading(s string) string {
	return strings.Join(strings.FieldsFunc(repertoire.Fold(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f &&
			(unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)))
	}), " ")
}

// ReadMapping reads a JSON object {"heading": "field"} for MappingFrom.
func ReadMapping(name string, r io.Reader) (map[string]string, error) {
	raw := map[string]string{}
	if err := json.NewDecoder(io.LimitReader(r, 1<<20)).Decode(&raw); err != nil {
		return nil, repertoire.Damage(name, err,
			"Le fichier de correspondance « %s » n’est pas un objet JSON {\"titre de colonne\": \"champ\"} : rien n’a été importé.", name)
	}
	return raw, nil
}

// MappingFrom completes what a person wrote: fields may be named by their word
// ("code_insee"), their exported heading or a synonym, headings in any case;
// {"field": "heading"} is understood too. Columns it does not speak of are
// guessed; "" and "ignoree" leave a column out. nil guesses everything.
func MappingFrom(raw map[string]string, headings []string) (Mapping, error) {
	return mappingFrom(raw, headings, Guess(headings))
}

// mappingFrom is MappingFrom with the guess of the columns it does not speak of.
func mappingFrom(raw map[string]string, headings []string, guess Mapping) (Mapping, error) {
	known := knownHeadings()
	byFold := map[string]string{}
	for _, h := range headings {
		byFold[foldHeading(h)] = h
	}
	wanted := Mapping{}
	for _, key := range sortedKeys(raw) {
		value := raw[key]
		heading, here := byFold[foldHeading(key)]
		field, ok := known[foldHeading(value)]
		if foldHeading(value) == "" {
			field, ok = FieldIgnored, true
		}
		if !here || !ok {
			h, there := byFold[foldHeading(value)]
			if f, named := known[foldHeading(key)]; named && there {
				heading, field, here, ok = h, f, true, true
			}
		}
		if !here {
			return nil, repertoire.Refuse(
				"La correspondance cite la colonne « %s », que le fichier n’a pas : rien n’a été importé. Colonnes du fichier : %s.", key,
				quoted(headings))
		}
		if !ok {
			return nil, repertoire.Refuse(
				"La correspondance associe la colonne « %s » au champ « %s », qui n’existe pas : rien n’a été importé. Champs possibles : %s.", key, value, fieldList())
		}
		wanted[heading] = field
	}
	if err := wanted.Check(); err != nil {
		return nil, err
	}
	used := map[Field]string{} // what the headings of a series share
	for h, f := range wanted {
		used[f], _ = numbered(h)
	}
	for _, h := range headings {
		f := guess[h]
		if _, said := wanted[h]; said || f == "" {
			continue
		}
		stem, _ := numbered(h)
		if _, many := listed(f); many || used[f] == "" || used[f] == stem {
			wanted[h], used[f] = f, stem
		}
	}
	return wanted, nil
}

// Check refuses a mapping that names a field that does not exist, or gives one
// field that takes a single value to two columns that are not each of another
// partnership of the row.
func (m Mapping) Check() error {
	known := map[Field]bool{"": true}
	for _, c := range columns() {
		known[c.field] = true
	}
	by := map[Field]string{}
	each := m.ofEach()
	for _, h := range sortedKeys(m) {
		f := m[h]
		if !known[f] {
			return repertoire.Refuse("La colonne « %s » est associée au champ « %s », qui n’existe pas. Champs possibles : %s.", h, f,
				fieldList())
		}
		if _, many := listed(f); f != "" && !many && !each[h] {
			if other := by[f]; other != "" {
				return repertoire.Refuse("Les colonnes « %s » et « %s » sont associées au même champ « %s » : gardez-en une.", other, h, f)
			}
			by[f] = h
		}
	}
	return nil
}

// ofEach tells which headings are of one partnership each, in a file that says
// several in a row.
func (m Mapping) ofEach() map[string]bool {
	headings := sortedKeys(m)
	at := map[Field][]int{}
	for i, h := range headings {
		at[m[h]] = append(at[m[h]], i)
	}
	out := map[string]bool{}
	who := partners(at, headings)
	for f, columns := range at {
		for _, s := range seriesIn(headings, columns) {
			if _, many := listed(f); who == nil || !s.within(who) || !many && len(s) < len(columns) {
				continue
			}
			for _, i := range s {
				out[headings[i]] = true
			}
		}
	}
	return out
}

// Fields lists the fields a column can feed with their French names, in order.
func Fields() []repertoire.Choice[Field] {
	var out []repertoire.Choice[Field]
	for _, c := range columns() {
		label := c.heading
		switch c.field {
		case FieldNotes:
			label = "Notes"
		case FieldLatitude:
			label = "Latitude de la collectivité étrangère"
		case FieldLongitude:
			label = "Longitude de la collectivité étrangère"
		case FieldPopulation:
			label = "Population de la collectivité étrangère"
		case FieldIgnored:
			label = "(ne pas reprendre)"
		}
		if l := furtherLabels[c.field]; l != "" {
			label = l
		}
		out = append(out, repertoire.Choice[Field]{Value: c.field, Label: label})
	}
	return out
}

// furtherLabels name the fields that no export has.
var furtherLabels = map[Field]string{FieldSigned: "Date de signature", FieldPostal: "Code postal",
	FieldOwnCountry: "Pays du côté français", FieldKept: "Garder en note", FieldProjectRef: "Projet : référence",
	FieldProjectTitle:  "Projet : titre",
	FieldProjectThemes: "Projet : thématiques", FieldProjectStart: "Projet : début", FieldProjectEnd: "Projet : fin",
	FieldProjectPlaces:   "Projet : lieux",
	FieldProjectOperator: "Projet : opérateur", FieldProjectBeneficiaries: "Projet : bénéficiaires",
	FieldProjectDescription: "Projet : description",
	FieldProjectObjectives:  "Projet : objectifs", FieldProjectResults: "Projet : résultats",
	FieldProjectDifficulties: "Projet : difficultés",
	FieldProjectBudget:       "Projet : budget", FieldProjectCurrency: "Projet : devise", FieldProjectFunders: "Projet : financeurs",
	FieldProjectStatus: "Projet : avancement"}

func fieldList() string {
	var names []string
	for _, c := range columns() {
		names = append(names, string(c.field))
	}
	return strings.Join(names, ", ")
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// lookup gives, for a table, the columns that feed each field. It refuses a
// mapping without the two sides of a partnership.
func (m Mapping) lookup(headings []string) (map[Field][]int, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	at := map[Field][]int{}
	present := map[string]bool{}
	for i, h := range headings {
		present[h] = true
		if f := m[h]; f != "" && f != FieldIgnored {
			at[f] = append(at[f], i)
		}
	}
	for _, h := range sortedKeys(m) {
		if !present[h] {
			return nil, repertoire.Refuse("La correspondance cite la colonne « %s », que le fichier n’a pas. Colonnes du fichier : %s.", h,
				strings.Join(headings, ", "))
		}
	}
	if len(at[FieldID])+len(at[FieldExternal]) > 0 {
		return at, nil
	}
	var missing []string
	if len(at[FieldFrench])+len(at[FieldINSEE])+len(at[FieldSIREN]) == 0 {
		missing = append(missing, "« Collectivité française » (ou « Code INSEE »)")
	}
	if len(at[FieldForeign]) == 0 {
		missing = append(missing, "« Collectivité étrangère »")
	}
	if len(missing) > 0 {
		return nil, repertoire.Refuse(
			"Le fichier n’a pas de colonne %s : rien n’a été importé. Choisissez la feuille, la ligne des titres ou la colonne. Colonnes lues : %s.",
			strings.Join(missing, " ni "), quoted(headings))
	}
	return at, nil
}

func quoted(headings []string) string {
	out := make([]string, len(headings))
	for i, h := range headings {
		out[i] = fmt.Sprintf("« %s »", h)
	}
	return strings.Join(out, ", ")
}
