package reference

import (
	"regexp"
	"strings"

	"repertoire/internal/repertoire"
)

// reading is one way to understand a typed name: what is left of it once the
// words that tell where or what the authority is are taken for what they say.
type reading struct {
	name  string // in the typed spelling
	key   string // its Key
	level repertoire.Level
	kind  string // of a grouping: "CC", "CA", "CU", "METRO"; "AGGLO" for any of the last three
	// where says a département or a région: name or code; postal a code.
	where, postal string
	code          string // of a département: "CD 94"
	bare          bool   // words were taken off
	inside        bool   // it is what stood in brackets
}

var (
	slashed = regexp.MustCompile(`(?i)(\pL)\s*[/-]?\s*\bs{1,2}\s*/\s*-?|(?i)(\pL)[ -]+s\.\s*/?\s*-?(\pL)`)
	// "C.A.", "C.C." are written without their dots elsewhere.
	dotted     = regexp.MustCompile(`(?i)\b(?:\pL\.){2,4}(?:\s|$)`)
	inFrance   = regexp.MustCompile(`(?i)(\pL|\d|\))\s*(?:[,;]\s*|\s[-–/]\s|\s?\()(?:france|fr)\)?$`)
	underSlash = regexp.MustCompile(`(?i)\bs\s*/\s*s\b|\bss\s*/`)
	cedex      = regexp.MustCompile(`(?i)[\s,]+cedex(?:\s+\d{1,2})?\s*$`)
	postalTown = regexp.MustCompile(`(?i)^(?:F\s*-\s*)?(\d{2} ?\d{3})\s*[-–,]?\s+(\pL.*)$`)
	townPostal = regexp.MustCompile(`^(.*\pL.*?)[\s,–-]+(\d{2} ?\d{3})$`)
	codeTown   = regexp.MustCompile(`(?i)^\(?(\d{2,3}|2[ab])(?:\)\s*|\s*[-–:]\s*|\s+)(\pL.*)$`)
	townCode   = regexp.MustCompile(`(?i)^(.*\pL.*?)\s*(?:\s[-–]\s*|[-–]\s+|,\s*|/\s*|\[)(?:d[ée]p(?:t|artement)?\.?\s*)?(\d{2,3}|2[ab])\]?$`)
	councilNo  = regexp.MustCompile(`^(?:cd|cg|conseil departemental|conseil general|departement|dept|dpt|dep)(?: d[eu])?(?: n)? ?(\d{1,3}|2[ab])$`)
	sidesPlace = regexp.MustCompile(`^(.*\S)\s+[-–,]\s*(\S.*)$|^(.*[^\s,]),\s*(\S.*)$`)
)

// typedReadings lists the ways to understand a French mention, the plainest
// first.
func typedReadings(text string) []reading {
	text = strings.TrimSpace(strings.Join(strings.Fields(text), " "))
	text = cedex.ReplaceAllString(text, "")
	text = inFrance.ReplaceAllString(text, "$1")
	text = dotted.ReplaceAllStringFunc(text, func(s string) string { return strings.ReplaceAll(s, ".", "") + " " })
	text = strings.Join(strings.Fields(text), " ")
	text = underSlash.ReplaceAllString(text, " sous ")
	if strings.ContainsAny(text, "/.") {
		text = slashed.ReplaceAllString(text, "$1$2 sur $3")
	}
	var out []reading
	seen := map[string]bool{}
	add := func(r reading) {
		r.saidWhere()
		r.name = strings.Trim(strings.Join(strings.Fields(r.name), " "), " -–,;:.")
		if r.key == "" {
			r.key = Key(r.name)
		}
		id := strings.Join([]string{r.name, string(r.level), r.kind, r.where, r.postal, r.code}, "|")
		if r.key == "" && r.code == "" || seen[id] {
			return
		}
		seen[id] = true
		out = append(out, r)
	}
	if turned, ok := articleTurned(text); ok {
		add(reading{name: turned}) // before "Rochelle (La)" is taken for words of a grouping
	}
	add(reading{name: text})
	var inside []reading // what stands in brackets may be the name itself, said last
	if before, after, ok := strings.Cut(text, "/"); ok && !strings.Contains(after, "/") {
		add(reading{name: before + " sur " + after}) // Boulogne/Mer
	}
	for _, r := range placed(text) {
		if r.inside {
			inside = append(inside, r)
			continue
		}
		add(r)
	}
	for _, r := range append([]reading(nil), out...) {
		for _, o := range unofficed(r) {
			add(o)
		}
	}
	for _, r := range inside {
		add(r)
		for _, o := range unofficed(r) {
			add(o)
		}
	}
	return out
}

