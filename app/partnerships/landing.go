package partnerships

import "repertoire/internal/repertoire"

// LoadAt shows a record with the cursor in one of its fields, "" for none.
func (f *Form) LoadAt(id repertoire.ID, field string) {
	f.landing = field
	f.Load(id)
}

// land goes to the field that was asked for, once.
func (f *Form) land() {
	field := f.landing
	f.landing = ""
	if field != "" {
		f.Reveal(field)
	}
}

// Title names the record shown as its head does, "" when there is none.
func (f *Form) Title() string {
	if f.draft == nil {
		return ""
	}
	return f.title()
}
