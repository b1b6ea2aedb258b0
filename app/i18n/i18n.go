package i18n

import (
	"fmt"
	"os"

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

// Use makes the window speak language. Call it once, before any widget is
// made: widgets keep the words they were made with.
//
// Fyne chooses the system's language and offers no way to name another one, so
// the table is put under whatever language the system speaks, and the
// environment, which Fyne reads first on Linux and macOS, says ours.
func Use(language Language) error {
	locale := "fr_FR.UTF-8"
	if language == English {
		locale = "en_GB.UTF-8"
	}
	for _, name := range []string{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if os.Getenv(name) != "" || name == "LANG" {
			if err := os.Setenv(name, locale); err != nil {
				return err
			}
		}
	}
	data, err := i18n.Table(string(language))
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(data, lang.SystemLocale())
}

// T gives the French sentence in the language in use; args fill its verbs as
// fmt.Sprintf does. Without a translation the French is shown.
func T(french string, args ...any) string {
	s := lang.L(french)
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
