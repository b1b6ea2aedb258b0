package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
)

// folder makes files and folders (their names end with "/") in a folder the
// choices of a kind begin in.
func folder(t *testing.T, kind string, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	Remember(kind, filepath.Join(dir, "x"))
	return dir
}

func (c *chooser) names() []string {
	var out []string
	for _, x := range c.rows {
		out = append(out, x.name)
	}
	return out
}

func press(window fyne.Window, names ...fyne.KeyName) {
	for _, name := range names {
		window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func TestAFileIsChosenByKeyboard(t *testing.T) {
	apptest.App(t)
	window := test.NewTempWindow(t, container.NewStack())
	dir := folder(t, "import", "Éditions/", "sous/", "a.csv", "Été.CSV", "b.pdf", ".cache.csv", "zoo.csv")
	if err := os.WriteFile(filepath.Join(dir, "sous", "lot.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	got := ""
	c := openWith(task.Inline, window, "import", []string{".csv"}, func(path string) { got = path })
	if want := []string{"Éditions", "sous", "a.csv", "Été.CSV", "zoo.csv"}; !slices.Equal(c.names(), want) {
		t.Errorf("offered %v, want %v", c.names(), want)
	}
	test.Type(c.path, "e")
	if want := []string{"Éditions", "Été.CSV"}; !slices.Equal(c.names(), want) {
		t.Errorf("« e » leaves %v, want %v", c.names(), want)
	}
	press(window, fyne.KeyBackspace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // into the second folder
	if c.dir != filepath.Join(dir, "sous") || !slices.Equal(c.names(), []string{"lot.csv"}) {
		t.Fatalf("in %s, which has %v", c.dir, c.names())
	}
	press(window, fyne.KeyDown, fyne.KeyReturn)
	if want := filepath.Join(dir, "sous", "lot.csv"); got != want {
		t.Errorf("chose %q, want %q", got, want)
	}
	if window.Canvas().Overlays().Top() != nil {
		t.Error("the question stayed")
	}
	if Folder("import") != filepath.Join(dir, "sous") {
		t.Errorf("next time begins in %s", Folder("import"))
	}
}

// A path that is typed or pasted whole is enough; one that does not serve is
// said in a sentence, and the question stays.
func TestAPathIsTyped(t *testing.T) {
	apptest.App(t)
	window := test.NewTempWindow(t, container.NewStack())
	dir := folder(t, "import", "sous/", "a.csv", "b.pdf")
	got := ""
	c := openWith(task.Inline, window, "import", []string{".csv"}, func(path string) { got = path })
	for path, said := range map[string]string{filepath.Join(dir, "rien.csv"): "n’existe pas", filepath.Join(dir, "b.pdf"): "Il faut",
		filepath.Join(dir, "sous"): ""} {
		c.path.SetText(path)
		press(window, fyne.KeyReturn)
		if got != "" || !strings.Contains(c.said.Text(), said) {
			t.Fatalf("%s: chose %q, said %q", path, got, c.said.Text())
		}
	}
	c.path.SetText(`"` + filepath.Join(dir, "a.csv") + `"`) // as Windows copies it
	press(window, fyne.KeyReturn)
	if got != filepath.Join(dir, "a.csv") {
		t.Errorf("chose %q", got)
	}
}

func TestAFolderIsChosen(t *testing.T) {
	apptest.App(t)
	window := test.NewTempWindow(t, container.NewStack())
	dir := folder(t, "workspace", "Répertoire/", "a.csv")
	got := ""
	c := chooseFolderWith(task.Inline, window, "workspace", func(path string) { got = path })
	if !slices.Equal(c.names(), []string{"Répertoire"}) {
		t.Errorf("offered %v", c.names())
	}
	press(window, fyne.KeyEscape)
	if got != "" || window.Canvas().Overlays().Top() != nil {
		t.Fatal("Esc did not leave the question")
	}
	c = chooseFolderWith(task.Inline, window, "workspace", func(path string) { got = path })
	c.table.List.Select(0)
	c.agree()
	if got != filepath.Join(dir, "Répertoire") {
		t.Errorf("chose %q", got)
	}
}
