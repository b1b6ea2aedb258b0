package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"repertoire/internal/repertoire"
)

type lock struct {
	Packages []struct {
		Name, Version, Integrity, Licence string
		Files                             []struct{ Name, Path, SHA256 string }
	}
}

func readLock(t *testing.T) lock {
	t.Helper()
	raw, err := os.ReadFile("fonts/fonts.lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var l lock
	if err := json.Unmarshal(raw, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLockPinsEverything(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range readLock(t).Packages {
		if !strings.HasPrefix(p.Integrity, "sha512-") || p.Version == "" || p.Licence != "OFL-1.1" {
			t.Errorf("%s: version %q, integrity %q, licence %q", p.Name, p.Version, p.Integrity, p.Licence)
		}
		licensed := false
		for _, f := range p.Files {
			if len(f.SHA256) != 64 || seen[f.Name] {
				t.Errorf("%s: checksum %q, already named %v", f.Name, f.SHA256, seen[f.Name])
			}
			seen[f.Name] = true
			licensed = licensed || strings.HasSuffix(f.Name, "-OFL.txt")
		}
		if !licensed {
			t.Errorf("%s brings no licence text", p.Name)
		}
	}
	for _, name := range []string{"NotoSerif-Regular", "NotoSerif-Italic", "NotoSerif-Bold", "NotoSerif-BoldItalic",
		"NotoSans-Regular", "NotoSans-Medium", "NotoSans-SemiBold", "NotoNaskhArabic-Regular", "NotoSansArmenian-Regular",
		"NotoSansJP-Bold"} {
		if !seen[name+".ttf"] {
			t.Errorf("%s is not locked", name)
		}
	}
}

// TestFontsAreTheLocked compares what is inside the program with the lock.
func TestFontsAreTheLocked(t *testing.T) {
	if len(FontNames()) == 0 {
		t.Skip("built without fonts: go run ./cmd/prepare fonts")
	}
	count := 0
	for _, p := range readLock(t).Packages {
		for _, f := range p.Files {
			name, isFont := strings.CutSuffix(f.Name, ".ttf")
			if !isFont {
				if !strings.Contains(Licences()[f.Name], "SIL OPEN FONT LICENSE") {
					t.Errorf("%s is not the OFL", f.Name)
				}
				continue
			}
			raw, err := Font(name)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			count++
			if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != f.SHA256 {
				t.Errorf("%s differs from the lock", name)
			}
			// gopdf draws glyf outlines only: no CFF, no collection.
			if string(raw[:4]) != "\x00\x01\x00\x00" {
				t.Errorf("%s is not a TrueType file with outlines of its own: % x", name, raw[:4])
			}
		}
	}
	if got := len(FontNames()); got != count {
		t.Errorf("%d fonts inside, %d locked", got, count)
	}
}

func TestUnknownFontIsASentence(t *testing.T) {
	for _, name := range []string{"Comic", "../fonts.lock", ""} {
		_, err := Font(name)
		if err == nil || !strings.Contains(err.Error(), "go run ./cmd/prepare fonts") {
			t.Errorf("Font(%q): %v", name, err)
		}
		if kind := repertoire.KindOf(err); kind != repertoire.NotFound && kind != repertoire.Damaged {
			t.Errorf("Font(%q): kind %s", name, kind)
		}
	}
}

// TestCloneWithoutFonts stands for a build that forgot to fetch them.
func TestCloneWithoutFonts(t *testing.T) {
	clone := fstest.MapFS{"fonts/cache/.keep": {}, "fonts/cache/.complete": {}}
	_, err := font(clone, "NotoSerif-Regular")
	if repertoire.KindOf(err) != repertoire.Damaged || !strings.Contains(err.Error(), "ne sont pas installées") {
		t.Errorf("%v", err)
	}
}
