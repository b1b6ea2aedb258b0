package campaign

import (
	"strconv"

	"repertoire/internal/repertoire"
)

// Turn is what a difference does to the entry.
type Turn string

// The turns.
const (
	Changed Turn = "modifie"
	Added   Turn = "ajoute"
	Removed Turn = "retire"
)

// Difference is one line of a review: as sent, as answered, as it is now.
type Difference struct {
	// Path names it within the reply: "status", "projects.0.results",
	// "projects.0" (a whole project taken away), "projects.+1" (a new one).
	Path     string `json:"path"`
	Field    string `json:"field"` // top-level field of the partnership
	Label    string `json:"label"` // « Projet “Eau potable” – Résultats »
	Turn     Turn   `json:"turn"`
	Sent     string `json:"sent"`
	Answered string `json:"answered"`
	Now      string `json:"now"`
	// Conflict tells that the entry was changed since it was sent, otherwise.
	Conflict bool `json:"conflict,omitempty"`
	// Settled tells that the entry says already what is answered.
	Settled bool `json:"settled,omitempty"`
	// Note is what the officer should know before accepting (French sentence).
	Note string `json:"note,omitempty"`
	// Against are other replies that answer otherwise, in their words.
	Against []string `json:"against,omitempty"`
	Verdict *Verdict `json:"verdict,omitempty"`
	// Cell is the answer in the form in which it is edited; "" for whole elements.
	Cell string `json:"cell,omitempty"`

	of *repertoire.Field
}

// place is one record or element in its three states; nil where it is absent.
type place struct {
	path                string
	label               string
	sent, answered, now any
}

// Differences lists what a reply answers otherwise than it was sent, beside
// what the entry says now.
func (w Words) Differences(q *Questionnaire, r *Reply, now *repertoire.Partnership, names repertoire.Names) []Difference {
	if !r.Legible {
		return nil
	}
	c := &comparing{Words: w, reply: r, names: names}
	c.fields(repertoire.DeclaredPartnership, place{sent: &q.Sent, answered: &r.Answered, now: now}, "")
	for i := range c.out {
		for _, v := range r.Verdicts {
			if v.Path == c.out[i].Path {
				c.out[i].Verdict = &v
			}
		}
	}
	return c.out
}

type comparing struct {
	Words
	reply *Reply
	names repertoire.Names
	top   string
	out   []Difference
}

func (c *comparing) add(d Difference) { c.out = append(c.out, d) }

// fields compares the asked fields of a record or an element that all states
// may have.
func (c *comparing) fields(d *repertoire.Declaration, at place, before string) {
	for _, f := range Asked(d) {
		path := f.Name
		if at.path != "" {
			path = at.path + "." + f.Name
		} else {
			c.top = f.Name
		}
		if f.Kind == repertoire.FieldGroup {
			c.group(f, place{path: path, label: before, sent: at.sent, answered: at.answered, now: at.now})
			continue
		}
		if f.Same(at.sent, at.answered) {
			continue
		}
		x := Difference{Path: path, Field: c.top, Label: before + f.Label, Turn: Changed, of: f,
			Sent: f.Words(at.sent, c.names), Answered: f.Words(at.answered, c.names), Cell: c.editable(f, at.answered)}
		if at.now == nil {
			x.Conflict, x.Now = true, ""
			x.Note = "Cet élément n’est plus dans la fiche : l’accepter l’y remet, tel que la réponse le dit."
		} else {
			x.Now = f.Words(at.now, c.names)
			x.Settled = f.Same(at.now, at.answered)
			x.Conflict = !x.Settled && !f.Same(at.now, at.sent)
			x.Note = c.personal(d, f, at)
		}
		c.add(x)
	}
}

// editable writes an answer in the form of a cell.
func (c *comparing) editable(f *repertoire.Field, record any) string {
	if !f.Many {
		return c.Cell(f, record, 0)
	}
	out := ""
	for i := 0; ; i++ {
		s := c.Cell(f, record, i)
		if s == "" {
			return out
		}
		if i > 0 {
			out += "\n"
		}
		out += s
	}
}

// personal says what an answer about a person brings with it.
func (c *comparing) personal(d *repertoire.Declaration, f *repertoire.Field, at place) string {
	if d != repertoire.DeclaredContact {
		return ""
	}
	sent, answered := at.sent.(*repertoire.Contact), at.answered.(*repertoire.Contact)
	switch f.Name {
	case "name":
		if AnotherPerson(sent, answered) && (answered.PublishName || answered.PublishEmail || answered.PublishPhone) {
			return "Une autre personne : l’accord de la précédente ne vaut pas pour elle, rien de ses coordonnées ne sera publié avant le sien."
		}
	case "publish_name", "publish_email", "publish_phone":
		if *f.Pointer(answered).(*bool) {
			return "L’accord sera noté à la date de la réponse, avec la réponse pour preuve."
		}
		return "La personne ne veut plus que ce soit publié."
	}
	return ""
}

