package gallery

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/sight"
	"repertoire/app/theme"
	"repertoire/internal/campaign"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
)

// At the largest text and in small windows every place keeps what it shows in
// the window and beside one another: headers break into lines, also when the
// window changes under them.
func TestLargeTextHasRoomInEveryPlace(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := filepath.Join(t.TempDir(), "exemple")
	busy(t, dir)
	fonts := ownFonts()
	for _, set := range []Setting{{Language: i18n.French, Text: 2}, {Language: i18n.English, Text: 2}, {Language: i18n.French, Text: 1}} {
		scenes := 0
		var told []string
		set.Dir, set.Look, set.Width, set.Height, set.Fonts = dir, theme.Light, 1280, 720, fonts
		err := Walk(t.Context(), set, "vue-", "", func(name string, window fyne.Window) error {
			scenes++
			for i, high := range []float32{720, 800, 720} {
				if i > 0 { // wide enough for headers of one line in between
					window.Resize(fyne.NewSize(3000, high))
					window.Resize(fyne.NewSize(1280, high))
				}
				if got := window.Canvas().Size(); got.Width != 1280 || got.Height != high {
					t.Errorf("%s, %s: the window is %v", set.Language, name, got)
				}
				for _, wrong := range slices.Concat(sight.Faults(window.Canvas()), sight.Over(window.Canvas())) {
					if wrong = fmt.Sprintf("%s, %g %%, %s: %s", set.Language, 100*set.Text, name, wrong); !slices.Contains(told, wrong) {
						told = append(told, wrong)
						t.Error(wrong)
					}
				}
			}
			return nil
		})
		if err != nil || scenes < 12 {
			t.Errorf("%d places, %v", scenes, err)
		}
	}
}

// busy makes a workspace whose places have all their buttons: copies are sold,
// and a campaign runs.
func busy(t *testing.T, dir string) {
	t.Helper()
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Essai"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, err := w.Orders().Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Prices = append(s.Prices, order.Price{Format: order.Paper, Unit: 2500})
	if _, err := w.Orders().SaveSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	deadline, err := repertoire.ParseDate("31/03/2099")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Campaigns().Open(t.Context(), campaigns.Opening{Name: "Mise à jour 2099", Deadline: deadline,
		Scope: campaign.Scope{Directory: "senegal"}, Sides: []repertoire.Side{repertoire.SideFrench},
		Sender: campaign.Sender{Name: "Cités", Email: "cuf@cuf.example"}}); err != nil {
		t.Fatal(err)
	}
}
