package repertoire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// articles gives, for the official list's typeLiaison, the article that the
// name bears ("charnière"). The codes are INSEE's TNCC: 0 none before a
// consonant, 1 none before a vowel, 2 Le, 3 La, 4 Les, 5 L’, 6 Aux, 7 Las,
// 8 Los. Source: INSEE, Code officiel géographique, variable TNCC.
var articles = [9]string{2: "Le", 3: "La", 4: "Les", 5: "L’", 6: "Aux", 7: "Las", 8: "Los"}

// hispanic are the countries whose own names begin with "La": La Paz is not
// turned round as La Havane is.
const hispanic = "AR BO CL CO CR CU DO EC ES GT HN IT MX NI PA PE PH PT PY SV UY VE "

// link is the article's code, guessed where the official list gives none: the
// communes of New Caledonia and Polynesia (La Foa) and towns abroad under their
// French names (Le Caire).
func (a *Authority) link() int {
	if a.Article >= 2 && a.Article <= 8 {
		return a.Article
	}
	name := Spelt(a.Name)
	for i, art := range articles[2:6] {
		if !strings.HasPrefix(name, art+" ") && !(strings.HasSuffix(art, "’") && strings.HasPrefix(name, art)) {
			continue
		}
		if art == "La" && name != "La Havane" && !a.French() && (a.Country == "" || strings.Contains(hispanic, a.Country+" ")) {
			return a.Article
		}
		return i + 2
	}
	return a.Article
}

// bare splits the article off the name: "Le", "Havre".
func (a *Authority) bare() (article, rest string) {
	name, link := a.Usual(), a.link()
	if link < 2 || link > 8 {
		return "", name
	}
	art := articles[link]
	if !strings.HasSuffix(art, "’") {
		art += " "
	}
	if r, ok := strings.CutPrefix(name, art); ok {
		return strings.TrimSpace(art), r
	}
	return "", name
}

// kinds are the legal forms that names of groupings begin with; in an index the
// place comes first. The longest come first.
var kinds = []string{
	"Communauté d’agglomération", "Communauté de communes", "Communauté urbaine", "Établissement public territorial",
	"Syndicat intercommunal", "Syndicat mixte", "Syndicat", "Métropole", "Département", "Région", "Province", "Préfecture",
	"CA", "CC", "CU", "EPT", "SAN",
}

// links join a legal form to its place.
var links = []string{"de la ", "de l’", "du ", "des ", "de ", "d’", ""}

// grouping splits the legal form off a name: "CA du", "Bassin d’Arcachon Sud".
func (a *Authority) grouping() (form, place string) {
	name := a.Usual()
	for _, k := range kinds {
		rest, ok := strings.CutPrefix(name, k+" ")
		if !ok {
			continue
		}
		for _, l := range links {
			place, ok := strings.CutPrefix(rest, l)
			// What follows must be a name: "Métropole européenne de Lille" is one as
			// it stands, "Syndicat des eaux" too.
			if r, _ := utf8.DecodeRuneInString(place); ok && unicode.IsUpper(r) {
				return strings.TrimSpace(k + " " + l), place
			}
		}
	}
	return "", name
}

// IndexName puts behind what comes before the place, as indexes do:
// "Havre (Le)", "Haÿ-les-Roses (L’)", "Bassin d’Arcachon Sud (CA du)".
func (a *Authority) IndexName() string {
	if form, place := a.grouping(); form != "" {
		return place + " (" + form + ")"
	}
	art, rest := a.bare()
	if art == "" {
		return a.Usual()
	}
	return rest + " (" + art + ")"
}

// Of gives "de Paris", "du Havre", "de La Rochelle", "d’Agen", "des Ulis".
// "Le" and "Les" contract; "La" and "L’" stay whole (usage of the Imprimerie
// nationale for names of communes).
func (a *Authority) Of() string {
	art, rest := a.bare()
	switch art {
	case "Le":
		return "du " + rest
	case "Les":
		return "des " + rest
	case "Aux":
		return "des " + rest
	case "":
		if a.Article == 1 || a.Article < 0 && startsWithVowel(rest) {
			return "d’" + rest
		}
		return "de " + rest
	}
	if art == "L’" {
		return "de L’" + rest
	}
	return "de " + art + " " + rest
}

func startsWithVowel(s string) bool {
	f := Fold(s)
	return f != "" && strings.ContainsRune("aeiou", rune(f[0]))
}

// Usual gives the name as printed.
func (a *Authority) Usual() string {
	if a.French() {
		return Spelt(a.Name)
	}
	return strings.ReplaceAll(a.Name, "'", "’")
}

// spelling joins as French joins o and e before u; official lists in capitals or
// typed by hand part them ("Coeur de Chartreuse").
var spelling = strings.NewReplacer("'", "’", "Oeu", "Œu", "oeu", "œu", "OEU", "ŒU", "Oeil", "Œil", "oeil", "œil")

// Spelt gives a French name its typographic signs: apostrophe and ligature.
func Spelt(s string) string { return spelling.Replace(s) }

// SortTitle gives DisplayTitle as indexes write names, articles behind:
// "Havre (Le) – Tampa"; lists are ordered by it.
func (p *Partnership) SortTitle(find func(ID) *Authority) string {
	return p.title(find, (*Authority).IndexName)
}

// DisplayTitle gives the heading of an entry: its own title, or both sides joined,
// leads first: "Lille – Saint-Louis". find may return nil for unknown IDs.
func (p *Partnership) DisplayTitle(find func(ID) *Authority) string {
	return p.title(find, (*Authority).Usual)
}

func (p *Partnership) title(find func(ID) *Authority, name func(*Authority) string) string {
	if p.Title != "" {
		return p.Title
	}
	side := func(s Side) string {
		var names []string
		for _, id := range p.PartiesOn(s) {
			if a := find(id); a != nil {
				names = append(names, name(a))
			}
		}
		if len(names) == 0 {
			return "?"
		}
		return strings.Join(names, ", ")
	}
	return side(SideFrench) + " – " + side(SideForeign)
}
