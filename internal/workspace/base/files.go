package base

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"repertoire/internal/exchange"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
)

// ReadFile reads a file that a person named.
func ReadFile(file string) ([]byte, error) {
	if err := repertoire.RefuseIrregular(file); err != nil {
		return nil, err
	}
	bytes, err := os.ReadFile(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, &repertoire.Error{Kind: repertoire.NotFound, File: file, Err: err, Message: "Le fichier « " + file + " » n’existe pas."}
	case err != nil:
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: "Le fichier « " + file + " » ne peut pas être lu. Vérifiez vos droits."}
	}
	return bytes, nil
}

func ListFormat(format string) (exchange.Format, error) {
	f, err := exchange.ParseFormat(format)
	if err == nil && f == exchange.JSON {
		err = repertoire.Refuse("Une liste s’écrit en csv ou en xlsx ; pour des fiches entières en JSON, exportez un répertoire.")
	}
	return f, err
}

func HexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// WriteWhole replaces file by data or leaves it as it was. A link is followed,
// and what is no plain file (a pipe, a device) is written into: putting a file
// in its place would destroy it.
func WriteWhole(file string, data []byte) error {
	return WriteWholeFrom(file, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// WriteWholeFrom is WriteWhole for what is written piece by piece.
func WriteWholeFrom(file string, write func(io.Writer) error) error {
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().IsRegular() {
		return pdf.SaveFrom(file, write)
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err == nil {
		err = write(f)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err == nil || repertoire.KindOf(err) != repertoire.Internal {
		return err
	}
	return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
		Message: fmt.Sprintf(
			"« %s » n’a pas pu être écrit. Choisissez un fichier ordinaire, dans un dossier où vous avez le droit d’écrire.", file)}
}
