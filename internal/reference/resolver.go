package reference

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Resolver answers who is meant, from the reference and from the authorities
// of one workspace. It is safe for concurrent use; the authorities it was made
// with must not change meanwhile.
type Resolver struct {
	tables *Tables
	byID   map[repertoire.ID]*repertoire.Authority
	byCode map[string]*repertoire.Authority              // "commune:59350", a SIREN
	known  map[string]map[string][]*repertoire.Authority // country, compact key
}

// NewResolver indexes the authorities of a workspace beside the reference.
func NewResolver(t *Tables, known []repertoire.Authority) *Resolver {
	r := &Resolver{tables: t, byID: make(map[repertoire.ID]*repertoire.Authority, len(known)), byCode: map[string]*repertoire.Authority{},
		known: map[string]map[string][]*repertoire.Authority{}}
	for i := range known {
		r.add(&known[i])
	}
	return r
}

func (r *Resolver) add(a *repertoire.Authority) {
	r.byID[a.ID] = a
	if a.INSEE != "" {
		r.byCode[string(a.Level)+":"+a.INSEE] = a
	}
	if a.SIREN != "" {
		r.byCode[a.SIREN] = a
	}
	names := r.known[a.Country]
	if names == nil {
		names = map[string][]*repertoire.Authority{}
		r.known[a.Country] = names
	}
	for _, name := range append([]string{a.Name, a.NativeName}, a.OtherNames...) {
		if key := compact(Key(name)); key != "" && !slices.Contains(names[key], a) {
			names[key] = append(names[key], a)
		}
	}
}

// own gives the workspace's record of a reference authority, when it has one.
func (r *Resolver) own(a *repertoire.Authority) *repertoire.Authority {
	if mine := r.byID[a.ID]; mine != nil {
		return mine
	}
	if a.INSEE != "" {
		if mine := r.byCode[string(a.Level)+":"+a.INSEE]; mine != nil {
			return mine
		}
	}
	if a.SIREN != "" {
		return r.byCode[a.SIREN]
	}
	if a.French() || len(r.known[a.Country]) == 0 {
		return nil
	}
	// The base may hold the town under an identifier of its own.
	for _, name := range append([]string{a.Name}, a.OtherNames...) {
		for _, mine := range r.known[a.Country][compact(Key(name))] {
			if sameTown(mine, a) {
				return mine
			}
		}
	}
	return nil
}

// sameTown tells whether two records that share a name are one town or one
// division: of one sort, and not far apart where both are placed.
func sameTown(a, b *repertoire.Authority) bool {
	if (a.Level == repertoire.LevelCommune) != (b.Level == repertoire.LevelCommune) && a.Level != "" && b.Level != "" {
		return false
	}
	if a.Located() && b.Located() {
		return distance(*a.Latitude, *a.Longitude, *b.Latitude, *b.Longitude) <= farAway
	}
	return a.Region == "" || b.Region == "" || alike(a.Region, b.Region)
}

// sameDivision tells whether two words name one first-level division of a
// country, by any of its names: "Bayern" and "Bavière".
func (t *Tables) sameDivision(country, a, b string) bool {
	x, y := t.Division(country, a), t.Division(country, b)
	return x != "" && x == y
}

// Division gives the usual name of a first-level division of a country from
// any of its names, "" when none is called so.
func (t *Tables) Division(country, name string) string {
	places := t.Places(country)
	for _, ref := range t.abroad(country).names[compact(Key(name))] {
		if places[ref.row].IsDivision {
			return places[ref.row].Name
		}
	}
	return ""
}

// How well each kind of likeness speaks.
const (
	likeCode      = 1.0
	likeKnown     = 0.97
	likeName      = 0.95
	likeOther     = 0.92
	likeSpacing   = 0.85
	likeFormer    = 0.78
	likeSuccessor = 0.78
	likeOldCode   = 0.77
	likeAccents   = 0.72
	likePart      = 0.50
	likeNear      = 0.45
	// rivalLikeness is that from which another authority may be the one meant.
	rivalLikeness = 0.70
	// farAway is how far, in kilometres, an authority cannot be from what is
	// said of it; close enough settles accents and namesakes.
	farAway, closeBy = 25, 10
	// farFromSeat is the same for a division, placed where its seat is.
	farFromSeat = 250
	// a namesake this many times less populous than a town of this size is
	// not thought of first.
	byFar, manyPeople = 30, 20000
	// a town of this size may be called by the first word of its name even
	// where a hamlet bears that word alone.
	largerFrom = 5000
)

