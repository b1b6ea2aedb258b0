package base

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"repertoire/internal/store"
)

// A workspace takes its place once it is whole: at no moment of its making does
// its folder hold a base that another program would take for an empty one.
func TestAWorkspaceAppearsWhole(t *testing.T) {
	for name, prepare := range map[string]func(dir string) error{
		"new":       func(string) error { return nil },
		"empty":     func(dir string) error { return os.MkdirAll(dir, 0o700) },
		"after one": func(dir string) error { return os.MkdirAll(dir+".creation-7/media", 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "essai")
			hidden := filepath.Join(parent, ".essai")
			place := dir
			if name == "after one" {
				place = hidden
			}
			if err := prepare(place); err != nil {
				t.Fatal(err)
			}
			early, asked := false, 0
			report, err := Init(t.Context(), dir, InitOptions{Author: "Awa", Sample: true, Now: func() time.Time {
				asked++
				if _, err := os.Stat(filepath.Join(dir, store.File)); err == nil {
					early = true
				}
				return time.Now()
			}})
			if err != nil {
				t.Fatal(err)
			}
			if early || asked == 0 {
				t.Errorf("the folder held a base before it was whole (%d looks)", asked)
			}
			if report.Partnerships == 0 {
				t.Error("no sample")
			}
			if _, err := os.Stat(filepath.Join(dir, store.File)); err != nil {
				t.Error(err)
			}
			if left, _ := os.ReadDir(parent); len(left) != 1 {
				t.Errorf("%d things beside the folder", len(left)-1)
			}
		})
	}
}
