package workspace

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/tables"
)

// An export read into an empty workspace and exported again gives the same
// bytes: every authority as it was written, every record, every permission.
func TestExportComesBackByteForByte(t *testing.T) {
	for name, fill := range map[string]func(*Workspace){
		"sample": func(*Workspace) {},
		"generated": func(w *Workspace) {
			n := 5000
			if testing.Short() {
				n = 200
			}
			if _, err := w.Tables().Generate(t.Context(), n, 7, "senegal", quiet); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := sampled(t)
			fill(w)
			export := func(w *Workspace) []byte {
				file := filepath.Join(t.TempDir(), "e.json")
				if _, err := w.Tables().Export(t.Context(), "", "json", file, quiet); err != nil {
					t.Fatal(err)
				}
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				return raw
			}
			first := export(w)
			dir := filepath.Join(t.TempDir(), "other")
			if _, err := Init(t.Context(), dir, base.InitOptions{Author: "Zoé", Now: clock()}); err != nil {
				t.Fatal(err)
			}
			other := opened(t, dir)
			directories, err := w.Records().Directories(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range directories {
				if _, err := other.Records().AddDirectory(t.Context(), d.Slug, d.Title, d.Countries); err != nil {
					t.Fatal(err)
				}
			}
			file := filepath.Join(t.TempDir(), "in.json")
			if err := os.WriteFile(file, first, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := other.Tables().Import(t.Context(), file, tables.ImportOptions{Directory: directories[0].Slug}, quiet); err != nil {
				t.Fatal(err)
			}
			if second := export(other); !bytes.Equal(first, second) {
				i := 0
				for i < min(len(first), len(second)) && first[i] == second[i] {
					i++
				}
				t.Fatalf("%d and %d bytes, different from %d on:\n%s\nand\n%s", len(first), len(second), i, excerpt(first, i),
					excerpt(second, i))
			}
		})
	}
}

func excerpt(b []byte, i int) []byte { return b[max(0, i-300):min(len(b), i+200)] }

// An import taken back leaves the bytes of before; taken in twice, it changes
// nothing the second time: rows with questions, words unknown, dates in doubt,
// projects gathered, records there already.
func TestAnImportLeavesNothingBehind(t *testing.T) {
	w := sampled(t)
	export := func() []byte {
		file := filepath.Join(t.TempDir(), "e.json")
		if _, err := w.Tables().Export(t.Context(), "", "json", file, quiet); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for name, text := range map[string]string{
		"questions": "Collectivité française;Pays;Collectivité étrangère;Type;Statut;Année;Thématiques\nMontreuil;Sénégal;Ville inventée;Jumelage;Expiré;vers 1960;Eau\n" +
			"Vire;Senegal;Dagana;Pacte;;1958-1963;Astronomie\nCD 23;SENEGAL;Mékhé;;;14/07/50;\n",
		"known": "Collectivité française;Pays;Collectivité étrangère;Notes\nLille;Sénégal;Saint-Louis;Une note de plus\nGuéret;Sénégal;Podor;\n",
		"projects": "prjId;Collectivité territoriale française;Pays;Collectivité territoriale étrangère;Titre;Année de début du partenariat;Le partenariat est\n" +
			"7101;Gannat;Sénégal;Linguère;Puits;2009;Terminé\n7102;Gannat;Sénégal;Linguère;Écoles;2014;En cours\n",
		"long": longList(1_300),
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), name+".csv")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			before := export()
			first, err := w.Tables().Import(t.Context(), file, tables.ImportOptions{Directory: "senegal", Partial: true}, quiet)
			if err != nil || first.Added+first.Updated == 0 || first.Change == "" {
				t.Fatalf("%+v %v", first, err)
			}
			taken := export()
			second, err := w.Tables().Import(t.Context(), file, tables.ImportOptions{Directory: "senegal", Partial: true}, quiet)
			if err != nil || second.Added+second.Updated > 0 || second.Change != "" {
				t.Errorf("the second time: %d added, %d updated, change %q, %v", second.Added, second.Updated, second.Change, err)
			}
			if !bytes.Equal(taken, export()) {
				t.Error("the second time left something")
			}
			if _, err := w.History().Undo(t.Context(), first.Change, history.UndoAsk); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before, export()) {
				t.Error("the export is not what it was before the import")
			}
		})
	}
}

// longList is a list long enough to be read on two processors, with doubles,
// unknown names and a row that is refused.
func longList(rows int) string {
	var b strings.Builder
	b.WriteString("Collectivité française;Pays;Collectivité étrangère;Type;Objectifs\n")
	french := []string{"Lille", "Montreuil", "CD 23", "Vire", "Ville inventée", "Guéret"}
	for i := range rows {
		fmt.Fprintf(&b, "%s;Sénégal;Village %d;Jumelage;Puits %d\n", french[i%len(french)], i-i%50/49, i)
	}
	return b.String() + ";Sénégal;Sans commune;Jumelage;Puits\n"
}

// TestNamesakesFarApartAreTwoOnceAndAgain: two villages of one name, a hundred
// kilometres from each other, were one in the first run and two in the second,
// which added a partnership again.
func TestNamesakesFarApartAreTwoOnceAndAgain(t *testing.T) {
	w := sampled(t)
	file := filepath.Join(t.TempDir(), "villages.csv")
	if err := os.WriteFile(file, []byte("Collectivité française;Pays;Collectivité étrangère;Latitude;Longitude\n"+
		"Dourdan;Sénégal;Ndiob-Essai;14,35;-16,10\nDourdan;Sénégal;Ndiob-Essai;15,30;-16,40\n"+
		"Lille;Sénégal;Ndiob-Essai;14,36;-16,11\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, added := range []int{3, 0} {
		r, err := w.Tables().Import(t.Context(), file, tables.ImportOptions{Directory: "senegal"}, quiet)
		if err != nil || r.Added != added || len(r.Rejected) > 0 || r.Unchanged != 3-added {
			t.Fatalf("%d added, %d unchanged, %+v, %v; want %d", r.Added, r.Unchanged, r.Rejected, err, added)
		}
	}
}
