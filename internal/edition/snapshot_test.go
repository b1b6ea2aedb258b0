package edition

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"repertoire/internal/repertoire"
)

func unpacked(t *testing.T, packed []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What a book may not show never gets into a snapshot.
func TestSnapshotHoldsNothingForTheDeskAlone(t *testing.T) {
	_, packed, err := frozen("septembre 2026", nil).encode()
	if err != nil {
		t.Fatal(err)
	}
	text := unpacked(t, packed)
	for _, secret := range []string{"Retenu", "Opposée", "cachee@", "secret du bureau", "note interne", "Confirmatrice", "lettre du 3"} {
		if strings.Contains(text, secret) {
			t.Errorf("the snapshot holds %q", secret)
		}
	}
	for _, kept := range []string{"Awa Publiable", "De l’eau.", "thème 3", "thème 3.1", "Thiès"} {
		if !strings.Contains(text, kept) {
			t.Errorf("the snapshot lacks %q", kept)
		}
	}
}

// The records themselves are not touched by what is left out of a snapshot.
func TestPublicLeavesTheBaseAlone(t *testing.T) {
	list, authorities := base()
	list[0].Conventions = []repertoire.Convention{{Title: "Convention", Media: "abc"}}
	Public(list, authorities)
	if list[0].Conventions[0].Media != "abc" || len(list[0].Contacts) != 3 || list[0].Notes == "" || authorities["lille"].Notes == "" {
		t.Errorf("the base was changed: %+v", list[0])
	}
}

// The same state gives the same sum, whatever order and versions its records
// come with; one letter more gives another.
func TestSumIsOfTheContentAlone(t *testing.T) {
	want, _, err := frozen("x", nil).encode()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		swap, letter, version := rapid.Bool().Draw(t, "swap"), rapid.StringN(0, 3, -1).Draw(t, "letter"),
			rapid.Int64Range(1, 99).Draw(t, "version")
		got, _, err := frozen("x", func(list *[]repertoire.Partnership) {
			l := *list
			l[0].Version, l[1].Updated = version, day.AddDate(0, 0, int(version))
			l[0].Objectives += letter
			if swap {
				l[0], l[1] = l[1], l[0]
			}
		}).encode()
		if err != nil {
			t.Fatal(err)
		}
		// JSON replaces what is no Unicode by U+FFFD: still another text.
		if (got == want) != (letter == "") {
			t.Fatalf("letter %q: sum %s, want %s", letter, got, want)
		}
	})
}

func TestSnapshotComesBackAsItWas(t *testing.T) {
	s := frozen("septembre 2026", nil)
	s.Fonts, s.Design = []Font{{"NotoSerif-Regular", "ab"}}, Design{"sobre", "A4", map[string]string{"sobre": "title = \"x\""}}
	sum, packed, err := s.encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := decode("f", packed, sum)
	if err != nil {
		t.Fatal(err)
	}
	again, repacked, err := back.encode()
	if err != nil || again != sum || !bytes.Equal(packed, repacked) {
		t.Errorf("written again it is %s, was %s (%v)", again, sum, err)
	}
}

