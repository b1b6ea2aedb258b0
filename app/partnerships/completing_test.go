package partnerships

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Values of a field are offered while it is typed; arrows and Enter take one.
func TestCompletingAField(t *testing.T) {
	l, _, _ := realList(t, 700, 600)
	press := func(name fyne.KeyName) { l.search.TypedKey(&fyne.KeyEvent{Name: name}) }
	test.Type(l.search, "pays:mad")
	if !l.offers.panel.Visible() || len(l.offers.lines) == 0 {
		t.Fatal("nothing is offered for pays:mad")
	}
	want := l.offers.texts[0]
	press(fyne.KeyDown)
	press(fyne.KeyReturn)
	if l.search.Text != want || l.offers.panel.Visible() || l.pages.total == 0 {
		t.Errorf("the box says %q, want %q; %d rows", l.search.Text, want, l.pages.total)
	}
	test.Type(l.search, " e")
	press(fyne.KeyEscape)
	if l.offers.panel.Visible() {
		t.Error("Esc left the offers")
	}
}

// The down arrow on the empty box brings the searches of before.
func TestHistoryOfSearches(t *testing.T) {
	l, _, _ := realList(t, 700, 600)
	press := func(name fyne.KeyName) { l.search.TypedKey(&fyne.KeyEvent{Name: name}) }
	for _, s := range []string{"eau", "jumelage", "eau"} {
		l.search.SetText("")
		test.Type(l.search, s)
		press(fyne.KeyReturn)
	}
	l.search.SetText("")
	press(fyne.KeyDown)
	if len(l.offers.lines) != 2 || l.offers.lines[0].Label != "eau" {
		t.Fatalf("history: %v", l.offers.lines)
	}
	press(fyne.KeyDown)
	press(fyne.KeyReturn)
	if l.search.Text != "jumelage" || l.state.Text != "jumelage" {
		t.Errorf("the box says %q", l.search.Text)
	}
}
