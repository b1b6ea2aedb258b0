package book

import (
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/picture"
	"repertoire/internal/repertoire"
)

// maxPixels bounds a picture before anything decodes it: 120 million pixels
// are a double page at 600 dpi.
const maxPixels = 120_000_000

// picture reads one picture of the base; false, with a notice, when it cannot
// be printed: the book is made without it.
func (c *composer) picture(sha, alt, caption, credit string, o layout.Origin) (layout.Image, bool) {
	refuse := func(why string) (layout.Image, bool) {
		c.notice(NoticePicture, o, "Une image ne peut pas être imprimée (%s) : le livre est fait sans elle.", why)
		return layout.Image{}, false
	}
	if c.in.Media == nil {
		return refuse("la médiathèque n’est pas à disposition")
	}
	data, err := c.in.Media.Media(strings.TrimSpace(sha))
	if err != nil || len(data) == 0 {
		return refuse("son fichier manque dans la médiathèque")
	}
	w, h, _, err := picture.Size(data)
	if err != nil {
		return refuse(picture.Why(err))
	}
	if w > maxPixels/h {
		return refuse("ses dimensions sont démesurées")
	}
	c.report.Pictures++
	img := layout.Image{Data: data, Alt: oneLine(alt), Credit: oneLine(credit), Origin: o}
	if s := oneLine(caption); s != "" {
		img.Caption = layout.Plain(s)
	}
	if img.Alt == "" {
		img.Alt = oneLine(caption)
		c.notice(NoticePicture, o, "Une image n’a pas de texte de remplacement : ceux qui ne voient pas n’en sauront que la légende.")
	}
	// A portrait at full width would take a page.
	if h > w {
		img.Width = 0.6
	}
	return img, true
}

// framed gives a picture of the base its shape and its focus.
func framed(img layout.Image, p repertoire.Picture) layout.Image {
	img.Ratio, _ = p.Shape()
	img.FocusX, img.FocusY = p.Focus()
	if img.Ratio > 1 {
		img.Width = 0 // cropped wide, a portrait takes the column as others do
	}
	return img
}

// gallery sets pictures: alone in the column, or two by two; a width given by
// the edition sets each alone at that share of the column. What a short entry
// has too many of goes three abreast, so that no page holds pictures alone.
func (c *composer) gallery(pictures []repertoire.Picture, field string, origin func(string) layout.Origin, width float64) []layout.Block {
	var images []layout.Image
	for i, p := range pictures {
		if img, ok := c.picture(p.Media, p.Alt, p.Caption, p.Credit, origin(field+"."+year(i))); ok {
			if img.Credit == "" {
				c.notice(NoticePicture, origin(field+"."+year(i)), "Une image n’a pas de crédit : la loi veut le nom de son auteur.")
			}
			images = append(images, framed(img, p))
		}
	}
	var out []layout.Block
	if width > 0 {
		for _, img := range images {
			img.Width = min(width, 1)
			out = append(out, img)
		}
		return out
	}
	if len(images) == 1 {
		images[0].MaxHeight = 200
		return []layout.Block{images[0]}
	}
	for len(images) > 0 {
		n := min(len(images), 2)
		if len(images) == 3 {
			n = 3
		}
		side := layout.Side{Gap: 8}
		for _, img := range abreast(images[:n]) {
			side.Shares, side.Cells = append(side.Shares, 1), append(side.Cells, []layout.Block{img})
		}
		out = append(out, side)
		images = images[n:]
	}
	return out
}

// abreast gives pictures that stand side by side one height: those nobody
// framed take the shape of the row.
func abreast(images []layout.Image) []layout.Image {
	shape := 4.0 / 3
	if len(images) > 2 {
		shape = 1
	}
	out := make([]layout.Image, len(images))
	for i, img := range images {
		img.Width = 1
		if img.Ratio == 0 {
			img.Ratio = shape
		}
		out[i] = img
	}
	return out
}

// coverPicture is the picture of the cover, which needs no caption there.
func (c *composer) coverPicture() (layout.Image, bool) {
	p := c.in.Directory.Cover
	img, ok := c.picture(p.Media, p.Alt, "", "", layout.Origin{Field: "cover"})
	return framed(img, p), ok
}