// Whatever happens to a file, it is read as it was or not at all.
func TestDamageIsNoticed(t *testing.T) {
	sum, packed, err := frozen("x", nil).encode()
	if err != nil {
		t.Fatal(err)
	}
	refused := func(t *rapid.T, data []byte, want Sum) {
		if _, err := decode("editions/x.json.gz", data, want); repertoire.KindOf(err) != repertoire.Damaged ||
			!strings.Contains(err.Error(), "abîmée") {
			t.Fatalf("%v", err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			refused(t, packed[:rapid.IntRange(0, len(packed)-9).Draw(t, "cut")], sum)
		case 1: // the header of gzip has bytes that mean nothing here
			bad := bytes.Clone(packed)
			bad[rapid.IntRange(10, len(bad)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
			if _, err := decode("x", bad, sum); err == nil {
				return // unused bits of the stream: the content is whole
			}
			refused(t, bad, sum)
		case 2:
			refused(t, packed, Sum(strings.Repeat("0", 64)))
		}
	})
}

func TestNewerFormatIsRefused(t *testing.T) {
	text, err := json.Marshal(map[string]any{"format": formatVersion + 1})
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(text)
	_ = z.Close()
	if _, err := decode("x", packed.Bytes(), sumOf(text)); repertoire.KindOf(err) != repertoire.Refused ||
		!strings.Contains(err.Error(), "plus récente") {
		t.Errorf("%v", err)
	}
}

func FuzzDecode(f *testing.F) {
	_, packed, err := frozen("x", nil).encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add([]byte{})
	f.Add([]byte{0x1f, 0x8b})
	f.Fuzz(func(t *testing.T, data []byte) {
		var want Sum = "0"
		if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
			if text, err := io.ReadAll(io.LimitReader(z, 1<<20)); err == nil {
				want = sumOf(text)
			}
		}
		if s, err := decode("x", data, want); err == nil && s == nil {
			t.Error("neither snapshot nor error")
		}
	})
}

// News are told the same from the whole edition before and from what of it a
// snapshot keeps, and nobody is named by it who has left.
func TestSinceKeepsTheNewsAndNoNames(t *testing.T) {
	before := frozen("septembre 2024", func(list *[]repertoire.Partnership) {
		l := *list
		l[0].Contacts[0].Name = "Marie Partie"
		gone := l[1]
		gone.ID, gone.Contacts = "p0", []repertoire.Contact{{ID: "c9", Name: "Luc Ancien", PublishName: true}}
		l[1].Objectives = "Autres objectifs."
		same := l[1]
		same.ID = "p9"
		*list = append(l, gone, same)
	})
	after := frozen("septembre 2026", func(list *[]repertoire.Partnership) {
		l := *list
		same, added := l[1], l[1]
		same.ID, same.Objectives, added.ID = "p9", "Autres objectifs.", "p3"
		*list = append(l, same, added)
	})
	if err := after.Since("senegal-aaaa", before); err != nil {
		t.Fatal(err)
	}
	if got := after.Previous.Same; len(got) != 1 || got[0] != "p9" {
		t.Errorf("unchanged: %v, want p9", got)
	}
	whole, err := Diff(before.State(), after.State())
	if err != nil {
		t.Fatal(err)
	}
	kept, err := Diff(*after.Before(), after.State())
	if err != nil {
		t.Fatal(err)
	}
	if ids(whole.New) != "p3" || ids(whole.Ended) != "p0" || ids(whole.New) != ids(kept.New) || ids(whole.Ended) != ids(kept.Ended) {
		t.Errorf("new %v and %v, ended %v and %v", whole.New, kept.New, whole.Ended, kept.Ended)
	}
	fields := func(d Difference) (out []string) {
		for _, c := range d.Changed {
			for _, f := range c.Fields {
				out = append(out, string(c.ID)+"."+f.Name)
			}
		}
		return out
	}
	if got, want := strings.Join(fields(kept), " "), strings.Join(fields(whole), " "); got != want || want != "p1.objectives p2.contacts" {
		t.Errorf("changed %q, whole %q", got, want)
	}
	if kept.Ended[0].Title != "Lille – Saint-Louis" {
		t.Errorf("what is gone is called %q", kept.Ended[0].Title)
	}
	_, packed, err := after.encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Marie Partie", "Luc Ancien"} {
		if strings.Contains(unpacked(t, packed), name) {
			t.Errorf("the new edition names %s", name)
		}
	}
}

func ids(list []Named) string {
	var out []string
	for _, x := range list {
		out = append(out, string(x.ID))
	}
	return strings.Join(out, " ")
}

