package exchange

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"repertoire/internal/repertoire"
)

// Proposal is what the program makes of a file before anybody looked at it: a
// guess, to be shown and corrected.
type Proposal struct {
	Mapping Mapping `json:"columns"`
	Layout
	// Group tells that the file has a row a project.
	Group bool `json:"group,omitempty"`
	// Reasons say in French what was seen that the headings do not say.
	Reasons []string `json:"reasons,omitempty"`
}

// sampleRows is how many rows are read to see what columns hold.
const sampleRows = 300

// Propose guesses the columns by their headings, then by what they hold.
// countries are those of the répertoire.
func (t *Table) Propose(r Resolver, countries ...string) Proposal {
	p := &proposer{table: t, resolver: r, everywhere: countries, rows: t.First(sampleRows), out: Proposal{Mapping: Guess(t.Headings)}}
	if len(countries) == 1 {
		p.country = countries[0]
	}
	p.out.Constants = map[Field]string{}
	p.unfit()
	p.perspective()
	p.bareNames()
	p.ownCountry()
	p.byContent()
	p.franceAlone()
	p.areas()
	p.oneTown()
	p.series()
	p.splits()
	p.sides()
	p.sheetCountry()
	p.fills()
	p.projects()
	p.textPlaces()
	p.countryAlone()
	if len(p.out.Constants) == 0 {
		p.out.Constants = nil
	}
	return p.out
}

// saysTitle are the headings of what a thing is called, in a list of projects.
var saysTitle = map[string]bool{"title": true, "titre": true, "libelle": true, "intitule": true, "name": true, "nom": true,
	"title narrative": true, "activity": true, "projet": true, "project": true, "objet": true, "denomination": true}

type proposer struct {
	table    *Table
	resolver Resolver
	country  string // of the répertoire, "" when it has several
	// everywhere are the countries of the répertoire.
	everywhere []string
	rows       []TableRow
	out        Proposal
}

func (p *proposer) column(f Field) int {
	for i, h := range p.table.Headings {
		if p.out.Mapping[h] == f {
			return i
		}
	}
	return -1
}

func (p *proposer) say(s string) { p.out.Reasons = append(p.out.Reasons, s) }

// values gives the first different values of a column.
func (p *proposer) values(column int) []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range p.rows {
		if v := oneLine(r.Cells[column]); v != "" && !seen[v] {
			seen[v] = true
			if out = append(out, v); len(out) == 60 {
				break
			}
		}
	}
	return out
}

// share is how many of the values answer, 0 to 1; 0 when there is none.
func share(values []string, is func(string) bool) float64 {
	if len(values) == 0 {
		return 0
	}
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return float64(n) / float64(len(values))
}

// perspective understands a list made in another country: in « Commune_Benin »
// the country is ours to note, and « Partenaire » is the French side.
func (p *proposer) perspective() {
	country := ""
	for _, h := range p.table.Headings {
		if f, c := meaning(h); c != "" && (f == FieldForeign || f == FieldForeignRegion) {
			country = c
		}
	}
	if country == "" {
		p.fromAcross()
		return
	}
	turned := map[Field]Field{FieldForeign: FieldFrench, FieldCountry: FieldOwnCountry, FieldForeignRegion: FieldRegion,
		FieldForeignLevel: FieldLevel}
	for _, s := range contactSlots {
		if s.side == repertoire.SideFrench {
			continue
		}
		own := strings.Replace(string(s.prefix), "_et", "_fr", 1)
		for _, part := range []Field{partName, partRole, partEmail, partPhone} {
			turned[s.prefix+part] = Field(own) + part
		}
	}
	taken := map[Field]bool{}
	next := Mapping{}
	for _, h := range p.table.Headings {
		f, c := meaning(h)
		g := p.out.Mapping[h]
		if f != "" && g == "" {
			g = f // it lost its field to the other side
		}
		if c == "" {
			if to := turned[f]; to != "" {
				g = to
			} else if strings.HasPrefix(string(f), "agent_fr_") || strings.HasPrefix(string(f), "elu_fr_") {
				g = f
			}
		}
		if g == "" {
			continue
		}
		if _, many := listed(g); taken[g] && !many {
			continue
		}
		taken[g], next[h] = true, g
	}
	p.out.Mapping = next
	if !taken[FieldCountry] {
		p.out.Constants[FieldCountry] = p.resolver.CountryName(country)
		p.say("Les titres disent le pays : " + p.resolver.CountryName(country) + ". Le « partenaire » y est le côté français.")
	}
}

