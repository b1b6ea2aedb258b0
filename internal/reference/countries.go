package reference

import (
	"sort"
	"strings"
	"sync"

	"repertoire/internal/repertoire"
)

// Country is a country or territory with an ISO 3166 code, and the French
// that goes with it.
type Country struct {
	ISO2, ISO3, Numeric string
	Name                string   // "Sénégal"
	Article             string   // "le", "la", "l'", "les", "" for none
	In                  string   // "au Sénégal", "à Madagascar", "en Arménie"
	Of                  string   // "du Sénégal", "de Madagascar", "d’Arménie"
	Masculine, Feminine string   // "sénégalais", "sénégalaise"; "" where there is no adjective
	English             string   // "Senegal"
	Region, Continent   string   // of the United Nations: "Afrique occidentale", "Afrique"
	Others              []string // other names, English included
}

// With gives the name with its article, as a subject: "le Sénégal",
// "l’Arménie", "Madagascar".
func (c Country) With() string {
	switch c.Article {
	case "":
		return c.Name
	case "l'":
		return "l’" + c.Name
	}
	if strings.HasPrefix(c.Name, "La ") || strings.HasPrefix(c.Name, "Le ") {
		return c.Name
	}
	return c.Article + " " + strings.Replace(c.Name, "Îles ", "îles ", 1)
}

// Adjective gives the adjective of nationality in lower case.
func (c Country) Adjective(feminine, plural bool) string {
	word := c.Masculine
	if feminine {
		word = c.Feminine
	}
	if !plural || word == "" || strings.HasSuffix(word, "s") || strings.HasSuffix(word, "x") || strings.HasSuffix(word, "è") {
		return word
	}
	return word + "s"
}

// Franco gives the compound of the répertoires' titles: "franco-malgaches".
// "" where the country has no adjective.
func (c Country) Franco(feminine, plural bool) string {
	if c.Masculine == "" {
		return ""
	}
	return "franco-" + c.Adjective(feminine, plural)
}

// countries holds the list and the ways to it.
type countries struct {
	list   []Country
	byCode map[string]int
	byName map[string]int
	forms  func() map[string][]countryName // made when first asked for
}

func readCountries() (*countries, error) {
	cs := &countries{byCode: map[string]int{}, byName: map[string]int{}}
	cs.forms = sync.OnceValue(cs.readForms)
	err := rows("countries.tsv", 13, func(c []string) {
		cs.list = append(cs.list, Country{ISO2: c[0], ISO3: c[1], Numeric: c[2], Name: c[3], Article: c[4], In: c[5], Of: c[6],
			Masculine: c[7], Feminine: c[8], English: c[9], Region: c[10], Continent: c[11], Others: list(c[12], "|")})
	})
	sort.SliceStable(cs.list, func(i, j int) bool { return repertoire.Less(cs.list[i].Name, cs.list[j].Name) })
	for i, c := range cs.list {
		cs.byCode[c.ISO2], cs.byCode[c.ISO3] = i, i
	}
	// A country's own name wins over another's alternate.
	for _, pass := range []func(Country) []string{
		func(c Country) []string { return []string{c.Name} },
		func(c Country) []string { return []string{c.English, c.With()} },
		func(c Country) []string { return c.Others },
	} {
		for i, c := range cs.list {
			for _, name := range pass(c) {
				if key := bareKey(Key(name)); key != "" {
					if _, taken := cs.byName[key]; !taken {
						cs.byName[key] = i
					}
				}
			}
		}
	}
	return cs, err
}

// Countries returns all of them in French order. The slice is the caller's.
func (t *Tables) Countries() []Country {
	cs, _ := t.countries()
	return append([]Country(nil), cs.list...)
}

// Country finds one by its ISO 3166-1 code, of two or three letters.
func (t *Tables) Country(iso string) (Country, bool) {
	cs, _ := t.countries()
	i, ok := cs.byCode[strings.ToUpper(iso)]
	if !ok {
		return Country{}, false
	}
	return cs.list[i], true
}

// CountryName gives the French name of an ISO code, the code itself when unknown.
func (t *Tables) CountryName(iso string) string {
	if c, ok := t.Country(iso); ok {
		return c.Name
	}
	return iso
}

// FindCountry finds one by code or by name, French, English or other, whatever
// the accents: "Sénégal", "le senegal", "SEN", "Ivory Coast".
func (t *Tables) FindCountry(text string) (Country, bool) {
	text = strings.TrimSpace(text)
	if c, ok := t.Country(text); ok {
		return c, true
	}
	cs, _ := t.countries()
	i, ok := cs.byName[bareKey(Key(text))]
	if !ok {
		return Country{}, false
	}
	return cs.list[i], true
}
