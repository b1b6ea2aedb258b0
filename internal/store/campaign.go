package store

import (
	"context"
	"database/sql"

	"repertoire/internal/campaign"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Declared gives the declaration of any aggregate of the base, nil for none.
func Declared(a repertoire.Aggregate) *repertoire.Declaration {
	if d := campaign.Declared(a); d != nil {
		return d
	}
	return order.Declared(a)
}

// Campaigns lists the campaigns, the newest first.
func (r Reader) Campaigns(ctx context.Context) ([]campaign.Campaign, error) {
	return rowsOf(ctx, r, `SELECT version, body FROM campaign WHERE deleted_at IS NULL ORDER BY opened DESC, num DESC`,
		func(c *campaign.Campaign, v int64) { c.Version = v })
}

// Requests lists who is asked in a campaign, in the order in which it was opened.
func (r Reader) Requests(ctx context.Context, of repertoire.ID) ([]campaign.Request, error) {
	return rowsOf(ctx, r, `SELECT version, body FROM campaign_request WHERE deleted_at IS NULL AND campaign = ? ORDER BY num`,
		func(q *campaign.Request, v int64) { q.Version = v }, string(of))
}

// Request reads one of them.
func (r Reader) Request(ctx context.Context, id repertoire.ID) (campaign.Request, error) {
	var q campaign.Request
	v, err := r.one(ctx, repertoire.AggRequest, id, &q)
	q.Version = v
	return q, missing(err, "Cette demande n’est plus dans le dossier.")
}

// Questionnaire reads a partnership as it was sent.
func (r Reader) Questionnaire(ctx context.Context, id repertoire.ID) (campaign.Questionnaire, error) {
	var q campaign.Questionnaire
	v, err := r.one(ctx, repertoire.AggQuestionnaire, id, &q)
	q.Version = v
	return q, missing(err, "Ce questionnaire n’est pas de ce dossier.")
}

// Replies lists what was collected in a campaign, in the order it was.
func (r Reader) Replies(ctx context.Context, of repertoire.ID) ([]campaign.Reply, error) {
	return rowsOf(ctx, r, `SELECT version, body FROM campaign_reply WHERE deleted_at IS NULL AND campaign = ? ORDER BY num`,
		func(x *campaign.Reply, v int64) { x.Version = v }, string(of))
}

// Reply reads one of them.
func (r Reader) Reply(ctx context.Context, id repertoire.ID) (campaign.Reply, error) {
	var x campaign.Reply
	v, err := r.one(ctx, repertoire.AggReply, id, &x)
	x.Version = v
	return x, missing(err, "Cette réponse n’est pas dans ce dossier, ou elle est à la corbeille.")
}

// Collected gives the checksums of the files that a campaign has collected.
func (r Reader) Collected(ctx context.Context, of repertoire.ID) (map[string]bool, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT sha256 FROM campaign_reply WHERE deleted_at IS NULL AND campaign = ?`, string(of))
	if err != nil {
		return nil, explain(err)
	}
	list, err := collect(rows, func(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) })
	out := map[string]bool{}
	for _, s := range list {
		out[s] = true
	}
	return out, explain(err)
}
