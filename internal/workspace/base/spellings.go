package base

import (
	"math"
	"slices"
	"sync"
	"unicode/utf8"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// spellings gives the other names of authorities, so that "Ratisbonne" finds
// Regensburg, "Beirut" Beyrouth and "Grand Lyon" Métropole de Lyon whichever of
// the two stands in the base.
type spellings struct {
	tables *reference.Tables
	mu     sync.Mutex
	// byCountry holds, for each country asked for, the places of each name.
	byCountry map[string]map[string][]int32
}

// maxSpellings is how many other names of one town are looked for by.
const maxSpellings = 8

// sameTown is how far apart, in degrees, two records of one town may be.
const sameTown = 0.5

// maxCalled is the same for a French authority, whose former names are many.
const maxCalled = 16

// of lists the names that the reference has of the authority and the record has
// not.
func (s *spellings) of(a *repertoire.Authority) []string {
	if s == nil || a.Country == "" || a.Fictitious {
		return nil
	}
	known := map[string]bool{}
	for _, name := range append([]string{a.Name, a.NativeName}, a.OtherNames...) {
		known[reference.Key(name)] = true
	}
	if a.French() {
		return unknown(s.tables.Called(a), known, maxCalled)
	}
	places := s.tables.Places(a.Country)
	var best *reference.Place
	for key := range known {
		for _, i := range s.index(a.Country, places)[key] {
			p := &places[i]
			if a.Located() && (math.Abs(p.Latitude-*a.Latitude) > sameTown || math.Abs(p.Longitude-*a.Longitude) > 2*sameTown) {
				continue
			}
			if best == nil || p.Population > best.Population {
				best = p
			}
		}
	}
	if best == nil {
		return nil
	}
	return unknown(append([]string{best.Name, best.Native}, best.Others...), known, maxSpellings)
}

// unknown lists the names that are not known yet, each once, the first of them.
func unknown(names []string, known map[string]bool, most int) []string {
	var out []string
	for _, name := range names {
		key := reference.Key(name)
		if name == "" || known[key] || utf8.RuneCountInString(name) < 3 || len(out) == most {
			continue
		}
		known[key] = true
		out = append(out, name)
	}
	return out
}

// index gives the places of a country by their names, made when first asked.
func (s *spellings) index(country string, places []reference.Place) map[string][]int32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if by, ok := s.byCountry[country]; ok {
		return by
	}
	by := make(map[string][]int32, 4*len(places))
	for i := range places {
		p := &places[i]
		for _, name := range append([]string{p.Name, p.Native}, p.Others...) {
			if key := reference.Key(name); key != "" && !slices.Contains(by[key], int32(i)) {
				by[key] = append(by[key], int32(i))
			}
		}
	}
	if s.byCountry == nil {
		s.byCountry = map[string]map[string][]int32{}
	}
	s.byCountry[country] = by
	return by
}
