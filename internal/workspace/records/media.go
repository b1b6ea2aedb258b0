package records

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	pictures "repertoire/internal/picture"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Media is a file that media/ keeps under the SHA-256 of its bytes.
type Media struct {
	SHA  string // name in media/
	Name string // file name it came with, without folders
	Size int64  // bytes
	// Width and Height are pixels as the picture is seen, 0 for other files.
	Width, Height int
	// Inks says that the picture is in CMYK, which the digital book turns
	// into screen colours.
	Inks bool
}

// Picture tells whether a book can show the file.
func (m Media) Picture() bool { return m.Width > 0 }

// columnWidth is what a picture takes in a book, in inches: a column of 82 mm.
const columnWidth = 82 / 25.4

// DPI is the resolution the picture has in a column of a book, 0 for other
// files.
func (m Media) DPI() int { return int(float64(m.Width) / columnWidth) }

// MinDPI is the resolution below which a printed picture looks soft.
const MinDPI = 200

// AddMedia keeps a copy of a file: a JPEG or PNG picture, read to its last
// point so that a damaged one is refused now and not on press day, or a PDF.
// The file itself is left where it is; its kind comes from its bytes, never
// from its name.
func (room *Room) AddMedia(ctx context.Context, path string) (Media, error) {
	return room.keep(ctx, path, true)
}

// maxPictureFile bounds a file of media/, in bytes.
const maxPictureFile = 64 << 20

// keep reads a file whole and puts it into media/; documents says whether a PDF
// is wanted too.
func (room *Room) keep(ctx context.Context, path string, documents bool) (Media, error) {
	wanted := "une image JPEG, PNG, WebP ou TIFF"
	if documents {
		wanted += ", ou un PDF"
	}
	name := filepath.Base(path)
	refuse := func(err error, why string) (Media, error) {
		return Media{}, &repertoire.Error{Kind: repertoire.Refused, File: path, Err: err,
			Message: fmt.Sprintf("« %s » n’a pas été ajouté : %s", name, why)}
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return refuse(err, "il ne peut pas être lu. Vérifiez qu’il est encore là et que vous y avez droit.")
	case !info.Mode().IsRegular():
		return refuse(nil, "ce n’est pas un fichier. Choisissez "+wanted+".")
	case info.Size() == 0:
		return refuse(nil, "il est vide.")
	case info.Size() > maxPictureFile:
		return refuse(nil, "il dépasse 64 Mo. Enregistrez-le plus petit.")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return refuse(err, "il ne peut pas être lu. Vérifiez vos droits.")
	}
	if err := ctx.Err(); err != nil {
		return Media{}, base.Stopped(err)
	}
	m := Media{Name: name, Size: int64(len(data))}
	isPDF := bytes.HasPrefix(data, []byte("%PDF-"))
	if isPDF && !documents {
		return refuse(nil, "c’est un PDF, et il faut "+wanted+". Enregistrez-le comme image.")
	}
	if !isPDF {
		if m.Width, m.Height, m.Inks, err = seen(data); err != nil {
			return refuse(err, whyNot(err, data, wanted))
		}
	} else if !bytes.Contains(data[max(0, len(data)-2048):], []byte("%%EOF")) {
		return refuse(nil, "ce PDF est coupé avant sa fin. Copiez-le ou téléchargez-le de nouveau.")
	}
	m.SHA, err = room.base.Store.Media().Put(bytes.NewReader(data))
	return m, err
}

// MediaOf describes a file that media/ keeps.
func (room *Room) MediaOf(_ context.Context, sha string) (Media, error) {
	data, err := room.base.Store.Media().Media(sha)
	if err != nil {
		return Media{}, err
	}
	m := Media{SHA: sha, Size: int64(len(data))}
	if width, height, _, err := pictures.Size(data); err == nil {
		m.Width, m.Height = width, height
	}
	return m, nil
}

// Thumbnail gives a picture of media/ that fits into side × side points.
func (room *Room) Thumbnail(ctx context.Context, sha string, side int) (image.Image, error) {
	data, err := room.base.Store.Media().Media(sha)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, base.Stopped(err)
	}
	p, err := pictures.Decode(data)
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Damaged, File: sha, Err: err,
			Message: "Cette image ne peut plus être lue ; la fiche est entière. Retirez l’image et ajoutez-la de nouveau."}
	}
	defer p.Close()
	return smaller(p.Image, side), nil
}

// seen reads a picture whole: its size, and whether it is in inks.
func seen(data []byte) (width, height int, inks bool, err error) {
	p, err := pictures.Decode(data)
	if err != nil {
		return 0, 0, false, err
	}
	defer p.Close()
	_, inks = p.Image.(*image.CMYK)
	width, height, _, err = pictures.Size(data)
	return width, height, inks, err
}

func whyNot(err error, data []byte, wanted string) string {
	switch kind := http.DetectContentType(data); {
	case errors.Is(err, pictures.ErrTooLarge):
		return "l’image a trop de points, ou un côté hors de proportion : un livre n’en montre pas tant. Enregistrez-la plus petite (24 millions de points suffisent à une page)."
	case errors.Is(err, pictures.ErrDamaged):
		return "l’image est coupée ou abîmée. Demandez-la de nouveau à qui vous l’a envoyée."
	case errors.Is(err, pictures.ErrHEIC):
		return pictures.Why(err) + "."
	case strings.HasPrefix(kind, "image/"):
		return "ce format d’image n’est pas imprimé. Enregistrez-la en JPEG ou en PNG."
	}
	return "il faut " + wanted + ", et ce n’est pas cela."
}

// smaller averages the points of img that fall into one, which keeps thin
// lines and lettering where picking single points would lose them.
func smaller(img image.Image, side int) image.Image {
	b := img.Bounds()
	scale := max(float64(b.Dx())/float64(side), float64(b.Dy())/float64(side), 1)
	width, height := max(1, int(float64(b.Dx())/scale)), max(1, int(float64(b.Dy())/scale))
	out := image.NewRGBA64(image.Rect(0, 0, width, height))
	// At most four samples each way: enough for the eye at this size, and a
	// picture of a hundred megapixels is not read whole again.
	n := min(4, max(1, int(scale)))
	for y := range height {
		for x := range width {
			var sum [4]uint32
			for j := range n {
				for i := range n {
					px := b.Min.X + min(b.Dx()-1, int((float64(x)+(float64(i)+0.5)/float64(n))*scale))
					py := b.Min.Y + min(b.Dy()-1, int((float64(y)+(float64(j)+0.5)/float64(n))*scale))
					r, g, bl, a := img.At(px, py).RGBA()
					sum[0], sum[1], sum[2], sum[3] = sum[0]+r, sum[1]+g, sum[2]+bl, sum[3]+a
				}
			}
			at, k := out.PixOffset(x, y), uint32(n*n)
			for c, v := range sum {
				out.Pix[at+2*c], out.Pix[at+2*c+1] = uint8(v/k>>8), uint8(v/k)
			}
		}
	}
	return out
}

// AddPicture keeps a copy of a picture for a book, by the rules of AddMedia but
// without PDF, and gives the name records know it by.
func (room *Room) AddPicture(ctx context.Context, file string) (media string, err error) {
	m, err := room.keep(ctx, file, false)
	return m.SHA, err
}

// Picture gives the bytes of a picture that AddPicture kept.
func (room *Room) Picture(media string) ([]byte, error) { return room.base.Store.Media().Media(media) }
