package i18n

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"sync"

	"fyne.io/fyne/v2/lang"

	"repertoire/assets/i18n"
)

// Language is a language of the interface.
type Language string

// The languages on offer.
const (
	French  Language = "fr"
	English Language = "en"
)

// Use makes the window speak language; French when it is none of ours. Call it
// once, before any widget is made: widgets keep the words they were made with.
//
// Fyne chooses the system's language and offers no way to name another one, so
// the table is put under whatever language the system speaks, and the
// environment, which Fyne reads first on Linux and macOS, says ours.
func Use(language Language) error {
	locale := "fr_FR.UTF-8"
	if language == English {
		locale = "en_GB.UTF-8"
	} else {
		language = French
	}
	for _, name := range []string{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if os.Getenv(name) != "" || name == "LANG" {
			if err := os.Setenv(name, locale); err != nil {
				return err
			}
		}
	}
	table, err := tableOf(language)
	if err != nil {
		return err
	}
	data, err := json.Marshal(table)
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(data, lang.SystemLocale())
}

// tableOf gives the sentence to show for each key. In French the key is the
// sentence; Fyne logs a failure for each key that has none, so the French
// table says so for every key that has an English one.
func tableOf(language Language) (map[string]string, error) {
	table := map[string]string{}
	english, err := readEnglish()
	if err != nil {
		return nil, err
	}
	for french, sentence := range english {
		if language == French {
			sentence = spaced(french)
		}
		table[key(french)] = sentence
	}
	if language == English {
		return table, nil
	}
	dialogs, err := read("fyne-fr.json")
	if err != nil {
		return nil, err
	}
	maps.Copy(table, dialogs)
	return table, nil
}

// spaced puts the spaces of French typography where a keyboard put plain ones:
// no line then begins with a colon or ends with an opening guillemet. U+202F
// goes before ; ! ? and U+00A0 before : and inside guillemets (FIELD, after
// the Imprimerie nationale).
func spaced(french string) string {
	return strings.NewReplacer(" :", "\u00a0:", " ;", "\u202f;", " !", "\u202f!", " ?", "\u202f?", "« ", "«\u00a0", " »",
		"\u00a0»").Replace(french)
}

// readEnglish puts the tables of all views together.
func readEnglish() (map[string]string, error) {
	names, err := i18n.English()
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, name := range names {
		table, err := read(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for french, english := range table {
			all[french] = english
		}
	}
	return all, nil
}

func read(name string) (map[string]string, error) {
	data, err := i18n.Table(name)
	if err != nil {
		return nil, err
	}
	table := map[string]string{}
	return table, json.Unmarshal(data, &table)
}

// Current gives the language in use: its table says which it is.
func Current() Language { return Language(T("fr")) }

// key keeps our sentences apart from Fyne's words, and from the words that its
// translation tables reserve: "Description" is one.
func key(french string) string { return "~" + french }

// T gives the French sentence in the language in use; args fill its verbs as
// fmt.Sprintf does. Without a translation the French is shown.
func T(french string, args ...any) string {
	if french == "" {
		return ""
	}
	s := lang.X(key(french), french)
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// N chooses between one and several as French does (0 and 1 are singular) and
// fills the verb %s of the sentence with the count already written out.
func N(one, many string, n int, written string) string {
	if n < 2 {
		return T(one, written)
	}
	return T(many, written)
}

var translated = sync.OnceValue(func() map[string]string {
	table, err := readEnglish()
	if err != nil {
		return nil
	}
	return table
})

// Known tells whether a sentence is one of the interface's own, in either
// language: a name out of a record is not.
func Known(sentence string) bool { return known()[sentence] }

var known = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for french, sentence := range translated() {
		all[spaced(french)], all[sentence] = true, true
	}
	return all
})
