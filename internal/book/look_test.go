package book_test

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
	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/raster"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
)

var look = flag.String("look", "", "folder that receives every page of the sample books as PNG")

var dpi = flag.Float64("dpi", 80, "resolution of -look")

type bundled struct{}

func (bundled) Font(name string) ([]byte, error) { return assets.Font(name) }

// sampleInput is one of the seven répertoires as a workspace would give it.
func sampleInput(t testing.TB, set sample.Set, d repertoire.Directory, design layout.Design) book.Input {
	t.Helper()
	in := book.Input{Directory: d, Presentations: map[string]repertoire.Presentation{}, Authorities: map[repertoire.ID]repertoire.Authority{},
		Reference: book.FromTables(reference.Open()), Design: design, Date: "2026-11-01"}
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
	if _, err := assets.Font("NotoSerif-Regular"); err != nil {
		t.Skip(err)
	}
	set, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	design, err := layout.LoadDesign("", "")
	if err != nil {
		t.Fatal(err)
	}
	setter, err := layout.New(bundled{}, design)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range set.Directories {
		t.Run(d.Slug, func(t *testing.T) {
			in := sampleInput(t, set, d, design)
			doc, report, err := book.Compose(context.Background(), in)
			if err != nil {
				t.Fatal(err)
			}
			pages, err := setter.Lay(context.Background(), doc, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d pages, %d entries, %d words, %d notices, densities %v", len(pages.Pages), report.Entries, pages.Words, len(report.Notices), report.Densities)
			for _, w := range pages.Warnings {
				switch w.Kind {
				case layout.WarnStyle, layout.WarnAnchor, layout.WarnMissingGlyph, layout.WarnAlt:
					t.Errorf("page %d, %s %s: %s", w.Page+1, w.Origin.Title, w.Origin.Field, w.Message)
				default:
					t.Logf("page %d, %s %s: %s", w.Page+1, w.Origin.Title, w.Origin.Field, w.Message)
				}
			}
			paint(t, d.Slug, pages)
		})
	}
}

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
		if err := os.WriteFile(filepath.Join(*look, fmt.Sprintf("%s-%03d.png", strings.ReplaceAll(name, "/", "-"), i+1)), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
