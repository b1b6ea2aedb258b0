package book

import (
	"fmt"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// check notices what a publisher would want mended before the press.
func (c *composer) check(e *entry) {
	if len(e.french) == 0 {
		c.notice(NoticeParty, e.origin("parties"), "La fiche n’a pas de collectivité française.")
	}
	if len(e.foreign) == 0 {
		c.notice(NoticeParty, e.origin("parties"), "La fiche n’a pas de collectivité partenaire.")
	}
	if e.p.Fictitious {
		c.notice(NoticeFictitious, e.origin("fictitious"),
			"La fiche est fictive : le livre le dit, mais elle n’a pas sa place dans une édition vendue.")
	}
	if len(e.p.Themes) == 0 {
		c.notice(NoticeTheme, e.origin("themes"), "La fiche n’a pas de thématique.")
	}
	for i, code := range e.p.Themes {
		if _, ok := c.theme(code); !ok {
			c.notice(NoticeTheme, e.origin(fmt.Sprintf("themes.%d", i)), "La thématique « %s » est inconnue : elle n’est pas imprimée.",
				code)
		}
	}
	if now, ok := c.dataDay(); ok && e.p.Stale(now) {
		if e.p.Verified == "" {
			c.notice(NoticeStale, e.origin("verified"), "La fiche n’a jamais été vérifiée.")
		} else {
			c.notice(NoticeStale, e.origin("verified"), "La fiche n’a pas été vérifiée depuis deux ans (dernière vérification : %s).",
				e.p.Verified.French())
		}
	}
	for _, a := range append(append([]repertoire.Authority(nil), e.french...), e.foreign...) {
		if !a.Located() {
			c.notice(NoticePlace, e.origin("parties"), "%s n’a pas de coordonnées : elle n’est pas sur la carte.", a.Usual())
		}
	}
}

// checkTexts looks for people kept out of the book who are named in its texts
// all the same: the program does not rewrite texts, it says so.
func (c *composer) checkTexts(e *entry, all []repertoire.Contact) {
	texts := [][2]string{{"context", e.p.Context}, {"history", e.p.History}, {"objectives", e.p.Objectives},
		{"description", e.p.Description}}
	for i, p := range e.p.Projects {
		texts = append(texts, [2]string{fmt.Sprintf("projects.%d.description", i), p.Description},
			[2]string{fmt.Sprintf("projects.%d.results", i), p.Results},
			[2]string{fmt.Sprintf("projects.%d.difficulties", i), p.Difficulties})
	}
	for i, x := range e.p.Exchanges {
		texts = append(texts, [2]string{fmt.Sprintf("exchanges.%d", i), x.Title + " " + x.Description})
	}
	for i, q := range e.p.Quotes {
		texts = append(texts, [2]string{fmt.Sprintf("quotes.%d", i), q.Text})
	}
	for _, person := range all {
		kept, ok := person.Published()
		for _, t := range texts {
			body := repertoire.Fold(t[1])
			named := !ok && len(person.Name) > 5 && strings.Contains(body, repertoire.Fold(person.Name))
			mail := person.Email != "" && kept.Email == "" && strings.Contains(body, repertoire.Fold(person.Email))
			if named || mail {
				c.notice(NoticeContact, e.origin(t[0]),
					"Ce texte cite un interlocuteur qui n’est pas publiable : corrigez-le avant d’imprimer.")
			}
		}
	}
}

// dataDay is the day of the data.
func (c *composer) dataDay() (time.Time, bool) {
	t, err := time.Parse("2006-01-02", string(c.in.Date))
	return t, err == nil
}
