package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/theme"
)

// prefs are what the window remembers between two days.
type prefs struct{ p fyne.Preferences }

// maxRecent is how many workspaces the first screen lists.
const maxRecent = 8

func (s prefs) recent() []string { return s.p.StringList("recent") }

func (s prefs) addRecent(dir string) {
	list := slices.DeleteFunc(s.recent(), func(d string) bool { return d == dir })
	list = append([]string{dir}, list...)
	s.p.SetStringList("recent", list[:min(len(list), maxRecent)])
}

func (s prefs) forget(dir string) {
	s.p.SetStringList("recent", slices.DeleteFunc(s.recent(), func(d string) bool { return d == dir }))
}

func (s prefs) mode() theme.Mode {
	return theme.Mode(s.p.StringWithFallback("look", string(theme.Light)))
}
func (s prefs) setMode(m theme.Mode) { s.p.SetString("look", string(m)) }

// autoSave tells whether entries are saved without being asked.
func (s prefs) autoSave() bool      { return s.p.Bool("autosave") }
func (s prefs) setAutoSave(on bool) { s.p.SetBool("autosave", on) }

// words are those a person added to the dictionary.
func (s prefs) words() []string { return s.p.StringList("words") }
func (s prefs) addWord(word string) {
	if !slices.Contains(s.words(), word) {
		s.p.SetStringList("words", append(s.words(), word))
	}
}

func (s prefs) scale() float32     { return float32(s.p.FloatWithFallback("text", 1)) }
func (s prefs) setScale(x float32) { s.p.SetFloat("text", float64(x)) }

func (s prefs) language() i18n.Language {
	return i18n.Language(s.p.StringWithFallback("language", string(i18n.French)))
}
func (s prefs) setLanguage(l i18n.Language) { s.p.SetString("language", string(l)) }

// Language gives the language a person chose, French at first.
func Language(p fyne.Preferences) i18n.Language { return prefs{p}.language() }

func (s prefs) pane(name string, otherwise float64) float64 {
	return s.p.FloatWithFallback("pane."+name, otherwise)
}
func (s prefs) setPane(name string, offset float64) { s.p.SetFloat("pane."+name, offset) }

func (s prefs) shown(name string, otherwise bool) bool {
	return s.p.BoolWithFallback("shown."+name, otherwise)
}
func (s prefs) setShown(name string, on bool) { s.p.SetBool("shown."+name, on) }

func (s prefs) directory(dir string) string   { return s.p.String("directory." + dir) }
func (s prefs) setDirectory(dir, slug string) { s.p.SetString("directory."+dir, slug) }
func (s prefs) size() (w, h float32) {
	return float32(s.p.FloatWithFallback("window.w", 1280)), float32(s.p.FloatWithFallback("window.h", 800))
}
func (s prefs) setSize(size fyne.Size) {
	s.p.SetFloat("window.w", float64(size.Width))
	s.p.SetFloat("window.h", float64(size.Height))
}
