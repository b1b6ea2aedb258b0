package main

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"repertoire/data/samples"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// lockOf writes a lock file of one font whose bytes are content.
func lockOf(t *testing.T, name, content string) string {
	t.Helper()
	dir := t.TempDir()
	lock := fontLock{Packages: []fontPackage{{Files: []fontFile{{Name: name, Path: "package/x.ttf", SHA256: digest([]byte(content))}}}}}
	if err := writeJSON(filepath.Join(dir, "fonts.lock.json"), lock); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFontsAlreadyThereAskNothing(t *testing.T) {
	dir := lockOf(t, "Essai-Regular.ttf", "corps")
	if err := write(filepath.Join(dir, "cache", "Essai-Regular.ttf"), []byte("corps")); err != nil {
		t.Fatal(err)
	}
	// Any request would fail: the registry is closed and the package has no checksum.
	t.Setenv("npm_config_registry", "http://127.0.0.1:1/")
	if err := fonts(context.Background(), []string{"-dir", dir}); err != nil {
		t.Errorf("fonts there and right: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "cache", "Essai-Regular.ttf"), []byte("abîmé"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fonts(context.Background(), []string{"-dir", dir}); err == nil {
		t.Error("a damaged font passed for right")
	}
}

func TestFontNamesStayInTheirFolder(t *testing.T) {
	for _, name := range []string{"../x.ttf", "a/b.ttf", ".complete"} {
		if err := fonts(context.Background(), []string{"-dir", lockOf(t, name, "corps")}); repertoire.KindOf(err) != repertoire.Damaged {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"inconnue"}, {"fonts", "-inconnu"}} {
		if code := run(context.Background(), args); code != 2 {
			t.Errorf("%v: exit %d", args, code)
		}
	}
	if code := run(context.Background(), []string{"samples-check", "de trop"}); code != 1 {
		t.Errorf("a word too many: exit %d", code)
	}
}

func TestStampIsTheMeasurementsDay(t *testing.T) {
	profile := make([]byte, 200)
	for i := range profile {
		profile[i] = byte(i)
	}
	again := append([]byte(nil), profile...)
	binary.BigEndian.PutUint16(again[24:], 2031) // computed another year
	stamp(profile)
	stamp(again)
	if string(profile) != string(again) {
		t.Error("the day of computation still shows")
	}
	if year := binary.BigEndian.Uint16(profile[24:]); year != 2006 {
		t.Errorf("year %d", year)
	}
}

func TestSamplesAgree(t *testing.T) {
	findings, checked, err := compareSamples(samples.Files, reference.Open())
	if err != nil || checked < 100 {
		t.Fatalf("%d checked: %v", checked, err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func TestSamplesCheckSees(t *testing.T) {
	const head = "code_insee;siren;article;nom;latitude;longitude;notes\n"
	for row, want := range map[string]string{
		"59350;215903501;0;Lille;50.63;3.06;":  "",
		"32;;;Hauts-de-France;;;":              "",
		"32;;;Gers;;;":                         "",
		"59350;215903501;0;Roubaix;;;":         "liste officielle dit « Lille »",
		"59350;111111111;0;Lille;;;":           "SIREN 111111111",
		"76351;;0;Le Havre;;;":                 "article 0, liste officielle 2",
		"59350;;;Lille;43.3;5.4;":              "20 km",
		"00000;;;Nulle-Part;;;":                "pas dans la liste officielle",
		"00000;;;Ancienne;;;commune fusionnée": "",
	} {
		files := fstest.MapFS{"authorities_fr.csv": {Data: []byte(head + row + "\n")},
			"authorities.csv": {Data: []byte("pays;nom\nMG;Ici\n")}}
		findings, _, err := compareSamples(files, reference.Open())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(findings, " "); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q", row, got)
		}
	}
}
