package repertoire

import (
	"regexp"
	"strings"
	"unicode"
)

// Typography puts a text into the marks of French typography: apostrophes,
// quotation marks and their spaces, spaces before high punctuation, ordinals,
// ellipses, capitals with their accents. It changes no word and leaves web
// addresses, Markdown links and code alone; a text already right stays as it is.
func Typography(s string) string {
	var out strings.Builder
	last := 0
	for _, at := range untouched.FindAllStringIndex(s, -1) {
		out.WriteString(typographed(s[last:at[0]]))
		out.WriteString(s[at[0]:at[1]])
		last = at[1]
	}
	out.WriteString(typographed(s[last:]))
	return out.String()
}

// untouched are web and mail addresses, targets of links, and code.
var untouched = regexp.MustCompile("`[^`\n]*`" + `|\]\([^)\n]*\)|(?:https?://|www\.)[^\s)\]»]+|[\w.+-]+@[\w.-]+`)

// spaces that a person types where a no-break space belongs.
const someSpace = "[ \u00a0\u202f\u2009]"

// typographic are the rules, in the order they apply: the signs after which a
// space is forced come from the Lexique of the Imprimerie nationale.
var typographic = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`(\pL)'(\pL|«|“|\*)`), "$1’$2"},
	{regexp.MustCompile(`\.\.\.`), "…"},
	{regexp.MustCompile(`"([^"\n]*)"`), "«\u00a0$1\u00a0»"},
	{regexp.MustCompile(`“([^”\n]*)”`), "«\u00a0$1\u00a0»"},
	{regexp.MustCompile("«" + someSpace + "*"), "«\u00a0"},
	{regexp.MustCompile(someSpace + "*»"), "\u00a0»"},
	{regexp.MustCompile(`([\pL\pN»)\]])` + someSpace + `*([;!?]+)(\s|$|»)`), "$1\u202f$2$3"},
	{regexp.MustCompile(`([\pL\pN»)\]])` + someSpace + `*:(\s|$)`), "$1\u00a0:$2"},
	{regexp.MustCompile(`(\d)` + someSpace + `*([%€])`), "$1\u00a0$2"},
	{regexp.MustCompile(`\b([nN])°` + someSpace + `*(\d)`), "$1°\u00a0$2"},
	{regexp.MustCompile(`\b1(?:ère|ere)\b`), "1re"},
	{regexp.MustCompile(`\b([2-9]|[1-9]\d+|[IVX]+)(?:ème|eme|ième|ieme)\b`), "${1}e"},
	{regexp.MustCompile(`\b1` + someSpace + `er\b`), "1er"},
}

// capitals are words whose first capital often loses its accent. "A" alone is
// left alone but before words that follow no letter's name.
var capitals = regexp.MustCompile(`(^|[\s«(\[*’\x{a0}])(?:(E)(tat|tats|cole|coles|ducation|nergie|nergies|galité|change|changes|conomie|conomique|conomiques|tude|tudes|tudiant|tudiants|tudiantes|valuation|vénement|vénements|glise|quipe|quipes|quipement|quipements|lu|lus|lue|lues|lection|lections|tablissement|tablissements|gypte|thiopie|mirats|rythrée)|(I)(le|les)|(A)( la| l’| partir| travers| noter| l'issue| ce jour| terme))([\s.,;:!?»)\]’*\x{a0}\x{202f}]|$)`)

// typographed applies the rules to a text without addresses.
func typographed(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r > ' ' && !unicode.IsDigit(r) }) {
		return s
	}
	for _, rule := range typographic {
		s = rule.from.ReplaceAllString(s, rule.to)
	}
	return capitals.ReplaceAllStringFunc(s, func(word string) string {
		g := capitals.FindStringSubmatch(word)
		switch {
		case g[2] != "":
			return g[1] + "É" + g[3] + g[8]
		case g[4] != "":
			return g[1] + "Î" + g[5] + g[8]
		}
		return g[1] + "À" + g[7] + g[8]
	})
}
