package sharing

import (
	"errors"

	"github.com/zalando/go-keyring"

	"repertoire/internal/repertoire"
)

// keyringService is what the system's keyring knows passwords by; the account
// is the address, which holds none.
const keyringService = "Répertoire (base partagée)"

// keep remembers a password as long as the program runs, and in the system's
// keyring if asked. It is written nowhere else.
func (room *Room) keep(address, password string, remember bool) error {
	if password == "" {
		return nil
	}
	room.mu.Lock()
	room.secrets[address] = password
	room.mu.Unlock()
	if !remember {
		return nil
	}
	if err := keyring.Set(keyringService, address, password); err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Le trousseau du système n’a pas pris le mot de passe : il sert jusqu’à la fermeture du programme, puis sera redemandé. " +
				"Le partage, lui, est fait."}
	}
	return nil
}

// password gives what is known of an address: what was just given, else what
// the keyring has; "" leaves it to PGPASSWORD, a pgpass file or a certificate.
func (room *Room) password(address string) string {
	room.mu.Lock()
	p, ok := room.secrets[address]
	room.mu.Unlock()
	if ok {
		return p
	}
	p, err := keyring.Get(keyringService, address)
	if err != nil {
		return "" // no keyring on this machine, or nothing in it
	}
	return p
}

// forgetPassword takes it out of the keyring.
func (room *Room) forgetPassword(address string) error {
	room.mu.Lock()
	delete(room.secrets, address)
	room.mu.Unlock()
	if _, err := keyring.Get(keyringService, address); err != nil {
		return nil //nolint:nilerr // no keyring on this machine, or nothing in it
	}
	if err := keyring.Delete(keyringService, address); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Le partage est quitté, mais le mot de passe est resté dans le trousseau du système : supprimez-le là."}
	}
	return nil
}
