package pdf

import (
	"context"
	"errors"
	"io"

	"repertoire/internal/repertoire"
	"repertoire/internal/whole"
)

// Save writes data to path. An existing file is replaced only once the whole
// new one is safely on disk: a full disk or a power cut leaves the old one.
func Save(path string, data []byte) error {
	return SaveFrom(path, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// SaveFrom is Save for what is written piece by piece. An error of write that
// has its own sentence keeps it.
func SaveFrom(path string, write func(io.Writer) error) error {
	err := whole.WriteFrom(path, 0o644, write)
	var told *repertoire.Error
	switch {
	case err == nil, errors.As(err, &told), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case whole.InUse(err):
		return &repertoire.Error{Kind: repertoire.Refused, File: path, Err: err,
			Message: "Le fichier « " + path +
				" » est ouvert dans un autre programme : il est resté tel qu’il était. Fermez-le là-bas, ou choisissez un autre nom, puis recommencez."}
	}
	return &repertoire.Error{Kind: repertoire.Refused, File: path, Err: err,
		Message: "Le fichier « " + path +
			" » n’a pas pu être écrit ; s’il existait, il est resté tel qu’il était. Vérifiez que le dossier existe, que vous pouvez y écrire et que le disque n’est pas plein."}
}
