package workspace

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
)

// hugePicture is a PNG of a few bytes that says it has 60,000 pixels a side.
func hugePicture(t *testing.T) []byte {
	t.Helper()
	data := picture(t, 8, 8)
	binary.BigEndian.PutUint32(data[16:], 60_000)
	binary.BigEndian.PutUint32(data[20:], 60_000)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// Whatever is in the records, the book is made, and its warnings name the entry
// and the field; an edition of it can be frozen and comes back the same.
func TestBadInputStillMakesTheBook(t *testing.T) {
	w := sampled(t)
	ctx := t.Context()
	// A country that has no outline, were it only by a code nobody uses.
	without := "ZZ"
	for _, c := range w.Reference.Countries() {
		if _, ok := w.Reference.Outline(c.ISO2); !ok {
			without = c.ISO2
			break
		}
	}
	d, err := w.Records().SaveDirectory(ctx, repertoire.Directory{Slug: "essai", Title: "Essai", Short: "Essai",
		Countries: []string{without}})
	if err != nil {
		t.Fatal(err)
	}
	build := func(what string, variant books.Variant) books.BuildReport {
		t.Helper()
		r, err := w.Books().Build(ctx, books.BuildOptions{Directory: d.Slug, Variant: variant, Output: filepath.Join(t.TempDir(), "x.pdf")},
			quiet)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		for _, x := range r.Warnings {
			// A picture cut short is all that the examination may refuse: it
			// leaves a blank.
			if x.Refused && !strings.HasPrefix(x.Field, "pictures.0") {
				t.Errorf("%s (%s): %+v", what, variant, x)
			}
		}
		if r.Pages == 0 || r.Preflight.Checks == 0 {
			t.Errorf("%s (%s): %d pages, preflight %+v", what, variant, r.Pages, r.Preflight)
		}
		return r
	}
	for _, v := range []books.Variant{books.Print, books.Digital} {
		build("an empty répertoire", v)
	}
	if e := freeze(t, w, d.Slug, "vide"); e.Entries != 0 {
		t.Errorf("an empty edition has %d entries", e.Entries)
	}

	media := func(data []byte) string {
		sum, err := w.Store.Media().Put(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	authority := func(name, country string) repertoire.ID {
		a := repertoire.Authority{ID: repertoire.NewID(), Name: name, Country: country, Level: repertoire.LevelCommune}
		c := w.Change(repertoire.CauseEdit, "essai")
		if err := base.Put(&c, &a, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Apply(ctx, c); err != nil {
			t.Fatal(err)
		}
		return a.ID
	}
	entry := func(p repertoire.Partnership, french, foreign repertoire.ID) repertoire.ID {
		p.Directories = []string{d.Slug}
		p.Parties = []repertoire.Party{{Authority: french, Side: repertoire.SideFrench, Lead: true},
			{Authority: foreign, Side: repertoire.SideForeign, Lead: true}}
		p, err := w.Records().SavePartnership(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		return p.ID
	}
	long := strings.Repeat("Saint-Étienne-de-la-Longue-", 8)[:200]
	bare := entry(repertoire.Partnership{}, authority("Nue", "FR"), authority("Ailleurs", without))
	entry(repertoire.Partnership{}, authority(long, "FR"), authority(strings.Repeat("W", 200), without))
	pictures := entry(repertoire.Partnership{Pictures: []repertoire.Picture{
		{Media: media(picture(t, 40, 40)[:60]), Alt: "coupée"}, {Media: media(hugePicture(t)), Alt: "immense"},
		{Media: strings.Repeat("0", 64), Alt: "absente"}, {Media: media([]byte("<svg onload=alert(1)>")), Alt: "autre chose"}}},
		authority("Images", "FR"), authority("Loin", without))
	wild := entry(
		repertoire.Partnership{
			Description: "# Titre\n\n|a|b|\n|-|-|\n|1|\n\n<script>alert(1)</script>\n\n![x](file:///etc/passwd)\n\n[lien](javascript:alert(1))\n\n" +
				"```\n" + strings.Repeat("x", 500) + "\n```\n\n" + strings.Repeat("> ", 60) + "fin\n\n" + strings.Repeat("- a\n", 50) +
				"\u202e\u0000\ufffe**non fermé"},
		authority("Texte", "FR"), authority("Sauvage", without))

	for _, v := range []books.Variant{books.Print, books.Digital} {
		r := build("bad records", v)
		if r.Entries != 4 {
			t.Errorf("%d entries, want 4", r.Entries)
		}
		named := map[string]bool{}
		for _, x := range r.Warnings {
			field, _, _ := strings.Cut(x.Field, ".")
			named[x.Entry+" "+field] = true
			if x.Message == "" || x.Entry != "" && x.Title == "" {
				t.Errorf("a warning says nothing: %+v", x)
			}
		}
		for _, want := range []string{string(bare) + " themes", string(pictures) + " pictures", string(wild) + " description"} {
			if !named[want] {
				t.Errorf("no warning for %s", want)
			}
		}
	}
	if r, err := w.Books().Gate(ctx, d.Slug, quiet); err != nil || len(r.Lines) == 0 {
		t.Errorf("the gate has %d lines, %v", len(r.Lines), err)
	}
	e := freeze(t, w, d.Slug, "mauvais jours")
	if r, err := w.Books().Rebuild(ctx, string(e.ID), books.BuildOptions{Variant: books.Print}, quiet); err != nil || !r.Identical {
		t.Errorf("rebuilt identical %v, %v", r.Identical, err)
	}
}
