package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/repertoire"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed site
var siteFiles embed.FS

// page is one file of HTML.
type page struct {
	*site
	Path, Root  string
	Heading     string // of the page; "" for the first one
	Description string
	Kind        string // template, and class of the body
	Section     string // which of the menu it stands in
	Family      int
	Crumbs      []crumb
	Linked      any // JSON-LD
	Scripts     bool
	Index       bool // false asks search engines to leave the page out
	Body        any
}

type crumb struct{ Name, Path string }

// view is parsed once a site: html/template escapes by the place it writes to.
func (s *site) view(kind string) (*template.Template, error) {
	if t := s.views[kind]; t != nil {
		return t, nil
	}
	t, err := template.New("page.html").Funcs(template.FuncMap{
		"sign": sign, "counted": counted, "typo": typographic, "thousands": func(n int) string { return repertoire.Thousands(int64(n)) },
		"percent": func(n, of int) string { return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(max(of, 1))) },
		"attrs":   func(lang string) template.HTMLAttr { return template.HTMLAttr(strings.TrimSpace(langAttr(lang))) },
		"bare":    book.BareAddress,
		"list":    func(root string, rows []row) rowsAt { return rowsAt{root, rows} },
		"at":      func(root string, r row) rowAt { return rowAt{root, r} },
	}).ParseFS(templateFiles, "templates/page.html", "templates/parts.html", "templates/"+kind+".html")
	s.views[kind] = t
	return t, err
}

// write sets a page and puts it out.
func (s *site) page(p page) error {
	p.site = s
	p.Root = strings.Repeat("../", strings.Count(p.Path, "/"))
	t, err := s.view(p.Kind)
	if err != nil {
		return repertoire.Fault(err, "Une page du site ne peut pas être composée (%s).", p.Kind)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return repertoire.Fault(err, "Une page du site ne peut pas être composée (%s).", p.Path)
	}
	out := tight(b.Bytes())
	for _, r := range string(out) {
		s.runes[r] = true
	}
	return s.out(p.Path, out)
}

// tight drops the indentation of templates and empty lines.
func tight(html []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(html) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			out.Write(line)
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

// FullTitle is what a tab and a bookmark show.
func (p page) FullTitle() string {
	if p.Heading == "" {
		return p.site.Title
	}
	return p.Heading + " – " + p.site.Title
}

// Absolute is the page's own address, "" when nobody knows it.
func (p page) Absolute() string {
	if p.in.Address == "" {
		return ""
	}
	return strings.TrimSuffix(p.in.Address, "/") + "/" + strings.TrimSuffix(p.Path, "index.html")
}

// Recipient is whose copy this is.
func (s *site) Recipient() string { return s.in.Recipient }

// Publisher signs the site.
func (s *site) Publisher() string { return strings.TrimSpace(s.in.Book.Directory.Imprint.Publisher) }

// DataDay is the day of the data, in words.
func (s *site) DataDay() string { return s.in.Book.Date.French() }

// HasNews, HasRegions, HasThemes, HasCountries tell what the menu offers.
func (s *site) HasNews() bool { return s.in.Book.Previous != nil }

// HasRegions tells whether any entry has a region.
func (s *site) HasRegions() bool { return len(s.regions) > 0 }

// HasThemes tells whether any entry has a theme.
func (s *site) HasThemes() bool { return len(s.themes) > 0 }

// HasCountries tells whether any entry has a country.
func (s *site) HasCountries() bool { return len(s.countries) > 0 }

// CountriesWord names the countries' part of the menu.
func (s *site) CountriesWord() string {
	if len(s.countries) == 1 {
		return typographic(s.countries[0].Name)
	}
	return "Pays"
}

// CountriesPath leads to it.
func (s *site) CountriesPath() string {
	if len(s.countries) == 1 {
		return s.countries[0].Path
	}
	return "pays.html"
}

// correction is the mail by which a reader reports what is wrong.
func (s *site) correction(title, path string) template.URL {
	to := ""
	for _, c := range []string{s.in.Book.Directory.Imprint.Address} {
		for _, w := range strings.Fields(c) {
			if strings.Contains(w, "@") {
				to = strings.Trim(w, ".,;()<>")
			}
		}
	}
	edition := s.Title
	if s.Edition != "" {
		edition += ", " + strings.ToLower(s.Edition[:1]) + s.Edition[1:]
	}
	if strings.HasPrefix(s.Edition, "É") {
		edition = s.Title + ", é" + strings.TrimPrefix(s.Edition, "É")
	}
	body := "Bonjour,\r\n\r\nDans la fiche « " + title + " » du " + edition + " (données au " + s.DataDay() +
		"), je vous signale :\r\n\r\n\r\n" +
		"Référence : " + path
	if s.in.Edition != "" {
		body += ", édition " + s.in.Edition
	}
	return template.URL("mailto:" + to + "?subject=" + escaped("Correction : "+title) + "&body=" + escaped(body))
}

// escaped writes a text in an address: mail programs want %20, not "+".
func escaped(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func counted(n int, one, many string) string { return book.Counted(n, one, many) }

// rowsAt and rowAt carry the way back to the folder with what is listed.
type (
	rowsAt struct {
		Root string
		Rows []row
	}
	rowAt struct {
		Root string
		R    row
	}
)

// row is one entry in a list.
type row struct {
	Title, Path string
	Family      int
	About       string
	Theme       string
	Fictional   bool
}

func (s *site) row(e *entry) row {
	var about []string
	for _, r := range e.Regions {
		about = append(about, typographic(r))
	}
	for _, iso := range e.Countries {
		about = append(about, typographic(s.reading.Country(iso).Name))
	}
	if l := s.reading.Link(e.Entry); l != "" {
		about = append(about, typographic(l))
	}
	out := row{Title: typographic(e.Title), Path: e.Path(), Family: e.Family, About: strings.Join(about, " · "),
		Fictional: e.Partnership.Fictitious}
	if len(e.Tops) > 0 {
		t, _ := s.reading.Theme(e.Tops[0])
		out.Theme = typographic(t.Label)
	}
	return out
}

func (s *site) rowsOf(list []*entry) []row {
	out := make([]row, len(list))
	for i, e := range list {
		out[i] = s.row(e)
	}
	return out
}

// first keeps a text to at most n characters, at a word.
func first(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	cut := string(r[:n])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.–") + "…"
}
