package exchange

import (
	"regexp"
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
	case "cooperation", "accord de cooperation", "partenariat de cooperation", "convention de cooperation":
		return repertoire.TypeCooperation, true
	case "pacte d amitie", "amitie", "charte d amitie", "accord d amitie":
		return repertoire.TypeFriendship, true
	case "projet", "projet commun":
		return repertoire.TypeProject, true
	case "triangulaire", "tripartite", "entente tripartite":
		return repertoire.TypeTriangular, true
	case "jumelages", "ville jumelee":
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
	case "en cours", "active", "actifs", "vivant":
		return repertoire.StatusActive, true
	case "inactif", "inactive", "dormant", "sommeil":
		return repertoire.StatusDormant, true
	case "acheve", "clos", "cloture", "fini", "terminee", "caduc":
		return repertoire.StatusEnded, true
	case "projet", "en preparation", "prevu":
		return repertoire.StatusPlanned, true
	case "suspendue", "interrompu":
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
	case "oui", "o", "x", "vrai", "true", "1", "yes":
		return true, true
	case "non", "n", "faux", "false", "0", "no":
		return false, true
	}
	return false, false
}

var (
	leadingDay = regexp.MustCompile(`(?i)^(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(\d)`)
	slashedISO = regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})$`)
	timeOfDay  = regexp.MustCompile(`^(.*\d)[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$`)
)

// plainDate takes off a date what databases and letters put around it: the
// time of day, "le", the day of the week; 2012/05/03 becomes 2012-05-03.
func plainDate(s string) string {
	s = oneLine(s)
	s = timeOfDay.ReplaceAllString(s, "$1")
	s = leadingDay.ReplaceAllString(s, "$1")
	return slashedISO.ReplaceAllString(s, "$1-$2-$3")
}

var fourDigits = regexp.MustCompile(`\b(1[89]\d\d|2[01]\d\d)\b`)

// parseYear reads "2012", "2012.0", "depuis 2012" and whole dates; false when
// there is no year, or more than one.
func parseYear(s string) (int, bool) {
	if d, err := repertoire.ParseDate(plainDate(s)); err == nil && d != "" {
		return d.Year(), true
	}
	found := fourDigits.FindAllString(s, -1)
	if len(found) != 1 || len(s) > 24 {
		return 0, false
	}
	n, err := strconv.Atoi(found[0])
	return n, err == nil
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
// ("Éducation, social et recherche"), so the longest run that is a theme wins.
// unknown lists what is none.
func parseThemes(cell string, theme func(string) (string, bool)) (codes, unknown []string) {
	add := func(code string) {
		for _, c := range codes {
			if c == code {
				return
			}
		}
		codes = append(codes, code)
	}
	for _, part := range splitList(cell) {
		for _, piece := range strings.FieldsFunc(part, func(r rune) bool { return r == ';' || r == '\n' || r == '>' }) {
			words := strings.Split(piece, ",")
			for i := 0; i < len(words); {
				n := len(words)
				for ; n > i; n-- {
					if code, ok := theme(oneLine(strings.Join(words[i:n], ","))); ok {
						add(code)
						break
					}
				}
				if n == i {
					if w := oneLine(words[i]); w != "" {
						unknown = append(unknown, w)
					}
					n++
				}
				i = n
			}
		}
	}
	return codes, unknown
}
