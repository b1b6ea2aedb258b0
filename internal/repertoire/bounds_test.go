package repertoire

import (
	"strings"
	"testing"
)

func TestNoFieldHoldsWhatIsNoText(t *testing.T) {
	p := func(change func(*Partnership)) *Partnership { return valid(change) }
	for _, c := range []struct {
		name  string
		p     *Partnership
		field string
	}{
		{"a plain one", p(func(*Partnership) {}), ""},
		{"a long text", p(func(p *Partnership) { p.Description = strings.Repeat("Une phrase de plus. ", 5000) }), ""},
		{"a long address", p(func(p *Partnership) { p.Links = []Link{{URL: "https://exemple.org/" + strings.Repeat("a", 1500)}} }), ""},
		{"a word of a million letters", p(func(p *Partnership) { p.Description = "voici " + strings.Repeat("a", 1_000_000) }),
			"description"},
		{"the same, too long a text", p(func(p *Partnership) { p.Description = strings.Repeat("a", 150_000) }), "description"},
		{"the same in letters of three bytes", p(func(p *Partnership) { p.Description = strings.Repeat("字", 2100) }), "description"},
		{"a text without end", p(func(p *Partnership) { p.Notes = strings.Repeat("a ", 150_000) }), "notes"},
		{"deep inside", p(func(p *Partnership) { p.Projects = []Project{{}, {Title: strings.Repeat("x", 3000)}} }), "projects.1.title"},
		{"a list without end", p(func(p *Partnership) { p.Links = make([]Link, MaxList+1) }), "links"},
	} {
		field, why := Unwieldy(c.p)
		if field != c.field || (why == "") != (c.field == "") {
			t.Errorf("%s: %q, %q", c.name, field, why)
		}
		if stops := Stops(c.p.Validate(Known{})); c.field != "" && !stops {
			t.Errorf("%s: the form lets it pass", c.name)
		}
	}
}
