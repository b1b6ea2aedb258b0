package reference

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// apart finds several authorities in one text.
var apart = regexp.MustCompile(`\s*(?:;|\||\s\+\s|\s&\s|\set\s|\s/\s|\n)\s*`)

// resolveFrench finds a French authority by its codes, else by what is typed.
func (r *Resolver) resolveFrench(m Mention) Answer {
	s := r.newSearch(m)
	f, _ := r.tables.france()
	coded := s.byCodes(f)
	if m.Name != "" {
		if !coded {
			s.named(f, m.Name)
		}
		if len(s.list) == 0 {
			s.near(f, m.Name)
		}
	}
	a := s.answer()
	a.Level = s.saidLevel(m)
	if a.Verdict != Sure && m.Name != "" && !coded {
		s.several(f, &a)
	}
	return a
}

// saidLevel is the kind of authority that the words tell, the asked one first.
func (s *search) saidLevel(m Mention) repertoire.Level {
	if m.Level != "" {
		return m.Level
	}
	if level := freeBody(Key(m.Name)); level != "" {
		return level
	}
	for _, rd := range s.readings(m.Name) {
		if rd.level != "" {
			return rd.level
		}
		if level := freeBody(rd.key); level != "" {
			return level
		}
	}
	return ""
}

// byCodes follows an INSEE code, else a SIREN; it tells whether one led to an
// authority that may well bear the name.
func (s *search) byCodes(f *france) bool {
	if code := strings.ToUpper(strings.ReplaceAll(s.m.INSEE, " ", "")); code != "" {
		if len(code) == 4 && digits(code) {
			code = "0" + code // spreadsheets eat the leading zero of "06088"
		}
		if found := s.byINSEE(f, code); found {
			return true
		}
	}
	code := strings.ReplaceAll(s.m.SIREN, " ", "")
	if len(code) == 14 {
		code = code[:9]
	}
	if code == "" {
		return false
	}
	if mine := s.byCode[code]; mine != nil {
		return s.coded(subject{Authority: *mine}, code)
	}
	if i, ok := f.bySIREN[code]; ok {
		return s.coded(f.subject(i), code)
	}
	return false
}

func (s *search) byINSEE(f *france, code string) bool {
	levels := []repertoire.Level{s.m.Level}
	if s.m.Level == "" || len(code) == 5 {
		levels = append(levels, repertoire.LevelCommune, repertoire.LevelArrondissement, repertoire.LevelDepartement,
			repertoire.LevelRegion, repertoire.LevelMetropole, repertoire.LevelOther)
	}
	for _, level := range levels {
		if mine := s.byCode[string(level)+":"+code]; mine != nil {
			return s.coded(subject{Authority: *mine}, code)
		}
		if i, ok := f.byINSEE[string(level)+":"+code]; ok {
			if heir, ok := f.council(i); ok && !councils[string(level)+":"+code].heir {
				s.propose(f.subject(heir), likeCode, true, Reason{ReasonCode, code})
				return true
			}
			return s.coded(f.subject(i), code)
		}
	}
	if i, ok := f.heirs()[code]; ok {
		s.propose(f.subject(i), likeOldCode, false, Reason{ReasonOldCode, code})
		return true
	}
	return false
}

// coded proposes what a code names. A name that is quite another makes it
// doubtful: then the name's own candidates stand beside it.
func (s *search) coded(x subject, code string) bool {
	if s.m.Name == "" || s.fits(&x) {
		s.propose(x, likeCode, true, Reason{ReasonCode, code})
		return true
	}
	c := s.propose(x, likeName, false, Reason{ReasonCode, code},
		Reason{ReasonOther, fmt.Sprintf("mais elle s’appelle %s, et non « %s »", x.Usual(), s.m.Name)})
	c.against = true
	return false
}

// fits tells whether a typed name may be that of an authority: any of its
// names, or words of it.
func (s *search) fits(x *subject) bool {
	names := append([]string{x.Name, x.NativeName}, x.OtherNames...)
	for _, rd := range s.readings(s.m.Name) {
		typed := compact(rd.key)
		if rd.code != "" && rd.code == x.INSEE {
			return true
		}
		for _, n := range names {
			name := compact(Key(n))
			if name == "" || typed == "" {
				continue
			}
			if typed == name || len(typed) > 3 && (strings.Contains(name, typed) || strings.Contains(typed, name)) ||
				edits(typed, name, 2) <= 2 && len(name) > 5 {
				return true
			}
		}
		if x.grouping != "" || x.Level == repertoire.LevelEPCI || x.Level == repertoire.LevelMetropole {
			if core := groupingCore(rd.key); len(core) > 0 && subset(core, groupingCore(Key(x.Name))) {
				return true
			}
		}
	}
	return false
}

