package repertoire

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// collation is a collator with the room its keys are made in, which is thousands
// of times as large as a key; neither is safe for concurrent use.
type collation struct {
	*collate.Collator
	room collate.Buffer
}

var collators = sync.Pool{New: func() any { return &collation{Collator: collate.New(language.French)} }}

// SortKey gives the bytes that put s in French order (É with E, Œ as OE) when
// compared. Stores keep it in a column, so that no database needs our collation.
func SortKey(s string) []byte {
	c := collators.Get().(*collation)
	defer collators.Put(c)
	c.room.Reset()
	return bytes.Clone(c.KeyFromString(&c.room, s))
}

// Less orders two strings as a French dictionary does.
func Less(a, b string) bool {
	c := collators.Get().(*collation)
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
	var apart, folded [192]byte // names fit
	out := folded[:0]
	for d := norm.NFKD.AppendString(apart[:0], s); len(d) > 0; {
		r, size := utf8.DecodeRune(d)
		d = d[size:]
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
