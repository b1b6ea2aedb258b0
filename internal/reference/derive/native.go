package derive

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/japanese"
)

// script says in which script and language a country's towns are written.
type script struct {
	countries string
	table     *unicode.RangeTable
	lang      string
}

var scripts = []script{
	{"AM", unicode.Armenian, "hy"},
	{"DZ EG JO LB LY MA MR PS SD SY TN YE IQ KW QA SA AE OM BH", unicode.Arabic, "ar"},
	{"IL", unicode.Hebrew, "he"},
	{"GE", unicode.Georgian, "ka"},
	{"TH", unicode.Thai, "th"},
	{"KH", unicode.Khmer, "km"},
	{"NP", unicode.Devanagari, "ne"},
	{"GR", unicode.Greek, "el"},
	{"RU", unicode.Cyrillic, "ru"},
	{"UA", unicode.Cyrillic, "uk"},
	{"BG", unicode.Cyrillic, "bg"},
	{"JP", unicode.Han, "ja"},
}

// nativeName guesses the native name among GeoNames' untagged alternates: the
// best written in the country's script, "" when there is none.
func nativeName(g geoname) (name, lang string) {
	for _, s := range scripts {
		if !strings.Contains(s.countries, g.country) {
			continue
		}
		best := 0
		for _, alt := range g.others {
			if score := nativeScore(strings.TrimSpace(alt), s); score > best {
				name, lang, best = strings.TrimSpace(alt), s.lang, score
			}
		}
	}
	return name, lang
}

// nativeScore is 0 for what cannot be the native name.
func nativeScore(alt string, s script) int {
	if alt == "" {
		return 0
	}
	for _, r := range alt {
		if r != ' ' && r != '-' && r != '’' && !unicode.Is(s.table, r) &&
			!(s.lang == "ja" && (unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r))) {
			return 0
		}
	}
	switch s.lang {
	case "ja":
		return japaneseScore(alt)
	case "ar":
		// Persian, Urdu, Kurdish and Uyghur letters mark other languages' spellings; so do vowel signs.
		if strings.ContainsAny(alt, "پچژگکیېەۆۇڤڈٹۀھےڭ") || strings.ContainsFunc(alt, unicode.IsMark) {
			return 0
		}
		score := 100 - len([]rune(alt))
		// Persian and careless typing end in heh what Arabic ends in teh marbuta:
		// قاهره for القاهرة.
		if strings.HasSuffix(alt, "ه") {
			score -= 40
		}
		return score
	case "hy":
		// The reformed spelling writes the ligature և.
		if strings.Contains(alt, "և") {
			return 200
		}
	case "ru", "uk", "bg":
		return cyrillicScore(alt, s.lang)
	}
	return 100 - len([]rune(alt))
}

// japaneseScore prefers kanji with the kind of commune behind: 静岡市.
func japaneseScore(alt string) int {
	// Simplified Chinese characters are not in the Japanese repertoire.
	if _, err := japanese.ShiftJIS.NewEncoder().String(alt); err != nil || strings.ContainsFunc(alt, oldForm) {
		return 0
	}
	han := strings.ContainsFunc(alt, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	score := 0
	if han {
		score = 10
	}
	last := []rune(alt)[len([]rune(alt))-1]
	if strings.ContainsRune("市町村区", last) {
		score += 20
	}
	return score
}

// oldForm tells the traditional characters that GeoNames' Chinese alternates
// use where Japan writes the reformed one.
func oldForm(r rune) bool { return strings.ContainsRune("靜廣澤濱鹽櫻縣關德邊國豐", r) }

// cyrillicScore drops spellings with letters that the language does not have.
func cyrillicScore(alt, lang string) int {
	foreign := map[string]string{"ru": "іїєґјљњћђџўӑӗӳҫәөүұқғңһҳҷѓќѕ", "uk": "ыэъёјљњћђџўәөүұқғң", "bg": "ыэёіїєґјљњћђџўәөү"}[lang]
	if strings.ContainsAny(strings.ToLower(alt), foreign) {
		return 0
	}
	score := 100 - len([]rune(alt))
	if lang == "uk" && strings.ContainsAny(strings.ToLower(alt), "іїєґ") {
		score += 100 // letters that Russian, listed beside it, does not have
	}
	return score
}
