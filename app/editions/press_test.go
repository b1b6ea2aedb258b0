package editions

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/internal/workspace/books"
)

// What a printer asks for goes with a file to print, and only with it; a
// measure that cannot be read is refused before anything is made.
func TestThePrintersOptions(t *testing.T) {
	door := apptest.New(t, 5)
	w := apptest.Window(t, widget.NewLabel(""), 1000, 800)
	p := NewProduce(door, task.AtOnce(), w)
	p.Show("senegal")
	p.press.more.SetOpen(true)
	p.press.more.OnToggled(true)
	p.press.marks.SetChecked(true)
	p.press.cover.SetChecked(true)
	p.press.grammage.SetText("90,5")
	p.press.multiple.SetText("16")
	o, err := p.options()
	if err != nil || !o.Marks || o.Grammage != 90.5 || o.PageMultiple != 16 || o.Cover == "" || o.Cover == o.Output || o.Recipient != "" {
		t.Errorf("print: %+v, %v", o, err)
	}
	p.press.grammage.SetText("épais")
	if _, err := p.options(); err == nil {
		t.Error("a thickness in words was taken")
	}
	p.recipient.SetText("Ville de Lille")
	p.variant.SetSelected(p.variant.Options[1])
	o, err = p.options()
	if err != nil || o.Variant != books.Digital || o.Marks || o.Cover != "" || o.Recipient != "Ville de Lille" {
		t.Errorf("digital: %+v, %v", o, err)
	}
}

// A cover that stands beside the book is written over only by who says so.
func TestACoverIsWrittenOverOnlyWhenAskedTo(t *testing.T) {
	door := apptest.New(t, 5)
	p, w := shown(t, door, task.AtOnce())
	p.press.more.SetOpen(true)
	p.press.more.OnToggled(true)
	p.press.cover.SetChecked(true)
	o, err := p.options()
	if err != nil {
		t.Fatal(err)
	}
	const precious = "une couverture retouchée à la main"
	if err := os.WriteFile(o.Cover, []byte(precious), 0o600); err != nil {
		t.Fatal(err)
	}
	held := func() string {
		data, err := os.ReadFile(o.Cover)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	press(t, w, "Produire")
	if held() != precious {
		t.Fatal("the cover was written over unasked")
	}
	press(t, w, "Annuler")
	if _, err := os.Stat(o.Output); err == nil || held() != precious {
		t.Fatal("declined, and written all the same")
	}
	press(t, w, "Produire")
	press(t, w, "Remplacer")
	if !strings.HasPrefix(held(), "%PDF") {
		t.Error("agreed to, and not written")
	}
}
