package book

import (
	"strings"

	"repertoire/internal/repertoire"
)

// Part is a section a répertoire can have, for the window that switches,
// orders and edits them.
type Part struct {
	Key   string
	Title string // default title, as printed
	About string // what it holds, one French sentence
	// Silent parts (cover, imprint) print no title of their own.
	Silent bool
	// Optional parts are in the book only when the directory lists them.
	Optional bool
}

// The keys of the parts; a key that starts with PartFree is a section of free
// text ("texte:postface").
const (
	PartCover        = "cover"
	PartTitlePage    = "title-page"
	PartImprint      = "imprint"
	PartContents     = "contents"
	PartEditorials   = "editorials"
	PartGuide        = "guide"
	PartPresentation = "presentation"
	PartMaps         = "maps"
	PartFigures      = "figures"
	PartNews         = "news"
	PartEntries      = "entries"
	PartOtherOrder   = "other-order"
	PartIndexFrench  = "index-french"
	PartIndexForeign = "index-foreign"
	PartIndexThemes  = "index-themes"
	PartIndexRegions = "index-regions"
	PartIndexActors  = "index-operators"
	PartContacts     = "contacts"
	PartSources      = "sources"
	PartOrderForm    = "order-form"
	PartBackCover    = "back-cover"
	PartFree         = "texte:"
)

// Parts lists the parts in their default order.
func Parts() []Part {
	return []Part{
		{Key: PartCover, Title: "Couverture", About: "Titre, édition, logos et image ou carte.", Silent: true},
		{Key: PartTitlePage, Title: "Page de titre", About: "Titre et édition, à l’intérieur du livre.", Silent: true},
		{Key: PartImprint, Title: "Mentions légales", About: "Éditeur, ISBN, dépôt légal, prix, imprimeur, données personnelles.",
			Silent: true},
		{Key: PartContents, Title: "Sommaire", About: "Les parties du livre et leurs pages."},
		{Key: PartEditorials, Title: "Éditoriaux", About: "Textes signés placés en tête du livre."},
		{Key: PartGuide, Title: "Lire ce répertoire", About: "Ordre et contenu des fiches, date et limites des données."},
		{Key: PartPresentation, Title: "Présentation du pays",
			About: "Chiffres clés, organisation territoriale, décentralisation, coopération avec la France, contacts utiles."},
		{Key: PartMaps, Title: "Cartes des partenariats", About: "Les collectivités des deux côtés, numérotées."},
		{Key: PartFigures, Title: "La coopération en chiffres",
			About: "Graphiques tirés des fiches ; seulement ce que les données portent."},
		{Key: PartNews, Title: "Nouveautés depuis l’édition précédente", About: "Partenariats nouveaux, terminés et modifiés."},
		{Key: PartEntries, Title: "Les partenariats", About: "Les fiches."},
		{Key: PartOtherOrder, Title: "Les partenariats dans l’autre ordre",
			About: "Toutes les fiches par collectivité partenaire quand le livre suit les françaises, et l’inverse.", Optional: true},
		{Key: PartIndexFrench, Title: "Index des collectivités françaises"},
		{Key: PartIndexForeign, Title: "Index des collectivités partenaires"},
		{Key: PartIndexThemes, Title: "Index des thématiques"},
		{Key: PartIndexRegions, Title: "Index des régions et départements"},
		{Key: PartIndexActors, Title: "Index des acteurs et opérateurs"},
		{Key: PartContacts, Title: "Interlocuteurs", About: "Les personnes qui ont accepté d’être citées."},
		{Key: PartSources, Title: "Sources et crédits", About: "D’où viennent les données, les images, les cartes."},
		{Key: PartOrderForm, Title: "Bon de commande", About: "À détacher ou à photocopier."},
		{Key: PartBackCover, Title: "Quatrième de couverture", About: "Ce que le répertoire dit de lui-même.", Silent: true},
	}
}

// plan is one part as it will be composed.
type plan struct {
	key    string
	title  string // as printed; the default when the directory says nothing
	own    bool   // the title was given by the directory
	text   string // Markdown at the head of the part
	off    bool
	silent bool
	known  bool
}

// plans resolves the directory's choices: listed parts take the order of the
// list; the others keep their place after the part that precedes them by
// default, so that switching one part off does not ask for a whole list.
func plans(choices []repertoire.SectionChoice) []plan {
	var out []plan
	at := map[string]int{}
	for _, c := range choices {
		if _, twice := at[c.Key]; twice || c.Key == "" {
			continue
		}
		p := plan{key: c.Key, title: strings.TrimSpace(c.Title), own: strings.TrimSpace(c.Title) != "", text: c.Text, off: c.Off}
		p.known = strings.HasPrefix(c.Key, PartFree)
		for _, d := range Parts() {
			if d.Key == c.Key {
				p.known, p.silent = true, d.Silent
				if !p.own {
					p.title = d.Title
				}
			}
		}
		at[c.Key] = len(out)
		out = append(out, p)
	}
	before := ""
	for _, d := range Parts() {
		if _, listed := at[d.Key]; !listed {
			place := 0
			if before != "" {
				for i, p := range out {
					if p.key == before {
						place = i + 1
					}
				}
			}
			out = append(out[:place], append([]plan{{key: d.Key, title: d.Title, silent: d.Silent, known: true, off: d.Optional}},
				out[place:]...)...)
		}
		before = d.Key
	}
	return out
}

// Resolved gives every part of a book in its order: what the directory says of
// it, and the defaults where it says nothing. A book made from the result is
// the same book.
func Resolved(choices []repertoire.SectionChoice) []repertoire.SectionChoice {
	var out []repertoire.SectionChoice
	for _, p := range plans(choices) {
		c := repertoire.SectionChoice{Key: p.key, Off: p.off, Text: p.text}
		if p.own {
			c.Title = p.title
		}
		out = append(out, c)
	}
	return out
}
