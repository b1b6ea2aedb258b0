package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// parties are the authorities a row names, leads first.
type parties struct {
	french, foreign []repertoire.ID
	remarks         []string
	notes           []string // what the row says that has no place in an authority
}

func (p parties) key() string { return pairKey(p.french, p.foreign) }

// resolving asks the resolver once for each question, and makes the
// authorities that nothing knows yet.
type resolving struct {
	Resolver
	opt     Options
	french  map[frenchCell]answer
	foreign map[foreignCell]answer
	// found holds every authority that a row named; made those to be written.
	found map[repertoire.ID]repertoire.Authority
	made  map[repertoire.ID]bool
	// places finds the made foreign authorities by country and folded name.
	places map[string][]repertoire.ID
	// named are the authorities of records to be written, in order.
	named []repertoire.ID
	noted map[repertoire.ID]bool
	// parted are the cells that may name several places.
	parted map[foreignCell][]string
	// meant are answers looked up ahead for the rows at hand.
	meant map[reference.Mention]reference.Answer
	asked
}

type frenchCell struct{ name, insee, siren, level, departement string }
type foreignCell struct{ country, name, native, level, region, lat, lon, population string }

// answer is one authority, or the reason why there is none.
type answer struct {
	id             repertoire.ID
	reason, remark string
	// why is the kind of what was taken without a question, question what is
	// left to be answered; both are counted row by row.
	why      NoteKind
	question *Question
	// nation is the text of a country that no list has.
	nation string
}

func newResolving(r Resolver, opt Options) *resolving {
	return &resolving{Resolver: r, opt: opt, french: map[frenchCell]answer{}, foreign: map[foreignCell]answer{},
		found: map[repertoire.ID]repertoire.Authority{}, made: map[repertoire.ID]bool{}, places: map[string][]repertoire.ID{},
		noted: map[repertoire.ID]bool{}, parted: map[foreignCell][]string{}}
}

func (r *resolving) names() Names {
	return Names{Authority: r.authority, Theme: r.ThemeLabel, Country: r.CountryName}
}

// authority finds an authority of the base or one that this plan brings.
func (r *resolving) authority(id repertoire.ID) *repertoire.Authority {
	if a := r.Resolver.Authority(id); a != nil {
		return a
	}
	if a, ok := r.found[id]; ok {
		return &a
	}
	return nil
}

// needed lists the authorities that the additions and updates name and that
// the base does not have, in the order in which they come.
func (r *resolving) needed() []repertoire.Authority {
	out := make([]repertoire.Authority, 0, len(r.named))
	for _, id := range r.named {
		if a, ok := r.found[id]; ok && r.Resolver.Authority(a.ID) == nil {
			out = append(out, a)
		}
	}
	return out
}

// name notes the authorities of a record that is to be written.
func (r *resolving) name(record *repertoire.Partnership) {
	for _, q := range record.Parties {
		if !r.noted[q.Authority] {
			r.noted[q.Authority] = true
			r.named = append(r.named, q.Authority)
		}
	}
}

// parties reads both sides of a row.
func (r *resolving) parties(p *planner, row TableRow) (parties, []string) {
	var out parties
	var reasons []string
	names := namesIn(splitBars(p.text(row, FieldFrench)))
	insee, siren := splitBars(p.text(row, FieldINSEE)), splitBars(p.text(row, FieldSIREN))
	level, departement := splitBars(p.text(row, FieldLevel)), splitBars(p.text(row, FieldDepartement))
	n := max(len(names), len(insee), len(siren))
	if n == 0 || n == 1 && at(names, 0)+at(insee, 0)+at(siren, 0) == "" {
		reasons = append(reasons, "Il manque la collectivité française : donnez son nom ou son code INSEE.")
		n = 0
	}
	for i := range n {
		q := frenchCell{at(names, i), at(insee, i), at(siren, i), at(level, i), at(departement, i)}
		a, ok := r.french[q]
		if !ok {
			a = r.findFrench(q)
			r.french[q] = a
		}
		out.french, reasons, out.remarks = r.take(a, row.Number, q.name, out.french, reasons, out.remarks)
	}
	names = namesIn(splitBars(p.text(row, FieldForeign)))
	country, native := splitBars(p.text(row, FieldCountry)), splitBars(p.text(row, FieldForeignNative))
	level, region := splitBars(p.text(row, FieldForeignLevel)), splitBars(p.text(row, FieldForeignRegion))
	if len(names) == 0 || len(names) == 1 && names[0] == "" {
		reasons = append(reasons, "Il manque la collectivité étrangère : donnez son nom.")
		names = nil
	}
	if len(names) == 1 && len(country) <= 1 && len(native) <= 1 && len(region) <= 1 {
		if parts := r.apart(foreignCell{country: at(country, 0), name: names[0], region: at(region, 0)}); len(parts) > 1 {
			out.remarks = append(out.remarks, fmt.Sprintf("« %s » nomme %d collectivités : %s. Si ce n’en est qu’une, corrigez la cellule.",
				names[0], len(parts), strings.Join(parts, ", ")))
			names = parts
		}
	}
	for i := range names {
		q := foreignCell{country: at(country, i), name: names[i], native: at(native, i), level: at(level, i), region: at(region, i)}
		if len(names) == 1 {
			q.lat, q.lon, q.population = p.text(row, FieldLatitude), p.text(row, FieldLongitude), p.text(row, FieldPopulation)
		}
		if q.country == "" && len(country) == 1 {
			q.country = country[0]
		}
		a, ok := r.foreign[q]
		if !ok {
			a = r.findForeign(q, p, row)
			r.foreign[q] = a
		}
		out.foreign, reasons, out.remarks = r.take(a, row.Number, q.name, out.foreign, reasons, out.remarks)
		if a.nation != "" {
			p.unknown(FieldCountry, a.nation, row.Number)
			out.notes = append(out.notes, label(FieldCountry)+" : "+brief(a.nation))
		}
	}
	return out, reasons
}

