package layout_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"repertoire/internal/layout"
)

func txt(s string) layout.Text { return layout.Text{Text: s} }

func row(head bool, cells ...string) layout.TableRow {
	var r layout.TableRow
	for _, c := range cells {
		r.Cells = append(r.Cells, layout.Cell{Header: head, Blocks: []layout.Block{layout.Para(c)}})
	}
	return r
}

// hardCases is a document of what goes wrong in real répertoires.
func hardCases() layout.Document {
	r := rand.New(rand.NewPCG(7, 7))
	h := func(level int, s string) layout.Block {
		return layout.Heading{Level: level, Text: layout.Plain(s)}
	}
	scripts := layout.Section{Anchor: "scripts", Title: "Écritures", Matter: layout.BodyMatter, Blocks: []layout.Block{
		h(1, "Écritures et signes"),
		layout.Paragraph{Text: []layout.Inline{
			txt("La convention signée avec "), layout.Text{Text: "بلدية نواكشوط (2015)", Lang: "ar"}, txt(" prévoit 3 volets ; le maire, "),
			layout.Text{Text: "محمد ولد أحمد", Lang: "ar"},
			txt(", l'a rappelé au XIXe siècle comme au 21e : « l'eau d'abord ! » (1er juillet 2025, n°12, 217691 habitants, 12 500 000 €, 45 %)."),
		}},
		layout.Paragraph{Text: []layout.Inline{layout.Text{
			Text: "هذه فقرة عربية كاملة تحتوي على أرقام 1959 و 2026 وكلمة فرنسية Lille داخل النص، وهي طويلة بما يكفي لتمتد على عدة أسطر في الصفحة حتى نرى كيف يضبط البرنامج السطور من اليمين إلى اليسار.", Lang: "ar"}}},
		layout.Paragraph{Text: []layout.Inline{
			txt("Au Japon, "), layout.Text{Text: "金沢市", Lang: "ja"}, txt(" (Kanazawa) et "),
			layout.Text{Text: "京都市とパリ市は友情盟約を結び、文化・教育・観光の分野で交流を続けている。「姉妹都市」の関係は長い歴史を持つ。", Lang: "ja"}, txt(" En Arménie, "),
			layout.Text{Text: "Հայաստան, Երևան", Lang: "hy"}, txt(" ; en Géorgie, "), layout.Text{Text: "თბილისი", Lang: "ka"},
			txt(" ; en Israël, "), layout.Text{Text: "חיפה", Lang: "he"},
			txt(" ; au Népal, "), layout.Text{Text: "काठमाडौं", Lang: "ne"}, txt(" ; en Thaïlande, "),
			layout.Text{Text: "เทศบาลนครเชียงใหม่", Lang: "th"}, txt(" ; au Cambodge, "), layout.Text{Text: "ក្រុងសៀមរាប", Lang: "km"},
			txt(" ; au Viêt Nam, Thành phố Hồ Chí Minh, Đà Nẵng ; en Grèce, "), layout.Text{Text: "Αθήνα", Lang: "el"},
			txt(" ; en Ukraine, "), layout.Text{Text: "Київ", Lang: "uk"}, txt(" ; à Madagascar, Ambohimangakely sy Antsirabé."),
		}},
		layout.Paragraph{Text: []layout.Inline{
			txt("Voir https://www.cites-unies-france.org/repertoires/franco-malgaches/edition-2026?theme=eau&pays=MG pour le détail, ou écrire à "),
			layout.Text{Text: "relations.internationales@metropole-europeenne-de-lille.example.fr",
				URL: "mailto:relations.internationales@metropole-europeenne-de-lille.example.fr", Verbatim: true},
			txt(". Ve République, IIe arrondissement, XVIIIe et XIXe siècles, 2nde édition, Mme Dupont et M. Durand, "),
			layout.Text{Text: "petites capitales", SmallCaps: true},
			txt(", ODD "), layout.Square{Fill: layout.Color{C: 70, M: 20, R: 38, G: 150, B: 210}, Label: "6", Alt: "ODD 6"}, txt(" et "),
			layout.Square{Fill: layout.Color{C: 10, M: 90, Y: 60, R: 200, G: 30, B: 60}, Label: "11", Alt: "ODD 11"}, txt(", voir p. "),
			layout.PageRef{Anchor: "funders"}, txt("."),
		}},
		layout.Paragraph{Text: []layout.Inline{layout.Text{
			Text: "Communauté d'agglomération Saint-Quentin-en-Yvelines – Syndicat intercommunal d'alimentation en eau potable de Villefranche-de-Rouergue-et-Saint-Affrique – Établissement public territorial Grand-Orly Seine Bièvre", NoHyphen: true, Bold: true}}},
		layout.Paragraph{Style: "quote", Text: layout.Plain(`"La coopération n'est pas un don", disait-il ; elle s'apprend...`)},
		layout.List{Ordered: true, Items: [][]layout.Block{{layout.Para(prose(r, 20))}, {layout.Para("Court.")},
			{layout.Para(prose(r, 30)), layout.List{Items: [][]layout.Block{{layout.Para(prose(r, 12))}, {layout.Para("Dernier.")}}}}}},
	}}

	var funders []layout.TableRow
	for i := range 40 {
		funders = append(funders, row(false, fmt.Sprintf("Financeur n°%d, %s", i+1, prose(r, 3+r.IntN(9))),
			[]string{"MEAE", "AFD", "Agence de l'eau", "Fonds propres"}[i%4], fmt.Sprint(2010+i%15),
			fmt.Sprintf("%d %03d", 1+r.IntN(900), r.IntN(1000))))
	}
	tables := layout.Section{Anchor: "tables", Title: "Tableaux", Matter: layout.BodyMatter, Blocks: []layout.Block{
		h(1, "Tableaux et encadrés"),
		layout.Heading{Level: 2, Text: layout.Plain("Quarante financeurs"), Anchor: "funders", Contents: true},
		layout.Table{
			Columns: []layout.TableColumn{{Share: 3}, {Share: 1.2}, {Width: 40, Align: layout.AlignRight},
				{Width: 56, Align: layout.AlignRight}},
			Head: []layout.TableRow{row(true, "Financeur et projet", "Type", "Année", "Montant (€)")}, Rows: funders,
			Caption: layout.Plain("Tableau 1. Financements des projets"),
			Origin:  layout.Origin{Entry: "t", Title: "Tableau", Field: "funders"},
		},
		layout.Group{Role: "box", Title: "Encadré", Blocks: []layout.Block{h(4, "Le 1 % eau"), layout.Para(prose(r, 60)),
			layout.Para(prose(r, 30))}},
		layout.Side{Shares: []float64{1, 1}, Cells: [][]layout.Block{
			{layout.Table{Style: "facts", Columns: []layout.TableColumn{{Width: 70}, {}},
				Rows: []layout.TableRow{factRow("Population", "29 611 714"), factRow("Capitale", "Antananarivo"),
					factRow("Langues", "malgache, français")}}},
			{layout.Drawing{W: 160, H: 90, Alt: "Carte schématique", Shapes: []layout.Shape{
				&layout.Path{Fill: layout.Color{C: 10, R: 225, G: 236, B: 244}, Stroke: layout.Color{K: 60, R: 100, G: 100, B: 100},
					Width: 0.5, Ops: []layout.PathOp{{Kind: 'M', X: 20, Y: 10}, {Kind: 'L', X: 140, Y: 20},
						{Kind: 'C', X1: 160, Y1: 40, X2: 150, Y2: 80, X: 90, Y: 85}, {Kind: 'L', X: 30, Y: 70}, {Kind: 'Z'}}},
				&layout.Label{X: 80, Y: 50, Text: "Toamasina", Size: 8, Align: layout.AlignCenter, Fill: layout.Color{K: 100},
					Halo: layout.Color{R: 255, G: 255, B: 255}},
			}, Caption: layout.Plain("Carte des partenariats")}},
		}},
		layout.Columned{Count: 3, Blocks: []layout.Block{layout.Para(prose(r, 60)), layout.Para(prose(r, 40))}},
	}}

	var notes []layout.Inline
	for i := range 12 {
		notes = append(notes, txt(prose(r, 14)), layout.Note{Text: layout.Plain(fmt.Sprintf("Note %d : %s", i+1, prose(r, 6+r.IntN(22))))},
			txt(" "))
	}
	long := entry(r, 900)
	for range 14 {
		long.Blocks = append(long.Blocks, layout.Para(prose(r, 110)))
	}
	entries := layout.Section{Anchor: "entries", Title: "Fiches", Matter: layout.BodyMatter, Thumb: "F", Blocks: []layout.Block{
		h(1, "Fiches"),
		long,
		layout.Group{Role: "entry", Anchor: "empty", Head: "Fiche vide", Running: "Fiche vide",
			Origin: layout.Origin{Entry: "vide", Title: "Fiche vide"}},
		layout.Paragraph{Text: notes, Origin: layout.Origin{Entry: "notes", Title: "Douze notes", Field: "context"}},
		layout.Image{Data: photo(1800, 1200), Alt: "Un château d'eau",
			Caption: layout.Plain("Château d'eau de Toamasina, inauguré en 2024"), Credit: "© Ville", Float: true},
		layout.Para(prose(r, 200)),
		layout.Group{Keep: true, Role: "entry", Head: "Gardée", Running: "Gardée",
			Blocks: []layout.Block{layout.Heading{Level: 2, Style: "entry-title", Text: layout.Plain("Fiche gardée entière")},
				layout.Para(prose(r, 150)), layout.Para(prose(r, 90))}},
	}}

	var idx []layout.IndexEntry
	for i := range 60 {
		idx = append(idx, layout.IndexEntry{Letter: string(rune('A' + i/3)), Sub: i%3 == 2,
			Text:    layout.Plain(french[i%len(french)] + strings.Repeat(" et environs", i%4)),
			Targets: []string{"scripts", "tables", "funders", "entries", "index"}[i%3 : 3+i%3]})
	}
	return layout.Document{Meta: layout.Meta{Title: "Cas difficiles", Language: "fr-FR"}, Sections: []layout.Section{
		{Anchor: "toc", Matter: layout.FrontMatter, Blocks: []layout.Block{h(1, "Sommaire"), layout.Contents{Levels: 3}}},
		scripts, tables, entries,
		{Anchor: "index", Title: "Index", Matter: layout.BodyMatter, Recto: true,
			Blocks: []layout.Block{h(1, "Index"), layout.Index{Columns: 2, Entries: idx}}},
	}}
}

func factRow(k, v string) layout.TableRow {
	return layout.TableRow{Cells: []layout.Cell{{Header: true, Blocks: []layout.Block{layout.Para(k)}},
		{Blocks: []layout.Block{layout.Para(v)}}}}
}