func subset(words, of []string) bool {
	for _, w := range words {
		if !slices.Contains(of, w) {
			return false
		}
	}
	return true
}

// named gathers the candidates of a typed name, reading after reading until
// one answers.
func (s *search) named(f *france, text string) {
	g := f.register()
	for _, rd := range s.readings(text) {
		if rd.bare && s.spoken() {
			break
		}
		s.read(f, g, rd)
	}
	if !s.spoken() {
		s.trailing(f, g, text)
	}
	s.larger(f, g)
}

// trailing reads a name followed by its département or région without a mark
// between: "St-Denis Réunion", "Montreuil en Seine-Saint-Denis".
func (s *search) trailing(f *france, g *register, text string) {
	words := strings.FieldsFunc(text, betweenWords)
	for n := 1; n < len(words) && !s.spoken(); n++ {
		tail := words[n:]
		if len(tail) > 1 && strings.EqualFold(tail[0], "en") {
			tail = tail[1:]
		}
		if where := strings.Join(unlinked(tail), " "); f.place(where) {
			name := strings.Join(words[:n], " ")
			for _, rd := range append([]reading{{name: name, key: Key(name)}}, unofficed(reading{name: name, key: Key(name)})...) {
				rd.where, rd.bare = where, true
				s.read(f, g, rd)
			}
		}
	}
}

// spoken tells whether a reading answered already, well enough for words not
// to be taken off.
func (s *search) spoken() bool {
	return slices.ContainsFunc(s.list, func(c *candidate) bool { return c.like >= rivalLikeness })
}

func (s *search) read(f *france, g *register, rd reading) {
	hint := s.m
	if rd.where != "" && s.m.Departement == "" {
		if !f.place(rd.where) {
			if rd.level == "" && rd.kind == "" {
				s.beside(f, g, rd)
			}
			return
		}
		s.m.Departement = rd.where
	}
	if rd.postal != "" && s.m.PostalCode == "" {
		s.m.PostalCode = rd.postal
	}
	before := len(s.list)
	s.readName(f, g, rd)
	if len(s.list) == before {
		s.m = hint // the hint was no hint
	}
	s.postalDistrict(f, rd)
}

// beside reads a name with words beside it that name no place: they may name
// somebody else ("Lille, Roubaix"), so that nothing is settled by them.
func (s *search) beside(f *france, g *register, rd reading) {
	before := len(s.list)
	s.readName(f, g, rd)
	if key := Key(rd.where); key == "france" || key == "fr" {
		return
	}
	for _, c := range s.list[before:] {
		c.firm = false
	}
}

// postalDistrict proposes the municipal district whose postal code was typed
// before or after the name of its town: "75013 Paris" is the address of both.
func (s *search) postalDistrict(f *france, rd reading) {
	town := slices.IndexFunc(districtTowns, func(t districtTown) bool { return t.key == rd.key })
	n := whole(rd.postal)
	if town < 0 || n == 0 {
		return
	}
	code := districtTowns[town].before + n%100
	if n == 75116 {
		code = 75116
	}
	i, ok := f.byINSEE[string(repertoire.LevelArrondissement)+":"+strconv.Itoa(code)]
	if !ok {
		return
	}
	for _, c := range s.list {
		c.firm = false
	}
	s.propose(f.subject(i), likeOther, false, Reason{ReasonPostal, rd.postal})
}

