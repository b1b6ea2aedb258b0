package share

import (
	"context"
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
)

// filesPayload tells a file's notice from a row's on the one channel.
const filesPayload = "file"

// Listen calls heard each time the server says that something is new, until ctx
// ends or the connection breaks: then it tells why. ready is called once it
// hears. Behind a pooler that passes no notices it hears nothing; whoever
// listens asks the server now and then all the same.
func (b *Base) Listen(ctx context.Context, ready func(), heard func(Notice)) error {
	c, err := b.pool.Acquire(ctx)
	if err != nil {
		return explain(err)
	}
	conn := c.Hijack() // a connection that listens is of no other use
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, channel := range []string{journalChannel, presenceChannel} {
		if _, err := conn.Exec(ctx, `LISTEN `+channel); err != nil {
			return explain(err)
		}
	}
	ready()
	for {
		n, err := conn.WaitForNotification(ctx)
		switch {
		case err != nil:
			return explain(err)
		case n.Channel == presenceChannel:
			heard(NewPresence)
		case n.Payload == filesPayload:
			heard(NewFiles)
		default:
			heard(NewRows)
		}
	}
}
