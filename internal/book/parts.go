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
		{PartCover, "Couverture", "Titre, édition, logos et image ou carte.", true},
		{PartTitlePage, "Page de titre", "Titre et édition, à l’intérieur du livre.", true},
		{PartImprint, "Mentions légales", "Éditeur, ISBN, dépôt légal, prix, imprimeur, données personnelles.", true},
		{PartContents, "Sommaire", "Les parties du livre et leurs pages.", false},
		{PartEditorials, "Éditoriaux", "Textes signés placés en tête du livre.", false},
		{PartGuide, "Lire ce répertoire", "Ordre et contenu des fiches, date et limites des données.", false},
		{PartPresentation, "Présentation du pays", "Chiffres clés, organisation territoriale, décentralisation, coopération avec la France, contacts utiles.", false},
		{PartMaps, "Cartes des partenariats", "Les collectivités des deux côtés, numérotées.", false},
		{PartFigures, "La coopération en chiffres", "Graphiques tirés des fiches ; seulement ce que les données portent.", false},
		{PartNews, "Nouveautés depuis l’édition précédente", "Partenariats nouveaux, terminés et modifiés.", false},
		{PartEntries, "Les partenariats", "Les fiches.", false},
		{PartIndexFrench, "Index des collectivités françaises", "", false},
		{PartIndexForeign, "Index des collectivités partenaires", "", false},
		{PartIndexThemes, "Index des thématiques", "", false},
		{PartIndexRegions, "Index des régions et départements", "", false},
		{PartIndexActors, "Index des acteurs et opérateurs", "", false},
		{PartContacts, "Interlocuteurs", "Les personnes qui ont accepté d’être citées.", false},
		{PartSources, "Sources et crédits", "D’où viennent les données, les images, les cartes.", false},
		{PartOrderForm, "Bon de commande", "À détacher ou à photocopier.", false},
		{PartBackCover, "Quatrième de couverture", "Ce que le répertoire dit de lui-même.", true},
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
			out = append(out[:place], append([]plan{{key: d.Key, title: d.Title, silent: d.Silent, known: true}}, out[place:]...)...)
		}
		before = d.Key
	}
	return out
}
