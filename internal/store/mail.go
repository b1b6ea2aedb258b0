package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
)

// MailState is how far a message to be sent got.
type MailState string

// The states. MailLeaving is written before the server is given a message: after a
// crash nobody knows whether it took it, and it is not sent again unasked.
const (
	MailWaiting MailState = "waiting"
	MailLeaving MailState = "leaving"
	MailSent    MailState = "sent"
	MailFailed  MailState = "failed"
)

// Mail is a message of the queue.
type Mail struct {
	Campaign repertoire.ID
	Request  repertoire.ID
	Occasion campaign.Occasion
	Address  string
	Message  string // Message-ID, without brackets
	State    MailState
	At       time.Time
	Answer   string
	Noted    bool
}

// QueueMail puts messages in the queue; one that is there already, for the same
// request, occasion and address, stays as it is. It gives how many are new.
func (s *Store) QueueMail(ctx context.Context, list []Mail) (fresh int, err error) {
	err = s.beside(ctx, func(tx *sql.Tx) error {
		for _, o := range list {
			res, err := tx.ExecContext(ctx,
				`INSERT INTO outgoing(campaign, request, occasion, address, message, state, at, answer) VALUES (?,?,?,?,?,?,?,'')
				ON CONFLICT DO NOTHING`, string(o.Campaign), string(o.Request), string(o.Occasion), strings.ToLower(o.Address), o.Message, string(MailWaiting), stamp(o.At))
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			fresh += int(n)
		}
		return nil
	})
	return fresh, err
}

// MarkMail writes how far a message got; it is on the disk when it returns.
func (s *Store) MarkMail(ctx context.Context, message string, state MailState, at time.Time, answer string) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE outgoing SET state = ?, at = ?, answer = ? WHERE message = ?`, string(state), stamp(at),
			answer, message)
		return err
	})
}

// NoteMail says that the requests know of these messages.
func (s *Store) NoteMail(ctx context.Context, messages []string) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		for _, m := range messages {
			if _, err := tx.ExecContext(ctx, `UPDATE outgoing SET noted = 1 WHERE message = ?`, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// Mails lists the messages of a campaign in the order they were queued.
func (r Reader) Mails(ctx context.Context, of repertoire.ID) ([]Mail, error) {
	rows, err := r.q.QueryContext(ctx, mailQuery+` WHERE campaign = ? ORDER BY num`, string(of))
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, scanMail)
	return out, explain(err)
}

// EachMail hands over every message of the queue, whatever its campaign.
func (r Reader) EachMail(ctx context.Context, fn func(Mail) error) error {
	rows, err := r.q.QueryContext(ctx, mailQuery+` ORDER BY num`)
	if err != nil {
		return explain(err)
	}
	return explain(each(rows, func(rows *sql.Rows) error {
		o, err := scanMail(rows)
		if err != nil {
			return err
		}
		return fn(o)
	}))
}

const mailQuery = `SELECT campaign, request, occasion, address, message, state, at, answer, noted FROM outgoing`

func scanMail(rows *sql.Rows) (o Mail, err error) {
	var at string
	err = rows.Scan(&o.Campaign, &o.Request, &o.Occasion, &o.Address, &o.Message, &o.State, &at, &o.Answer, &o.Noted)
	o.At = parseStamp(at)
	return o, err
}

// keepWritten refuses to take away a campaign whose messages left: those who
// got them will answer.
func (a *applier) keepWritten(op repertoire.Op) error {
	var n int
	if err := a.row(`SELECT count(*) FROM outgoing WHERE campaign = ? AND state IN (?, ?)`, string(op.ID), string(MailSent),
		string(MailLeaving)).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return repertoire.Refuse(
			"Des messages de cette campagne sont partis (%s) : elle ne peut plus être supprimée, les réponses arriveront. Fermez-la plutôt.", repertoire.Thousands(int64(n)))
	}
	return nil
}
