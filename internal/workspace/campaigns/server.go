package campaigns

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/zalando/go-keyring"

	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

const (
	// serverFile keeps the server in the folder, without its password.
	serverFile = "envoi.json"
	// keyringService is what the system's keyring knows the password by.
	keyringService = "Répertoire (envoi de messages)"
	// passwordVariable is where machines without a keyring give the password.
	passwordVariable = "REPERTOIRE_SMTP_PASSWORD"
)

// Server gives the server that messages are sent through; false when none is
// set up.
func (room *Room) Server() (post.Server, bool, error) {
	var s post.Server
	file := filepath.Join(room.base.Dir(), serverFile)
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return s, false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return s, false, repertoire.Damage(file, err, "Le réglage de l’envoi (%s) n’est pas lisible : refaites-le (« campaign server »).",
			serverFile)
	}
	return s, true, nil
}

// SetServer keeps the server in the folder, and the password, when there is
// one, in the keyring of the system and nowhere else.
func (room *Room) SetServer(s post.Server, password string) error {
	if err := s.Check(); err != nil {
		return err
	}
	if password != "" {
		if err := keyring.Set(keyringService, account(s), password); err != nil {
			return &repertoire.Error{Kind: repertoire.Refused, Err: err,
				Message: "Le trousseau du système n’a pas pris le mot de passe : rien n’a été enregistré. Déverrouillez-le, ou donnez le mot de passe à chaque envoi par la variable " + passwordVariable + "."}
		}
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return repertoire.Fault(err, "Le réglage de l’envoi n’a pas pu être écrit.")
	}
	return base.WriteWhole(filepath.Join(room.base.Dir(), serverFile), append(data, '\n'))
}

func account(s post.Server) string { return s.User + "@" + s.Host }

// password reads the password where it is kept.
func password(s post.Server) (string, error) {
	if s.User == "" {
		return "", nil
	}
	if p, ok := os.LookupEnv(passwordVariable); ok {
		return p, nil
	}
	p, err := keyring.Get(keyringService, account(s))
	if err != nil {
		return "", &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Le mot de passe de " + account(s) +
				" n’est pas dans le trousseau du système : rien n’a été envoyé. Donnez-le de nouveau (« campaign server »)."}
	}
	return p, nil
}
