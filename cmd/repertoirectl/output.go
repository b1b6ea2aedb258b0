package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strings"

	"golang.org/x/term"

	"repertoire/internal/logbook"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

const usageTemplate = `
Usage :{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} -w DOSSIER COMMANDE

Commandes :{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Options :
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Options générales :
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

// report prints value as the one JSON document, or text for people.
func (f *face) report(value any, text func(w io.Writer)) error {
	if !f.json {
		text(f.out)
		return nil
	}
	enc := json.NewEncoder(f.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

// complain writes a message to standard error.
func (f *face) complain(format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	fmt.Fprintln(f.errs, format)
}

// silent is an error whose report is already printed.
type silent struct{ error }

// fail says why a request was refused: on standard error, and as the JSON
// document when one was asked for.
func (f *face) fail(err error) {
	var said silent
	if errors.As(err, &said) {
		f.complain("%s", said.Error())
		return
	}
	var ours *repertoire.Error
	message := err.Error()
	if errors.As(err, &ours) {
		message = ours.Message
	} else {
		ours = &repertoire.Error{Kind: repertoire.Internal}
		message = "Une erreur imprévue est survenue, rien d’autre n’a été changé : " + message
	}
	f.complain("%s", message)
	if level, _ := logbook.ParseLevel(f.level); level <= slog.LevelDebug {
		if cause := errors.Unwrap(ours); cause != nil {
			f.complain("(%v)", cause)
		}
	}
	if f.logged {
		slog.Warn("failed", logbook.Err(err))
	}
	if f.json {
		_ = f.report(map[string]any{"error": map[string]string{
			"kind": string(ours.Kind), "message": message, "field": ours.Field, "file": ours.File}}, nil)
	}
}

// wrong says what is wrong with a command line, as the JSON document too when
// one was asked for: the line was not read to its end, so that json says so.
func (f *face) wrong(err error, json bool) {
	message := frenchUsage(err)
	f.complain("%s", message)
	if f.json || json {
		f.json = true
		_ = f.report(map[string]any{"error": map[string]string{"kind": "usage", "message": message}}, nil)
	}
}

// progress draws a bar on a terminal, and nothing elsewhere.
func (f *face) progress() workspace.Progress {
	file, ok := f.errs.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return func(int, int, string) {}
	}
	const width = 30
	return func(done, total int, label string) {
		if total <= 0 {
			fmt.Fprintf(file, "\r\033[K%s…", label)
			return
		}
		n := width * min(done, total) / total
		fmt.Fprintf(file, "\r\033[K[%s%s] %3d %% %s", strings.Repeat("█", n), strings.Repeat("·", width-n), 100*done/total, label)
		if done >= total {
			fmt.Fprint(file, "\r\033[K")
		}
	}
}

var (
	unknownCommand = regexp.MustCompile(`unknown command "([^"]*)"`)
	shorthand      = regexp.MustCompile(`unknown shorthand flag: .* in (-.*)`)
	unknownFlag    = regexp.MustCompile(`unknown (?:shorthand )?flag: (.*)`)
	badArgument    = regexp.MustCompile(`invalid argument "([^"]*)" for "([^"]*)"`)
	needsArgument  = regexp.MustCompile(`flag needs an argument: (.*)`)
	argumentCount  = regexp.MustCompile(`(?:accepts|requires).*(\d+) arg`)
)

// frenchUsage says in French what the command-line library says in English.
func frenchUsage(err error) string {
	s := err.Error()
	switch {
	case unknownCommand.MatchString(s):
		s = "la commande « " + unknownCommand.FindStringSubmatch(s)[1] + " » n’existe pas"
	case shorthand.MatchString(s):
		s = "l’option " + shorthand.FindStringSubmatch(s)[1] + " n’existe pas"
	case unknownFlag.MatchString(s):
		s = "l’option " + unknownFlag.FindStringSubmatch(s)[1] + " n’existe pas"
	case badArgument.MatchString(s):
		m := badArgument.FindStringSubmatch(s)
		s = "« " + m[1] + " » ne convient pas à " + m[2]
	case needsArgument.MatchString(s):
		s = "il manque la valeur de " + needsArgument.FindStringSubmatch(s)[1]
	case argumentCount.MatchString(s):
		s = "le nombre d’arguments n’est pas le bon"
	}
	return "Mauvais usage : " + s + ". « repertoirectl --help » donne les commandes et leurs options."
}
