package mapview

import (
	"bytes"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// opened gives the map of a new workspace, shown in a window.
func opened(t *testing.T, sample bool) (*View, *workspace.Workspace, fyne.Window) {
	t.Helper()
	apptest.App(t)
	return shown(t, sample)
}

func shown(t *testing.T, sample bool) (*View, *workspace.Workspace, fyne.Window) {
	t.Helper()
	dir := t.TempDir() + "/travail"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: sample, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	window := test.NewTempWindow(t, widgets.NewText(""))
	window.SetPadded(false)
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.Reload()
	return v, w, window
}

// where gives the position of the point that holds a place of that name.
func where(t *testing.T, v *View, name string) (fyne.Position, cluster) {
	t.Helper()
	for _, c := range v.sheet.shown.clusters {
		for _, i := range c.places {
			if v.points.Places[i].Names[0] == name {
				d := float32(v.sheet.density())
				return fyne.NewPos(float32(c.x)/d, float32(c.y)/d), c
			}
		}
	}
	t.Fatalf("%s is not on the map", name)
	return fyne.Position{}, cluster{}
}

func TestAPlaceGivesItsPartnerships(t *testing.T) {
	v, _, window := opened(t, true)
	v.ShowQuery(searches.Query{Text: "pays:JP"}, "Japon")
	if !strings.HasPrefix(v.note.Text(), "Japon · ") || v.own.Text != "Japon" {
		t.Errorf("%q, %q", v.note.Text(), v.own.Text)
	}
	test.Tap(v.own)
	v.sheet.Zoom(40)
	v.FocusFirst()
	name := v.points.Places[0].Names[0]
	at, c := where(t, v, name)
	v.sheet.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	if !strings.Contains(v.sheet.hint, "partenariat") {
		t.Errorf("the mouse says %q", v.sheet.hint)
	}
	v.sheet.Tapped(&fyne.PointEvent{Position: at})
	if len(v.rows) != c.count || len(v.sheet.chosen) != len(c.places) {
		t.Fatalf("%d rows of %d", len(v.rows), c.count)
	}
	// A change elsewhere leaves what was chosen.
	v.Reload()
	if len(v.rows) != c.count || len(v.sheet.chosen) != len(c.places) {
		t.Fatalf("%d rows of %d after a change", len(v.rows), c.count)
	}
	var opened repertoire.ID
	v.OnEntry = func(id repertoire.ID) { opened = id }
	v.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if window.Canvas().Focused() != v.table.List {
		t.Fatalf("Enter went to %T", window.Canvas().Focused())
	}
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != v.rows[0].ID {
		t.Errorf("opened %q", opened)
	}
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if window.Canvas().Focused() != v.sheet {
		t.Errorf("Esc went to %T", window.Canvas().Focused())
	}
	// The open sea chooses nothing.
	v.sheet.Frame(frame{-40, -50, -20, -40})
	v.sheet.Tapped(&fyne.PointEvent{Position: fyne.NewPos(100, 100)})
	if len(v.rows) != 0 || len(v.sheet.chosen) != 0 {
		t.Errorf("%d rows of the sea", len(v.rows))
	}
}

func TestTheMapMovesByKeyboard(t *testing.T) {
	v, _, _ := opened(t, true)
	v.FocusFirst()
	before := v.sheet.camera
	v.sheet.TypedRune('+')
	v.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if c := v.sheet.camera; c.scale <= before.scale || c.lon <= before.lon {
		t.Errorf("%+v then %+v", before, c)
	}
	v.sheet.TypedRune('0')
	v.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	first := len(v.rows)
	chosen := v.place.Text()
	v.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if first == 0 || v.place.Text() == chosen {
		t.Errorf("%d rows of %q, then %q", first, chosen, v.place.Text())
	}
	// The wheel keeps what is under the mouse where it is.
	w, h, d := v.sheet.pixels()
	lon, lat := v.sheet.camera.from(200*d, 150*d, w, h)
	v.sheet.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 150)}, Scrolled: fyne.NewDelta(0, 20)})
	x, y := v.sheet.camera.at(lon, lat, w, h)
	if dx, dy := x-200*d, y-150*d; dx*dx+dy*dy > 60 {
		t.Errorf("the point under the mouse went %.1f, %.1f away", dx, dy)
	}
	for range 60 {
		v.sheet.Zoom(2)
	}
	for range 90 {
		v.sheet.Zoom(0.5)
	}
	if s := v.sheet.camera.scale; s < 0.3 || s > 10 {
		t.Errorf("scale %f", s)
	}
}

