package review

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/xrash/smetrics"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// known is an authority ready to be compared.
type known struct {
	*repertoire.Authority
	keys     []string // of its own name, in its forms
	others   []string // of its other names
	identity repertoire.ID
	figures  string
	region   string // key of its division, whatever name of it was written
}

// kinship finds which authorities of a base are one.
type kinship struct {
	list   []known
	blocks map[string][]int32
}

func newKinship(tables *reference.Tables, authorities map[repertoire.ID]repertoire.Authority) *kinship {
	k := &kinship{blocks: map[string][]int32{}}
	resolver := reference.NewResolver(tables, nil)
	ids := make([]repertoire.ID, 0, len(authorities))
	for id := range authorities {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	list := make([]known, len(ids))
	var looking sync.WaitGroup
	share := (len(ids) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	for start := 0; start < len(ids); start += share {
		looking.Go(func() {
			for i := start; i < min(start+share, len(ids)); i++ {
				list[i] = newKnown(tables, resolver, authorities[ids[i]])
			}
		})
	}
	looking.Wait()
	for _, x := range list {
		k.add(x)
	}
	return k
}

func newKnown(tables *reference.Tables, resolver *reference.Resolver, a repertoire.Authority) known {
	x := known{Authority: &a, keys: reference.NameKeys(a.Name, a.Country), figures: digitsOf(a.Name)}
	for _, name := range append([]string{a.NativeName}, a.OtherNames...) {
		if key := strings.ReplaceAll(reference.Key(name), " ", ""); key != "" {
			x.others = append(x.others, key)
		}
	}
	if x.region = reference.Key(a.Region); !a.French() && a.Region != "" {
		x.region = reference.Key(cmp.Or(tables.Division(a.Country, a.Region), a.Region))
	}
	if !a.Fictitious {
		if id, ok := resolver.Identity(&a); ok {
			x.identity = id
		}
	}
	return x
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// add puts an authority in every block where its twin may stand: same code,
// same name in the reference, same name in any form, same beginning or end of
// a name (a typing error spoils one of the two).
func (k *kinship) add(x known) {
	i := int32(len(k.list))
	k.list = append(k.list, x)
	put := func(key string) { k.blocks[key] = append(k.blocks[key], i) }
	if x.INSEE != "" {
		put("insee " + string(x.Level) + " " + x.INSEE)
	}
	if x.SIREN != "" {
		put("siren " + x.SIREN)
	}
	if x.identity != "" {
		put("identity " + string(x.identity))
	}
	blocks := map[string]bool{}
	for n, key := range append(slices.Clone(x.keys), x.others...) {
		blocks["name "+x.Country+" "+key] = true
		if n < len(x.keys) && len(key) >= 6 {
			short := strings.TrimPrefix(strings.TrimPrefix(key, "sainte"), "saint")
			blocks["start "+x.Country+" "+short[:min(4, len(short))]] = true
			blocks["end "+x.Country+" "+key[len(key)-4:]] = true
		}
	}
	for key := range blocks {
		put(key)
	}
}

// kin is two authorities that are perhaps one.
type kin struct {
	a, b     *known
	likeness float64
	why      string
}

// pairs compares the authorities of each block.
func (k *kinship) pairs(tell func(share float64) error) ([]kin, error) {
	keys := make([]string, 0, len(k.blocks))
	for key, block := range k.blocks {
		if len(block) > 1 {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	best := map[[2]int32]kin{}
	for n, key := range keys {
		if n%500 == 0 {
			if err := tell(float64(n) / float64(len(keys))); err != nil {
				return nil, err
			}
		}
		block := k.blocks[key]
		loose := strings.HasPrefix(key, "start ") || strings.HasPrefix(key, "end ")
		if loose {
			// Within a large block only neighbours of the sorted names are compared.
			slices.SortFunc(block, func(i, j int32) int {
				return cmp.Or(cmp.Compare(k.list[i].keys[0], k.list[j].keys[0]), cmp.Compare(i, j))
			})
		}
		for i, a := range block {
			rest := block[i+1:]
			if loose && len(block) > 60 {
				rest = rest[:min(len(rest), 30)]
			}
			for _, b := range rest {
				if a == b {
					continue
				}
				id := [2]int32{min(a, b), max(a, b)}
				if x, ok := compareKin(&k.list[a], &k.list[b]); ok && x.likeness > best[id].likeness {
					best[id] = x
				}
			}
		}
	}
	out := make([]kin, 0, len(best))
	for _, x := range best {
		out = append(out, x)
	}
	return out, nil
}

// apartBy is how far two towns of one name may be from each other, in
// kilometres, and still be one.
const apartBy = 25

func compareKin(a, b *known) (kin, bool) {
	if b.ID < a.ID {
		a, b = b, a
	}
	x := kin{a: a, b: b}
	if a.ID == b.ID || slices.Contains(a.Distinct, b.ID) || slices.Contains(b.Distinct, a.ID) || a.Fictitious != b.Fictitious {
		return x, false
	}
	sameCode := a.INSEE != "" && a.INSEE == b.INSEE && a.Level == b.Level || a.SIREN != "" && a.SIREN == b.SIREN
	switch {
	case sameCode:
		x.likeness, x.why = 0.97, WhyCode
		return x, true
	case a.INSEE != "" && b.INSEE != "" || a.SIREN != "" && b.SIREN != "":
		return x, false // two codes, two authorities
	case a.Country != b.Country || a.figures != b.figures:
		return x, false
	case a.French() && a.Departement != "" && b.Departement != "" && reference.Key(a.Departement) != reference.Key(b.Departement):
		return x, false
	}
	km, placed := reference.Kilometres(a.Authority, b.Authority)
	if placed && km > apartBy {
		return x, false
	}
	shared := sharesKey(a.keys, b.keys)
	other := sharesKey(a.keys, b.others) || sharesKey(a.others, b.keys)
	levels := sameLevels(a.Level, b.Level)
	// Two codes or two regions tell homonyms apart unless something else joins them.
	if !a.French() && a.Region != "" && b.Region != "" && a.region != b.region && a.identity != b.identity {
		return x, false
	}
	switch {
	case a.identity != "" && a.identity == b.identity && !townAndDivision(a.Level, b.Level):
		x.likeness, x.why = 0.93, WhyIdentity
	case a.identity != "" && b.identity != "" && !placed:
		return x, false // the reference knows two
	case shared && levels:
		x.likeness, x.why = 0.9, WhyName
	case other && levels:
		x.likeness, x.why = 0.8, WhyOther
	case (shared || other) && placed && !townAndDivision(a.Level, b.Level):
		x.likeness, x.why = 0.7, WhyLevel
	case levels && near(a.keys[0], b.keys[0]):
		if a.identity != "" && b.identity != "" {
			return x, false
		}
		x.likeness, x.why = 0.6, WhyNear
	default:
		return x, false
	}
	if placed && km < 10 {
		x.likeness += 0.03
	}
	return x, true
}

// sameLevels tells whether two records may be of one level: a level that
// nobody gave is any.
func sameLevels(a, b repertoire.Level) bool {
	grouping := func(l repertoire.Level) bool { return l == repertoire.LevelEPCI || l == repertoire.LevelMetropole }
	division := func(l repertoire.Level) bool {
		return l == repertoire.LevelRegion || l == repertoire.LevelProvince || l == repertoire.LevelPrefecture || l == repertoire.LevelState
	}
	return a == b || a == "" || b == "" || grouping(a) && grouping(b) || division(a) && division(b) || a == repertoire.LevelOther ||
		b == repertoire.LevelOther
}

// townAndDivision tells a town from the region or the département that bears
// its name: two authorities, which often have one seat.
func townAndDivision(a, b repertoire.Level) bool {
	town := func(l repertoire.Level) bool { return l == repertoire.LevelCommune }
	division := func(l repertoire.Level) bool {
		return l == repertoire.LevelRegion || l == repertoire.LevelProvince || l == repertoire.LevelPrefecture ||
			l == repertoire.LevelState || l == repertoire.LevelDepartement
	}
	return town(a) && division(b) || division(a) && town(b)
}

func sharesKey(a, b []string) bool {
	return slices.ContainsFunc(a, func(key string) bool { return slices.Contains(b, key) })
}

// near tells whether two keys differ as by a typing error.
func near(a, b string) bool {
	d := len(a) - len(b)
	if len(a) < 6 || len(b) < 6 || d < -2 || d > 2 {
		return false
	}
	slips := smetrics.WagnerFischer(a, b, 1, 1, 1)
	return slips <= 1 && len(a) >= 9 || slips <= 2 && smetrics.JaroWinkler(a, b, 0.7, 4) >= nearTitle
}
