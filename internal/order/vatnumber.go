package order

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// vatShapes are the shapes of VAT numbers by prefix, as the European Commission
// publishes them for VIES (FAQ, question 11). A shape tells a slip of the
// keyboard, not that the number was given: VIES alone says that.
var vatShapes = compiled(map[string]string{
	"AT": `U\d{8}`, "BE": `[01]\d{9}`, "BG": `\d{9,10}`, "CY": `\d{8}[A-Z]`, "CZ": `\d{8,10}`, "DE": `\d{9}`, "DK": `\d{8}`, "EE": `\d{9}`,
	"EL": `\d{9}`,
	"ES": `[A-Z0-9]\d{7}[A-Z0-9]`, "FI": `\d{8}`, "FR": `[A-HJ-NP-Z0-9]{2}\d{9}`, "HR": `\d{11}`, "HU": `\d{8}`,
	"IE": `\d[A-Z0-9+*]\d{5}[A-Z]{1,2}`, "IT": `\d{11}`,
	"LT": `(\d{9}|\d{12})`, "LU": `\d{8}`, "LV": `\d{11}`, "MT": `\d{8}`, "NL": `[A-Z0-9+*]{12}`, "PL": `\d{10}`, "PT": `\d{9}`,
	"RO": `\d{2,10}`, "SE": `\d{12}`,
	"SI": `\d{8}`, "SK": `\d{10}`, "XI": `(\d{9}|\d{12}|GD\d{3}|HA\d{3})`,
})

func compiled(shapes map[string]string) map[string]*regexp.Regexp {
	out := map[string]*regexp.Regexp{}
	for prefix, shape := range shapes {
		out[prefix] = regexp.MustCompile(`^` + shape + `$`)
	}
	return out
}

// vatPrefix is the prefix of a country's VAT numbers.
func vatPrefix(country string) string {
	if country == "GR" {
		return "EL"
	}
	return country
}

// checkVAT tidies a VAT number and refuses one that cannot be: its prefix is a
// member state's and its shape that state's; a French one has the key of its SIREN
// (CGI ann. IV; SIREN is "" when it is not known). Numbers of other countries are
// kept as they are written.
func checkVAT(field, number, siren, whose string) (string, error) {
	n := strings.ToUpper(bare(number))
	if n == "" {
		return "", nil
	}
	if len(n) > 2 && n[:2] == "GR" { // the country's code, for its VAT prefix
		n = "EL" + n[2:]
	}
	shape, known := vatShapes[n[:min(2, len(n))]]
	switch {
	case !known:
		if strings.Trim(n[:min(2, len(n))], "0123456789") == "" && len(n) == 11 && siren != "" && strings.HasSuffix(n, siren) {
			return checkVAT(field, "FR"+n, siren, whose)
		}
		return strings.TrimSpace(number), nil
	case !shape.MatchString(n[2:]):
		return n, refused(field,
			"Le numéro de TVA %s, « %s », n’a pas la forme de ceux de son pays (%s) : relisez-le. Rien n’a été enregistré.", whose, n,
			n[:2])
	case n[:2] != "FR":
		return n, nil
	case siren != "" && n[4:] != siren:
		return n, refused(field,
			"Le numéro de TVA %s, « %s », n’est pas celui du SIREN « %s » : les neuf derniers chiffres seraient les mêmes. Rien n’a été enregistré.", whose, n, siren)
	case n[2:4] != keyOfFrenchVAT(n[4:]) && strings.Trim(n[2:4], "0123456789") == "":
		return n, refused(field,
			"Le numéro de TVA %s, « %s », a une clé qui n’est pas la bonne (ce serait FR%s%s) : relisez-le. Rien n’a été enregistré.",
			whose, n, keyOfFrenchVAT(n[4:]), n[4:])
	}
	return n, nil
}

// keyOfFrenchVAT is the key of the VAT number of a SIREN.
func keyOfFrenchVAT(siren string) string {
	n, _ := strconv.Atoi(siren)
	return fmt.Sprintf("%02d", (12+3*(n%97))%97)
}

// unionVAT gives the prefix of a VAT number of another member state (or of
// Northern Ireland), "" when the buyer has none.
func (b Buyer) unionVAT() string {
	n := strings.ToUpper(bare(b.VATNumber))
	if len(n) < 4 || n[:2] == "FR" {
		return ""
	}
	if shape, ok := vatShapes[n[:2]]; ok && shape.MatchString(n[2:]) {
		return n[:2]
	}
	return ""
}
