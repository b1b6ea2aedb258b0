package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mattn/go-sqlite3"

	"repertoire/internal/repertoire"
)

// explain turns an error of SQLite into the sentence a person needs; errors
// that already are one, and cancellations, pass through.
func explain(err error) error {
	var known *repertoire.Error
	var conflict *Conflict
	switch {
	case err == nil:
		return nil
	case errors.As(err, &conflict), errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone):
		return repertoire.Fault(err, "Le dossier de travail est fermé : ouvrez-le de nouveau.")
	}
	var lite sqlite3.Error
	if !errors.As(err, &lite) {
		return repertoire.Fault(err, "La base de données a rendu une erreur inattendue ; rien n’a été modifié.")
	}
	switch lite.Code {
	case sqlite3.ErrFull:
		return &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Le disque est plein : rien n’a été enregistré et rien n’est perdu. Libérez de la place, puis enregistrez de nouveau."}
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Un autre programme écrit dans le dossier de travail : rien n’a été enregistré. Réessayez dans un instant."}
	case sqlite3.ErrReadonly, sqlite3.ErrPerm:
		return &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Le dossier de travail est en lecture seule : rien n’a été enregistré. Copiez-le à un endroit où vous pouvez écrire."}
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return &repertoire.Error{Kind: repertoire.Damaged, Err: err,
			Message: "La base de données est abîmée : rien n’a été enregistré. Fermez le dossier, puis restaurez une sauvegarde."}
	case sqlite3.ErrIoErr, sqlite3.ErrCantOpen:
		return &repertoire.Error{Kind: repertoire.Damaged, Err: err,
			Message: "Le disque ne répond pas comme il devrait : rien n’a été enregistré. Vérifiez le disque ou le réseau, puis réessayez."}
	}
	return repertoire.Fault(err, "La base de données a refusé l’opération ; rien n’a été modifié.")
}

// damaged tells whether err says that the file itself is not sound.
func damaged(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrCorrupt || lite.Code == sqlite3.ErrNotADB)
}

// violates tells whether err is a refused constraint such as a slug taken twice.
func violates(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && lite.Code == sqlite3.ErrConstraint
}
