//go:build unix

package sharing

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/zalando/go-keyring"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/workspace"
	room "repertoire/internal/workspace/sharing"
)

func TestMain(m *testing.M) { sharetest.Main(m) }

func button(v fyne.CanvasObject, label string) *widgets.Button {
	b, _ := apptest.Find(v, func(b *widgets.Button) bool { return b.Text == label })
	return b
}

func says(v fyne.CanvasObject, text string) bool {
	_, found := apptest.Find(v, func(t *widgets.Text) bool { return strings.Contains(t.Text(), text) })
	return found
}

// joined is another desk on the base.
func joined(t *testing.T, url string) *workspace.Workspace {
	t.Helper()
	dir := t.TempDir() + "/claire"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Author: "Claire"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Claire"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	if _, err := w.Sharing().Join(t.Context(), room.Access{Address: url, Password: sharetest.Password}, nil); err != nil {
		t.Fatal(err)
	}
	return w
}

func describe(t *testing.T, w *workspace.Workspace, text string) {
	t.Helper()
	p, err := w.Records().Partnership(t.Context(), apptest.Lille)
	if err != nil {
		t.Fatal(err)
	}
	p.Notes = text
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

// TestTheSharingIsSeenAndSettled shares a folder in the window, has two desks
// write one field, and chooses.
func TestTheSharingIsSeenAndSettled(t *testing.T) {
	keyring.MockInit()
	server := sharetest.Start(t)
	server.Database("desks")
	url := server.URL("admin", "desks")
	w := apptest.New(t, 3)
	window := apptest.Window(t, widgets.NewText(""), 1100, 700)
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	v.Reload()
	if !says(v, "n’est pas partagé") || v.deeds.Objects != nil {
		t.Error("a folder of its own is not said to be so")
	}
	v.Share(room.Access{Address: url, Password: "faux"})
	if !strings.Contains(v.notice.Sentence(), "refuse ce nom ou ce mot de passe") {
		t.Errorf("a wrong password: %q", v.notice.Sentence())
	}
	v.Share(room.Access{Address: url, Password: sharetest.Password, Remember: true})
	if !strings.Contains(v.notice.Sentence(), "Ce dossier est partagé") {
		t.Fatalf("%q", v.notice.Sentence())
	}
	claire := joined(t, url)
	describe(t, claire, "Relancer en mars.")
	if _, err := claire.Sharing().Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	describe(t, w.Workspace, "Relancer en avril.")
	v.Exchange()
	for _, want := range []string{"1 à régler", "Claire", "administre la base"} {
		if !says(v, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	for _, want := range []string{"Relancer en janvier.", "Relancer en mars.", "Relancer en avril."} {
		if !strings.Contains(written(v), want) {
			t.Errorf("the column of %q is missing:\n%s", want, written(v))
		}
	}
	test.Tap(button(v, "Mettre la mienne"))
	if p, err := w.Records().Partnership(t.Context(), apptest.Lille); err != nil || p.Notes != "Relancer en avril." {
		t.Errorf("%q, %v", p.Notes, err)
	}
	if says(v, "à régler") {
		t.Error("it still waits for a choice")
	}
	v.Compare()
	v.Exchange()
	v.Compare()
	if !strings.Contains(v.notice.Sentence(), "sont les mêmes") {
		t.Errorf("%q", v.notice.Sentence())
	}
	v.Leave()
	if !says(v, "n’est pas partagé") {
		t.Error("the sharing is not left")
	}
}

// written gives all paragraphs below an object.
func written(o fyne.CanvasObject) string {
	var all strings.Builder
	apptest.Walk(o, func(o fyne.CanvasObject) bool {
		if p, ok := o.(interface{ String() string }); ok {
			all.WriteString(p.String() + "\n")
		}
		return true
	})
	return all.String()
}

func TestAStateIsOneLine(t *testing.T) {
	apptest.App(t)
	noon := time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local)
	for _, c := range []struct {
		state room.State
		want  string
	}{
		{room.State{Phase: room.UpToDate}, "À jour"},
		{room.State{Phase: room.UpToDate, Status: room.Status{Waiting: 3}}, "3 à envoyer"},
		{room.State{Phase: room.Offline, Since: noon.Add(-2 * time.Hour), Status: room.Status{Waiting: 3, Disputes: 1}},
			"Hors ligne depuis 10 h · 3 à envoyer · 1 à régler"},
		{room.State{Phase: room.Exchanging, Done: 500, Left: 1500}, "Échange en cours\u00a0: 500 sur 2"},
		{room.State{Phase: room.Guarded}, "Une suppression attend votre accord"},
	} {
		if _, got := Summary(c.state, noon); !strings.HasPrefix(got, c.want) {
			t.Errorf("%+v is said %q, not %q", c.state.Phase, got, c.want)
		}
	}
}
