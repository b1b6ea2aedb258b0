package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/picture/icc"
	"repertoire/internal/repertoire"
)

func write(t testing.TB, b *book, o Options) []byte {
	t.Helper()
	if o.Variant == Print && o.Profile.Data == nil {
		o.Profile.Data = pressProfile(t)
	}
	out, r, err := Write(context.Background(), b.pages, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Checks {
		t.Logf("%+v", c)
	}
	return out
}

// TestSameBytes writes the same book again under other circumstances.
func TestSameBytes(t *testing.T) {
	for _, o := range []Options{{}, {Recipient: "ville de Lille"}, {Variant: Print, Marks: true}} {
		want := sha256.Sum256(write(t, sample(t), o))
		zone, procs := time.Local, runtime.GOMAXPROCS(0)
		t.Setenv("TZ", "Asia/Tokyo")
		t.Setenv("LANG", "C")
		time.Local = time.FixedZone("Tokyo", 9*3600)
		for _, n := range []int{1, 2, 7} {
			runtime.GOMAXPROCS(n)
			if got := sha256.Sum256(write(t, sample(t), o)); got != want {
				t.Errorf("%+v: other bytes with %d processors", o.Variant, n)
			}
		}
		runtime.GOMAXPROCS(procs)
		time.Local = zone
	}
}

// TestIdentifierFollowsContent wants another ID for another text and the same
// for the same.
func TestIdentifierFollowsContent(t *testing.T) {
	identifier := func(b *book) string {
		f, err := object.Open(write(t, b, Options{}))
		if err != nil {
			t.Fatal(err)
		}
		return string(f.Trailer.Get("ID").(object.Array)[0].(object.String))
	}
	a, b := sample(t), sample(t)
	b.text(b.node(b.pages.Structure, "P"), "serif", 9, 60, 600, "un mot de plus")
	if identifier(a) != identifier(sample(t)) || identifier(a) == identifier(b) {
		t.Error("identifiers do not follow content")
	}
}

// pageContents gives the decoded content of every page.
func pageContents(t *testing.T, data []byte) []string {
	t.Helper()
	in, err := inspect(data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range in.pages {
		s := in.file.Resolve(p.dict.Get("Contents")).(*object.Stream)
		text, err := in.file.Decode(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// TestRecipientChangesNothingElse compares the pages with and without the
// line of the recipient.
func TestRecipientChangesNothingElse(t *testing.T) {
	plain := pageContents(t, write(t, sample(t), Options{}))
	named := pageContents(t, write(t, sample(t), Options{Recipient: "commune d’Œuilly"}))
	for i := range plain {
		body := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(plain[i]), "EMC"))
		if !strings.HasPrefix(named[i], body) {
			t.Errorf("page %d differs before the line", i)
		}
		if added := named[i] != plain[i]; added != (i > 0) {
			t.Errorf("page %d bears the line: %v", i, added)
		}
	}
}

func TestRefusals(t *testing.T) {
	profile := pressProfile(t)
	for name, c := range map[string]struct {
		o    Options
		edit func(p *layout.Pages)
		kind repertoire.Kind
	}{
		"unknown variant":       {Options{Variant: "web"}, nil, repertoire.Refused},
		"print without profile": {Options{Variant: Print}, nil, repertoire.Refused},
		"digital booklet":       {Options{Imposition: Booklet}, nil, repertoire.Refused},
		"damaged profile":       {Options{Variant: Print, Profile: Profile{Data: profile[:9999]}}, nil, repertoire.Damaged},
		"screen profile":        {Options{Variant: Print, Profile: Profile{Data: icc.SRGB()}}, nil, repertoire.Damaged},
		"no pages":              {Options{}, func(p *layout.Pages) { p.Pages = nil }, repertoire.Refused},
		"no date":               {Options{}, func(p *layout.Pages) { p.Meta.Date = "" }, repertoire.Internal},
		"no structure":          {Options{}, func(p *layout.Pages) { p.Structure = nil }, repertoire.Internal},
		"unknown role":          {Options{}, func(p *layout.Pages) { p.Structure.Kids[0].Role = "Chapter" }, repertoire.Internal},
		"one node twice": {Options{}, func(p *layout.Pages) { p.Structure.Kids[1].ID = p.Structure.Kids[0].ID },
			repertoire.Internal},
		"unknown node": {Options{}, func(p *layout.Pages) { p.Pages[0].Items[1].(*layout.Glyphs).Node = 9999 },
			repertoire.Internal},
		"unknown font": {Options{}, func(p *layout.Pages) { p.Pages[0].Items[1].(*layout.Glyphs).Font = 99 }, repertoire.Internal},
		"glyph beyond a font": {Options{}, func(p *layout.Pages) { p.Pages[0].Items[1].(*layout.Glyphs).Run[0].ID = 65000 },
			repertoire.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			b := sample(t)
			if c.edit != nil {
				c.edit(b.pages)
			}
			out, _, err := Write(context.Background(), b.pages, c.o)
			var e *repertoire.Error
			if out != nil || !errors.As(err, &e) || e.Kind != c.kind {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Write(ctx, sample(t).pages, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestDeadAnchorsAreReported(t *testing.T) {
	b := sample(t)
	delete(b.pages.Anchors, "fiche-2")
	_, r, err := Write(context.Background(), b.pages, Options{})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]int{}
	for _, c := range r.Checks {
		names[c.Name]++
	}
	if r.OK || names["Signets"] != 2 || names["Liens"] != 1 {
		t.Errorf("%+v", r)
	}
}

// drawnSample draws the sample for the finisher.
func drawnSample(t *testing.T) (*layout.Pages, Options, *drawn) {
	t.Helper()
	b := sample(t)
	o, err := Options{}.complete(b.pages)
	if err != nil {
		t.Fatal(err)
	}
	a := &artist{pages: b.pages, opts: o, out: &drawn{sheets: impose(b.pages, o)}}
	if a.roles, err = nodesByID(b.pages.Structure); err != nil {
		t.Fatal(err)
	}
	if a.faceOf, err = faces(b.pages.Fonts, a.runs()); err != nil {
		t.Fatal(err)
	}
	if err := a.preparePictures(context.Background(), nil, &Report{}); err != nil {
		t.Fatal(err)
	}
	if err := a.draw(context.Background()); err != nil {
		t.Fatal(err)
	}
	return b.pages, o, a.out
}

// TestFinisherFailsLoudly alters gopdf's file in ways a new version of it
// might, and wants no file rather than a wrong one.
func TestFinisherFailsLoudly(t *testing.T) {
	swap := func(old, new string) func(d *drawn) {
		return func(d *drawn) {
			// Same length, so that the cross-reference stays right.
			d.raw = bytes.Replace(d.raw, []byte(old), []byte(new+strings.Repeat(" ", len(old)-len(new))), 1)
		}
	}
	for name, edit := range map[string]func(d *drawn){
		"a sentinel lost":        swap("[] 7000003.00 d", ""),
		"a sentinel changed":     swap("[] 7000003.00 d", "[] 7000009.00 d"),
		"a sentinel twice":       swap("[] 7000004.00 d", "[] 7000003.00 d"),
		"another dash":           swap("[] 7000003.00 d", "[] 0 d"),
		"operators left over":    func(d *drawn) { d.operators = append(d.operators, []byte("x")) },
		"operators missing":      func(d *drawn) { d.operators = d.operators[:5] },
		"a page more":            func(d *drawn) { d.sheets = append(d.sheets, d.sheets[0]) },
		"a font less":            func(d *drawn) { d.faces = d.faces[1:] },
		"a font of another name": swap("/BaseFont /face0", "/BaseFont /fact0"),
		"no font program":        swap("/FontFile2", "/FontFile4"),
		"a picture lost":         func(d *drawn) { d.pictures = append(d.pictures, d.pictures[0]) },
		"another encoding":       swap("/Identity-H", "/Identity-V"),
		"not a PDF":              func(d *drawn) { d.raw = d.raw[100:] },
	} {
		t.Run(name, func(t *testing.T) {
			pages, o, d := drawnSample(t)
			before := string(d.raw)
			edit(d)
			if strings.HasPrefix(name, "a sentinel") && string(d.raw) == before {
				t.Fatal("nothing altered")
			}
			out, err := finish(pages, o, d, &Report{})
			var e *repertoire.Error
			if out != nil || !errors.As(err, &e) || e.Kind != repertoire.Internal {
				t.Errorf("%d bytes, %v", len(out), err)
			}
		})
	}
}

func TestSheets(t *testing.T) {
	pages := func(n int) *layout.Pages {
		p := &layout.Pages{Size: layout.Size{W: 100, H: 200}}
		for range n {
			p.Pages = append(p.Pages, &layout.Page{})
		}
		return p
	}
	order := func(p *layout.Pages, o Options) string {
		var out []string
		for _, s := range impose(p, o) {
			list := []string{}
			for _, c := range s.cells {
				list = append(list, fmt.Sprintf("%d@%.0f", c.page+1, c.x-s.margin))
			}
			out = append(out, strings.Join(list, " "))
		}
		return strings.Join(out, " | ")
	}
	for _, c := range []struct {
		n    int
		o    Options
		want string
	}{
		{3, Options{Variant: Digital, PageMultiple: 1}, "1@0 | 2@0 | 3@0"},
		{3, Options{Variant: Print, PageMultiple: 2}, "1@0 | 2@0 | 3@0 | "},
		{5, Options{Variant: Print, PageMultiple: 4}, "1@0 | 2@0 | 3@0 | 4@0 | 5@0 |  |  | "},
		{8, Options{Variant: Print, Imposition: Booklet}, "8@0 1@100 | 2@0 7@100 | 6@0 3@100 | 4@0 5@100"},
		{6, Options{Variant: Print, Imposition: Booklet}, "1@100 | 2@0 | 6@0 3@100 | 4@0 5@100"},
		{4, Options{Variant: Print, Imposition: CoverSpread, Spine: 15}, "4@0 1@115"},
		{1, Options{Variant: Print, Imposition: CoverSpread, Spine: 15}, "1@115"},
	} {
		if got := order(pages(c.n), c.o); got != c.want {
			t.Errorf("%d pages: %q, want %q", c.n, got, c.want)
		}
	}
}

func TestPageLabels(t *testing.T) {
	labels := []string{"", "i", "ii", "iv", "1", "2", "3", "A-1", "7", ""}
	b := newBook(t)
	for _, l := range labels {
		b.addPage(l)
	}
	b.text(b.node(b.pages.Structure, "P"), "serif", 10, 60, 60, "Texte")
	in, err := inspect(write(t, b, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range in.pages {
		if p.label != labels[i] {
			t.Errorf("page %d is labelled %q, want %q", i, p.label, labels[i])
		}
	}
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "livre.pdf")
	for _, text := range []string{"un", "deux"} {
		if err := Save(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != text {
			t.Errorf("%q", got)
		}
	}
	if list, _ := os.ReadDir(dir); len(list) != 1 {
		t.Errorf("%d files left", len(list))
	}
	var e *repertoire.Error
	if err := Save(filepath.Join(dir, "absent", "livre.pdf"), nil); !errors.As(err, &e) || e.Kind != repertoire.Refused || e.File == "" {
		t.Errorf("%v", err)
	}
	// A folder in the way: the write succeeds, the renaming cannot.
	if err := os.Mkdir(filepath.Join(dir, "x.pdf"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Save(filepath.Join(dir, "x.pdf"), nil); !errors.As(err, &e) {
		t.Errorf("%v", err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 2 {
		t.Errorf("%d files left", len(list))
	}
}

func TestSpineWidth(t *testing.T) {
	// 200 pages of 90 g offset: 100 leaves of 0.1125 mm.
	if got := SpineWidth(200, 90, 1.25) / millimetre; math.Abs(got-11.25) > 0.001 {
		t.Errorf("%g mm", got)
	}
}

func TestRecipientPreposition(t *testing.T) {
	for name, want := range map[string]string{
		"la ville de Lille": "de la ville de Lille", "Le Havre": "du Havre", "Agen": "d’Agen", "Les Ulis": "des Ulis",
		"de M. Durand": "de M. Durand", "Évry": "d’Évry", "Région Bretagne": "de la Région Bretagne",
		"Mairie de Lille":     "de la Mairie de Lille",
		"Département du Nord": "du Département du Nord", "Ambassade de France": "de l’Ambassade de France",
		"Villeurbanne": "de Villeurbanne", "d'Arras": "d’Arras",
	} {
		if got := of(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
