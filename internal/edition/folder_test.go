package edition

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

func TestShelfKeepsAndFinds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "editions")
	folder := NewFolder(dir)
	if list, err := folder.List(); err != nil || len(list) != 0 {
		t.Fatalf("an absent folder lists %v, %v", list, err)
	}
	// What a crash left, and files of others.
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(dir, "."+strings.Repeat("a", 64)+SnapshotSuffix+"-123")
	for _, f := range []string{torn, filepath.Join(dir, "japon.pdf"), filepath.Join(dir, "notes.json.gz")} {
		if err := os.WriteFile(f, []byte("torn"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	newer := put(t, folder, frozen("septembre 2026", nil), day.AddDate(0, 0, 1))
	older := put(t, folder, frozen("septembre 2024", nil), day)
	if _, err := os.Stat(torn); !errors.Is(err, os.ErrNotExist) {
		t.Error("what a crash left is still there")
	}
	again, added, err := folder.Put(frozen("septembre 2024", nil), nil, day.AddDate(1, 0, 0), "Max")
	if err != nil || added || again.Sum != older.Sum || again.Register.Steps[0].By != "Zoé" {
		t.Errorf("frozen again: %+v, added %v, %v", again.Register, added, err)
	}
	list, err := folder.List()
	if err != nil || len(list) != 2 || list[0].Sum != older.Sum || list[1].Sum != newer.Sum {
		t.Fatalf("list is %v, %v", list, err)
	}
	for _, text := range []string{string(older.ID), string(older.Sum), string(older.Sum[:8]), strings.ToUpper(string(older.Sum[:8]))} {
		if x, err := folder.Find(text); err != nil || x.Sum != older.Sum {
			t.Errorf("%q finds %s, %v", text, x.ID, err)
		}
	}
	for _, text := range []string{"", "-", "sen", "senegal", "senegal-000000000000", "japon-" + string(older.Sum[:12]), "../../etc/passwd",
		string(older.Sum) + "0"} {
		if _, err := folder.Find(text); repertoire.KindOf(err) != repertoire.NotFound {
			t.Errorf("%q gives %v", text, err)
		}
	}
}

func TestDamagedEditionIsListedAndTheOthersServe(t *testing.T) {
	folder := NewFolder(t.TempDir())
	bad, good := put(t, folder, frozen("a", nil), day), put(t, folder, frozen("b", nil), day)
	if err := os.WriteFile(folder.snapshotFile(bad.Sum), []byte("plus rien"), 0o644); err != nil {
		t.Fatal(err)
	}
	list, err := folder.List()
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %v", list, err)
	}
	for _, x := range list {
		if (x.Damage != nil) != (x.Sum == bad.Sum) {
			t.Errorf("%s: %v", x.ID, x.Damage)
		}
	}
	if _, err := folder.Find(string(bad.ID)); repertoire.KindOf(err) != repertoire.Damaged {
		t.Errorf("the damaged one gives %v", err)
	}
	if _, err := folder.Find(string(good.ID)); err != nil {
		t.Error(err)
	}
	if x, ok := Before(list, "senegal", "c"); !ok || x.Sum != good.Sum {
		t.Errorf("news would be told since %s, %v", x.ID, ok)
	}
	// A snapshot put again heals the file.
	if _, added, err := folder.Put(frozen("a", nil), nil, day, "Zoé"); err != nil || !added {
		t.Errorf("put again: added %v, %v", added, err)
	}
	if _, err := folder.Find(string(bad.ID)); err != nil {
		t.Error(err)
	}
}

func TestRegisterLostOrDamaged(t *testing.T) {
	folder := NewFolder(t.TempDir())
	x := put(t, folder, frozen("a", nil), day)
	if moved, err := x.Register.Move(Published, day, "Zoé"); !moved || err != nil {
		t.Fatal(moved, err)
	}
	if err := folder.Keep(x); err != nil {
		t.Fatal(err)
	}
	if y, err := folder.Find(string(x.ID)); err != nil || y.Register.Stage() != Published {
		t.Errorf("kept as %v, %v", y.Register, err)
	}
	kept, err := os.ReadFile(folder.registerFile(x.Sum))
	if err != nil {
		t.Fatal(err)
	}
	byAnotherHand := strings.Replace(string(kept), string(Published), string(SoldOut), 1)
	for _, text := range []string{"{", `{"steps":[{"stage":"fondue"}]}`, byAnotherHand} {
		if err := os.WriteFile(folder.registerFile(x.Sum), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if y, err := folder.Find(string(x.ID)); repertoire.KindOf(err) != repertoire.Damaged || y.Snapshot == nil {
			t.Errorf("a damaged register gives %v", err)
		}
	}
	var older Register
	if err := json.Unmarshal(kept, &older); err != nil {
		t.Fatal(err)
	}
	older.Seal = ""
	text, err := json.Marshal(older)
	if err != nil {
		t.Fatal(err)
	}
	if y, err := readRegister("r", text); err != nil || y.Stage() != Published {
		t.Errorf("what an older program wrote, without seal: %v, %v", y, err)
	}
	if err := os.Remove(folder.registerFile(x.Sum)); err != nil {
		t.Fatal(err)
	}
	if y, err := folder.Find(string(x.ID)); err != nil || y.Register.Stage() != Draft {
		t.Errorf("without register: %v, %v", y.Register, err)
	}
}

func TestStages(t *testing.T) {
	for _, c := range []struct {
		from, to       Stage
		moved, refused bool
	}{
		{Draft, Approved, true, false}, {Approved, Draft, true, false}, {Approved, Published, true, false}, {Draft, Published, true, false},
		{Published, SoldOut, true, false}, {SoldOut, Published, true, false}, {Draft, Draft, false, false},
		{Published, Published, false, false},
		{Draft, SoldOut, false, true}, {Approved, SoldOut, false, true}, {Published, Draft, false, true},
		{Published, Approved, false, true},
		{SoldOut, Draft, false, true},
	} {
		r := Register{Steps: []Step{{c.from, day, "Zoé"}}}
		moved, err := r.Move(c.to, day.Add(time.Hour), "Max")
		if moved != c.moved || (err != nil) != c.refused {
			t.Errorf("%s to %s: moved %v, %v", c.from, c.to, moved, err)
		}
		if moved && (len(r.Steps) != 2 || r.Steps[1].By != "Max" || r.Stage() != c.to) || !moved && len(r.Steps) != 1 {
			t.Errorf("%s to %s: steps %v", c.from, c.to, r.Steps)
		}
	}
}

func TestBefore(t *testing.T) {
	at := func(label string, stage Stage, slug string) Item {
		s := frozen(label, nil)
		s.Directory.Slug = slug
		return Item{ID: repertoire.ID(label), Snapshot: s, Register: Register{Steps: []Step{{stage, day, ""}}}}
	}
	for name, c := range map[string]struct {
		items []Item
		label string
		want  repertoire.ID
	}{
		"none":         {nil, "x", ""},
		"the last one": {[]Item{at("2023", Draft, "senegal"), at("2024", Draft, "senegal")}, "2026", "2024"},
		"the last that readers had": {[]Item{at("2022", Published, "senegal"), at("2023", SoldOut, "senegal"),
			at("2024", Draft, "senegal")}, "2026", "2023"},
		"not of another répertoire": {[]Item{at("2023", Published, "japon")}, "2026", ""},
		"not an attempt at itself": {[]Item{at("2023", Draft, "senegal"), at("Septembre 2026", Draft, "senegal")}, "septembre 2026 ",
			"2023"},
		"any for a book without label": {[]Item{at("2023", Draft, "senegal")}, "", "2023"},
	} {
		if got, _ := Before(c.items, "senegal", c.label); got.ID != c.want {
			t.Errorf("%s: %q, want %q", name, got.ID, c.want)
		}
	}
}
