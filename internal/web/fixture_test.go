package web

import (
	"context"
	"flag"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"repertoire/assets"
	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
)

// keep writes the sample sites to a folder, for the eye.
var keep = flag.String("keep", "", "folder to write the sample sites to")

var samples = sync.OnceValues(sample.Load)

var tables = sync.OnceValue(reference.Open)

// sampleInput is one of the sample répertoires as an edition.
func sampleInput(t testing.TB, slug string) Input {
	t.Helper()
	set, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	tb := tables()
	in := book.Input{Reference: book.FromTables(tb), Presentations: map[string]repertoire.Presentation{},
		Authorities: map[repertoire.ID]repertoire.Authority{}, Label: "septembre 2026", Date: "2026-09-15"}
	for _, d := range set.Directories {
		if d.Slug == slug {
			in.Directory = d
		}
	}
	for _, p := range set.Presentations {
		in.Presentations[p.Country] = p
	}
	for _, a := range set.Authorities {
		in.Authorities[a.ID] = a
	}
	for _, p := range set.Partnerships {
		if slices.Contains(p.Directories, slug) {
			in.Partnerships = append(in.Partnerships, p)
		}
	}
	if in.Design, err = layout.LoadDesign("", ""); err != nil {
		t.Fatal(err)
	}
	return Input{Book: in, Program: "essai", Font: assets.Font, Licences: assets.Licences()}
}

// built makes a site in memory.
func built(t testing.TB, in Input) (map[string][]byte, Report) {
	t.Helper()
	files := map[string][]byte{}
	r, err := build(context.Background(), in, func(path string, data []byte) error {
		files[path] = data
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return files, r
}

func TestKeepSamples(t *testing.T) {
	if *keep == "" {
		t.Skip("only with -keep")
	}
	for _, slug := range []string{"japon", "amerique-latine-caraibe", "senegal", "liban", "armenie", "mauritanie"} {
		r, err := Write(context.Background(), sampleInput(t, slug), filepath.Join(*keep, slug), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %+v", slug, r)
	}
}
