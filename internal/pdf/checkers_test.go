package pdf

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// finished are the files independent checkers look at.
func finished(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	laid := &book{t: t, pages: laidOut(t)}
	out := map[string]string{}
	for name, f := range map[string]struct {
		b *book
		o Options
	}{
		"digital": {sound(t), Options{}}, "print": {sound(t), Options{Variant: Print, Marks: true}},
		"laid digital": {laid, Options{Recipient: "ville de Lille"}}, "laid print": {laid, Options{Variant: Print}},
		"booklet": {laid, Options{Variant: Print, Imposition: Booklet}},
		"cover":   {laid, Options{Variant: Print, Imposition: CoverSpread, Spine: 12}},
	} {
		out[name] = filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".pdf")
		if err := Save(out[name], write(t, f.b, f.o)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func isPrint(name string) bool { return !strings.Contains(name, "digital") }

// TestIndependentCheckers has Debian's tools examine our files.
func TestIndependentCheckers(t *testing.T) {
	files := finished(t)
	t.Run("extraction", func(t *testing.T) { textIsExtracted(t, files) })
	t.Run("reading order", func(t *testing.T) { readingOrder(t, files["laid digital"]) })
	for name, file := range files {
		t.Run("qpdf/"+name, func(t *testing.T) {
			t.Parallel()
			if out := tool(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
				t.Error(out)
			}
		})
		t.Run("mutool/"+name, func(t *testing.T) {
			t.Parallel()
			out := tool(t, "mutool", "draw", "-q", "-r", "20", "-o", filepath.Join(t.TempDir(), "p%d.png"), file)
			for _, line := range strings.Split(out, "\n") {
				if line != "" && !strings.Contains(line, "ICC support is not available") {
					t.Error(line)
				}
			}
		})
		t.Run("pdffonts/"+name, func(t *testing.T) {
			t.Parallel()
			lines := strings.Split(strings.TrimSpace(tool(t, "pdffonts", file)), "\n")
			if len(lines) < 3 {
				t.Fatal("no fonts")
			}
			for _, line := range lines[2:] {
				if !strings.Contains(line, "Identity-H       yes yes yes") || line[6] != '+' {
					t.Error(line)
				}
			}
		})
		t.Run("pdfimages/"+name, func(t *testing.T) {
			t.Parallel()
			for _, line := range strings.Split(tool(t, "pdfimages", "-list", file), "\n") {
				if strings.Contains(line, " image ") && strings.Contains(line, " rgb ") == isPrint(name) {
					t.Error(line)
				}
			}
		})
		t.Run("pdfinfo/"+name, func(t *testing.T) {
			t.Parallel()
			out := tool(t, "pdfinfo", "-box", file)
			subtype := regexp.MustCompile(`PDF subtype:\s+PDF/X-4`).MatchString(out)
			tagged := regexp.MustCompile(`Tagged:\s+yes`).MatchString(out)
			if subtype != isPrint(name) || tagged == isPrint(name) {
				t.Error(out)
			}
			var bleed, trim [4]float64
			for _, line := range strings.Split(out, "\n") {
				_, _ = fmt.Sscanf(line, "BleedBox: %g %g %g %g", &bleed[0], &bleed[1], &bleed[2], &bleed[3])
				_, _ = fmt.Sscanf(line, "TrimBox: %g %g %g %g", &trim[0], &trim[1], &trim[2], &trim[3])
			}
			if margin := trim[0] - bleed[0]; isPrint(name) && (margin < 8.49 || margin > 8.52) {
				t.Errorf("bleed of %g points", margin)
			}
		})
		if isPrint(name) {
			t.Run("ghostscript/"+name, func(t *testing.T) {
				t.Parallel()
				out := tool(t, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-o", "-", "-sDEVICE=inkcov", file)
				if strings.Contains(out, "rror") || !strings.Contains(out, "CMYK OK") {
					t.Error(out)
				}
				raster := filepath.Join(t.TempDir(), "ink.pam")
				tool(t, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-r40", "-sDEVICE=pamcmyk32", "-o", raster, file)
				// Registration marks carry all inks on purpose.
				if most := mostInkOf(t, raster); most > 301 && name != "print" {
					t.Errorf("%.0f %% of ink", most)
				}
			})
		}
	}
}

// mostInkOf reads the PAM pictures of ghostscript.
func mostInkOf(t *testing.T, path string) float64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(bytes.NewReader(data))
	most := 0
	for {
		var w, h int
		for {
			line, err := r.ReadString('\n')
			if err == io.EOF {
				return float64(most) * 100 / 255
			}
			_, _ = fmt.Sscanf(line, "WIDTH %d", &w)
			_, _ = fmt.Sscanf(line, "HEIGHT %d", &h)
			if line == "ENDHDR\n" {
				break
			}
		}
		px := make([]byte, 4*w*h)
		if _, err := io.ReadFull(r, px); err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(px); i += 4 {
			most = max(most, int(px[i])+int(px[i+1])+int(px[i+2])+int(px[i+3]))
		}
	}
}

// textIsExtracted reads text back in every script.
func textIsExtracted(t *testing.T, files map[string]string) {
	for _, want := range []string{"office des fêtes", "بلدية توأمة الجزائر", "Հայաստան Երևան", "日本の姉妹都市 横浜", "échanges, offices, fêtes."} {
		for _, file := range []string{files["digital"], files["print"]} {
			if out := tool(t, "pdftotext", file, "-"); !strings.Contains(out, want) {
				t.Errorf("pdftotext of %s does not find %q", filepath.Base(file), want)
			}
			if out := tool(t, "mutool", "draw", "-q", "-F", "txt", file); !strings.Contains(out, want) {
				t.Errorf("mutool of %s does not find %q", filepath.Base(file), want)
			}
		}
		if out := tool(t, "pdfinfo", "-struct-text", files["digital"]); !strings.Contains(out, want) {
			t.Errorf("the tags do not hold %q", want)
		}
	}
}

// readingOrder wants the text of the tags to be the paragraphs of the
// document, one after the other.
func readingOrder(t *testing.T, file string) {
	out := tool(t, "pdfinfo", "-struct-text", file)
	var text strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^\s+"(.*)"$`).FindAllStringSubmatch(out, -1) {
		text.WriteString(m[1])
	}
	got := text.String()
	for _, want := range []string{
		"Sommaire", strings.TrimSpace(strings.Repeat(paragraph, 4)),
		"En arabe بلدية توأمة الجزائر, en arménien Հայաստան, en japonais 姉妹都市.",
		"Le marché", "fiche 0" + strings.TrimSpace(strings.Repeat(paragraph, 3)), "Premier projet", "Second projet", "Année", "Projet",
		"2019", "École",
		"Convention signée à Lille.", "fiche 1", "fiche 11", "Index",
	} {
		_, after, found := strings.Cut(squeeze(got), squeeze(want))
		if !found {
			t.Fatalf("%q is missing or out of order", want)
		}
		got = after
	}
}

// squeeze makes all spaces one: French typography narrows some.
func squeeze(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u00ad", "").Replace(s)
}

func TestDestinations(t *testing.T) {
	b := sound(t)
	b.pages.Anchors["été à Nîmes"] = layout.Destination{Page: 3, Y: 10}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := Save(file, write(t, b, Options{})); err != nil {
		t.Fatal(err)
	}
	out := tool(t, "pdfinfo", "-dests", file)
	for _, want := range []string{`3 [ XYZ    0  762 null      ] "fiche-1"`, `4 [ XYZ    0  762 null      ] "fiche-2"`,
		`4 [ XYZ    0  832 null      ]`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s\ndoes not hold %s", out, want)
		}
	}
}