// fromAcross understands a list in the language of a neighbour: where its
// partners are in France, the towns it begins with are of its own country.
func (p *proposer) fromAcross() {
	iso := languageOf(p.table.Headings)
	country := p.column(FieldCountry)
	if iso == "" || p.column(FieldForeign) < 0 && p.column(FieldFrench) < 0 {
		return
	}
	if country >= 0 && share(p.values(country), p.isFrance) < 0.5 {
		return
	}
	if country >= 0 {
		p.out.Mapping[p.table.Headings[country]] = FieldOwnCountry
	}
	for j, h := range p.table.Headings {
		if f := p.out.Mapping[h]; f == "" && j != country && share(p.values(j), p.isCountry) >= 0.7 {
			p.out.Mapping[h] = FieldCountry
			return
		}
	}
	p.out.Constants[FieldCountry] = p.resolver.CountryName(iso)
	p.say("Les titres sont dans la langue de ce pays : " + p.resolver.CountryName(iso) + ", pris pour toutes les lignes. Vérifiez-le.")
	a, z := p.column(FieldFrench), p.column(FieldForeign)
	if a >= 0 && z >= 0 && share(p.values(z), p.isFrench) > share(p.values(a), p.isFrench) {
		p.out.Mapping[p.table.Headings[a]], p.out.Mapping[p.table.Headings[z]] = FieldForeign, FieldFrench
	}
}

// bareNames leaves « City » to what it holds where « Sister city » says which
// side is the other one.
func (p *proposer) bareNames() {
	i := p.column(FieldForeign)
	if i < 0 {
		return
	}
	bare := p.table.Headings[i]
	if !bareName(bare) {
		return
	}
	for _, h := range p.table.Headings {
		if f, _ := meaning(h); h != bare && f == FieldForeign && (p.out.Mapping[h] == "" || p.out.Mapping[h] == f) {
			delete(p.out.Mapping, bare)
			p.out.Mapping[h] = FieldForeign
			return
		}
	}
}

// bareName tells whether a heading names a place without saying whose.
func bareName(heading string) bool {
	switch foldHeading(withoutNumber(heading)) {
	case "city", "town", "municipality", "local authority", "commune", "ville", "localite", "partner", "etranger", "stadt", "gemeinde",
		"kommune", "ort", "ciudad", "municipio", "localidad", "comune", "citta", "cidade", "concelho":
		return true
	}
	return false
}

var (
	looksINSEE = regexp.MustCompile(`^(?:\d{5}|2[AB]\d{3})$`)
	looksSIREN = regexp.MustCompile(`^\d{3} ?\d{3} ?\d{3}(?: ?\d{5})?$`)
	looksYear  = regexp.MustCompile(`^(?:19|20)\d\d$`)
	looksURL   = regexp.MustCompile(`^(?i)(?:https?://|www\.)\S+$`)
	looksPhone = regexp.MustCompile(`^[+(]?\d[\d .()/-]{7,}$`)
)

