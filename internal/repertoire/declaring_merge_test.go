package repertoire

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func body(t interface{ Fatal(...any) }, p Partnership) json.RawMessage {
	raw, err := plainJSON(p)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// edited changes some of a partnership; each text it writes is written nowhere
// else, and is given back.
func edited(t *rapid.T, who string, base Partnership) (Partnership, []string) {
	var p Partnership
	for _, f := range DeclaredPartnership.Fields {
		f.Copy(&p, &base)
	}
	var written []string
	word := func() string {
		s := fmt.Sprintf("%s%d.", who, len(written))
		written = append(written, s)
		return s
	}
	for range rapid.IntRange(0, 5).Draw(t, who+" steps") {
		switch rapid.IntRange(0, 9).Draw(t, who+" step") {
		case 0:
			p.Objectives = word()
		case 1:
			p.Type = rapid.SampledFrom([]Type{TypeContact, TypeTwinning}).Draw(t, "type")
		case 2:
			p.Projects = append(p.Projects, Project{ID: ID(word())})
		case 3:
			if n := len(p.Projects); n > 0 {
				i := rapid.IntRange(0, n-1).Draw(t, "which")
				p.Projects = slices.Delete(p.Projects, i, i+1)
			}
		case 4:
			if n := len(p.Projects); n > 0 {
				p.Projects[rapid.IntRange(0, n-1).Draw(t, "which")].Results = word()
			}
		case 5:
			if n := len(p.Projects); n > 0 {
				x := &p.Projects[rapid.IntRange(0, n-1).Draw(t, "which")]
				x.Funding = append(x.Funding, Funding{Funder: word()})
			}
		case 6:
			p.Themes = append(p.Themes, word())
		case 7:
			if n := len(p.Themes); n > 0 {
				p.Themes = p.Themes[:n-1]
			}
		case 8:
			p.Links = append(p.Links, Link{URL: word()})
		case 9:
			slices.Reverse(p.Projects)
		}
	}
	text := string(body(t, p))
	return p, slices.DeleteFunc(written, func(s string) bool { return !strings.Contains(text, `"`+s+`"`) })
}

func TestMergeLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, _ := edited(t, "start", Partnership{ID: "p", Objectives: "O", Themes: []string{"1", "2"},
			Projects: []Project{{ID: "a", Title: "A"}, {ID: "b"}, {ID: "c"}}})
		mine, my := edited(t, "mine", start)
		theirs, their := edited(t, "theirs", start)
		b, m, x := body(t, start), body(t, mine), body(t, theirs)
		merge := func(b, m, t2 json.RawMessage) (string, []Clash) {
			out, clashes, err := DeclaredPartnership.Merge(b, m, t2)
			if err != nil {
				t.Fatal(err)
			}
			return string(out), clashes
		}
		if got, clashes := merge(b, b, x); got != string(x) || clashes != nil {
			t.Fatalf("nothing of mine: %s, want %s (%v)", got, x, clashes)
		}
		if got, clashes := merge(b, m, b); got != string(m) || clashes != nil {
			t.Fatalf("nothing of theirs: %s, want %s (%v)", got, m, clashes)
		}
		if got, clashes := merge(b, m, m); got != string(m) || clashes != nil {
			t.Fatalf("the same by both: %s, want %s (%v)", got, m, clashes)
		}
		got, clashes := merge(b, m, x)
		kept := got
		for _, c := range clashes {
			kept += string(c.Mine) + string(c.Theirs)
		}
		for _, s := range append(my, their...) {
			if !strings.Contains(kept, `"`+s+`"`) {
				t.Fatalf("%s is lost in %s\nmine %s\ntheirs %s", s, kept, m, x)
			}
		}
		swapped, again := merge(b, x, m)
		if len(clashes) != len(again) {
			t.Fatalf("%d clashes, %d the other way round", len(clashes), len(again))
		}
		if len(clashes) == 0 && sorted(got) != sorted(swapped) {
			t.Fatalf("%s\nthe other way round %s", got, swapped)
		}
		// What one side took away and the other left alone is gone.
		if len(clashes) == 0 {
			for _, p := range start.Projects {
				in := func(x Partnership) (Project, bool) {
					i := slices.IndexFunc(x.Projects, func(q Project) bool { return q.ID == p.ID })
					if i < 0 {
						return Project{}, false
					}
					return x.Projects[i], true
				}
				_, inMine := in(mine)
				_, inTheirs := in(theirs)
				if (!inMine || !inTheirs) && strings.Contains(got, `{"id":"`+string(p.ID)+`"`) {
					t.Fatalf("%s came back in %s", p.ID, got)
				}
			}
		}
	})
}

