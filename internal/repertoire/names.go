package repertoire

import "strings"

// articles gives, for the official list's typeLiaison, the article that the
// name bears ("charnière"). The codes are INSEE's TNCC: 0 none before a
// consonant, 1 none before a vowel, 2 Le, 3 La, 4 Les, 5 L’, 6 Aux, 7 Las,
// 8 Los. Source: INSEE, Code officiel géographique, variable TNCC.
var articles = [9]string{2: "Le", 3: "La", 4: "Les", 5: "L’", 6: "Aux", 7: "Las", 8: "Los"}

// bare splits the article off the name: "Le", "Havre".
func bare(name string, link int) (article, rest string) {
	if link < 2 || link > 8 {
		return "", name
	}
	art := articles[link]
	name2 := strings.ReplaceAll(name, "'", "’")
	if strings.HasSuffix(art, "’") {
		if r, ok := strings.CutPrefix(name2, art); ok {
			return art, r
		}
		return "", name
	}
	if r, ok := strings.CutPrefix(name2, art+" "); ok {
		return art, r
	}
	return "", name
}

// IndexName puts the leading article behind, as indexes do:
// "Havre (Le)", "Haÿ-les-Roses (L’)".
func (a *Authority) IndexName() string {
	art, rest := bare(a.Name, a.Article)
	if art == "" {
		return strings.ReplaceAll(a.Name, "'", "’")
	}
	return rest + " (" + art + ")"
}

// Of gives "de Paris", "du Havre", "de La Rochelle", "d’Agen", "des Ulis".
// "Le" and "Les" contract; "La" and "L’" stay whole (usage of the Imprimerie
// nationale for names of communes).
func (a *Authority) Of() string {
	art, rest := bare(a.Name, a.Article)
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

// Usual gives the name as printed, with a typographic apostrophe.
func (a *Authority) Usual() string { return strings.ReplaceAll(a.Name, "'", "’") }

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
