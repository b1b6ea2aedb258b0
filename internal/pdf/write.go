package pdf

import (
	"context"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Write makes the file of pages. The report tells what a printer or a reader
// should know (pictures left blank, dead anchors…); OK is false when the file
// should not leave as it is. The bytes depend on pages and o alone.
func Write(ctx context.Context, pages *layout.Pages, o Options) ([]byte, Report, error) {
	report := Report{OK: true}
	o, err := o.complete(pages)
	if err != nil {
		return nil, report, err
	}
	if o.Variant == Print && o.Imposition != CoverSpread {
		pages = filled(pages, padded(len(pages.Pages), o.PageMultiple))
	}
	inks, err := o.converter()
	if o.Variant == Print {
		o.Profile = o.Profile.named()
	}
	if err != nil {
		return nil, report, err
	}
	a := &artist{pages: pages, opts: o, out: &drawn{sheets: impose(pages, o)}}
	report.Pages = len(a.out.sheets)
	if a.roles, err = nodesByID(pages.Structure); err != nil {
		return nil, report, err
	}
	if o.Variant == Digital && pages.Structure == nil {
		return nil, report, repertoire.Fault(nil, "Ce document n'a pas de structure : le fichier accessible ne peut pas être écrit.")
	}
	fonts := pages.Fonts
	if o.Recipient != "" {
		// A font of its own: the rest of the file stays as it is without.
		a.recipient, fonts = recipientLine(pages, o.Recipient)
	}
	if o.Imposition == CoverSpread {
		a.spine = spineTitle(pages, o.Spine)
	}
	if a.faceOf, err = faces(fonts, a.runs()); err != nil {
		return nil, report, err
	}
	if err := a.preparePictures(ctx, inks, &report); err != nil {
		return nil, report, err
	}
	if err := a.draw(ctx); err != nil {
		return nil, report, err
	}
	out, err := finish(a.pages, a.opts, a.out, &report)
	return out, report, err
}

// placed lists the pages that are on a sheet; a cover takes two of them.
func (a *artist) placed() []int {
	var out []int
	seen := map[int]bool{}
	for _, s := range a.out.sheets {
		for _, c := range s.cells {
			if !seen[c.page] {
				seen[c.page] = true
				out = append(out, c.page)
			}
		}
	}
	return out
}

// runs lists every run of glyphs on the sheets, in order.
func (a *artist) runs() []*layout.Glyphs {
	var out []*layout.Glyphs
	for _, i := range a.placed() {
		for _, item := range a.pages.Pages[i].Items {
			if g, ok := item.(*layout.Glyphs); ok && len(g.Run) > 0 && !g.Fill.None {
				out = append(out, g)
			}
		}
	}
	if a.recipient != nil {
		out = append(out, a.recipient)
	}
	if a.spine != nil {
		out = append(out, a.spine)
	}
	return out
}
