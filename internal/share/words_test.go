package share

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"repertoire/internal/repertoire"
)

// TestEachRefusalSaysWhatStays: what a server or a line may say, in French, with
// what stays at the desk, and nothing of a password.
func TestEachRefusalSaysWhatStays(t *testing.T) {
	for _, c := range []struct {
		err     error
		want    string
		waiting bool // it is tried again by itself
	}{
		{&pgconn.PgError{Code: "28P01", Message: "password authentication failed"}, "nom ou ce mot de passe", false},
		{&pgconn.PgError{Code: "42501"}, "pas le droit d’écrire", false},
		{&pgconn.PgError{Code: "53100"}, "disque du serveur est plein", false},
		{&pgconn.PgError{Code: "57P01"}, "s’arrête ou redémarre", true},
		{&pgconn.PgError{Code: "55P03"}, "occupée par un autre poste", true},
		{&pgconn.PgError{Code: "25P03"}, "s’arrête ou redémarre", true},
		{fmt.Errorf("tls: %w", x509.CertificateInvalidError{Reason: x509.Expired}), "certificat du serveur a expiré", false},
		{fmt.Errorf("tls: %w", x509.UnknownAuthorityError{}), "ne prouve pas son identité", false},
		{fmt.Errorf("tls: %w", x509.HostnameError{Certificate: &x509.Certificate{}, Host: "ailleurs"}), "ne prouve pas son identité", false},
		{errors.New("read tcp 10.0.0.1: connection reset by peer"), "ne répond pas", true},
		{errors.New("cannot parse `postgres://awa:secret@x`"), "n’est pas lisible", false},
	} {
		err := explain(c.err)
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v is said %q", c.err, err)
		}
		if Unreachable(err) != c.waiting {
			t.Errorf("%v: tried again %v", c.err, !c.waiting)
		}
		if c.want != "n’est pas lisible" && !strings.Contains(err.Error(), "modifications restent") {
			t.Errorf("%v: %q does not say what stays", c.err, err)
		}
		if strings.Contains(fmt.Sprint(err, errors.Unwrap(err)), "secret") {
			t.Errorf("%v: the password is in the error", c.err)
		}
	}
	if explain(explain(&pgconn.PgError{Code: "53100"})) == nil || repertoire.KindOf(explain(&pgconn.PgError{Code: "53100"})) != repertoire.Refused {
		t.Error("a full disk is no refusal")
	}
}
