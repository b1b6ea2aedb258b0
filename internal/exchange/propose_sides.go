package exchange

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// isCountry tells whether a text names a country, in any language of a list.
func (p *proposer) isCountry(v string) bool { _, ok := p.resolver.Country(v); return ok }

func (p *proposer) isFrance(v string) bool {
	iso, ok := p.resolver.Country(v)
	return ok && iso == "FR"
}

func (p *proposer) isFrench(v string) bool { return len(p.resolver.French(FrenchQuery{Name: v})) > 0 }

// unfit takes back what a heading promised and its column does not hold: an
// address for a name, the numbers of another house for ours.
func (p *proposer) unfit() {
	for i, h := range p.table.Headings {
		values := p.values(i)
		if len(values) == 0 {
			continue
		}
		switch f := p.out.Mapping[h]; {
		case f == FieldCountry && foldHeading(h) == "land" && share(values, p.isCountry) < 0.2:
			p.out.Mapping[h] = FieldForeignRegion
		case (f == FieldFrench || f == FieldForeign || f == FieldCountry) && share(values, looksURL.MatchString) >= 0.8:
			p.out.Mapping[h] = FieldIgnored
		case f == FieldID && share(values, uuidLike) < 0.5 && p.column(FieldExternal) < 0:
			if p.out.Mapping[h] = FieldExternal; share(values, number) > 0.5 {
				p.out.Mapping[h] = FieldIgnored // the rank of a row is nobody's number
			}
		}
	}
}

// ownCountry tells the country of each side where two columns hold countries:
// « Pays » beside « Ville », « Pays jumelé » beside « Jumelée avec ».
func (p *proposer) ownCountry() {
	i := p.column(FieldCountry)
	if i < 0 || p.column(FieldOwnCountry) >= 0 || share(p.values(i), p.isFrance) < 0.8 {
		return
	}
	for j, h := range p.table.Headings {
		values := p.values(j)
		if f := p.out.Mapping[h]; j == i || f != "" && f != FieldKept || len(values) == 0 || share(values, p.isCountry) < 0.7 ||
			share(values, p.isFrance) >= 0.8 {
			continue
		}
		p.out.Mapping[p.table.Headings[i]], p.out.Mapping[h] = FieldOwnCountry, FieldCountry
		p.say("La colonne « " + p.table.Headings[i] + " » dit la France partout : le pays du partenaire est dans « " + h + " ».")
		return
	}
}

// franceAlone leaves to the French side the one column of countries that says
// France everywhere: « country | city | sister », where nothing says whose the
// other town is.
func (p *proposer) franceAlone() {
	i, a, z := p.column(FieldCountry), p.column(FieldFrench), p.column(FieldForeign)
	if i < 0 || a < 0 || z < 0 || p.column(FieldOwnCountry) >= 0 || share(p.values(i), p.isFrance) < 0.8 {
		return
	}
	if share(p.values(a), p.isFrench) > share(p.values(z), p.isFrench) {
		p.out.Mapping[p.table.Headings[i]] = FieldOwnCountry
		p.say("La colonne « " + p.table.Headings[i] + " » dit la France partout : c’est le pays du côté français, et rien ne dit celui du partenaire.")
	}
}

// areas takes a column of French regions or départements for the French side
// where no other column names it, and one of foreign regions for the other.
func (p *proposer) areas() {
	if p.column(FieldFrench)+p.column(FieldINSEE)+p.column(FieldSIREN) == -3 {
		for _, x := range []struct {
			f     Field
			level repertoire.Level
		}{{FieldDepartement, repertoire.LevelDepartement}, {FieldRegion, repertoire.LevelRegion}} {
			i := p.column(x.f)
			if i < 0 || share(p.values(i), p.isFrench) < 0.5 || p.column(FieldForeign) < 0 && p.column(FieldForeignRegion) < 0 {
				continue
			}
			p.out.Mapping[p.table.Headings[i]] = FieldFrench
			if p.column(FieldLevel) < 0 {
				p.out.Constants[FieldLevel] = repertoire.Levels.Label(x.level)
			}
			p.say("Aucune autre colonne ne nomme la collectivité française : « " + p.table.Headings[i] + " » la nomme.")
			break
		}
	}
	if i := p.column(FieldForeignRegion); i >= 0 && p.column(FieldForeign) < 0 {
		p.out.Mapping[p.table.Headings[i]] = FieldForeign
		if p.column(FieldForeignLevel) < 0 {
			p.out.Constants[FieldForeignLevel] = repertoire.Levels.Label(repertoire.LevelRegion)
		}
		p.say("Aucune autre colonne ne nomme la collectivité étrangère : « " + p.table.Headings[i] + " » la nomme.")
	}
}

// oneTown understands the list that a French town made of its own partners: its
// « Ville » is theirs, and the title of the list names the town.
func (p *proposer) oneTown() {
	i := p.column(FieldFrench)
	if i >= 0 && p.column(FieldForeign) < 0 && p.column(FieldINSEE) < 0 {
		country := p.column(FieldCountry)
		if !bareName(p.table.Headings[i]) || share(p.values(i), p.isFrench) > 0.4 || country < 0 ||
			share(p.values(country), p.isCountry) < 0.6 {
			return
		}
		p.out.Mapping[p.table.Headings[i]] = FieldForeign
		i = -1
	}
	if i >= 0 || p.column(FieldForeign) < 0 || p.column(FieldINSEE)+p.column(FieldSIREN) != -2 {
		return
	}
	for _, line := range append(append([]string(nil), p.table.Above...), p.table.Sheet, stem(p.table.Name)) {
		if town := p.townIn(line); town != "" {
			p.out.Constants[FieldFrench] = town
			p.say("Aucune colonne ne nomme la collectivité française : « " + town + " », lue dans « " + brief(line) +
				" », vaut pour toutes les lignes. Vérifiez-la.")
			return
		}
	}
}

func stem(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return strings.NewReplacer("_", " ", "-", " ").Replace(name)
}

var ofTown = regexp.MustCompile(`(?i)\b(ville|commune|mairie|municipalité|département|région|métropole|communauté urbaine|communauté d[’']agglomération|communauté de communes|agglomération|jumelages?|coopérations?|partenariats?|villes? jumel\pL+|partenaires?) (?:de la |de l[’']|des |du |de |d[’']|avec )?`)

// townIn finds the French authority that a title names, "" for none: what stands
// after « ville de », « jumelages de ».
func (p *proposer) townIn(line string) string {
	for _, at := range ofTown.FindAllStringSubmatchIndex(line, -1) {
		head := line[at[2]:at[3]]
		words := strings.Fields(strings.TrimRight(line[at[1]:], " .;:,"))
		for n := min(len(words), 5); n > 0; n-- {
			name := strings.Trim(strings.Join(words[:n], " "), " .;:,()–-")
			first, _ := utf8.DecodeRuneInString(name)
			if !unicode.IsUpper(first) || len(name) < 3 || !p.isFrench(name) {
				continue
			}
			switch foldHeading(head) {
			case "ville", "commune", "mairie", "municipalite":
				return name
			case "departement", "region", "metropole", "communaute urbaine", "communaute d agglomeration", "communaute de communes":
				return line[at[2]:at[1]] + name
			}
			return name
		}
	}
	return ""
}
