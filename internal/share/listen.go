package share

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The channels on which the server wakes its desks: the journal went on or a
// shared file changed; somebody opened or left an entry.
const (
	journalChannel  = "repertoire"
	presenceChannel = "repertoire_presence"
)

// Notice is what the server said is new.
type Notice int

// The notices.
const (
	NewRows     Notice = 1 << iota // the journal went on
	NewFiles                       // a shared file changed
	NewPresence                    // somebody opened or left an entry
	Missed                         // it was not heard what else is new
)

// filesPayload tells a file's notice from a row's on the one channel.
const filesPayload = "file"

// anything is what may be new after a silence.
const anything = NewRows | Missed

// Listen calls heard each time the server says that something is new, until ctx
// ends or the connection breaks: then it tells why. ready is called once it
// hears. heard gives how long it wants to hear nothing: where many desks write,
// a server that wakes each for each row does little else. After a silence
// anything may be new. Behind a pooler that passes no notices it hears nothing;
// whoever listens asks the server now and then all the same.
func (b *Base) Listen(ctx context.Context, ready func(), heard func(Notice) time.Duration) error {
	c, err := b.pool.Acquire(ctx)
	if err != nil {
		return explain(err)
	}
	conn := c.Hijack() // a connection that listens is of no other use
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, listen, pgx.QueryExecModeSimpleProtocol); err != nil {
		return explain(err)
	}
	ready()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return explain(err)
		}
		for rest := heard(noticeOf(n)); rest > 0; rest = heard(anything) {
			if err := silence(ctx, conn, rest); err != nil {
				return explain(err)
			}
		}
	}
}

const listen = `LISTEN ` + journalChannel + `; LISTEN ` + presenceChannel

// silence has the server leave this desk alone for a while.
func silence(ctx context.Context, conn *pgx.Conn, rest time.Duration) error {
	if _, err := conn.Exec(ctx, `UNLISTEN *`); err != nil {
		return err
	}
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	_, err := conn.Exec(ctx, listen, pgx.QueryExecModeSimpleProtocol)
	return err
}

func noticeOf(n *pgconn.Notification) Notice {
	switch {
	case n.Channel == presenceChannel:
		return NewPresence
	case n.Payload == filesPayload:
		return NewFiles
	}
	return NewRows
}
