//go:build !windows

package files

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/driver"

	"repertoire/app/apptest"
)

// realWindow is one the system knows under a number.
type realWindow struct{}

func (realWindow) RunNative(f func(any)) { f(driver.X11WindowContext{WindowHandle: 77}) }

// standIn puts a program in place of the desktop's chooser: it keeps what it
// was told, and answers.
func standIn(t *testing.T, script string) (told func() []string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "zenity"), []byte("#!/bin/sh\nprintf '%s\\n' \"$@\" >"+dir+"/told\n"+script+"\n"),
		0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return func() []string {
		data, err := os.ReadFile(filepath.Join(dir, "told"))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(string(data), "\n")
	}
}

func TestTheDesktopsChooserIsAskedAsItShould(t *testing.T) {
	apptest.App(t)
	told := standIn(t, "echo '/tmp/été 2026.csv'")
	path, err := ask(t.Context(), realWindow{}, request{title: "Choisir un fichier", from: "/srv/tableaux/", endings: []string{".csv"}})
	if err != nil || path != "/tmp/été 2026.csv" {
		t.Errorf("gives %q, %v", path, err)
	}
	for _, want := range []string{"--file-selection", "--title", "Choisir un fichier", "/srv/tableaux/", "--attach", "77", "--modal"} {
		if !slices.Contains(told(), want) {
			t.Errorf("%q is not said in %q", want, told())
		}
	}
	if all := strings.Join(told(), " "); !strings.Contains(all, "*.[cC][sſS][vV]") {
		t.Errorf("endings in capitals are not on offer: %s", all)
	}
	if _, err := ask(t.Context(), realWindow{}, request{folder: true, from: "/srv/"}); err != nil ||
		!slices.Contains(told(), "--directory") {
		t.Errorf("a folder: %v, %q", err, told())
	}
	if _, err := ask(t.Context(), realWindow{}, request{save: true, from: "/srv/a.csv"}); err != nil ||
		!slices.Contains(told(), "--save") || !slices.Contains(told(), "--confirm-overwrite") {
		t.Errorf("a file to write: %v, %q", err, told())
	}
}

func TestTheDesktopsChooserIsClosedOrFails(t *testing.T) {
	apptest.App(t)
	for script, want := range map[string]error{"exit 1": errCanceled, "exit 3": errAbsent, "exit 0": errCanceled} {
		standIn(t, script)
		if path, err := ask(t.Context(), realWindow{}, request{title: "Choisir"}); !errors.Is(err, want) || path != "" {
			t.Errorf("%s: %q, %v; want %v", script, path, err, want)
		}
	}
}
