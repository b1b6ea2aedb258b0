package help

import (
	"path"
	"strings"

	"repertoire/internal/repertoire"
)

// Chapter is a file of the guide.
type Chapter struct {
	ID       string // its file without number and extension: "premiers-pas"
	Title    string
	Sections []Section
}

// Section is a heading with what stands below it; the first of a chapter may
// have no heading.
type Section struct {
	Title  string
	Blocks []Block
}

// Block is a run of Markdown, or a picture with its caption.
type Block struct {
	Text             string // Markdown, "" for a picture
	Picture, Caption string
}

// ReadChapter takes a chapter apart. Of Markdown it knows what the guide is
// written in: one title, sections, pictures on a line of their own; the rest
// is left to the paragraph.
func ReadChapter(file string, source []byte) Chapter {
	c := Chapter{ID: chapterID(file), Sections: []Section{{}}}
	var text []string
	last := func() *Section { return &c.Sections[len(c.Sections)-1] }
	flush := func() {
		if s := strings.TrimSpace(strings.Join(text, "\n")); s != "" {
			last().Blocks = append(last().Blocks, Block{Text: s})
		}
		text = nil
	}
	for line := range strings.Lines(string(source)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "# "):
			c.Title = strings.TrimSpace(line[2:])
		case strings.HasPrefix(line, "## "):
			flush()
			c.Sections = append(c.Sections, Section{Title: strings.TrimSpace(line[3:])})
		case strings.HasPrefix(line, "![") && strings.HasSuffix(line, ")"):
			flush()
			if caption, name, ok := strings.Cut(line[2:len(line)-1], "]("); ok {
				last().Blocks = append(last().Blocks, Block{Picture: name, Caption: caption})
			}
		default:
			text = append(text, line)
		}
	}
	flush()
	if first := c.Sections[0]; first.Title == "" && len(first.Blocks) == 0 {
		c.Sections = c.Sections[1:]
	}
	return c
}

// chapterID drops the number that orders the files.
func chapterID(file string) string {
	name := strings.TrimSuffix(path.Base(file), ".md")
	if number, rest, ok := strings.Cut(name, "-"); ok && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return name
}

// Found is a section that answers a search.
type Found struct {
	Chapter, Section int
	Title            string // of the section, else of the chapter
	Where            string // the chapter
	Line             string // the words around the first one found
}

// Search finds the sections that hold every word of text, whatever its
// accents and capitals, those with a word in their title first.
func Search(chapters []Chapter, text string) []Found {
	words := strings.Fields(repertoire.Fold(text))
	if len(words) == 0 {
		return nil
	}
	var titled, others []Found
	for i, c := range chapters {
		for j, s := range c.Sections {
			body := s.plain()
			if !holdsAll(repertoire.Fold(c.Title+" "+s.Title+" "+body), words) {
				continue
			}
			f := Found{Chapter: i, Section: j, Title: s.Title, Where: c.Title, Line: around(body, words[0])}
			if f.Title == "" {
				f.Title = c.Title
			}
			if holdsAll(repertoire.Fold(f.Title), words[:1]) {
				titled = append(titled, f)
			} else {
				others = append(others, f)
			}
		}
	}
	return append(titled, others...)
}

func (s Section) plain() string {
	var out []string
	for _, b := range s.Blocks {
		out = append(out, strings.NewReplacer("*", "", "`", "", "\n", " ").Replace(b.Text), b.Caption)
	}
	return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
}

func holdsAll(folded string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(folded, w) {
			return false
		}
	}
	return true
}

// around gives the sentence of body that holds word, its beginning when none
// does.
func around(body, word string) string {
	for _, sentence := range strings.SplitAfter(body, ". ") {
		if strings.Contains(repertoire.Fold(sentence), word) {
			return strings.TrimSpace(sentence)
		}
	}
	first, _, _ := strings.Cut(body, ". ")
	return first
}
