package campaign

import (
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Outcome is what a review comes to.
type Outcome struct {
	Partnership repertoire.Partnership
	// Accepted and Refused count the differences; Confirmed the fields whose
	// freshness is renewed.
	Accepted, Refused, Confirmed int
}

// Accepted puts what was accepted of a reply into the entry as it is now, with
// where it comes from, and renews the freshness of what was confirmed. What was
// not judged, or refused, stays as it is.
func (w Words) Accepted(q *Questionnaire, r *Reply, now *repertoire.Partnership) (Outcome, error) {
	next := repertoire.DeclaredPartnership.Copied(now).(*repertoire.Partnership)
	t := &taking{Words: w, reply: r, touched: map[string]bool{}, left: map[string]bool{}}
	t.fields(repertoire.DeclaredPartnership, place{sent: &q.Sent, answered: &r.Answered, now: next})
	if t.err != nil {
		return Outcome{}, t.err
	}
	t.confirm(q, next)
	t.out.Partnership = *next
	return t.out, nil
}

type taking struct {
	Words
	reply *Reply
	top   string
	out   Outcome
	err   error
	// touched are top fields of which something was accepted, left those of which
	// something was not.
	touched, left map[string]bool
}

// verdict gives what was decided on a difference; it counts it.
func (t *taking) verdict(path string) Verdict {
	for _, v := range t.reply.Verdicts {
		if v.Path == path {
			if v.Choice == Refuse {
				t.out.Refused++
				t.left[t.top] = true
			} else {
				t.out.Accepted++
				t.touched[t.top] = true
			}
			return v
		}
	}
	t.left[t.top] = true
	return Verdict{Path: path, Choice: Refuse}
}

func (t *taking) fields(d *repertoire.Declaration, at place) {
	for _, f := range Asked(d) {
		path := f.Name
		if at.path != "" {
			path = at.path + "." + f.Name
		} else {
			t.top = f.Name
		}
		if f.Kind == repertoire.FieldGroup {
			t.group(f, place{path: path, sent: at.sent, answered: at.answered, now: at.now})
			continue
		}
		if f.Same(at.sent, at.answered) {
			continue
		}
		switch v := t.verdict(path); v.Choice {
		case Accept:
			f.Copy(at.now, at.answered)
			t.consent(d, f, at)
		case Edit:
			if err := t.edited(f, at.now, v.Text); err != nil && t.err == nil {
				t.err = err
			}
			t.consent(d, f, at)
		}
	}
}

// edited writes the officer's own words.
func (t *taking) edited(f *repertoire.Field, record any, text string) error {
	if !f.Many {
		return t.Set(f, record, text)
	}
	var words []string
	for s := range strings.SplitSeq(text, "\n") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if f.Kind == repertoire.FieldTheme {
			code, ok := t.theme(s)
			if !ok {
				return repertoire.Refuse("« %s » n’est pas une thématique de la liste ; rien n’a été enregistré.", s)
			}
			s = code
		}
		words = append(words, s)
	}
	f.SetWords(record, words...)
	return nil
}

// consent keeps what is known of a person's agreement in step with the answer.
func (t *taking) consent(d *repertoire.Declaration, f *repertoire.Field, at place) {
	if d != repertoire.DeclaredContact {
		return
	}
	c := at.now.(*repertoire.Contact)
	was, _ := at.sent.(*repertoire.Contact)
	switch f.Name {
	case "name":
		if AnotherPerson(was, c) {
			c.PublishName, c.PublishEmail, c.PublishPhone = false, false, false
			c.LegalBasis, c.AgreedOn, c.Proof = "", "", ""
		}
	case "publish_name", "publish_email", "publish_phone":
		if AnotherPerson(was, c) {
			*f.Pointer(c).(*bool) = false
			return
		}
		if *f.Pointer(c).(*bool) {
			t.agreed(c)
		}
	}
}

// agreed notes that a person said yes in the reply.
func (t *taking) agreed(c *repertoire.Contact) {
	c.LegalBasis, c.AgreedOn, c.Proof = "consentement", repertoire.DateOf(t.reply.Received), t.reply.Source()
}

// group takes what was accepted of a list. Elements are changed where they are
// first: adding and taking away moves them.
func (t *taking) group(f *repertoire.Field, at place) {
	origins, read := t.reply.Origins[at.path]
	if read && origins == nil {
		origins = []string{}
	}
	var gone, fresh []any
	for _, x := range trios(f, origins, at) {
		path := at.path + "." + x.at
		switch {
		case x.sent == nil:
			if t.verdict(path).Choice != Refuse {
				fresh = append(fresh, t.own(x.answered))
			}
		case x.answered == nil:
			if t.verdict(path).Choice != Refuse && x.now != nil {
				gone = append(gone, x.now)
			}
		case x.now != nil:
			t.fields(f.Of, place{path: path, sent: x.sent, answered: x.answered, now: x.now})
		default: // taken away since; an accepted answer brings it back whole
			before := t.out.Accepted
			back := f.Of.Copied(x.answered)
			t.fields(f.Of, place{path: path, sent: x.sent, answered: x.answered, now: back})
			if t.out.Accepted > before {
				fresh = append(fresh, back)
			}
		}
	}
	for i, element := range slices.Backward(f.Elements(at.now)) {
		if slices.Contains(gone, element) {
			f.Remove(at.now, i)
		}
	}
	for _, element := range fresh {
		f.Append(at.now, element)
	}
}

// own makes a new element fit for the entry.
func (t *taking) own(element any) any {
	c, ok := element.(*repertoire.Contact)
	if !ok {
		return element
	}
	fresh := *c
	if fresh.PublishName || fresh.PublishEmail || fresh.PublishPhone {
		t.agreed(&fresh)
	}
	return &fresh
}

// confirm writes the provenance of each field: of those accepted, and of those
// that came back as they were sent and are still so.
func (t *taking) confirm(q *Questionnaire, next *repertoire.Partnership) {
	c := repertoire.Confirmation{At: t.reply.Received, By: t.reply.Respondent, Source: t.reply.Source()}
	if c.By == "" {
		c.By = t.reply.From
	}
	var fields []string
	whole := true
	for _, f := range Asked(repertoire.DeclaredPartnership) {
		switch {
		case t.left[f.Name] || t.reply.lacks(f.Name):
			whole = false
		case t.touched[f.Name]:
			fields = append(fields, f.Name)
		case t.stands(f, q, next):
			fields = append(fields, f.Name)
			if f.Filled(next) {
				t.out.Confirmed++
			}
		default:
			whole = false
		}
	}
	if len(fields) == 0 {
		return
	}
	next.Confirm(c, fields...)
	if whole && next.Verified < repertoire.DateOf(c.At) {
		next.Verified = repertoire.DateOf(c.At)
	}
}

// stands tells whether the entry says of a field what was sent.
func (t *taking) stands(f *repertoire.Field, q *Questionnaire, now *repertoire.Partnership) bool {
	if f.Kind != repertoire.FieldGroup {
		return f.Same(&q.Sent, now)
	}
	was, is := f.Elements(&q.Sent), f.Elements(now)
	if len(was) != len(is) {
		return false
	}
	for i := range was {
		if !SameElement(f, was[i], is[i]) {
			return false
		}
	}
	return true
}

// lacks tells whether a field, or something of it, is missing from the file.
func (r *Reply) lacks(field string) bool {
	return slices.ContainsFunc(r.Missing, func(m string) bool { return m == field || strings.HasPrefix(m, field+".") })
}
