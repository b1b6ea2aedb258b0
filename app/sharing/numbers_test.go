//go:build unix

package sharing

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/zalando/go-keyring"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/share/sharetest"
	room "repertoire/internal/workspace/sharing"
)

// TestARestoredServerIsSeen: a server that came back from a backup is told of,
// with the desks it waits for; an officer may invoice without them, and what two
// documents then bear is said.
func TestARestoredServerIsSeen(t *testing.T) {
	keyring.MockInit()
	server := sharetest.Start(t)
	server.Database("came_back")
	url := server.URL("admin", "came_back")
	w := apptest.New(t, 3)
	window := apptest.Window(t, widgets.NewText(""), 1100, 700)
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	v.Share(room.Access{Address: url, Password: sharetest.Password})
	claire := joined(t, url)
	if _, err := claire.Sharing().Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	v.Exchange()
	if strings.Contains(written(v), "sauvegarde") || button(v, "Facturer sans les attendre…") != nil {
		t.Errorf("a server that was never restored:\n%s", written(v))
	}
	server.Exec("came_back", `UPDATE repertoire.head SET home = home || '*'`) // as after a dump that was loaded again
	v.Exchange()
	if text := written(v); !strings.Contains(text, "Claire") || !strings.Contains(text, "revient d’une sauvegarde") {
		t.Errorf("the desk that is waited for is not named:\n%s", text)
	}
	wait := button(v, "Facturer sans les attendre…")
	if wait == nil {
		t.Fatal("no way to invoice without it")
	}
	test.Tap(wait)
	ask := window.Canvas().Overlays().Top()
	if ask == nil || !strings.Contains(written(ask), "son numéro servirait deux fois") {
		t.Fatal("it is not asked whether it is meant")
	}
	test.Tap(button(ask, "Facturer sans les attendre"))
	if !strings.Contains(v.notice.Sentence(), "se numérotent de nouveau") {
		t.Errorf("%q", v.notice.Sentence())
	}
	if button(v, "Facturer sans les attendre…") != nil || !strings.Contains(written(v), "Claire") {
		t.Errorf("after the choice, who was not waited for:\n%s", written(v))
	}
	if _, err := claire.Sharing().Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	v.Exchange()
	if strings.Contains(written(v), "revient d’une sauvegarde") {
		t.Errorf("all have answered, and it is still told of:\n%s", written(v))
	}
	v.state.Doubles = []string{"La facture F2026-0002 est double."}
	v.paint()
	if !strings.Contains(written(v), "F2026-0002 est double") {
		t.Error("a number that two invoices bear is not told of")
	}
}