// candidate is a subject being weighed.
type candidate struct {
	Candidate
	subject
	like      float64
	firm      bool // may be sure
	supported bool // something beside the name speaks for it
	against   bool // something contradicts it
}

// Resolve tells who a mention may mean.
func (r *Resolver) Resolve(m Mention) Answer {
	if m.Country == "" || m.Country == "FR" {
		return r.resolveFrench(m)
	}
	return r.resolveAbroad(m)
}

// search gathers the candidates of one mention, each authority once.
type search struct {
	*Resolver
	m    Mention
	list []*candidate
	byID map[repertoire.ID]*candidate
	// typed are the readings of the mention's name, once somebody asked.
	typed []reading
}

// readings lists the ways to understand a French name.
func (s *search) readings(text string) []reading {
	if text != s.m.Name {
		return typedReadings(text)
	}
	if s.typed == nil {
		s.typed = typedReadings(text)
	}
	return s.typed
}

func (r *Resolver) newSearch(m Mention) *search {
	return &search{Resolver: r, m: m, byID: map[repertoire.ID]*candidate{}}
}

// propose adds a candidate, or betters the one that is there.
func (s *search) propose(x subject, like float64, firm bool, why ...Reason) *candidate {
	mine := s.own(&x.Authority)
	id := x.ID
	if mine != nil {
		id = mine.ID
	}
	c := s.byID[id]
	if c == nil {
		c = &candidate{subject: x}
		if mine != nil {
			c.Known = true
			c.Candidate.Authority = *mine
		} else {
			c.Candidate.Authority = x.Authority
		}
		s.byID[id] = c
		s.list = append(s.list, c)
	}
	if like > c.like {
		c.like, c.Reasons = like, why
		c.firm = firm
	} else if like == c.like && firm {
		c.firm = true
	}
	return c
}

// proposeKnown proposes an authority of the workspace by its names.
func (s *search) proposeKnown(country, name, key string) {
	for _, a := range s.known[country][compact(key)] {
		switch how := compareSpelling(name, a.Name); {
		case Key(a.Name) == key && how == spelledSame:
			s.propose(subject{Authority: *a}, likeKnown, true, Reason{Kind: ReasonName})
		case Key(a.Name) == key && how == spelledCapitals:
			s.propose(subject{Authority: *a}, likeKnown-0.01, true, Reason{Kind: ReasonCapitals})
		case Key(a.Name) == key:
			s.propose(subject{Authority: *a}, likeAccents, false, Reason{ReasonAccents, a.Name})
		default:
			best := spelledNot
			for _, n := range append([]string{a.NativeName}, a.OtherNames...) {
				if compact(Key(n)) == compact(key) {
					best = max(best, compareSpelling(name, n))
				}
			}
			if s.inReference(a) {
				continue // the reference says what the name is to it
			}
			if best >= spelledCapitals {
				s.propose(subject{Authority: *a}, likeOther, true, Reason{ReasonOtherName, a.Name})
			} else {
				s.propose(subject{Authority: *a}, likeAccents, false, Reason{ReasonOtherName, a.Name})
			}
		}
	}
}

func (s *search) inReference(a *repertoire.Authority) bool {
	_, ok := s.tables.FrenchByID(a.ID)
	return ok
}

// spelledAs weighs a name of the reference against the typed one.
func (s *search) spelledAs(x subject, typed, key string, ref nameRef) {
	how := compareSpelling(typed, ref.text)
	if bareKey(Key(ref.text)) != bareKey(key) {
		how = spelledSpacing
	}
	usual := Reason{ReasonOtherName, x.Name}
	switch {
	case ref.use == useFormer || ref.use == useSuccessor:
		like, kind := likeFormer, ReasonFormer
		if ref.use == useSuccessor {
			like, kind = likeSuccessor, ReasonSuccessor
		}
		if how < spelledCapitals {
			like -= 0.06
		}
		s.propose(x, like, false, Reason{kind, inYear(ref.when)})
	case how == spelledSame || how == spelledCapitals:
		why, like := Reason{Kind: ReasonName}, likeName
		if ref.use != useOfficial {
			why, like = usual, likeOther
		} else if how == spelledCapitals {
			why, like = Reason{Kind: ReasonCapitals}, likeName-0.01
		}
		if why.Kind != ReasonOtherName && key != Key(s.m.Name) {
			why = Reason{ReasonForm, x.Name} // words that say what or where it is were taken off
		}
		s.propose(x, like, true, why)
	case how == spelledAccents:
		s.propose(x, likeAccents, false, Reason{ReasonAccents, ref.text})
	default:
		s.propose(x, likeSpacing, len(compact(key)) >= 8, Reason{ReasonSpacing, ref.text})
	}
}