// byContent gives a field to columns whose headings said nothing.
func (p *proposer) byContent() {
	taken := map[Field]bool{}
	for _, f := range p.out.Mapping {
		taken[f] = true
	}
	isCountry := func(v string) bool { iso, ok := p.resolver.Country(v); return ok && iso != "FR" }
	tests := []struct {
		field Field
		least float64
		is    func(string) bool
	}{
		{FieldID, 0.9, uuidLike},
		{FieldCountry, 0.7, isCountry},
		{FieldINSEE, 0.8, func(v string) bool {
			return looksINSEE.MatchString(v) && len(p.resolver.French(FrenchQuery{INSEE: v})) > 0
		}},
		{FieldSIREN, 0.8, looksSIREN.MatchString},
		{contactSlots[0].prefix + partEmail, 0.6, func(v string) bool { return strings.Contains(v, "@") }},
		{FieldLinks, 0.6, looksURL.MatchString},
		{contactSlots[0].prefix + partPhone, 0.7, looksPhone.MatchString},
		{FieldType, 0.6, func(v string) bool { _, ok := parseType(v); return ok }},
		{FieldStatus, 0.6, func(v string) bool { _, ok := parseStatus(v); return ok }},
		{FieldThemes, 0.6, func(v string) bool {
			c, u := parseThemes(v, p.resolver.Theme)
			return len(c) > 0 && len(u) == 0 && strings.IndexFunc(v, unicode.IsLetter) >= 0 // a rank is no code
		}},
		{FieldFrench, 0.7, p.isFrench},
		{FieldFirstYear, 0.9, looksYear.MatchString},
		{FieldActors, 0.5, saysAssociation},
	}
	for i, h := range p.table.Headings {
		if p.out.Mapping[h] != "" || h == "" {
			continue
		}
		values := p.values(i)
		for _, x := range tests {
			if taken[x.field] || len(values) < 1 || share(values, x.is) < x.least {
				continue
			}
			if f := x.field; strings.HasSuffix(string(f), string(partEmail)) || strings.HasSuffix(string(f), string(partPhone)) {
				if !taken[contactSlots[0].prefix+partName] && !taken[contactSlots[1].prefix+partName] {
					continue
				}
				if !taken[contactSlots[0].prefix+partName] {
					x.field = contactSlots[1].prefix + f[len(contactSlots[0].prefix):]
				}
			}
			p.out.Mapping[h], taken[x.field] = x.field, true
			p.say("La colonne « " + h + " » est reconnue à ce qu’elle contient : " + label(x.field) + ".")
			break
		}
	}
	// Names of places beside a known French column are the other side.
	if taken[FieldFrench] && !taken[FieldForeign] {
		for i, h := range p.table.Headings {
			values := p.values(i)
			if p.out.Mapping[h] != "" || len(values) == 0 || share(values, p.isForeign) < 0.5 {
				continue
			}
			p.out.Mapping[h] = FieldForeign
			p.say("La colonne « " + h + " » est reconnue à ce qu’elle contient : " + label(FieldForeign) + ".")
			break
		}
	}
}

// isForeign tells whether a name is known in one of the countries of the file,
// or in the répertoire's.
func (p *proposer) isForeign(name string) bool {
	for _, iso := range p.countries() {
		if len(p.resolver.Foreign(iso, name)) > 0 {
			return true
		}
	}
	return false
}

func (p *proposer) countries() []string {
	var out []string
	if p.country != "" {
		out = append(out, p.country)
	}
	if i := p.column(FieldCountry); i >= 0 {
		for _, v := range p.values(i) {
			if iso, ok := p.resolver.Country(v); ok && iso != "FR" && !slices.Contains(out, iso) {
				out = append(out, iso)
			}
		}
	}
	return out[:min(len(out), 12)]
}

