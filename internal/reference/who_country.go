package reference

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// CountryAnswer is what a typed country may be.
type CountryAnswer struct {
	Verdict   Verdict
	Countries []Country // the likeliest first
	// Part is the country within the country that was named: "Écosse" for GB.
	Part   string
	Reason Reason
}

// Certain gives the country of a sure answer.
func (a CountryAnswer) Certain() (Country, bool) {
	if a.Verdict != Sure || len(a.Countries) == 0 {
		return Country{}, false
	}
	return a.Countries[0], true
}

// countryName is a name of one country, or of several.
type countryName struct {
	kind string // "name", "other", "part", "former", "people", "several"
	isos []string
	text string
}

// stateForms are the words that say what kind of state a country is. Longer
// runs come first.
var stateForms = []string{
	"republique democratique populaire", "republique populaire democratique", "republique democratique federale",
	"republique socialiste democratique",
	"republique democratique socialiste", "republique bolivarienne", "republique cooperative", "republique federative",
	"republique federale democratique", "republique federale", "republique islamique",
	"republique democratique", "republique populaire", "republique socialiste", "republique orientale", "republique arabe unie",
	"republique arabe", "republique unie", "republique",
	"royaume hachemite", "royaume uni", "royaume", "etat plurinational", "etat independant", "etats federes", "etat", "grand duche",
	"principaute", "sultanat", "emirat",
	"confederation", "federation", "union", "commonwealth", "dominion", "territoire", "territoires", "collectivite", "nation",
	"people s democratic republic", "democratic people s republic", "people s republic", "federal democratic republic",
	"democratic socialist republic", "federal republic", "federative republic",
	"islamic republic", "arab republic", "democratic republic", "co operative republic", "bolivarian republic", "plurinational state",
	"independent state", "united republic", "oriental republic",
	"republic", "kingdom", "hashemite kingdom", "state", "grand duchy", "principality", "sultanate", "emirate", "swiss confederation",
	"the", "rep", "rep dem", "rep pop", "rd", "ile", "iles", "archipel", "pays",
	"rp", "r p", "ri", "r i", "rdp", "r d p", "rf", "r f", "pr", "p r", "socialist republic", "republique socialiste",
	"federative republic", "rep federale", "rep islamique",
	"republique dem", "rep dem", "former", "province", "region", "province autonome",
}

// ResolveCountry tells which country a text names, in any usual form. likely
// are the ISO codes that the context makes likely: they settle what is
// ambiguous.
func (t *Tables) ResolveCountry(text string, likely ...string) CountryAnswer {
	cs, _ := t.countries()
	text = strings.TrimSpace(text)
	if text == "" {
		return CountryAnswer{Verdict: Unknown}
	}
	if c, ok := t.Country(strings.Trim(text, "().")); ok {
		return CountryAnswer{Verdict: Sure, Countries: []Country{c}, Reason: Reason{ReasonCode, c.ISO2}}
	}
	if g := noMore.FindStringSubmatch(text); g != nil {
		if found := cs.forms()[countryKey(Key(text))]; len(found) > 0 {
			return cs.countryAnswer(found, likely)
		}
		// "ex-Dahomey" is asked about: what it became may be another than what bears the name.
		if a := t.ResolveCountry(g[1]+g[2], likely...); len(a.Countries) > 0 {
			a.Verdict, a.Reason = Confirm, Reason{Kind: ReasonFormer}
			return a
		}
	}
	found := cs.named(text)
	if len(found) == 0 {
		return cs.nearCountry(text)
	}
	a := cs.countryAnswer(found, likely)
	if other, ok := cs.beside(text, a); ok && a.Verdict == Sure {
		a.Verdict, a.Countries = Confirm, append([]Country{other}, a.Countries...)
	}
	return a
}

// noMore finds the words that say a country of that name is no more.
var noMore = regexp.MustCompile(`(?i)^(?:l[’'])?(?:ex|anciennement|ancienne?)[- ]+(\pL.*)$|^(.*\pL)\s*[(,]\s*(?:ex|ancien(?:nement|ne)?)\.?\s*\)?$`)

// named gives what bears one of the forms of a name, the plainest first.
func (cs *countries) named(text string) []countryName {
	keys := countryKeys(text)
	for _, key := range keys {
		if found := cs.forms()[key]; len(found) > 0 {
			return found
		}
	}
	for _, key := range keys {
		if found := cs.forms()[" "+strings.ReplaceAll(key, " ", "")]; len(found) > 0 {
			return found // "Cote divoire", "R.D.A."
		}
	}
	return nil
}

// beside gives another country that the words beside a name mean by
// themselves: "Chine (Taïwan)", "Chine, Hong Kong".
func (cs *countries) beside(text string, a CountryAnswer) (Country, bool) {
	head, tail, ok := cutBeside(text)
	if !ok {
		return Country{}, false
	}
	for _, part := range []string{tail, head} {
		found := cs.forms()[countryKey(Key(part))]
		if len(found) == 0 || found[0].kind != "name" ||
			slices.ContainsFunc(found, func(n countryName) bool { return len(n.isos) != 1 || n.isos[0] != found[0].isos[0] }) {
			continue
		}
		if iso := found[0].isos[0]; iso != a.Countries[0].ISO2 {
			return cs.list[cs.byCode[iso]], true
		}
	}
	return Country{}, false
}

// cutBeside cuts a name at the comma, bracket, slash or dash that parts it.
func cutBeside(text string) (head, tail string, ok bool) {
	if i := strings.IndexByte(text, '('); i > 0 {
		return text[:i], strings.TrimRight(strings.TrimSpace(text[i+1:]), ")"), true
	}
	for _, mark := range []string{",", "/", " - ", " – "} {
		if head, tail, ok = strings.Cut(text, mark); ok {
			return head, tail, true
		}
	}
	return text, "", false
}

