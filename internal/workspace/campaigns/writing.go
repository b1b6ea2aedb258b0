package campaigns

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"repertoire/internal/campaign"
	"repertoire/internal/campaign/form"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// letter is one message about to be written: to whom, for what, with which
// questionnaire.
type letter struct {
	request       *campaign.Request
	recipient     campaign.Recipient
	occasion      campaign.Occasion
	questionnaire *campaign.Questionnaire
	partnership   *repertoire.Partnership
	message       post.Message
}

// batch is what a run of writing prepares: letters, and the records that will
// say so.
type batch struct {
	campaign campaign.Campaign
	letters  []letter
	requests []*campaign.Request
	fresh    []*campaign.Questionnaire
	who      people
	skipped  int // written already
}

// Wanted says for which requests letters are written.
type Wanted struct {
	// Remind writes to the silent alone, each for the occasion after its last;
	// otherwise the first demand is written to whom it was not.
	Remind bool
	// Only are partnerships, none: all.
	Only []repertoire.ID
	// Again writes a first demand again to those who have it (a lost draft).
	Again bool
}

// prepare makes the letters that are to be written now.
func (room *Room) prepare(ctx context.Context, ref string, want Wanted) (*batch, error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return nil, err
	}
	if err := still(&c); err != nil {
		return nil, err
	}
	requests, who, err := room.asked(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	replies, err := room.base.Store.Replies(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	answered := map[repertoire.ID]bool{}
	for _, r := range replies {
		if r.Request != "" && r.State != campaign.Broken {
			answered[r.Request] = true
		}
	}
	b := &batch{campaign: c, who: who}
	for i := range requests {
		r := &requests[i]
		p := b.who.partnerships[r.Partnership]
		if p == nil || want.Only != nil && !slices.Contains(want.Only, r.Partnership) {
			continue // the partnership is in the trash, or was not asked for
		}
		occasion := campaign.First
		if want.Remind {
			next, more := r.Last().Next()
			if answered[r.ID] || len(r.Notes) == 0 || !more {
				continue
			}
			occasion = next
		} else {
			who.complete(c.Asks, r) // the entry may have been completed since
		}
		if err := room.write(ctx, b, r, p, occasion, want); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// write adds the letters of one request to the batch.
func (room *Room) write(ctx context.Context, b *batch, r *campaign.Request, p *repertoire.Partnership, occasion campaign.Occasion,
	want Wanted) error {
	var to []campaign.Recipient
	for _, x := range r.Recipients {
		switch {
		case r.Written(occasion, x.Email) && !want.Again:
			b.skipped++
		case r.Returned(x.Email), b.who.objected(x.Email):
		case want.Remind && !r.Written(r.Last(), x.Email):
		default:
			to = append(to, x)
		}
	}
	if len(to) == 0 {
		return nil
	}
	q, fresh, err := room.questionnaire(ctx, b, r, p)
	if err != nil {
		return err
	}
	if fresh {
		b.fresh = append(b.fresh, q)
		r.Questionnaire, r.Number = q.ID, q.Number
	}
	b.requests = append(b.requests, r)
	for _, x := range to {
		b.letters = append(b.letters, letter{request: r, recipient: x, occasion: occasion, questionnaire: q, partnership: p})
	}
	return nil
}

// questionnaire gives the one that was sent last when the entry still says what
// it says, else a new one.
func (room *Room) questionnaire(ctx context.Context, b *batch, r *campaign.Request, p *repertoire.Partnership) (*campaign.Questionnaire,
	bool, error) {
	q := campaign.NewQuestionnaire(r, p, b.who.title(p), room.base.Now())
	if r.Questionnaire == "" {
		return q, true, nil
	}
	last, err := room.base.Store.Questionnaire(ctx, r.Questionnaire)
	if err != nil {
		return nil, false, err
	}
	for _, f := range campaign.Asked(repertoire.DeclaredPartnership) {
		if !f.Same(&last.Sent, &q.Sent) {
			return q, true, nil
		}
	}
	return &last, false, nil
}

// lettersAhead is how many letters may be composed and not yet written: each
// holds its workbook in memory.
const lettersAhead = 16

// draw writes the questionnaires of letters and their messages, on every core;
// done is called in the order of the letters.
func (room *Room) draw(ctx context.Context, b *batch, draft bool, progress base.Progress, done func(*letter) error) error {
	groups := b.alike()
	n := 0
	return ordered(ctx, len(groups), lettersAhead, func(i int) error { return room.compose(b, groups[i], draft) },
		func(i int, err error) error {
			if err != nil {
				return err
			}
			for k := range groups[i] {
				if err := done(&groups[i][k]); err != nil {
					return err
				}
				groups[i][k].message.Attachments = nil // written: the bytes may go
				n++
				if progress != nil {
					progress(n, len(b.letters), "Questionnaires")
				}
			}
			return nil
		})
}

// alike cuts the letters into those that carry the same files: one after the
// other, with the same questionnaire in the same language.
func (b *batch) alike() [][]letter {
	var out [][]letter
	for from := 0; from < len(b.letters); {
		to := from + 1
		for to < len(b.letters) && b.letters[to].questionnaire == b.letters[from].questionnaire &&
			b.letters[to].recipient.Language == b.letters[from].recipient.Language {
			to++
		}
		out = append(out, b.letters[from:to])
		from = to
	}
	return out
}

// compose writes messages with their questionnaire, as a workbook and as a PDF
// form: whoever answers takes the one they like.
func (room *Room) compose(b *batch, letters []letter, draft bool) error {
	c, q := &b.campaign, letters[0].questionnaire
	paper := form.Paper{Identifier: campaign.Identifier(c.Key, q), Campaign: c.Name, Deadline: c.Deadline.Field(), Sender: c.Sender.Name,
		Email: c.Sender.Email, Language: letters[0].recipient.Language, Words: room.words()}
	book, err := room.press.Workbook(q, paper)
	if err != nil {
		return err
	}
	pages, err := room.press.Form(q, paper)
	if err != nil {
		return err
	}
	title := fileName(q.Title)
	for i := range letters {
		l := &letters[i]
		subject, text := c.Wording(l.occasion, l.recipient.Language).Fill(b.merge(l))
		l.message = post.Message{FromName: c.Sender.Name, From: c.Sender.Email, ToName: l.recipient.Name, To: l.recipient.Email,
			Subject: subject, Text: text,
			ID: messageID(c, l), At: room.base.Now(), Draft: draft,
			Attachments: []post.Attachment{{Name: title + ".xlsx",
				Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: book},
				{Name: title + ".pdf", Type: "application/pdf", Data: pages}}}
	}
	return nil
}

// merge says what is known of a recipient.
func (b *batch) merge(l *letter) campaign.Merge {
	c := &b.campaign
	other := repertoire.SideForeign
	if l.recipient.Side == repertoire.SideForeign {
		other = repertoire.SideFrench
	}
	deadline := c.Deadline.French()
	if l.recipient.Language != "fr" {
		deadline = c.Deadline.Field()
	}
	signature := c.Sender.Signature
	if signature == "" {
		signature = c.Sender.Name
	}
	return campaign.Merge{Title: b.who.title(l.partnership), Authority: b.who.side(l.partnership, l.recipient.Side),
		Partner: b.who.side(l.partnership, other),
		Name:    l.recipient.Name, Deadline: deadline, Campaign: c.Name, Sender: c.Sender.Name, Signature: signature}
}

// messageID names a message for ever: the same request, occasion and address
// have the same one, so that a server or a mailbox sees a message again.
func messageID(c *campaign.Campaign, l *letter) string {
	sum := sha256.Sum256([]byte(string(l.request.ID) + "\n" + string(l.occasion) + "\n" + strings.ToLower(l.recipient.Email)))
	_, domain, _ := strings.Cut(c.Sender.Email, "@")
	return "repertoire." + hex.EncodeToString(sum[:16]) + "@" + strings.ToLower(domain)
}

// fileName makes a name that every system takes.
func fileName(title string) string {
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, title)
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	return strings.Trim(s, " .")
}

// note says in the requests that their letters were written.
func (b *batch) note(letters []letter, way campaign.Way, at time.Time) {
	for _, l := range letters {
		l.request.Notes = append(l.request.Notes, campaign.Note{At: at, Occasion: l.occasion, Way: way, Address: l.recipient.Email,
			Message: l.message.ID})
	}
}
