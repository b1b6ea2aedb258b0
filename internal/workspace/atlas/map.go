package atlas

import (
	"cmp"
	"context"
	"slices"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// MapPlace is a point of the map: the authorities that share a position.
type MapPlace struct {
	Names               []string // of its authorities, at most three
	Country             string   // ISO code
	French              bool     // of the French side
	Latitude, Longitude float64  // degrees
	// Partnerships are indexes in MapPoints.Partnerships.
	Partnerships []int32
}

// MapLink joins two places of MapPoints, by index, as often as Count.
type MapLink struct {
	From, To int32 // French side, other side
	Count    int
}

// MapPoints is what answers a question, laid out in space.
type MapPoints struct {
	Partnerships []repertoire.ID // all that answer
	Places       []MapPlace      // those with most partnerships first
	Links        []MapLink       // the most frequent first, at most maxLinks
	HiddenLinks  int             // links left out because there are too many to be seen
	// Unplaced are the partnerships of which a side has no position, as
	// indexes in Partnerships; those with one side stand on the map by it.
	Unplaced  []int32
	Countries []string // of the other side's places, ISO codes
	// Notice is what to print beside the map, disputes included.
	Notice string
}

// maxLinks is how many links a map can carry before it is a blot.
const maxLinks = 3000

// Points places what answers q on the map. Authorities at one position (a town
// and its grouping) are one place.
func (room *Room) Points(ctx context.Context, q searches.Query) (out MapPoints, err error) {
	defer func() { err = base.Stopped(err) }()
	ids, err := room.searches.Results(ctx, q)
	if err != nil {
		return out, err
	}
	out.Partnerships = ids
	at := make(map[repertoire.ID]int32, len(ids))
	for i, id := range ids {
		at[id] = int32(i)
	}
	m := mapper{out: &out, at: at, places: map[position]int32{}, links: map[[2]int32]int{}, authorities: map[repertoire.ID]store.Located{}}
	err = room.base.Store.View(ctx, func(r store.Reader) error {
		list, err := r.Located(ctx)
		if err != nil {
			return err
		}
		for _, a := range list {
			m.authorities[a.ID] = a
		}
		if err := r.EachParty(ctx, m.party); err != nil {
			return err
		}
		m.close()
		return nil
	})
	if err != nil {
		return out, err
	}
	m.settle()
	return out, nil
}

// position is a place to the nearest 100 metres or so, on a side.
type position struct {
	lat, lon int32
	french   bool
}

// mapper gathers parties, which come partnership by partnership.
type mapper struct {
	out         *MapPoints
	at          map[repertoire.ID]int32
	authorities map[repertoire.ID]store.Located
	places      map[position]int32
	links       map[[2]int32]int
	current     repertoire.ID
	sides       [2][]int32 // places of the partnership at hand: French, other
}

func (m *mapper) party(x store.Party) {
	if x.Partnership != m.current {
		m.close()
		m.current = x.Partnership
	}
	i, asked := m.at[x.Partnership]
	a := m.authorities[x.Authority]
	if !asked || !a.Placed {
		return
	}
	key := position{int32(a.Latitude * 1000), int32(a.Longitude * 1000), x.French}
	n, known := m.places[key]
	if !known {
		n = int32(len(m.out.Places))
		m.places[key] = n
		m.out.Places = append(m.out.Places, MapPlace{Country: a.Country, French: x.French, Latitude: a.Latitude, Longitude: a.Longitude})
	}
	p := &m.out.Places[n]
	if !slices.Contains(p.Names, a.Name) && len(p.Names) < 3 {
		p.Names = append(p.Names, a.Name)
	}
	if k := len(p.Partnerships); k == 0 || p.Partnerships[k-1] != i {
		p.Partnerships = append(p.Partnerships, i)
	}
	side := 1
	if x.French {
		side = 0
	}
	if !slices.Contains(m.sides[side], n) {
		m.sides[side] = append(m.sides[side], n)
	}
}

// close ends the partnership at hand. Each lead is linked with each place of
// the other side's lead: links between all would say more than is true.
func (m *mapper) close() {
	if i, asked := m.at[m.current]; asked && m.current != "" {
		french, other := m.sides[0], m.sides[1]
		if len(french) == 0 || len(other) == 0 {
			m.out.Unplaced = append(m.out.Unplaced, i)
		}
		for _, n := range other {
			if len(french) > 0 {
				m.links[[2]int32{french[0], n}]++
			}
		}
	}
	m.sides[0], m.sides[1] = m.sides[0][:0], m.sides[1][:0]
}

// settle puts places and links in order: the largest first.
func (m *mapper) settle() {
	order := make([]int32, len(m.out.Places))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Compare(len(m.out.Places[b].Partnerships), len(m.out.Places[a].Partnerships))
	})
	to, places := make([]int32, len(order)), make([]MapPlace, len(order))
	countries := map[string]bool{}
	for rank, old := range order {
		to[old], places[rank] = int32(rank), m.out.Places[old]
		if p := places[rank]; !p.French && !countries[p.Country] {
			countries[p.Country] = true
			m.out.Countries = append(m.out.Countries, p.Country)
		}
	}
	m.out.Places = places
	links := make([]MapLink, 0, len(m.links))
	for ends, n := range m.links {
		links = append(links, MapLink{From: to[ends[0]], To: to[ends[1]], Count: n})
	}
	slices.SortFunc(links, func(a, b MapLink) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	if len(links) > maxLinks {
		m.out.HiddenLinks = len(links) - maxLinks
		links = links[:maxLinks]
	}
	m.out.Links = links
	m.out.Notice = reference.Notice(m.out.Countries...)
}

// Outlines gives the land for a map of the world; of one country, in detail,
// when iso is not "".
func (room *Room) Outlines(iso string) []reference.Outline {
	if iso == "" {
		return room.base.Reference.World()
	}
	o, ok := room.base.Reference.Outline(iso)
	if !ok {
		return nil
	}
	return []reference.Outline{o}
}

// SaveImage writes the picture of a map. The file is replaced by a whole one or
// not at all.
func (room *Room) SaveImage(file string, data []byte) error { return base.WriteWhole(file, data) }
