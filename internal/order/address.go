package order

import (
	"slices"
	"strings"
)

// Address is a postal address in France or abroad.
type Address struct {
	Lines    []string `json:"lines,omitempty"` // service, building, street: up to five
	PostCode string   `json:"post_code,omitempty"`
	City     string   `json:"city,omitempty"`
	Country  string   `json:"country,omitempty"` // ISO code, "" is FR
	// CountryName is printed under foreign addresses.
	CountryName string `json:"country_name,omitempty"`
}

// IsZero tells whether nothing was entered, a country alone apart.
func (a Address) IsZero() bool {
	return len(a.Lines) == 0 && a.PostCode == "" && a.City == ""
}

// townFirst are the countries that write the post code after the town, on its
// line; codeLast those that write it alone under the town. The others write it
// before the town, as France does. Source: addressing guides of the Universal
// Postal Union, country by country.
var (
	townFirst = []string{"US", "CA", "AU", "NZ", "IN", "ID", "TH", "KR", "JP", "TW", "VN", "LB", "SG", "PK", "BD", "KH", "JO", "SA", "NG",
		"MM", "NP", "PR", "BN", "MV", "BH", "LV"}
	codeLast = []string{"GB", "IE", "ZA", "BR", "UA", "RU", "KZ", "BY", "LK", "EG", "KE", "IM", "JE", "GG", "GI", "FK", "MT"}
)

// Written gives the lines as the post of the country wants them, its name in
// capitals under a foreign one: the sorting there needs its own order, the one
// here the country.
func (a Address) Written() []string {
	out := append([]string(nil), a.Lines...)
	country := cmpOr(a.Country, "FR")
	switch {
	case slices.Contains(townFirst, country):
		out = appendLine(out, a.City+" "+a.PostCode)
	case slices.Contains(codeLast, country):
		out = appendLine(appendLine(out, a.City), a.PostCode)
	default:
		out = appendLine(out, a.PostCode+" "+a.City)
	}
	if country != "FR" {
		out = append(out, strings.ToUpper(cmpOr(a.CountryName, a.Country)))
	}
	return out
}

func appendLine(lines []string, s string) []string {
	if s = strings.TrimSpace(s); s != "" {
		lines = append(lines, s)
	}
	return lines
}

// check tidies an address or refuses it; which names it in refusals.
func (a Address) check(field, which string) (Address, error) {
	a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
	a.PostCode, a.City = strings.TrimSpace(a.PostCode), strings.TrimSpace(a.City)
	if a.Country == "FR" {
		a.Country, a.CountryName = "", ""
	}
	country := cmpOr(a.Country, "FR")
	switch {
	case len(a.Lines) > 5:
		return a, refused(field, "L’adresse de %s a plus de cinq lignes avant la ville. Rien n’a été enregistré.", which)
	case !KnownCountry(country):
		return a, refused(field,
			"« %s » n’est pas un code de pays (adresse de %s) : deux lettres de la liste ISO 3166, par exemple CH pour la Suisse. Rien n’a été enregistré.", a.Country, which)
	case !slices.Contains(frenchLands, country) || a.PostCode == "":
		return a, nil
	}
	code := bare(a.PostCode)
	if len(code) != 5 || strings.Trim(code, "0123456789") != "" {
		return a, refused(field,
			"« %s » n’est pas un code postal français (adresse de %s) : il a cinq chiffres. Pour une adresse à l’étranger, donnez son pays. Rien n’a été enregistré.", a.PostCode, which)
	}
	a.PostCode = code
	return a, nil
}
