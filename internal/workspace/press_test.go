package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
)

// rebuildDir tells the test program to build books of a workspace again: the
// even or the odd ones, as rebuildHalf says.
const (
	rebuildDir  = "REPERTOIRE_TEST_REBUILD"
	rebuildHalf = "REPERTOIRE_TEST_REBUILD_HALF"
)

// rebuild prints the digest of the finished files of a workspace.
func rebuild(dir string) {
	sums := map[string]string{}
	err := func() error {
		ctx := context.Background()
		w, err := Open(ctx, dir, base.OpenOptions{ReadOnly: true})
		if err != nil {
			return err
		}
		defer w.Close()
		list, err := w.Records().Directories(ctx)
		if err != nil {
			return err
		}
		for i, d := range list {
			if strconv.Itoa(i%2) != os.Getenv(rebuildHalf) {
				continue
			}
			for _, v := range []books.Variant{books.Digital, books.Print} {
				r, err := w.Books().Build(ctx, books.BuildOptions{Directory: d.Slug, Variant: v}, quiet)
				if err != nil {
					return err
				}
				sums[d.Slug+"-"+string(v)] = r.SHA256
			}
		}
		return nil
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(sums)
}

// pressed is one finished file of a sample répertoire.
type pressed struct {
	name    string // madagascar-print
	path    string
	variant books.Variant
	pages   *layout.Pages // the whole book
	native  []string      // names of its authorities in their own script
	report  books.BuildReport
}

// pressAll sets each sample book once and finishes it for the screen, for the
// press, and as a body with its cover apart.
func pressAll(t *testing.T, w *Workspace) []pressed {
	t.Helper()
	list, err := w.Records().Directories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var out []pressed
	for _, d := range list {
		in, err := w.Books().BookInput(t.Context(), d.Slug)
		if err != nil {
			t.Fatal(err)
		}
		doc, composed, err := book.Compose(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := w.Books().Lay(t.Context(), doc, in.Design, quiet)
		if err != nil {
			t.Fatal(err)
		}
		var native []string
		for _, a := range in.Authorities {
			if a.NativeLang != "" {
				native = append(native, a.NativeName)
			}
		}
		slices.Sort(native)
		for kind, opt := range map[string]books.BuildOptions{
			"digital": {Variant: books.Digital}, "print": {Variant: books.Print},
			"body": {Variant: books.Print, Marks: true, Cover: filepath.Join(dir, d.Slug+"-cover.pdf"), PageMultiple: 4},
		} {
			wish, err := opt.Press(quiet)
			if err != nil {
				t.Fatal(err)
			}
			p := pressed{variant: opt.Variant, pages: pages, native: native, report: books.BuildReport{Timings: map[string]float64{}}}
			p.report.Fill(pages, composed)
			files, err := books.Finish(t.Context(), pages, opt, wish, &p.report,
				&books.Stopwatch{At: time.Now(), Timings: p.report.Timings})
			if err != nil {
				t.Fatalf("%s, %s: %v", d.Slug, kind, err)
			}
			if p.report.Entries != d.Partnerships {
				t.Errorf("%s: %d entries of %d", d.Slug, p.report.Entries, d.Partnerships)
			}
			for i, f := range files {
				p.name = d.Slug + "-" + kind
				if i > 0 {
					p.name = d.Slug + "-cover"
				}
				p.path = filepath.Join(dir, p.name+".pdf")
				if err := base.WriteWhole(p.path, f.Bytes); err != nil {
					t.Fatal(err)
				}
				out = append(out, p)
			}
		}
	}
	return out
}

// TestFinishedFiles finishes every sample répertoire for the press and for
// everybody, and has preflight and the tools of others examine the files.
func TestFinishedFiles(t *testing.T) {
	w := sampled(t)
	files := pressAll(t, w)
	dir := w.Dir()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		r := f.report
		if r.Overfull != 0 || !r.Preflight.OK || r.Preflight.Warned != 0 || r.Preflight.Checks < 20 {
			t.Errorf("%s: %d overfull lines, preflight %+v", f.name, r.Overfull, r.Preflight)
		}
		for _, x := range r.Warnings {
			if x.Kind == books.KindPreflight || x.Kind == string(layout.WarnMissingGlyph) {
				t.Errorf("%s: page %d, %s: %s", f.name, x.Page, x.Title, x.Message)
			}
		}
	}
	t.Run("same bytes", func(t *testing.T) { t.Parallel(); sameElsewhere(t, dir, files) })
	for _, f := range files {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			f.sound(t)
			if f.variant == books.Print {
				f.forThePress(t)
			} else {
				f.forEverybody(t)
			}
		})
	}
}

