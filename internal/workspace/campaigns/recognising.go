package campaigns

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
)

// collector recognises what comes back to one campaign.
type collector struct {
	room      *Room
	campaign  campaign.Campaign
	campaigns map[repertoire.ID]campaign.Campaign
	requests  map[repertoire.ID]*campaign.Request
	byMessage map[string]*campaign.Request
	known     map[string]bool // checksums
	before    map[repertoire.ID][]*campaign.Reply
	replies   []*campaign.Reply
	blank     map[*campaign.Reply]bool // came back as they were sent
	touched   []*campaign.Request
}

func (room *Room) collector(ctx context.Context, c campaign.Campaign) (*collector, error) {
	k := &collector{room: room, campaign: c, campaigns: map[repertoire.ID]campaign.Campaign{},
		requests:  map[repertoire.ID]*campaign.Request{},
		byMessage: map[string]*campaign.Request{}, before: map[repertoire.ID][]*campaign.Reply{},
		blank: map[*campaign.Reply]bool{}}
	list, err := room.base.Store.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		k.campaigns[x.ID] = x
	}
	requests, err := room.base.Store.Requests(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	for i := range requests {
		r := &requests[i]
		k.requests[r.ID] = r
		for _, n := range r.Notes {
			k.byMessage[n.Message] = r
		}
	}
	if k.known, err = room.base.Store.Collected(ctx, c.ID); err != nil {
		return nil, err
	}
	replies, err := room.base.Store.Replies(ctx, c.ID)
	for i := range replies {
		k.before[replies[i].Request] = append(k.before[replies[i].Request], &replies[i])
	}
	return k, err
}

// take makes replies of a file.
func (k *collector) take(ctx context.Context, s source, out *Collected) {
	out.Files++
	if s.sum != "" && k.known[s.sum] {
		out.Already++
		return
	}
	base := campaign.Reply{File: s.name, SHA256: s.sum, Received: s.at}
	if s.letter != nil {
		base.From = s.letter.From
		if s.letter.FromName != "" {
			base.Respondent = s.letter.FromName
		}
	}
	switch {
	case s.err != nil:
		k.broken(base, s.err.Error(), out)
	case s.letter != nil && s.letter.Bounces != nil:
		k.bounced(base, s.letter, out)
	case s.letter != nil && len(s.forms) == 0:
		k.lettered(base, s, out)
	default:
		k.forms(ctx, base, s, out)
	}
	if s.sum != "" {
		k.known[s.sum] = true
	}
}

// forms takes the forms of a file; of a letter with several that are of this
// campaign, each is a reply.
func (k *collector) forms(ctx context.Context, base campaign.Reply, s source, out *Collected) {
	ours, before := 0, len(k.replies)
	for _, f := range s.forms {
		r := base
		if s.letter != nil || len(s.forms) > 1 || f.name != s.name {
			if k.known[f.sum] {
				ours++
				out.Already++
				continue
			}
			r.File, r.SHA256 = s.name+" › "+f.name, f.sum
		}
		q, err := k.recognise(ctx, f)
		if err != nil {
			if s.letter == nil || f.err != nil || len(f.Identifiers) > 0 {
				ours++
				k.broken(r, err.Error(), out)
			}
			continue
		}
		ours++
		k.answer(q, f, r, s.letter, out)
		k.known[f.sum] = true
	}
	k.both(k.replies[before:], out)
	if ours == 0 && s.letter != nil { // a letter with other workbooks: what it says counts
		k.lettered(base, s, out)
	}
	if s.letter != nil && s.sum != "" {
		k.known[s.sum] = true
	}
}

// both puts aside what came back as it was sent beside an answer: the workbook is
// filled in, and the PDF that came with it stays attached.
func (k *collector) both(list []*campaign.Reply, out *Collected) {
	for _, x := range list {
		at := slices.IndexFunc(list, func(y *campaign.Reply) bool {
			return y.Questionnaire == x.Questionnaire && y.State == campaign.ToReview && y.Legible && !k.blank[y]
		})
		if k.blank[x] && x.State == campaign.ToReview && at >= 0 {
			x.State, x.Reason = campaign.Double, fmt.Sprintf("Joint tel qu’il a été envoyé, à côté de « %s » qui répond.", list[at].File)
			out.New--
			out.Doubles++
		}
	}
}