// splits finds a country, or the other side, written in the cell of a name.
func (p *proposer) splits() {
	if i := p.column(FieldForeign); i >= 0 && p.column(FieldCountry) < 0 && p.out.Constants[FieldCountry] == "" {
		values := p.values(i)
		for _, how := range []SplitWay{SplitParentheses, SplitComma, SplitDash} {
			if share(values, func(v string) bool {
				_, tail := how.cut(v)
				_, ok := p.resolver.Country(tail)
				return tail != "" && ok
			}) >= 0.5 {
				for _, h := range p.table.Headings {
					if p.out.Mapping[h] == FieldForeign { // one, or one for each partnership of the row
						p.out.Splits = append(p.out.Splits, Split{Column: h, How: how, Into: [2]Field{FieldForeign, FieldCountry}})
						delete(p.out.Mapping, h)
						p.say("La colonne « " + h + " » donne la collectivité et son pays : elle est coupée en deux.")
					}
				}
				return
			}
		}
	}
	if p.column(FieldForeign) >= 0 {
		return
	}
	for i, h := range p.table.Headings {
		if f := p.out.Mapping[h]; f != "" && f != FieldFrench && f != FieldTitle && f != FieldType {
			continue
		}
		values := p.values(i)
		if share(values, func(v string) bool {
			a, z := SplitDash.cut(v)
			return z != "" && len(p.resolver.French(FrenchQuery{Name: a})) > 0
		}) >= 0.6 {
			p.out.Splits = append(p.out.Splits, Split{Column: h, How: SplitDash, Into: [2]Field{FieldFrench, FieldForeign}})
			delete(p.out.Mapping, h)
			p.say("La colonne « " + h + " » nomme les deux collectivités : elle est coupée en deux.")
			p.splitAgain(h, values)
			return
		}
	}
}

// splitAgain cuts the country off the other side of a pair: "Lille –
// Saint-Louis (Sénégal)".
func (p *proposer) splitAgain(h string, values []string) {
	if p.column(FieldCountry) >= 0 {
		return
	}
	for _, how := range []SplitWay{SplitParentheses, SplitComma} {
		if share(values, func(v string) bool {
			_, z := SplitDash.cut(v)
			_, tail := how.cut(z)
			return tail != "" && p.isCountry(tail)
		}) >= 0.5 {
			p.out.Splits = append(p.out.Splits, Split{Column: partOf(h, FieldForeign), How: how,
				Into: [2]Field{FieldForeign, FieldCountry}})
			return
		}
	}
}

// sheetCountry takes the country from the name of the sheet, where a workbook
// has a sheet a country.
func (p *proposer) sheetCountry() {
	if p.column(FieldCountry) >= 0 || p.out.Constants[FieldCountry] != "" || p.column(FieldForeign) < 0 || p.country != "" {
		return
	}
	for _, s := range p.out.Splits {
		if s.Into[0] == FieldCountry || s.Into[1] == FieldCountry {
			return
		}
	}
	for _, name := range append([]string{p.table.Sheet}, p.table.Above...) {
		if iso, ok := p.resolver.Country(name); ok && iso != "FR" && len(name) > 2 {
			p.out.Constants[FieldCountry] = p.resolver.CountryName(iso)
			p.say("Aucune colonne ne dit le pays : « " + p.resolver.CountryName(iso) + " », lu dans « " + brief(name) +
				" », vaut pour toutes les lignes.")
			return
		}
	}
}

// sides turns the two sides round when the French authorities stand where the
// foreign ones should.
func (p *proposer) sides() {
	a, z := p.column(FieldFrench), p.column(FieldForeign)
	if a < 0 || z < 0 || p.column(FieldINSEE) >= 0 {
		return
	}
	here, there := share(p.values(a), p.isFrench), share(p.values(z), p.isFrench)
	country := p.column(FieldCountry)
	france := country >= 0 && share(p.values(country), p.isFrance) >= 0.8
	if !(there >= 0.6 && here <= 0.35) && !(france && there >= here) {
		return
	}
	swap := map[Field]Field{FieldFrench: FieldForeign, FieldForeign: FieldFrench, FieldLevel: FieldForeignLevel,
		FieldForeignLevel: FieldLevel,
		FieldRegion:       FieldForeignRegion, FieldForeignRegion: FieldRegion}
	if france {
		swap[FieldCountry] = FieldOwnCountry
	}
	next := maps.Clone(p.out.Mapping)
	for h, f := range p.out.Mapping {
		if to := swap[f]; to != "" {
			next[h] = to
		}
	}
	p.out.Mapping = next
	p.say("Les collectivités françaises sont dans la colonne « " + p.table.Headings[z] + " » : les deux côtés sont échangés.")
}