// inYear says in which year a date falls.
func inYear(date string) string {
	year, _, _ := strings.Cut(date, "-")
	if year == "" {
		return ""
	}
	return "en " + year
}

// answer ranks the candidates and says how far the first may be trusted.
func (s *search) answer() Answer {
	for _, c := range s.list {
		s.weigh(c)
	}
	s.humble()
	slices.SortStableFunc(s.list, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(b.subject.Population, a.subject.Population),
			cmp.Compare(a.subject.ID, b.subject.ID))
	})
	a := Answer{Verdict: Unknown}
	if len(s.list) > 0 {
		a.Verdict = Confirm
		if s.settled() {
			a.Verdict = Sure
		}
	}
	for _, c := range s.list[:min(len(s.list), 8)] {
		a.Candidates = append(a.Candidates, c.Candidate)
	}
	return a
}

// humble puts a small authority behind one far larger that may be meant by
// the same name, when nothing beside the name speaks for the small one.
func (s *search) humble() {
	for _, c := range s.list {
		for _, o := range s.list {
			if !c.supported && !c.Known && o.like >= rivalLikeness && !o.against && o.Confidence < c.Confidence &&
				o.subject.Population >= manyPeople && o.subject.Population > 10*c.subject.Population {
				c.Confidence = o.Confidence * 0.95
			}
		}
	}
}

// weigh turns likeness and evidence into confidence.
func (s *search) weigh(c *candidate) {
	c.Confidence = c.like
	yes := func(kind ReasonKind, detail string, weight float64) {
		c.supported = true
		c.Confidence += (1 - c.Confidence) * weight
		c.Reasons = append(c.Reasons, Reason{kind, detail})
	}
	no := func(detail string) {
		c.against = true
		c.Confidence *= 0.5
		c.Reasons = append(c.Reasons, Reason{ReasonOther, detail})
	}
	if where := s.m.Departement; where != "" {
		if in, said := c.liesIn(where); in {
			yes(ReasonDept, cmp.Or(c.subject.Departement, c.subject.Region), 0.4)
		} else if said {
			no(fmt.Sprintf("elle n’est pas dans « %s »", where))
		}
	}
	if where := s.m.Region; where != "" && c.subject.Region != "" {
		if alike(where, c.subject.Region) || nearlyAlike(where, c.subject.Region) ||
			s.tables.sameDivision(s.m.Country, where, c.subject.Region) {
			yes(ReasonRegion, c.subject.Region, 0.3)
		} else if !c.division {
			no(fmt.Sprintf("elle n’est pas dans « %s »", where))
		}
	}
	if code := s.m.PostalCode; code != "" && len(c.subject.PostalCodes) > 0 {
		switch {
		case slices.Contains(c.subject.PostalCodes, code):
			yes(ReasonPostal, code, 0.6)
		case len(code) == 5 && c.subject.INSEE != "" && code[:2] == c.subject.INSEE[:2]:
		default:
			no(fmt.Sprintf("son code postal n’est pas %s", code))
		}
	}
	s.weighPlace(c)
	if s.m.Level != "" {
		if c.subject.Level == s.m.Level {
			c.Confidence += (1 - c.Confidence) * 0.1
			c.Reasons = append(c.Reasons, Reason{ReasonLevel, repertoire.Levels.Label(s.m.Level)})
		} else if !sameSort(c.subject.Level, s.m.Level) {
			no("elle est d’un autre niveau : " + strings.ToLower(repertoire.Levels.Label(c.subject.Level)))
		}
	}
	if c.Known {
		c.Confidence += (1 - c.Confidence) * 0.2
		c.Reasons = append(c.Reasons, Reason{Kind: ReasonKnown})
	}
}

