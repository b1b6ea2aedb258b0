//go:build linux

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/workspace"
)

// A list of agreements as an association of mayors in Benin keeps it, dropped
// on the real window: its columns are understood, its rows tried and taken in,
// found, and taken back; then the base exports the very bytes of before.
func TestAForeignListFromDropToUndo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "accords")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Author: "Essai"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Records().AddDirectory(t.Context(), "benin", "", []string{"BJ"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	before := exported(t, dir)
	h := takeOn(t, dir, 1280, 720)
	h.ask("drop " + agreements(t))
	h.sees("Essayer")
	h.ask("tap Essayer")
	h.sees("Importer 3 partenariats")
	h.sees("1 nom à confirmer…") // Montreuil, of which there are six
	h.ask("tap Importer 3 partenariats")
	h.until("the list is in", func() bool { return partnerships(t, dir) == 3 })
	h.sees("Annuler l’import")
	taken := exported(t, dir)
	for _, want := range []string{"Natitingou", "Montreuil", "1998-06-12", "BJ-102"} {
		if !strings.Contains(string(taken), want) {
			t.Errorf("the base has no %q", want)
		}
	}
	h.ask("tap Annuler l’import")
	h.until("the import is taken back", func() bool { return partnerships(t, dir) == 0 })
	h.stop()
	if after := exported(t, dir); !bytes.Equal(before, after) {
		t.Errorf("the export is not what it was before\n%s\n%s", before, after)
	}
}

// sees waits for a button.
func (h *hand) sees(label string) {
	h.t.Helper()
	h.until("the button "+label, func() bool { return slices.Contains(h.state().Buttons, label) })
}

// agreements writes the list: headings of the mayors' own, a date that is one,
// a word of theirs for a state, a sheet of notes before it.
func agreements(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	rows := [][]any{
		{"Ref_Accord", "Commune_Benin", "Departement_Benin", "Collectivite_Partenaire", "Pays_Partenaire", "Type_Cooperation",
			"Date_Signature", "Statut", "Observations"},
		{"BJ-101", "Natitingou", "Atacora", "Guéret", "France", "Jumelage", "12/06/1998", "Actif", "Signature du maire"},
		{"BJ-102", "Kandi", "Alibori", "Montreuil", "France", "Partenariat", "2011-06-03", "Expiré", ""},
		{"BJ-103", "Bohicon", "Zou", "Département de la Creuse", "France", "Partenariat", "vers 1990", "Actif", ""},
	}
	for i, r := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", at, &r); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "accords.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// exported gives the whole workspace as JSON.
func exported(t *testing.T, dir string) []byte {
	t.Helper()
	w, err := workspace.Open(context.Background(), dir, workspace.OpenOptions{ReadOnly: true, Share: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	file := filepath.Join(t.TempDir(), "tout.json")
	if _, err := w.Tables().Export(context.Background(), "", "json", file, nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
