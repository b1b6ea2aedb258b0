package pdf

import (
	"slices"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Body gives the pages that are bound inside a cover printed apart: all but
// the cover's, whose blank insides go with it.
func Body(p *layout.Pages) *layout.Pages {
	from, to := coverEnds(p)
	out := *p
	out.Pages = p.Pages[from:to]
	return &out
}

// Cover gives the outsides of a book's cover, the first page and the last, for
// a CoverSpread. A book without a back cover gets a plain one in the colour of
// the front. The error is for a book that has no cover.
func Cover(p *layout.Pages) (*layout.Pages, error) {
	if len(p.Pages) == 0 || !p.Pages[0].Cover {
		return nil, repertoire.Refuse(
			"Ce répertoire n'a pas de couverture : remettez-la dans le plan du livre, ou n'en demandez pas le fichier.")
	}
	front := p.Pages[0]
	back := &layout.Page{Cover: true}
	if last := p.Pages[len(p.Pages)-1]; last.Cover && len(p.Pages) > 1 {
		back = last
	} else if background, ok := groundOf(p, front); ok {
		back.Items = []layout.Item{background}
	}
	out := *p
	out.Pages = []*layout.Page{front, back}
	return &out, nil
}

// coverEnds tells where the body starts and ends. A page inside the cover that
// shows something stays with the body: nothing a person wrote may be lost.
func coverEnds(p *layout.Pages) (from, to int) {
	from, to = 0, len(p.Pages)
	if from < to && p.Pages[from].Cover {
		from++
	}
	for from < to && p.Pages[from].Cover && len(p.Pages[from].Items) == 0 {
		from++
	}
	if from < to && p.Pages[to-1].Cover {
		to--
	}
	for from < to && p.Pages[to-1].Cover && len(p.Pages[to-1].Items) == 0 {
		to--
	}
	return from, to
}

// filled adds blank pages up to total. They go before the back cover, which
// must stay the last page and the outside of a booklet.
func filled(p *layout.Pages, total int) *layout.Pages {
	missing := total - len(p.Pages)
	if missing <= 0 {
		return p
	}
	at := len(p.Pages)
	if at > 1 && p.Pages[at-1].Cover {
		at--
	}
	blank := make([]*layout.Page, missing)
	for i := range blank {
		blank[i] = &layout.Page{}
	}
	out := *p
	out.Pages = slices.Concat(p.Pages[:at], blank, p.Pages[at:])
	return &out
}

// groundOf is the colour that covers a whole page, when one does.
func groundOf(p *layout.Pages, page *layout.Page) (*layout.Path, bool) {
	for _, item := range page.Items {
		path, ok := item.(*layout.Path)
		if !ok || path.Fill.None {
			continue
		}
		if x, y, w, h, ok := rectangle(path.Ops); ok && x <= 0 && y <= 0 && x+w >= p.Size.W && y+h >= p.Size.H {
			return path, true
		}
	}
	return nil, false
}

// Geometry of the spine, in points.
const (
	spineText  = 4 * millimetre // the thinnest that bears a title
	spineSize  = 14.0           // the largest title
	spineInset = 12 * millimetre
)

// spineTitle sets the book's title for the spine in the letter of the cover;
// nil when the spine is too thin or the letter lacks a character.
func spineTitle(p *layout.Pages, spine float64) *layout.Glyphs {
	if spine < spineText || len(p.Pages) == 0 {
		return nil
	}
	var model *layout.Glyphs
	for _, item := range p.Pages[0].Items {
		if g, ok := item.(*layout.Glyphs); ok && !g.Fill.None && (model == nil || g.Size > model.Size) {
			model = g
		}
	}
	if model == nil || model.Font < 0 || model.Font >= len(p.Fonts) {
		return nil
	}
	font := p.Fonts[model.Font]
	text := title(p.Meta)
	for _, r := range text {
		if !font.Has(r) {
			return nil
		}
	}
	g := &layout.Glyphs{Font: model.Font, Fill: model.Fill}
	g.Size = min(spineSize, spine*0.55)
	g.Run = oneLine(font, text, g.Size)
	if most := p.Size.H - 2*spineInset; widthOf(g.Run) > most {
		g.Size *= most / widthOf(g.Run)
		g.Run = oneLine(font, text, g.Size)
	}
	g.Text = text
	return g
}

// oneLine sets text without shaping, for the short lines the book itself does
// not hold.
func oneLine(font *layout.Font, text string, size float64) []layout.Glyph {
	var run []layout.Glyph
	for at, r := range text {
		id, _ := font.GlyphOf(r)
		run = append(run, layout.Glyph{ID: id, Advance: font.Advance(id) * size / float64(font.UnitsPerEm), Start: int32(at),
			End: int32(at + len(string(r)))})
	}
	return run
}

func widthOf(run []layout.Glyph) float64 {
	w := 0.0
	for _, g := range run {
		w += g.Advance
	}
	return w
}

// underFolds paints the colour that two pages share under the folds between
// them, and that of the front over the spine: colours that only touch let
// paper show as a bright line.
func (a *artist) underFolds(s sheet) {
	if len(s.folds) == 0 || len(s.cells) != 2 {
		return
	}
	left, ok := groundOf(a.pages, a.pages.Pages[s.cells[0].page])
	right, also := groundOf(a.pages, a.pages.Pages[s.cells[1].page])
	if !also || a.opts.Spine == 0 && (!ok || left.Fill != right.Fill) {
		return
	}
	const under = 1.0
	a.setFill(right.Fill)
	a.setOverprint(false)
	from, to := s.folds[0]-under, s.folds[len(s.folds)-1]+under
	a.ops(s.margin+from, s.margin-bleedWidth, to-from, s.h+2*bleedWidth, "re f\n")
}

// drawSpine sets the title on the spine, read from the foot to the head as
// French books have it.
func (a *artist) drawSpine(s sheet) {
	middle := s.margin + a.pages.Size.W + a.opts.Spine/2
	a.ops("q 0 1 -1 0 ", middle, s.margin+(s.h-widthOf(a.spine.Run))/2, "cm\n")
	height, at := a.height, a.cell
	a.height, a.cell = 0, cell{}
	line := *a.spine
	line.Y = 0.35 * line.Size // half the height of capitals
	a.text(&line)
	a.height, a.cell = height, at
	a.ops("Q\n")
	a.forget()
}
