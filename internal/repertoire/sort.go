package repertoire

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// collators are not safe for concurrent use.
var collators = sync.Pool{New: func() any { return collate.New(language.French) }}

// SortKey gives the bytes that put s in French order (É with E, Œ as OE) when
// compared. Stores keep it in a column, so that no database needs our collation.
func SortKey(s string) []byte {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	var buf collate.Buffer
	key := c.KeyFromString(&buf, s)
	return append([]byte(nil), key...)
}

// Less orders two strings as a French dictionary does.
func Less(a, b string) bool {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	return c.CompareString(a, b) < 0
}

// Fold gives the form under which two spellings are the same to a person in a
// hurry: lower case, no accents, œ as oe, one apostrophe.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	out := make([]byte, 0, len(s))
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		switch {
		case unicode.Is(unicode.Mn, r), unseen(r):
		case r == 'œ':
			out = append(out, "oe"...)
		case r == 'æ':
			out = append(out, "ae"...)
		case r == 'ø':
			out = append(out, 'o')
		case r == 'ł':
			out = append(out, 'l')
		case r == 'đ':
			out = append(out, 'd')
		case r == 'ß':
			out = append(out, "ss"...)
		case r == '’' || r == 'ʼ' || r == '‘':
			out = append(out, '\'')
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return string(out)
}
