package search

import (
	"strconv"

	"repertoire/internal/repertoire"
)

// fieldFiles is where the words of the files of an entry stand.
const fieldFiles = "files"

// private tells whether the part is the desk's own: it may be found by and
// must not be shown outside.
func (p *part) private() bool {
	f := repertoire.DeclaredPartnership.Field(p.Field)
	return p.Field == "contacts" || p.Field == fieldFiles || f != nil && !f.Has(repertoire.Public)
}

// class says how much a word weighs where it stands.
type class int

const (
	className    class = iota // title and names of authorities
	classHeading              // themes, project titles, funders, places, labels
	classText                 // everything else
)

// part is one passage of a record, as indexed and as shown in results.
type part struct {
	Field   string // JSON name of the field of the partnership
	Project int    // 0-based, -1 outside projects
	Class   class
	Text    string
}

// maxProjects bounds the projects whose words are kept apart; no partnership
// known to us has more than forty.
const maxProjects = 200

// parts lists the passages of r in the order in which they are shown.
func (r *Record) parts() []part {
	var out []part
	add := func(field string, c class, texts ...string) {
		for _, t := range texts {
			if t != "" {
				out = append(out, part{field, -1, c, t})
			}
		}
	}
	add("title", className, r.Title)
	for _, side := range [][]Name{r.French, r.Foreign} {
		for i := range side {
			n := &side[i]
			add("names", className, n.Usual, n.Official, n.Native)
			add("names", className, n.Others...)
		}
	}
	for i := range r.Themes {
		add("themes", classHeading, r.Themes[i].Label)
	}
	r.projectParts(&out)
	for i := range r.Texts {
		add(r.Texts[i].Field, classText, r.Texts[i].Text)
	}
	add("funders", classHeading, r.Funders...)
	add("actors", classHeading, r.Actors...)
	add("contacts", classText, r.Contacts...)
	add("links", classText, r.Links...)
	for i := range r.Countries {
		c := &r.Countries[i]
		add("countries", classHeading, c.Name)
		add("countries", classHeading, c.Others...)
		add("countries", classHeading, c.Adjectives...)
	}
	for _, side := range [][]Name{r.French, r.Foreign} {
		for i := range side {
			add("places", classHeading, side[i].Departement, side[i].Region, side[i].Level.Label)
		}
	}
	add("status", classHeading, r.Status.Label)
	add("type", classHeading, r.Type.Label)
	add("formality", classHeading, r.Formality.Label)
	return out
}

func (r *Record) projectParts(out *[]part) {
	for i := range r.Projects {
		p := &r.Projects[i]
		if p.Title != "" {
			*out = append(*out, part{"projects", i, classHeading, p.Title})
		}
		for j := range p.Text {
			*out = append(*out, part{"projects", i, classText, p.Text[j].Text})
		}
		for j := range p.Themes {
			if p.Themes[j].Label != "" {
				*out = append(*out, part{"projects", i, classText, p.Themes[j].Label})
			}
		}
		for _, f := range p.Funders {
			*out = append(*out, part{"projects", i, classText, f})
		}
	}
}

// projectKey is the term under which a word of project i is kept: a word of
// another project has another term, which is all that nested matching needs.
func projectKey(i int, kind byte, term string) string {
	return strconv.Itoa(i) + string(kind) + term
}

// Kinds of terms of projectKey.
const (
	keyWord   = '|'
	keyTheme  = '#'
	keyFunder = '$'
	keyYear   = '@'
)
