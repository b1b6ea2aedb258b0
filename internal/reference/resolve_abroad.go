package reference

import (
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

func enrollAbroad(places []Place) *register {
	g := &register{names: make(map[string][]nameRef, 3*len(places)), titles: make([]string, len(places))}
	for i := range places {
		p := &places[i]
		add := func(use nameUse, text string) {
			key := compact(Key(text))
			if key == "" {
				return
			}
			for _, have := range g.names[key] {
				if have.row == int32(i) && have.text == text {
					return
				}
			}
			g.names[key] = append(g.names[key], nameRef{row: int32(i), use: use, text: text})
		}
		g.titles[i] = Key(p.Name)
		add(useOfficial, p.Name)
		for _, other := range p.Others {
			add(useOther, other)
		}
		add(useNative, p.Native)
	}
	g.order = make([]string, 0, len(g.names))
	for key := range g.names {
		g.order = append(g.order, key)
	}
	slices.Sort(g.order)
	return g
}

// placeOffices are the words that say what a foreign authority is.
var placeOffices = []office{
	{"municipalite", repertoire.LevelCommune, ""}, {"commune urbaine", repertoire.LevelCommune, ""},
	{"commune rurale", repertoire.LevelCommune, ""},
	{"communaute rurale", repertoire.LevelCommune, ""}, {"commune", repertoire.LevelCommune, ""}, {"ville", repertoire.LevelCommune, ""},
	{"mairie", repertoire.LevelCommune, ""}, {"city of", repertoire.LevelCommune, ""}, {"city", repertoire.LevelCommune, ""},
	{"town of", repertoire.LevelCommune, ""},
	{"stadt", repertoire.LevelCommune, ""}, {"gemeinde", repertoire.LevelCommune, ""}, {"comune", repertoire.LevelCommune, ""},
	{"municipio", repertoire.LevelCommune, ""},
	{"conseil regional", repertoire.LevelRegion, ""}, {"region", repertoire.LevelRegion, ""}, {"province", repertoire.LevelProvince, ""},
	{"prefecture", repertoire.LevelPrefecture, ""}, {"conseil departemental", repertoire.LevelDepartement, ""},
	{"conseil general", repertoire.LevelDepartement, ""},
	{"departement", repertoire.LevelDepartement, "division"}, {"gouvernorat", repertoire.LevelRegion, ""},
	{"wilaya", repertoire.LevelRegion, ""},
	{"moughataa", repertoire.LevelDepartement, ""}, {"cercle", repertoire.LevelDepartement, ""}, {"district", repertoire.LevelDistrict, ""},
	{"communaute autonome", repertoire.LevelRegion, ""}, {"republique et canton", repertoire.LevelState, ""},
	{"generalitat", repertoire.LevelRegion, ""}, {"comte", repertoire.LevelDepartement, "division"},
	{"county", repertoire.LevelDepartement, "division"},
	{"judet", repertoire.LevelDepartement, "division"}, {"comitat", repertoire.LevelDepartement, "division"},
	{"krai", repertoire.LevelRegion, ""}, {"kraj", repertoire.LevelRegion, ""},
	{"voivodie", repertoire.LevelRegion, ""}, {"oblast", repertoire.LevelRegion, ""}, {"etat", repertoire.LevelState, ""},
	{"land", repertoire.LevelState, ""},
	{"canton", repertoire.LevelState, ""}, {"marz", repertoire.LevelRegion, ""}, {"federation des municipalites", repertoire.LevelEPCI, ""},
	{"union des municipalites", repertoire.LevelEPCI, ""}, {"intercommunalite", repertoire.LevelEPCI, ""},
	{"arrondissement", repertoire.LevelDistrict, ""},
}

// divisionLevels are those of first-level divisions in the reference.
func divisionLevel(l repertoire.Level) bool {
	switch l {
	case repertoire.LevelRegion, repertoire.LevelProvince, repertoire.LevelPrefecture, repertoire.LevelState:
		return true
	}
	return false
}

// abroadReadings are the ways to understand the name of a foreign authority.
func abroadReadings(text string) []reading {
	text = strings.TrimSpace(strings.Join(strings.Fields(text), " "))
	out := []reading{{name: text, key: Key(text)}}
	if i := strings.LastIndexByte(text, '('); i > 0 && strings.HasSuffix(text, ")") {
		name, inside := strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+1:len(text)-1])
		out = append(out, reading{name: name, key: Key(name), where: inside, bare: true},
			reading{name: inside, key: Key(inside), bare: true})
	} else if g := sidesPlace.FindStringSubmatch(text); g != nil {
		out = append(out, reading{name: g[1] + g[3], key: Key(g[1] + g[3]), where: g[2] + g[4], bare: true})
	}
	for _, r := range slices.Clone(out) {
		words := strings.FieldsFunc(r.name, betweenWords)
		var first ends
		for _, o := range placeOffices {
			n := strings.Count(o.words, " ") + 1
			if len(words) <= n || first.key(n, words[:n]) != o.words {
				continue
			}
			name := strings.Join(unlinked(words[n:]), " ")
			out = append(out, reading{name: name, key: Key(name), where: r.where, level: o.level, kind: o.kind, bare: true})
			break
		}
	}
	return out
}

// resolveAbroad finds a foreign authority of a country.
func (r *Resolver) resolveAbroad(m Mention) Answer {
	s := r.newSearch(m)
	places := r.tables.Places(m.Country)
	g := r.tables.abroad(m.Country)
	readings := abroadReadings(m.Name)
	for _, rd := range readings {
		if rd.bare && s.spoken() {
			break
		}
		s.readAbroad(places, g, rd)
	}
	if name, ok := r.tables.beforeCountry(m.Name, m.Country); ok && !s.spoken() {
		for _, rd := range abroadReadings(name) {
			s.readAbroad(places, g, rd)
		}
	}
	if len(s.list) == 0 {
		s.elsewhere(readings[0])
	}
	if len(s.list) == 0 {
		s.nearAbroad(places, g, readings)
	}
	s.largerAbroad(places, g, readings[0])
	a := s.answer()
	a.Level = m.Level
	for _, rd := range readings {
		if a.Level == "" {
			a.Level = rd.level
		}
	}
	return a
}