func (s *search) readName(f *france, g *register, rd reading) {
	if s.districtNumber(f, rd.key) {
		return
	}
	if code := district(rd.key); code != "" {
		if i, ok := f.byINSEE[string(repertoire.LevelArrondissement)+":"+code]; ok {
			// "Marseille (13)" is also Marseille in its département.
			both := rd.key == "marseille 13"
			s.propose(f.subject(i), likeName, !both, Reason{Kind: ReasonName})
			if j, ok := f.byINSEE[string(repertoire.LevelCommune)+":13055"]; ok && both {
				s.propose(f.subject(j), likeName, false, Reason{ReasonDept, f.rows[j].departement})
			}
		}
		return
	}
	if rd.code != "" {
		if i, ok := f.byINSEE[string(repertoire.LevelDepartement)+":"+fullCode(rd.code)]; ok {
			if heir, ok := f.council(i); ok {
				s.standFor(f.subject(heir), f.subject(i), rd)
				return
			}
			s.propose(f.subject(i), likeOther, true, Reason{ReasonCode, rd.code})
		}
		return
	}
	fit := func(x *subject) bool {
		return rd.level == "" || sameSort(x.Level, rd.level) || rd.level == repertoire.LevelOther
	}
	s.proposeKnownAs(rd, fit)
	for _, ref := range g.names[compact(rd.key)] {
		x := f.subject(ref.row)
		if heir, ok := f.council(ref.row); ok && (ref.use == useOfficial || ref.use == useOther) {
			s.standFor(f.subject(heir), x, rd)
			continue
		}
		if !fit(&x) || rd.kind != "" && !kindAgrees(rd.kind, x.grouping) {
			continue
		}
		s.spelledAs(x, rd.name, rd.key, ref)
	}
	if rd.level != "" && rd.kind == "" && rd.level != repertoire.LevelEPCI {
		return
	}
	s.readGrouping(f, g, rd)
}

// councils are the départements that have no council of their own, and the
// authority that sits for them: the same one where a single collectivity does
// the work of both, its successor where it took their place (loi organique of
// 2011 for Guyane and Martinique, of 2019 for Paris; loi NOTRe for Corsica;
// loi n° 2019-816 for Alsace).
var councils = map[string]struct {
	target string
	heir   bool
}{
	"departement:75": {"commune:75056", false}, "departement:972": {"region:02", false}, "departement:973": {"region:03", false},
	"region:06": {"departement:976", false}, "departement:2A": {"region:94", true}, "departement:2B": {"region:94", true},
	"departement:67": {"autre:6AE", true}, "departement:68": {"autre:6AE", true},
}

// council gives the authority that sits for a département without a council.
func (f *france) council(i int32) (int32, bool) {
	r := &f.rows[i]
	c, ok := councils[string(r.level)+":"+r.insee]
	if !ok {
		return 0, false
	}
	j, ok := f.byINSEE[c.target]
	return j, ok
}

// standFor proposes the authority that sits for a named département.
func (s *search) standFor(heir, x subject, rd reading) {
	c := councils[string(x.Level)+":"+x.INSEE]
	if !c.heir {
		if how := compareSpelling(rd.name, x.Name); how >= spelledCapitals || rd.code != "" {
			s.propose(heir, likeName, true, Reason{ReasonForm, heir.Name})
		} else {
			s.propose(heir, likeAccents, false, Reason{ReasonForm, heir.Name})
		}
		return
	}
	s.propose(heir, likeSuccessor, false, Reason{Kind: ReasonSuccessor})
	s.propose(x, likeSuccessor-0.02, false, Reason{Kind: ReasonName}, Reason{ReasonOther, "mais elle n’a plus de conseil"})
}

func (s *search) proposeKnownAs(rd reading, fit func(*subject) bool) {
	had := len(s.list)
	s.proposeKnown("FR", rd.name, rd.key)
	for _, c := range slices.Clone(s.list[had:]) {
		if !fit(&c.subject) {
			delete(s.byID, c.Candidate.Authority.ID)
			s.list = slices.DeleteFunc(s.list, func(o *candidate) bool { return o == c })
		}
	}
}

var (
	districtAfter = regexp.MustCompile(`^(?:(?:ville|mairie) de )?(paris|lyon|marseille) (?:le )?(\d{1,2}|[ivx]+) ?(?:er|e|eme|ieme|nd|o)?(?: arr(?:ondissement|dt|t)?| ardt)?$`)
	// What follows the number says that it is one: "15e arrondissement", "mairie du 15e".
	districtBefore = regexp.MustCompile(`^(?:mairie du |ville du )?(\d{1,2}|[ivx]+) ?(?:er|e|eme|ieme|nd)? ?(?:arr(?:ondissement|dt|t)?|ardt)(?: municipal)?(?: de| d)? (paris|lyon|marseille)$`)
	districtAlone  = regexp.MustCompile(`^(?:mairie du (\d{1,2}|[ivx]+) ?(?:er|e|eme|ieme|nd)?(?: arr(?:ondissement|dt|t)?| ardt)?|(\d{1,2}|[ivx]+) ?(?:er|e|eme|ieme|nd) (?:arr(?:ondissement|dt|t)?|ardt))$`)
)

