package store

import (
	"encoding/json"

	"repertoire/internal/campaign"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// sold is a record of the selling side, of campaigns, or of the desk's own habits
// (its saved lists): it says what it is kept as.
type sold interface {
	Record() (repertoire.Aggregate, repertoire.ID, string)
}

// newSold makes an empty record of a kind, nil when it is not one of these.
func newSold(a repertoire.Aggregate) sold {
	switch a {
	case repertoire.AggSales:
		return new(order.Settings)
	case repertoire.AggBuyer:
		return new(order.Buyer)
	case repertoire.AggOrder:
		return new(order.Order)
	case repertoire.AggInvoice:
		return new(order.Invoice)
	case repertoire.AggStock:
		return new(order.Movement)
	case repertoire.AggList:
		return new(repertoire.SavedList)
	case repertoire.AggCampaign:
		return new(campaign.Campaign)
	case repertoire.AggRequest:
		return new(campaign.Request)
	case repertoire.AggQuestionnaire:
		return new(campaign.Questionnaire)
	case repertoire.AggReply:
		return new(campaign.Reply)
	}
	return nil
}

// prepareSold applies the rules that only the base can hold, and gives the
// numbers that only it can give. after is nil to delete.
func (a *applier) prepareSold(op repertoire.Op, was current, after sold) error {
	switch op.Aggregate {
	case repertoire.AggInvoice:
		v, _ := after.(*order.Invoice)
		return a.prepareInvoice(v, was)
	case repertoire.AggOrder:
		o, _ := after.(*order.Order)
		return a.prepareOrder(o, was)
	case repertoire.AggStock:
		return a.noteStock(after, was)
	case repertoire.AggSales:
		s, _ := after.(*order.Settings)
		return keepClosed(s, was)
	case repertoire.AggCampaign:
		if after == nil {
			return a.keepWritten(op)
		}
	}
	return nil
}

// saveSold writes a row; see save.
func (a *applier) saveSold(w writing, v sold) error {
	switch v := v.(type) {
	case *order.Settings:
		return a.put(w, `INSERT INTO sales(version, deleted_at, body, id) VALUES (?,NULL,?,?)`,
			`UPDATE sales SET version = ?, deleted_at = NULL, body = ? WHERE id = ?`)
	case *order.Buyer:
		return a.put(w,
			`INSERT INTO buyer(version, deleted_at, sort_name, folded, siren, siret, authority, body, id) VALUES (?,NULL,?,?,?,?,?,?,?)`,
			`UPDATE buyer SET version = ?, deleted_at = NULL, sort_name = ?, folded = ?, siren = ?, siret = ?, authority = ?, body = ? WHERE id = ?`,
			repertoire.SortKey(v.Name), repertoire.Fold(v.Name), v.SIREN, v.SIRET, string(v.Authority))
	case *order.Order:
		return a.put(w,
			`INSERT INTO book_order(version, deleted_at, year, count, date, state, buyer, folded, gross, body, id) VALUES (?,NULL,?,?,?,?,?,?,?,?,?)`,
			`UPDATE book_order SET version = ?, deleted_at = NULL, year = ?, count = ?, date = ?, state = ?, buyer = ?, folded = ?, gross = ?, body = ? WHERE id = ?`,
			v.Year, v.Count, string(v.Date), string(v.State()), string(v.Buyer.ID), foldedOrder(v), int64(v.Totals().Gross))
	case *order.Movement:
		return a.put(w,
			`INSERT INTO stock_movement(version, deleted_at, edition, quantity, date, book_order, body, id) VALUES (?,NULL,?,?,?,?,?,?)`,
			`UPDATE stock_movement SET version = ?, deleted_at = NULL, edition = ?, quantity = ?, date = ?, book_order = ?, body = ? WHERE id = ?`,
			string(v.Edition.ID), v.Quantity, string(v.Date), string(v.Order))
	case *repertoire.SavedList:
		return a.put(w, `INSERT INTO saved_list(version, deleted_at, rank, body, id) VALUES (?,NULL,?,?,?)`,
			`UPDATE saved_list SET version = ?, deleted_at = NULL, rank = ?, body = ? WHERE id = ?`, v.Rank)
	case *campaign.Campaign:
		return a.put(w, `INSERT INTO campaign(version, deleted_at, opened, body, id) VALUES (?,NULL,?,?,?)`,
			`UPDATE campaign SET version = ?, deleted_at = NULL, opened = ?, body = ? WHERE id = ?`, string(v.Opened))
	case *campaign.Request:
		return a.put(w, `INSERT INTO campaign_request(version, deleted_at, campaign, partnership, body, id) VALUES (?,NULL,?,?,?,?)`,
			`UPDATE campaign_request SET version = ?, deleted_at = NULL, campaign = ?, partnership = ?, body = ? WHERE id = ?`,
			string(v.Campaign), string(v.Partnership))
	case *campaign.Questionnaire:
		return a.put(w, `INSERT INTO questionnaire(version, deleted_at, request, body, id) VALUES (?,NULL,?,?,?)`,
			`UPDATE questionnaire SET version = ?, deleted_at = NULL, request = ?, body = ? WHERE id = ?`, string(v.Request))
	case *campaign.Reply:
		return a.put(w, `INSERT INTO campaign_reply(version, deleted_at, campaign, request, sha256, body, id) VALUES (?,NULL,?,?,?,?,?)`,
			`UPDATE campaign_reply SET version = ?, deleted_at = NULL, campaign = ?, request = ?, sha256 = ?, body = ? WHERE id = ?`,
			string(v.Campaign), string(v.Request), v.SHA256)
	case *order.Invoice:
		var credits any
		if v.Credits != "" {
			credits = string(v.Credits)
		}
		late, err := a.late(v)
		if err != nil {
			return err
		}
		return a.put(w,
			`INSERT INTO invoice(version, deleted_at, series, year, count, late, kind, date, book_order, credits, gross, body, id) VALUES (?,NULL,?,?,?,?,?,?,?,?,?,?,?)`,
			`UPDATE invoice SET version = ?, deleted_at = NULL, series = ?, year = ?, count = ?, late = ?, kind = ?, date = ?, book_order = ?, credits = ?, gross = ?, body = ? WHERE id = ?`,
			v.Series, v.Year, v.Count, late, string(v.Kind), string(v.Date), string(v.Order), credits, int64(v.Totals.Gross))
	}
	return nil
}

// foldedOrder is what an order is searched by.
func foldedOrder(o *order.Order) string {
	text := o.Number() + "\n" + o.Buyer.Name + "\n" + o.Reference + "\n" + o.Commitment + "\n" + o.Buyer.SIREN + "\n" + o.Buyer.SIRET
	for _, l := range o.Lines {
		text += "\n" + l.Edition.Directory + " " + l.Edition.Title + " " + l.Edition.Label
	}
	return repertoire.Fold(text)
}

// readSold reads a living body of the selling side, nil when there is none.
func readSold[T any](body json.RawMessage) (*T, error) {
	if body == nil {
		return nil, nil
	}
	v := new(T)
	if err := json.Unmarshal(body, v); err != nil {
		return nil, unreadable(err)
	}
	return v, nil
}
