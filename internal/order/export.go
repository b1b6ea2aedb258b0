package order

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// table writes rows as a French spreadsheet opens them: BOM, semicolons, CRLF.
// Cells that a spreadsheet would run as a formula are quoted with an apostrophe.
func table(rows [][]string) []byte {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = ';', true
	for _, row := range rows {
		for i, c := range row {
			if c != "" && strings.ContainsRune("=+@\t\r＝＋－＠", []rune(c)[0]) || strings.HasPrefix(c, "-") &&
				strings.Trim(c[1:], "0123456789,") != "" {
				row[i] = "'" + c
			}
		}
		_ = w.Write(row) // a buffer takes everything
	}
	w.Flush()
	return out.Bytes()
}

// OrdersCSV lists orders, one line each; numbers gives invoices and credit
// notes by ID.
func OrdersCSV(orders []Order, numbers map[repertoire.ID]string) []byte {
	rows := [][]string{{"Commande", "Date", "État", "Acheteur", "SIREN", "SIRET", "Adhérent", "Référence", "Engagement",
		"Exemplaires papier", "Exemplaires numériques",
		"Total HT", "TVA", "Total TTC", "Livrée le", "Facture", "Payée le", "Avoir"}}
	for _, o := range orders {
		t := o.Totals()
		n := map[Format]int{}
		for _, l := range o.Lines {
			n[l.Format] += l.Quantity
		}
		member := "non"
		if o.Member {
			member = "oui"
		}
		rows = append(rows, []string{o.Number(), o.Date.Field(), States.Label(o.State()), o.Buyer.Name, o.Buyer.SIREN, o.Buyer.SIRET,
			member, o.Reference, o.Commitment,
			strconv.Itoa(n[Paper]), strconv.Itoa(n[Digital]), t.Net.Comma(), t.Tax.Comma(), t.Gross.Comma(), o.Delivered.Field(),
			numbers[o.Invoice], o.PaidOn.Field(), numbers[o.Credit]})
	}
	return table(rows)
}

// InvoicesCSV is the list of invoices and credit notes for the accountant, one
// line a rate of VAT; credit notes are negative.
func InvoicesCSV(invoices []Invoice) []byte {
	rows := [][]string{{"Numéro", "Nature", "Date", "Échéance", "Client", "SIREN", "Commande", "Facture reprise", "Régime", "Taux de TVA",
		"Base HT", "TVA", "TTC"}}
	for _, v := range invoices {
		for _, x := range v.Totals.Rates {
			rows = append(rows, []string{v.Number(), string(v.Kind), v.Date.Field(), v.Due.Field(), v.Buyer.Name, v.Buyer.SIREN,
				v.OrderNumber, v.CreditsNumber, string(v.Regime),
				strings.Replace(x.Rate.Decimal(), ".", ",", 1), v.Signed(x.Net).Comma(), v.Signed(x.Tax).Comma(),
				v.Signed(x.Gross).Comma()})
		}
	}
	return table(rows)
}
