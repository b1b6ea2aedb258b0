package exchange

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/reference"
)

// SplitPlaces finds a foreign place that a text names, and its country:
// "Comité de jumelage Tours-Parme (Italie)". The column keeps its own field.
const SplitPlaces SplitWay = "lieu"

// placeFinder finds foreign places in texts.
type placeFinder struct {
	Resolver
	countries []string // where one is looked for when the text names no country
	seen      map[string][2]string
}

// cut gives the place that a text names and the country it is in, both empty
// for none; in is the country that the row says.
func (f *placeFinder) cut(text, in string) (place, country string) {
	key := in + "\n" + text
	if known, ok := f.seen[key]; ok {
		return known[0], known[1]
	}
	place, country = f.find(text, in)
	if f.seen == nil {
		f.seen = map[string][2]string{}
	}
	f.seen[key] = [2]string{place, country}
	return place, country
}

// commonWords begin the names of associations and are names of places too,
// somewhere.
var commonWords = words("comite association associations amitie amis amies club cercle groupe jumelage jumelages union federation collectif " +
	"maison centre ecole lycee college foyer secours france francais francaise francaises echanges echange solidarite solidarites action aide " +
	"developpement culture culturelle sport sports enfants enfance espoir avenir ensemble monde international internationale internationales " +
	"europe afrique asie amerique cooperation cooperations partenariat ville villes commune communes les des une pour avec dans objet soutien " +
	"mission projet projets nord sud est ouest region saint sainte grand grande nouveau nouvelle bienvenue accueil musique theatre")

func (f *placeFinder) find(text, in string) (place, country string) {
	list := placeWords(text)
	where := f.countries
	used := make([]bool, len(list))
	if iso, ok := f.Country(in); ok && iso != "FR" {
		country, where = f.CountryName(iso), []string{iso}
	}
	for n := min(4, len(list)); n > 0 && country == ""; n-- {
		for i := 0; i+n <= len(list); i++ {
			name := strings.Join(list[i:i+n], " ")
			if iso, ok := f.Country(name); ok && iso != "FR" && utf8.RuneCountInString(name) > 3 && capital(name) {
				country, where = f.CountryName(iso), []string{iso}
				for k := i; k < i+n; k++ {
					used[k] = true
				}
				break
			}
		}
	}
	for n := min(4, len(list)); n > 0; n-- {
		for i := 0; i+n <= len(list); i++ {
			if slices.Contains(used[i:i+n], true) || !capital(list[i]) || n == 1 && commonWords[foldHeading(list[i])] {
				continue
			}
			for _, glue := range []string{" ", "-"} {
				name := strings.Join(list[i:i+n], glue)
				if utf8.RuneCountInString(name) < 4 || country == "" && len(f.French(FrenchQuery{Name: name})) > 0 {
					continue
				}
				for _, iso := range where {
					if len(f.Foreign(iso, name)) > 0 {
						return name, f.CountryName(iso)
					}
				}
			}
		}
	}
	if country != "" {
		return country + unnamed, country
	}
	return "", ""
}

// unnamed ends the name that stands in for a partner of which only the country
// is told.
const unnamed = " (collectivité à préciser)"

// SplitCountry makes of a country the partner that is not named yet.
const SplitCountry SplitWay = "pays"

// countryAlone keeps the rows of a list that tells no more of the other side
// than its country, as many lists of associations do.
func (p *proposer) countryAlone() {
	i := p.column(FieldCountry)
	if i < 0 || p.column(FieldForeign) >= 0 || len(p.out.Splits) > 0 || p.out.Constants[FieldForeign] != "" || !p.frenchSide() {
		return
	}
	h := p.table.Headings[i]
	delete(p.out.Mapping, h)
	p.out.Splits = append(p.out.Splits, Split{Column: h, How: SplitCountry, Into: [2]Field{FieldForeign, FieldCountry}})
	p.out.Group = true
	p.say("Le fichier ne nomme que le pays de la collectivité étrangère : elle est reprise comme « Mali" + unnamed +
		" », par exemple. Complétez-la dans les fiches.")
}

// frenchSide tells whether the list has a French side that is one for most rows.
func (p *proposer) frenchSide() bool {
	if p.column(FieldINSEE) >= 0 || p.column(FieldSIREN) >= 0 || p.out.Constants[FieldFrench] != "" {
		return true
	}
	i := p.column(FieldFrench)
	return i >= 0 && share(p.values(i), func(v string) bool {
		return p.isFrench(v) || sureOf(p.resolver.Who(reference.Mention{Name: v, Country: "FR"}))
	}) >= 0.5
}

var associationWords = words("association associations asso comite comites amis amitie amities club cercle collectif federation union ong fondation jumelage")

// saysAssociation tells whether a text is the name of an association.
func saysAssociation(s string) bool {
	for _, w := range strings.Fields(foldHeading(s)) {
		if associationWords[w] {
			return true
		}
	}
	return false
}

// placeWords parts a text where a name of a place may begin or end.
func placeWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("-–—/&,;:()[]«»\"'’.↔|+", r)
	})
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// textPlaces finds the other side where only texts name it, as in a list of
// associations: « Comité de jumelage Tours-Parme ».
func (p *proposer) textPlaces() {
	if p.out.Group || p.column(FieldForeign) >= 0 || len(p.out.Splits) > 0 ||
		p.column(FieldFrench)+p.column(FieldINSEE)+p.column(FieldSIREN) == -3 {
		return
	}
	finder := &placeFinder{Resolver: p.resolver, countries: p.everywhere}
	best, at := 0.0, -1
	for i, h := range p.table.Headings {
		switch f := p.out.Mapping[h]; f {
		case "", FieldActors, FieldTitle, FieldObjectives, FieldDescription, FieldNotes, FieldKept, FieldProjects:
		default:
			continue
		}
		values := p.values(i)
		if n := share(values, func(v string) bool { place, _ := finder.cut(v, ""); return place != "" }); n > best {
			best, at = n, i
		}
	}
	if at < 0 || best < 0.2 {
		return
	}
	h := p.table.Headings[at]
	split := Split{Column: h, How: SplitPlaces, Into: [2]Field{FieldForeign, FieldCountry}}
	if i := p.column(FieldCountry); i >= 0 {
		split.Into[1], split.Country = FieldIgnored, p.table.Headings[i]
	}
	p.out.Splits = append(p.out.Splits, split)
	if f := p.out.Mapping[h]; f == "" || f == FieldTitle && share(p.values(at), saysAssociation) >= 0.3 {
		p.out.Mapping[h] = FieldActors
	}
	p.out.Group = true // two associations of the same towns are of one partnership
	p.say("Aucune colonne ne nomme la collectivité étrangère : elle est cherchée dans le texte de « " + h +
		" ». Les lignes dont le texte n’en nomme aucune ne sont pas reprises.")
}
