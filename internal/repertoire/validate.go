package repertoire

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"
)

// Severity says whether a finding stops a save or only asks for a look.
type Severity string

const (
	// SeverityRefuse stops a save, an import row, a book.
	SeverityRefuse Severity = "refuse"
	// SeverityWarn is shown and kept.
	SeverityWarn Severity = "warn"
)

// Finding is one thing a rule has to say of a record. The same list serves the
// form, the import and the press-ready gate.
type Finding struct {
	Severity Severity `json:"severity"`
	// Field is the JSON path it points to: "start", "projects.2.budget".
	Field   string `json:"field"`
	Message string `json:"message"` // French sentence
}

// Known tells what the reference data hold; a nil function is not asked.
type Known struct {
	Theme     func(code string) bool
	Authority func(ID) *Authority // nil when unknown
	INSEE     func(level Level, code string) bool
	Country   func(iso string) bool
	Directory func(slug string) bool
}

// Stops tells whether any finding stops the save.
func Stops(findings []Finding) bool {
	for _, f := range findings {
		if f.Severity == SeverityRefuse {
			return true
		}
	}
	return false
}

// check collects findings.
type check struct{ found []Finding }

func (c *check) refuse(field, format string, args ...any) {
	c.found = append(c.found, Finding{SeverityRefuse, field, fmt.Sprintf(format, args...)})
}

func (c *check) warn(field, format string, args ...any) {
	c.found = append(c.found, Finding{SeverityWarn, field, fmt.Sprintf(format, args...)})
}

// Validate applies every rule to the partnership, in the order of its form.
func (p *Partnership) Validate(known Known) []Finding {
	var c check
	if field, why := Unwieldy(p); why != "" {
		c.refuse(field, "%s", why)
		return c.found // no rule is worth running over it
	}
	p.checkParties(&c, known)
	p.checkChoices(&c, known)
	p.checkDates(&c)
	for i, project := range p.Projects {
		project.check(&c, fmt.Sprintf("projects.%d", i), known)
	}
	for i, person := range p.Contacts {
		person.check(&c, fmt.Sprintf("contacts.%d", i))
	}
	for i, l := range p.Links {
		if !ValidURL(l.URL) {
			c.refuse(fmt.Sprintf("links.%d.url", i), "« %s » n’est pas une adresse web : elle commence par https:// ou http://.", l.URL)
		}
	}
	for i, pic := range p.Pictures {
		if pic.Alt == "" {
			c.warn(fmt.Sprintf("pictures.%d.alt", i), "L’image %d n’a pas de description pour les lecteurs d’écran.", i+1)
		}
		if pic.Credit == "" {
			c.warn(fmt.Sprintf("pictures.%d.credit", i), "L’image %d n’a pas de crédit.", i+1)
		}
		if pic.FocusX < 0 || pic.FocusX > 100 || pic.FocusY < 0 || pic.FocusY > 100 {
			c.refuse(fmt.Sprintf("pictures.%d.focus_x", i), "Le point d’attention de l’image %d se donne en pour cent, de 1 à 100.", i+1)
		}
		if _, ok := pic.Shape(); !ok {
			c.refuse(fmt.Sprintf("pictures.%d.crop", i),
				"Le cadrage « %s » de l’image %d ne se comprend pas : écrivez la largeur et la hauteur, comme 16:9 ou 3:2.", pic.Crop, i+1)
		}
	}
	return c.found
}

func (p *Partnership) checkParties(c *check, known Known) {
	if len(p.PartiesOn(SideFrench)) == 0 {
		c.refuse("parties", "Il manque la collectivité française : ajoutez-en au moins une.")
	}
	if len(p.PartiesOn(SideForeign)) == 0 {
		c.refuse("parties", "Il manque la collectivité partenaire : ajoutez-en au moins une.")
	}
	seen := map[ID]bool{}
	for i, q := range p.Parties {
		field := fmt.Sprintf("parties.%d", i)
		if seen[q.Authority] {
			c.refuse(field, "La même collectivité figure deux fois dans le partenariat.")
		}
		seen[q.Authority] = true
		if !Sides.Has(q.Side) {
			c.refuse(field, "Le côté « %s » n’est ni France ni étranger.", q.Side)
		}
		if known.Authority == nil {
			continue
		}
		a := known.Authority(q.Authority)
		switch {
		case a == nil:
			c.refuse(field, "Une collectivité du partenariat n’existe pas dans le dossier : choisissez-la de nouveau.")
		case a.French() != (q.Side == SideFrench):
			c.refuse(field, "%s est du mauvais côté du partenariat.", a.Name)
		}
	}
}

