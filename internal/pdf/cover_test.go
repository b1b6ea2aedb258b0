package pdf

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// covered has pages whose cover is marked: C a cover page with something on
// it, c one without, b a page of the body.
func covered(kinds string) *layout.Pages {
	p := &layout.Pages{Size: layout.Size{W: 100, H: 200}}
	for _, k := range kinds {
		page := &layout.Page{Cover: k != 'b'}
		if k != 'c' {
			page.Items = []layout.Item{&layout.Path{Ops: rect(-9, -9, 118, 218), Fill: blue}}
		}
		p.Pages = append(p.Pages, page)
	}
	return p
}

func TestBodyLeavesTheCoverOut(t *testing.T) {
	for kinds, want := range map[string][2]int{
		"CcbbbC": {2, 5}, "CbbC": {1, 3}, "bbb": {0, 3}, "Cbb": {1, 3}, "CccbcC": {3, 4},
		"CCbC": {1, 3}, // a second page that shows something is not lost
	} {
		p := covered(kinds)
		got := Body(p)
		if len(got.Pages) != want[1]-want[0] || got.Pages[0] != p.Pages[want[0]] || len(p.Pages) != len(kinds) {
			t.Errorf("%s: %d pages", kinds, len(got.Pages))
		}
	}
}

func TestCoverTakesTheOutsides(t *testing.T) {
	p := covered("CcbbC")
	got, err := Cover(p)
	if err != nil || len(got.Pages) != 2 || got.Pages[0] != p.Pages[0] || got.Pages[1] != p.Pages[4] {
		t.Errorf("%+v, %v", got, err)
	}
	// Without a back, a plain one in the colour of the front.
	if got, err = Cover(covered("Cbb")); err != nil || len(got.Pages) != 2 || len(got.Pages[1].Items) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	var e *repertoire.Error
	if _, err = Cover(covered("bbb")); !errors.As(err, &e) || e.Kind != repertoire.Refused {
		t.Errorf("a book without a cover gives %v", err)
	}
}

// Blank pages come before the back cover, which stays the last page and the
// outside of a booklet.
func TestBackCoverStaysLast(t *testing.T) {
	p := covered("CcbbC")
	full := filled(p, 8)
	if len(full.Pages) != 8 || full.Pages[7] != p.Pages[4] || full.Pages[3] != p.Pages[3] || len(full.Pages[5].Items) != 0 {
		t.Error("the back cover is not the last page")
	}
	if filled(p, 5) != p {
		t.Error("a full book was copied")
	}
	if full = filled(covered("bbb"), 4); len(full.Pages[3].Items) != 0 {
		t.Error("a book without a cover is not filled at its end")
	}
}

// thickCover is a cover with a title on both sides and a spine that bears one.
func thickCover(t *testing.T, spine float64) []byte {
	b := newBook(t)
	for i := range 2 {
		b.addPage("")
		b.page.Cover = true
		b.add(&layout.Path{Ops: rect(-bleedWidth, -bleedWidth, b.pages.Size.W+2*bleedWidth, b.pages.Size.H+2*bleedWidth), Fill: blue})
		b.text(b.node(b.pages.Structure, "P"), "bold", 30-float64(10*i), 60, 200, "Jumelages").Fill = layout.Color{R: 255, G: 255, B: 255}
	}
	return write(t, b, Options{Variant: Print, Imposition: CoverSpread, Spine: spine, Marks: true})
}

func TestSpineBearsTheTitle(t *testing.T) {
	for _, c := range []struct {
		millimetres float64
		title       bool
	}{{3.5, false}, {4.2, true}, {12, true}} {
		data := thickCover(t, c.millimetres*millimetre)
		if r := preflight(t, data); !r.OK {
			t.Errorf("%s", strings.Join(problems(r), "\n"))
		}
		file := filepath.Join(t.TempDir(), "c.pdf")
		if err := Save(file, data); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(tool(t, "mutool", "draw", "-q", "-F", "txt", file), "Répertoire des partenariats"); got != c.title {
			t.Errorf("a spine of %g mm bears the title: %v", c.millimetres, got)
		}
	}
}

// The output intent bears the registered name of a printing condition, or what
// the profile calls itself; never the name of another.
func TestProfileIsNamed(t *testing.T) {
	press := pressProfile(t)
	for from, c := range map[string]struct{ to, want string }{
		"FOGRA39L coated": {"FOGRA39L coated", "FOGRA39"},
		"FOGRA39L":        {"Presse 7", "Presse 7 coated"},
		"FOGRA39L coate":  {"PSO FOGRA51 xx", "FOGRA51"},
	} {
		// Descriptions keep their length.
		to := c.to + strings.Repeat(" ", len(from)-len(c.to))
		data := bytes.Replace(press, []byte(from), []byte(to), 1)
		if got := (Profile{Data: data}).named().Name; strings.Join(strings.Fields(got), " ") != c.want {
			t.Errorf("%q is named %q, want %q", c.to, got, c.want)
		}
	}
	if got := (Profile{Data: press, Name: "Maison"}).named().Name; got != "Maison" {
		t.Errorf("a given name became %q", got)
	}
}
