package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// done ends the test when a step that only prepares it fails.
func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

func TestALockNamesItsOwner(t *testing.T) {
	dir := t.TempDir()
	first, left, err := Acquire(dir, Here("Awa", noon), at(noon))
	if err != nil || left != nil {
		t.Fatal(left, err)
	}
	_, _, err = Acquire(dir, Here("Binta", noon), at(noon))
	var held *Held
	if !errors.As(err, &held) || held.Owner.Person != "Awa" || !held.SameMachine || held.Owner.PID != os.Getpid() ||
		repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("got %v", err)
	}
	if s := err.Error(); !strings.Contains(s, "Awa") || !strings.Contains(s, held.Owner.Machine) || !strings.Contains(s, "2026") {
		t.Fatalf("sentence %q", s)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	again, left, err := Acquire(dir, Here("Binta", noon), at(noon))
	if err != nil || left != nil {
		t.Fatal(left, err)
	}
	if o, found := Holder(dir); !found || o.Person != "Binta" {
		t.Fatalf("holder %+v %v", o, found)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
	if _, found := Holder(dir); found {
		t.Fatal("the card stays after closing")
	}
}

// card leaves what a program that died, or another machine, leaves.
func card(t *testing.T, dir, machine string, renewed time.Time) {
	t.Helper()
	o := `{"person":"Chloé","machine":"` + machine + `","pid":1,"since":"2026-03-02T08:00:00Z","renewed":"` + renewed.Format(time.RFC3339) +
		`"}`
	if err := os.WriteFile(filepath.Join(dir, cardFile), []byte(o), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestALockLeftByADeadProgramIsTaken(t *testing.T) {
	dir := t.TempDir()
	card(t, dir, Here("", noon).Machine, noon)
	l, left, err := Acquire(dir, Here("Awa", noon), at(noon))
	if err != nil || left == nil || left.Person != "Chloé" {
		t.Fatal(left, err)
	}
	done(t, l.Release())
}

func TestACardOfAnotherMachineIsBelievedTenMinutes(t *testing.T) {
	dir := t.TempDir()
	card(t, dir, "poste-12", noon.Add(-9*time.Minute))
	_, _, err := Acquire(dir, Here("Awa", noon), at(noon))
	var held *Held
	if !errors.As(err, &held) || held.SameMachine || held.Owner.Machine != "poste-12" {
		t.Fatalf("got %v", err)
	}
	l, left, err := Acquire(dir, Here("Awa", noon), at(noon.Add(2*time.Minute)))
	if err != nil || left == nil || left.Machine != "poste-12" {
		t.Fatal(left, err)
	}
	done(t, l.Release())
}

func TestAnUnreadableCardIsNobodys(t *testing.T) {
	dir := t.TempDir()
	done(t, os.WriteFile(filepath.Join(dir, cardFile), []byte("{"), 0o644))
	l, left, err := Acquire(dir, Here("Awa", noon), at(noon))
	if err != nil || left != nil {
		t.Fatal(left, err)
	}
	done(t, l.Release())
}

func TestSynchronisersAreRecognised(t *testing.T) {
	root := t.TempDir()
	for path, want := range map[string]string{
		"OneDrive/Répertoires": "OneDrive", "OneDrive - Cités Unies France/x": "OneDrive", "Dropbox/a/b": "Dropbox",
		"Nextcloud":              "Nextcloud",
		"Google Drive/Mon Drive": "Google Drive", "Library/Mobile Documents/com~apple~CloudDocs/x": "iCloud Drive",
		"iCloudDrive/x":          "iCloud Drive",
		"Documents/OneDriveries": "", "Documents/dropboxes": "",
	} {
		dir := filepath.Join(root, filepath.FromSlash(path))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		p := Inspect(dir)
		if p.Synchronised != want || (p.Warning() != "") != (want != "") || !p.Writable || p.Network {
			t.Errorf("%s: got %+v, want %q", path, p, want)
		}
	}
	dir := filepath.Join(root, "partage")
	done(t, os.MkdirAll(filepath.Join(dir, "sous"), 0o755))
	done(t, os.WriteFile(filepath.Join(dir, ".nextcloudsync.log"), nil, 0o644))
	if p := Inspect(filepath.Join(dir, "sous")); p.Synchronised != "Nextcloud" {
		t.Errorf("a marker above is not seen: %+v", p)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "sous", "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if p := Inspect(filepath.Join(root, "absent")); p.Writable {
		t.Error("a folder that is not there is writable")
	}
	if (Place{Network: true}).Warning() == "" {
		t.Error("no warning for the network")
	}
}
