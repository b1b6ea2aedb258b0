package campaign

import (
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// Words turns codes into what a questionnaire shows, and back.
type Words struct {
	Themes []repertoire.Theme
	// Today bounds the years of two figures.
	Today repertoire.Date
}

// ThemeCell is how a theme stands in a cell: "3.1 Eau et assainissement".
func ThemeCell(t repertoire.Theme) string { return t.Code + " " + t.Label }

// theme finds the theme of a cell by its code, else by its label.
func (w Words) theme(s string) (string, bool) {
	s = strings.TrimSpace(s)
	code, _, _ := strings.Cut(s, " ")
	for _, t := range w.Themes {
		if t.Code == code || repertoire.Fold(t.Label) == repertoire.Fold(s) {
			return t.Code, true
		}
	}
	return "", false
}

// MaxCell is what a spreadsheet's cell holds, in signs; of what is longer the
// beginning is shown, and the whole stays when nobody touches it.
const MaxCell = 32_000

// Shown is what a cell shows of a text.
func Shown(text string) string {
	if len(text) <= MaxCell {
		return text
	}
	r := []rune(text)
	return string(r[:min(len(r), MaxCell)])
}

// Cell writes the content of a field, at its place i when it is a list of
// words, as a questionnaire shows it.
func (w Words) Cell(f *repertoire.Field, record any, i int) string {
	if f.Many {
		list, _ := f.Value(record).([]string)
		if i >= len(list) {
			return ""
		}
		if f.Kind == repertoire.FieldTheme {
			for _, t := range w.Themes {
				if t.Code == list[i] {
					return ThemeCell(t)
				}
			}
		}
		return list[i]
	}
	switch f.Kind {
	case repertoire.FieldFlag:
		return yes(*f.Pointer(record).(*bool))
	case repertoire.FieldYear:
		if n := *f.Pointer(record).(*int); n != 0 {
			return strconv.Itoa(n)
		}
		return ""
	}
	return f.Words(record, repertoire.Names{})
}

func yes(b bool) string {
	if b {
		return "oui"
	}
	return "non"
}

// Same tells whether two cells say the same: spaces at the ends, line ends and
// what no one sees do not count, for every program that saves a file touches
// them.
func Same(a, b string) bool { return a == b || tidy(a) == tidy(b) }

func tidy(s string) string {
	lines := strings.Split(repertoire.Clean(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(l), " \t")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Set reads what somebody wrote in a cell into the field; nothing is written
// when it cannot be read.
func (w Words) Set(f *repertoire.Field, record any, text string) error {
	text = strings.TrimSpace(repertoire.Clean(text))
	if text == "" {
		f.Clear(record)
		return nil
	}
	switch f.Kind {
	case repertoire.FieldChoice:
		for _, c := range f.Choices {
			if repertoire.Fold(c.Label) == repertoire.Fold(text) || c.Value == text {
				return one(f, record, c.Value)
			}
		}
		if v, ok := repertoire.Choices[string](f.Choices).Parse(text); ok {
			return one(f, record, v)
		}
		return repertoire.Refuse("« %s » n’est pas dans la liste : %s.", text,
			strings.Join(repertoire.Choices[string](f.Choices).Labels(), ", "))
	case repertoire.FieldDate:
		read := repertoire.ParseDate
		if repertoire.PastFact(f.Name) {
			read = func(s string) (repertoire.Date, error) { return repertoire.ParsePastDate(s, w.Today) }
		}
		d, err := read(text)
		if err == nil {
			*f.Pointer(record).(*repertoire.Date) = d
		}
		return err
	case repertoire.FieldYear:
		d, err := repertoire.ParseDate(text)
		if err != nil || d.Year() == 0 {
			return repertoire.Refuse("« %s » n’est pas une année : écrivez-la en quatre chiffres.", text)
		}
		*f.Pointer(record).(*int) = d.Year()
		return nil
	case repertoire.FieldMoney:
		m, err := repertoire.ParseMoney(text)
		if err == nil {
			*f.Pointer(record).(*repertoire.Money) = m
		}
		return err
	case repertoire.FieldFlag:
		b, ok := flag(text)
		if !ok {
			return repertoire.Refuse("« %s » n’est ni oui ni non.", text)
		}
		*f.Pointer(record).(*bool) = b
		return nil
	case repertoire.FieldTheme:
		code, ok := w.theme(text)
		if !ok {
			return repertoire.Refuse("« %s » n’est pas une thématique de la liste.", text)
		}
		return one(f, record, code)
	case repertoire.FieldEmail:
		if !strings.Contains(text, "@") || strings.ContainsAny(text, " \n") {
			return repertoire.Refuse("« %s » n’est pas une adresse électronique.", text)
		}
	}
	return one(f, record, text)
}

func one(f *repertoire.Field, record any, word string) error {
	f.SetWords(record, word)
	return nil
}

func flag(text string) (value, ok bool) {
	switch strings.TrimSpace(repertoire.Fold(text)) {
	case "oui", "o", "x", "vrai", "true", "1", "yes", "y", "si", "sim", "s":
		return true, true
	case "", "non", "n", "faux", "false", "0", "no", "nao":
		return false, true
	}
	return false, false
}
