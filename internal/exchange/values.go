package exchange

import (
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// The words that files use for the closed lists, beside their own labels.
func parseType(s string) (repertoire.Type, bool) {
	s = oneLine(s)
	if t, ok := repertoire.Types.Parse(s); ok {
		return t, true
	}
	switch foldHeading(s) {
	case "cooperation", "decentralised cooperation", "decentralized cooperation", "coop dec", "coop decentralisee", "cd",
		"accord de cooperation", "partenariat de cooperation", "convention de cooperation":
		return repertoire.TypeCooperation, true
	case "freundschaft", "freundschaftsvertrag", "stadtefreundschaft", "amistad", "patto di amicizia", "amizade", "pacte d amitie",
		"amitie", "charte d amitie", "accord d amitie", "friendship", "friendship agreement", "friendship pact",
		"protocole d amitie":
		return repertoire.TypeFriendship, true
	case "projet", "projet commun":
		return repertoire.TypeProject, true
	case "triangulaire", "tripartite", "entente tripartite":
		return repertoire.TypeTriangular, true
	case "jumelages", "jum", "jumelage officiel", "hermanamiento", "gemellaggio", "gemellaggi", "geminacao", "stadtepartnerschaft",
		"stadtepartnerschaften", "partnerschaft", "gemeindepartnerschaft", "ville jumelee", "twinning", "twin town", "twin city",
		"sister city", "sister cities", "twinned", "jumelee", "jumele":
		return repertoire.TypeTwinning, true
	}
	return "", false
}

func parseStatus(s string) (repertoire.Status, bool) {
	s = oneLine(s)
	if v, ok := repertoire.Statuses.Parse(s); ok {
		return v, true
	}
	switch foldHeading(s) {
	case "en cours", "active", "actifs", "vivant", "en vigueur", "en activite", "ongoing", "current", "in progress", "implementation":
		return repertoire.StatusActive, true
	case "inactif", "inactive", "dormant", "dormante", "sommeil", "en veille":
		return repertoire.StatusDormant, true
	case "acheve", "achevee", "clos", "close", "cloture", "cloturee", "fini", "finie", "terminee", "termines", "caduc", "ended", "closed",
		"completed", "finished", "terminated":
		return repertoire.StatusEnded, true
	case "projet", "en preparation", "prevu", "planned", "pipeline":
		return repertoire.StatusPlanned, true
	case "suspendue", "interrompu", "interrompue", "suspended", "on hold":
		return repertoire.StatusSuspended, true
	}
	return "", false
}

func parseFormality(s string) (repertoire.Formality, bool) {
	s = oneLine(s)
	if v, ok := repertoire.Formalities.Parse(s); ok {
		return v, true
	}
	switch foldHeading(s) {
	case "convention", "signee":
		return repertoire.FormalityConvention, true
	case "deliberation":
		return repertoire.FormalityDeliberation, true
	case "sans", "non", "informel":
		return repertoire.FormalityNone, true
	}
	return "", false
}

func parseLevel(s string) (repertoire.Level, bool) {
	s = oneLine(s)
	if v, ok := repertoire.Levels.Parse(s); ok {
		return v, true
	}
	switch f := foldHeading(s); {
	case f == "ville" || f == "municipalite" || f == "communes":
		return repertoire.LevelCommune, true
	case f == "conseil departemental":
		return repertoire.LevelDepartement, true
	case f == "conseil regional":
		return repertoire.LevelRegion, true
	case strings.HasPrefix(f, "communaute d") || f == "communaute urbaine" || f == "agglomeration":
		return repertoire.LevelEPCI, true
	case strings.HasPrefix(f, "syndicat"):
		return repertoire.LevelSyndicat, true
	}
	return "", false
}

// parseBool reads "oui", "non" and what people write for them.
func parseBool(s string) (value, ok bool) {
	switch foldHeading(s) {
	case "oui", "o", "x", "vrai", "true", "1", "yes", "y", "ok", "✓", "✔":
		return true, true
	case "non", "n", "faux", "false", "0", "no":
		return false, true
	}
	return false, false
}

// degrees reads a coordinate with a point or a comma; nil when it is none.
func degrees(s string, limit float64) *float64 {
	v, err := strconv.ParseFloat(strings.Replace(oneLine(s), ",", ".", 1), 64)
	if err != nil || !(v >= -limit && v <= limit) {
		return nil
	}
	return &v
}

// integer reads a number of people, 0 when it is none.
func integer(s string) int {
	s = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '-' || r == '.' || r == ',' {
			return r
		}
		return -1
	}, s)
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// parseThemes reads a cell of themes: one label, or several parted by bars,
// semicolons, line ends, ">" or commas. Labels hold commas of their own
// ("Éducation, social et recherche"), so the longest run that is a theme wins;
// a bar or an ampersand stands for "et" ("Eau/assainissement") before it parts
// two themes. unknown lists what is none.
func parseThemes(cell string, theme func(string) (string, bool)) (codes, unknown []string) {
	add := func(code string) {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	one := func(s string) bool {
		s = oneLine(s)
		for _, spelling := range []string{s, and.Replace(s)} {
			if code, ok := theme(oneLine(spelling)); ok && spelling != "" {
				add(code)
				return true
			}
		}
		return false
	}
	for _, part := range splitList(cell) {
		for _, piece := range strings.FieldsFunc(part,
			func(r rune) bool { return r == ';' || r == '\n' || r == '>' || r == '•' || r == '·' }) {
			words := strings.Split(strings.TrimLeft(piece, "-–* "), ",")
			for i := 0; i < len(words); {
				n := len(words)
				for ; n > i; n-- {
					if one(strings.Join(words[i:n], ",")) {
						break
					}
				}
				if n == i {
					unknown = append(unknown, apart(words[i], one)...)
					n++
				}
				i = n
			}
		}
	}
	return codes, unknown
}

var and = strings.NewReplacer("/", " et ", "&", " et ", "+", " et ")

// apart reads what is no theme as several, when every part of it is one.
func apart(s string, one func(string) bool) (unknown []string) {
	s = oneLine(s)
	if empty(s) {
		return nil
	}
	for _, sign := range []string{"/", "&", "+", " et ", " - "} {
		parts := strings.Split(s, sign)
		if len(parts) < 2 {
			continue
		}
		var rest []string
		for _, p := range parts {
			if p = oneLine(p); p != "" && !one(p) {
				rest = append(rest, p)
			}
		}
		if len(rest) < len(parts) {
			return rest
		}
	}
	return []string{s}
}

// empty tells whether a cell says that there is nothing to say.
func empty(s string) bool {
	if strings.Trim(s, "-–—_?.…/*\\ \u00a0") == "" {
		return true
	}
	switch foldHeading(s) {
	case "n a", "na", "n d", "nd", "n c", "nc", "n r", "nr", "s o", "so", "neant", "sans objet", "inconnu", "inconnue", "non renseigne",
		"non renseignee", "non communique",
		"non precise", "non connu", "non connue", "a completer", "a preciser", "a renseigner", "a determiner", "tbd", "tbc", "none", "null",
		"nan", "unknown", "not available", "vide", "rien":
		return true
	}
	return false
}
