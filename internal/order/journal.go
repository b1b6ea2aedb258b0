package order

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Posting is one line of the journal for the accountant: money on one account,
// in one of the two columns.
type Posting struct {
	Journal string          `json:"journal"` // "VE" sales, "BQ" bank
	Entry   int             `json:"entry"`   // place of the entry in the export, from 1
	Date    repertoire.Date `json:"date"`
	Account string          `json:"account"`
	Label   string          `json:"label"` // of the account
	Buyer   string          `json:"buyer,omitempty"`
	Piece   string          `json:"piece"` // number of the document, of the order for a payment
	PieceOn repertoire.Date `json:"piece_date"`
	Text    string          `json:"text"`
	Debit   Cents           `json:"debit"`
	Credit  Cents           `json:"credit"`
}

// accounts of the plan comptable général that entries are made on; an accountant
// renumbers them on import where theirs are longer.
const (
	accountBuyers  = "411000"
	accountBooks   = "701000"
	accountPostage = "708500"
	accountVAT     = "445710"
	accountBank    = "512000"
)

var accountLabels = map[string]string{accountBuyers: "Clients", accountBooks: "Ventes de publications",
	accountPostage: "Ports et frais accessoires facturés", accountVAT: "TVA collectée", accountBank: "Banque"}

// entry is postings that balance.
type entry struct {
	date     repertoire.Date
	rank     int // sales before payments of a day
	postings []Posting
}

// Journal lists the sales and the payments of a period as balanced entries, the
// oldest first. orders and invoices are all of them.
func Journal(orders []Order, invoices []Invoice, p Period) []Posting {
	var entries []entry
	for _, v := range invoices {
		if p.has(v.Date) {
			entries = append(entries, saleEntry(v))
		}
	}
	for _, o := range orders {
		for _, pay := range o.Paid() {
			if p.has(pay.Date) {
				entries = append(entries, paymentEntry(o, pay))
			}
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.rank, b.rank), cmp.Compare(a.postings[0].Piece, b.postings[0].Piece))
	})
	out := []Posting{}
	for i, e := range entries {
		for _, x := range e.postings {
			x.Entry = i + 1
			out = append(out, x)
		}
	}
	return out
}

// Paid lists the payments of an order, that of one noted whole before payments
// were kept one by one with them.
func (o *Order) Paid() []Payment {
	if len(o.Payments) == 0 && o.PaidOn != "" {
		return []Payment{{Date: o.PaidOn, Amount: o.Totals().Gross, Means: o.PaidBy}}
	}
	return o.Payments
}

func saleEntry(v Invoice) entry {
	_, _, name := v.Record()
	e := entry{date: v.Date}
	post := func(account, text string, debit Cents) {
		if debit == 0 {
			return
		}
		x := Posting{Journal: "VE", Date: v.Date, Account: account, Label: accountLabels[account], Piece: v.Number(), PieceOn: v.Date,
			Text: name + text, Debit: debit}
		if debit < 0 {
			x.Debit, x.Credit = 0, -debit
		}
		if account == accountBuyers {
			x.Buyer = v.Buyer.Name
		}
		e.postings = append(e.postings, x)
	}
	post(accountBuyers, ", "+v.Buyer.Name, v.Signed(v.Totals.Gross))
	var books, postage Cents
	for i, l := range v.Lines {
		if l.Postage {
			postage += v.Totals.Lines[i]
		} else {
			books += v.Totals.Lines[i]
		}
	}
	post(accountBooks, "", -v.Signed(books))
	post(accountPostage, "", -v.Signed(postage))
	for _, x := range v.Totals.Rates {
		post(accountVAT, ", TVA "+x.Rate.French(), -v.Signed(x.Tax))
	}
	if len(e.postings) == 0 {
		e.postings = []Posting{{Journal: "VE", Date: v.Date, Account: accountBuyers, Label: accountLabels[accountBuyers], Piece: v.Number(),
			PieceOn: v.Date, Text: name, Buyer: v.Buyer.Name}}
	}
	return e
}

func paymentEntry(o Order, p Payment) entry {
	text := "Paiement de " + o.Buyer.Name
	if p.Amount < 0 {
		text = "Remboursement à " + o.Buyer.Name
	}
	if p.Means != "" {
		text += ", " + p.Means
	}
	x := Posting{Journal: "BQ", Date: p.Date, Account: accountBank, Label: accountLabels[accountBank], Piece: o.Number(), PieceOn: o.Date,
		Text: text, Debit: max(p.Amount, 0), Credit: max(-p.Amount, 0)}
	y := x
	y.Account, y.Label, y.Buyer, y.Debit, y.Credit = accountBuyers, accountLabels[accountBuyers], o.Buyer.Name, x.Credit, x.Debit
	return entry{date: p.Date, rank: 1, postings: []Posting{x, y}}
}

// JournalCSV is the journal as a French spreadsheet opens it.
func JournalCSV(list []Posting) []byte {
	rows := [][]string{{"Journal", "Écriture", "Date", "Compte", "Intitulé", "Tiers", "Pièce", "Date de la pièce", "Libellé", "Débit",
		"Crédit"}}
	for _, x := range list {
		rows = append(rows, []string{x.Journal, fmt.Sprint(x.Entry), x.Date.Field(), x.Account, x.Label, x.Buyer, x.Piece,
			x.PieceOn.Field(), x.Text, x.Debit.Comma(), x.Credit.Comma()})
	}
	return table(rows)
}

// JournalFEC is the journal in the columns of the fichier des écritures
// comptables (livre des procédures fiscales, art. A47 A-1), for an accountant's
// program to take in: tabs, decimal commas, days without separators. It is no
// whole FEC: that one is made by the accounts.
func JournalFEC(list []Posting) []byte {
	var out strings.Builder
	out.WriteString(
		"JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\r\n")
	names := map[string]string{"VE": "Ventes", "BQ": "Banque"}
	day := func(d repertoire.Date) string { return strings.ReplaceAll(string(d), "-", "") }
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, x := range list {
		aux := ""
		if x.Buyer != "" {
			aux = strings.ToUpper(strings.Join(strings.FieldsFunc(repertoire.Fold(x.Buyer),
				func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), ""))
			aux = aux[:min(17, len(aux))]
		}
		fmt.Fprintf(&out, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\t\t%s\t\t\r\n", x.Journal, names[x.Journal], x.Entry,
			day(x.Date), x.Account, flat(x.Label), aux, flat(x.Buyer),
			flat(x.Piece), day(x.PieceOn), flat(x.Text), x.Debit.Comma(), x.Credit.Comma(), day(x.Date))
	}
	return []byte(out.String())
}
