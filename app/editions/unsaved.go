package editions

// Repaint paints the pages in view again, for a screen of another density.
func (v *View) Repaint() { v.book.pages.show() }

// Modified tells whether the sections of the book changed and are not saved.
func (v *View) Modified() bool { return v.book.dirty }

// Save keeps the sections.
func (v *View) Save() { v.book.Save() }

// SaveThen keeps them, and goes on once they are written.
func (v *View) SaveThen(then func()) {
	v.book.then = then
	v.book.Save()
	if !v.book.busy {
		v.book.then = nil
	}
}
