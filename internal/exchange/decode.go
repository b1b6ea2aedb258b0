package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode/utf32"

	utf16 "golang.org/x/text/encoding/unicode"
)

// charset turns the bytes of a text file into letters.
type charset struct {
	name  string
	table *charmap.Charmap  // of one byte a letter
	wide  encoding.Encoding // of two or four
	// lenient is UTF-8 with bytes of Windows-1252 here and there.
	lenient bool
}

var (
	charUTF8    = charset{name: "UTF-8"}
	charLenient = charset{name: "UTF-8", lenient: true}
	// pages are the one-byte tables of the machines of French offices, the
	// likeliest first: Windows, Mac, the DOS pages, ISO 8859-15.
	pages = []charset{{name: "Windows-1252", table: charmap.Windows1252}, {name: "Mac Roman", table: charmap.Macintosh},
		{name: "CP850", table: charmap.CodePage850}, {name: "CP437", table: charmap.CodePage437},
		{name: "ISO-8859-15", table: charmap.ISO8859_15}}
)

// Encodings lists the names that ReadOptions.Encoding takes.
func Encodings() []string {
	out := []string{"UTF-8", "UTF-16 LE", "UTF-16 BE"}
	for _, p := range pages {
		out = append(out, p.name)
	}
	return out
}

func charsetNamed(name string) (charset, bool) {
	same := func(a, b string) bool { return foldHeading(a) == foldHeading(b) }
	switch {
	case same(name, "UTF-8"), same(name, "utf8"):
		return charLenient, true
	case same(name, "UTF-16 LE"), same(name, "UTF-16"):
		return charset{name: "UTF-16", wide: utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)}, true
	case same(name, "UTF-16 BE"):
		return charset{name: "UTF-16", wide: utf16.UTF16(utf16.BigEndian, utf16.UseBOM)}, true
	}
	for _, p := range pages {
		if same(name, p.name) {
			return p, true
		}
	}
	return charset{}, false
}

// sniff says in which characters a text is written: a mark says it, else zeros
// on every second byte, else valid UTF-8, else the table that yields the most
// French. doubt is a French sentence when another table would do nearly as well.
func sniff(sample []byte, whole bool) (c charset, skip int, doubt string, err error) {
	switch {
	case bytes.HasPrefix(sample, []byte("\xef\xbb\xbf")):
		return charLenient, 3, "", nil
	case bytes.HasPrefix(sample, []byte("\xff\xfe\x00\x00")):
		return charset{name: "UTF-32", wide: utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)}, 0, "", nil
	case bytes.HasPrefix(sample, []byte("\xff\xfe")), bytes.HasPrefix(sample, []byte("\xfe\xff")):
		return charset{name: "UTF-16", wide: utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)}, 0, "", nil
	}
	if c, ok := unmarkedUTF16(sample); ok {
		return c, 0, "", nil
	}
	if bytes.IndexByte(sample, 0) >= 0 {
		return charset{}, 0, "", errBinary
	}
	tail := sample
	if !whole {
		tail = sample[:len(sample)-cutRune(sample)]
	}
	if utf8.Valid(tail) {
		return charUTF8, 0, "", nil
	}
	if mostlyUTF8(tail) {
		return charLenient, 0, "Le fichier mélange UTF-8 et Windows-1252 : relisez les accents des lignes signalées.", nil
	}
	c, doubt = likeliest(tail)
	return c, 0, doubt, nil
}

// cutRune counts the bytes of a letter that the end of a sample cut in two.
func cutRune(sample []byte) int {
	for n := 1; n <= 3 && n <= len(sample); n++ {
		if c := sample[len(sample)-n]; c >= 0xc0 {
			return n
		} else if c < 0x80 {
			return 0
		}
	}
	return 0
}

// unmarkedUTF16 finds UTF-16 without its mark by the zeros of Latin letters.
func unmarkedUTF16(sample []byte) (charset, bool) {
	n := min(len(sample), 4096) &^ 1
	if n < 8 {
		return charset{}, false
	}
	var zeros [2]int
	for i := range n {
		if sample[i] == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > n/5 && zeros[0] < n/50:
		return charset{name: "UTF-16", wide: utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)}, true
	case zeros[0] > n/5 && zeros[1] < n/50:
		return charset{name: "UTF-16", wide: utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)}, true
	}
	return charset{}, false
}

// mostlyUTF8 tells whether multi-byte letters outnumber the bytes that are no
// UTF-8: in a one-byte table an accent followed by just the right sign is rare.
func mostlyUTF8(data []byte) bool {
	letters, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			letters++
		}
		data = data[size:]
	}
	return letters > bad
}