// sorted gives the letters of s in order: the same contents whatever the order.
func sorted(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(`,[]{}`, r) })
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

func TestMergeByFieldAndElement(t *testing.T) {
	base := `{"id":"p","parties":[{"authority":"l","side":"france"}],"status":"actif","projects":[{"id":"x","title":"Puits","results":"R"},{"id":"y","title":"École"}],"confirmations":{"status":{"at":"2026-01-01T00:00:00Z","by":"A","source":"s"}},"version":3}`
	for _, c := range []struct{ name, mine, theirs, want, clashes string }{
		{"two fields of one project", strings.Replace(base, `"results":"R"`, `"results":"Mien"`, 1),
			strings.Replace(base, `"Puits"`, `"Leur"`, 1),
			`[{"id":"x","title":"Leur","results":"Mien"},{"id":"y","title":"École"}]`, ""},
		{"one field of one project", strings.Replace(base, `"Puits"`, `"Mien"`, 1), strings.Replace(base, `"Puits"`, `"Leur"`, 1),
			`[{"id":"x","title":"Leur","results":"R"},{"id":"y","title":"École"}]`, `projects.x.title "Puits" "Mien" "Leur"`},
		{"taken away and changed", strings.Replace(base, `,{"id":"y","title":"École"}`, ``, 1),
			strings.Replace(base, `"École"`, `"Collège"`, 1),
			`[{"id":"x","title":"Puits","results":"R"},{"id":"y","title":"Collège"}]`,
			`projects.y {"id":"y","title":"École"}  {"id":"y","title":"Collège"}`},
		{"moved by one, added by the other", strings.Replace(base, `{"id":"x","title":"Puits","results":"R"},{"id":"y","title":"École"}`,
			`{"id":"y","title":"École"},{"id":"x","title":"Puits","results":"R"}`, 1),
			strings.Replace(base, `"École"}`, `"École"},{"id":"z","title":"Z"}`, 1),
			`[{"id":"y","title":"École"},{"id":"z","title":"Z"},{"id":"x","title":"Puits","results":"R"}]`, ""},
	} {
		out, clashes, err := DeclaredPartnership.Merge(json.RawMessage(base), json.RawMessage(c.mine), json.RawMessage(c.theirs))
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Projects json.RawMessage }
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, x := range clashes {
			told = append(told, fmt.Sprintf("%s %s %s %s", x.Path, x.Base, x.Mine, x.Theirs))
		}
		if string(got.Projects) != c.want || strings.Join(told, "|") != c.clashes {
			t.Errorf("%s: %s, want %s; clashes %q, want %q", c.name, got.Projects, c.want, told, c.clashes)
		}
	}
	// Contents alone clash, versions and confirmations do not.
	mine := strings.NewReplacer("2026-01-01", "2026-03-03", `"version":3`, `"version":4`).Replace(base)
	theirs := strings.NewReplacer("2026-01-01", "2026-02-02", `"version":3`, `"version":5`).Replace(base)
	out, clashes, err := DeclaredPartnership.Merge(json.RawMessage(base), json.RawMessage(mine), json.RawMessage(theirs))
	if err != nil || clashes != nil || !strings.Contains(string(out), `"version":5`) || !strings.Contains(string(out), "2026-03-03") {
		t.Errorf("bookkeeping: %s, %v, %v", out, clashes, err)
	}
}
