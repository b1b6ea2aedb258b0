package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"repertoire/assets/i18n"
	"repertoire/internal/campaign"
	"repertoire/internal/order"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// speaking says which arguments of which calls are shown to a person: those of
// this package, and those of the form's own builders.
var speaking = map[string][]int{
	"T": {0}, "N": {0, 1}, "label": {1}, "text": {1}, "area": {1}, "date": {1}, "money": {1}, "year": {1},
	"section": {0}, "partiesOf": {0}, "themesField": {1}, "tick": {0}, "choice": {2}, "items": {2}, "takeBack": {2}, "with": {1, 3},
}

// Every sentence of the window has its English, with the same blanks to fill.
func TestEverySentenceIsTranslated(t *testing.T) {
	english, err := readEnglish()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]string{}
	err = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			strings.Contains(path, "apptest") {
			return err
		}
		return sentences(path, used)
	})
	if err != nil {
		t.Fatal(err)
	}
	// What the rules of entries find, said as it is.
	for _, file := range []string{"../../internal/repertoire/validate.go", "../../internal/workspace/review/reviewing.go"} {
		found := map[string]string{}
		if err := sentencesOf(file, map[string][]int{"refuse": {1}, "warn": {1}, "add": {2}}, found); err != nil {
			t.Fatal(err)
		}
		for sentence := range found {
			if !strings.Contains(sentence, "%") && (strings.HasSuffix(sentence, ".") || strings.HasSuffix(sentence, "…")) {
				used[sentence] = file
			}
		}
	}
	for _, label := range domainLabels() {
		used[label] = "internal/repertoire"
	}
	for french, where := range used {
		translated, ok := english[french]
		if !ok {
			t.Errorf("%s: no English for %q", where, french)
			continue
		}
		if strings.Count(french, "%s") != strings.Count(translated, "%s") {
			t.Errorf("%q and %q have not the same blanks", french, translated)
		}
	}
	said, err := read(saidTable) // see TestTheWorkspaceSpeaksEnglish
	if err != nil {
		t.Fatal(err)
	}
	for french := range english {
		if said[french] == "" && used[french] == "" {
			t.Errorf("%q is translated and never shown", french)
		}
	}
}

// Two tables never say one sentence differently: which of them would be heard
// hung on their names.
func TestNoSentenceIsSaidInTwoWays(t *testing.T) {
	names, err := i18n.English()
	if err != nil || len(names) < 2 {
		t.Fatalf("%d tables, %v", len(names), err)
	}
	said := map[string]string{}
	for _, name := range names {
		table, err := read(name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for french, english := range table {
			if other, twice := said[french]; twice && other != english {
				t.Errorf("%s: %q is said in two ways", name, french)
			}
			said[french] = english
		}
	}
}

func TestFrenchSpaces(t *testing.T) {
	if got := spaced("« %s » : est-ce fini ?"); got != "«\u00a0%s\u00a0»\u00a0: est-ce fini\u202f?" {
		t.Errorf("%q", got)
	}
}

func sentences(path string, used map[string]string) error { return sentencesOf(path, speaking, used) }

func sentencesOf(path string, speaking map[string][]int, used map[string]string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := ""
		switch f := call.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		for _, i := range speaking[name] {
			if i >= len(call.Args) {
				continue
			}
			if lit, ok := call.Args[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && s != "" {
					used[s] = path
				}
			}
		}
		return true
	})
	return nil
}

func domainLabels() []string {
	var out []string
	out = append(out, repertoire.Types.Labels()...)
	out = append(out, repertoire.Formalities.Labels()...)
	out = append(out, repertoire.Statuses.Labels()...)
	out = append(out, repertoire.Sides.Labels()...)
	out = append(out, repertoire.Levels.Labels()...)
	out = append(out, campaign.Standings.Labels()...)
	out = append(out, campaign.Judgments.Labels()...)
	out = append(out, campaign.Roles.Labels()...)
	out = append(out, campaign.Occasions.Labels()...)
	out = append(out, campaign.Languages.Labels()...)
	out = append(out, post.Securities.Labels()...)
	out = append(out, order.Treatments.Labels()...)
	// The fields that conflicts, merges and histories name.
	for _, field := range []string{"actors", "exchanges", "pictures", "attachments", "notes", "verified", "native_lang", "postal_codes",
		"article"} {
		out = append(out, repertoire.FieldLabel(field))
	}
	// Those that a section of the form may leave to their declaration.
	for _, field := range repertoire.DeclaredPartnership.Fields {
		if field.Many || field.Has(repertoire.Kept) {
			continue
		}
		if out = append(out, field.Label); field.Hint != "" {
			out = append(out, field.Hint)
		}
	}
	// Those that a form shows in one entry, with what the entry proposes.
	for _, d := range []*repertoire.Declaration{repertoire.DeclaredPartnership, repertoire.DeclaredProject, repertoire.DeclaredAuthority} {
		for _, field := range d.InOneCell() {
			out = append(out, field.Label, field.Hint)
		}
	}
	out = append(out, searches.SmartNames()...)
	return append(out, repertoire.FundingKinds.Labels()...)
}

func TestUseChoosesTheLanguage(t *testing.T) {
	t.Setenv("LANG", "en_GB.UTF-8")
	t.Setenv("LC_ALL", "C.UTF-8")
	if err := Use(French); err != nil {
		t.Fatal(err)
	}
	if got := T("Description"); got != "Description" {
		t.Errorf("French: %q", got)
	}
	if got := N("%s page", "%s pages", 0, "0"); got != "0 page" {
		t.Errorf("zero is singular in French: %q", got)
	}
	if err := Use(English); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := Use(French); err != nil {
			t.Fatal(err)
		}
	}()
	if got := T("Enregistrer"); got != "Save" {
		t.Errorf("English: %q", got)
	}
	if got := T("Vérifié le %s", "x"); got != "Verified on x" {
		t.Errorf("English with a blank: %q", got)
	}
}
