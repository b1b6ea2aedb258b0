package main

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/exchange"
)

func sample(t *testing.T) *release {
	t.Helper()
	return &release{Name: "Répertoire", ID: "org.example.repertoire", Summary: "Essai & exemple", Site: "https://example.org",
		Number:  "0.1.0",
		Version: "0.1.0+abc", At: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), dir: t.TempDir(), work: t.TempDir()}
}

// Explorer reads a size of the icon by its place in the file: each must be the
// picture its head says.
func TestTheIconHoldsEachSize(t *testing.T) {
	file := filepath.Join(t.TempDir(), "i.ico")
	if err := writeIcon("../../assets/icons/app/repertoire.png", file); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range iconSizes {
		head := data[6+16*i:]
		length, offset := binary.LittleEndian.Uint32(head[8:]), binary.LittleEndian.Uint32(head[12:])
		picture, err := png.Decode(bytes.NewReader(data[offset : offset+length]))
		if err != nil {
			t.Fatal(err)
		}
		if picture.Bounds().Dx() != want || int(uint8(want)) != int(head[0]) {
			t.Errorf("size %d: %v, head %d", want, picture.Bounds(), head[0])
		}
		if _, _, _, a := picture.At(want/2, want/2).RGBA(); a == 0 {
			t.Errorf("size %d is empty", want)
		}
	}
}

// The same folder gives the same bytes, whatever the times and rights of its
// files on this machine.
func TestArchivesAreReproducible(t *testing.T) {
	r := sample(t)
	made := func(name string, at time.Time, mode fs.FileMode) (string, string) {
		folder := filepath.Join(t.TempDir(), "Répertoire")
		if err := os.MkdirAll(filepath.Join(folder, "bin"), 0o700); err != nil {
			t.Fatal(err)
		}
		program := filepath.Join(folder, "bin", "programme")
		if err := os.WriteFile(program, []byte("octets"), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(program, at, at); err != nil {
			t.Fatal(err)
		}
		z, g := filepath.Join(r.dir, name+".zip"), filepath.Join(r.dir, name+".tar.gz")
		if err := errors.Join(r.zip(folder, z), r.tarball(folder, g)); err != nil {
			t.Fatal(err)
		}
		return z, g
	}
	z1, g1 := made("a", time.Unix(1e9, 0), 0o755)
	z2, g2 := made("b", time.Unix(1.5e9, 0), 0o700)
	for _, pair := range [][2]string{{z1, z2}, {g1, g2}} {
		a, _, err := checksum(pair[0])
		b, _, err2 := checksum(pair[1])
		if err != nil || err2 != nil || a != b {
			t.Errorf("%s and %s differ (%v, %v)", pair[0], pair[1], err, err2)
		}
	}
}

// Every template says the same version, and those in XML are well formed
// whatever the release is called.
func TestTemplatesFill(t *testing.T) {
	r := sample(t)
	values := map[string]any{"R": r, "Command": "repertoire", "Title": "Répertoire", "Numbers": r.numbers(","), "Four": r.numbers("."),
		"Folder": "/f", "Files": []string{"repertoire.exe", "LICENCE.txt"}, "Icon": "/f/i.ico", "Out": "/o.exe", "KiB": 12,
		"Opens": exchange.Tables,
		"Day":   "2026-11-28", "Depends": "libc6", "Version": debianVersion(r.Version)}
	for _, e := range must(made.ReadDir("made")) {
		var data any = values
		if e.Name() == "LISEZMOI.txt" {
			data = r
		}
		var out strings.Builder
		if err := templates.ExecuteTemplate(&out, e.Name(), data); err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		if strings.Contains(out.String(), "<no value>") {
			t.Errorf("%s: a value is missing", e.Name())
		}
		if ext := filepath.Ext(e.Name()); ext == ".xml" || ext == ".wxs" || ext == ".manifest" {
			d := xml.NewDecoder(strings.NewReader(out.String()))
			for {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Errorf("%s: %v", e.Name(), err)
					break
				}
			}
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// What the uninstaller removes is what the installer wrote, by name.
func TestTheUninstallerRemovesByName(t *testing.T) {
	script, err := made.ReadFile("made/installer.nsi")
	if err != nil {
		t.Fatal(err)
	}
	for _, harm := range []string{"RMDir /r", "Delete \"$INSTDIR\\*", "*.*"} {
		if bytes.Contains(script, []byte(harm)) {
			t.Errorf("%q would take what people put there", harm)
		}
	}
}

func TestLicencesAreNamed(t *testing.T) {
	own, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	if got := identifiers([]text{{"LICENSE", string(own)}}); len(got) != 1 {
		t.Errorf("our own licence is read as %v", got)
	}
	all := licences([]part{{Name: "a", Version: "1", Texts: []text{{"L", "Texte"}}},
		{Name: "b", Version: "2", Texts: []text{{"L", "Texte\r\n"}}}})
	if strings.Count(all, "Texte") != 1 || !strings.Contains(all, "a 1\nb 2") {
		t.Errorf("a licence is written once, under all it covers:\n%s", all)
	}
	if got := debianVersion("0.1.0+ab-dirty"); got != "0.1.0+ab~dirty" {
		t.Error(got)
	}
}
