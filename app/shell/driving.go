package shell

import (
	"repertoire/app/trace"
	"repertoire/internal/repertoire"
)

// Perform does the command of that ID as its menu does, and tells whether it
// could. Pictures and tests drive the window with it.
func (s *Shell) Perform(id string) bool {
	for _, c := range s.commands {
		if c.ID == id && c.enabled() {
			s.perform(c)
			return true
		}
	}
	return false
}

// Offered gives the commands that can be done now.
func (s *Shell) Offered() []Command {
	var out []Command
	for _, c := range s.commands {
		if c.enabled() {
			out = append(out, c)
		}
	}
	return out
}

// Places names the places of the open workspace, in the order of the rail.
func (s *Shell) Places() []string {
	if s.desk == nil {
		return nil
	}
	var ids []string
	for _, p := range s.desk.places {
		ids = append(ids, p.id)
	}
	return ids
}

// Trace gives what times the waits of the window, nil for none.
func (s *Shell) Trace() *trace.Trace { return s.trace }

// TextSize gives the size of the text, in hundredths of the first day's.
func (s *Shell) TextSize() int { return int(s.prefs.scale()*100 + 0.5) }

// Search shows what a text finds among all partnerships.
func (s *Shell) Search(text string) {
	if s.desk != nil {
		s.desk.search(text)
	}
}

// OpenEntry shows an entry, with the cursor in a field of it unless field is
// empty.
func (s *Shell) OpenEntry(id repertoire.ID, field string) {
	if s.desk != nil {
		s.desk.openField(id, field)
	}
}

// WriteIn puts the cursor in a field of the entry in view, and tells whether
// there is one.
func (s *Shell) WriteIn(field string) bool {
	if s.desk == nil {
		return false
	}
	p, ok := s.desk.records.form.Current()
	if ok {
		s.desk.records.form.Reveal(field)
	}
	return ok && p.ID != ""
}

// OpenDirectory shows the partnerships of a répertoire, "" for all.
func (s *Shell) OpenDirectory(slug string) {
	if s.desk != nil {
		s.desk.openDirectory(slug)
	}
}
