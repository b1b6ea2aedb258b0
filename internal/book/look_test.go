package book

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/assets"
	"repertoire/internal/layout"
	"repertoire/internal/raster"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
)

var look = flag.String("look", "", "folder that receives every page of the sample books as PNG")

var dpi = flag.Float64("dpi", 80, "resolution of -look")

var format = flag.String("format", "", "page format of the books laid out in tests")

type bundled struct{}

func (bundled) Font(name string) ([]byte, error) { return assets.Font(name) }

// sampleInput is one of the seven répertoires as a workspace would give it.
func sampleInput(t testing.TB, set sample.Set, d repertoire.Directory, design layout.Design) Input {
	t.Helper()
	in := Input{Directory: d, Presentations: map[string]repertoire.Presentation{}, Authorities: map[repertoire.ID]repertoire.Authority{},
		Reference: FromTables(reference.Open()), Design: design, Date: "2026-11-01"}
	for _, p := range set.Presentations {
		in.Presentations[p.Country] = p
	}
	for _, a := range set.Authorities {
		in.Authorities[a.ID] = a
	}
	for _, p := range set.Partnerships {
		if len(p.Directories) > 0 && p.Directories[0] == d.Slug {
			in.Partnerships = append(in.Partnerships, p)
		}
	}
	return in
}

// TestSampleBooks lays out the seven sample répertoires: no part of them may
// ask the typesetter for something it does not know, or lead nowhere.
func TestSampleBooks(t *testing.T) {
	set, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	setter, design := newSetter(t, *format)
	for _, d := range set.Directories {
		t.Run(d.Slug, func(t *testing.T) {
			in := sampleInput(t, set, d, design)
			doc, report, err := Compose(context.Background(), in)
			if err != nil {
				t.Fatal(err)
			}
			pages := lay(t, setter, doc)
			t.Logf("%d pages, %d entries, %d words, %d notices, densities %v", len(pages.Pages), report.Entries, pages.Words,
				len(report.Notices), report.Densities)
			paint(t, d.Slug, pages)
		})
	}
}

func newSetter(t testing.TB, format string) (*layout.Setter, layout.Design) {
	t.Helper()
	if _, err := assets.Font("NotoSerif-Regular"); err != nil {
		t.Skip(err)
	}
	design, err := layout.LoadDesign("", format)
	if err != nil {
		t.Fatal(err)
	}
	setter, err := layout.New(bundled{}, design)
	if err != nil {
		t.Fatal(err)
	}
	return setter, design
}

// lay makes pages and fails on warnings that are the book's own fault.
func lay(t testing.TB, setter *layout.Setter, doc layout.Document) *layout.Pages {
	t.Helper()
	pages, err := setter.Lay(context.Background(), doc, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range pages.Warnings {
		switch w.Kind {
		case layout.WarnStyle, layout.WarnAnchor, layout.WarnMissingGlyph, layout.WarnAlt:
			t.Errorf("page %d, %s %s: %s", w.Page+1, w.Origin.Title, w.Origin.Field, w.Message)
		default:
			t.Logf("page %d, %s %s: %s", w.Page+1, w.Origin.Title, w.Origin.Field, w.Message)
		}
	}
	return pages
}

// TestFixtureBooks lays out what the samples lack: long entries with pictures,
// and the extremes.
func TestFixtureBooks(t *testing.T) {
	setter, design := newSetter(t, *format)
	huge := longInput()
	for i := range huge.in.Partnerships {
		p := &huge.in.Partnerships[i]
		for range 4 {
			p.Projects = append(p.Projects, p.Projects[0])
		}
		p.Context, p.History = strings.Repeat(prose, 5), strings.Repeat(prose, 7)
		p.Description += "\n\n" + strings.Repeat(prose, 4)
	}
	wide := bareInput()
	long := strings.TrimSpace(strings.Repeat("Communauté de communes ", 9))
	wide.pair(wide.french(long, 0, long, long, 1, 47, 1), wide.abroad("SN", strings.ReplaceAll(long, " ", ""), long, 1, 14, -15), rich)
	for name, s := range map[string]*inputs{"long": longInput(), "huge": huge, "wide": wide, "empty": newInput("Répertoire vide", "SN")} {
		t.Run(name, func(t *testing.T) {
			s.in.Design = design
			s.in.Media = pictures{"puits": pngOf(900, 600)}
			doc, report := compose(t, s.in)
			pages := lay(t, setter, doc)
			t.Logf("%d pages, %d entries, %d words, densities %v", len(pages.Pages), report.Entries, pages.Words, report.Densities)
			paint(t, name, pages)
		})
	}
}

const prose = "La coopération s’appuie sur une expertise publique locale, mobilisée des deux côtés pour faire vivre un partenariat durable. Les élus se retrouvent chaque année en comité de pilotage, " +
	"les services échangent à distance et les associations prennent part aux actions de jeunesse, de culture et de solidarité.\n\nAprès une première phase consacrée à l’eau potable, les deux collectivités ont élargi leur " +
	"action à l’assainissement, à la gestion des déchets et à la formation des agents municipaux. Les difficultés rencontrées tiennent surtout au renouvellement des équipes et à la mobilisation des cofinancements.\n\n"

// paint writes pages as pictures when the flag asks.
func paint(t testing.TB, name string, p *layout.Pages) {
	t.Helper()
	if *look == "" {
		return
	}
	r := raster.New(p)
	for i := range p.Pages {
		img, err := r.Page(i, *dpi)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*look, fmt.Sprintf("%s-%03d.png", strings.ReplaceAll(name, "/", "-"), i+1)), b.Bytes(),
			0o644); err != nil {
			t.Fatal(err)
		}
	}
}