// namesIn leaves out what names nobody, "-", "n.c.", a blank, and the marks that
// send to a note under the table: "Tours*", "Mayence ²", "Parme (1)".
func namesIn(list []string) []string {
	for i, s := range list {
		if empty(s) {
			list[i] = ""
		} else if g := noteMark.FindStringSubmatch(s); g != nil {
			list[i] = g[1]
		}
	}
	return list
}

var noteMark = regexp.MustCompile(`^(.*\pL[)’']?)(?: ?(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,2}\])| \(\d\))+$`)

// apart gives the places that one cell names together, "Kita, Ségou": when it
// is no place of its country and each of its parts is one. nil for one place.
func (r *resolving) apart(q foreignCell) []string {
	if !strings.ContainsAny(q.name, "/;,&+") && !strings.Contains(q.name, " et ") && !strings.Contains(q.name, " - ") &&
		!strings.Contains(q.name, " – ") {
		return nil
	}
	if parts, known := r.parted[q]; known {
		return parts
	}
	parts := r.partsOf(q)
	r.parted[q] = parts
	return parts
}

func (r *resolving) partsOf(q foreignCell) []string {
	country, _, reason := r.countryOf(q)
	if country == "" || reason != "" {
		return nil
	}
	sure := func(name string) bool {
		m := reference.Mention{Name: name, Country: country}
		if _, answered := r.opt.Who[WhoKey(m)]; answered {
			return true
		}
		return sureOf(r.Who(m)) || len(r.Foreign(country, name)) > 0
	}
	if sure(q.name) {
		return nil
	}
	for _, sign := range []string{";", "/", " et ", ",", "&", "+", " – ", " - "} {
		var parts []string
		for _, s := range strings.Split(q.name, sign) {
			if s = oneLine(s); s != "" && sure(s) {
				parts = append(parts, s)
			} else if s != "" {
				parts = nil
				break
			}
		}
		if len(parts) > 1 && len(parts) < 6 {
			return parts
		}
	}
	return nil
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// take adds an answer to what a row says. The remark of an answer is made at
// its first row; the others are counted.
func (r *resolving) take(a answer, row int, name string, ids []repertoire.ID, reasons, remarks []string) ([]repertoire.ID, []string,
	[]string) {
	if r.count(a, row, name) && a.remark != "" {
		remarks = append(remarks, a.remark)
	}
	if a.reason != "" {
		return ids, append(reasons, a.reason), remarks
	}
	if !slices.Contains(ids, a.id) {
		ids = append(ids, a.id)
	}
	return ids, reasons, remarks
}

// keep remembers a found authority.
func (r *resolving) keep(a repertoire.Authority) answer {
	r.found[a.ID] = a
	return answer{id: a.ID}
}

func (r *resolving) findForeign(q foreignCell, p *planner, row TableRow) answer {
	if q.name == "" {
		return answer{reason: "Une collectivité étrangère de la ligne n’a pas de nom."}
	}
	country, part, reason := r.countryOf(q)
	if reason != "" {
		return answer{reason: reason}
	}
	if country == "" {
		return r.nowhere(q, p, row)
	}
	if q.region == "" {
		q.region = part
	}
	level, ok := parseLevel(q.level)
	if !ok {
		return answer{reason: fmt.Sprintf("Le niveau « %s » est inconnu : choisissez parmi %s.", q.level,
			strings.Join(repertoire.Levels.Labels(), ", "))}
	}
	m := reference.Mention{Name: q.name, Country: country, Level: level, Region: q.region, Latitude: degrees(q.lat, 90),
		Longitude:  degrees(q.lon, 180),
		Population: integer(q.population)}
	if m.Latitude == nil || m.Longitude == nil {
		m.Latitude, m.Longitude = nil, nil
	}
	key := WhoKey(m)
	if a, ok := r.decided(key, q.name); ok {
		return a
	}
	found := r.Who(m)
	if c, ok := found.Certain(); ok {
		return r.accept(c, m, func(a *repertoire.Authority) {
			if q.native != "" && q.native != a.NativeName {
				a.OtherNames = withName(a.OtherNames, a.NativeName)
				a.NativeName, a.NativeLang = q.native, ""
			}
			if m.Latitude != nil {
				a.Latitude, a.Longitude = m.Latitude, m.Longitude
			}
			if m.Population > 0 {
				a.Population = m.Population
			}
		})
	}
	if level == "" {
		level = found.Level
	}
	id, invented := r.inventedAs(q, country, level)
	if !invented {
		id = r.keep(r.invent(q, country, level, p, row)).id
	}
	return r.ask(key, m, found, id)
}

// nowhere takes an authority whose country the row does not say, or says in a
// word that no list has: it keeps its name, and has no country until somebody
// gives it one.
func (r *resolving) nowhere(q foreignCell, p *planner, row TableRow) answer {
	level, _ := parseLevel(q.level)
	a := answer{nation: q.country}
	if q.country == "" {
		a.remark = fmt.Sprintf("Le pays de « %s » n’est pas dit : la collectivité est reprise sans pays. Complétez-la.", q.name)
	}
	if id, known := r.inventedAs(q, "", level); known {
		a.id = id
		return a
	}
	if list := r.Foreign("", q.name); len(list) > 0 {
		a.id = r.keep(list[0]).id
		return a
	}
	a.id = r.keep(r.invent(q, "", level, p, row)).id
	return a
}

// countryOf reads the country of a foreign authority: that of the row, else
// that of the import; "" when the row does not say it clearly. part is the
// country within it that was named.
func (r *resolving) countryOf(q foreignCell) (country, part, reason string) {
	country = r.opt.Country
	written := q.country
	if meant, ok := r.opt.Words.find(FieldCountry, written); ok && meant != "" {
		written = meant
	}
	if written != "" {
		a := r.WhichCountry(written, r.opt.Countries...)
		c, ok := a.Certain()
		switch {
		case ok:
			country, part = c.ISO2, a.Part
			r.noteCountry(written, c, a)
		default:
			return "", "", ""
		}
	}
	if country == "FR" {
		return "", "", fmt.Sprintf("« %s » est dite étrangère, mais son pays est la France.", q.name)
	}
	return country, part, ""
}

// inventedAs finds the authority that an earlier row made under the same name.
// Towns of one name in two regions, or far from each other, are two.
func (r *resolving) inventedAs(q foreignCell, country string, level repertoire.Level) (repertoire.ID, bool) {
	here := repertoire.Authority{Level: level, Latitude: degrees(q.lat, 90), Longitude: degrees(q.lon, 180)}
	for _, id := range r.places[placeKey(country, q.name)] {
		a := r.found[id]
		if reference.FarApart(&a, &here) {
			continue
		}
		if (level != "" && a.Level != "" && a.Level != level) || (q.region != "" && a.Region != "" && !sameName(a.Region, q.region)) {
			continue
		}
		if a.Region == "" {
			a.Region = q.region
		}
		if a.Level == "" {
			a.Level = level
		}
		r.found[id] = a
		return id, true
	}
	return "", false
}

func placeKey(country, name string) string {
	key := foldHeading(name)
	if key == "" {
		key = name
	}
	return country + ":" + key
}

// invent makes the authority that a row names first; the row's own figures go
// with it.
func (r *resolving) invent(q foreignCell, country string, level repertoire.Level, p *planner, row TableRow) repertoire.Authority {
	a := repertoire.Authority{ID: repertoire.DeriveID("place:" + country + ":" + q.name), Name: oneLine(clean(q.name)), Article: -1,
		NativeName: q.native, Country: country, Level: level, Region: q.region, Source: "import de " + p.table.Name}
	if r.made[a.ID] {
		a.ID = repertoire.DeriveID("place:" + country + ":" + q.name + ":" + q.region + ":" + string(level))
	}
	if r.made[a.ID] || r.Resolver.Authority(a.ID) != nil {
		// The name was taken by an authority since renamed.
		a.ID = r.opt.NewID()
	}
	r.places[placeKey(country, q.name)] = append(r.places[placeKey(country, q.name)], a.ID)
	if len(splitBars(p.text(row, FieldForeign))) == 1 {
		a.Latitude, a.Longitude = degrees(p.text(row, FieldLatitude), 90), degrees(p.text(row, FieldLongitude), 180)
		if a.Latitude == nil || a.Longitude == nil {
			a.Latitude, a.Longitude = nil, nil
		}
		a.Population = integer(p.text(row, FieldPopulation))
	}
	r.made[a.ID] = true
	return a
}

// sameName compares two names whatever the case, accents and punctuation.
func sameName(a, b string) bool { return foldHeading(clean(a)) == foldHeading(clean(b)) }
