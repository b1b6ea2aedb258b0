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
		if !spelledInArabic(alt) {
			return 0
		}
		score := 100 - len([]rune(alt))
		// Of two spellings the one with the article is the official: Persian and Urdu
		// leave it out, and the shorter would win (منصورة for المنصورة).
		if strings.HasPrefix(alt, "ال") {
			score += 50
		}
		// Persian and careless typing end in heh what Arabic ends in teh marbuta:
		// قاهره for القاهرة.
		if strings.HasSuffix(alt, "ه") {
			score -= 40
		}
		return score
	case "he":
		// The full spelling has the letters that the old one leaves out: חיפה, not חפה.
		// Yiddish has ligatures and signs of its own.
		if strings.ContainsAny(alt, "װױײ") || strings.ContainsFunc(alt, unicode.IsMark) {
			return 0
		}
		return 100 - 30*strings.Count(alt, " ") + len([]rune(alt))
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

// spelledInArabic tells a name in Arabic from one in another language of that
// script: Persian, Urdu, Kurdish and Uyghur have letters of their own; in Arabic a
// word never begins with ئ, and ى only ends one. Vowel signs are left out of names.
func spelledInArabic(name string) bool {
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		letters := []rune(word)
		for i, r := range letters {
			switch {
			case r < 'ء' || r > 'ي' || r > 'غ' && r < 'ف':
				return false
			case r == 'ئ' && i == 0, r == 'ى' && i < len(letters)-1:
				return false
			}
		}
	}
	return true
}

// nameNatively gives the towns of native.csv their official names: the most
// populous of those that bear the name.
func nameNatively(towns []spelling) error {
	rows, err := handRows("native.csv")
	if err != nil {
		return err
	}
	find := make(map[string]int)
	for i, t := range towns {
		for _, n := range append([]string{t.french, t.name}, t.alternates...) {
			key := t.country + " " + loose(n)
			if j, ok := find[key]; !ok || t.population > towns[j].population {
				find[key] = i
			}
		}
	}
	var gone []string
	for _, r := range rows {
		i, ok := find[r[0]+" "+loose(r[1])]
		if !ok {
			gone = append(gone, r[0]+" "+r[1])
			continue
		}
		towns[i].native = r[2]
		for _, s := range scripts {
			if strings.Contains(s.countries, r[0]) {
				towns[i].lang = s.lang
			}
		}
	}
	if len(gone) > 0 {
		return unexpected("native.csv", "Ces lieux de native.csv ne sont pas dans GeoNames : %s.", strings.Join(gone, ", "))
	}
	return nil
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
