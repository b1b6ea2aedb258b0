package share

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"repertoire/internal/repertoire"
)

// errNoBase: the server is there, but holds no shared base.
var errNoBase = repertoire.Missing(
	"Ce serveur ne contient pas encore de base partagée. Partagez d’abord un dossier, ou vérifiez le nom de la base dans l’adresse.")

// Unreachable tells whether the error says that the server cannot be reached
// now: work goes on here, and what waits is sent later.
func Unreachable(err error) bool {
	var e *repertoire.Error
	return errors.As(err, &e) && errors.Is(e.Err, errUnreachable)
}

// WrongPassword tells whether the server refused the name or the password.
func WrongPassword(err error) bool {
	var e *repertoire.Error
	return errors.As(err, &e) && errors.Is(e.Err, errPassword)
}

var errPassword = errors.New("password refused")

var errUnreachable = errors.New("server unreachable")

// explain makes a French sentence of what the server or the network says.
// Nothing of the address but the host is repeated, never a password.
func explain(err error) error {
	var known *repertoire.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	refuse := func(message string) error {
		return &repertoire.Error{Kind: repertoire.Refused, Err: errors.New(redact(err)), Message: message}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case pg.Code == "28P01", pg.Code == "28000":
			return &repertoire.Error{Kind: repertoire.Refused, Err: errors.Join(errPassword, errors.New(redact(err))),
				Message: "Le serveur refuse ce nom ou ce mot de passe. Rien n’est perdu : vos modifications restent dans ce dossier. " +
					"Vérifiez-les auprès de l’administrateur."}
		case pg.Code == "42501":
			return refuse(
				"Votre compte n’a pas le droit d’écrire dans la base partagée : vos modifications restent dans ce dossier. Demandez le droit d’agent à l’administrateur.")
		case pg.Code == "3D000":
			return refuse("La base nommée dans l’adresse n’existe pas sur le serveur. Demandez son nom à l’administrateur.")
		case pg.Code == "53100", pg.Code == "53400":
			return refuse(
				"Le disque du serveur est plein : rien n’y a été écrit, vos modifications restent dans ce dossier et partiront quand l’administrateur aura fait de la place.")
		case pg.Code == "55P03":
			return unreachable(err,
				"La base partagée est occupée par un autre poste : vos modifications restent dans ce dossier et partiront dans un instant.")
		case pg.Code == "53300":
			return unreachable(err,
				"Le serveur a trop de connexions ouvertes : vos modifications restent dans ce dossier et partiront plus tard.")
		case strings.HasPrefix(pg.Code, "57P"), pg.Code == "25P03":
			return unreachable(err,
				"Le serveur s’arrête ou redémarre : vos modifications restent dans ce dossier et partiront quand il répondra.")
		case pg.Code == "42P01", pg.Code == "3F000":
			return errNoBase
		case pg.Code == "25006":
			return refuse("Le serveur n’accepte que la lecture en ce moment : vos modifications restent dans ce dossier.")
		}
		return &repertoire.Error{Kind: repertoire.Internal, Err: errors.New(redact(err)),
			Message: "Le serveur a refusé l’échange (code " + pg.Code +
				") : rien n’y a été écrit, vos modifications restent dans ce dossier."}
	}
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return refuse(
			"Le certificat du serveur a expiré : la connexion n’est pas sûre et n’a pas été ouverte. Vos modifications restent dans ce dossier ; prévenez l’administrateur.")
	case errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &host):
		return refuse(
			"Le certificat du serveur ne prouve pas son identité : la connexion n’a pas été ouverte. Vos modifications restent dans ce dossier ; prévenez l’administrateur.")
	case closed(err): // before what a broken handshake looks like
		return unreachable(err, noAnswer)
	case strings.Contains(err.Error(), "server refused TLS"):
		return refuse(
			"Le serveur ne chiffre pas ses connexions : elle n’a pas été ouverte. Vos modifications restent dans ce dossier ; prévenez l’administrateur.")
	case strings.Contains(err.Error(), "cannot parse"):
		return refuse("L’adresse de la base partagée n’est pas lisible : elle s’écrit postgres://nom@serveur:5432/base.")
	}
	var network net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &connect) || errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err) {
		return unreachable(err, noAnswer)
	}
	return &repertoire.Error{Kind: repertoire.Internal, Err: errors.New(redact(err)),
		Message: "L’échange avec la base partagée a échoué : vos modifications restent dans ce dossier."}
}

const noAnswer = "Le serveur de la base partagée ne répond pas : vos modifications restent dans ce dossier et partiront quand il répondra."

func unreachable(err error, message string) error {
	return &repertoire.Error{Kind: repertoire.Refused, Err: errors.Join(errUnreachable, errors.New(redact(err))), Message: message}
}

func closed(err error) bool {
	for _, part := range []string{"EOF", "conn closed", "closed pool", "broken pipe", "connection reset", "use of closed"} {
		if strings.Contains(err.Error(), part) {
			return true
		}
	}
	return false
}

// redact keeps what a log may hold of an error: pgx never puts passwords into
// its messages, but addresses given by hand may stand in them.
func redact(err error) string {
	text := err.Error()
	if i := strings.Index(text, "://"); i >= 0 {
		return text[:i] + "://…"
	}
	return text
}
