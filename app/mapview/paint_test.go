package mapview

import (
	"context"
	"fmt"
	"image/color"
	"testing"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/atlas"
)

// many are n places around France and the world, each with a partnership.
func many(n int) atlas.MapPoints {
	m := atlas.MapPoints{Partnerships: make([]repertoire.ID, n)}
	for i := range n {
		french := atlas.MapPlace{Names: []string{fmt.Sprint("Ville ", i)}, French: true, Country: "FR",
			Latitude: 42 + float64(i%900)/100, Longitude: -4 + float64(i/900%1100)/90, Partnerships: []int32{int32(i)}}
		other := atlas.MapPlace{Names: []string{fmt.Sprint("Town ", i)}, Country: "SN",
			Latitude: -30 + float64(i*7%6000)/100, Longitude: -100 + float64(i*13%22000)/100, Partnerships: []int32{int32(i)}}
		m.Places = append(m.Places, french, other)
		if len(m.Links) < 3000 {
			m.Links = append(m.Links, atlas.MapLink{From: int32(2 * i), To: int32(2*i + 1), Count: 1})
		}
	}
	return m
}

func anOrder(points atlas.MapPoints, f frame, w, h int) order {
	grey := color.NRGBA{R: 0x80, G: 0x80, B: 0x80, A: 0xff}
	return order{points: points, camera: look(f, w, h), w: w, h: h, density: 1, textSize: 11, chosen: map[int32]bool{},
		colours: palette{sea: color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}, land: grey, border: grey, french: grey, foreign: grey,
			link: color.NRGBA{A: 0x30}, chosen: grey, ink: grey, halo: grey}}
}

func TestEveryPartnershipIsInSomePoint(t *testing.T) {
	m := many(2000)
	for _, f := range []frame{worldFrame, franceFrame, {2, 48, 2.5, 48.4}} {
		list, of := gather(m, look(f, 1040, 620), 1040, 620, 1)
		total := 0
		for i, c := range list {
			total += c.count
			if i > 0 && c.count > list[i-1].count {
				t.Fatal("the largest point does not come first")
			}
			for _, p := range c.places {
				if of[p] != int32(i) || m.Places[p].French != c.french {
					t.Fatalf("place %d is in point %d and said to be in %d", p, i, of[p])
				}
			}
		}
		if total != 4000 { // each partnership once on each side
			t.Errorf("%d in %d points", total, len(list))
		}
	}
}

func TestLandAndSea(t *testing.T) {
	tables := reference.Open()
	a := newAtlas(func(iso string) []reference.Outline {
		if iso == "" {
			return tables.World()
		}
		o, _ := tables.Outline(iso)
		return []reference.Outline{o}
	})
	for _, f := range []frame{worldFrame, franceFrame} {
		o := anOrder(atlas.MapPoints{}, f, 1040, 620)
		img := a.paint(context.Background(), o).image
		look := func(lon, lat float64) uint8 {
			x, y := o.camera.at(lon, lat, o.w, o.h)
			return img.RGBAAt(int(x), int(y)).R
		}
		if land, sea := look(2.5, 47), look(-4.5, 44.5); land != 0x80 || sea != 0xff {
			t.Errorf("land %x, sea %x", land, sea)
		}
	}
}

// A picture of 100,000 partnerships at 100,000 places a side, at most 150 ms,
// as moves wait for it (49 and 67 ms measured); of the land alone 40 ms (27, 21).
func BenchmarkPaint(b *testing.B) {
	tables := reference.Open()
	a := newAtlas(func(iso string) []reference.Outline {
		if iso == "" {
			return tables.World()
		}
		o, _ := tables.Outline(iso)
		return []reference.Outline{o}
	})
	for _, n := range []int{0, 100_000} {
		m := many(n)
		for name, f := range map[string]frame{"world": worldFrame, "france": franceFrame} {
			b.Run(fmt.Sprint(name, n), func(b *testing.B) {
				o := anOrder(m, f, 1040, 620)
				for b.Loop() {
					a.paint(context.Background(), o)
				}
			})
		}
	}
}

// Painted in one grey, a point of the French side is still not one of the
// other, nor a chosen one like its neighbours.
func TestPointsAreToldApartWithoutColours(t *testing.T) {
	a := newAtlas(func(string) []reference.Outline { return nil })
	painted := func(french, chosen bool) string {
		m := atlas.MapPoints{Partnerships: make([]repertoire.ID, 1), Places: []atlas.MapPlace{{Names: []string{""}, French: french,
			Latitude: 30, Longitude: -40, Partnerships: []int32{0}}}}
		o := anOrder(m, worldFrame, 400, 240)
		o.colours.halo = o.colours.sea
		o.chosen[0] = chosen
		return string(a.paint(context.Background(), o).image.Pix)
	}
	if painted(true, false) == painted(false, false) {
		t.Error("both sides have the same mark")
	}
	for _, french := range []bool{true, false} {
		if painted(french, true) == painted(french, false) {
			t.Error("a chosen point looks like the others")
		}
	}
}
