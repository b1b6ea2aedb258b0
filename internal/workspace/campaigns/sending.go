package campaigns

import (
	"context"
	"errors"
	"fmt"
	"time"

	"repertoire/internal/campaign"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Doubt says what is done with messages of which nobody knows whether they left.
type Doubt string

// The answers; none leaves them as they are.
const (
	DoubtSent  Doubt = "partis"
	DoubtAgain Doubt = "renvoyer"
)

// Sending is what is to be sent.
type Sending struct {
	Wanted
	// Retry tries again what the server refused for good.
	Retry bool
	Doubt Doubt
	// Trial sends the first message to this address alone, and notes nothing.
	Trial string
	// Server is the one set up when it is nil.
	Server *post.Server
}

// Sent is what sending came to.
type Sent struct {
	Campaign string `json:"campaign"`
	Sent     int    `json:"sent"`
	Already  int    `json:"already"` // sent or written before
	// Refused were not taken by the server, each with its answer.
	Refused []Discarded `json:"refused"`
	// Doubtful were leaving when the line was cut: they are not sent again
	// unasked.
	Doubtful []string `json:"doubtful"`
	Left     int      `json:"left"` // not tried
}

// Send sends the messages of a campaign through the server, one a recipient,
// never the same twice: what was sent is on the disk before the next one
// leaves, and a later call goes on where this one stopped.
func (room *Room) Send(ctx context.Context, ref string, in Sending, progress base.Progress) (out Sent, err error) {
	out = Sent{Refused: []Discarded{}, Doubtful: []string{}}
	server, err := room.serverFor(in)
	if err != nil {
		return out, err
	}
	c, err := room.Get(ctx, ref)
	if err != nil {
		return out, err
	}
	out.Campaign = c.Name
	if err := room.reconcile(ctx, c); err != nil { // what a cut left unsaid
		return out, err
	}
	b, err := room.prepare(ctx, string(c.ID), in.Wanted)
	if err != nil {
		return out, err
	}
	out.Already = b.skipped
	s := &sender{room: room, server: server, out: &out, in: in, progress: progress}
	if s.password, err = password(server); err != nil {
		return out, err
	}
	defer s.close()
	if in.Trial != "" {
		return out, s.trial(ctx, b)
	}
	if len(b.letters) == 0 {
		return out, nil
	}
	if err := room.issue(ctx, b); err != nil {
		return out, err
	}
	if err := s.queue(ctx, b); err != nil {
		return out, err
	}
	err = s.run(ctx, b)
	if noted := room.reconcile(context.WithoutCancel(ctx), c); err == nil {
		err = noted
	}
	return out, err
}

func (room *Room) serverFor(in Sending) (post.Server, error) {
	if in.Server != nil {
		return *in.Server, in.Server.Check()
	}
	s, set, err := room.Server()
	if err == nil && !set {
		err = repertoire.Refuse(
			"Aucun serveur d’envoi n’est réglé : réglez-le (« campaign server »), ou écrivez des brouillons (« campaign drafts »). Rien n’a été envoyé.")
	}
	return s, err
}

// sender sends the letters of one run.
type sender struct {
	room     *Room
	server   post.Server
	password string
	line     *post.Line
	states   map[string]store.Mail
	in       Sending
	out      *Sent
	last     time.Time
	progress base.Progress
}

func (s *sender) close() {
	if s.line != nil {
		_ = s.line.Close()
	}
}

// queue writes what is to be sent, and learns how far each message got before.
func (s *sender) queue(ctx context.Context, b *batch) error {
	list := make([]store.Mail, len(b.letters))
	for i := range b.letters {
		l := &b.letters[i]
		list[i] = store.Mail{Campaign: b.campaign.ID, Request: l.request.ID, Occasion: l.occasion, Address: l.recipient.Email,
			Message: messageID(&b.campaign, l), At: s.room.base.Now()}
	}
	if _, err := s.room.base.Store.QueueMail(ctx, list); err != nil {
		return err
	}
	known, err := s.room.base.Store.Mails(ctx, b.campaign.ID)
	s.states = map[string]store.Mail{}
	for _, m := range known {
		s.states[m.Message] = m
	}
	return err
}

// run sends what waits. A line that breaks is taken up again once a message; a
// server that cannot be reached ends the run, the rest waits.
func (s *sender) run(ctx context.Context, b *batch) error {
	var wanted []letter
	for _, l := range b.letters {
		m := s.states[messageID(&b.campaign, &l)]
		switch {
		case m.State == store.MailSent:
			s.out.Already++
		case m.State == store.MailLeaving && s.in.Doubt == DoubtSent:
			if err := s.mark(ctx, m.Message, store.MailSent, "tenu pour parti par l’utilisateur"); err != nil {
				return err
			}
			s.out.Already++
		case m.State == store.MailLeaving && s.in.Doubt != DoubtAgain:
			s.out.Doubtful = append(s.out.Doubtful, l.recipient.Email)
		case m.State == store.MailFailed && !s.in.Retry:
			s.out.Refused = append(s.out.Refused, Discarded{l.recipient.Email, m.Answer})
		default:
			wanted = append(wanted, l)
		}
	}
	b.letters = wanted
	done := 0
	err := s.room.draw(ctx, b, false, s.progress, func(l *letter) error {
		if err := s.pause(ctx); err != nil {
			return err
		}
		err := s.one(ctx, b, l)
		if err == nil {
			done++
		}
		return err
	})
	s.out.Left = len(wanted) - done
	return err
}

// pause keeps to the pace that the server is given messages at.
func (s *sender) pause(ctx context.Context) error {
	if s.server.PerMinute <= 0 || s.last.IsZero() {
		s.last = time.Now()
		return ctx.Err()
	}
	wait := time.Until(s.last.Add(time.Minute / time.Duration(s.server.PerMinute)))
	if wait > 0 {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s.last = time.Now()
	return nil
}

// one sends one message and writes what became of it.
func (s *sender) one(ctx context.Context, b *batch, l *letter) error {
	data, err := l.message.Write()
	if err != nil {
		return err
	}
	for try := 0; ; try++ {
		leaving := false
		answer, err := s.give(ctx, b, l, data, &leaving)
		var refusal *post.Refusal
		switch {
		case err == nil:
			s.out.Sent++
			return s.mark(ctx, l.message.ID, store.MailSent, answer)
		case errors.As(err, &refusal):
			state := store.MailFailed
			if refusal.Passing {
				state = store.MailWaiting // a later run tries again
			}
			s.out.Refused = append(s.out.Refused, Discarded{l.recipient.Email, refusal.Answer})
			return s.mark(ctx, l.message.ID, state, refusal.Answer)
		case leaving:
			s.drop()
			s.out.Doubtful = append(s.out.Doubtful, l.recipient.Email)
			return ctx.Err()
		case ctx.Err() != nil:
			return ctx.Err()
		case try == 1 || repertoire.KindOf(err) == repertoire.Refused:
			return broken(s.server, err)
		}
		s.drop() // the server closed the line between two messages: once more
	}
}

func broken(server post.Server, err error) error {
	var ours *repertoire.Error
	if errors.As(err, &ours) {
		return err
	}
	return &repertoire.Error{Kind: repertoire.Refused, Err: err,
		Message: fmt.Sprintf(
			"La ligne avec le serveur %s s’est coupée : ce qui est parti est noté, le reste attend. Relancez l’envoi, il reprendra où il s’est arrêté.", server.Host)}
}

func (s *sender) drop() {
	if s.line != nil {
		_ = s.line.Drop()
		s.line = nil
	}
}

// give hands a message to the server; leaving is set once its end is about to
// be said.
func (s *sender) give(ctx context.Context, b *batch, l *letter, data []byte, leaving *bool) (string, error) {
	if s.line == nil {
		line, err := s.server.Dial(ctx, s.password)
		if err != nil {
			return "", err
		}
		s.line = line
	}
	return s.line.Send(b.campaign.Sender.Email, l.recipient.Email, data, func() error {
		if err := s.room.base.Store.MarkMail(ctx, l.message.ID, store.MailLeaving, s.room.base.Now(), ""); err != nil {
			return err
		}
		*leaving = true
		return nil
	})
}

// mark writes what became of a message, even when the work is being stopped.
func (s *sender) mark(ctx context.Context, message string, state store.MailState, answer string) error {
	return s.room.base.Store.MarkMail(context.WithoutCancel(ctx), message, state, s.room.base.Now(), answer)
}

// trial sends the first letter to an address of the officer's own.
func (s *sender) trial(ctx context.Context, b *batch) error {
	if len(b.letters) == 0 {
		return repertoire.Refuse("Il n’y a plus aucun message à écrire dans cette campagne : l’essai n’a rien à envoyer.")
	}
	if !address(s.in.Trial) {
		return repertoire.Refuse("« %s » n’est pas une adresse électronique : l’essai n’a pas été envoyé.", s.in.Trial)
	}
	b.letters = b.letters[:1]
	return s.room.draw(ctx, b, false, s.progress, func(l *letter) error {
		l.message.To, l.message.ToName = s.in.Trial, ""
		l.message.Subject = "[Essai] " + l.message.Subject
		l.message.ID = "essai." + l.message.ID
		data, err := l.message.Write()
		if err != nil {
			return err
		}
		if s.line, err = s.server.Dial(ctx, s.password); err != nil {
			return err
		}
		if _, err = s.line.Send(b.campaign.Sender.Email, s.in.Trial, data, func() error { return nil }); err != nil {
			var refusal *post.Refusal
			if errors.As(err, &refusal) {
				return repertoire.Refuse("Le serveur a refusé l’essai : %s", refusal.Answer)
			}
			return broken(s.server, err)
		}
		s.out.Sent = 1
		return nil
	})
}

// reconcile writes in the requests what was sent and is not said there yet: for
// the cockpit, for the journal and for other desks.
func (room *Room) reconcile(ctx context.Context, c campaign.Campaign) error {
	mails, err := room.base.Store.Mails(ctx, c.ID)
	if err != nil {
		return err
	}
	requests, err := room.base.Store.Requests(ctx, c.ID)
	if err != nil {
		return err
	}
	byID := map[repertoire.ID]*campaign.Request{}
	for i := range requests {
		byID[requests[i].ID] = &requests[i]
	}
	x := room.change("")
	touched := map[repertoire.ID]bool{}
	var messages []string
	for _, m := range mails {
		if m.State != store.MailSent || m.Noted {
			continue
		}
		messages = append(messages, m.Message)
		if r := byID[m.Request]; r != nil && !r.Written(m.Occasion, m.Address) {
			r.Notes = append(r.Notes, campaign.Note{At: m.At, Occasion: m.Occasion, Way: campaign.WaySent, Address: m.Address,
				Message: m.Message})
			touched[r.ID] = true
		}
	}
	for i := range requests {
		if touched[requests[i].ID] {
			if err := base.Put(&x, &requests[i], requests[i].Version); err != nil {
				return err
			}
		}
	}
	if len(touched) > 0 {
		x.Label = fmt.Sprintf("Campagne « %s » : %d messages envoyés", c.Name, len(messages))
		if _, err := room.base.Apply(ctx, x); err != nil {
			return err
		}
	}
	if len(messages) == 0 {
		return nil
	}
	return room.base.Store.NoteMail(ctx, messages)
}