// countryKeys lists the keys of a country's name, the whole first: turned
// round at its comma, without what stands in brackets, without the words for
// the kind of state.
func countryKeys(text string) []string {
	var out []string
	add := func(key string) {
		if key = countryKey(key); key != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	add(Key(text))
	head, tail, turned := cutBeside(text)
	if turned {
		add(Key(tail + " " + head))
		add(Key(head + " " + tail))
	}
	for _, key := range slices.Clone(out) {
		add(withoutForm(key))
	}
	if turned {
		add(Key(head))
		add(withoutForm(Key(head)))
	}
	return out
}

// countryKey drops from a Key the articles around it and the words that join,
// so that "Bosnie & Herzégovine" and "Bosnia and Herzegovina" are found.
func countryKey(key string) string {
	key = strings.TrimSpace(strings.TrimSuffix(key, " the"))
	for range 3 {
		key = bareKey(strings.TrimPrefix(key, "the "))
	}
	words := strings.Fields(key)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return len(words) > 1 && (w == "et" || w == "and" || w == "&") }),
		" ")
}

// withoutForm takes "République du", "Kingdom of" off the beginning.
func withoutForm(key string) string {
	for _, form := range stateForms {
		rest, ok := strings.CutPrefix(key, form+" ")
		if !ok {
			continue
		}
		for _, link := range []string{"de la ", "de l ", "de ", "du ", "des ", "d ", "of the ", "of "} {
			if after, ok := strings.CutPrefix(rest, link); ok {
				rest = after
				break
			}
		}
		return rest
	}
	return key
}

func (cs *countries) countryAnswer(found []countryName, likely []string) CountryAnswer {
	name := found[0]
	a := CountryAnswer{Verdict: Sure, Reason: Reason{Kind: ReasonName}}
	for _, n := range found {
		for _, iso := range n.isos {
			if c := cs.list[cs.byCode[iso]]; !slices.ContainsFunc(a.Countries, func(o Country) bool { return o.ISO2 == iso }) {
				a.Countries = append(a.Countries, c)
			}
		}
	}
	switch name.kind {
	case "part":
		a.Part = name.text
		a.Reason = Reason{ReasonForm, a.Countries[0].Name}
	case "people", "other":
		a.Reason = Reason{ReasonOtherName, a.Countries[0].Name}
	case "former":
		a.Reason = Reason{Kind: ReasonFormer}
	}
	if len(a.Countries) > 1 {
		a.Verdict = Confirm
		var mine []Country
		for _, c := range a.Countries {
			if slices.Contains(likely, c.ISO2) {
				mine = append(mine, c)
			}
		}
		if len(mine) == 1 {
			a.Verdict = Sure
			a.Countries = append(mine, slices.DeleteFunc(a.Countries, func(c Country) bool { return c.ISO2 == mine[0].ISO2 })...)
		}
	} else if name.kind == "former" {
		a.Verdict = Confirm
	}
	return a
}

// nearCountry proposes the countries whose name differs by a letter or two.
func (cs *countries) nearCountry(text string) CountryAnswer {
	a := CountryAnswer{Verdict: Unknown, Reason: Reason{Kind: ReasonNear}}
	for _, key := range countryKeys(text) {
		typed := strings.ReplaceAll(key, " ", "")
		reach := 1
		if len(typed) >= 8 {
			reach = 2
		}
		if len(typed) < 4 {
			continue
		}
		for d := 1; d <= reach; d++ {
			for _, c := range cs.list {
				for _, n := range append([]string{c.Name, c.English}, c.Others...) {
					if edits(typed, strings.ReplaceAll(bareKey(Key(n)), " ", ""), reach) == d &&
						!slices.ContainsFunc(a.Countries, func(o Country) bool { return o.ISO2 == c.ISO2 }) {
						a.Countries = append(a.Countries, c)
						a.Verdict = Confirm
					}
				}
			}
		}
	}
	return a
}

// readForms reads country_names.tsv: every form of a country's name but those
// of countries.tsv, and the names that several countries share.
func (cs *countries) readForms() map[string][]countryName {
	forms := map[string][]countryName{}
	_ = rows("country_names.tsv", 3, func(c []string) {
		n := countryName{kind: c[0], isos: list(c[1], ","), text: c[2]}
		for _, iso := range n.isos {
			if _, ok := cs.byCode[iso]; !ok {
				return
			}
		}
		if key := countryKey(Key(n.text)); key != "" {
			forms[key] = append(forms[key], n)
		}
	})
	for key, list := range forms {
		if slices.ContainsFunc(list, func(n countryName) bool { return n.kind != "people" }) {
			forms[key] = slices.DeleteFunc(list, func(n countryName) bool { return n.kind == "people" })
		}
	}
	// A country's own names win over those of peoples and pieces; a name that
	// several share stays shared.
	for _, own := range []bool{true, false} {
		for _, c := range cs.list {
			names, kind := []string{c.Name, c.English, c.With()}, "name"
			if !own {
				names, kind = c.Others, "other"
			}
			for _, name := range names {
				key := countryKey(Key(name))
				if have := forms[key]; len(have) == 0 || own && have[0].kind != "several" && have[0].kind != "name" {
					forms[key] = []countryName{{kind: kind, isos: []string{c.ISO2}, text: c.Name}}
				}
			}
		}
	}
	// Run together, for what is cut otherwise than the name.
	for key, names := range maps.Clone(forms) {
		if run := " " + strings.ReplaceAll(key, " ", ""); strings.Contains(key, " ") || len(run) > 2 {
			if _, taken := forms[run]; !taken {
				forms[run] = names
			}
		}
	}
	return forms
}
