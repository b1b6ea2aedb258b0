package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// deriveTwinnings resolves a list of known links once, against the tables of
// this build, and writes data/reference/twinnings.tsv.gz; what stays doubtful
// goes to the report, for somebody to look at.
func deriveTwinnings(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("twinnings", flag.ContinueOnError)
	dir := set.String("dir", "data", "dossier des données")
	list := set.String("list", "internal/reference/derive/hand/twinnings-2017.tsv",
		"la liste : collectivité, latitude, longitude, partenaire, pays, latitude, longitude")
	report := set.String("report", "", "fichier où écrire ce qui reste douteux")
	if err := parse(set, args); err != nil {
		return err
	}
	raw, err := os.ReadFile(*list)
	if err != nil {
		return &repertoire.Error{Kind: repertoire.NotFound, File: *list, Err: err,
			Message: "La liste « " + *list + " » ne peut pas être lue ; rien n’a été écrit."}
	}
	tables := reference.Open()
	links, doubtful, err := tables.ReadTwinnings(ctx, string(raw))
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("# go run ./cmd/prepare twinnings; from Wikidata, P190, 2017 (CC0), resolved against the tables of data/reference\n")
	b.WriteString(reference.TwinningColumns + "\n")
	for _, l := range links {
		b.WriteString(l.Line() + "\n")
	}
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(b.String())); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := write(filepath.Join(*dir, "reference", "twinnings.tsv.gz"), zipped.Bytes()); err != nil {
		return err
	}
	say("%d liens résolus, %d laissés de côté", len(links), len(doubtful))
	if *report != "" {
		return write(*report, []byte(strings.Join(doubtful, "\n")+"\n"))
	}
	return nil
}
