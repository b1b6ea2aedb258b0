package web

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// TestAFolderOfSomebodyElseIsLeftAlone also holds a file and a plain folder.
func TestAFolderOfSomebodyElseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "photos", "vacances.txt")
	if err := os.MkdirAll(filepath.Dir(mine), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, []byte("précieux"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{filepath.Join(dir, "photos"), mine} {
		_, err := Write(context.Background(), sampleInput(t, "liban"), target, nil)
		if repertoire.KindOf(err) != repertoire.Refused {
			t.Errorf("%s: %v", target, err)
		}
	}
	if text, _ := os.ReadFile(mine); string(text) != "précieux" {
		t.Error("somebody's file has changed")
	}
	leftovers(t, dir, "photos")
}

func leftovers(t *testing.T, dir string, want ...string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

// TestWholeOrNotAtAll stops the work midway: the old site stays as it was.
func TestWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "site")
	if _, err := Write(context.Background(), sampleInput(t, "liban"), folder, nil); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(folder, manifestFile))
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("arrêt")
	in := sampleInput(t, "liban")
	in.Book.Label, in.Recipient = "autre", "Exemplaire de personne"
	n := 0
	in.Sheet = func(context.Context, repertoire.ID) ([]byte, error) {
		if n++; n > 2 {
			return nil, stop
		}
		return []byte("%PDF"), nil
	}
	if _, err := Write(context.Background(), in, folder, nil); !errors.Is(err, stop) {
		t.Fatalf("%v", err)
	}
	after, err := os.ReadFile(filepath.Join(folder, manifestFile))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the old site has changed: %v", err)
	}
	leftovers(t, dir, "site")
}

// TestMadeAgain replaces a site: pages that are no more go, what the officer's
// host added stays.
func TestMadeAgain(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "site")
	in := sampleInput(t, "liban")
	if _, err := Write(context.Background(), in, folder, nil); err != nil {
		t.Fatal(err)
	}
	gone := in.Book.Partnerships[0].ID
	page := filepath.Join(folder, "fiches", code(gone, codeLength)+".html")
	if _, err := os.Stat(page); err != nil {
		t.Fatal(err)
	}
	added := filepath.Join(folder, ".htaccess")
	if err := os.WriteFile(added, []byte("Options -Indexes"), 0o600); err != nil {
		t.Fatal(err)
	}
	in.Book.Partnerships = in.Book.Partnerships[1:]
	if _, err := Write(context.Background(), in, folder, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(page); !errors.Is(err, os.ErrNotExist) {
		t.Error("a page of the old site is still there")
	}
	if text, _ := os.ReadFile(added); string(text) != "Options -Indexes" {
		t.Error("what the host added is lost")
	}
	leftovers(t, dir, "site")
}

// TestPicturesComeInSizes frames a picture, offers it in sizes and carries none
// of what the camera noted.
func TestPicturesComeInSizes(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 2000, 1500))
	for x := range 2000 {
		for y := range 1500 {
			img.Set(x, y, color.RGBA{uint8(x / 8), uint8(y / 6), 90, 255})
		}
	}
	var raw bytes.Buffer
	if err := jpeg.Encode(&raw, img, nil); err != nil {
		t.Fatal(err)
	}
	const place = "GPSLatitude 48.85 secret"
	noted := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(2 + 6 + len(place))},
		append([]byte("Exif\x00\x00"+place), raw.Bytes()[2:]...)...)
	in := sampleInput(t, "liban")
	in.Book.Media = oneMedia(noted)
	in.Book.Partnerships[0].Pictures = []repertoire.Picture{{Media: "aa", Crop: "16:9", Alt: "Un pont", Caption: "Le pont",
		Credit: "A. Photographe"}, {Media: "aa", Alt: "Un pont entier"}}
	files, _ := built(t, in)
	sizes := map[int]bool{}
	for name, data := range files {
		if !strings.HasPrefix(name, picturesDir) {
			continue
		}
		if bytes.Contains(data, []byte("GPSLatitude")) {
			t.Errorf("%s says where it was taken", name)
		}
		cfg, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sizes[cfg.Width*10000+cfg.Height] = true
	}
	for _, want := range []int{480_0270, 960_0540, 1600_0900, 480_0360, 960_0720, 1600_1200} {
		if !sizes[want] {
			t.Errorf("no picture of %d × %d: %v", want/10000, want%10000, sizes)
		}
	}
	page := string(files[entriesDir+code(in.Book.Partnerships[0].ID, codeLength)+".html"])
	for _, want := range []string{`alt="Un pont"`, "480w", "1600w", "A. Photographe", `loading="lazy"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

type oneMedia []byte

func (m oneMedia) Media(string) ([]byte, error) { return m, nil }

// TestAFolderNamedFromHere writes to a relative name, as people type it.
func TestAFolderNamedFromHere(t *testing.T) {
	t.Chdir(t.TempDir())
	for range 2 {
		if _, err := Write(context.Background(), sampleInput(t, "liban"), "site", nil); err != nil {
			t.Fatal(err)
		}
	}
	leftovers(t, ".", "site")
}
