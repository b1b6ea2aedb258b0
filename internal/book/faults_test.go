package book

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// worthTheirPaper looks at the pages of entries as a reader does, at what is drawn
// on them: a page under a third full is told of by the gate, and an entry goes over
// to a page with at least three lines, never with its date or its source alone.
func worthTheirPaper(t *testing.T, name string, pages *layout.Pages, design layout.Design) {
	t.Helper()
	top := math.Inf(1)
	for _, p := range pages.Pages {
		for _, it := range p.Items {
			if g, ok := it.(*layout.Glyphs); ok && g.Node != 0 && !p.Cover && p.Label != "" {
				top = math.Min(top, g.Y-g.Size)
			}
		}
	}
	told := map[int]bool{}
	for _, w := range pages.Warnings {
		told[w.Page] = told[w.Page] || w.Kind == layout.WarnHollow
	}
	over := 0
	for id, on := range pages.Entries {
		for k, i := range on {
			p := pages.Pages[i]
			bottom := top
			for _, it := range p.Items {
				switch it := it.(type) {
				case *layout.Glyphs:
					if it.Node != 0 {
						bottom = math.Max(bottom, it.Y)
					}
				case *layout.Picture:
					bottom = math.Max(bottom, it.Y+it.H)
				}
			}
			if share := (bottom - top) / design.TextHeight(); share < 0.30 && !told[i] {
				t.Errorf("%s, page %s: filled to %.0f %%, and the gate says nothing", name, p.Label, 100*share)
			}
			if k == 0 || i != on[k-1]+1 {
				continue // the people of an entry are listed at the end as well
			}
			over++
			lines, fields := entryOnPage(p, id)
			if len(lines) < 3 {
				t.Errorf("%s, page %s (%d): the entry %s goes over with %d lines (%v)", name, p.Label, i+1, id, len(lines), fields)
			}
			if !slices.ContainsFunc(fields, func(f string) bool { return f != "verified" && f != "source" && f != "" }) {
				t.Errorf("%s, page %s: the entry %s goes over with only %v", name, p.Label, id, fields)
			}
		}
	}
	t.Logf("%s: %d pages, entries go over to %d", name, len(pages.Pages), over)
}

