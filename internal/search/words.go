package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// word is one word of a text: Start and End are byte offsets of the word
// itself, without its elided article, so that marks fall on "eau" in "l’eau".
type word struct {
	Start, End int
	Text       string // folded, Saint and Sainte written out
	// Joined is the folded form with what was elided before it ("ndjamena" for
	// "N’Djamena"), "" when nothing was.
	Joined string
}

// elided are the words that lose their vowel before another. The list is ours:
// Bleve's own leaves "jusqu’" and the like in place.
var elided = map[string]bool{"l": true, "m": true, "t": true, "qu": true, "n": true, "s": true, "j": true, "d": true, "c": true,
	"jusqu": true, "quoiqu": true, "lorsqu": true, "puisqu": true, "presqu": true, "quelqu": true, "entr": true}

// saints are written out, so that St-Louis is Saint-Louis.
var saints = map[string]string{"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}

// scanWords calls yield for each word of s in order. Scripts written without
// spaces come as pairs of characters, and when single is true also one by one,
// which is what an index needs and a query does not.
func scanWords(s string, single bool, yield func(word)) {
	elisionAt := -1 // start of an elided article before the word at hand
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unspaced(r):
			end := i
			for end < len(s) {
				q, m := utf8.DecodeRuneInString(s[end:])
				if !unspaced(q) {
					break
				}
				end += m
			}
			scanPairs(s, i, end, single, yield)
			i = end
		case inWord(r):
			end := wordEnd(s, i)
			text := s[i:end]
			if end < len(s) && apostrophe(s[end:]) > 0 && elided[foldLatin(text)] && startsWord(s[end+apostrophe(s[end:]):]) {
				if elisionAt < 0 {
					elisionAt = i
				}
				i = end + apostrophe(s[end:])
				continue
			}
			w := word{Start: i, End: end, Text: foldWord(text)}
			if elisionAt >= 0 {
				w.Joined = foldWord(strings.Map(dropApostrophe, s[elisionAt:end]))
			}
			if w.Text != "" {
				yield(w)
			}
			i = end
		default:
			i += n
		}
		elisionAt = -1
	}
}

// wordEnd gives the end of the word that starts at i, taking "A.F.D." whole.
func wordEnd(s string, i int) int {
	end := i
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !inWord(r) || unspaced(r) {
			break
		}
		end += n
	}
	for utf8.RuneCountInString(s[i:end]) == 1 || strings.Contains(s[i:end], ".") {
		if end >= len(s) || s[end] != '.' {
			break
		}
		r, n := utf8.DecodeRuneInString(s[end+1:])
		if !unicode.IsLetter(r) || startsWord(s[end+1+n:]) {
			break
		}
		end += 1 + n
	}
	return end
}

// scanPairs yields the pairs of neighbouring characters of s[i:end].
func scanPairs(s string, i, end int, single bool, yield func(word)) {
	_, n := utf8.DecodeRuneInString(s[i:])
	if i+n == end {
		yield(word{Start: i, End: end, Text: foldWord(s[i:end])})
		return
	}
	for i < end {
		_, n = utf8.DecodeRuneInString(s[i:])
		if single {
			yield(word{Start: i, End: i + n, Text: foldWord(s[i : i+n])})
		}
		if i+n < end {
			_, m := utf8.DecodeRuneInString(s[i+n:])
			yield(word{Start: i, End: i + n + m, Text: foldWord(s[i : i+n+m])})
		}
		i += n
	}
}

// inWord tells whether r is part of a word.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r))
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return inWord(r)
}

// unspaced tells whether r belongs to a script that puts no space between words.
func unspaced(r rune) bool {
	return r >= 0x0e00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
		unicode.Myanmar) || r == 'ー')
}

// apostrophe gives the length of the apostrophe at the head of s, 0 when there is none.
func apostrophe(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if r == '\'' || r == '’' || r == 'ʼ' || r == '‘' || r == '´' || r == '`' {
		return n
	}
	return 0
}

func dropApostrophe(r rune) rune {
	if apostrophe(string(r)) > 0 {
		return -1
	}
	return r
}

// foldWord gives the form under which a word is indexed unstemmed.
func foldWord(s string) string {
	f := foldLatin(s)
	if strings.Contains(f, ".") {
		f = strings.ReplaceAll(f, ".", "")
	}
	if full, ok := saints[f]; ok {
		return full
	}
	for i := 0; i < len(f); i++ {
		if f[i] >= utf8.RuneSelf {
			return foldScript(f)
		}
	}
	return f
}

// latin holds the folded form of each letter that French and its neighbours
// use: folding is most of the work of cutting a text into words.
var latin = func() (out [0x250]string) {
	for r := range out {
		out[r] = repertoire.Fold(string(rune(r)))
	}
	return out
}()

// foldLatin is repertoire.Fold, faster on Latin letters.
func foldLatin(s string) string {
	lower := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] >= 'A' && s[i] <= 'Z' {
			lower = false
			break
		}
	}
	if lower {
		return s
	}
	buf := make([]byte, 0, 32)
	for _, r := range s {
		if int(r) >= len(latin) {
			return repertoire.Fold(s)
		}
		buf = append(buf, latin[r]...)
	}
	return string(buf)
}

// foldScript levels what writers of Arabic vary: the article, the letters
// that look alike at the end of a word, and the stretching mark.
func foldScript(f string) string {
	f = strings.Map(func(r rune) rune {
		switch r {
		case 'ـ':
			return -1
		case 'ة':
			return 'ه'
		case 'ى':
			return 'ي'
		case 'ٱ':
			return 'ا'
		}
		return r
	}, f)
	if rest, ok := strings.CutPrefix(f, "ال"); ok && utf8.RuneCountInString(rest) >= 3 {
		return rest
	}
	return f
}

// wordsOf lists the folded words of s.
func wordsOf(s string) []string {
	var out []string
	scanWords(s, false, func(w word) { out = append(out, w.Text) })
	return out
}
