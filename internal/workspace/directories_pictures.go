package workspace

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // the pictures that books take
	_ "image/png"
	"os"
	"path/filepath"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// maxPictureFile and maxPicturePixels bound a picture of a book.
const (
	maxPictureFile   = 64 << 20
	maxPicturePixels = 100_000_000
)

// AddPicture keeps a copy of a PNG or JPEG file in the workspace and gives the
// name records know it by. The file itself is left where it is.
func (w *Workspace) AddPicture(ctx context.Context, file string) (media string, err error) {
	if err := ctx.Err(); err != nil {
		return "", stopped(err)
	}
	name := filepath.Base(file)
	refuse := func(err error, why string) (string, error) {
		return "", &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: fmt.Sprintf("« %s » n’a pas été ajouté : %s", name, why)}
	}
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return refuse(err, "ce n’est pas un fichier qui se lit. Choisissez une image PNG ou JPEG.")
	}
	if info.Size() > maxPictureFile {
		return refuse(nil, "l’image dépasse 64 Mo. Enregistrez-la plus petite.")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return refuse(err, "il ne peut pas être lu. Vérifiez vos droits.")
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return refuse(err, "ce n’est pas une image PNG ou JPEG. Enregistrez-la dans l’un de ces formats.")
	}
	if size.Width*size.Height > maxPicturePixels {
		return refuse(nil, "l’image a plus de cent millions de points. Enregistrez-la plus petite.")
	}
	return w.store.Media().Put(bytes.NewReader(data))
}

// Picture gives the bytes of a picture that AddPicture kept.
func (w *Workspace) Picture(media string) ([]byte, error) { return w.store.Media().Media(media) }

// Designs lists the names of the designs a book can take, the usual one first.
func (w *Workspace) Designs() []string { return layout.Designs() }

// Formats lists the page formats with the words a person reads, the usual one
// first.
func (w *Workspace) Formats() []repertoire.Choice[string] {
	var out []repertoire.Choice[string]
	for _, f := range layout.Formats() {
		out = append(out, repertoire.Choice[string]{Value: f.Name, Label: f.Title})
	}
	return out
}
