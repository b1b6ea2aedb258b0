package partnerships

import (
	"strconv"
	"strings"

	"repertoire/app/i18n"
	"repertoire/internal/repertoire"
)

// list reads names apart by commas.
func list(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func inhabitants(n int) string {
	if n == 0 {
		return ""
	}
	return repertoire.Thousands(int64(n))
}

func readInhabitants(s string) (int, error) {
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(s)
	if digits == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return 0, repertoire.Refuse("« %s » n’est pas un nombre d’habitants : écrivez par exemple 236 000.", s)
	}
	return n, nil
}

func degrees(v *float64) string {
	if v == nil {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(*v, 'f', -1, 64), ".", ",", 1)
}

func readDegrees(s string) (*float64, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, nil
	}
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || v != v || v < -180 || v > 180 {
		return nil, repertoire.Refuse("« %s » n’est pas en degrés : écrivez par exemple 50,6292.", s)
	}
	return &v, nil
}

// country reads a country by its name or its code: "Japon", "jap", "JP".
func (x *authorityEditor) country(s string) error {
	s = strings.TrimSpace(s)
	if s == "" {
		return repertoire.Refuse("Il manque le pays : écrivez son nom.")
	}
	found := x.door.Records().SuggestCountries(s, 4)
	for _, c := range found {
		if repertoire.Fold(c.Label) == repertoire.Fold(s) || strings.EqualFold(c.Value, s) {
			found = found[:0:0]
			found = append(found, c)
			break
		}
	}
	switch len(found) {
	case 0:
		return repertoire.Refuse("« %s » n’est pas un pays connu : écrivez son nom français.", s)
	case 1:
		x.now.Country = found[0].Value
		return nil
	}
	var names []string
	for _, c := range found {
		names = append(names, c.Label)
	}
	return &repertoire.Error{Kind: repertoire.Refused, Field: "country",
		Message: i18n.T("« %s » commence plusieurs noms (%s) : écrivez le pays en entier.", s, strings.Join(names, ", "))}
}