// placed reads what stands beside a name: an article, a département, a code.
func placed(text string) []reading {
	var out []reading
	if i := strings.LastIndexByte(text, '('); i > 0 && strings.HasSuffix(text, ")") {
		name, inside := strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+1:len(text)-1])
		switch key := Key(inside); {
		case key == "le" || key == "la" || key == "les":
			out = append(out, reading{name: inside + " " + name})
		case key == "l":
			out = append(out, reading{name: "L’" + name})
		case councilNo.MatchString(key):
			// "Conseil départemental du Val-de-Marne (CD94)"
			out = append(out, reading{name: name, bare: true}, reading{name: inside, bare: true, inside: true})
		case len(inside) == 5 && digits(inside):
			out = append(out, reading{name: name, postal: inside, bare: true})
		default:
			if first, _, more := strings.Cut(inside, ","); more {
				out = append(out, reading{name: name, where: strings.TrimSpace(first), bare: true})
			}
			out = append(out, reading{name: name, where: inside, bare: true}, reading{name: inside + " " + name, bare: true},
				reading{name: name + " " + inside, bare: true}, reading{name: inside, bare: true, inside: true})
		}
	}
	for _, p := range []struct {
		pattern    *regexp.Regexp
		name, code int
		postal     bool
	}{{postalTown, 2, 1, true}, {townPostal, 1, 2, true}, {codeTown, 2, 1, false}, {townCode, 1, 2, false}} {
		if g := p.pattern.FindStringSubmatch(text); g != nil {
			r := reading{name: g[p.name], where: g[p.code], bare: true}
			if p.postal {
				r.where, r.postal = "", strings.ReplaceAll(g[p.code], " ", "")
			}
			out = append(out, r)
		}
	}
	if g := sidesPlace.FindStringSubmatch(text); g != nil {
		name, where := g[1]+g[3], g[2]+g[4]
		if key := Key(where); key == "le" || key == "la" || key == "les" || key == "l" {
			out = append(out, reading{name: where + " " + name})
		} else {
			out = append(out, reading{name: name, where: where, bare: true})
			// "Rennes, Ille-et-Vilaine, Bretagne"
			if first, _, more := strings.Cut(where, ","); more {
				out = append(out, reading{name: name, where: strings.TrimSpace(first), bare: true})
			}
		}
	}
	return out
}

// articleTurned puts back the article that lists set after the name:
// "Havre (Le)", "Rochelle (La)".
func articleTurned(text string) (string, bool) {
	g := afterName.FindStringSubmatch(text)
	if g == nil {
		return "", false
	}
	article := g[2] + g[3]
	if Key(article) == "l" {
		return "L’" + g[1], true
	}
	return article + " " + g[1], true
}

var afterName = regexp.MustCompile(`(?i)^(.*\pL)(?:\s*\((l[eas]?|les|l[’'])\)|,\s*(l[ea]|les|l[’']))$`)

var (
	codedPlace = regexp.MustCompile(`^(?:d|dept|dpt|dep|departement)(?: d[eu])? ?(\d{1,3}|2[ab])$|^(\d{2,3}|2[ab]) \D+$|^\D+ (\d{2,3}|2[ab])$`)
	// A place may be said with the word for what it is: "Nice (dép. Alpes-Maritimes)".
	calledPlace = regexp.MustCompile(`(?i)^(?:d[ée]p(?:t|artement)?|dpt|r[ée]gion)\.?\s+(?:d[eu]s? |de la |d[’'])?(\D.*)$`)
)

