package partnerships

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
)

// The line under the box says how the question was read; a click on a part
// turns it round, a click on its cross takes it away.
func TestPartsOfAQuestion(t *testing.T) {
	l, _, _ := realList(t, 900, 700)
	all := l.pages.total
	l.ask("les partenariats de Nantes sans Brésil")
	part := func(text string) *widgets.PartChip {
		t.Helper()
		c, ok := apptest.Find(l.read.Container, func(c *widgets.PartChip) bool { return c.Text() == text })
		if !ok {
			var have []string
			for _, o := range l.read.Objects {
				have = append(have, o.(interface{ Text() string }).Text())
			}
			t.Fatalf("no part %q in %q: %q", text, l.state.Text, have)
		}
		return c
	}
	without := l.pages.total
	if without == 0 || without == all || l.read.Hidden {
		t.Fatalf("%d of %d", without, all)
	}
	if c, ok := apptest.Find(l.read.Container, func(s *widgets.Chip) bool { return strings.Contains(s.Text(), "laissé de côté") }); !ok ||
		!strings.Contains(c.Text(), "partenariats") {
		t.Error("nothing says what was left aside")
	}
	test.TapAt(part("sans Brésil"), fyne.NewPos(5, 5))
	only := l.pages.total
	part("pays Brésil")
	c := part("Nantes")
	test.TapAt(c, fyne.NewPos(c.Size().Width-10, 5))
	if strings.Contains(l.state.Text, "Nantes") || l.pages.total <= only {
		t.Errorf("%q has %d", l.state.Text, l.pages.total)
	}
	// The keyboard does both, and stays on the chips.
	l.ask("Nantes Brésil")
	with := l.pages.total
	press := func(name fyne.KeyName) {
		t.Helper()
		focused, ok := fyne.CurrentApp().Driver().CanvasForObject(l.read.Container).Focused().(*widgets.PartChip)
		if !ok {
			t.Fatalf("the keyboard is not on a chip")
		}
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	}
	fyne.CurrentApp().Driver().CanvasForObject(l.read.Container).Focus(part("pays Brésil"))
	press(fyne.KeyReturn)
	if part("sans Brésil"); l.pages.total != without {
		t.Errorf("Enter on pays Brésil gives %q, %d", l.state.Text, l.pages.total)
	}
	press(fyne.KeySpace)
	if part("pays Brésil"); l.pages.total != with {
		t.Errorf("space turns it back: %q, %d, not %d", l.state.Text, l.pages.total, with)
	}
	press(fyne.KeyDelete)
	if l.state.Text != "Nantes" {
		t.Errorf("Delete leaves %q", l.state.Text)
	}
	press(fyne.KeyBackspace)
	if l.state.Text != "" || l.pages.total != all {
		t.Errorf("the last one taken away leaves %q", l.state.Text)
	}
	l.ask("")
	if !l.read.Hidden || l.pages.total != all {
		t.Errorf("an empty box is understood as %d things", len(l.read.Objects))
	}
}

// A found row has a second line: the passage that answers and its field.
func TestPassagesUnderRows(t *testing.T) {
	l, _, _ := realList(t, 900, 700)
	if l.cells(0)[0].Below.Text != "" {
		t.Error("a passage although nothing is asked")
	}
	l.ask("assainissement")
	below := l.cells(0)[0].Below
	if l.table.List.Height != widgets.TallRow || below.Lead == "" || len(below.Marks) == 0 {
		t.Fatalf("%+v", below)
	}
	marked := false
	for _, m := range below.Marks {
		marked = marked || strings.EqualFold(below.Text[m[0]:m[1]], "assainissement")
	}
	if !marked {
		t.Errorf("not marked: %+v", below)
	}
	l.ask("")
	if l.cells(0)[0].Below.Text != "" {
		t.Error("the passage stays")
	}
}
