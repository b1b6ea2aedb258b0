package review

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// A base of 3,000 authorities of the reference, homonyms and neighbours in
// name included, among which 600 are entered twice as offices do: in another
// form, in capitals, under a foreign or former name, with a slip, without code
// or level. Both figures are held at 0.95.
func TestDuplicatesArePreciseAndWhole(t *testing.T) {
	tables := reference.Open()
	rng := rand.New(rand.NewPCG(15, 2026))
	all := map[repertoire.ID]repertoire.Authority{}
	planted := map[[2]repertoire.ID]string{}
	french := tables.FrenchAuthorities()
	next := 0
	twin := func(a repertoire.Authority, kind, name string, change func(*repertoire.Authority)) {
		b := a
		next++
		b.ID = repertoire.DeriveID(fmt.Sprintf("twin %d", next))
		b.Name, b.OtherNames, b.NativeName = name, nil, ""
		b.INSEE, b.SIREN, b.Latitude, b.Longitude, b.Population = "", "", nil, nil, 0
		change(&b)
		all[b.ID] = b
		planted[[2]repertoire.ID{min(a.ID, b.ID), max(a.ID, b.ID)}] = kind + ": " + a.Name + " / " + name
	}
	bare := func(*repertoire.Authority) {}
	for range 1500 {
		a := french[rng.IntN(len(french))]
		if _, twice := all[a.ID]; twice {
			continue
		}
		all[a.ID] = a
		if rng.IntN(5) > 0 || a.Level != repertoire.LevelCommune {
			continue
		}
		switch rng.IntN(4) {
		case 0:
			twin(a, "forme", "Commune de "+a.Name, bare)
		case 1:
			twin(a, "capitales", strings.ToUpper(a.Name), func(b *repertoire.Authority) { b.Level = "" })
		case 2:
			twin(a, "lieu", a.Name+" ("+a.Departement+")", bare)
		case 3:
			if r := []rune(a.Name); len(r) > 8 {
				twin(a, "coquille", string(r[:5])+string(r[6:]), bare)
			}
		}
	}
	countries := strings.Fields("DE IT ES GB PL BE SN MG MA RO PT LB AM JP BF")
	for range 1500 {
		list := tables.Places(countries[rng.IntN(len(countries))])
		a := list[rng.IntN(min(len(list), 2500))].Authority()
		if _, twice := all[a.ID]; twice {
			continue
		}
		others := a.OtherNames
		a.OtherNames = nil // as an officer enters it: under its own name alone
		all[a.ID] = a
		if rng.IntN(5) > 0 || a.Level != repertoire.LevelCommune {
			continue
		}
		switch k := rng.IntN(4); {
		case k == 0:
			twin(a, "forme", "Ville de "+a.Name, bare)
		case k == 1 && len(others) > 0:
			twin(a, "autre nom", others[rng.IntN(len(others))],
				func(b *repertoire.Authority) { b.Latitude, b.Longitude = a.Latitude, a.Longitude })
		case k == 2:
			twin(a, "niveau", a.Name, func(b *repertoire.Authority) {
				b.Level, b.Latitude, b.Longitude = repertoire.LevelOther, a.Latitude, a.Longitude
			})
		default:
			twin(a, "capitales", strings.ToUpper(a.Name), bare)
		}
	}
	found, err := newKinship(tables, all).pairs(func(float64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	right, alarms := 0, 0
	for _, x := range found {
		id := [2]repertoire.ID{x.a.ID, x.b.ID}
		if planted[id] != "" {
			right++
			delete(planted, id)
			continue
		}
		if alarms++; alarms <= 25 {
			t.Logf("fausse alerte : %s (%s, %s) / %s (%s, %s) — %s", x.a.Name, x.a.Country, x.a.Region, x.b.Name, x.b.Departement,
				x.b.Region, x.why)
		}
	}
	missed := len(planted)
	for _, what := range planted {
		t.Log("manqué : ", what)
	}
	precision, recall := float64(right)/float64(right+alarms), float64(right)/float64(right+missed)
	t.Logf("%d authorities, %d twins: precision %.3f, recall %.3f", len(all), right+missed, precision, recall)
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("precision %.3f, recall %.3f", precision, recall)
	}
}
