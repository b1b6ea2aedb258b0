package reference

import (
	"encoding/csv"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// Goal is one of the seventeen sustainable development goals.
type Goal struct {
	Number  int
	Title   string // official short title in French
	R, G, B uint8  // its colour, sRGB
}

// semicolons reads a hand-kept CSV; the first row after the comments is the header.
func semicolons(name string, columns int, each func(cells []string)) error {
	text, err := open(name)
	if err != nil {
		return err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.Comment, r.FieldsPerRecord = ';', '#', columns
	all, err := r.ReadAll()
	if err != nil || len(all) < 2 {
		return damaged(name, err)
	}
	for _, cells := range all[1:] {
		each(cells)
	}
	return nil
}

func readThemes() ([]repertoire.Theme, error) {
	var out []repertoire.Theme
	err := semicolons("themes.csv", 7, func(c []string) {
		out = append(out, repertoire.Theme{Code: c[0], Label: strings.ReplaceAll(c[2], "'", "’"), DAC: c[3],
			DACLabel: strings.ReplaceAll(c[4], "'", "’"), SDG: whole(c[5]), Source: c[6]})
	})
	return out, err
}

func readGoals() ([]Goal, error) {
	var out []Goal
	err := semicolons("sdg.csv", 3, func(c []string) {
		rgb, _ := strconv.ParseUint(c[2], 16, 32)
		out = append(out, Goal{whole(c[0]), c[1], uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb)})
	})
	return out, err
}

// Themes returns the theme tree, parents before children, in the order of codes.
// The slice is the caller's.
func (t *Tables) Themes() []repertoire.Theme {
	all, _ := t.themes()
	return append([]repertoire.Theme(nil), all...)
}

// Theme finds one by its code.
func (t *Tables) Theme(code string) (repertoire.Theme, bool) {
	all, _ := t.themes()
	for _, th := range all {
		if th.Code == code {
			return th, true
		}
	}
	return repertoire.Theme{}, false
}

// FindTheme finds one by code or label, whatever the accents; failing that,
// the one theme, or the topmost of its branch, whose label has every word typed.
func (t *Tables) FindTheme(text string) (repertoire.Theme, bool) {
	if th, ok := t.Theme(strings.TrimSpace(text)); ok {
		return th, true
	}
	query := Key(text)
	all, _ := t.themes()
	var candidates []repertoire.Theme
	for _, th := range all {
		switch match(Key(th.Label), query) {
		case byName:
			return th, true
		case byStart, byWords:
			candidates = append(candidates, th)
		}
	}
	if len(candidates) == 0 {
		return repertoire.Theme{}, false
	}
	for _, other := range candidates[1:] {
		if !repertoire.ThemeUnder(other.Code, candidates[0].Code) {
			return repertoire.Theme{}, false
		}
	}
	return candidates[0], true
}

// SDG finds a goal by its number, 1 to 17.
func (t *Tables) SDG(number int) (Goal, bool) {
	all, _ := t.goals()
	for _, g := range all {
		if g.Number == number {
			return g, true
		}
	}
	return Goal{}, false
}

// SDGs returns the seventeen goals in order. The slice is the caller's.
func (t *Tables) SDGs() []Goal {
	all, _ := t.goals()
	return append([]Goal(nil), all...)
}
