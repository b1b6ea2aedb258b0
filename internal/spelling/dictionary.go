package spelling

import (
	"bufio"
	"bytes"
	"strings"
	"unicode/utf8"
)

// Dictionary is a list of stems with the rules of their endings. It never
// changes once read: safe for concurrent use.
type Dictionary struct {
	stems    map[string][]string // the flags of each word of that stem, two letters a flag
	endings  map[string][]ending // by what they add
	longest  int                 // of what is added, in bytes
	only     string              // flag of stems that are no words
	wrong    string              // flag of words known to be wrong
	unshown  string              // flag of words that are not proposed
	alphabet []rune              // letters a slip may have left out, most frequent first
}

// ending is a rule: stems with the flag that end so lose strip and gain what
// the rule is listed under.
type ending struct {
	flag, strip string
	when        []set
}

// set is one place of a condition: letters it takes, or does not.
type set struct {
	letters string // "" takes any
	not     bool
}

func (s set) takes(r rune) bool {
	return s.letters == "" || strings.ContainsRune(s.letters, r) != s.not
}

// Read reads the two files of a Hunspell dictionary whose flags are of two
// letters and whose text is UTF-8, as the French ones are. Prefixes are left
// out: in French they are elisions, which Check takes off itself.
func Read(rules, words []byte) *Dictionary {
	d := &Dictionary{stems: make(map[string][]string, 90_000), endings: map[string][]ending{}}
	for lines := bufio.NewScanner(bytes.NewReader(rules)); lines.Scan(); {
		d.rule(strings.Fields(lines.Text()))
	}
	for lines := bufio.NewScanner(bytes.NewReader(words)); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "\t")
		word, flags, _ := strings.Cut(strings.TrimSpace(line), "/")
		if word != "" {
			flags, _, _ = strings.Cut(flags, " ")
			d.stems[word] = append(d.stems[word], flags)
		}
	}
	return d
}

func (d *Dictionary) rule(f []string) {
	if len(f) < 2 {
		return
	}
	switch f[0] {
	case "NEEDAFFIX":
		d.only = f[1]
	case "FORBIDDENWORD":
		d.wrong = f[1]
	case "NOSUGGEST":
		d.unshown = f[1]
	case "TRY":
		d.alphabet = []rune(strings.Split(f[1], "M")[0] + "zwkç-'")
	case "SFX":
		if len(f) < 5 {
			return // the head of a group
		}
		add, _, _ := strings.Cut(f[3], "/")
		e := ending{flag: f[1], strip: zero(f[2]), when: conditions(f[4])}
		add = zero(add)
		d.endings[add] = append(d.endings[add], e)
		d.longest = max(d.longest, len(add))
	}
}

// zero is how the tables write nothing.
func zero(s string) string {
	if s == "0" {
		return ""
	}
	return s
}

// conditions reads "[^sxz]", "sec", "." as the letters a stem must end with.
func conditions(s string) []set {
	var out []set
	for s != "" {
		if s[0] == '[' {
			inside, rest, _ := strings.Cut(s[1:], "]")
			letters, not := strings.CutPrefix(inside, "^")
			out, s = append(out, set{letters, not}), rest
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		if r == '.' {
			out = append(out, set{})
			continue
		}
		out = append(out, set{letters: string(r)})
	}
	if len(out) == 1 && out[0].letters == "" {
		return nil // "." alone: any stem, even an empty one
	}
	return out
}

// holds tells whether a stem ends as a rule wants it.
func (e ending) holds(stem string) bool {
	for i := len(e.when) - 1; i >= 0; i-- {
		r, n := utf8.DecodeLastRuneInString(stem)
		if n == 0 || !e.when[i].takes(r) {
			return false
		}
		stem = stem[:len(stem)-n]
	}
	return true
}

// has tells whether one word of a stem has the flag and is none that is known
// to be wrong.
func (d *Dictionary) has(stem, flag string) bool {
	for _, flags := range d.stems[stem] {
		if flagged(flags, flag) && !flagged(flags, d.wrong) {
			return true
		}
	}
	return false
}

func flagged(flags, flag string) bool {
	for i := 0; flag != "" && i+len(flag) <= len(flags); i += len(flag) {
		if flags[i:i+len(flag)] == flag {
			return true
		}
		if len(flag) != 2 {
			return false
		}
	}
	return false
}

// knows tells whether a word stands in the dictionary, as it is written.
func (d *Dictionary) knows(word string) bool {
	for _, flags := range d.stems[word] {
		if !flagged(flags, d.only) && !flagged(flags, d.wrong) {
			return true
		}
	}
	for k := len(word); k >= 0 && len(word)-k <= d.longest; k-- {
		for _, e := range d.endings[word[k:]] {
			stem := word[:k] + e.strip
			if e.holds(stem) && d.has(stem, e.flag) {
				return true
			}
		}
	}
	return false
}