// sameElsewhere builds the books again in two other processes, half each, with
// other zones, languages and numbers of processors.
func sameElsewhere(t *testing.T, dir string, files []pressed) {
	want := map[string]string{}
	for _, f := range files {
		want[f.name] = f.report.SHA256
	}
	built := 0
	for i, env := range [][]string{
		{"TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=1"},
		{"TZ=America/St_Johns", "LANG=C", "LC_ALL=C", "GOMAXPROCS=5"},
	} {
		child := exec.Command(os.Args[0])
		child.Env = append(append(os.Environ(), env...), rebuildDir+"="+dir, rebuildHalf+"="+strconv.Itoa(i))
		out, err := child.Output()
		if err != nil {
			t.Fatalf("%v: %v", env, err)
		}
		var got map[string]string
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		built += len(got)
		for name, sum := range got {
			if sum != want[name] {
				t.Errorf("%s has other bytes with %v", name, env)
			}
		}
	}
	if built != 14 {
		t.Errorf("%d files were built again", built)
	}
}

// tool runs a checker of Debian and returns what it prints; without it the
// check is skipped, and in CI it fails.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s n’est pas installé", name)
		}
		t.Skipf("%s n’est pas installé : ce contrôle n’a pas eu lieu", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// sound is what holds for both variants.
func (f pressed) sound(t *testing.T) {
	if out := tool(t, "qpdf", "--check", f.path); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	for line := range strings.Lines(tool(t, "mutool", "draw", "-q", "-r", "18", "-o", filepath.Join(t.TempDir(), "p%d.png"), f.path)) {
		if !strings.Contains(line, "ICC support is not available") {
			t.Errorf("mutool: %s", line)
		}
	}
	fonts := strings.Split(strings.TrimSpace(tool(t, "pdffonts", f.path)), "\n")
	if len(fonts) < 3 {
		t.Error("no fonts")
	}
	for _, line := range fonts[min(2, len(fonts)):] {
		// Embedded, subset, with the text of each glyph.
		if !strings.Contains(line, "Identity-H       yes yes yes") || line[6] != '+' {
			t.Error(line)
		}
	}
	for line := range strings.Lines(tool(t, "pdfimages", "-list", f.path)) {
		if strings.Contains(line, " image ") && strings.Contains(line, " rgb ") == (f.variant == books.Print) {
			t.Error(line)
		}
	}
}

var (
	rgbOperator = regexp.MustCompile(`(?m)^([\d.]+ ){3}(rg|RG)$|/DeviceRGB|/CalRGB`)
	boxLine     = regexp.MustCompile(`(TrimBox|BleedBox|MediaBox):\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)`)
)

// forThePress looks at colour, boxes and ink.
func (f pressed) forThePress(t *testing.T) {
	info := tool(t, "pdfinfo", "-box", f.path)
	for _, want := range []string{"PDF subtype:    PDF/X-4", "Tagged:          no"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
	box := map[string][4]float64{}
	for _, m := range boxLine.FindAllStringSubmatch(info, -1) {
		var b [4]float64
		for i := range b {
			_, _ = fmt.Sscan(m[2+i], &b[i])
		}
		box[m[1]] = b
	}
	const bleed = 3 * books.PointsPerMillimetre
	for i, sign := range []float64{1, 1, -1, -1} {
		if d := (box["TrimBox"][i] - box["BleedBox"][i]) * sign; d < bleed-0.02 || d > bleed+0.02 {
			t.Errorf("the bleed is %.2f points on side %d", d, i)
		}
	}
	plain := filepath.Join(t.TempDir(), "plain.pdf")
	tool(t, "qpdf", "--qdf", "--object-streams=disable", f.path, plain)
	text, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	if found := rgbOperator.Find(text); found != nil {
		t.Errorf("the file paints in RGB: %s", found)
	}
	inks := tool(t, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-r18", "-o", "-", "-sDEVICE=inkcov", f.path)
	if strings.Contains(inks, "rror") || !strings.Contains(inks, "CMYK OK") {
		t.Errorf("ghostscript: %s", inks)
	}
	if strings.HasSuffix(f.name, "-body") || strings.HasSuffix(f.name, "-cover") {
		return // registration marks carry all inks on purpose
	}
	raster := filepath.Join(t.TempDir(), "ink.pam")
	tool(t, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-r30", "-sDEVICE=pamcmyk32", "-o", raster, f.path)
	if most := mostInk(t, raster); most > 301 {
		t.Errorf("%.0f %% of ink", most)
	}
}

// mostInk reads the PAM pictures of ghostscript, one after the other.
func mostInk(t *testing.T, path string) float64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	most, seen := 0, 0
	for len(data) > 0 {
		head, rest, found := strings.Cut(string(data[:min(len(data), 200)]), "ENDHDR\n")
		var w, h int
		for line := range strings.Lines(head) {
			_, _ = fmt.Sscanf(line, "WIDTH %d", &w)
			_, _ = fmt.Sscanf(line, "HEIGHT %d", &h)
		}
		at := min(len(data), 200) - len(rest)
		if !found || w*h == 0 || at+4*w*h > len(data) {
			t.Fatalf("ghostscript's picture %d cannot be read", seen)
		}
		px := data[at : at+4*w*h]
		for i := 0; i < len(px); i += 4 {
			most = max(most, int(px[i])+int(px[i+1])+int(px[i+2])+int(px[i+3]))
		}
		data = data[at+4*w*h:]
		seen++
	}
	if seen == 0 {
		t.Fatal("ghostscript drew nothing")
	}
	return float64(most) * 100 / 255
}

// forEverybody reads the text back as others do.
func (f pressed) forEverybody(t *testing.T) {
	info := tool(t, "pdfinfo", f.path)
	if !strings.Contains(info, "Tagged:          yes") || !strings.Contains(info, "Title:           Répertoire") {
		t.Errorf("pdfinfo: %s", info)
	}
	f.readsInOrder(t)
	text := dense(tool(t, "pdftotext", f.path, "-"))
	for _, want := range append([]string{"Sommaire", "Collectivité française", "d’après", "Crédits"}, f.native...) {
		// Cells part a long name over their lines: each word of it is there.
		for word := range strings.FieldsSeq(want) {
			if word = dense(word); !strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
				t.Errorf("pdftotext does not find %q of %q", word, want)
			}
		}
	}
	if strings.HasPrefix(f.name, "liban") {
		f.tagsHoldTheText(t) // quadratic in poppler 22: one book, that with two directions
	}
}

// readsInOrder wants every stretch of text that belongs to the structure, in
// the order of the structure, page by page.
func (f pressed) readsInOrder(t *testing.T) {
	pages := strings.Split(tool(t, "mutool", "draw", "-q", "-F", "txt", f.path), "\f")
	if len(pages) < len(f.pages.Pages) {
		t.Fatalf("mutool sees %d pages of %d", len(pages), len(f.pages.Pages))
	}
	words := 0
	for i, page := range f.pages.Pages {
		got := dense(pages[i])
		for _, g := range inStructure(page) {
			want := dense(g.Text)
			_, after, found := strings.Cut(got, want)
			if !found {
				t.Errorf("page %d: %q is missing or out of order", i+1, g.Text)
				break
			}
			got = after
			words++
		}
	}
	if words < 300 {
		t.Errorf("only %d stretches of text", words)
	}
}

// inStructure gives the runs of a page that are not artifacts, in the order of
// their elements.
func inStructure(page *layout.Page) []*layout.Glyphs {
	var out []*layout.Glyphs
	for _, item := range page.Items {
		if g, ok := item.(*layout.Glyphs); ok && g.Node != 0 && dense(g.Text) != "" {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b *layout.Glyphs) int { return int(a.Node - b.Node) })
	return out
}

// tagsHoldTheText wants the tags to hold the whole text in the order of the
// structure, as poppler reads them.
func (f pressed) tagsHoldTheText(t *testing.T) {
	var got strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^\s+"(.*)"$`).FindAllStringSubmatch(tool(t, "pdfinfo", "-struct-text", f.path), -1) {
		got.WriteString(m[1])
	}
	byNode := map[layout.NodeID]string{}
	for _, page := range f.pages.Pages {
		for _, g := range inStructure(page) {
			byNode[g.Node] += g.Text
		}
	}
	var want strings.Builder
	var walk func(n *layout.Node)
	walk = func(n *layout.Node) {
		want.WriteString(byNode[n.ID])
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(f.pages.Structure)
	a, b := dense(got.String()), dense(want.String())
	if a != b {
		n := 0
		for n < min(len(a), len(b)) && a[n] == b[n] {
			n++
		}
		from := max(0, n-40)
		t.Errorf("the tags differ from the book: %q instead of %q", a[from:min(len(a), n+40)], b[from:min(len(b), n+40)])
	}
}

// dense leaves out spaces, hyphens at line ends and marks of direction, which
// readers put where they like.
func dense(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r <= ' ', r == '\u00a0', r >= 0x2000 && r <= 0x200f, r >= 0x202a && r <= 0x202f, r >= 0x2066 && r <= 0x2069, r == '\u00ad',
			r == '\ufeff', r == '\u3000':
			return -1
		}
		return r
	}, s)
}
