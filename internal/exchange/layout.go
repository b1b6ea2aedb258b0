package exchange

import (
	"cmp"
	"strings"
	"sync"

	"repertoire/internal/repertoire"
)

// Layout is what a person adds to the columns of a file before they are given
// a sense: values that hold for all rows, columns cut in two, cells left blank
// under the one that speaks for them.
type Layout struct {
	Constants map[Field]string `json:"constants,omitempty"`
	Splits    []Split          `json:"splits,omitempty"`
	// Fill names the columns whose blank cells repeat the one above.
	Fill []string `json:"fill,omitempty"`
}

// Split cuts the cells of a column in two parts, which feed two fields.
type Split struct {
	Column string   `json:"column"`
	How    SplitWay `json:"how"`
	Into   [2]Field `json:"into"`
	// Country names the column in whose country SplitPlaces looks, if any.
	Country string `json:"country,omitempty"`
}

// SplitWay says where a cell is cut.
type SplitWay string

// The ways of cutting a cell.
const (
	SplitParentheses SplitWay = "parentheses" // "Saint-Louis (Sénégal)"
	SplitComma       SplitWay = "virgule"     // "Saint-Louis, Sénégal": at the last one
	SplitDash        SplitWay = "tiret"       // "Lille – Saint-Louis", "Lille / Saint-Louis"
)

// SplitWays lists them for a form.
var SplitWays = repertoire.Choices[SplitWay]{{Value: SplitParentheses, Label: "Parenthèses : Saint-Louis (Sénégal)"},
	{Value: SplitComma, Label: "Dernière virgule : Saint-Louis, Sénégal"},
	{Value: SplitDash, Label: "Tiret ou barre : Lille – Saint-Louis"},
	{Value: SplitCountry, Label: "Pays seul : Mali (collectivité à préciser)"},
	{Value: SplitPlaces, Label: "Lieu nommé dans le texte : Comité Tours-Parme (Italie)"}}

// cut gives the two parts of a cell; the second is empty when there is no
// place to cut.
func (w SplitWay) cut(cell string) (string, string) {
	switch w {
	case SplitParentheses:
		i, j := strings.LastIndexByte(cell, '('), strings.LastIndexByte(cell, ')')
		if i > 0 && j > i {
			return clean(cell[:i] + cell[j+1:]), clean(cell[i+1 : j])
		}
	case SplitCountry:
		if cell != "" {
			return cell + unnamed, cell
		}
	case SplitComma:
		if i := strings.LastIndexByte(cell, ','); i > 0 {
			return clean(cell[:i]), clean(cell[i+1:])
		}
	case SplitDash:
		for _, sign := range []string{" – ", " — ", " ↔ ", " <-> ", " / ", " - ", " & ", " et ", "/", "–", "—"} {
			if a, z, ok := strings.Cut(cell, sign); ok && clean(a) != "" && clean(z) != "" {
				return clean(a), clean(z)
			}
		}
	}
	return cell, ""
}

// virtual is a column that the layout adds.
type virtual struct {
	heading string
	field   Field
	value   string // of a constant
	from    int    // column that is cut, -1 for a constant
	how     SplitWay
	part    int
	finder  *placeFinder // of SplitPlaces
	country int          // the column that says where it looks, -1 for none
}

// WithLayout gives the table with the columns of the layout added on the right,
// and the fields they feed.
func (t Table) WithLayout(l Layout, known Resolver, countries ...string) (Table, Mapping, error) {
	m := Mapping{}
	finder := &placeFinder{Resolver: known, countries: countries}
	t.Headings = append([]string(nil), t.Headings...)
	at := map[string]int{}
	for i, h := range t.Headings {
		at[h] = i
	}
	add := func(v virtual) {
		for n := 0; ; n++ {
			if _, taken := at[v.heading]; !taken {
				break
			}
			v.heading += "′"
		}
		at[v.heading] = len(t.Headings)
		m[v.heading] = v.field
		t.Headings = append(t.Headings, v.heading)
		t.virtual = append(t.virtual, v)
	}
	t.virtual = nil
	for _, f := range sortedKeys(l.Constants) {
		if _, ok := knownFields()[f]; !ok {
			return t, nil, repertoire.Refuse("La valeur « %s » est donnée au champ « %s », qui n’existe pas. Champs possibles : %s.",
				l.Constants[f], f, fieldList())
		}
		add(virtual{heading: "Pour toutes les lignes : " + label(f), field: f, value: clean(l.Constants[f]), from: -1})
	}
	for _, s := range l.Splits {
		i, ok := at[s.Column]
		if !ok {
			return t, nil, repertoire.Refuse("La colonne « %s », à couper en deux, n’est pas dans le fichier. Colonnes du fichier : %s.",
				s.Column, quoted(t.Headings))
		}
		where := -1
		if c, ok := at[s.Country]; ok && s.Country != "" {
			where = c
		}
		for part, f := range s.Into {
			add(virtual{heading: partOf(s.Column, f), field: f, from: i, how: s.How, part: part, finder: finder, country: where})
		}
		if s.How != SplitPlaces {
			m[s.Column] = FieldIgnored
		}
	}
	t.fill = nil
	for _, h := range l.Fill {
		i, ok := at[h]
		if !ok {
			return t, nil,
				repertoire.Refuse("La colonne « %s », à compléter vers le bas, n’est pas dans le fichier. Colonnes du fichier : %s.", h,
					quoted(t.Headings))
		}
		t.fill = append(t.fill, i)
	}
	return t, m, nil
}

// lay fills the columns of the layout in a row.
func (t *Table) lay(full, above []string) {
	base := len(t.Headings) - len(t.virtual)
	for _, i := range t.fill {
		if full[i] == "" && above != nil {
			full[i] = above[i]
		}
	}
	for k, v := range t.virtual {
		if v.from < 0 {
			full[base+k] = v.value
			continue
		}
		cut := v.how.cut
		if v.how == SplitPlaces {
			where := ""
			if v.country >= 0 {
				where = full[v.country]
			}
			cut = func(text string) (string, string) { return v.finder.cut(text, where) }
		}
		a, z := cut(full[v.from])
		full[base+k] = [2]string{a, z}[v.part]
	}
}

// partOf is the heading of one part of a column that is cut.
func partOf(column string, f Field) string { return column + " › " + label(f) }

// label names a field for a person.
func label(f Field) string { return cmp.Or(labels()[f], string(f)) }

var labels = sync.OnceValue(func() map[Field]string {
	out := map[Field]string{}
	for _, c := range Fields() {
		out[c.Value] = c.Label
	}
	return out
})

// FileHeadings are the headings of the file itself, without the columns that a
// layout added.
func (t *Table) FileHeadings() []string { return t.Headings[:len(t.Headings)-len(t.virtual)] }