func (p *Partnership) checkChoices(c *check, known Known) {
	if len(p.Directories) == 0 {
		c.refuse("directories", "Le partenariat n’est rangé dans aucun répertoire.")
	}
	for _, slug := range p.Directories {
		if known.Directory != nil && !known.Directory(slug) {
			c.refuse("directories", "Le répertoire « %s » n’existe pas.", slug)
		}
	}
	if p.Type != "" && !Types.Has(p.Type) {
		c.refuse("type", "Le type « %s » est inconnu : choisissez parmi %s.", p.Type, strings.Join(Types.Labels(), ", "))
	}
	if p.Formality != "" && !Formalities.Has(p.Formality) {
		c.refuse("formality", "La formalisation « %s » est inconnue.", p.Formality)
	}
	if p.Status != "" && !Statuses.Has(p.Status) {
		c.refuse("status", "Le statut « %s » est inconnu : choisissez parmi %s.", p.Status, strings.Join(Statuses.Labels(), ", "))
	}
	checkThemes(c, "themes", p.Themes, known)
	if p.Status == StatusActive && len(p.Themes) == 0 {
		c.warn("themes", "Un partenariat actif a au moins une thématique.")
	}
	if p.Formality == FormalityConvention && len(p.Conventions) == 0 && p.FirstYear == 0 {
		c.warn("conventions", "Une convention est dite signée, mais ni elle ni son année ne sont saisies.")
	}
}

func checkThemes(c *check, field string, themes []string, known Known) {
	seen := map[string]bool{}
	for _, code := range themes {
		if known.Theme != nil && !known.Theme(code) {
			c.refuse(field, "La thématique « %s » est inconnue.", code)
		}
		if seen[code] {
			c.refuse(field, "La thématique « %s » figure deux fois.", code)
		}
		seen[code] = true
	}
}

func (p *Partnership) checkDates(c *check) {
	checkDate(c, "start", "de début", p.Start)
	checkDate(c, "end", "de fin", p.End)
	checkDate(c, "verified", "de vérification", p.Verified)
	if p.End.Before(p.Start) {
		c.refuse("end", "La fin (%s) est avant le début (%s).", p.End.Field(), p.Start.Field())
	}
	if p.FirstYear != 0 && (p.FirstYear < 1800 || p.FirstYear > 2200) {
		c.refuse("first_year", "L’année de la première convention (%d) n’est pas vraisemblable.", p.FirstYear)
	}
	if y := p.End.Year(); y != 0 && p.FirstYear > y {
		c.refuse("first_year", "La première convention (%d) est après la fin du partenariat (%d).", p.FirstYear, y)
	}
	if p.Status == StatusEnded && p.End == "" {
		c.warn("end", "Le partenariat est terminé : indiquez depuis quand.")
	}
	if p.Status == StatusActive && p.End != "" && p.Verified != "" && p.End.Before(p.Verified) {
		c.warn("status", "Le partenariat est dit actif, mais sa date de fin est passée.")
	}
	for i, v := range p.Conventions {
		field := fmt.Sprintf("conventions.%d", i)
		checkDate(c, field+".signed", "de signature", v.Signed)
		checkDate(c, field+".until", "d’échéance", v.Until)
		if v.Until.Before(v.Signed) {
			c.refuse(field+".until", "L’échéance de la convention (%s) est avant sa signature (%s).", v.Until.Field(), v.Signed.Field())
		}
	}
	for i, x := range p.Exchanges {
		checkDate(c, fmt.Sprintf("exchanges.%d.date", i), "de l’échange", x.Date)
	}
}

func checkDate(c *check, field, which string, d Date) {
	if !d.Valid() {
		c.refuse(field, "La date %s « %s » n’existe pas.", which, d)
	}
}

func (p Project) check(c *check, field string, known Known) {
	if strings.TrimSpace(p.Title) == "" {
		c.refuse(field+".title", "Un projet n’a pas de titre.")
	}
	checkThemes(c, field+".themes", p.Themes, known)
	checkDate(c, field+".start", "de début du projet", p.Start)
	checkDate(c, field+".end", "de fin du projet", p.End)
	if p.End.Before(p.Start) {
		c.refuse(field+".end", "La fin du projet « %s » est avant son début.", p.Title)
	}
	checkMoney(c, field+".budget", p.Budget)
	var sum int64
	same := true
	for i, f := range p.Funding {
		at := fmt.Sprintf("%s.funding.%d", field, i)
		if strings.TrimSpace(f.Funder) == "" {
			c.refuse(at+".funder", "Un financement du projet « %s » n’a pas de financeur.", p.Title)
		}
		checkMoney(c, at+".amount", f.Amount)
		sum += f.Amount.Cents
		same = same && (f.Amount.IsZero() || f.Amount.Currency == p.Budget.Currency)
	}
	if !p.Budget.IsZero() && same && sum > p.Budget.Cents {
		c.warn(field+".budget", "Les financements du projet « %s » dépassent son budget.", p.Title)
	}
}

func checkMoney(c *check, field string, m Money) {
	switch {
	case m.Cents != 0 && m.Currency == "":
		c.refuse(field, "Un montant n’a pas de monnaie : ajoutez EUR, XOF, JPY…")
	case m.Cents < 0:
		c.refuse(field, "Un montant est négatif.")
	case m.Currency != "" && (len(m.Currency) != 3 || m.Currency != strings.ToUpper(m.Currency)):
		c.refuse(field, "« %s » n’est pas un code de monnaie : écrivez EUR, XOF, JPY…", m.Currency)
	}
}

