package search

import (
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Lookup gives what the codes and IDs of a partnership stand for. Each method
// returns false for what it does not know; the record is then made without it.
type Lookup interface {
	Authority(id repertoire.ID) (repertoire.Authority, bool)
	Country(iso string) (CountryRef, bool)
	Theme(code string) (repertoire.Theme, bool)
	// FileText gives the words of a file of the partnership id, "" when it has
	// none or has not been read yet.
	FileText(id repertoire.ID, sum string) string
}

// NewRecord makes the record of p as it was at the journal's number seq.
func NewRecord(p *repertoire.Partnership, seq int64, look Lookup) Record {
	found := map[repertoire.ID]*repertoire.Authority{}
	find := func(id repertoire.ID) *repertoire.Authority {
		a, seen := found[id]
		if !seen {
			if got, ok := look.Authority(id); ok {
				a = &got
			}
			found[id] = a
		}
		return a
	}
	r := Record{
		ID: p.ID, Seq: seq, Title: p.DisplayTitle(find), Directories: p.Directories,
		Type:      Coded{string(p.Type), repertoire.Types.Label(p.Type)},
		Status:    Coded{string(p.Status), repertoire.Statuses.Label(p.Status)},
		Formality: Coded{string(p.Formality), repertoire.Formalities.Label(p.Formality)},
		FirstYear: p.FirstYear, Start: p.Start, End: p.End, Verified: p.Verified,
		Fictitious: p.Fictitious,
	}
	if r.FirstYear == 0 {
		r.FirstYear = p.Start.Year()
	}
	if !p.Updated.IsZero() {
		r.Updated = p.Updated.Unix()
	}
	r.SortTitle = p.SortTitle(find)
	r.French = names(p, repertoire.SideFrench, find)
	r.Foreign = names(p, repertoire.SideForeign, find)
	for _, n := range r.Foreign {
		if n.Country == "" || slices.ContainsFunc(r.Countries, func(c CountryRef) bool { return c.ISO == n.Country }) {
			continue
		}
		c, ok := look.Country(n.Country)
		if !ok {
			c = CountryRef{ISO: n.Country, Name: n.Country}
		}
		r.Countries = append(r.Countries, c)
	}
	r.Themes = themes(p.Themes, look)
	r.addTexts(p, find)
	r.addFiles(p, look)
	for i := range p.Projects {
		r.addProject(&p.Projects[i], look)
	}
	r.addPeople(p)
	r.addGoals(p, look)
	r.Held = heldBy(p, &r)
	return r
}

func names(p *repertoire.Partnership, side repertoire.Side, find func(repertoire.ID) *repertoire.Authority) []Name {
	var out []Name
	for _, id := range p.PartiesOn(side) {
		a := find(id)
		if a == nil {
			continue
		}
		n := Name{
			Usual: a.Name, Native: a.NativeName, Others: a.OtherNames, INSEE: a.INSEE, SIREN: a.SIREN,
			PostalCodes: a.PostalCodes, Departement: a.Departement, Region: a.Region, Country: a.Country,
			Level: Coded{string(a.Level), repertoire.Levels.Label(a.Level)}, Population: a.Population,
		}
		if a.Located() {
			n.Latitude, n.Longitude = *a.Latitude, *a.Longitude
		}
		out = append(out, n)
	}
	return out
}

func themes(codes []string, look Lookup) []ThemeRef {
	var out []ThemeRef
	for _, code := range codes {
		t, ok := look.Theme(code)
		if !ok {
			t = repertoire.Theme{Code: code}
		}
		ref := ThemeRef{Code: code, Label: t.Label}
		for up := repertoire.ThemeParent(code); up != ""; up = repertoire.ThemeParent(up) {
			above, _ := look.Theme(up)
			ref.Above = append(ref.Above, Coded{up, above.Label})
		}
		out = append(out, ref)
	}
	return out
}

// addTexts takes the texts that the declarations give a weight, the heaviest
// first, and the numbers that other houses give to the record, its projects and
// its authorities.
func (r *Record) addTexts(p *repertoire.Partnership, find func(repertoire.ID) *repertoire.Authority) {
	for _, f := range searched(repertoire.DeclaredPartnership) {
		if f.Of == nil {
			r.addText(f.Name, f.Value(p).(string))
			continue
		}
		for _, x := range f.Elements(p) {
			var texts []string
			for _, g := range searched(f.Of) {
				texts = append(texts, g.Value(x).(string))
			}
			r.addText(f.Name, texts...)
		}
	}
	r.addNumbers(repertoire.DeclaredPartnership, p)
	for i := range p.Projects {
		r.addNumbers(repertoire.DeclaredProject, &p.Projects[i])
	}
	for _, q := range p.Parties {
		if a := find(q.Authority); a != nil {
			r.addNumbers(repertoire.DeclaredAuthority, a)
		}
	}
	for _, l := range p.Links {
		r.Links = append(r.Links, strings.TrimSpace(l.Label+" "+l.URL))
	}
}

func (r *Record) addText(field string, texts ...string) {
	if s := strings.TrimSpace(strings.Join(texts, " ")); s != "" {
		r.Texts = append(r.Texts, Text{field, s})
	}
}

func (r *Record) addNumbers(d *repertoire.Declaration, record any) {
	for _, f := range d.With(repertoire.Identifying) {
		for _, x := range f.Elements(record) {
			r.addText(f.Name, f.Of.Text(x))
		}
	}
}

// searched lists the weighed fields of a declaration, heaviest first.
func searched(d *repertoire.Declaration) []*repertoire.Field {
	var out []*repertoire.Field
	for _, f := range d.Fields {
		if f.Weight > 0 {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *repertoire.Field) int { return b.Weight - a.Weight })
	return out
}

// addFiles takes the names of the files and the words that stand in them.
func (r *Record) addFiles(p *repertoire.Partnership, look Lookup) {
	add := func(name, sum string) {
		if text := strings.TrimSpace(name + " " + look.FileText(p.ID, sum)); text != "" {
			r.Texts = append(r.Texts, Text{fieldFiles, text})
		}
	}
	for _, a := range p.Attachments {
		add(a.Name, a.Media)
	}
	for _, c := range p.Conventions {
		if c.Media != "" {
			add("", c.Media)
		}
	}
}

func (r *Record) addProject(p *repertoire.Project, look Lookup) {
	t := ProjectText{Title: p.Title, Themes: themes(p.Themes, look), From: p.Start.Year(), To: p.End.Year()}
	for _, f := range p.Funding {
		for _, name := range payers(f) {
			if !slices.Contains(t.Funders, name) {
				t.Funders = append(t.Funders, name)
			}
			if !slices.Contains(r.Funders, name) {
				r.Funders = append(r.Funders, name)
			}
		}
	}
	for _, f := range searched(repertoire.DeclaredProject) {
		if text := f.Value(p).(string); text != "" {
			t.Text = append(t.Text, Text{f.Name, text})
		}
	}
	if p.Operator != "" && !slices.Contains(r.Actors, p.Operator) {
		r.Actors = append(r.Actors, p.Operator)
	}
	if p.Budget.Currency == "EUR" {
		r.Amount += p.Budget.Cents
	}
	r.Projects = append(r.Projects, t)
}

// payers names who paid and, when the money came through a scheme people ask
// for by its name, the scheme: a FICOL is looked for as such, not as the AFD's.
func payers(f repertoire.Funding) []string {
	kind := repertoire.FundingKinds.Label(f.Kind)
	switch {
	case f.Funder == "" && kind == "":
		return nil
	case f.Funder == "":
		return []string{kind}
	case f.Kind == "meae" || f.Kind == "ficol":
		return []string{f.Funder, kind}
	case f.Kind == "oudin":
		// Its label speaks of water, waste and energy: what it paid for may be
		// one of them only.
		return []string{f.Funder, "1 % Oudin-Santini"}
	}
	return []string{f.Funder}
}

// addPeople keeps names and roles only: an address or a number is looked up
// in the base, where its publishable flag is.
func (r *Record) addPeople(p *repertoire.Partnership) {
	for _, a := range p.Actors {
		r.Actors = append(r.Actors, a.Name)
	}
	for _, c := range p.Contacts {
		if s := strings.TrimSpace(c.Name + " " + c.Role); s != "" {
			r.Contacts = append(r.Contacts, s)
		}
		r.HasContact = r.HasContact || !c.Objected && (c.Email != "" || c.Phone != "")
	}
}

// addGoals takes the SDGs from the themes, of the partnership and its projects.
func (r *Record) addGoals(p *repertoire.Partnership, look Lookup) {
	add := func(codes []string) {
		for _, code := range codes {
			if t, ok := look.Theme(code); ok && t.SDG > 0 && !slices.Contains(r.SDGs, t.SDG) {
				r.SDGs = append(r.SDGs, t.SDG)
			}
		}
	}
	add(p.Themes)
	for i := range p.Projects {
		add(p.Projects[i].Themes)
	}
	slices.Sort(r.SDGs)
}