// On a screen of twice as many dots the map is painted with them, and shows the
// same of the world.
func TestTheMapFollowsTheScreen(t *testing.T) {
	v, _, window := opened(t, true)
	v.sheet.Zoom(3)
	before, west := v.sheet.shown.image.Bounds().Dx(), 0.0
	edge := func() float64 {
		w, h, _ := v.sheet.pixels()
		lon, _ := v.sheet.camera.from(0, 0, w, h)
		return lon
	}
	west = edge()
	window.Canvas().(software.WindowlessCanvas).SetScale(2)
	v.Repaint()
	if now := v.sheet.shown.image.Bounds().Dx(); now != 2*before {
		t.Errorf("%d dots wide, %d before", now, before)
	}
	if now := edge(); math.Abs(now-west) > 0.01 {
		t.Errorf("the map begins at %.2f°, at %.2f° before", now, west)
	}
}

func TestThePictureIsSavedWithItsNotice(t *testing.T) {
	v, _, _ := opened(t, true)
	var said string
	v.OnSay = func(_ widgets.Tone, s string) { said = s }
	file := filepath.Join(t.TempDir(), "carte.png")
	v.SaveTo(file)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	w, _, _ := v.sheet.pixels()
	if err != nil || img.Bounds().Dx() != w*finer || !strings.Contains(said, "carte.png") {
		t.Errorf("%v, %q", err, said)
	}
	v.SaveTo(t.TempDir())
	if strings.Contains(said, "est écrite") {
		t.Errorf("a folder as file: %q", said)
	}
}

func TestNothingToPlace(t *testing.T) {
	v, _, _ := opened(t, false)
	if _, ok := apptest.Find(v, func(l *widgets.Text) bool { return l.Text() == "Rien à placer sur la carte" }); !ok {
		t.Error("the empty state is not shown")
	}
	v.FocusFirst()
	v, _, _ = opened(t, true)
	v.ShowQuery(searches.Query{Text: "introuvablexyz"}, "")
	if !v.save.Disabled() {
		t.Error("an empty map can be saved")
	}
	v.ShowQuery(searches.Query{}, "")
	if v.unplaced.Hidden || v.save.Disabled() {
		t.Fatal("some entries of the sample have no position")
	}
	test.Tap(v.unplaced)
	if len(v.rows) != len(v.points.Unplaced) {
		t.Errorf("%d of %d entries without position", len(v.rows), len(v.points.Unplaced))
	}
}

// TestLook writes pictures to look at when MAP_SHOTS names a folder.
func TestLook(t *testing.T) {
	dir := os.Getenv("MAP_SHOTS")
	if dir == "" {
		t.Skip("MAP_SHOTS names no folder")
	}
	a := apptest.App(t)
	for _, look := range []struct {
		name string
		mode theme.Mode
		lang i18n.Language
		size fyne.Size
	}{{"light-fr", theme.Light, i18n.French, fyne.NewSize(1040, 620)}, {"dark-en", theme.Dark, i18n.English, fyne.NewSize(1640, 980)}} {
		a.Settings().SetTheme(theme.New(look.mode, 1, nil))
		if err := i18n.Use(look.lang); err != nil {
			t.Fatal(err)
		}
		v, _, window := shown(t, true)
		window.Resize(look.size)
		v.sheet.Frame(v.wholeFrame())
		shoot(t, window, filepath.Join(dir, look.name+"-monde.png"))
		v.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		v.sheet.Frame(franceFrame)
		window.Canvas().Focus(v.sheet)
		v.sheet.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(v.sheet.shown.clusters[0].x),
			float32(v.sheet.shown.clusters[0].y))}})
		shoot(t, window, filepath.Join(dir, look.name+"-france.png"))
		v.ShowQuery(searches.Query{Text: "pays:JP"}, "Japon")
		v.sheet.Frame(v.ownFrame())
		shoot(t, window, filepath.Join(dir, look.name+"-japon.png"))
	}
}

func shoot(t *testing.T, w fyne.Window, file string) {
	t.Helper()
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	if err := png.Encode(out, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
