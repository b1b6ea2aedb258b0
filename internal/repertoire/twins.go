package repertoire

import (
	"slices"
	"strings"
)

// DropTwins keeps once what the lists of a partnership hold twice with other
// capitals: themes, actors, funders, links. The first spelling stays, with what
// the second says more; two that say different things stay two.
func (p *Partnership) DropTwins() {
	p.Themes = onceOf(p.Themes, joinWords)
	p.Actors = onceOf(p.Actors, joinActors)
	p.Links = onceOf(p.Links, func(a *Link, b Link) bool {
		return a.URL == b.URL && said(&a.Label, b.Label)
	})
	for i := range p.Projects {
		x := &p.Projects[i]
		x.Themes = onceOf(x.Themes, joinWords)
		x.Funding = onceOf(x.Funding, func(a *Funding, b Funding) bool {
			return strings.EqualFold(a.Funder, b.Funder) && a.Kind == b.Kind && a.Amount == b.Amount && a.InKind == b.InKind
		})
	}
}

// onceOf leaves out each element that join takes into one before it. The list
// is changed only when it has twins.
func onceOf[T any](list []T, join func(*T, T) bool) []T {
	for i := 1; i < len(list); i++ {
		for j := range i {
			first := list[j]
			if join(&first, list[i]) {
				list = slices.Delete(slices.Clone(list), i, i+1)
				list[j] = first
				i--
				break
			}
		}
	}
	return list
}

func joinWords(a *string, b string) bool { return strings.EqualFold(*a, b) }

func joinActors(a *Actor, b Actor) bool {
	if !strings.EqualFold(a.Name, b.Name) || !agrees(a.Role, b.Role) || !agrees(a.URL, b.URL) {
		return false
	}
	return said(&a.Role, b.Role) && said(&a.URL, b.URL)
}

// agrees tells whether two texts say the same, or one says nothing.
func agrees(a, b string) bool { return a == "" || b == "" || strings.EqualFold(a, b) }

// said keeps in a what b says where a says nothing; false when they differ.
func said(a *string, b string) bool {
	if !agrees(*a, b) {
		return false
	}
	if *a == "" {
		*a = b
	}
	return true
}
