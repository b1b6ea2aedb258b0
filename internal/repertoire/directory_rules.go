package repertoire

import (
	"regexp"
	"strings"
)

// slugForm is what commands can name without quotes.
var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ValidSlug tells whether s can name a répertoire.
func ValidSlug(s string) bool { return len(s) <= 80 && slugForm.MatchString(s) }

// Slug makes a name for commands from a text: "Côte d’Ivoire" is
// "cote-d-ivoire". It is "" when the text has neither Latin letters nor digits.
func Slug(text string) string {
	words := strings.FieldsFunc(Fold(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	})
	return strings.Join(words, "-")
}

// Validate applies the rules to a répertoire, in the order of its form.
func (d *Directory) Validate(k Known) []Finding {
	var c check
	if strings.TrimSpace(d.Title) == "" {
		c.refuse("title", "Un répertoire a un titre : celui de la couverture.")
	}
	if !ValidSlug(d.Slug) {
		c.refuse("slug", "L’identifiant a des lettres sans accent, des chiffres et des traits d’union, par exemple « cote-d-ivoire ».")
	}
	if len(d.Countries) == 0 {
		c.refuse("countries", "Un répertoire a au moins un pays.")
	}
	for _, iso := range d.Countries {
		if k.Country != nil && !k.Country(iso) {
			c.refuse("countries", "Le pays « %s » est inconnu.", iso)
		}
	}
	if d.Imprint.ISBN != "" {
		if _, err := ParseISBN(d.Imprint.ISBN); err != nil {
			c.refuse("imprint.isbn", "%s", err.Error())
		}
	}
	if d.Imprint.Price.Cents < 0 {
		c.refuse("imprint.price", "Le prix ne peut pas être négatif.")
	}
	return c.found
}

// ParseISBN reads an ISBN of 10 or 13 digits, checks its last one, and gives it
// with the hyphens it was written with, plain digits without.
func ParseISBN(s string) (string, error) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(s)), "ISBN"))
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', ' ', '–', '\u2011':
			return '-'
		}
		return r
	}, strings.TrimLeft(s, ": \u00a0"))
	digits := strings.ReplaceAll(s, "-", "")
	if digits == "" {
		return "", nil
	}
	refuse := func() (string, error) {
		return "", Refuse("« %s » n’est pas un ISBN : il y faut 13 chiffres (ou 10), les premiers étant 978 ou 979.", s)
	}
	sum := 0
	for i, r := range digits {
		n := int(r - '0')
		if r == 'X' && len(digits) == 10 && i == 9 {
			n = 10
		} else if r < '0' || r > '9' {
			return refuse()
		}
		switch {
		case len(digits) == 10:
			sum += (10 - i) * n
		case i%2 == 1:
			sum += 3 * n
		default:
			sum += n
		}
	}
	switch {
	case len(digits) == 10 && sum%11 == 0, len(digits) == 13 && sum%10 == 0 && (digits[:3] == "978" || digits[:3] == "979"):
		return strings.Trim(s, "-"), nil
	case len(digits) == 10, len(digits) == 13 && (digits[:3] == "978" || digits[:3] == "979"):
		return "", Refuse("Le dernier chiffre de l’ISBN « %s » ne correspond pas aux autres : relisez-le.", s)
	}
	return refuse()
}