// recognise finds the questionnaire that a form answers by its signed identifier.
func (k *collector) recognise(ctx context.Context, f returned) (*campaign.Questionnaire, error) {
	if f.err != nil {
		return nil, f.err
	}
	switch len(f.Identifiers) {
	case 0:
		return nil, repertoire.Refuse(
			"Le fichier « %s » ne porte pas d’identifiant de questionnaire : on ne sait pas à quelle fiche il répond. Il reste où il est ; reportez-le à la main, ou demandez le fichier d’origine.", f.name)
	case 1:
	default:
		return nil, repertoire.Refuse(
			"Le fichier « %s » porte %d identifiants différents : il a été modifié ou assemblé de plusieurs questionnaires. Il n’a pas été pris, il reste où il est.", f.name, len(f.Identifiers))
	}
	altered := repertoire.Refuse(
		"L’identifiant du questionnaire « %s » a été modifié : sa signature n’est pas celle de la campagne. Il n’a pas été pris, il reste où il est ; demandez à la collectivité de répondre sur le fichier reçu.", f.name)
	id, ok := campaign.Named(f.Identifiers[0])
	if !ok {
		return nil, altered
	}
	q, err := k.room.base.Store.Questionnaire(ctx, id)
	if err != nil {
		return nil, repertoire.Refuse(
			"Le questionnaire « %s » n’est pas connu de ce dossier : il vient d’un autre, ou son identifiant a été modifié. Il n’a pas été pris, il reste où il est.", f.name)
	}
	c := k.campaigns[q.Campaign]
	if !campaign.Genuine(c.Key, f.Identifiers[0], &q) {
		return nil, altered
	}
	if q.Campaign != k.campaign.ID {
		return nil, repertoire.Refuse(
			"Le questionnaire « %s » répond à une autre campagne, « %s » : relevez-le dans celle-là. Il n’a pas été pris dans « %s », il reste où il est.", f.name, c.Name, k.campaign.Name)
	}
	return &q, nil
}

// answer makes the reply of a recognised form.
func (k *collector) answer(q *campaign.Questionnaire, f returned, r campaign.Reply, l *post.Letter, out *Collected) {
	x := k.fresh(r)
	if f.Printed {
		k.onPaper(q, f, x, l, out)
		return
	}
	sender := x.Respondent
	f.Settle(func() campaign.Filled { return k.room.words().Cells(q) })
	k.room.words().Answer(q, f.Cells, x)
	if x.Respondent == "" {
		x.Respondent = sender
	}
	if l != nil && l.Text != "" {
		x.Remarks = strings.TrimSpace(x.Remarks + "\n\n" + l.Text)
	}
	var reasons []string
	reasons = append(reasons, f.Notes...)
	if request := k.requests[q.Request]; request != nil && request.Number > q.Number {
		reasons = append(reasons, fmt.Sprintf("Réponse au questionnaire du %s, qu’un plus récent a remplacé depuis.",
			repertoire.DateOf(q.Made).Field()))
	}
	if !x.Unchanged && f.Cells[campaign.KeyRespondent] == "" && f.Cells[campaign.KeyRemarks] == "" && len(x.Problems) == 0 &&
		sameAnswers(x, asSent(q, x)) {
		k.blank[x] = true
		reasons = append(reasons,
			"Le questionnaire est revenu tel qu’il a été envoyé, sans « rien n’a changé » : assurez-vous que c’est une réponse avant de confirmer.")
	}
	if x.Partial() {
		reasons = append(reasons, "Il manque des parties du questionnaire : ce qui manque reste comme c’est dans la fiche.")
	}
	x.State = campaign.ToReview
	for _, other := range k.before[q.Request] {
		if other.State != campaign.Broken && other.Legible && other.Questionnaire == q.ID && sameAnswers(other, x) {
			x.State = campaign.Double
			reasons = []string{fmt.Sprintf("Les mêmes réponses que « %s ».", other.File)}
		}
	}
	x.Reason = strings.Join(reasons, " ")
	if x.State == campaign.Double {
		out.Doubles++
	} else {
		out.New++
	}
	k.keep(x)
}

// onPaper takes a form that was printed or flattened: it says which entry it
// answers, what it says is for somebody to type in.
func (k *collector) onPaper(q *campaign.Questionnaire, f returned, x *campaign.Reply, l *post.Letter, out *Collected) {
	x.Request, x.Questionnaire, x.Partnership = q.Request, q.ID, q.Partnership
	x.Remarks = f.Text
	if l != nil && l.Text != "" {
		x.Remarks = l.Text + "\n\n" + x.Remarks
	}
	x.State = campaign.ToReview
	x.Reason = "À saisir à la main : ce PDF a été imprimé ou aplati, ses cases ne se lisent plus. Son texte est dans les remarques ; rien n’a été repris dans la fiche."
	for _, other := range k.before[q.Request] {
		if other.State != campaign.Broken && !other.Legible && other.Questionnaire == q.ID && other.Remarks == x.Remarks {
			x.State, x.Reason = campaign.Double, fmt.Sprintf("Le même texte que « %s ».", other.File)
		}
	}
	if x.State == campaign.Double {
		out.Doubles++
	} else {
		out.New++
	}
	k.keep(x)
}

// asSent is the reply that answers nothing.
func asSent(q *campaign.Questionnaire, r *campaign.Reply) *campaign.Reply {
	x := *r
	x.Answered = q.Sent
	return &x
}

