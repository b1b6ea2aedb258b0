package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"repertoire/internal/repertoire"
)

// Texts says how long generated entries are.
type Texts int

// The lengths of generated texts.
const (
	// TextsMixed draws the length: mostly usual, some short, some long.
	TextsMixed Texts = iota
	// TextsShort is for dense books of many entries (Franco-Japanese: 180
	// in 200 pages): about 0.5 kB of prose.
	TextsShort
	// TextsUsual is about 1.3 kB of prose.
	TextsUsual
	// TextsLong is for books of few entries (Franco-Mauritanian: 13 in 100
	// pages): about 9 kB.
	TextsLong
)

// Generator invents partnerships. Record i depends on the seed and i alone,
// whatever how many are asked for; records may be drawn from several
// goroutines.
type Generator struct {
	seed      uint64
	directory repertoire.Directory
	french    []repertoire.Authority
	foreign   map[string][]repertoire.Authority
	texts     Texts
	subjects  []subject
}

// Invented is one generated partnership and the foreign authorities that were
// made for it; others are among those given to NewGenerator.
type Invented struct {
	Partnership repertoire.Partnership
	Authorities []repertoire.Authority
}

// NewGenerator makes a generator for one répertoire. french must not be empty;
// foreign ones of the répertoire's countries are used beside invented ones.
func NewGenerator(seed uint64, directory repertoire.Directory, french, foreign []repertoire.Authority, texts Texts) (*Generator, error) {
	if len(french) == 0 {
		return nil, repertoire.Refuse("Il n’y a aucune collectivité française à qui inventer des partenariats : rien n’a été engendré.")
	}
	if len(directory.Countries) == 0 {
		return nil, repertoire.Refuse("Le répertoire « %s » n’a pas de pays : rien n’a été engendré. Ajoutez-lui un pays.", directory.Slug)
	}
	g := &Generator{seed: seed, directory: directory, french: french, foreign: map[string][]repertoire.Authority{}, texts: texts,
		subjects: subjects()}
	for _, a := range foreign {
		g.foreign[a.Country] = append(g.foreign[a.Country], a)
	}
	return g, nil
}

// ID names the i-th partnership without inventing it.
func (g *Generator) ID(i int) repertoire.ID { return repertoire.DeriveID(g.key(i)) }

func (g *Generator) key(i int) string {
	return fmt.Sprintf("sample:generated:%s:%d:%d", g.directory.Slug, g.seed, i)
}

// Record invents the i-th partnership (i ≥ 0). It is marked fictitious, and so
// are its projects; Created, Updated and Version are left to the store.
func (g *Generator) Record(i int) Invented {
	d := draw{Rand: rand.New(rand.NewPCG(g.seed, uint64(i))), g: g}
	d.key = g.key(i)
	d.texts = g.texts
	if d.texts == TextsMixed {
		d.texts = []Texts{TextsShort, TextsUsual, TextsUsual, TextsUsual, TextsUsual, TextsUsual, TextsLong}[d.IntN(7)]
	}
	p := repertoire.Partnership{ID: repertoire.DeriveID(d.key), Directories: []string{g.directory.Slug}, Fictitious: true,
		Source: fmt.Sprintf("Fiche fictive, engendrée pour essai (graine %d)", g.seed)}
	d.parties(&p)
	d.life(&p)
	d.themes(&p)
	d.words(&p)
	d.projects(&p)
	d.people(&p)
	d.rest(&p)
	return Invented{Partnership: p, Authorities: d.made}
}

// draw is the state of one record.
type draw struct {
	*rand.Rand
	g       *Generator
	key     string
	texts   Texts
	made    []repertoire.Authority
	french  repertoire.Authority
	foreign repertoire.Authority
	chosen  []subject
}

func pick[T any](d *draw, list []T) T { return list[d.IntN(len(list))] }

// chance is true n times out of 100.
func (d *draw) chance(n int) bool { return d.IntN(100) < n }

// some draws n different phrases in the order of the list.
func (d *draw) some(list []string, n int) []string {
	take := map[int]bool{}
	for n = min(n, len(list)); len(take) < n; {
		take[d.IntN(len(list))] = true
	}
	var out []string
	for i, s := range list {
		if take[i] {
			out = append(out, s)
		}
	}
	return out
}

func (d *draw) parties(p *repertoire.Partnership) {
	d.french = pick(d, d.g.french)
	country := pick(d, d.g.directory.Countries)
	d.foreign = d.abroad(country)
	p.Parties = []repertoire.Party{{Authority: d.french.ID, Side: repertoire.SideFrench, Lead: true},
		{Authority: d.foreign.ID, Side: repertoire.SideForeign, Lead: true}}
	if d.chance(8) {
		if a := pick(d, d.g.french); a.ID != d.french.ID {
			p.Parties = append(p.Parties, repertoire.Party{Authority: a.ID, Side: repertoire.SideFrench})
		}
	}
	if d.chance(5) {
		if a := d.abroad(country); a.ID != d.foreign.ID {
			p.Parties = append(p.Parties, repertoire.Party{Authority: a.ID, Side: repertoire.SideForeign})
		}
	}
}