func TestPeopleAndMentions(t *testing.T) {
	s := frozen("x", func(list *[]repertoire.Partnership) {
		(*list)[0].History = "Accueil par M. DÚPONT en 1998."
	})
	s.Directory.Editorial = []repertoire.Editorial{{Author: "Édith Torial", Text: "…"}}
	s.Directory.Groups = []repertoire.CountryGroup{{President: "Paul Président"}}
	var got []string
	for _, p := range s.People() {
		got = append(got, p.Name+"/"+string(p.Capacity)+"/"+p.Title)
	}
	want := "Édith Torial/editorial/|Paul Président/presidence/|Awa Publiable/interlocuteur/Lille – Saint-Louis|Awa Publiable/interlocuteur/Lille – Thiès"
	if strings.Join(got, "|") != want {
		t.Errorf("people are %q", got)
	}
	if m := s.Mentions(" dupont "); len(m) != 1 || m[0].ID != "p2" {
		t.Errorf("mentions are %v", m)
	}
	if m := s.Mentions(" "); m != nil {
		t.Errorf("no name is mentioned in %v", m)
	}
}

// A name put into any text of any record of an edition is found there, as it
// is printed.
func TestMentionsAreFoundInEveryField(t *testing.T) {
	blank := func() (*Snapshot, map[string]any) {
		s := &Snapshot{Presentations: make([]repertoire.Presentation, 1), Partnerships: make([]repertoire.Partnership, 1),
			Authorities: make([]repertoire.Authority, 1), Themes: make([]repertoire.Theme, 1)}
		p, d := &s.Partnerships[0], &s.Directory
		p.Parties, p.Conventions, p.Projects = make([]repertoire.Party, 1), make([]repertoire.Convention, 1),
			[]repertoire.Project{{Funding: make([]repertoire.Funding, 1)}}
		p.Exchanges, p.Actors, p.Contacts = make([]repertoire.Exchange, 1), make([]repertoire.Actor, 1), make([]repertoire.Contact, 1)
		p.Links, p.Pictures, p.Attachments = make([]repertoire.Link, 1), make([]repertoire.Picture, 1), make([]repertoire.Attachment, 1)
		p.Quotes = make([]repertoire.Quote, 1)
		p.External, p.Projects[0].External, s.Authorities[0].External = make([]repertoire.External, 1), make([]repertoire.External, 1),
			make([]repertoire.External, 1)
		d.Editorial, d.Groups, d.Sections, d.Logos = make([]repertoire.Editorial, 1), make([]repertoire.CountryGroup, 1),
			make([]repertoire.SectionChoice, 1), make([]repertoire.Picture, 1)
		x := &s.Presentations[0]
		x.Figures, x.Tiers, x.Contacts, x.Links = make([]repertoire.Figure, 1), make([]repertoire.Tier, 1),
			make([]repertoire.UsefulContact, 1), make([]repertoire.Link, 1)
		x.Milestones = make([]repertoire.Milestone, 1)
		return s, map[string]any{"directory": d, "presentation": x, "partnership": p, "authority": &s.Authorities[0], "theme": &s.Themes[0]}
	}
	tried := 0
	var put func(d *repertoire.Declaration, from func(map[string]any) any, path string)
	put = func(d *repertoire.Declaration, from func(map[string]any) any, path string) {
		for _, f := range d.Fields {
			if f.Of != nil {
				if f.Kind == repertoire.FieldGroup {
					put(f.Of, func(m map[string]any) any { return f.Elements(from(m))[0] }, path+"."+f.Name)
				}
				continue
			}
			s, records := blank()
			text, ok := f.Pointer(from(records)).(*string)
			if !ok || !f.Has(repertoire.Personal) {
				continue
			}
			*text = "avec **Rose-Marie** *DÚPONT* hier"
			tried++
			named := len(s.Mentions("Rose-Marie Dupont"))
			for _, p := range s.People() {
				if strings.Contains(p.Name, "DÚPONT") {
					named++
				}
			}
			if named != 1 {
				t.Errorf("%s.%s: named %d times", path, f.Name, named)
			}
		}
	}
	for _, d := range []*repertoire.Declaration{repertoire.DeclaredDirectory, repertoire.DeclaredPresentation,
		repertoire.DeclaredPartnership, repertoire.DeclaredAuthority, repertoire.DeclaredTheme} {
		put(d, func(m map[string]any) any { return m[d.Name] }, d.Name)
	}
	if tried < 80 {
		t.Errorf("only %d fields tried", tried)
	}
}
