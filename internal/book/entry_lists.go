package book

import (
	"fmt"
	"strings"
	"unicode"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

func conventions(e *entry) []layout.Block {
	l := layout.List{Origin: e.origin("conventions")}
	for i, v := range e.p.Conventions {
		text := oneLine(v.Title)
		if text == "" {
			text = "Convention"
		}
		signed := ", " + signedWord(text) + " "
		switch {
		case v.Signed != "" && v.Until != "":
			text += signed + whenWord(v.Signed) + ", jusqu’" + untilWord(v.Until)
		case v.Signed != "":
			text += signed + whenWord(v.Signed)
		case v.Until != "":
			text += ", jusqu’" + untilWord(v.Until)
		}
		o := e.origin(fmt.Sprintf("conventions.%d", i))
		l.Items = append(l.Items, []layout.Block{layout.Paragraph{Style: "list", Text: layout.Plain(sentence(text)), Origin: o}})
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []layout.Block{l}
}

// masculine are the nouns that titles of agreements begin with and that are not of
// the gender of a convention.
var masculine = map[string]bool{"accord": true, "acte": true, "avenant": true, "cadre": true, "communique": true, "contrat": true,
	"document": true, "engagement": true, "jumelage": true, "memorandum": true, "memoire": true, "mou": true, "pacte": true,
	"parrainage": true, "partenariat": true, "plan": true, "proces": true, "programme": true, "projet": true, "protocole": true,
	"renouvellement": true, "serment": true, "texte": true, "traite": true}

// signedWord agrees with the title of what was signed: « Serment de jumelage, signé ».
func signedWord(title string) string {
	words := strings.FieldsFunc(repertoire.Fold(title), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) > 0 && masculine[words[0]] {
		return "signé"
	}
	return "signée"
}

// whenWord writes "le 3 mai 2012", "en mai 2012", "en 2012".
func whenWord(d repertoire.Date) string {
	switch {
	case d.Decade():
		return "dans les " + d.French()
	case d.Approximate():
		return d.French()
	case len(d) == 10:
		return "le " + d.French()
	}
	return "en " + d.French()
}

func (c *composer) exchanges(e *entry) []layout.Block {
	l := layout.List{Origin: e.origin("exchanges")}
	for i, x := range e.p.Exchanges {
		o := e.origin(fmt.Sprintf("exchanges.%d", i))
		var text []layout.Inline
		if x.Date != "" {
			text = append(text, layout.Text{Text: repertoire.Capital(x.Date.French()) + " : ", Color: "muted"})
		}
		title := oneLine(x.Title)
		body := c.markdown(x.Description, 6, o)
		if title == "" && len(body) == 0 {
			continue
		}
		text = append(text, layout.Text{Text: sentence(title), Bold: len(body) > 0})
		l.Items = append(l.Items, append([]layout.Block{layout.Paragraph{Style: "list", Text: text, Origin: o}}, body...))
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []layout.Block{l}
}

func actors(e *entry) []layout.Block {
	l := layout.List{Origin: e.origin("actors")}
	for i, a := range e.p.Actors {
		name := oneLine(a.Name)
		if name == "" {
			continue
		}
		text := []layout.Inline{layout.Text{Text: name, NoHyphen: true}}
		if r := oneLine(a.Role); r != "" {
			text = append(text, layout.Text{Text: ", " + lower(r)})
		}
		if u := safeURL(a.URL, false); u != "" {
			text = append(text, layout.Text{Text: " – "}, layout.Text{Text: bareURL(u), URL: u, Verbatim: true, Color: "accent"})
		}
		l.Items = append(l.Items, []layout.Block{layout.Paragraph{Style: "list", Text: text,
			Origin: e.origin(fmt.Sprintf("actors.%d", i))}})
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []layout.Block{l}
}

func links(list []repertoire.Link, origin func(string) layout.Origin) []layout.Block {
	l := layout.List{Origin: origin("links")}
	for i, x := range list {
		u, label := safeURL(x.URL, false), oneLine(x.Label)
		if u == "" && label == "" {
			continue
		}
		var text []layout.Inline
		if label != "" {
			text = append(text, layout.Text{Text: label})
			if u != "" {
				text = append(text, layout.Text{Text: " : "})
			}
		}
		if u != "" {
			text = append(text, layout.Text{Text: bareURL(u), URL: u, Verbatim: true, Color: "accent"})
		}
		l.Items = append(l.Items, []layout.Block{layout.Paragraph{Style: "list", Text: text, Origin: origin(fmt.Sprintf("links.%d", i))}})
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []layout.Block{l}
}
