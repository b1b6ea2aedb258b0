package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"repertoire/assets/i18n"
)

// verbs are the blanks of a format.
var verbs = regexp.MustCompile(`%[-+#0-9.]*[sdvqg]`)

// pattern writes an expression of the workspace as a sentence with blanks:
// `"Import de "+name` and `fmt.Sprintf("Import de %s", name)` are both "Import
// de %s". False for what is no sentence.
func pattern(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return verbs.ReplaceAllString(despaced(s), "%s"), err == nil
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		left, okLeft := pattern(e.X)
		right, okRight := pattern(e.Y)
		if !okLeft && !okRight {
			return "%s", false
		}
		if !okLeft {
			left = "%s"
		}
		if !okRight {
			right = "%s"
		}
		return strings.ReplaceAll(left+right, "%s%s", "%s"), true
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Sprintf" && len(e.Args) > 0 {
			return pattern(e.Args[0])
		}
	}
	return "", false
}

// internals gives every sentence of the workspace, and those it must be able to
// say in English: the labels of the journal, what the rules of entries find,
// what the book warns of.
func internals(t *testing.T) (all, owed map[string]string) {
	t.Helper()
	all, owed = map[string]string{}, map[string]string{}
	err := filepath.WalkDir("../../internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if s, ok := pattern(e); ok {
					all[s] = path
					all[s+"%s"] = path // a label begun, that a name ends
				}
			}
			if kv, ok := n.(*ast.KeyValueExpr); ok && strings.HasSuffix(path, "book/parts.go") {
				if key, ok := kv.Key.(*ast.Ident); ok && (key.Name == "Title" || key.Name == "About") {
					if s, ok := pattern(kv.Value); ok && s != "" {
						owed[s] = path
					}
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := ""
			if f, ok := call.Fun.(*ast.SelectorExpr); ok {
				name = f.Sel.Name
			}
			at, owing := map[string]int{"Change": 1, "change": 0, "refuse": 1, "warn": 1, "notice": 2}[name]
			if name == "add" && strings.HasSuffix(path, "reviewing.go") {
				at, owing = 2, true
			}
			if !owing || at >= len(call.Args) {
				return true
			}
			if s, ok := pattern(call.Args[at]); ok && strings.Trim(s, "%s ") != "" {
				owed[s] = path
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, owed
}

// What the workspace says has its English, with the same blanks; nothing of the
// table is left that nobody says any more.
func TestTheWorkspaceSpeaksEnglish(t *testing.T) {
	english, err := readEnglish()
	if err != nil {
		t.Fatal(err)
	}
	table, err := read(saidTable)
	if err != nil {
		t.Fatal(err)
	}
	all, owed := internals(t)
	for sentence, where := range owed {
		if english[sentence] == "" {
			t.Errorf("%s: no English for %q", where, sentence)
		}
	}
	for french, said := range table {
		if all[french] == "" {
			t.Errorf("%q is translated and never said", french)
		}
		if strings.Count(french, "%s") != strings.Count(said, "%s")+strings.Count(said, "%S") {
			t.Errorf("%q and %q have not the same blanks", french, said)
		}
	}
	if names, err := i18n.English(); err != nil || !slices.Contains(names, saidTable) {
		t.Errorf("%v, %v", names, err)
	}
}

// Names and figures stay as they came; a label within a label is said too.
func TestSentencesWithNames(t *testing.T) {
	if err := Use(English); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Use(French); err != nil {
			t.Fatal(err)
		}
	})
	for french, want := range map[string]string{
		"Modification de Lille – Saint-Louis":                     "Lille – Saint-Louis edited",
		"Modification en lot de 12 partenariats : Statut : Actif": "Bulk edit of 12 partnerships: Statut : Actif",
		"Annulation : Import de villes de France.csv":             "Undone: Import of villes de France.csv",
		"Fusion de Vire et Kayes avec Vire avec Kayes":            "Vire et Kayes merged with Vire avec Kayes",
		"La fin\u00a0(2012) est avant le début (2014).":           "The end (2012) is before the start (2014).",
		"Le pays « XX » est inconnu. Rien n’a été enregistré.":    "The country “XX” is unknown. Nothing was saved.",
		"La fiche n’a pas de collectivité française. %s Lorem":    "La fiche n’a pas de collectivité française. %s Lorem",
		"La fiche n’a jamais été vérifiée. Awa n’a pas de pays.":  "The entry was never verified. Awa has no country.",
		"« 100 % eau » n’est pas une adresse électronique.":       "“100 % eau” is no e-mail address.",
		"Une phrase que personne ne connaît.":                     "Une phrase que personne ne connaît.",
		"Liste « À revoir » : 3 fiches ajoutées":                  "List “À revoir”: 3 entries added",
	} {
		if got := Said(french); got != want {
			t.Errorf("%q is said %q, want %q", french, got, want)
		}
	}
}

// In French nothing is changed.
func TestFrenchIsSaidAsItCame(t *testing.T) {
	if got := Said("Import de\u00a0x"); got != "Import de\u00a0x" {
		t.Errorf("%q", got)
	}
}
