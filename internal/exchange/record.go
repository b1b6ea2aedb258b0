package exchange

import (
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// Names turns what records refer to into words. Its functions must be safe to
// call for IDs and codes that no longer exist.
type Names struct {
	Authority func(repertoire.ID) *repertoire.Authority // nil when unknown
	Theme     func(code string) string                  // label
	Country   func(iso string) string                   // French name
}

func (n Names) authority(id repertoire.ID) *repertoire.Authority {
	if n.Authority == nil {
		return nil
	}
	return n.Authority(id)
}

func (n Names) theme(code string) string {
	if n.Theme != nil {
		if l := n.Theme(code); l != "" {
			return l
		}
	}
	return code
}

func (n Names) country(iso string) string {
	if n.Country != nil {
		if l := n.Country(iso); l != "" {
			return l
		}
	}
	return iso
}

// cell gives the text of one field of a partnership, as exports write it and
// as an import compares it. Contacts that may not be published give "".
func cell(p *repertoire.Partnership, f Field, names Names) string {
	switch f {
	case FieldID:
		return string(p.ID)
	case FieldDirectories:
		return joinList(p.Directories)
	case FieldFrench, FieldINSEE, FieldSIREN, FieldLevel, FieldDepartement, FieldRegion:
		return side(p, repertoire.SideFrench, f, names)
	case FieldCountry, FieldForeign, FieldForeignNative, FieldForeignLevel, FieldForeignRegion:
		return side(p, repertoire.SideForeign, f, names)
	case FieldExternal:
		return joinList(writtenReferences(p.External))
	case FieldThemes, FieldProjects, FieldFunders, FieldActors, FieldLinks:
		return joinList(list(p, f, names))
	}
	if text, ok := plainCell(p, f); ok {
		return text
	}
	return person(p, f)
}

func list(p *repertoire.Partnership, f Field, names Names) []string {
	var out []string
	switch f {
	case FieldThemes:
		for _, code := range p.Themes {
			out = append(out, names.theme(code))
		}
	case FieldProjects:
		for _, x := range p.Projects {
			out = append(out, x.Title)
		}
	case FieldActors:
		for _, x := range p.Actors {
			if x.Role != funderRole {
				out = append(out, x.Name)
			}
		}
	case FieldLinks:
		for _, x := range p.Links {
			out = append(out, x.URL)
		}
	case FieldFunders:
		seen := map[string]bool{}
		for _, x := range p.Projects {
			for _, money := range x.Funding {
				if !seen[money.Funder] {
					seen[money.Funder] = true
					out = append(out, money.Funder)
				}
			}
		}
		for _, x := range p.Actors {
			if x.Role == funderRole && !seen[x.Name] {
				out = append(out, x.Name)
			}
		}
	}
	return out
}

// side writes one field of all the authorities of one side, names and codes
// aligned: "Lille | Roubaix" and "59350 | 59512". When no authority has the
// value the cell is empty.
func side(p *repertoire.Partnership, s repertoire.Side, f Field, names Names) string {
	var values []string
	any := false
	for _, id := range p.PartiesOn(s) {
		v := ""
		if a := names.authority(id); a != nil {
			v = oneLine(strings.ReplaceAll(authorityCell(a, f, names), "|", "/"))
		}
		any = any || v != ""
		values = append(values, v)
	}
	if !any {
		return ""
	}
	if f == FieldCountry && same(values) {
		return values[0]
	}
	return strings.Join(values, " | ")
}

func authorityCell(a *repertoire.Authority, f Field, names Names) string {
	switch f {
	case FieldFrench, FieldForeign:
		return a.Name
	case FieldINSEE:
		return a.INSEE
	case FieldSIREN:
		return a.SIREN
	case FieldLevel, FieldForeignLevel:
		return repertoire.Levels.Label(a.Level)
	case FieldDepartement:
		return a.Departement
	case FieldRegion, FieldForeignRegion:
		return a.Region
	case FieldForeignNative:
		return a.NativeName
	case FieldCountry:
		return names.country(a.Country)
	}
	return ""
}

// person writes one column of a contact slot: the first contact of that side
// and kind who may be published.
func person(p *repertoire.Partnership, f Field) string {
	slot, part, ok := contactField(f)
	if !ok {
		return ""
	}
	for _, c := range p.Contacts {
		if !slot.holds(c) {
			continue
		}
		c, ok := c.Published()
		if !ok {
			continue
		}
		switch part {
		case partName:
			return c.Name
		case partRole:
			return c.Role
		case partEmail:
			return c.Email
		default:
			return c.Phone
		}
	}
	return ""
}

// slot says whom a group of four columns speaks of.
type slot struct {
	prefix  Field
	side    repertoire.Side
	elected bool
}

func (s slot) holds(c repertoire.Contact) bool { return c.Side == s.side && c.Elected == s.elected }

func contactField(f Field) (slot, Field, bool) {
	for _, s := range contactSlots {
		if part, ok := strings.CutPrefix(string(f), string(s.prefix)); ok {
			return s.slot, Field(part), true
		}
	}
	return slot{}, "", false
}

func same(values []string) bool {
	for _, v := range values {
		if v != values[0] {
			return false
		}
	}
	return true
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(b bool) string {
	if b {
		return "oui"
	}
	return ""
}
