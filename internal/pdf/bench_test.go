package pdf

import (
	"context"
	"fmt"
	"testing"
)

// longBook has 200 pages of 50 lines, tagged, with bookmarks.
func longBook(t testing.TB) *book {
	b := newBook(t)
	line := "La commune de Saint‑Étienne entretient depuis 1959 un jumelage avec Wuppertal : échanges. "
	for p := range 200 {
		b.addPage(fmt.Sprint(p + 1))
		sect := b.node(b.pages.Structure, "Sect")
		b.text(b.node(sect, "H1"), "bold", 16, 60, 60, fmt.Sprintf("Fiche %d", p+1))
		for q := range 10 {
			para := b.node(sect, "P")
			for l := range 5 {
				b.text(para, "serif", 10, 60, 90+float64(q*5+l)*13, line)
			}
		}
	}
	return b
}

// BenchmarkWrite draws and finishes 200 pages: 0.5 s or less, of which the
// finisher 0.3 s or less (BenchmarkFinish).
func BenchmarkWrite(b *testing.B) {
	for _, v := range []Variant{Digital, Print} {
		b.Run(string(v), func(b *testing.B) {
			book := longBook(b)
			o := Options{Variant: v}
			if v == Print {
				o.Profile.Data = pressProfile(b)
			}
			for b.Loop() {
				if _, _, err := Write(context.Background(), book.pages, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPreflight examines 200 pages: 0.2 s or less.
func BenchmarkPreflight(b *testing.B) {
	for _, v := range []Variant{Digital, Print} {
		b.Run(string(v), func(b *testing.B) {
			book := longBook(b)
			o := Options{Variant: v}
			if v == Print {
				o.Profile.Data = pressProfile(b)
			}
			data, _, err := Write(context.Background(), book.pages, o)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := PreflightPages(data, book.pages); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFinish is the finisher alone over 200 pages: 0.3 s or less.
func BenchmarkFinish(b *testing.B) {
	book := longBook(b)
	o, err := Options{}.complete(book.pages)
	if err != nil {
		b.Fatal(err)
	}
	a := &artist{pages: book.pages, opts: o, out: &drawn{sheets: impose(book.pages, o)}}
	if a.roles, err = nodesByID(book.pages.Structure); err != nil {
		b.Fatal(err)
	}
	if a.faceOf, err = faces(book.pages.Fonts, a.runs()); err != nil {
		b.Fatal(err)
	}
	if err := a.draw(context.Background()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := finish(a.pages, a.opts, a.out, &Report{}); err != nil {
			b.Fatal(err)
		}
	}
}
