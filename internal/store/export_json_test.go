package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// rich has all that a base can hold: edits, undos, trash, purged records, an
// erased person, all kinds of records.
func rich(t *testing.T) *story {
	s := gallery(t)
	s.apply(s.put(&repertoire.Presentation{ID: repertoire.PresentationID("SN"), Country: "SN", Introduction: "Quatorze <régions> & plus."},
		0),
		s.put(&repertoire.Theme{Code: "3.1", Label: "Eau potable"}, 0), s.put(&repertoire.Theme{Code: "9", Label: "À jeter"}, 0),
		s.put(french("perdue", "Perdue", 0), 0), s.put(pair("p9", "perdue", "dakar"), 0))
	p := s.partnership("lille-dakar")
	p.Objectives = "Œuvrer"
	p.Contacts = []repertoire.Contact{{ID: "k", Side: repertoire.SideFrench, Name: secret}}
	edit := s.apply(s.put(&p, p.Version))
	s.undo(edit.Change.ID, Skip)
	s.apply(Delete(repertoire.AggPartnership, "p9", 1), Delete(repertoire.AggPartnership, "evry-beyrouth", 1),
		Delete(repertoire.AggTheme, repertoire.ThemeID("9"), 1))
	s.apply(Delete(repertoire.AggAuthority, "perdue", 1))
	for _, x := range []struct {
		a  repertoire.Aggregate
		id repertoire.ID
	}{{repertoire.AggAuthority, "perdue"}, {repertoire.AggPartnership, "p9"}, {repertoire.AggTheme, repertoire.ThemeID("9")}} {
		if _, err := s.Purge(t.Context(), x.a, x.id, request("purge-"+string(x.id))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.ErasePerson(t.Context(), func(c repertoire.Contact) bool { return c.Name == secret }, request("personne")); err != nil {
		t.Fatal(err)
	}
	s.sound(t)
	return s
}

// tree reads every file of a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheWholeBaseIsRebuiltFromItsReadableExport(t *testing.T) {
	s := rich(t)
	first := filepath.Join(t.TempDir(), "export")
	if err := s.ExportJSON(t.Context(), first, nil); err != nil {
		t.Fatal(err)
	}
	files := tree(t, first)
	if text := files["partnership/lille-dakar.json"]; !strings.Contains(text, "\n    \"status\": \"actif\"") {
		t.Fatalf("not readable:\n%s", text)
	}
	if text := files["presentation/"+string(repertoire.PresentationID("SN"))+".json"]; !strings.Contains(text, "<régions> & plus") {
		t.Fatalf("letters are not as they are:\n%s", text)
	}
	again, err := ImportJSON(t.Context(), first, filepath.Join(t.TempDir(), "w"), Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	rebuilt := &story{TB: t, Store: again, at: s.at, n: 900}
	rebuilt.sound(t)
	second := filepath.Join(t.TempDir(), "export")
	if err := again.ExportJSON(t.Context(), second, nil); err != nil {
		t.Fatal(err)
	}
	for name, text := range tree(t, second) {
		if files[name] != text {
			t.Errorf("%s differs:\n%s\nwas\n%s", name, text, files[name])
		}
		delete(files, name)
	}
	if len(files) > 0 {
		t.Errorf("missing: %v", files)
	}
	// The rebuilt base lives on: undo of what was done before, new numbers after.
	last, _ := s.LastSeq(t.Context())
	applied := rebuilt.apply(rebuilt.put(foreign("neuve", "Neuve", "SN"), 0))
	if applied.Seq <= last {
		t.Errorf("number %d was given before (%d)", applied.Seq, last)
	}
	rebuilt.undo("change-0002", Skip)
}

func TestABrokenExportBuildsNothing(t *testing.T) {
	s := gallery(t)
	good := filepath.Join(t.TempDir(), "export")
	if err := s.ExportJSON(t.Context(), good, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.ExportJSON(t.Context(), good, nil); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("exported over another: %v", err)
	}
	for name, spoil := range map[string]func(dir string){
		"a record missing": func(dir string) { done(t, os.Remove(filepath.Join(dir, "partnership", "lille-dakar.json"))) },
		"a record cut": func(dir string) {
			done(t, os.WriteFile(filepath.Join(dir, "authority", "lille.json"), []byte(`{"id":`), 0o644))
		},
		"another's record": func(dir string) { done(t, os.Rename(filepath.Join(dir, "theme"), filepath.Join(dir, "thème"))) },
		"no card":          func(dir string) { done(t, os.Remove(filepath.Join(dir, exportCard))) },
		"a newer format":   func(dir string) { done(t, os.WriteFile(filepath.Join(dir, exportCard), []byte(`{"format":2}`), 0o644)) },
		"a torn journal": func(dir string) {
			done(t, os.WriteFile(filepath.Join(dir, exportJournal), []byte("{\"seq\":1,\n"), 0o644))
		},
		"a wrong identifier": func(dir string) {
			done(t, os.WriteFile(filepath.Join(dir, "authority", "lille.json"),
				[]byte(`{"id":"lille","version":1,"record":{"id":"autre"}}`), 0o644))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "x")
			if err := os.CopyFS(dir, os.DirFS(good)); err != nil {
				t.Fatal(err)
			}
			spoil(dir)
			target := filepath.Join(t.TempDir(), "w")
			if _, err := ImportJSON(t.Context(), dir, target, Options{}, nil); err == nil || repertoire.KindOf(err) == repertoire.Internal {
				t.Fatalf("got %v", err)
			}
			if !absent(filepath.Join(target, File)) {
				t.Error("an empty base is left")
			}
		})
	}
}
