package search

import "strconv"

// siren tells how many words of run are a SIREN or a SIRET as papers write
// them, in groups of three figures and a last one of five; 0 when they are
// none. One word is looked up as any code is.
func siren(run []typedWord) int {
	for i, group := range [...]int{3, 3, 3, 5} {
		_, err := strconv.Atoi(textAt(run, i))
		switch {
		case err == nil && len(run[i].text) == group:
		case i == 3:
			return 3
		default:
			return 0
		}
	}
	return 4
}

func textAt(run []typedWord, i int) string {
	if i < len(run) {
		return run[i].text
	}
	return ""
}

// goal gives the number of a sustainable development goal, 0 when s is none.
func goal(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 17 {
		return 0
	}
	return n
}

// yearIn gives the year that a word is, 0 when it is none.
func yearIn(s string) int {
	if len(s) != 4 {
		return 0
	}
	y, err := strconv.Atoi(s)
	if err != nil || y < 1850 || y > 2150 {
		return 0
	}
	return y
}
