package book

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// anyInput draws a répertoire of any shape: missing parties, unknown themes,
// several countries, any density.
func anyInput(t *rapid.T) *inputs {
	isos := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"SN", "JP", "AR", "XX"}), 0, 3, rapid.ID).Draw(t, "countries")
	s := newInput("Répertoire", isos...)
	s.in.Media = goalFixture()
	s.in.Directory.Density = rapid.SampledFrom([]repertoire.Density{"", "page", "demi-page", "tableau"}).Draw(t, "density")
	s.in.Directory.ByPartner = rapid.Bool().Draw(t, "by partner")
	var french, foreign []repertoire.ID
	// Each marker is a word that occurs nowhere else.
	marks := 0
	marker := func() string { marks++; return fmt.Sprintf("zq%05dx", marks) }
	for i := range 4 {
		french = append(french, s.french(fmt.Sprintf("Ville %c", 'A'+i), i, "Nord",
			rapid.SampledFrom([]string{"", "Hauts-de-France"}).Draw(t, "region"), i*4000, 50, 3+float64(i)))
		foreign = append(foreign, s.abroad(rapid.SampledFrom([]string{"SN", "JP", "AR", "XX", "BR"}).Draw(t, "iso"),
			fmt.Sprintf("Cité %c", 'A'+i), "", 0, 14, float64(i)))
	}
	for range rapid.IntRange(0, 8).Draw(t, "entries") {
		s.pair(rapid.SampledFrom(french).Draw(t, "f"), rapid.SampledFrom(foreign).Draw(t, "g"), func(p *repertoire.Partnership) {
			if rapid.Bool().Draw(t, "rich") {
				rich(p)
			}
			switch rapid.IntRange(0, 5).Draw(t, "shape") {
			case 0:
				p.Parties = p.Parties[:1]
			case 1:
				p.Parties = nil
			case 2:
				p.Parties = append(p.Parties, repertoire.Party{Authority: rapid.SampledFrom(foreign).Draw(t, "third"),
					Side: repertoire.SideForeign})
			case 3:
				p.Parties[0].Authority = "inconnue"
			}
			p.Themes = append(p.Themes, rapid.SampledFrom([]string{"3.1.1", "10", "77"}).Draw(t, "theme"))
			p.Fictitious = rapid.Bool().Draw(t, "fictitious")
			for i := range rapid.IntRange(0, 3).Draw(t, "contacts") {
				x := repertoire.Contact{ID: repertoire.ID(fmt.Sprint("c", i)), Name: "Nom" + marker(), Role: "rôle",
					Email: marker() + "@x.example", Phone: marker(),
					PublishName: rapid.Bool().Draw(t, "pn"), PublishEmail: rapid.Bool().Draw(t, "pe"),
					PublishPhone: rapid.Bool().Draw(t, "pp"), Objected: rapid.Bool().Draw(t, "ob"),
					Proof: "preuve" + marker()}
				p.Contacts = append(p.Contacts, x)
			}
			p.Notes = "bureau" + marker()
		})
	}
	return s
}

// What may not be published is nowhere in the document, whatever the shape of
// the book; and every reference of the book is answered.
func TestAnyBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyInput(t)
		doc, report, err := Compose(context.Background(), s.in)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(allStrings(doc), "\x00")
		for _, p := range s.in.Partnerships {
			if strings.Contains(text, p.Notes) && p.Notes != "" {
				t.Fatal("the notes of the desk are printed")
			}
			for _, x := range p.Contacts {
				kept, ok := x.Published()
				for what, pair := range map[string][2]string{"name": {x.Name, kept.Name}, "e-mail": {x.Email, kept.Email},
					"phone": {x.Phone, kept.Phone}, "proof": {x.Proof, ""}} {
					if pair[0] != "" && strings.Contains(text, pair[0]) && (!ok || pair[1] == "") {
						t.Fatalf("the %s of %+v is printed", what, x)
					}
				}
			}
		}
		defined, used := anchors(doc)
		have := map[string]int{}
		for _, a := range defined {
			have[a]++
		}
		for a, n := range have {
			if n > 1 || a == "" {
				t.Fatalf("anchor %q is defined %d times", a, n)
			}
		}
		for _, a := range used {
			if have[a] == 0 {
				t.Fatalf("a reference to %q leads nowhere", a)
			}
		}
		for _, p := range s.in.Partnerships {
			if have["fiche-"+string(p.ID)] != 1 {
				t.Fatalf("entry %s is in the book %d times", p.ID, have["fiche-"+string(p.ID)])
			}
		}
		if report.Entries != len(s.in.Partnerships) {
			t.Fatalf("%d entries reported", report.Entries)
		}
		noEmptyHeadings(t, doc)
	})
}

// noEmptyHeadings: a heading is followed by something else than a heading of
// its own level or higher, or the end.
func noEmptyHeadings(t *rapid.T, doc layout.Document) {
	for _, s := range doc.Sections {
		if len(s.Blocks) == 0 {
			t.Fatalf("section %q is empty", s.Title)
		}
		for i, b := range s.Blocks {
			h, ok := b.(layout.Heading)
			if !ok {
				continue
			}
			if i+1 == len(s.Blocks) {
				t.Fatalf("%q ends with the heading %q", s.Title, inlineText(h.Text))
			}
			if next, ok := s.Blocks[i+1].(layout.Heading); ok && next.Level <= h.Level {
				t.Fatalf("nothing stands under the heading %q", inlineText(h.Text))
			}
		}
	}
}