// sameAnswers tells whether two replies say the same.
func sameAnswers(a, b *campaign.Reply) bool {
	if a.Unchanged != b.Unchanged || a.Remarks != b.Remarks || !slices.Equal(a.Missing, b.Missing) || len(a.Problems) != len(b.Problems) {
		return false
	}
	for i := range a.Problems {
		if a.Problems[i].Text != b.Problems[i].Text {
			return false
		}
	}
	for _, f := range campaign.Asked(repertoire.DeclaredPartnership) {
		if f.Kind == repertoire.FieldGroup {
			x, y := f.Elements(&a.Answered), f.Elements(&b.Answered)
			if len(x) != len(y) {
				return false
			}
			for i := range x {
				if !campaign.SameElement(f, x[i], y[i]) {
					return false
				}
			}
		} else if !f.Same(&a.Answered, &b.Answered) {
			return false
		}
	}
	return true
}

func (k *collector) fresh(r campaign.Reply) *campaign.Reply {
	r.ID = repertoire.NewID()
	r.Campaign, r.Collected = k.campaign.ID, k.room.base.Now()
	return &r
}

func (k *collector) keep(x *campaign.Reply) {
	k.replies = append(k.replies, x)
	k.before[x.Request] = append(k.before[x.Request], x)
}

// broken keeps that a file came and why it was not taken.
func (k *collector) broken(r campaign.Reply, reason string, out *Collected) {
	x := k.fresh(r)
	x.State, x.Reason = campaign.Broken, reason
	out.Broken = append(out.Broken, Discarded{x.File, reason})
	k.keep(x)
}

// lettered takes a letter without a form: a remark on the request it answers.
func (k *collector) lettered(r campaign.Reply, s source, out *Collected) {
	l := s.letter
	request := k.answered(l)
	text := l.Text
	if len(s.others) > 0 {
		text = strings.TrimSpace(text + "\n\nPièces jointes : " + strings.Join(s.others, ", "))
	}
	switch {
	case request == nil:
		k.broken(r, fmt.Sprintf(
			"Le message « %s » (%s) ne porte pas de questionnaire et ne répond à aucun message de cette campagne : il reste où il est.",
			r.File, l.Subject), out)
	case l.Automatic:
		x := k.fresh(r)
		x.Request, x.Partnership, x.Remarks = request.ID, request.Partnership, text
		x.State, x.Reason = campaign.Broken, "Réponse automatique (absence ou accusé de réception) : la demande reste sans réponse."
		out.Broken = append(out.Broken, Discarded{x.File, x.Reason})
		k.keep(x)
	default:
		x := k.fresh(r)
		x.Request, x.Partnership, x.Questionnaire, x.Remarks = request.ID, request.Partnership, request.Questionnaire, text
		x.State, x.Reason = campaign.ToReview, "Un message sans questionnaire : ce qu’il dit est à reporter à la main."
		out.New++
		k.keep(x)
	}
}

// answered finds the request that a letter answers: by the message it refers
// to, else by its sender when one request alone was written to that address.
func (k *collector) answered(l *post.Letter) *campaign.Request {
	for _, id := range slices.Backward(l.Answers) {
		if r := k.byMessage[id]; r != nil {
			return r
		}
	}
	var found *campaign.Request
	for _, r := range k.requests {
		for _, to := range r.Recipients {
			if strings.EqualFold(to.Email, l.From) {
				if found != nil && found != r {
					return nil
				}
				found = r
			}
		}
	}
	return found
}

// bounced notes the addresses that a notice names.
func (k *collector) bounced(r campaign.Reply, l *post.Letter, out *Collected) {
	hit := false
	for _, b := range l.Bounces {
		for request, address := range k.writtenTo(b) {
			hit = true
			if request.Returned(address) {
				continue
			}
			request.Bounces = append(request.Bounces, campaign.Bounce{At: r.Received, Address: address, Reason: b.Reason,
				Passing: b.Passing})
			if !slices.Contains(k.touched, request) {
				k.touched = append(k.touched, request)
			}
			if !b.Passing {
				out.Bounced++
			}
		}
	}
	if !hit {
		k.broken(r, fmt.Sprintf("L’avis de non-remise « %s » ne parle d’aucune adresse de cette campagne : il reste où il est.", r.File),
			out)
		return
	}
	x := k.fresh(r)
	x.State, x.Reason = campaign.Double, "Avis de non-remise, noté sur la demande."
	k.keep(x)
}

// writtenTo finds the requests that what came back was written for, each with
// the address it was written to: by the message, whatever address a server
// passed it on to, else by the address.
func (k *collector) writtenTo(b post.Bounce) map[*campaign.Request]string {
	out := map[*campaign.Request]string{}
	if request := k.byMessage[b.Message]; b.Message != "" && request != nil {
		for _, n := range request.Notes {
			if n.Message == b.Message {
				out[request] = n.Address
			}
		}
		return out
	}
	for _, request := range k.requests {
		if b.Address != "" && request.Written(request.Last(), b.Address) {
			out[request] = b.Address
		}
	}
	return out
}