// AnotherPerson tells whether the row of a contact now names somebody else.
func AnotherPerson(sent, answered *repertoire.Contact) bool {
	return sent != nil && sent.Name != "" && repertoire.Fold(sent.Name) != repertoire.Fold(answered.Name)
}

// trio is one element of a list in its three states.
type trio struct {
	at                  string // "0", "+1"
	sent, answered, now any
}

// trios brings the elements of a list together: those sent by where each answered one
// comes from, those of now by what tells them.
func trios(f *repertoire.Field, origins []string, at place) []trio {
	var was, is, now []any
	if at.sent != nil {
		was = f.Elements(at.sent)
	}
	if at.answered != nil {
		is = f.Elements(at.answered)
	}
	if at.now != nil {
		now = f.Elements(at.now)
	}
	out := make([]trio, len(was))
	for i, element := range was {
		out[i] = trio{at: strconv.Itoa(i), sent: element, now: find(f, now, element)}
	}
	fresh := 0
	for i, element := range is {
		origin := "+"
		if origins == nil && i < len(was) {
			origin = strconv.Itoa(i) // nothing was read there: as it was sent
		} else if i < len(origins) {
			origin = origins[i]
		}
		if n, err := strconv.Atoi(origin); err == nil && origin != "+" && n < len(out) {
			out[n].answered = element
			continue
		}
		out = append(out, trio{at: "+" + strconv.Itoa(fresh), answered: element, now: find(f, now, element)})
		fresh++
	}
	return out
}

func find(f *repertoire.Field, list []any, element any) any {
	key := f.KeyOf(element)
	for _, x := range list {
		if key != "" && f.KeyOf(x) == key {
			return x
		}
	}
	return nil
}

// group compares a list element by element; at.label is what stands before.
func (c *comparing) group(f *repertoire.Field, at place) {
	origins, read := c.reply.Origins[at.path]
	if !read {
		origins = nil
	} else if origins == nil {
		origins = []string{}
	}
	for _, t := range trios(f, origins, at) {
		path := at.path + "." + t.at
		switch {
		case t.sent == nil:
			c.added(f, t, path, at.label)
		case t.answered == nil:
			c.removed(f, t, path, at.label)
		default:
			c.fields(f.Of, place{path: path, sent: t.sent, answered: t.answered, now: t.now}, at.label+c.called(f, t.sent)+" – ")
		}
	}
}

// called names an element within a label.
func (c *comparing) called(f *repertoire.Field, element any) string {
	for _, use := range []repertoire.Use{repertoire.Naming, repertoire.Telling} {
		for _, x := range f.Of.With(use) {
			if s := x.Words(element, c.names); s != "" {
				return f.Of.Label + " « " + short(s) + " »"
			}
		}
	}
	return f.Of.Label
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

func (c *comparing) added(f *repertoire.Field, t trio, path, before string) {
	x := Difference{Path: path, Field: c.top, Label: before + "Nouveau : " + c.called(f, t.answered), Turn: Added, of: f,
		Answered: c.whole(f, t.answered)}
	if t.now != nil {
		x.Now = c.whole(f, t.now)
		x.Settled = SameElement(f, t.now, t.answered)
		x.Conflict = !x.Settled
		if x.Conflict {
			x.Note = "La fiche a déjà un élément de ce nom : l’accepter en ajoute un second."
		}
	}
	if p, ok := t.answered.(*repertoire.Contact); ok && p.Side == "" {
		x.Note = "La réponse ne dit pas de quel côté est cette personne : corrigez la fiche à la main, ou refusez."
	}
	c.add(x)
}

func (c *comparing) removed(f *repertoire.Field, t trio, path, before string) {
	x := Difference{Path: path, Field: c.top, Label: before + c.called(f, t.sent), Turn: Removed, of: f, Sent: c.whole(f, t.sent)}
	if t.now == nil {
		x.Settled = true
	} else {
		x.Now = c.whole(f, t.now)
		x.Conflict = !SameElement(f, t.now, t.sent)
	}
	c.add(x)
}

// whole writes an element with the lists within it.
func (c *comparing) whole(f *repertoire.Field, element any) string {
	return f.Of.Words(element, c.names)
}

// SameElement compares what of two elements is asked.
func SameElement(f *repertoire.Field, a, b any) bool {
	for _, x := range Asked(f.Of) {
		if !x.Same(a, b) {
			return false
		}
	}
	return true
}
