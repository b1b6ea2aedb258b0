package workspace

import (
	"os/exec"
	"strings"
	"testing"
)

// layer gives the height of each package; imports only point downward. Within
// one height only the pairs of beside are allowed.
var layer = map[string]int{
	"cmd": 6, "app": 5,
	"internal/workspace": 4,
	"internal/order":     3, "internal/campaign": 3, "internal/post": 3, "internal/exchange": 3, "internal/book": 3, "internal/store": 3,
	"internal/search": 3, "internal/sample": 3, "internal/edition": 3, "internal/share": 3, "internal/web": 3,
	"internal/layout": 2, "internal/pdf": 2, "internal/raster": 2,
	"internal/reference": 1, "internal/picture": 1, "internal/logbook": 1, "internal/repertoire": 0, "internal/whole": 0,
	"internal/spelling": 0, "internal/thrift": 0,
	"assets": 0, "data": 0,
}

// beside are the imports allowed at the same height, each with its reason.
var beside = map[[2]string]string{
	{"internal/pdf", "internal/layout"}:        "draws its display list",
	{"internal/raster", "internal/layout"}:     "draws its display list",
	{"internal/edition", "internal/book"}:      "counts changes as the book's news do",
	{"internal/order", "internal/post"}:        "its papers leave as drafts of messages",
	{"internal/store", "internal/order"}:       "keeps its values; order itself (without paper) knows the domain alone",
	{"internal/store", "internal/campaign"}:    "keeps its values; campaign itself (without form) knows the domain alone",
	{"internal/campaign", "internal/exchange"}: "its forms are read by the bounded readers of workbooks",
	{"internal/web", "internal/book"}:          "sets on pages of the web what a book reads",
	{"internal/web", "internal/search"}:        "cuts words as the search does",
	{"assets", "internal/repertoire"}:          "its errors are sentences",
	{"data", "internal/repertoire"}:            "its errors are sentences",
}

// room gives the height of each room of the workspace: a room may ask one below
// it, and all stand on the base, which nobody else touches.
var room = map[string]int{
	"": 8, "safety": 7, "rights": 6, "orders": 5, "campaigns": 5, "books": 4, "review": 3, "tables": 3, "atlas": 3,
	"records": 2, "searches": 1, "history": 1, "sharing": 1, "base": 0,
}

// TestImportsPointDownward holds the drawing of the README against the code.
func TestImportsPointDownward(t *testing.T) {
	out, err := exec.Command("go", "list", "-tags", "migrated_fynedo", "-f", `{{.ImportPath}} {{join .Imports " "}}`,
		"repertoire/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		from := area(words[0])
		for _, imported := range words[1:] {
			if !strings.HasPrefix(imported, "repertoire/") {
				checkOutside(t, from, words[0], imported)
				continue
			}
			seen++
			to := area(imported)
			checkRooms(t, words[0], imported)
			if from == to || layer[from] > layer[to] || beside[[2]string{from, to}] != "" {
				continue
			}
			t.Errorf("%s imports %s: imports point downward", words[0], imported)
		}
	}
	if seen == 0 {
		t.Fatal("no import of ours was seen: the test looks at nothing")
	}
}

// checkRooms holds the rooms of the workspace in their order.
func checkRooms(t *testing.T, pkg, imported string) {
	t.Helper()
	const ours = "repertoire/internal/workspace"
	to, asked := strings.CutPrefix(imported, ours)
	if !asked {
		return
	}
	from, inside := strings.CutPrefix(pkg, ours)
	from, to = strings.TrimPrefix(from, "/"), strings.TrimPrefix(to, "/")
	below, known := room[to]
	if above := room[from]; !known || inside && above <= below || !inside && to == "base" {
		t.Errorf("%s imports %s: a room asks only those below it, and the base is theirs alone", pkg, imported)
	}
}

// checkOutside keeps each fixed library behind its own package.
func checkOutside(t *testing.T, from, pkg, imported string) {
	t.Helper()
	owner := map[string]string{
		"database/sql":                  "internal/store",
		"github.com/mattn/go-sqlite3":   "internal/store",
		"github.com/signintech/gopdf":   "internal/pdf",
		"github.com/blevesearch/bleve/": "internal/search",
		"github.com/jackc/pgx/v5":       "internal/share",
		"fyne.io/fyne/v2":               "app",
	}
	for prefix, want := range owner {
		if strings.HasPrefix(imported, prefix) && from != want && !(want == "app" && pkg == "repertoire/cmd/repertoire") {
			t.Errorf("%s imports %s, which is %s's alone", pkg, imported, want)
		}
	}
}

// area gives the key of layer for an import path.
func area(path string) string {
	path = strings.TrimPrefix(path, "repertoire/")
	parts := strings.Split(path, "/")
	if parts[0] == "internal" && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}
