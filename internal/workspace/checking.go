package workspace

import (
	"context"
	"errors"
	"os"

	"repertoire/internal/repertoire"
)

// readFile reads a file that a person named.
func readFile(file string) ([]byte, error) {
	bytes, err := os.ReadFile(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, &repertoire.Error{Kind: repertoire.NotFound, File: file, Err: err, Message: "Le fichier « " + file + " » n’existe pas."}
	case err != nil:
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err, Message: "Le fichier « " + file + " » ne peut pas être lu. Vérifiez vos droits."}
	}
	return bytes, nil
}

func isCancelled(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
