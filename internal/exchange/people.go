package exchange

import (
	"regexp"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// person is what the cells of one contact say, put in order.
type personSaid struct {
	name, role, email, phone string
	// more are further addresses and numbers: a contact has one of each.
	more []string
	// bad are addresses that are none.
	bad []string
}

var (
	someEmail = regexp.MustCompile(`(?:mailto:)?([\pL\pN._%+'-]+ ?(?:@|\[at\]|\(at\)) ?[\pL\pN-]+(?:\.[\pL\pN-]+)+)`)
	somePhone = regexp.MustCompile(`(?:\+|00)?\(?\d(?:[ .()\-\x{a0}\x{202f}]{0,3}\d){7,24}`)
	// Where one number ends and the next begins: "+262 262 40 04 04 - 0692 00 00 00".
	betweenPhones = regexp.MustCompile(`(\d\d(?:[ .()\x{a0}\x{202f}]?\d\d){2,}\)?) ?(?:[-–/] ?|  +)((?:\+|00|0\d[ .]?\d\d))`)
	phoneWord     = regexp.MustCompile(`(?i)(?:^|[\s,;(–-])(?:t[ée]l(?:[ée]phone)?s?|port(?:able)?|mob(?:ile)?|fax|gsm|standard|courriels?|e-?mails?|m[ée]ls?|mails?|ligne directe)\s*[.:°]*\s*(?:[,;)/]|$)`)
)

// said reads the cells of a contact: several addresses or numbers in one, a
// name before its address, all of it in the cell of the name.
func said(name, role, email, phone string) personSaid {
	p := personSaid{role: oneLine(role)}
	var emails, phones []string
	rest := p.take(name, &emails, &phones)
	left := p.take(email, &emails, &phones)
	if p.name = trimmed(rest); p.name == "" {
		p.name = trimmed(left)
	} else if l := trimmed(left); l != "" && strings.ContainsAny(l, "@") {
		p.bad = append(p.bad, l)
	}
	if left := trimmed(p.take(phone, &emails, &phones)); left != "" && !empty(left) {
		if repertoire.ValidPhone(left) {
			phones = append(phones, left)
		} else {
			p.bad = append(p.bad, left)
		}
	}
	p.split()
	for i, e := range emails {
		if i == 0 {
			p.email = e
		} else {
			p.more = append(p.more, e)
		}
	}
	for i, t := range phones {
		if i == 0 {
			p.phone = t
		} else {
			p.more = append(p.more, t)
		}
	}
	if empty(p.name) {
		p.name = ""
	}
	if empty(p.role) {
		p.role = ""
	}
	return p
}

// take picks the addresses and numbers out of a cell and gives what is left.
func (p *personSaid) take(cell string, emails, phones *[]string) string {
	cell = betweenPhones.ReplaceAllString(clean(inFull(clean(cell))), "$1 | $2")
	cell = someEmail.ReplaceAllStringFunc(cell, func(m string) string {
		g := someEmail.FindStringSubmatch(m)
		e := strings.NewReplacer(" ", "", "[at]", "@", "(at)", "@").Replace(g[1])
		if !repertoire.ValidEmail(e) {
			p.bad = append(p.bad, e)
			return " "
		}
		for _, known := range *emails {
			if strings.EqualFold(known, e) {
				return " "
			}
		}
		*emails = append(*emails, e)
		return " "
	})
	return somePhone.ReplaceAllStringFunc(cell, func(m string) string {
		m = strings.TrimSpace(m)
		numbers := apartPhones(m)
		if slices.ContainsFunc(numbers, func(s string) bool { return !repertoire.ValidPhone(s) }) {
			return m
		}
		for _, number := range numbers {
			if !slices.ContainsFunc(*phones, func(known string) bool {
				return strings.Map(keepDigits, known) == strings.Map(keepDigits,
					number)
			}) {
				*phones = append(*phones, number)
			}
		}
		return " "
	})
}

var inPowers = regexp.MustCompile(`^(\d)[.,](\d+)[eE]\+?0?8$`)

// inFull writes a French number that a spreadsheet shows as 1,02030405E+08 with
// its ten figures, when none of them is lost.
func inFull(cell string) string {
	if g := inPowers.FindStringSubmatch(cell); g != nil && len(g[2]) <= 8 && len(g[2]) >= 7 {
		return "0" + g[1] + g[2] + strings.Repeat("0", 8-len(g[2]))
	}
	return cell
}

// apartPhones parts French numbers that only a space separates: ten figures
// each, the first of them 0.
func apartPhones(s string) []string {
	digits := strings.Map(keepDigits, s)
	if len(digits)%10 != 0 || len(digits) == 10 || strings.HasPrefix(s, "+") {
		return []string{s}
	}
	for i := 0; i < len(digits); i += 10 {
		if digits[i] != '0' || digits[i+1] == '0' {
			return []string{s}
		}
	}
	var out []string
	seen, from := 0, 0
	for i, r := range s {
		if r < '0' || r > '9' {
			continue
		}
		if seen == 10 {
			out, from, seen = append(out, strings.TrimSpace(s[from:i])), i, 0
		}
		seen++
	}
	return append(out, s[from:])
}

// trimmed takes off what stood around an address: brackets, commas, the words
// that announce a telephone.
func trimmed(s string) string {
	s = strings.ReplaceAll(s, "\n", ", ")
	for {
		t := phoneWord.ReplaceAllString(s, " ")
		t = strings.NewReplacer("<", " ", ">", " ", "()", " ", "[]", " ").Replace(t)
		t = strings.Trim(strings.Join(strings.Fields(t), " "), " ,;:/–-|")
		if t == s {
			return t
		}
		s = t
	}
}

// split parts a name from the office written after it: "Anne Test, adjointe au maire".
func (p *personSaid) split() {
	if p.role != "" {
		return
	}
	for _, sign := range []string{", ", " – ", " - ", " (", " / "} {
		a, z, ok := strings.Cut(p.name, sign)
		if ok && len(strings.Fields(a)) >= 2 && len(strings.Fields(a)) <= 5 && saysOffice(z) {
			p.name, p.role = strings.TrimSpace(a), strings.Trim(z, " ,;)")
			return
		}
	}
}

var officeWords = words("adjoint adjointe maire president presidente conseiller conseillere directeur directrice charge chargee responsable chef cheffe vice secretaire elu elue delegue deleguee dgs dga point referent referente service technicien technicienne coordinateur coordinatrice gouverneur prefet ministre ambassadeur assistant assistante mayor officer manager director")

func saysOffice(s string) bool {
	for _, w := range strings.Fields(foldHeading(s)) {
		if officeWords[w] {
			return true
		}
	}
	return false
}
