package store

import (
	"context"
	"database/sql"
)

// readMails reads what the queue of messages says; whole tells that nothing of
// it was unreadable.
func (p *present) readMails(ctx context.Context, db *sql.DB) {
	rows, err := db.QueryContext(ctx, mailQuery+` ORDER BY num`)
	if err != nil {
		return
	}
	err = each(rows, func(rows *sql.Rows) error {
		m, err := scanMail(rows)
		if err == nil {
			p.mails = append(p.mails, m)
		}
		return err
	})
	p.mailsWhole = err == nil && (p.sound || tableSound(ctx, db, "outgoing"))
}

// carryMails brings the queue of messages to a staged base: what left has left,
// whatever a backup says. When the queue of the present base cannot be read
// whole, nobody knows whether those that waited have left since: they are
// marked so, and do not leave unasked.
func carryMails(ctx context.Context, staged *sql.DB, p *present, plan *RestorePlan) error {
	tx, err := staged.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if !p.mailsWhole {
		res, err := tx.ExecContext(ctx, `UPDATE outgoing SET state = ? WHERE state = ?`, string(MailLeaving), string(MailWaiting))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		plan.Doubtful = int(n)
	}
	for _, m := range p.mails {
		var was MailState
		err := tx.QueryRowContext(ctx, `SELECT state FROM outgoing WHERE message = ?`, m.Message).Scan(&was)
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		if (m.State == MailSent || m.State == MailLeaving) && was != m.State {
			plan.Messages++
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM outgoing WHERE message = ? OR request = ? AND occasion = ? AND address = ?`,
			m.Message, string(m.Request), string(m.Occasion), m.Address); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx,
			`INSERT INTO outgoing(campaign, request, occasion, address, message, state, at, answer, noted) VALUES (?,?,?,?,?,?,?,?,?)`,
			string(m.Campaign), string(m.Request), string(m.Occasion), m.Address, m.Message, string(m.State), stamp(m.At), m.Answer,
			m.Noted); err != nil {
			return err
		}
	}
	return tx.Commit()
}
