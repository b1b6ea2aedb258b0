package exchange

import (
	"context"
	"fmt"
	"math/bits"
	"sort"
	"strings"

	"github.com/xrash/smetrics"

	"repertoire/internal/repertoire"
)

// nearEnough is the Jaro–Winkler likeness from which two names of one country
// are shown as a possible mistake. "Antsirabe"/"Antsirabé" are one after
// folding; "Tambacounda"/"Tambacunda" give 0.98, "Kaolack"/"Kolda" 0.83.
const nearEnough = 0.93

// nameKey is a folded name ready to be compared fast.
type nameKey struct {
	name   string
	folded string
	// letters has one bit for each letter or digit: names whose sets differ
	// by more than a few cannot be alike.
	letters uint64
	// figures are the name's digits. They tell numbered names ("Commune 11",
	// "Commune 12") apart: one digit is no typing error.
	figures string
	base    bool
}

func keyOf(name string, base bool) nameKey {
	k := nameKey{name: name, folded: foldHeading(name), base: base}
	for i := range len(k.folded) {
		switch c := k.folded[i]; {
		case c >= 'a' && c <= 'z':
			k.letters |= 1 << (c - 'a')
		case c >= '0' && c <= '9':
			k.letters |= 1 << (26 + c - '0')
			k.figures += string(rune(c))
		default:
			k.letters |= 1 << 40
		}
	}
	return k
}

func (k nameKey) near(o nameKey) bool {
	if d := len(k.folded) - len(o.folded); d < -2 || d > 2 || len(k.folded) < 4 {
		return false
	}
	if bits.OnesCount64(k.letters^o.letters) > 3 || k.figures != o.figures {
		return false
	}
	return k.folded == o.folded || smetrics.JaroWinkler(k.folded, o.folded, 0.7, 4) >= nearEnough
}

// warnNear remarks that a foreign authority about to be made has nearly the
// name of another of its country. Names are only compared with those that
// begin with the same letter, as the likeness leans on the beginning anyway,
// and hold the same figures; those that are near one name are told in one remark.
func (p *planner) warnNear(ctx context.Context) {
	type bucket struct {
		country string
		first   byte
		figures string
	}
	firstRow := p.firstRow
	known := map[bucket][]nameKey{}
	seen := map[string]bool{}
	add := func(country string, k nameKey) {
		if k.folded != "" {
			b := bucket{country, k.folded[0], k.figures}
			known[b] = append(known[b], k)
		}
	}
	for _, a := range p.plan.Authorities {
		if !p.resolver.made[a.ID] || a.French() {
			continue
		}
		if !seen[a.Country] {
			seen[a.Country] = true
			for _, b := range p.resolver.ForeignIn(a.Country) {
				add(b.Country, keyOf(b.Name, true))
			}
		}
	}
	made, doubted := make([]repertoire.Authority, 0, len(p.plan.Authorities)), p.resolver.doubted()
	for _, a := range p.plan.Authorities {
		if p.resolver.made[a.ID] && !a.French() && !doubted[a.ID] {
			made = append(made, a)
		}
	}
	sort.SliceStable(made, func(i, j int) bool { return firstRow[made[i].ID] < firstRow[made[j].ID] })
	var list []*likeness
	byTarget := map[nameKey]*likeness{}
	for i, a := range made {
		if i%500 == 0 && ctx.Err() != nil {
			return
		}
		k := keyOf(a.Name, false)
		if k.folded == "" {
			continue
		}
		for _, o := range known[bucket{a.Country, k.folded[0], k.figures}] {
			if !k.near(o) {
				continue
			}
			l := byTarget[o]
			if l == nil {
				l = &likeness{target: o, country: a.Country, row: firstRow[a.ID]}
				byTarget[o], list = l, append(list, l)
			}
			l.names = append(l.names, a.Name)
			break
		}
		add(a.Country, k)
	}
	for _, l := range list {
		p.remark(l.row, KindAuthority, l.say(p.resolver.CountryName(l.country)))
	}
}

// likeness gathers the new names that are nearly another, in one remark.
type likeness struct {
	target  nameKey
	country string
	row     int // of the first of them
	names   []string
}

func (l *likeness) say(country string) string {
	where := "déjà dans le dossier"
	if !l.target.base {
		where = "nouvelle elle aussi"
	}
	if len(l.names) == 1 {
		return fmt.Sprintf("« %s » ressemble à « %s » (%s), %s : si c’est la même collectivité, corrigez le nom avant d’importer.",
			l.names[0], l.target.name, country, where)
	}
	some := l.names[:min(len(l.names), 4)]
	rest := ""
	switch more := len(l.names) - len(some); {
	case more == 1:
		rest = " et un autre"
	case more > 1:
		rest = fmt.Sprintf(" et %d autres", more)
	}
	return fmt.Sprintf(
		"%d noms ressemblent à « %s » (%s), %s : « %s »%s. Si c’est la même collectivité, corrigez-les avant d’importer.",
		len(l.names), l.target.name, country, where, strings.Join(some, " », « "), rest)
}