// districtNumber proposes the districts of that number when no town is named.
func (s *search) districtNumber(f *france, key string) bool {
	g := districtAlone.FindStringSubmatch(key)
	if g == nil {
		return false
	}
	for _, town := range []string{"paris", "marseille", "lyon"} {
		if i, ok := f.byINSEE[string(repertoire.LevelArrondissement)+":"+district(town+" "+g[1]+g[2])]; ok {
			s.propose(f.subject(i), likeFormer, false, Reason{Kind: ReasonPartOfName})
		}
	}
	return true
}

// ordinal reads the number of a district, in Roman figures too.
func ordinal(text string) int {
	if n := whole(text); n > 0 {
		return n
	}
	total, last := 0, 0
	for i := len(text) - 1; i >= 0; i-- {
		n := map[byte]int{'i': 1, 'v': 5, 'x': 10}[text[i]]
		if n < last {
			total -= n
		} else {
			total, last = total+n, n
		}
	}
	return total
}

// district gives the INSEE code of a municipal district: "Paris 15e", "3e
// arrondissement de Lyon".
func district(key string) string {
	town, number := "", ""
	if g := districtAfter.FindStringSubmatch(key); g != nil {
		town, number = g[1], g[2]
	} else if g := districtBefore.FindStringSubmatch(key); g != nil {
		town, number = g[2], g[1]
	}
	n := ordinal(number)
	for _, t := range districtTowns {
		if t.key == town && n >= 1 && n <= t.many {
			return strconv.Itoa(t.before + n)
		}
	}
	return ""
}

func fullCode(code string) string {
	if len(code) == 1 {
		return "0" + code
	}
	return code
}

// readGrouping looks for a grouping by its own words: "Cergy-Pontoise",
// "Strasbourg Eurométropole", "GrandAngoulême".
func (s *search) readGrouping(f *france, g *register, rd reading) {
	if rd.kind == "" {
		// Words for a kind of grouping are read as such, not passed over.
		if said := unofficed(rd); len(said) > 0 && said[0].kind != "" && said[0].kind != "METRO" && said[0].kind != "AGGLO" {
			return
		}
	}
	words := groupingCore(rd.key)
	if len(words) == 0 {
		return
	}
	seen := map[int32]bool{}
	for _, key := range coreKeys(words) {
		for _, i := range g.cores[key] {
			if seen[i] {
				continue
			}
			seen[i] = true
			x := f.subject(i)
			like, firm, weak, why := likeOther, true, false, Reason{ReasonForm, x.Name}
			switch {
			case rd.kind == "":
				// Without a word that says so, a commune of that name is meant.
				like = likeSpacing
				if s.spoken() {
					weak = true
				}
			case !kindAgrees(rd.kind, x.grouping):
				like, firm = likeAccents, false
			}
			typed, own := strings.Join(groupingWords(rd.name), " "), strings.Join(groupingWords(x.Name), " ")
			// The official list itself writes capitals without accents: Evreux.
			if compareSpelling(typed, own) == spelledAccents && compareSpelling(own, typed) == spelledAccents {
				like, firm = likeAccents, false
			}
			if rd.kind == "" && strings.Join(words, "") != strings.Join(groupingCore(Key(x.Name)), "") {
				firm = false // its words in another order, and nothing says it is a grouping
			}
			if weak {
				like, firm = rivalLikeness-0.01, false
			}
			s.propose(x, like, firm, why)
		}
	}
}

// groupingWords keeps the words of a grouping's own name, accents included.
func groupingWords(name string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(name, betweenWords) {
		if !groupingStops[Key(w)] {
			out = append(out, w)
		}
	}
	return out
}

// kindAgrees tells whether a grouping may be called by a word for its kind.
func kindAgrees(said, is string) bool {
	switch said {
	case "", is:
		return true
	case "AGGLO":
		return is == "CA" || is == "CU" || is == "METRO" || is == "EPT"
	case "METRO":
		return is == "MET69" || is == "CU" || is == "CA"
	}
	return false
}

// place tells whether a text names a département or a région.
func (f *france) place(text string) bool {
	key := Key(text)
	code := strings.ToUpper(strings.ReplaceAll(key, " ", ""))
	if digits(code) && len(code) <= 3 || code == "2A" || code == "2B" {
		_, ok := f.byINSEE[string(repertoire.LevelDepartement)+":"+fullCode(code)]
		if !ok {
			_, ok = f.byINSEE[string(repertoire.LevelOther)+":"+code] // 975, 987…
		}
		return ok
	}
	for _, ref := range f.register().names[compact(key)] {
		switch f.rows[ref.row].level {
		case repertoire.LevelDepartement, repertoire.LevelRegion, repertoire.LevelOther:
			return true
		}
	}
	return false
}

