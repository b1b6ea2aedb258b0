package paper

import (
	"fmt"
	"strconv"

	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Ticket is what a printer needs to know of a print run. Empty fields are
// written as left to agree on.
type Ticket struct {
	Edition  order.Edition
	Quantity int
	Orders   []string // numbers of the orders served
	PageSize string   // "170 × 240 mm"
	Pages    int      // of the inside
	Inside   string   // paper: "couché demi-mat 115 g"
	Cover    string
	Binding  string // "dos carré collé"
	Colours  string // "quadrichromie recto verso (FOGRA39)"
	Wanted   repertoire.Date
	Deliver  order.Address
	Note     string
	Files    []TicketFile
}

// TicketFile is a file that goes with the ticket.
type TicketFile struct {
	Name, SHA256 string
	Bytes        int64
}

// JobTicket is the document that goes to the printer with the files.
func JobTicket(t Ticket, s order.Seller, on repertoire.Date) layout.Document {
	name := "Fiche de fabrication : " + t.Edition.Name()
	agree := func(v string) string {
		if v == "" {
			return "à convenir"
		}
		return v
	}
	pages := "à convenir"
	if t.Pages > 0 {
		pages = strconv.Itoa(t.Pages)
	}
	blocks := []layout.Block{layout.Side{Shares: []float64{1, 1}, Cells: [][]layout.Block{sender(s), {}}}, title(name), facts([]fact{
		{"Date", on.Field()}, {"Quantité", repertoire.Thousands(int64(t.Quantity)) + " exemplaires"}, {"Format fini", agree(t.PageSize)},
		{"Pages intérieures", pages}, {"Impression", agree(t.Colours)}, {"Papier intérieur", agree(t.Inside)},
		{"Papier de couverture", agree(t.Cover)},
		{"Façonnage", agree(t.Binding)}, {"Livraison souhaitée", agree(t.Wanted.Field())}, {"Livrer à", joined(t.Deliver.Written())},
		{"Commandes servies", joined(t.Orders)}, {"Note", t.Note},
	})}
	if len(t.Files) > 0 {
		blocks = append(blocks, layout.Heading{Level: 2, Text: layout.Plain("Fichiers")})
		for _, f := range t.Files {
			blocks = append(blocks, facts([]fact{{"Fichier", f.Name}, {"Taille", fmt.Sprintf("%s octets", repertoire.Thousands(f.Bytes))},
				{"SHA-256 (début)", f.SHA256[:min(32, len(f.SHA256))]}, {"SHA-256 (suite)", f.SHA256[min(32, len(f.SHA256)):]}}))
		}
		blocks = append(blocks,
			line("legal", "Vérifiez les sommes SHA-256 à réception : un fichier qui en a une autre n’est pas celui qui a été approuvé."))
	}
	return letter(name, on, s, "Fiche de fabrication", blocks)
}
