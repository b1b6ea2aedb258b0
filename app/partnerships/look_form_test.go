package partnerships

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/app/theme"
	"repertoire/assets"
	"repertoire/internal/repertoire"
)

// TestLookAtForm writes pictures of the form's dialogs into the folder of
// LIST_PICTURES, to be looked at by a person.
func TestLookAtForm(t *testing.T) {
	folder := os.Getenv("LIST_PICTURES")
	if folder == "" {
		t.Skip("LIST_PICTURES names no folder")
	}
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		f, w, ws, id := worked(t)
		w.Resize(fyne.NewSize(1280, 720))
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1, theme.NewFonts(func(name string) []byte {
			b, _ := assets.Font(name)
			return b
		})))
		take := func(name string) {
			file, err := os.Create(filepath.Join(folder, name+"-"+string(mode)+".png"))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			if err := png.Encode(file, w.Canvas().Capture()); err != nil {
				t.Fatal(err)
			}
		}
		away := func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
		f.createAuthority("Kawagoé", repertoire.SideForeign)
		take("native")
		topPicker(t, w).Entry().SetText("hako")
		take("create")
		topPicker(t, w).Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		take("created")
		away()
		x := newAuthorityEditor(f, ws, f.authorities[f.draft.now.PartiesOn(repertoire.SideForeign)[0]])
		found, err := ws.Records().SuggestAuthorities(t.Context(), "Kawagoe", "JP", 1)
		if err != nil {
			t.Fatal(err)
		}
		x.previewMerge(found[0].Authority)
		take("merge")
		away()
		theirs := record(t, ws, id)
		theirs.Contacts = append(theirs.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Rui Sá",
			Role: "maire"})
		theirs.Notes = "vu à la préfecture"
		if _, err := ws.Records().SavePartnership(t.Context(), theirs); err != nil {
			t.Fatal(err)
		}
		f.edit("", func() {
			f.draft.now.Contacts = append(f.draft.now.Contacts, repertoire.Contact{ID: repertoire.NewID(), Name: "Zoé Élan"})
			f.draft.now.Objectives = "Les miens."
		})
		f.Save()
		take("conflict")
	}
}
