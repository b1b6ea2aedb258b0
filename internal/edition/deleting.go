package edition

import (
	"errors"
	"io/fs"
	"os"

	"repertoire/internal/repertoire"
)

// Delete removes an edition's files. The register goes first: an interruption
// leaves a draft, which the edition was, and never a register without it.
func (s *Folder) Delete(item Item) error {
	for _, file := range []string{s.registerFile(item.Sum), s.snapshotFile(item.Sum)} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
				Message: "L’édition ne peut pas être supprimée ; elle reste un brouillon. Vérifiez vos droits sur le dossier des éditions."}
		}
	}
	return nil
}