func (p Contact) check(c *check, field string) {
	if strings.TrimSpace(p.Name) == "" {
		c.refuse(field+".name", "Un interlocuteur n’a pas de nom.")
	}
	if !ValidEmail(p.Email) {
		c.refuse(field+".email", "« %s » n’est pas une adresse électronique.", p.Email)
	}
	if !ValidPhone(p.Phone) {
		c.warn(field+".phone", "« %s » ne ressemble pas à un numéro de téléphone.", p.Phone)
	}
	checkDate(c, field+".agreed_on", "de l’accord", p.AgreedOn)
	if (p.PublishName || p.PublishEmail || p.PublishPhone) && p.LegalBasis == "" {
		c.warn(field+".legal_basis", "%s est publiable sans base légale indiquée.", p.Name)
	}
	if p.Objected && (p.PublishName || p.PublishEmail || p.PublishPhone) {
		c.warn(field+".objected", "%s s’oppose à la publication : rien n’en sera imprimé.", p.Name)
	}
}

// Validate applies the rules of an authority.
func (a *Authority) Validate(known Known) []Finding {
	var c check
	if strings.TrimSpace(a.Name) == "" {
		c.refuse("name", "La collectivité n’a pas de nom.")
	}
	if known.Country != nil && !known.Country(a.Country) {
		c.refuse("country", "Le pays « %s » est inconnu.", a.Country)
	}
	if a.Level != "" && !Levels.Has(a.Level) {
		c.refuse("level", "Le niveau « %s » est inconnu.", a.Level)
	}
	if a.French() && a.INSEE != "" && known.INSEE != nil && !known.INSEE(a.Level, a.INSEE) {
		c.warn("insee", "Le code INSEE « %s » n’est pas dans la liste officielle.", a.INSEE)
	}
	if a.SIREN != "" && !ValidSIREN(a.SIREN) {
		c.refuse("siren", "Le SIREN « %s » est faux : il a neuf chiffres et une clé de contrôle.", a.SIREN)
	}
	if a.Latitude != nil && (*a.Latitude < -90 || *a.Latitude > 90) || a.Longitude != nil && (*a.Longitude < -180 || *a.Longitude > 180) {
		c.refuse("latitude", "Les coordonnées sont hors de la Terre.")
	}
	if !ValidEmail(a.Email) {
		c.refuse("email", "« %s » n’est pas une adresse électronique.", a.Email)
	}
	if a.Website != "" && !ValidURL(a.Website) {
		c.refuse("website", "« %s » n’est pas une adresse web : elle commence par https:// ou http://.", a.Website)
	}
	if !ValidPhone(a.Phone) {
		c.warn("phone", "« %s » ne ressemble pas à un numéro de téléphone.", a.Phone)
	}
	return c.found
}

// ValidSIREN tells whether s is nine digits with a right Luhn key; nine zeros,
// which fill a form that wants a number, are no one's.
func ValidSIREN(s string) bool { return len(s) == 9 && luhn(s) == 0 && s != "000000000" }

// ValidSIRET tells whether s is fourteen digits with a right key. The
// establishments of La Poste (SIREN 356000000) follow a rule of their own: the
// sum of their digits is a multiple of five. Source: INSEE, système Sirene.
func ValidSIRET(s string) bool {
	if len(s) != 14 || strings.HasPrefix(s, "000000000") {
		return false
	}
	if strings.HasPrefix(s, "356000000") && s != "35600000000048" {
		sum := 0
		for _, r := range s {
			if r < '0' || r > '9' {
				return false
			}
			sum += int(r - '0')
		}
		return sum%5 == 0
	}
	return luhn(s) == 0
}

// luhn gives the remainder of the Luhn sum, -1 when s is not all digits.
func luhn(s string) int {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i]) - '0'
		if d < 0 || d > 9 {
			return -1
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum % 10
}

// ValidEmail tells whether s is empty or one bare address with a dotted host.
func ValidEmail(s string) bool {
	if s == "" {
		return true
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return false
	}
	_, host, _ := strings.Cut(s, "@")
	return strings.Contains(host, ".") && !strings.HasSuffix(host, ".")
}

// ValidPhone tells whether s is empty or looks like a telephone number: at
// least six digits, and nothing but digits, spaces and + ( ) . / -.
func ValidPhone(s string) bool {
	if s == "" {
		return true
	}
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+(). -/\u00a0\u202f", r):
			return false
		}
	}
	return digits >= 6 && digits <= 16
}

// ValidURL tells whether s is a whole http or https address.
func ValidURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Host, ".") && !strings.ContainsAny(s, " \t\n")
}

// Stale tells whether the record was not confirmed in the two years before now.
func (p *Partnership) Stale(now time.Time) bool {
	return p.Verified == "" || p.Verified.Before(DateOf(now.AddDate(-2, 0, 0)))
}