// saidWhere takes what stands beside a name for a code of département, the
// name of a place, or the word for a kind of authority.
func (r *reading) saidWhere() {
	if r.where == "" {
		return
	}
	key := Key(r.where)
	if g := codedPlace.FindStringSubmatch(key); g != nil {
		r.where = strings.ToUpper(g[1] + g[2] + g[3])
		return
	}
	if g := calledPlace.FindStringSubmatch(r.where); g != nil {
		r.where = g[1]
	}
	for _, o := range offices {
		if o.words == key && o.kind == "" {
			r.where, r.level = "", o.level
			return
		}
	}
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// office is a run of folded words that says what an authority is.
type office struct {
	words string
	level repertoire.Level
	kind  string
}

// offices, longer runs before those they begin with.
var offices = []office{
	{"hotel de ville", repertoire.LevelCommune, ""}, {"conseil municipal", repertoire.LevelCommune, ""},
	{"ville nouvelle", repertoire.LevelCommune, ""},
	{"commune nouvelle", repertoire.LevelCommune, ""}, {"ville", repertoire.LevelCommune, ""}, {"commune", repertoire.LevelCommune, ""},
	{"mairie", repertoire.LevelCommune, ""}, {"municipalite", repertoire.LevelCommune, ""}, {"cne", repertoire.LevelCommune, ""},
	{"conseil departemental", repertoire.LevelDepartement, ""}, {"conseil dep", repertoire.LevelDepartement, ""},
	{"conseil dept", repertoire.LevelDepartement, ""},
	{"cons dep", repertoire.LevelDepartement, ""}, {"conseil gen", repertoire.LevelDepartement, ""},
	{"cons gen", repertoire.LevelDepartement, ""},
	{"conseil reg", repertoire.LevelRegion, ""}, {"cons reg", repertoire.LevelRegion, ""},
	{"conseil general", repertoire.LevelDepartement, ""}, {"departement", repertoire.LevelDepartement, ""},
	{"depart", repertoire.LevelDepartement, ""}, {"dept", repertoire.LevelDepartement, ""}, {"dpt", repertoire.LevelDepartement, ""},
	{"dep", repertoire.LevelDepartement, ""},
	{"cd", repertoire.LevelDepartement, ""}, {"cg", repertoire.LevelDepartement, ""}, {"conseil regional", repertoire.LevelRegion, ""},
	{"region", repertoire.LevelRegion, ""}, {"reg", repertoire.LevelRegion, ""}, {"cr", repertoire.LevelRegion, ""},
	{"communaute de communes", repertoire.LevelEPCI, "CC"}, {"communaute des communes", repertoire.LevelEPCI, "CC"},
	{"comcom", repertoire.LevelEPCI, "CC"},
	{"com com", repertoire.LevelEPCI, "CC"}, {"cdc", repertoire.LevelEPCI, "CC"}, {"cc", repertoire.LevelEPCI, "CC"},
	{"com de communes", repertoire.LevelEPCI, "CC"}, {"com de com", repertoire.LevelEPCI, "CC"},
	{"comm de communes", repertoire.LevelEPCI, "CC"}, {"comm de com", repertoire.LevelEPCI, "CC"},
	{"com d agglomeration", repertoire.LevelEPCI, "CA"}, {"com d agglo", repertoire.LevelEPCI, "CA"},
	{"comm d agglomeration", repertoire.LevelEPCI, "CA"},
	{"comm d agglo", repertoire.LevelEPCI, "CA"}, {"communaute d agglo", repertoire.LevelEPCI, "CA"},
	{"com urbaine", repertoire.LevelEPCI, "CU"}, {"comm urbaine", repertoire.LevelEPCI, "CU"},
	{"com urb", repertoire.LevelEPCI, "CU"},
	{"communaute d agglomeration", repertoire.LevelEPCI, "CA"}, {"communaute agglomeration", repertoire.LevelEPCI, "CA"},
	{"ca", repertoire.LevelEPCI, "CA"},
	{"communaute urbaine", repertoire.LevelEPCI, "CU"}, {"cu", repertoire.LevelEPCI, "CU"},
	{"agglomeration", repertoire.LevelEPCI, "AGGLO"}, {"agglo", repertoire.LevelEPCI, "AGGLO"},
	{"eurometropole", repertoire.LevelMetropole, "METRO"}, {"metropole", repertoire.LevelMetropole, "METRO"},
	{"etablissement public territorial", repertoire.LevelEPCI, "EPT"},
	{"ept", repertoire.LevelEPCI, "EPT"}, {"intercommunalite", repertoire.LevelEPCI, ""}, {"interco", repertoire.LevelEPCI, ""},
	{"epci", repertoire.LevelEPCI, ""},
	{"communaute", repertoire.LevelEPCI, ""}, {"collectivite territoriale", repertoire.LevelOther, ""},
	{"collectivite europeenne", repertoire.LevelOther, ""},
	{"collectivite d outre mer", repertoire.LevelOther, ""}, {"collectivite", repertoire.LevelOther, ""},
}

// unofficed takes "Ville de", "CD", "Agglomération de" off a name's beginning,
// "Métropole", "Agglo" off its end, and says what they mean.
func unofficed(r reading) []reading {
	if g := councilNo.FindStringSubmatch(r.key); g != nil {
		return []reading{{name: r.name, key: r.key, code: strings.ToUpper(g[1]), level: repertoire.LevelDepartement, bare: true}}
	}
	words := strings.FieldsFunc(r.name, betweenWords)
	var first, last ends
	for _, o := range offices {
		n := strings.Count(o.words, " ") + 1
		if len(words) <= n {
			continue
		}
		q := r
		q.bare, q.level, q.kind = true, o.level, o.kind
		switch {
		case first.key(n, words[:n]) == o.words:
			rest := unlinked(words[n:])
			q.name = strings.Join(rest, " ")
		case last.key(n, words[len(words)-n:]) == o.words &&
			(o.kind != "" || o.words == "ville" || len(r.where) == 0 && n == 1 && len(o.words) > 4):
			q.name = strings.Join(words[:len(words)-n], " ")
		default:
			continue
		}
		q.key = Key(q.name)
		return []reading{q}
	}
	return nil
}

// ends remembers the keys of the first, or last, words of a name, by their
// number: they are compared with each of many offices.
type ends [8]string

func (e *ends) key(n int, words []string) string {
	if n >= len(e) {
		return Key(strings.Join(words, " "))
	}
	if e[n] == "" {
		e[n] = Key(strings.Join(words, " "))
	}
	return e[n]
}

// unlinked drops the "de", "du", "d’" that link an office to its name.
func unlinked(words []string) []string {
	if len(words) > 1 {
		switch strings.ToLower(words[0]) {
		case "de", "du", "des", "d", "di", "da", "do", "of", "van", "von":
			return words[1:]
		}
	}
	return words
}

// groupingStops are the words that say nothing of a grouping's own name.
var groupingStops = map[string]bool{"de": true, "du": true, "des": true, "d": true, "la": true, "le": true, "les": true, "l": true,
	"et": true, "en": true,
	"communaute": true, "communautes": true, "communes": true, "agglomeration": true, "agglo": true, "urbaine": true, "metropole": true,
	"eurometropole": true,
	"cc":            true, "ca": true, "cu": true, "ept": true, "metropolitaine": true, "territoriale": true}

// groupingCore gives the words of a grouping's name that tell it apart.
func groupingCore(key string) []string {
	var out []string
	for _, w := range strings.Fields(key) {
		if !groupingStops[w] {
			out = append(out, w)
		}
	}
	return out
}

// bodies are words that begin the names of public bodies that no list of
// collectivities has: they are kept as typed.
var bodies = []struct {
	words string
	level repertoire.Level
}{
	{"syndicat", repertoire.LevelSyndicat}, {"sivom", repertoire.LevelSyndicat}, {"sivu", repertoire.LevelSyndicat},
	{"siaap", repertoire.LevelSyndicat},
	{"sedif", repertoire.LevelSyndicat}, {"smictom", repertoire.LevelSyndicat}, {"sictom", repertoire.LevelSyndicat},
	{"sigeif", repertoire.LevelSyndicat},
	{"syctom", repertoire.LevelSyndicat}, {"sietrem", repertoire.LevelSyndicat}, {"petr", repertoire.LevelSyndicat},
	{"pole metropolitain", repertoire.LevelSyndicat},
	{"pole d equilibre", repertoire.LevelSyndicat}, {"eptb", repertoire.LevelSyndicat}, {"parc naturel", repertoire.LevelSyndicat},
	{"pnr", repertoire.LevelSyndicat},
	{"agence de l eau", repertoire.LevelOther}, {"agence de bassin", repertoire.LevelOther}, {"office de l eau", repertoire.LevelOther},
	{"regie", repertoire.LevelOther},
	{"eau de", repertoire.LevelOther}, {"agence d urbanisme", repertoire.LevelOther}, {"centre hospitalier", repertoire.LevelOther},
	{"chu", repertoire.LevelOther},
	{"universite", repertoire.LevelOther}, {"ccas", repertoire.LevelOther}, {"sdis", repertoire.LevelOther},
	{"chambre", repertoire.LevelOther},
	{"association", repertoire.LevelOther}, {"groupement", repertoire.LevelOther}, {"comite de jumelage", repertoire.LevelOther},
	{"pays", repertoire.LevelOther},
}

// freeBody tells the level of a public body that is typed freely.
func freeBody(key string) repertoire.Level {
	for _, b := range bodies {
		if key == b.words || strings.HasPrefix(key, b.words+" ") {
			return b.level
		}
	}
	return ""
}
