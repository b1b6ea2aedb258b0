package i18n

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Said gives a sentence of the workspace in the language in use: a label of the
// journal, a finding, a refusal. Names and figures in it stay as they came; a
// sentence the window does not know does too.
func Said(sentence string) string {
	if sentence == "" || Current() != English {
		return sentence
	}
	if said, ok := english(sentence); ok {
		return said
	}
	return sentence
}

func english(sentence string) (string, bool) {
	plain := despaced(sentence)
	if said, ok := translated()[plain]; ok {
		return said, true
	}
	if said, ok := severally(plain); ok {
		return said, true
	}
	for _, p := range phrases() {
		if m := p.is.FindStringSubmatch(plain); m != nil {
			return p.say(m[1:]), true
		}
	}
	return "", false
}

// severally gives sentences that stand one after the other, each of them known.
func severally(sentences string) (string, bool) {
	first, rest, two := strings.Cut(sentences, ". ")
	if !two {
		return "", false
	}
	before, ok := english(first + ".")
	if !ok {
		return "", false
	}
	after, ok := english(rest)
	return before + " " + after, ok
}

// phrase is a sentence with blanks.
type phrase struct {
	is      *regexp.Regexp
	english string
}

// say fills the blanks of the English: %s as it came, %S in English too.
func (p phrase) say(blanks []string) string {
	parts := strings.Split(p.english, "%")
	out := strings.Builder{}
	out.WriteString(parts[0])
	next := 0
	for _, part := range parts[1:] {
		if part == "" || part[0] != 's' && part[0] != 'S' || next >= len(blanks) {
			out.WriteString("%" + part)
			continue
		}
		blank := blanks[next]
		if part[0] == 'S' {
			blank = Said(blank)
		}
		next++
		out.WriteString(blank + part[1:])
	}
	return out.String()
}

// begun is 0 for a sentence that begins with words of its own, 1 for one that
// begins with a name: whatever came would do for it.
func begun(s string) int {
	if strings.HasPrefix(s, "%s") || strings.HasPrefix(s, "« %s") {
		return 1
	}
	return 0
}

// phrases are the sentences with blanks, those with most words of their own
// first: "Modification en lot de %s" is not "Modification de %s".
var phrases = sync.OnceValue(func() []phrase {
	table, err := read(saidTable)
	if err != nil {
		return nil
	}
	var keys []string
	for french := range table {
		if strings.Contains(french, "%s") {
			keys = append(keys, french)
		}
	}
	own := func(s string) int { return len(strings.ReplaceAll(s, "%s", "")) }
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(begun(a), begun(b)), cmp.Compare(own(b), own(a)), cmp.Compare(a, b))
	})
	var list []phrase
	for _, french := range keys {
		pattern := strings.ReplaceAll(regexp.QuoteMeta(despaced(french)), "%s", "(.+?)")
		if is, err := regexp.Compile("^(?s:" + pattern + ")$"); err == nil {
			list = append(list, phrase{is, table[french]})
		}
	}
	return list
})

// saidTable holds what the workspace says, as the window's English has it.
const saidTable = "en-said.json"

// despaced writes the spaces of French typography as a keyboard does.
func despaced(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}
