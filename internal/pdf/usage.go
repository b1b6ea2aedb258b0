package pdf

import (
	"repertoire/internal/layout"
	"repertoire/internal/pdf/truetype"
	"repertoire/internal/repertoire"
)

// textUse counts how often a glyph stands for a text.
type textUse struct {
	text string
	n    int
}

// face is a font as one file uses it.
type face struct {
	name   string // PostScript name, no subset prefix
	source *layout.Font
	subset []byte            // what gopdf embeds
	cid    map[uint16]uint16 // glyph of the font to glyph of the subset
	used   []uint16          // ascending
	// width of each CID in thousandths of an em, rounded as /W has it.
	width []float64
	// text is what ToUnicode says each CID stands for.
	text []string
}

// cluster is a group of glyphs that stand for one text together.
type cluster struct {
	first, end int // glyphs of the run
	text       string
}

// clusters cuts a run into its clusters. A glyph that carries no text joins
// the cluster before it; at the very start it joins the first.
func clusters(g *layout.Glyphs, buf []cluster) []cluster {
	buf = buf[:0]
	for i, glyph := range g.Run {
		carries := glyph.Start < glyph.End && glyph.Start >= 0 && glyph.End <= len(g.Text)
		if !carries {
			if len(buf) == 0 {
				buf = append(buf, cluster{i, i + 1, ""})
			} else {
				buf[len(buf)-1].end = i + 1
			}
			continue
		}
		text := g.Text[glyph.Start:glyph.End]
		if len(buf) == 1 && buf[0].text == "" {
			buf[0].end, buf[0].text = i+1, text
			continue
		}
		buf = append(buf, cluster{i, i + 1, text})
	}
	return buf
}

// faces finds which glyphs of each font the pages use and what they stand
// for, and makes the subsets. Fonts that nothing uses stay nil.
func faces(p *layout.Pages, runs []*layout.Glyphs) ([]*face, error) {
	uses := make([]map[uint16][]textUse, len(p.Fonts))
	var buf []cluster
	for _, g := range runs {
		if g.Font < 0 || g.Font >= len(p.Fonts) {
			return nil, repertoire.Fault(nil, "Une ligne appelle la police n° %d, qui n'existe pas : le fichier n'a pas été écrit.", g.Font)
		}
		if uses[g.Font] == nil {
			uses[g.Font] = map[uint16][]textUse{}
		}
		u := uses[g.Font]
		buf = clusters(g, buf)
		for _, c := range buf {
			if c.end-c.first == 1 {
				id := g.Run[c.first].ID
				u[id] = count(u[id], c.text)
				continue
			}
			for _, glyph := range g.Run[c.first:c.end] {
				if _, ok := u[glyph.ID]; !ok {
					u[glyph.ID] = nil
				}
			}
		}
	}
	out := make([]*face, len(p.Fonts))
	for i, u := range uses {
		if len(u) == 0 {
			continue
		}
		f, err := newFace(p.Fonts[i], u)
		if err != nil {
			return nil, repertoire.Fault(err, "La police « %s » ne peut pas être incorporée : le fichier n'a pas été écrit.", p.Fonts[i].Name)
		}
		out[i] = f
	}
	return out, nil
}

func count(list []textUse, text string) []textUse {
	if text == "" {
		return list
	}
	for i := range list {
		if list[i].text == text {
			list[i].n++
			return list
		}
	}
	return append(list, textUse{text, 1})
}

func newFace(font *layout.Font, uses map[uint16][]textUse) (*face, error) {
	tt, err := truetype.Parse(font.Data)
	if err != nil {
		return nil, err
	}
	f := &face{name: postScriptName(font.Name), source: font}
	for g := range 0x10000 {
		if _, ok := uses[uint16(g)]; ok {
			f.used = append(f.used, uint16(g))
		}
	}
	if f.subset, f.cid, err = tt.Subset(f.used); err != nil {
		return nil, err
	}
	f.width = make([]float64, len(f.cid))
	f.text = make([]string, len(f.cid))
	for gid, cid := range f.cid {
		f.width[cid] = float64(int(tt.Width(gid)*1000+0.5)) / 1000
	}
	for _, gid := range f.used {
		f.text[f.cid[gid]] = commonest(uses[gid])
	}
	return f, nil
}

// commonest picks the text a glyph most often stands for; the first met wins
// a tie. U+FFFD marks a glyph that never stands alone: the ActualText of its
// cluster speaks for it.
func commonest(list []textUse) string {
	best := textUse{"\ufffd", 0}
	for _, u := range list {
		if u.n > best.n {
			best = u
		}
	}
	return best.text
}

// postScriptName keeps what a PDF font name may hold.
func postScriptName(s string) string {
	out := make([]byte, 0, len(s))
	for _, c := range []byte(s) {
		if c > ' ' && c < 0x7f && c != '(' && c != ')' && c != '<' && c != '>' && c != '[' && c != ']' && c != '{' && c != '}' && c != '/' && c != '%' && c != '#' {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return "Font"
	}
	return string(out)
}
