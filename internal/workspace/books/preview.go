package books

import (
	"context"
	"image"
	"sync"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/raster"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Preview is an entry as the book will print it. The pages are drawn from the
// display list the PDF is drawn from.
type Preview struct {
	pages *layout.Pages
	draw  *raster.Renderer
}

// Count is the number of pages.
func (v *Preview) Count() int { return len(v.pages.Pages) }

// Size is that of a page in points.
func (v *Preview) Size() (w, h float64) { return v.pages.Size.W, v.pages.Size.H }

// Image draws page i (from 0) at dpi.
func (v *Preview) Image(i int, dpi float64) (*image.RGBA, error) { return v.draw.Page(i, dpi) }

// FieldAt tells which field lies at a point of page i (points from the top
// left corner), "" for none: a click on the page leads to the form.
func (v *Preview) FieldAt(i int, x, y float64) string {
	return originAt(v.pages, i, x, y).Field
}

// originAt gives where what is printed at a point of page i comes from, nothing
// for a point where no field is.
func originAt(pages *layout.Pages, i int, x, y float64) (at layout.Origin) {
	if i < 0 || i >= len(pages.Pages) {
		return at
	}
	area := 0.0
	for _, r := range pages.Pages[i].Regions {
		inside := x >= r.X && x <= r.X+r.W && y >= r.Y && y <= r.Y+r.H
		// Of regions one inside another, the smallest is meant.
		if inside && r.Origin.Field != "" && (at.Field == "" || r.W*r.H < area) {
			at, area = r.Origin, r.W*r.H
		}
	}
	return at
}

// previews keeps one typesetter for each design, whose cache makes an edited
// entry quick to set again.
type previews struct {
	mu      sync.Mutex
	setters map[string]*layout.Setter
}

// PreviewEntry lays out one partnership, saved or not, as its book would.
func (room *Room) PreviewEntry(ctx context.Context, p repertoire.Partnership) (*Preview, error) {
	if p.ID == "" {
		p.ID = "brouillon"
	}
	in := book.Input{Partnerships: []repertoire.Partnership{p}, Presentations: map[string]repertoire.Presentation{},
		Reference: room.bookReference(), Media: room.base.Store.Media(), Date: repertoire.DateOf(room.base.Now())}
	if len(p.Directories) > 0 {
		if d, err := room.base.Store.Directory(ctx, p.Directories[0]); err == nil {
			in.Directory = d
		}
	}
	var err error
	if in.Authorities, err = room.base.PartiesOf(ctx, p); err != nil {
		return nil, err
	}
	setter, err := room.previews.setter(in.Directory.Design, in.Directory.Format)
	if err != nil {
		return nil, err
	}
	in.Design = setter.Design()
	doc, _, err := book.Sheet(in, p.ID)
	if err != nil {
		return nil, err
	}
	pages, err := setter.Lay(ctx, doc, nil)
	if err != nil {
		return nil, base.Stopped(err)
	}
	return &Preview{pages: pages, draw: raster.New(pages)}, nil
}

// setter gives the typesetter of a design, made once.
func (v *previews) setter(design, format string) (*layout.Setter, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	key := design + "/" + format
	if s := v.setters[key]; s != nil {
		return s, nil
	}
	d, err := layout.LoadDesign(design, format)
	if err != nil {
		return nil, err
	}
	s, err := layout.New(base.Fonts{}, d)
	if err != nil {
		return nil, err
	}
	if v.setters == nil {
		v.setters = map[string]*layout.Setter{}
	}
	v.setters[key] = s
	return s, nil
}
