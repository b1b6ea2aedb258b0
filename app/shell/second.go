package shell

import (
	"context"
	"slices"

	"repertoire/internal/workspace"
)

// lent is a door that a second window goes through: closing it there leaves
// the workspace open here.
type lent struct{ Door }

// Close is the first window's.
func (lent) Close() error { return nil }

// secondOpener opens for a second window what the first has open.
type secondOpener struct {
	Opener
	door Door
}

// Open gives the door of the first window.
func (s secondOpener) Open(context.Context, string) (Door, error) { return lent{s.door}, nil }

// Read does too.
func (s secondOpener) Read(context.Context, string) (Door, error) { return lent{s.door}, nil }

// Create is the first window's to do.
func (s secondOpener) Create(ctx context.Context, dir string, sample bool, p workspace.Progress) error {
	return s.Opener.Create(ctx, dir, sample, p)
}

// openSecond opens another window on the same workspace, to have two entries, or
// a list and a book, side by side. What is saved in one shows in the other.
func (d *desk) openSecond() {
	first := d.shell
	for first.first != nil {
		first = first.first
	}
	s := makeShell(Options{App: first.app, Opener: secondOpener{first.opener, first.desk.door}, Pace: first.pace, Fonts: first.fonts},
		first)
	first.others = append(first.others, s)
	s.Open(d.door.Dir())
	s.window.Show()
}

// Others gives the further windows on the workspace.
func (s *Shell) Others() []*Shell { return s.others }

// leaveSecond closes a second window and nothing else.
func (s *Shell) leaveSecond() {
	s.first.others = slices.DeleteFunc(s.first.others, func(o *Shell) bool { return o == s })
	s.closeDesk()
	s.window.SetCloseIntercept(nil)
	s.window.Close()
}

// withOthers closes the further windows, asking in each for what is not saved,
// then goes on. The first that has something keeps the rest open.
func (s *Shell) withOthers(l leaving) {
	for _, o := range s.others {
		if o.desk != nil && o.desk.unsaved() > 0 {
			o.window.RequestFocus()
			then := l
			then.do = func() {
				o.leaveSecond()
				s.withOthers(l)
			}
			o.unlessUnsaved(then)
			return
		}
	}
	for _, o := range slices.Clone(s.others) {
		o.leaveSecond()
	}
	l.do()
}