// larger looks, behind a small namesake, for one far larger whose name begins
// so: people say Aix for Aix-en-Provence.
func (s *search) larger(f *france, g *register) {
	for _, rd := range s.readings(s.m.Name) {
		best, cut := s.mostPopulous(rd)
		if best >= manyPeople && !cut {
			return
		}
		if rd.level != "" && rd.level != repertoire.LevelCommune || len(rd.key) < 3 {
			continue
		}
		for _, ref := range g.beginning(compact(rd.key), 400) {
			row := &f.rows[ref.row]
			begins := strings.HasPrefix(bareKey(Key(ref.text)), bareKey(rd.key)+" ")
			if !begins || ref.use != useOfficial || row.level != repertoire.LevelCommune {
				continue
			}
			if best > 0 && (row.population < largerFrom || !cut && row.population < 4*best || cut && 10*row.population < best) {
				continue
			}
			if c := s.propose(f.subject(ref.row), likePart, false, Reason{Kind: ReasonPartOfName}); best > 0 && c.like == likePart {
				if c.like = rivalLikeness; !cut {
					c.Reasons = []Reason{{ReasonLarger, Label(&c.subject.Authority)}}
				}
			}
		}
	}
}

// near proposes names that differ by a letter or two, when nothing answers.
func (s *search) near(f *france, text string) {
	g := f.register()
	readings := s.readings(text)
	for _, rd := range readings {
		if rd.where != "" && s.m.Departement == "" && f.place(rd.where) {
			s.m.Departement = rd.where
		}
		g.like(compact(rd.key), func(ref nameRef, d int) {
			x := f.subject(ref.row)
			if rd.level == "" || sameSort(x.Level, rd.level) {
				s.propose(x, likeNear-0.05*float64(d)+0.03*float64(ref.use), false, Reason{Kind: ReasonNear})
			}
		})
	}
	if len(s.list) > 0 {
		return
	}
	s.within(f, readings)
	if len(s.list) == 0 {
		s.beginning(f, g, readings)
	}
}

// beginning proposes what the first words of a name are the whole name of:
// "Montreuil-sous-Bois", "Antibes Juan-les-Pins".
func (s *search) beginning(f *france, g *register, readings []reading) {
	for _, rd := range readings {
		words := strings.Fields(rd.key)
		for n := len(words) - 1; n >= 1 && len(s.list) == 0; n-- {
			linked := slices.Contains([]string{"sur", "sous", "en", "les", "de", "du", "la", "d", "l"}, words[n])
			for _, ref := range g.names[compact(strings.Join(words[:n], " "))] {
				if row := &f.rows[ref.row]; linked || row.level == repertoire.LevelCommune && row.population >= largerFrom &&
					ref.use == useOfficial {
					s.propose(f.subject(ref.row), likePart, false, Reason{ReasonForm, row.name})
				}
			}
		}
	}
}

// within proposes the groupings that hold all the words of one that is said to
// be a grouping: "Annemasse Agglo" for Annemasse-Les Voirons-Agglomération.
func (s *search) within(f *france, readings []reading) {
	for _, rd := range readings {
		words := groupingCore(rd.key)
		if rd.kind == "" || len(words) == 0 {
			continue
		}
		for i := range f.rows {
			if f.rows[i].kind == "epci" && subset(words, groupingCore(Key(f.rows[i].name))) {
				s.propose(f.subject(int32(i)), likePart, false, Reason{ReasonForm, f.rows[i].name})
			}
		}
		if len(s.list) > 0 {
			return
		}
	}
}

// several proposes each authority that a text names when it seems to name more
// than one: "Chambéry et Grand Chambéry".
func (s *search) several(f *france, a *Answer) {
	parts := apart.Split(s.m.Name, -1)
	if len(parts) < 2 || len(parts) > 6 || a.Verdict == Confirm && a.Candidates[0].Confidence >= likeAccents {
		return
	}
	var found []Candidate
	for _, part := range parts {
		m := s.m
		m.Name = part
		if c, ok := s.resolveFrench(m).Best(); ok && c.Confidence >= rivalLikeness {
			found = append(found, c)
		}
	}
	if len(found) == len(parts) {
		a.Verdict, a.Several, a.Candidates = Confirm, true, found
	}
}
