package book

import (
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"repertoire/internal/layout"
)

// inlines sets the running text of a node in the given look.
func (m *md) inlines(parent ast.Node, look layout.Text) []layout.Inline {
	var out []layout.Inline
	add := func(s string, t layout.Text) {
		if s == "" {
			return
		}
		t.Text = s
		// Neighbours in one look are one run: the typographic pass sees whole words.
		if n := len(out); n > 0 {
			if last, ok := out[n-1].(layout.Text); ok {
				joined := last.Text + s
				last.Text = s
				if last == t {
					t.Text = joined
					out[n-1] = t
					return
				}
			}
		}
		out = append(out, t)
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			add(unescape(n.Segment.Value(m.src)), look)
			if n.HardLineBreak() {
				out = append(out, layout.Break{})
			} else if n.SoftLineBreak() {
				add(" ", look)
			}
		case *ast.String:
			add(string(n.Value), look)
		case *ast.Emphasis:
			l := look
			if n.Level == 2 {
				l.Bold = true
			} else {
				l.Italic = !look.Italic
			}
			out = append(out, m.inlines(n, l)...)
		case *ast.CodeSpan:
			l := look
			l.Verbatim = true
			add(oneLine(m.plain(n)), l)
		case *ast.AutoLink:
			l := look
			l.Verbatim = true
			l.URL = safeURL(string(n.URL(m.src)), n.AutoLinkType == ast.AutoLinkEmail)
			add(string(n.Label(m.src)), l)
		case *ast.Link:
			l := look
			l.URL = safeURL(string(n.Destination), false)
			before := len(out)
			out = append(out, m.inlines(n, l)...)
			if l.URL == "" && len(n.Destination) > 0 {
				// A link that leads nowhere printable still says where it meant to go.
				add(" ("+string(n.Destination)+")", look)
			} else if len(out) == before {
				l.Verbatim = true
				add(l.URL, l)
			}
		case *ast.Image:
			m.image(n, look, add)
		default:
			add(m.plain(n), look)
		}
	}
	return out
}

// unescape undoes backslashes and entities, as goldmark leaves them in the source.
func unescape(b []byte) string {
	return clean(html.UnescapeString(string(util.UnescapePunctuations(b))))
}

// image places a picture of the base after its paragraph; one from elsewhere
// is left as text with a link: a book never fetches anything.
func (m *md) image(n *ast.Image, look layout.Text, add func(string, layout.Text)) {
	alt := oneLine(m.plain(n))
	sha, ours := strings.CutPrefix(string(n.Destination), "media:")
	if ours {
		if img, ok := m.c.picture(sha, alt, string(n.Title), "", m.origin); ok {
			m.later = append(m.later, img)
			return
		}
	}
	look.URL = safeURL(string(n.Destination), false)
	if alt == "" {
		alt = look.URL
	}
	if alt != "" {
		add("["+alt+"]", look)
	}
	if !ours {
		m.c.notice(NoticePicture, m.origin, "Une image du texte n’est pas dans la médiathèque : son nom est imprimé à sa place.")
	}
}

// safeURL gives an address a page may link to, "" for anything else.
func safeURL(s string, mail bool) string {
	s = strings.TrimSpace(s)
	if mail && !strings.HasPrefix(s, "mailto:") {
		s = "mailto:" + s
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch {
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
		return u.String()
	case u.Scheme == "mailto" && strings.Contains(u.Opaque, "@"):
		return u.String()
	}
	return ""
}
