package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

func TestSameEditionSameBytes(t *testing.T) {
	first, a := built(t, sampleInput(t, "mauritanie"))
	in := sampleInput(t, "mauritanie")
	slices.Reverse(in.Book.Partnerships)
	second, b := built(t, in)
	if a.SHA256 != b.SHA256 {
		t.Errorf("sums differ: %s, %s", a.SHA256, b.SHA256)
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

var linkAttr = regexp.MustCompile(`(?:href|src)="([^"]*)"|srcset="([^"]*)"`)
var identifier = regexp.MustCompile(` id="([^"]*)"`)

// TestEveryLinkResolves follows every link of every page to a file of the folder
// and to an anchor of that file; what leads outside is an address a person typed.
func TestEveryLinkResolves(t *testing.T) {
	for _, slug := range []string{"japon", "amerique-latine-caraibe", "mauritanie"} {
		files, _ := built(t, withGone(t, sampleInput(t, slug)))
		anchors := map[string]map[string]bool{}
		for name, data := range files {
			anchors[name] = map[string]bool{}
			for _, m := range identifier.FindAllSubmatch(data, -1) {
				anchors[name][string(m[1])] = true
			}
		}
		followed, reached := 0, map[string]bool{"index.html": true}
		for name, data := range files {
			if path.Ext(name) != ".html" {
				continue
			}
			for _, m := range linkAttr.FindAllSubmatch(data, -1) {
				for _, to := range targets(string(m[1]), string(m[2])) {
					u, err := url.Parse(strings.ReplaceAll(to, "&amp;", "&"))
					if err != nil {
						t.Errorf("%s: %q: %v", name, to, err)
						continue
					}
					if u.Scheme != "" {
						if !slices.Contains([]string{"http", "https", "mailto"}, u.Scheme) {
							t.Errorf("%s leads to %q", name, to)
						}
						continue
					}
					target := path.Join(path.Dir(name), u.Path)
					if u.Path == "" {
						target = name
					}
					followed++
					reached[target] = true
					if _, ok := files[target]; !ok {
						t.Errorf("%s: %q leads to no file", name, to)
					} else if u.Fragment != "" && !anchors[target][u.Fragment] {
						t.Errorf("%s: %q: no such anchor", name, to)
					}
				}
			}
		}
		if followed < 500 {
			t.Errorf("%s: only %d links followed", slug, followed)
		}
		for name := range files {
			// What earlier editions had is reached by old links alone.
			if path.Ext(name) == ".html" && !reached[name] && !bytes.Contains(files[name], []byte("k-gone")) {
				t.Errorf("%s: no page leads to %s", slug, name)
			}
		}
	}
}

func targets(one, set string) []string {
	if set == "" {
		return []string{one}
	}
	var out []string
	for part := range strings.SplitSeq(set, ",") {
		out = append(out, strings.Fields(part)[0])
	}
	return out
}

// TestNothingOutside looks for what a browser would fetch elsewhere.
func TestNothingOutside(t *testing.T) {
	files, _ := built(t, sampleInput(t, "mauritanie"))
	outside := regexp.MustCompile(
		`(?i)(?:src|srcset)="(?:https?:)?//|url\((?:https?:)?//|@import|<link[^>]+href="(?:https?:)?//|fetch\(|XMLHttpRequest|sendBeacon|<iframe|document\.cookie|localStorage`)
	for name, data := range files {
		if m := outside.Find(data); m != nil {
			t.Errorf("%s: %s", name, m)
		}
	}
}

// TestWhatMayNotBePublishedIsNowhere plants secrets in every place that a book
// leaves out, and looks for them in every file.
func TestWhatMayNotBePublishedIsNowhere(t *testing.T) {
	in := sampleInput(t, "mauritanie")
	var planted []string
	secret := func(what string) string {
		planted = append(planted, "Zqx"+what)
		return "Zqx" + what
	}
	p := &in.Book.Partnerships[0]
	p.Notes = secret("notes")
	p.Attachments = []repertoire.Attachment{{Name: secret("piece"), Media: secret("media")}}
	p.Confirmations = map[string]repertoire.Confirmation{"themes": {By: secret("confirme"), Source: secret("questionnaire")}}
	p.Conventions = append(slices.Clone(p.Conventions), repertoire.Convention{Title: "Accord", Media: secret("convention")})
	p.Contacts = []repertoire.Contact{
		{ID: "1", Name: secret("retenu"), Email: secret("mel") + "@exemple.org", Phone: "+33 1 99 99 99 01"},
		{ID: "2", Name: secret("oppose"), PublishName: true, PublishEmail: true, Email: secret("mel2") + "@exemple.org", Objected: true},
		{ID: "3", Name: "Camille Publiable", PublishName: true, Email: secret("mel3") + "@exemple.org", Phone: "+33 1 99 99 99 02",
			Proof: secret("preuve"), LegalBasis: secret("base")},
	}
	planted = append(planted, "99 99 99", "99\u00a099\u00a099")
	a := in.Book.Authorities[p.Parties[0].Authority]
	a.Notes, a.Email, a.Phone = secret("note"), secret("accueil")+"@exemple.org", "+33 1 99 99 99 03"
	in.Book.Authorities[a.ID] = a
	in = withGone(t, in)
	in.Gone[0].Partnership.Notes = secret("ancien")
	in.Gone[0].Partnership.Contacts = []repertoire.Contact{{ID: "4", Name: secret("ancienne"), PublishName: true}}
	in.Gone[0].Partnership.Objectives = secret("objet")
	files, _ := built(t, in)
	found := false
	for name, data := range files {
		for _, s := range planted {
			if bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(s))) {
				t.Errorf("%s holds %q", name, s)
			}
		}
		found = found || bytes.Contains(data, []byte("Camille Publiable"))
	}
	if !found {
		t.Error("who may be named is not: the test looks at nothing")
	}
	for name, data := range files {
		if strings.HasPrefix(name, dataDir) && bytes.Contains(bytes.ToLower(data), []byte("camille")) {
			t.Errorf("%s leads from a name to a person", name)
		}
	}
}

