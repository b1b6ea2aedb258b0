package pdf

import (
	"regexp"
	"strings"

	"repertoire/internal/pdf/object"
)

// wording checks what French law and the trade ask the pages to say.
func (in *inspection) wording() {
	if in.variant == "" || !in.ours {
		return
	}
	in.ran(checkISBN, checkDeposit)
	isbn := regexp.MustCompile(`ISBN[^0-9]{0,8}([0-9][0-9\-‑– \x{a0}]{8,20}[0-9Xx])`)
	deposit := regexp.MustCompile(`(?i)d[ée]p[ôo]t l[ée]gal[\s\x{a0}:]*([^\n.,;]*)`)
	year := regexp.MustCompile(`\b(1[89]|20)\d\d\b`)
	month := regexp.MustCompile(`(?i)janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|trimestre`)
	hasISBN, hasDeposit := false, false
	info := in.file.Dict(in.file.Trailer.Get("Info"))
	created, _ := in.file.Resolve(info.Get("CreationDate")).(object.String)
	for i, p := range in.pages {
		text := string(p.text)
		for _, m := range isbn.FindAllStringSubmatch(text, -1) {
			hasISBN = true
			if !validISBN(m[1]) {
				in.found(checkISBN, i, "L'ISBN « %s » est faux : sa clé de contrôle ne correspond pas.", strings.TrimSpace(m[1]))
			}
		}
		for _, m := range deposit.FindAllStringSubmatch(text, -1) {
			hasDeposit = true
			said := strings.TrimSpace(m[1])
			y := year.FindString(said)
			switch {
			case y == "" || !month.MatchString(said):
				in.found(checkDeposit, i, "Le dépôt légal (« %s ») doit donner le mois et l'année.", said)
			case len(created) >= 6 && y < string(created[2:6]):
				in.warned(checkDeposit, i, "Le dépôt légal (« %s ») est antérieur à l'année de l'édition (%s).", said, created[2:6])
			}
		}
	}
	if hasISBN && !hasDeposit {
		in.warned(checkDeposit, -1, "Le livre porte un ISBN mais pas de date de dépôt légal.")
	}
}

// validISBN checks the key of an ISBN of ten or thirteen characters.
func validISBN(s string) bool {
	var digits []int
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, int(c-'0'))
		case c == 'X' || c == 'x':
			digits = append(digits, 10)
		}
	}
	sum := 0
	switch len(digits) {
	case 10:
		for i, d := range digits {
			if d == 10 && i != 9 {
				return false
			}
			sum += (10 - i) * d
		}
		return sum%11 == 0
	case 13:
		for i, d := range digits {
			if d == 10 {
				return false
			}
			sum += d * (1 + 2*(i%2))
		}
		return sum%10 == 0
	}
	return false
}