// beforeCountry takes the name of its country off a town's: "Saint-Louis du
// Sénégal", "Santiago du Chili", "Tripoli, Liban".
func (t *Tables) beforeCountry(name, iso string) (string, bool) {
	c, ok := t.Country(iso)
	if !ok {
		return "", false
	}
	words := strings.FieldsFunc(name, betweenWords)
	for n := 1; n < len(words); n++ {
		tail := unlinked(words[n:])
		if key := bareKey(Key(strings.Join(tail, " "))); key == bareKey(Key(c.Name)) || key == Key(c.English) {
			return strings.Join(words[:n], " "), true
		}
	}
	return "", false
}

// elsewhere proposes the towns of that very name in other countries, when the
// country given has none: Kayes is in Mali, whatever the row says.
func (s *search) elsewhere(rd reading) {
	for _, p := range s.tables.named(rd.key, s.m.Country) {
		c := s.propose(placeSubject(&p), likePart, false, Reason{Kind: ReasonName},
			Reason{ReasonOther, "mais elle est dans un autre pays : " + s.tables.CountryName(p.Country)})
		c.against = true
	}
}

// named gives the towns of other countries whose usual name has that Key, the
// three most populous, hamlets left out.
func (t *Tables) named(key, country string) []Place {
	all, _ := t.places()
	var out []Place
	for _, title := range all.byTitle()[key] {
		if title.country != country {
			if p := all.of(title.country)[title.index]; !p.IsDivision && p.Population >= largerFrom {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Place) int { return b.Population - a.Population })
	return out[:min(3, len(out))]
}

func placeSubject(p *Place) subject { return subject{Authority: p.Authority(), division: p.IsDivision} }

func (s *search) readAbroad(places []Place, g *register, rd reading) {
	if rd.where != "" && s.m.Region == "" {
		defer func(m Mention) { s.m.Region = m.Region }(s.m)
	}
	s.proposeKnown(s.m.Country, rd.name, rd.key)
	for _, ref := range g.names[compact(rd.key)] {
		x := placeSubject(&places[ref.row])
		level := rd.level
		switch {
		case level == "":
		case divisionLevel(level):
			if !x.division {
				// A town that bears the name of the region asked for is not the region.
				s.propose(x, likePart, false, Reason{ReasonForm, x.Name})
				continue
			}
			s.spelledAs(x, rd.name, rd.key, ref)
			continue
		case rd.kind == "division" && x.division:
			// In Romania a county is a first-level division, in Senegal a département is not.
			s.spelledAs(x, rd.name, rd.key, ref)
			if c := s.byID[x.ID]; c != nil && level == repertoire.LevelDepartement && !divisionsAreDepartements[s.m.Country] {
				c.firm = false
			}
			continue
		case level != repertoire.LevelCommune:
			s.propose(x, likePart, false, Reason{ReasonForm, x.Name})
			continue
		case x.division:
			continue
		}
		s.spelledAs(x, rd.name, rd.key, ref)
	}
}

// divisionsAreDepartements are the countries whose first-level divisions are
// called départements, counties or the like in French.
var divisionsAreDepartements = map[string]bool{"BJ": true, "CG": true, "HT": true, "BO": true, "CO": true, "GT": true, "HN": true,
	"NI": true, "PY": true, "PE": true,
	"SV": true, "UY": true, "RO": true, "HU": true, "HR": true, "NO": true, "SE": true, "EE": true, "LT": true, "KE": true, "LR": true}

func (s *search) nearAbroad(places []Place, g *register, readings []reading) {
	for _, rd := range readings {
		g.like(compact(rd.key), func(ref nameRef, d int) {
			s.propose(placeSubject(&places[ref.row]), likeNear-0.05*float64(d)+0.02*float64(ref.use), false, Reason{Kind: ReasonNear})
		})
	}
}

// mostPopulous gives the population of the largest candidate so far. cut tells
// that it is named by the beginning of its own name alone, as others may be:
// Reggio is Reggio d’Émilie and Reggio de Calabre.
func (s *search) mostPopulous(rd reading) (best int, cut bool) {
	for _, c := range s.list {
		if c.like >= rivalLikeness && c.subject.Population >= best {
			best = c.subject.Population
			cut = c.Has(ReasonOtherName) && strings.HasPrefix(bareKey(Key(c.subject.Name)), bareKey(rd.key)+" ")
		}
	}
	return best, cut
}

// largerAbroad is larger for the towns of another country.
func (s *search) largerAbroad(places []Place, g *register, rd reading) {
	best, cut := s.mostPopulous(rd)
	if best >= manyPeople && !cut || len(rd.key) < 3 {
		return
	}
	for _, ref := range g.beginning(compact(rd.key), 200) {
		p := &places[ref.row]
		if p.IsDivision || ref.use != useOfficial || !strings.HasPrefix(Key(ref.text), rd.key+" ") || best > 0 &&
			(p.Population < largerFrom || !cut && p.Population < 5*best || cut && 5*p.Population < best) {
			continue
		}
		c := s.propose(placeSubject(p), likePart, false, Reason{Kind: ReasonPartOfName})
		if best > 0 && c.like == likePart {
			if c.like = rivalLikeness; !cut {
				c.Reasons = []Reason{{ReasonLarger, p.Name}}
			}
		}
	}
}