// abroad takes a known authority of the country now and then, else invents one
// out of a few thousand names, so that names come back as they do in life.
func (d *draw) abroad(country string) repertoire.Authority {
	if known := d.g.foreign[country]; len(known) > 0 && d.chance(40) {
		return pick(d, known)
	}
	name := pick(d, starts) + pick(d, ends)
	switch d.IntN(4) {
	case 0:
		name += "-" + pick(d, starts) + pick(d, ends)
	case 1:
		name = "Nouvelle-" + name
	}
	a := repertoire.Authority{ID: repertoire.DeriveID("sample:place:" + country + ":" + name), Name: name, Article: -1, Country: country,
		Level: repertoire.LevelCommune, Source: "Nom inventé pour essai", Fictitious: true}
	// The figures follow from the name: two records that meet it agree.
	a.Population = 2000 + int(a.ID[0])*int(a.ID[1])*23
	d.made = append(d.made, a)
	return a
}

// life draws the type, the status and dates that agree with each other.
func (d *draw) life(p *repertoire.Partnership) {
	p.Type = pick(d, []repertoire.Type{repertoire.TypeCooperation, repertoire.TypeCooperation, repertoire.TypeCooperation,
		repertoire.TypeTwinning, repertoire.TypeTwinning,
		repertoire.TypeTwinning, repertoire.TypeFriendship, repertoire.TypeProject, repertoire.TypeContact})
	p.Status = pick(d, []repertoire.Status{repertoire.StatusActive, repertoire.StatusActive, repertoire.StatusActive,
		repertoire.StatusActive, repertoire.StatusActive,
		repertoire.StatusActive, repertoire.StatusDormant, repertoire.StatusDormant, repertoire.StatusPlanned, repertoire.StatusSuspended,
		repertoire.StatusEnded})
	p.Formality = pick(d, []repertoire.Formality{repertoire.FormalityConvention, repertoire.FormalityConvention,
		repertoire.FormalityConvention, repertoire.FormalityDeliberation, repertoire.FormalityNone})
	p.FirstYear = 1957 + int(math.Sqrt(d.Float64())*67) // more of them lately
	if p.Status == repertoire.StatusPlanned {
		p.FirstYear = 2024 + d.IntN(2)
	}
	p.Start = d.dateIn(p.FirstYear)
	if p.Status == repertoire.StatusEnded {
		p.End = repertoire.Date(fmt.Sprintf("%d-12-31", min(2024, p.FirstYear+1+d.IntN(40))))
	}
	if p.Formality == repertoire.FormalityConvention {
		p.Conventions = []repertoire.Convention{{Title: "Convention de coopération", Signed: p.Start}}
		if p.Type == repertoire.TypeTwinning {
			p.Conventions[0].Title = "Serment de jumelage"
		}
		if p.Status == repertoire.StatusActive && d.chance(50) {
			y := max(p.FirstYear+1, 2022+d.IntN(3))
			p.Conventions = append(p.Conventions, repertoire.Convention{Title: "Convention triennale",
				Signed: repertoire.Date(fmt.Sprint(y)), Until: repertoire.Date(fmt.Sprintf("%d-12-31", y+2))})
		}
	}
	if d.chance(85) {
		p.Verified = repertoire.Date(fmt.Sprintf("%d-%02d-%02d", 2022+d.IntN(4), 1+d.IntN(10), 1+d.IntN(28)))
	}
	p.CountryGroup = d.chance(35)
}

func (d *draw) dateIn(year int) repertoire.Date {
	switch d.IntN(3) {
	case 0:
		return repertoire.Date(fmt.Sprint(year))
	case 1:
		return repertoire.Date(fmt.Sprintf("%d-%02d", year, 1+d.IntN(12)))
	}
	return repertoire.Date(fmt.Sprintf("%d-%02d-%02d", year, 1+d.IntN(12), 1+d.IntN(28)))
}

// themes draws one to three subjects, the first ones more often.
func (d *draw) themes(p *repertoire.Partnership) {
	list := d.g.subjects
	want := 1 + d.IntN(3)
	if d.texts == TextsLong {
		want = 6
	}
	for ; want > 0; want-- {
		s := list[int(math.Pow(d.Float64(), 1.6)*float64(len(list)))]
		known := false
		for _, c := range d.chosen {
			known = known || c.theme == s.theme
		}
		if !known {
			d.chosen = append(d.chosen, s)
			p.Themes = append(p.Themes, s.theme)
		}
	}
}

// sum lists noun phrases: "la pose de conduites, un festival et un guide".
func sum(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " et " + list[len(list)-1]
}

// UsualTexts gives the length that entries have in the répertoires of the
// letter: more than 180 partnerships on 200 pages for Japan, 13 on about a
// hundred for Mauritania.
func UsualTexts(slug string) Texts {
	switch slug {
	case "japon":
		return TextsShort
	case "mauritanie":
		return TextsLong
	}
	return TextsMixed
}
