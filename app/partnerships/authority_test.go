package partnerships

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
)

// onTop finds a button of what stands on top of the window.
func onTop(t *testing.T, window fyne.Window, words string) *widgets.Button {
	t.Helper()
	b, ok := apptest.Find(window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == words })
	if !ok {
		t.Fatalf("no button %q", words)
	}
	return b
}

func topPicker(t *testing.T, window fyne.Window) *widgets.Picker {
	t.Helper()
	p, ok := apptest.Find(window.Canvas().Overlays().Top(), func(*widgets.Picker) bool { return true })
	if !ok {
		t.Fatal("nothing to search with")
	}
	return p
}

func TestAMissingPartnerIsMadeFromItsPlace(t *testing.T) {
	f, window, w, _ := worked(t)
	f.New("")
	f.createAuthority("Hakodaté", repertoire.SideForeign)
	p := topPicker(t, window)
	p.Entry().SetText("hakodate")
	if len(p.Answers()) == 0 {
		t.Fatal("the reference knows Hakodate")
	}
	p.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Tap(onTop(t, window, "Créer"))
	if len(f.draft.now.Parties) != 1 {
		t.Fatalf("the entry has %+v", f.draft.now.Parties)
	}
	a, err := w.Records().Authority(t.Context(), f.draft.now.Parties[0].Authority)
	if err != nil || a.Country != "JP" || a.Region == "" || a.Population == 0 || a.Latitude == nil || a.NativeName == "" ||
		a.Version != 1 || a.Name != "Hakodaté" ||
		len(a.OtherNames) == 0 || a.OtherNames[0] != "Hakodate" {
		t.Errorf("created %+v, %v", a, err)
	}
}

func TestASyndicatIsWrittenByHand(t *testing.T) {
	f, window, w, _ := worked(t)
	f.createAuthority("Syndicat des eaux d’Île-de-France", repertoire.SideFrench)
	test.Tap(onTop(t, window, "Créer"))
	parties := f.draft.now.Parties
	a, err := w.Records().Authority(t.Context(), parties[len(parties)-1].Authority)
	if err != nil || a.Level != repertoire.LevelSyndicat || a.Country != "FR" || !strings.HasPrefix(a.Name, "Syndicat") {
		t.Errorf("created %+v, %v", a, err)
	}
}

func TestACountryIsReadByItsName(t *testing.T) {
	f, _, w, _ := worked(t)
	x := newAuthorityEditor(f, w, repertoire.Authority{})
	for typed, want := range map[string]string{"Japon": "JP", "japon": "JP", "MG": "MG", "sénég": "SN", "guinée": "GN"} {
		if err := x.country(typed); err != nil || x.now.Country != want {
			t.Errorf("%q is read as %q, %v", typed, x.now.Country, err)
		}
	}
	for _, typed := range []string{"", "gui", "Atlantide"} {
		if err := x.country(typed); err == nil {
			t.Errorf("%q is read as %q", typed, x.now.Country)
		}
	}
}

func TestTwoAuthoritiesBecomeOne(t *testing.T) {
	f, window, w, id := worked(t)
	keep := f.draft.now.PartiesOn(repertoire.SideForeign)[0]
	a := f.authorities[keep]
	twin := repertoire.Authority{Name: a.Name + " bis", Article: -1, Country: a.Country, Level: a.Level, Website: "https://exemple.org"}
	twin, err := w.Records().SaveAuthority(t.Context(), twin)
	if err != nil {
		t.Fatal(err)
	}
	other := record(t, w, id)
	other.ID, other.Version = "", 0
	for i := range other.Parties {
		if other.Parties[i].Authority == keep {
			other.Parties[i].Authority = twin.ID
		}
	}
	if other, err = w.Records().SavePartnership(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	f.editAuthority(keep)
	test.Tap(onTop(t, window, "Fusionner avec…"))
	p := topPicker(t, window)
	p.Entry().SetText(twin.Name)
	p.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if _, ok := apptest.Find(window.Canvas().Overlays().Top(), func(r *widget.RichText) bool {
		return strings.Contains(r.String(), "1 partenariat passera")
	}); !ok {
		t.Error("it is not said how many entries follow")
	}
	test.Tap(onTop(t, window, "Fusionner"))
	after := record(t, w, other.ID)
	if got := after.PartiesOn(repertoire.SideForeign); got[0] != keep {
		t.Errorf("the other entry still has %v", got)
	}
	if n, err := w.Records().PartnershipsWith(t.Context(), twin.ID); err != nil || n != 0 {
		t.Errorf("%d entries stay with the other, %v", n, err)
	}
	if !strings.Contains(f.notice.Sentence(), "ne font plus qu’une") {
		t.Errorf("said %q", f.notice.Sentence())
	}
	past, err := w.History().Of(t.Context(), twin.ID)
	if err != nil || len(past) == 0 {
		t.Fatal(past, err)
	}
	if _, err := w.History().Undo(t.Context(), past[0].ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	after = record(t, w, other.ID)
	if got := after.PartiesOn(repertoire.SideForeign); got[0] != twin.ID {
		t.Errorf("undone in one, the entry has %v", got)
	}
}

// A name of its own that the reference knows is offered, never put in unasked.
func TestTheNativeNameIsOffered(t *testing.T) {
	f, window, w, _ := worked(t)
	a := repertoire.Authority{Name: "Hakodate", Article: -1, Country: "JP", Level: repertoire.LevelCommune}
	a, err := w.Records().SaveAuthority(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	f.editAuthority(a.ID)
	test.Tap(onTop(t, window, "Reprendre, à vérifier"))
	if got, err := w.Records().Authority(t.Context(), a.ID); err != nil || got.NativeName != "" {
		t.Errorf("written before it was agreed to: %+v, %v", got, err)
	}
	test.Tap(onTop(t, window, "Enregistrer"))
	if got, err := w.Records().Authority(t.Context(), a.ID); err != nil || got.NativeName != "函館市" || got.NativeLang != "ja" {
		t.Errorf("saved %+v, %v", got, err)
	}
}
