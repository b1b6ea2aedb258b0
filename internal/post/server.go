package post

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/textproto"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"repertoire/internal/repertoire"
)

// Server is where messages are sent through. The password is no part of it.
type Server struct {
	Host string `json:"host"`
	Port int    `json:"port"`
	User string `json:"user,omitempty"`
	// Security is one of Securities.
	Security Security `json:"security"`
	// PerMinute is how many messages leave in a minute, 0 for as many as the
	// server takes.
	PerMinute int `json:"per_minute,omitempty"`
	// Roots are the authorities trusted beside the system's; for tests and for
	// servers with an authority of their own.
	Roots *x509.CertPool `json:"-"`
}

// Security is how the talk with a server is kept from others.
type Security string

// The securities. None is for a server of the same machine only.
const (
	TLS      Security = "tls"
	STARTTLS Security = "starttls"
	None     Security = "aucune"
)

// Securities are the choices with their French names.
var Securities = repertoire.Choices[Security]{{Value: STARTTLS, Label: "STARTTLS (port 587)"}, {Value: TLS, Label: "TLS (port 465)"},
	{Value: None, Label: "Aucune (serveur de cette machine)"}}

// Check refuses what could not be reached, or would be heard by others.
func (s Server) Check() error {
	switch {
	case s.Host == "":
		return &repertoire.Error{Kind: repertoire.Refused, Field: "host", Message: "Il manque le nom du serveur d’envoi (SMTP)."}
	case s.Port < 1 || s.Port > 65535:
		return &repertoire.Error{Kind: repertoire.Refused, Field: "port",
			Message: "Le port du serveur d’envoi est un nombre de 1 à 65535 (587 le plus souvent)."}
	case !Securities.Has(s.Security):
		return &repertoire.Error{Kind: repertoire.Refused, Field: "security",
			Message: "La sécurité de l’envoi est starttls, tls ou aucune."}
	case s.Security == None && s.Host != "localhost" && s.Host != "127.0.0.1" && s.Host != "::1":
		return &repertoire.Error{Kind: repertoire.Refused, Field: "security",
			Message: "Sans TLS, les messages et le mot de passe se liraient en chemin : ce n’est permis que pour un serveur de cette machine. Choisissez starttls ou tls."}
	}
	return nil
}

// Line is an open talk with a server.
type Line struct {
	client *mail.Client
	smtp   *smtp.Client
	host   string
}

// Dial opens the talk: encrypted, signed in.
func (s Server) Dial(ctx context.Context, password string) (*Line, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(30 * time.Second), mail.WithHELO("localhost")}
	switch s.Security {
	case TLS:
		options = append(options, mail.WithSSL())
	case STARTTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case None:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	options = append(options, mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}))
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, unreachable(s, err)
	}
	line, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, unreachable(s, err)
	}
	return &Line{client, line, s.Host}, nil
}

func unreachable(s Server, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var code *textproto.Error
	if errors.As(err, &code) && (code.Code == 535 || code.Code == 534 || code.Code == 530) {
		return &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: fmt.Sprintf(
				"Le serveur %s refuse le nom ou le mot de passe : rien n’a été envoyé. Vérifiez-les (« campaign server »).", s.Host)}
	}
	return &repertoire.Error{Kind: repertoire.Refused, Err: err,
		Message: fmt.Sprintf(
			"Le serveur d’envoi %s, port %d, ne répond pas comme prévu : rien n’a été envoyé. Vérifiez l’adresse, le port et la sécurité choisie, et la connexion au réseau.", s.Host, s.Port)}
}

// Refusal is a message that the server did not take; it was surely not sent.
type Refusal struct {
	Code   int
	Answer string
	// Passing tells that it may be tried again later.
	Passing bool
}

func (r *Refusal) Error() string { return r.Answer }

// Send gives the server one message. leaving is called when all of it is there
// but its end: from then on, until Send returns, nobody can know whether the
// server took it. An error of leaving takes the message back.
func (l *Line) Send(from, to string, message []byte, leaving func() error) (answer string, err error) {
	if err := l.smtp.Mail("<" + from + ">"); err != nil {
		return "", l.refused(err)
	}
	if err := l.smtp.Rcpt("<" + to + ">"); err != nil {
		return "", l.refused(err)
	}
	w, err := l.smtp.Data()
	if err != nil {
		return "", l.refused(err)
	}
	if _, err := w.Write(message); err != nil {
		return "", err
	}
	if err := leaving(); err != nil {
		_ = l.Drop() // the end is never said: the server forgets it
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", l.refused(err)
	}
	return "accepté par " + l.host, nil
}

// refused sorts what a server answers: a code is a sure refusal, a broken line
// is none.
func (l *Line) refused(err error) error {
	var code *textproto.Error
	if !errors.As(err, &code) {
		return err
	}
	_ = l.smtp.Reset()
	return &Refusal{Code: code.Code, Answer: fmt.Sprintf("%d %s", code.Code, oneLine(code.Msg)), Passing: code.Code/100 == 4}
}

// Drop cuts the line without a word.
func (l *Line) Drop() error { return l.smtp.Close() }

// Close ends the talk.
func (l *Line) Close() error { return l.client.CloseWithSMTPClient(l.smtp) }
