package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// unkept are constructors of Fyne whose widgets break the contract of the
// window, and what stands in for each. dialog: its choosers end the program in
// a real window and none minds Esc. The controls: they keep Esc and Enter.
var unkept = map[string]string{
	`"fyne.io/fyne/v2/dialog"`: "files.Open, files.ChooseFolder, files.Save, widgets.Ask, widgets.Tell",
	`\bwidget\.New(Select|SelectEntry|Check|RadioGroup|Button|ButtonWithIcon|Entry|MultiLineEntry|CheckGroup)\(`: "the same of app/widgets",
	`\bwidget\.(Select|SelectEntry|Check|RadioGroup|Button|Entry)\{`:                                             "the same of app/widgets",
}

// Everything a person answers is built of the program's own controls.
func TestNoControlOfFynesOwn(t *testing.T) {
	found := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found++
		for bad, good := range unkept {
			if at := regexp.MustCompile(bad).Find(source); at != nil && !strings.HasSuffix(filepath.ToSlash(path), "widgets/button.go") {
				t.Errorf("%s uses %s: use %s", path, at, good)
			}
		}
		return nil
	})
	if err != nil || found < 100 {
		t.Fatalf("%d files read, %v", found, err)
	}
}
