package partnerships

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/theme"
	"repertoire/assets"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// TestLook writes pictures of the list into the folder of LIST_PICTURES, to be
// looked at by a person.
func TestLook(t *testing.T) {
	folder := os.Getenv("LIST_PICTURES")
	if folder == "" {
		t.Skip("LIST_PICTURES names no folder")
	}
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		l, w, _ := realList(t, 1040, 660)
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1, theme.NewFonts(func(name string) []byte {
			b, _ := assets.Font(name)
			return b
		})))
		take := func(name string) {
			f, err := os.Create(filepath.Join(folder, name+"-"+string(mode)+".png"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := png.Encode(f, w.Canvas().Capture()); err != nil {
				t.Fatal(err)
			}
		}
		test.Type(l.search, "pays:m")
		take("offers")
		l.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		l.search.SetText("")
		l.ask("les partenariats de Nantes sans Brésil")
		take("understood")
		l.ask("assainissement sauf statut:suspendu")
		take("passages")
		l.ask("")
		w.Resize(fyne.NewSize(1900, 660))
		l.SortByDistance(&searches.Point{Label: "Lille", Latitude: 50.63, Longitude: 3.06})
		take("wide")
		l.SortByDistance(nil)
		w.Resize(fyne.NewSize(1040, 660))
		l.table.List.Select(0)
		l.table.List.Pick(2, true)
		take("list")
		l.Compare()
		take("compare")
		w.Canvas().Overlays().Top().Hide()
		l.table.List.SelectAll()
		d := newBulkDialog(l, w, records.BulkTarget{Query: l.query()}, l.pages.total)
		d.show()
		d.field.SetSelectedIndex(0)
		d.set("suspendu")
		take("bulk")
		d.modal.Close()
		l.ShowAddresses()
		take("addresses")
	}
}
