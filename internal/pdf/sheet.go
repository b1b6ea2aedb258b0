package pdf

import "repertoire/internal/layout"

// cell is one page on a sheet. X and Y place its top left trimmed corner.
type cell struct {
	page int // index into Pages.Pages
	x, y float64
	// clip is the part of the sheet the page may paint: x, y, w, h.
	clip    [4]float64
	clipped bool
}

// sheet is one page of the file. Trim is the trimmed size; margin lies around
// it on all sides; cells are placed from the corner of the media.
type sheet struct {
	w, h   float64 // trimmed
	margin float64
	cells  []cell
	folds  []float64 // from the left of the trimmed sheet
}

func (s sheet) mediaW() float64 { return s.w + 2*s.margin }
func (s sheet) mediaH() float64 { return s.h + 2*s.margin }

// impose puts the pages on sheets; those missing to a whole number of sheets
// are blank (see filled).
func impose(p *layout.Pages, o Options) []sheet {
	margin := 0.0
	if o.Variant == Print {
		margin = bleedWidth
		if o.Marks {
			margin = marksMargin
		}
	}
	w, h := p.Size.W, p.Size.H
	switch o.Imposition {
	case CoverSpread:
		s := sheet{w: 2*w + o.Spine, h: h, margin: margin, folds: []float64{w}}
		if o.Spine > 0 {
			s.folds = append(s.folds, w+o.Spine)
		}
		s.cells = []cell{
			half(len(p.Pages)-1, margin, margin, w, h, false),
			half(0, margin+w+o.Spine, margin, w, h, true),
		}
		if len(p.Pages) == 1 {
			s.cells = s.cells[1:]
		}
		return []sheet{s}
	case Booklet:
		return booklet(p, o, margin)
	}
	total := padded(len(p.Pages), o.PageMultiple)
	sheets := make([]sheet, total)
	for i := range sheets {
		sheets[i] = sheet{w: w, h: h, margin: margin}
		if i < len(p.Pages) {
			sheets[i].cells = []cell{{page: i, x: margin, y: margin}}
		}
	}
	return sheets
}

func padded(n, multiple int) int { return (n + multiple - 1) / multiple * multiple }

// booklet orders pages so that folded sheets read in order: the outermost
// sheet carries the last and the first page, then its back the second and the
// last but one.
func booklet(p *layout.Pages, o Options, margin float64) []sheet {
	w, h := p.Size.W, p.Size.H
	total := padded(len(p.Pages), 4)
	var sheets []sheet
	for i := range total / 2 {
		left, right := total-1-i, i
		if i%2 == 1 {
			left, right = right, left
		}
		s := sheet{w: 2 * w, h: h, margin: margin, folds: []float64{w}}
		if left < len(p.Pages) {
			s.cells = append(s.cells, half(left, margin, margin, w, h, false))
		}
		if right < len(p.Pages) {
			s.cells = append(s.cells, half(right, margin+w, margin, w, h, true))
		}
		sheets = append(sheets, s)
	}
	return sheets
}

// half places a page beside a fold: it bleeds on three sides only.
func half(page int, x, y, w, h float64, right bool) cell {
	c := cell{page: page, x: x, y: y, clipped: true}
	c.clip = [4]float64{x - bleedWidth, y - bleedWidth, w + bleedWidth, h + 2*bleedWidth}
	if right {
		c.clip[0] = x
	}
	return c
}

// SpineWidth is the thickness, in points, of a book block of pages: paper of
// grammage g/m² and bulk (main) cm³/g, 1.0 for coated sheets, 1.25 for offset.
// The printer's own figure, when there is one, is better.
func SpineWidth(pages int, grammage, bulk float64) float64 {
	leaves := float64(padded(pages, 2)) / 2
	return leaves * grammage * bulk / 1000 * millimetre
}