// entryOnPage gives the baselines and the fields of an entry on a page; a picture
// or a map counts as the lines it takes.
func entryOnPage(p *layout.Page, id string) (lines []int, fields []string) {
	for _, r := range p.Regions {
		if r.Origin.Entry != id {
			continue
		}
		fields = append(fields, r.Origin.Field)
		for _, it := range p.Items {
			switch it := it.(type) {
			case *layout.Glyphs:
				if it.Node != 0 && it.X > r.X-2 && it.X < r.X+r.W+2 && it.Y > r.Y && it.Y < r.Y+r.H+4 {
					lines = append(lines, int(it.Y))
				}
			case *layout.Picture:
				if it.Origin.Entry == id {
					for y := it.Y; y < it.Y+it.H; y += 12 {
						lines = append(lines, int(y))
					}
				}
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines), fields
}

// TestShortEntriesWithThreePictures: pictures that are more than the text of their
// entry leave no page with the last of it alone.
func TestShortEntriesWithThreePictures(t *testing.T) {
	for _, format := range []string{"170x240", "A5", "A4"} {
		setter, design := newSetter(t, format)
		s := newInput("Répertoire illustré", "SN")
		s.in.Media = pictures{"haut": pngOf(900, 1200), "large": pngOf(1600, 900), "puits": pngOf(1200, 800)}
		s.in.Design = design
		for i := range 14 {
			f := s.french(fmt.Sprintf("Commune %c", 'A'+i), 0, "Nord", "Hauts-de-France", 9000, 50, 3)
			g := s.abroad("SN", fmt.Sprintf("Ville %c", 'A'+i), "Thiès", 0, 14.8, -16.9)
			s.pair(f, g, func(p *repertoire.Partnership) {
				p.Objectives, p.Verified = "Former les agents, ouvrir deux puits et relier les écoles.", "2026-03-02"
				if i%3 == 0 {
					p.History = strings.Repeat(prose, 1+i/6)
				}
				for k, media := range []string{"haut", "large", "puits"} {
					p.Pictures = append(p.Pictures, repertoire.Picture{Media: media, Caption: fmt.Sprintf("Vue %d", k+1), Credit: "© Essai",
						Alt: "Une vue"})
				}
			})
		}
		doc, _ := compose(t, s.in)
		pages := lay(t, setter, doc)
		worthTheirPaper(t, format, pages, design)
		paint(t, "illustre-"+format, pages)
	}
}

// listed are the rows of a list of three entries, changed.
func listed(t *testing.T, change func(i int, p *repertoire.Partnership)) (heads []string, rows int) {
	t.Helper()
	s := newInput("Liste", "SN")
	s.in.Directory.Density = repertoire.DensityTable
	for i := range 3 {
		s.pair(s.french(fmt.Sprint("Commune ", i), 0, "Nord", "", 0, 50, 3), s.abroad("SN", fmt.Sprint("Ville ", i), "", 0, 14, -16),
			func(p *repertoire.Partnership) {
				p.Type, p.Source = "", ""
				change(i, p)
			})
	}
	c := newComposer(s.in)
	table, ok := c.tableOf(c.entries).(layout.Table)
	if !ok {
		t.Fatal("no table")
	}
	for _, cell := range table.Head[0].Cells {
		heads = append(heads, inlineText(cell.Blocks[0].(layout.Paragraph).Text))
	}
	return heads, len(table.Rows)
}

// TestNoColumnOfAListIsEmpty: the third column is there when the rows have
// something for it, and its head says what.
func TestNoColumnOfAListIsEmpty(t *testing.T) {
	for name, c := range map[string]struct {
		change func(i int, p *repertoire.Partnership)
		third  string
	}{
		"nothing": {func(int, *repertoire.Partnership) {}, ""},
		"links": {func(i int, p *repertoire.Partnership) {
			p.Type, p.FirstYear = []repertoire.Type{repertoire.TypeTwinning, repertoire.TypeContact, repertoire.TypeCooperation}[i], 1980
		}, "Lien"},
		"dates": {func(_ int, p *repertoire.Partnership) { p.Verified = "2026-01-05" }, "Source"},
		"both": {func(i int, p *repertoire.Partnership) {
			p.Type, p.Verified = []repertoire.Type{repertoire.TypeTwinning, repertoire.TypeContact, repertoire.TypeCooperation}[i], "2026-01-05"
		}, "Lien, source"},
	} {
		heads, rows := listed(t, c.change)
		third := ""
		if len(heads) > 2 {
			third = heads[2]
		}
		if rows < 3 || len(heads) < 2 || third != c.third {
			t.Errorf("%s: heads %q over %d rows, want the third %q", name, heads, rows, c.third)
		}
	}
}

// TestRowsAfterAnEntryInFullHaveATitle: a list that follows an entry set in full
// does not pass for a part of it.
func TestRowsAfterAnEntryInFullHaveATitle(t *testing.T) {
	s := newInput("Mêlé", "SN")
	for i := range 6 {
		s.pair(s.french(fmt.Sprint("Commune ", i), 0, "Nord", "", 0, 50, 3), s.abroad("SN", fmt.Sprint("Ville ", i), "", 0, 14, -16),
			func(p *repertoire.Partnership) {
				if i == 0 {
					rich(p)
				}
			})
	}
	c := newComposer(s.in)
	blocks := c.run(c.entries)
	found := false
	for i, b := range blocks {
		if _, ok := b.(layout.Table); !ok || i == 0 {
			continue
		}
		found = true
		if h, ok := blocks[i-1].(layout.Heading); !ok || inlineText(h.Text) == "" {
			t.Errorf("a table follows %T", blocks[i-1])
		}
	}
	if !found {
		t.Errorf("no row follows an entry: densities %v", c.report.Densities)
	}
}

// TestFieldsThatOpenASentenceAreWords: « {partenariats} inventés » begins with a
// word; inside, a figure stays one.
func TestFieldsThatOpenASentenceAreWords(t *testing.T) {
	s := bareInput()
	c := newComposer(s.in)
	for text, want := range map[string]string{
		"{partenariats} suivis, dans {pays}.":   "Trois\u00a0partenariats suivis, dans 1\u00a0pays.",
		"Un livre. {fiches} y sont ; {fiches}.": "Un livre. Trois\u00a0fiches y sont ; 3\u00a0fiches.",
	} {
		if got := c.filled(text); got != want {
			t.Errorf("%q", got)
		}
	}
}

func TestWhatWasSignedAgrees(t *testing.T) {
	for title, want := range map[string]string{"Serment de jumelage": "signé", "Convention-cadre": "signée", "Accord-cadre": "signé",
		"Renouvellement": "signé", "Pacte d’amitié": "signé", "Charte": "signée", "Mémorandum d’entente": "signé", "": "signée",
		"Protocole, 2e volet": "signé", "Déclaration": "signée"} {
		if got := signedWord(title); got != want {
			t.Errorf("%s: %s", title, got)
		}
	}
}

// TestNativeNamesSaySomething: a name that the French one has already is not printed
// twice.
func TestNativeNamesSaySomething(t *testing.T) {
	for _, c := range []struct {
		french, native string
		shown          bool
	}{{"La Lisa (La Havane)", "La Lisa", false}, {"Playa (La Havane)", "Playa", false}, {"Carthagène des Indes", "Cartagena de Indias", true},
		{"Saint-Louis", "Saint-Louis", false}, {"Le Caire", "القاهرة", true}, {"Lima", "Limache", true}} {
		if _, ok := nativeName(repertoire.Authority{Name: c.french, NativeName: c.native}); ok != c.shown {
			t.Errorf("%s, %s: shown %v", c.french, c.native, ok)
		}
	}
}