func (s *search) weighPlace(c *candidate) {
	if s.m.Latitude == nil || s.m.Longitude == nil || !c.subject.Located() {
		return
	}
	km := distance(*s.m.Latitude, *s.m.Longitude, *c.subject.Latitude, *c.subject.Longitude)
	most := reach(c.subject.Level)
	if c.division {
		most = farFromSeat
	}
	detail := fmt.Sprintf("%.0f", km)
	if km > most {
		c.against = true
		c.Confidence *= 0.4
		c.Reasons = append(c.Reasons, Reason{ReasonFar, detail})
		return
	}
	c.supported = true
	c.Confidence += (1 - c.Confidence) * 0.6
	c.Reasons = append(c.Reasons, Reason{ReasonPlace, detail})
	if km <= closeBy && c.like >= likeAccents && !c.Has(ReasonFormer) && !c.Has(ReasonSuccessor) {
		c.firm = true
	}
}

// settled tells whether the first candidate may be taken without a question.
func (s *search) settled() bool {
	top := s.list[0]
	if !top.firm || top.against {
		return false
	}
	if top.Has(ReasonCode) {
		return true
	}
	var others []string
	for _, c := range s.list[1:] {
		if c.against && c.Has(ReasonCode) {
			return false // its code says another
		}
		switch {
		case c.like < rivalLikeness, c.against && top.supported && !c.supported:
			continue
		case top.supported && !c.supported && !c.Has(ReasonLarger):
			continue
		case c.against:
			continue
		case top.like >= likeKnown-0.01 && top.Known && c.like < likeKnown-0.01:
			continue // so it was written when it was taken in
		case c.division && !top.division && s.m.Level == "" && c.like <= top.like && seatOf(&c.subject, &top.subject):
			others = append(others, Label(&c.subject.Authority))
			continue // a town is meant before the region that bears its name, of which it is the seat; Molise in Molise is not
		case top.subject.French() && c.Has(ReasonFormer) && top.like >= likeName-0.01 && top.subject.Population >= manyPeople &&
			c.subject.Population*byFar <= top.subject.Population:
			others = append(others, Label(&c.subject.Authority))
			continue // a village was called Saint-Étienne before
		case !top.subject.French() && !c.division && top.subject.Population >= manyPeople &&
			c.subject.Population*byFar <= top.subject.Population:
			// In France the small one is a partner too: Montreuil is asked about.
			others = append(others, Label(&c.subject.Authority))
			continue
		}
		return false
	}
	if len(others) > 0 {
		top.Reasons = append(top.Reasons, Reason{ReasonNamesake, strings.Join(others[:min(3, len(others))], ", ")})
	}
	return true
}

// seatOf tells whether a town is the seat of a division, which is placed there.
func seatOf(division, town *subject) bool {
	km, placed := Kilometres(&division.Authority, &town.Authority)
	return placed && km <= farAway/5
}

// sameSort tells levels that people take one for the other.
func sameSort(a, b repertoire.Level) bool {
	grouping := func(l repertoire.Level) bool { return l == repertoire.LevelEPCI || l == repertoire.LevelMetropole }
	region := func(l repertoire.Level) bool {
		return l == repertoire.LevelRegion || l == repertoire.LevelProvince || l == repertoire.LevelPrefecture ||
			l == repertoire.LevelState || l == repertoire.LevelOther || l == repertoire.LevelDistrict
	}
	return a == b || a == "" || grouping(a) && grouping(b) || region(a) && region(b)
}

// liesIn tells whether a French authority is in a département or a région
// given by name or code; said is false when the text names none that is known.
func (x *subject) liesIn(where string) (in, said bool) {
	key := Key(where)
	if key == "" {
		return false, false
	}
	if alike(where, x.Departement) || alike(where, x.Region) {
		return true, true
	}
	code := strings.ToUpper(strings.ReplaceAll(key, " ", ""))
	if len(code) == 1 && digits(code) {
		code = "0" + code
	}
	if len(code) >= 2 && len(code) <= 3 && (digits(code) || code == "2A" || code == "2B") {
		return len(x.INSEE) == 5 && strings.HasPrefix(x.INSEE, code) || x.INSEE == code, true
	}
	return false, true
}

// nearlyAlike tells two spellings of one division: Atacora and Atakora.
func nearlyAlike(a, b string) bool {
	x, y := compact(Key(a)), compact(Key(b))
	return len(x) >= 5 && len(y) >= 5 && edits(x, y, 1) <= 1
}

// alike compares two names whatever case, accents, hyphens and article.
func alike(a, b string) bool { return b != "" && compact(Key(a)) == compact(Key(b)) }