// likeliest gives the table under which the text reads best in French.
func likeliest(sample []byte) (charset, string) {
	telling := tellingLines(sample)
	best := 0
	scores, read := make([]float64, len(pages)), make([]string, len(pages))
	for i, p := range pages {
		read[i] = p.decode(telling)
		if scores[i] = frenchness(read[i]); scores[i] > scores[best]+0.5 { // the likelier machine wins a draw
			best = i
		}
	}
	second := best
	for i := range pages {
		if read[i] != read[best] && (second == best || scores[i] > scores[second]) {
			second = i
		}
	}
	a, b := read[best], read[second]
	if a == b || scores[best]-scores[second] >= 1.5*float64(unlike(a, b)) && scores[best] > 0 {
		return pages[best], ""
	}
	word, other := differing(a, b)
	return pages[best],
		fmt.Sprintf(
			"Les accents du fichier ne disent pas sûrement son encodage : il a été lu en %s (« %s ») ; en %s ce serait « %s ». Vérifiez, ou choisissez l’autre.",
			pages[best].name, word, pages[second].name, other)
}

// unlike counts the letters that two readings give otherwise.
func unlike(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			n++
		}
	}
	return n
}

// tellingLines keeps the lines with something else than ASCII, up to 64 KB.
func tellingLines(sample []byte) []byte {
	var out []byte
	for line := range bytes.SplitSeq(sample, []byte("\n")) {
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x80 }) {
			out = append(append(out, line...), '\n')
			if len(out) > 64<<10 {
				break
			}
		}
	}
	return out
}

// differing gives the first word that two readings write otherwise.
func differing(a, b string) (string, string) {
	x, y := strings.Fields(a), strings.Fields(b)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return brief(x[i]), brief(y[i])
		}
	}
	return brief(a), brief(b)
}

// frenchness adds up how well each sign beyond ASCII sits among its
// neighbours: an é inside a word is what French looks like, a Ž or a line of a
// frame inside one is not.
func frenchness(text string) float64 {
	score := 0.0
	runes := []rune(text)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	for i, r := range runes {
		if r < 0x80 {
			continue
		}
		before, after := at(i-1), at(i+1)
		inside := unicode.IsLetter(before) || unicode.IsLetter(after)
		switch {
		case r == utf8.RuneError, unicode.IsControl(r):
			score -= 6
		case strings.ContainsRune("éèêàâçôîûùëïœ", r):
			switch {
			case unicode.IsUpper(before) && unicode.IsUpper(after):
				score -= 2
			case inside:
				score += 3
				if r == 'é' {
					score++
				}
			case r == 'à':
				score += 3
			}
		case strings.ContainsRune("ÉÈÊÀÂÇÔÎÛÙËÏŒ", r):
			switch {
			case unicode.IsLower(before):
				score -= 3
			case unicode.IsLetter(after) || unicode.IsUpper(before):
				score += 2
			}
		case r == '’':
			if unicode.IsLetter(before) && unicode.IsLetter(after) {
				score += 3
			}
		case strings.ContainsRune("«»–—…°€\u00a0\u202f“”•·²", r):
			if unicode.IsLetter(before) && unicode.IsLetter(after) {
				score -= 2
			} else {
				score++
			}
		case unicode.IsLetter(r):
			switch {
			case unicode.IsUpper(r) && unicode.IsLower(before):
				score -= 3
			case unicode.IsLower(r) && inside:
				score++
			case unicode.IsUpper(r) && unicode.IsLower(after):
				score += 0.5
			case unicode.Is(unicode.Latin, r):
				score--
			default:
				score -= 2
			}
		case r >= 0x2500 && r <= 0x25ff:
			score -= 4
		case inside:
			score -= 4
		default:
			score -= 2
		}
	}
	return score
}

// decode reads the bytes of one cell or of a sample.
func (c charset) decode(b []byte) string {
	switch {
	case c.table != nil:
		ascii := true
		for _, x := range b {
			if x >= 0x80 {
				ascii = false
				break
			}
		}
		if ascii {
			return string(b)
		}
		out := make([]byte, 0, len(b)+len(b)/4)
		for _, x := range b {
			out = utf8.AppendRune(out, c.table.DecodeByte(x))
		}
		return string(out)
	case c.lenient:
		return lenient(b)
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// lenient reads UTF-8 and takes a byte that is none for Windows-1252, but for
// the first half of a letter that was cut.
func lenient(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out []byte
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(b[0])
			if b[0] == 0xc2 || b[0] == 0xc3 || b[0] == 0xe2 || unicode.IsControl(r) {
				r = utf8.RuneError
			}
		}
		out = utf8.AppendRune(out, r)
		b = b[size:]
	}
	return string(out)
}

// twice undoes UTF-8 that was read as Windows-1252 and written again ("SÃ©nÃ©gal").
func twice(s string) (string, bool) {
	if !strings.ContainsAny(s, "ÃÂâÅ") {
		return s, false
	}
	raw := make([]byte, 0, len(s))
	for _, r := range s {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			if r > 0xff {
				return s, false
			}
			b = byte(r)
		}
		raw = append(raw, b)
	}
	if !utf8.Valid(raw) || len(raw) == len(s) && string(raw) == s {
		return s, false
	}
	out := string(raw)
	if frenchness(out) <= frenchness(s) {
		return s, false
	}
	return out, true
}