// fills proposes to repeat a name over the blank cells below it, as where
// merged cells were lost.
func (p *proposer) fills() {
	for _, f := range []Field{FieldFrench, FieldCountry, FieldDepartement} {
		i := p.column(f)
		other := p.column(FieldForeign)
		if i < 0 || other < 0 || len(p.rows) < 3 || p.rows[0].Cells[i] == "" {
			continue
		}
		blanks := 0
		for _, r := range p.rows {
			if r.Cells[i] == "" && r.Cells[other] != "" {
				blanks++
			}
		}
		if blanks*5 >= len(p.rows) {
			h := p.table.Headings[i]
			p.out.Fill = append(p.out.Fill, h)
			p.say("La colonne « " + h + " » a des cellules vides sous celle qui vaut pour elles : elle est complétée vers le bas.")
		}
	}
}

// whoOfProjects finds the other side in a list of projects that has no column
// for it (IATI, CRS): it is where the project is, or who carries it out.
func (p *proposer) whoOfProjects() {
	if p.column(FieldForeign) >= 0 || p.column(FieldFrench) < 0 {
		return
	}
	best, which := 0.0, -1
	for _, f := range []Field{FieldProjectPlaces, FieldProjectOperator} {
		i := p.column(f)
		if i < 0 {
			continue
		}
		values := p.values(i)
		if n := share(values, p.isForeign); len(values) > 0 && (which < 0 || n > best) {
			best, which = n, i
		}
	}
	if which < 0 {
		return
	}
	h := p.table.Headings[which]
	p.out.Mapping[h] = FieldForeign
	p.say("Aucune colonne ne nomme la collectivité étrangère : « " + h + " » est prise pour elle. Vérifiez, ou choisissez-en une autre.")
}

// projects finds a file with a row a project, where what is said of status,
// end, themes and texts is the project's.
func (p *proposer) projects() {
	if p.column(FieldProjectRef) < 0 && p.column(FieldProjectTitle) < 0 {
		// A column of projects, or a budget alone, does not make a row a project.
		for h, f := range p.out.Mapping {
			if strings.HasPrefix(string(f), "projet_") {
				p.out.Mapping[h] = FieldKept
			}
		}
		return
	}
	p.out.Group = true
	p.whoOfProjects()
	turn := map[Field]Field{FieldStatus: FieldProjectStatus, FieldEnd: FieldProjectEnd, FieldThemes: FieldProjectThemes,
		FieldObjectives:  FieldProjectObjectives,
		FieldDescription: FieldProjectDescription, FieldFunders: FieldProjectFunders, FieldLinks: FieldLinks}
	if p.column(FieldProjectTitle) < 0 {
		turn[FieldTitle] = FieldProjectTitle
		if p.column(FieldTitle) < 0 {
			turn[FieldProjects] = FieldProjectTitle
		}
	}
	if p.column(FieldProjectOperator) < 0 {
		turn[FieldActors] = FieldProjectOperator
	}
	taken := map[Field]bool{}
	for _, h := range p.table.Headings {
		taken[p.out.Mapping[h]] = true
	}
	for _, h := range p.table.Headings {
		if to := turn[p.out.Mapping[h]]; to != "" {
			if _, many := listed(to); many || !taken[to] {
				p.out.Mapping[h], taken[to] = to, true
			}
		}
	}
	for _, h := range p.table.Headings {
		// What a list of projects calls a title is the project's.
		if folded := foldHeading(h); p.out.Mapping[h] == "" && saysTitle[folded] && !taken[FieldProjectTitle] {
			p.out.Mapping[h], taken[FieldProjectTitle] = FieldProjectTitle, true
		}
		// An amount beside projects is what they cost.
		if folded := foldHeading(h); p.out.Mapping[h] == FieldKept && !taken[FieldProjectBudget] &&
			(folded == "montant" || folded == "montant total" || folded == "cout") {
			p.out.Mapping[h], taken[FieldProjectBudget] = FieldProjectBudget, true
		}
	}
	p.say("Chaque ligne est un projet : les lignes des mêmes collectivités sont réunies en un partenariat. Le statut et la fin d’un projet ne sont pas ceux du partenariat.")
}
