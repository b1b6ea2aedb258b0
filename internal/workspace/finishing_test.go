package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
)

// Wishes that cannot be met are refused before anything is composed, and
// nothing is written.
func TestPressWishesAreRefused(t *testing.T) {
	dir := t.TempDir()
	w := sampled(t)
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	screen, err := os.ReadFile("../../data/icc/sRGB.icc")
	if err != nil {
		t.Fatal(err)
	}
	press, err := os.ReadFile("../../data/icc/FOGRA39L_coated.icc")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "livre.pdf")
	for name, opt := range map[string]books.BuildOptions{
		"a profile that is not there": {Variant: books.Print, Profile: filepath.Join(dir, "absent.icc")},
		"not a profile":               {Variant: books.Print, Profile: write("texte.icc", "bonjour")},
		"a profile cut short":         {Variant: books.Print, Profile: write("court.icc", string(press[:len(press)/3]))},
		"a profile of screens":        {Variant: books.Print, Profile: write("ecran.icc", string(screen))},
		"marks on a screen":           {Variant: books.Digital, Marks: true},
		"a booklet for a screen":      {Variant: books.Digital, Booklet: true},
		"a cover for a screen":        {Variant: books.Digital, Cover: filepath.Join(dir, "c.pdf")},
		"half a sheet":                {Variant: books.Print, PageMultiple: 3},
		"no sheet":                    {Variant: books.Print, PageMultiple: -2},
		"a spine of a metre":          {Variant: books.Print, Spine: 1000},
		"one file for both":           {Variant: books.Print, Cover: filepath.Join(dir, ".", "livre.pdf")},
	} {
		opt.Directory, opt.Output = "madagascar", out
		composed := false
		_, err := w.Books().Build(t.Context(), opt, func(int, int, string) { composed = true })
		if kind := repertoire.KindOf(err); err == nil || kind == repertoire.Internal || composed {
			t.Errorf("%s: %v (composed: %v)", name, err, composed)
		}
		if _, err := os.Stat(out); !os.IsNotExist(err) {
			t.Errorf("%s: a file was written", name)
		}
	}
}

// The printer's own profile is named as it names itself.
func TestPressWithOtherProfile(t *testing.T) {
	w := sampled(t)
	dir := t.TempDir()
	press, err := os.ReadFile("../../data/icc/FOGRA39L_coated.icc")
	if err != nil {
		t.Fatal(err)
	}
	own, out := filepath.Join(dir, "imprimeur.icc"), filepath.Join(dir, "livre.pdf")
	if err := os.WriteFile(own, []byte(strings.Replace(string(press), "FOGRA39", "Presse7", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "liban", Variant: books.Print, Profile: own, Booklet: true,
		Cover: filepath.Join(dir, "couverture.pdf"), Recipient: "Mairie de Lille", Output: out}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Preflight.OK || r.Cover == nil || r.Cover.Spine != 0 {
		t.Errorf("preflight %+v, cover %+v", r.Preflight, r.Cover)
	}
	for _, name := range []string{"livre.pdf", "couverture.pdf"} {
		if seen, err := books.Preflight(t.Context(), filepath.Join(dir, name)); err != nil || !seen.OK {
			t.Errorf("%s: %+v, %v", name, seen, err)
		}
	}
}

// A line for a reader changes that line and nothing else that is read.
func TestRecipientIsOnEveryPage(t *testing.T) {
	w := sampled(t)
	dir := t.TempDir()
	text := func(recipient string) string {
		out := filepath.Join(dir, "livre"+recipient+".pdf")
		if _, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "liban", Recipient: recipient, Output: out},
			quiet); err != nil {
			t.Fatal(err)
		}
		return tool(t, "mutool", "draw", "-q", "-F", "txt", out)
	}
	plain, marked := text(""), text("Mairie de Lille")
	const line = "Exemplaire de la Mairie de Lille"
	if n := strings.Count(marked, line); n < 15 {
		t.Errorf("the line is on %d pages", n)
	}
	if dense(strings.ReplaceAll(marked, line, "")) != dense(plain) {
		t.Error("more than the line has changed")
	}
}
