package base

import (
	"context"
	"errors"

	"repertoire/internal/repertoire"
)

// Stopped says in French that a person cancelled.
func Stopped(err error) error {
	if err == nil {
		return nil
	}
	if isCancelled(err) {
		return &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Le travail a été arrêté à votre demande ; aucun fichier n’a été changé."}
	}
	return err
}

func isCancelled(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