// withGone gives an edition a past: one partnership replaced by its like, one
// that nothing replaces.
func withGone(t testing.TB, in Input) Input {
	t.Helper()
	replaced := in.Book.Partnerships[1]
	replaced.ID = "019a0000-0000-7000-8000-000000000001"
	lone := repertoire.Partnership{ID: "019a0000-0000-7000-8000-000000000002", Status: repertoire.StatusEnded,
		Parties: []repertoire.Party{{Authority: "x", Side: repertoire.SideFrench}, {Authority: "y", Side: repertoire.SideForeign}}}
	authorities := maps.Clone(in.Book.Authorities)
	authorities["x"] = repertoire.Authority{ID: "x", Name: "Ancienne-Ville", Country: "FR"}
	authorities["y"] = repertoire.Authority{ID: "y", Name: "Ville perdue", Country: "MR"}
	in.Gone = []Gone{{replaced, authorities, "mars 2024"}, {lone, authorities, "mars 2022"}}
	return in
}

func TestOldAddressesAnswer(t *testing.T) {
	in := withGone(t, sampleInput(t, "mauritanie"))
	files, r := built(t, in)
	if r.Gone != 2 {
		t.Fatalf("%d addresses kept, want 2", r.Gone)
	}
	replaced := string(files[entriesDir+code(in.Gone[0].Partnership.ID, codeLength)+".html"])
	lead := code(in.Book.Partnerships[1].ID, codeLength) + ".html"
	if !strings.Contains(replaced, "n’est plus dans le répertoire") || !strings.Contains(replaced, "Ce qui la remplace") ||
		!strings.Contains(replaced, lead) {
		t.Errorf("what replaced it is not told:\n%s", replaced)
	}
	lone := string(files[entriesDir+code(in.Gone[1].Partnership.ID, codeLength)+".html"])
	if !strings.Contains(lone, "mars 2022") || !strings.Contains(lone, "Aucune fiche ne la remplace") ||
		!strings.Contains(lone, "Ancienne-Ville") {
		t.Errorf("what is over is not told:\n%s", lone)
	}
}

// TestAddressesStay renames, moves and reorders: no address moves.
func TestAddressesStay(t *testing.T) {
	in := sampleInput(t, "mauritanie")
	before, _ := built(t, in)
	in.Book.Label = "mars 2030"
	for i := range in.Book.Partnerships {
		in.Book.Partnerships[i].Title = fmt.Sprintf("Autre titre %d", 90-i)
	}
	after, _ := built(t, in)
	for name := range before {
		if strings.HasPrefix(name, entriesDir) || strings.HasPrefix(name, authoritiesDir) {
			if after[name] == nil {
				t.Errorf("%s is gone", name)
			}
		}
	}
}

func TestCodesThatMeetGrow(t *testing.T) {
	var ids []repertoire.ID
	for i := range 3000 {
		ids = append(ids, repertoire.ID(fmt.Sprint(i)))
	}
	got := codes(append(ids, ids...))
	seen := map[string]bool{}
	for _, c := range got {
		if seen[c] {
			t.Fatalf("%s twice", c)
		}
		seen[c] = true
	}
	if len(got) != 3000 {
		t.Errorf("%d codes", len(got))
	}
}

// TestWeight holds the first page to what a telephone loads without a wait.
func TestWeight(t *testing.T) {
	for _, slug := range []string{"japon", "amerique-latine-caraibe", "senegal"} {
		if _, r := built(t, sampleInput(t, slug)); r.FirstView > 150_000 || r.FirstView < 20_000 {
			t.Errorf("%s: %d bytes at first view, want at most 150,000", slug, r.FirstView)
		}
	}
}

func TestRecipientStandsOnEveryPage(t *testing.T) {
	in := sampleInput(t, "mauritanie")
	in.Recipient = "Exemplaire de la mairie de Lille"
	files, _ := built(t, in)
	for name, data := range files {
		if path.Ext(name) == ".html" && !bytes.Contains(data, []byte("Exemplaire de la mairie de Lille")) {
			t.Errorf("%s does not say whose copy it is", name)
		}
	}
}

func TestNativeNamesSayTheirLanguage(t *testing.T) {
	files, _ := built(t, sampleInput(t, "mauritanie"))
	var all bytes.Buffer
	for name, data := range files {
		if strings.HasPrefix(name, entriesDir) {
			all.Write(data)
		}
	}
	if !strings.Contains(all.String(), `<bdi lang="ar" dir="rtl">`) {
		t.Error("no Arabic name is written from right to left")
	}
}

// TestTextIsText puts markup where people type.
func TestTextIsText(t *testing.T) {
	in := sampleInput(t, "mauritanie")
	evil := `<script>alert(1)</script>"><img src=x onerror=alert(2)>`
	p := &in.Book.Partnerships[0]
	p.Title, p.Objectives, p.Context = evil, evil, "[lien](javascript:alert(3)) "+evil
	p.Links = []repertoire.Link{{Label: evil, URL: "javascript:alert(4)"}}
	p.Projects = []repertoire.Project{{Title: evil, Places: evil, Results: evil}}
	in.Book.Directory.Title, in.Recipient = evil, evil
	files, _ := built(t, in)
	for name, data := range files {
		for _, bad := range []string{"<script>alert", "<img src=x", `href="javascript:`} {
			if path.Ext(name) == ".html" && bytes.Contains(data, []byte(bad)) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
	}
}
