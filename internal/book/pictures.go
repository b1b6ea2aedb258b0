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
		return refuse("son fichier est abîmé ou n’est ni JPEG ni PNG")
	}
	if w > maxPixels/h {
		return refuse("ses dimensions sont démesurées")
	}
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

// gallery sets pictures: alone in the column, or two by two; a width given by
// the edition sets each alone at that share of the column.
func (c *composer) gallery(pictures []repertoire.Picture, field string, origin func(string) layout.Origin, width float64) []layout.Block {
	var images []layout.Image
	for i, p := range pictures {
		if img, ok := c.picture(p.Media, p.Alt, p.Caption, p.Credit, origin(field+"."+year(i))); ok {
			images = append(images, img)
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
	for len(images) >= 2 {
		a, b := images[0], images[1]
		a.Width, b.Width = 1, 1
		out = append(out, layout.Side{Shares: []float64{1, 1}, Cells: [][]layout.Block{{a}, {b}}})
		images = images[2:]
	}
	for _, img := range images {
		img.MaxHeight = 200
		out = append(out, img)
	}
	return out
}

// coverPicture is the picture of the cover, which needs no caption there.
func (c *composer) coverPicture() (layout.Image, bool) {
	p := c.in.Directory.Cover
	return c.picture(p.Media, p.Alt, "", "", layout.Origin{Field: "cover"})
}
