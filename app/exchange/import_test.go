package exchange

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	ex "repertoire/internal/exchange"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/tables"
)

func blank(t *testing.T) *workspace.Workspace {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	if _, err := w.Records().AddDirectory(t.Context(), "senegal", "", []string{"SN"}); err != nil {
		t.Fatal(err)
	}
	return w
}

func dialogs(t *testing.T, w *workspace.Workspace) (*Import, *Export, fyne.Window) {
	t.Helper()
	apptest.App(t)
	window := test.NewTempWindow(t, container.NewStack(widgets.NewBackground(theme.ColorSidebar)))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1280, 720))
	return NewImport(w, task.AtOnce(), window), NewExport(w, task.AtOnce(), window), window
}

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// button presses the button of the modal that bears a label.
func button(t *testing.T, window fyne.Window, label string) {
	t.Helper()
	for _, o := range window.Canvas().Overlays().List() {
		if b, ok := apptest.Find(o, func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, label) }); ok {
			if b.Disabled() {
				t.Fatalf("the button %q is disabled", label)
			}
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %q", label)
}

const table = "Ville de chez nous;Ailleurs;Où;Sujet;État\n" +
	"Lille;Saint-Louis;Sénégal;2.5;Actif\n" +
	"Nantes;Rufisque;Sénégal;2.5;Actif\n" +
	"Nantes;Guinguinéo;Sénégal;2.5;jamais vu\n" +
	"Brest;Podor;France;2.5;\n"

// A file with columns of its own is mapped, tried, taken in, and taken back as
// one.
func TestAFileIsMappedTriedAppliedAndTakenBack(t *testing.T) {
	w := blank(t)
	m, _, window := dialogs(t, w)
	m.ShowFile(written(t, "atlas.csv", table), "senegal")
	if os.Getenv("REPERTOIRE_SNAPSHOTS") != "" {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1, nil))
	}
	snapshot(t, window, "import-columns")
	for heading, field := range map[string]string{"Ville de chez nous": "collectivite_francaise", "Ailleurs": "collectivite_etrangere",
		"Où": "pays", "Sujet": "thematiques"} {
		for i, h := range m.table.Headings {
			if h != heading {
				continue
			}
			row := m.newColumn()
			m.fillColumn(i, row)
			r := rowParts(row)
			r.field.SetSelectedIndex(m.indexOf(field))
		}
	}
	button(t, window, "Essayer")
	if m.report.Added != 3 || len(m.report.Rejected) != 1 || len(m.report.Unknown) != 1 || m.report.Change != "" {
		t.Fatalf("tried: %+v; %s", m.report, m.notice.Sentence())
	}
	snapshot(t, window, "import-trial")
	m.show(tables.ActionReject)
	m.results.List.Select(0)
	if got := m.detail.String(); !strings.Contains(got, "France") {
		t.Errorf("the row says %q", got)
	}
	if list, _ := w.Records().Directories(t.Context()); list[0].Partnerships != 0 {
		t.Fatal("a trial wrote something")
	}
	out := filepath.Join(t.TempDir(), "rejets.csv")
	m.SaveRejected(out)
	if data, err := os.ReadFile(out); err != nil || !strings.Contains(string(data), "France") ||
		!strings.Contains(string(data), "Motif") {
		t.Errorf("rejected rows: %s, %v", data, err)
	}
	// The word is said once, the cell is mended in place.
	m.showTrial()
	m.askWords()
	snapshot(t, window, "import-words")
	m.recipe.Words = ex.Words{"statut": {"jamais vu": "En sommeil"}}
	m.Try()
	m.show(tables.ActionReject)
	m.results.List.Select(0)
	m.askCells()
	snapshot(t, window, "import-cells")
	was := []string{"Brest", "Podor", "France", "2.5", ""}
	m.correctCells(5, was, []string{"Brest", "Podor", "Sénégal", "2.5", ""}, true)
	if m.report.Added != 4 || len(m.report.Rejected)+len(m.report.Unknown) != 0 {
		t.Fatalf("mended: %+v", m.report)
	}
	// Tomorrow the work is where it was left.
	path := m.path
	m.modal.Close()
	m, _, window = dialogs(t, w)
	m.ShowFile(path, "senegal")
	if !strings.Contains(m.notice.Sentence(), "repris") || m.edits[5][2] != "Sénégal" ||
		m.recipe.Words["statut"]["jamais vu"] != "En sommeil" {
		t.Fatalf("resumed: %v %v, said %q", m.edits, m.recipe.Words, m.notice.Sentence())
	}
	m.Try()
	button(t, window, "Importer")
	if list, _ := w.Records().Directories(t.Context()); list[0].Partnerships != 4 {
		t.Fatalf("taken in: %+v", list)
	}
	snapshot(t, window, "import-done")
	button(t, window, "Annuler l")
	if list, _ := w.Records().Directories(t.Context()); list[0].Partnerships != 0 {
		t.Errorf("left after taking back: %+v", list)
	}
	// The same columns are known the next time.
	button(t, window, "Fermer")
	m.ShowFile(written(t, "suite.csv", table), "senegal")
	if m.mapping["Ailleurs"] != "collectivite_etrangere" {
		t.Errorf("the columns were forgotten: %v", m.mapping)
	}
}

func TestAPersonDecidesOfARow(t *testing.T) {
	w := blank(t)
	m, _, window := dialogs(t, w)
	text := "Collectivité française;Pays;Collectivité étrangère;Année\nLille;Sénégal;Saint-Louis;1978\n"
	m.ShowFile(written(t, "a.csv", text), "senegal")
	m.Try()
	button(t, window, "Importer")
	button(t, window, "Fermer")
	m.ShowFile(written(t, "b.csv", strings.Replace(text, "1978", "1979", 1)), "senegal")
	m.Try()
	m.results.List.Select(0)
	if m.report.Updated != 1 || m.report.Items[0].Action != tables.ActionUpdate || len(m.report.Items[0].Fields) == 0 {
		t.Fatalf("%+v", m.report)
	}
	m.results.List.Select(0)
	m.choice.SetSelectedIndex(1)
	if m.report.Added != 1 || m.report.Updated != 0 {
		t.Fatalf("as a new one: %+v", m.report)
	}
	m.results.List.Select(0)
	m.choice.SetSelectedIndex(2)
	if m.report.Left != 1 || m.report.Added != 0 {
		t.Errorf("left aside: %+v", m.report)
	}
}

func TestRowsOfOneProjectEachAreGrouped(t *testing.T) {
	w := blank(t)
	m, _, _ := dialogs(t, w)
	m.ShowFile(written(t, "atlas.csv",
		"Collectivité française;Pays;Collectivité étrangère;Projet\nLille;Sénégal;Saint-Louis;Eau\nLille;Sénégal;Saint-Louis;Écoles\n"),
		"senegal")
	m.Try()
	if m.report.Twins != 1 || m.notice.Sentence() == "" {
		t.Fatalf("%+v", m.report)
	}
	m.regroup()
	if m.report.Added != 1 || m.report.Grouped != 1 || len(m.report.Rejected) != 0 {
		t.Errorf("%+v", m.report)
	}
}

// Whatever the file, the dialog says a sentence and stays usable.
func TestBadFilesAreSaid(t *testing.T) {
	w := blank(t)
	m, _, window := dialogs(t, w)
	many := strings.Repeat("colonne;", 3000) + "\n" + strings.Repeat("x;", 3000) + "\n"
	for name, text := range map[string]string{
		"vide.csv": "", "blancs.csv": "\n\n \n", "une.csv": "Seule\nvaleur\n",
		"titres.csv":    "Collectivité française;Collectivité étrangère\n",
		"doubles.csv":   "Pays;Pays;Collectivité française;Collectivité étrangère\nSénégal;Mali;Lille;Dakar\n",
		"guillemet.csv": "a;b\n\"jamais fermé;x\n",
		"binaire.csv":   "\x00\x01\x02\x00", "faux.xlsx": "PK\x03\x04n’importe quoi", "faux.json": "{\"x\":", "large.csv": many,
		"formules.csv": "Collectivité française;Collectivité étrangère\n=cmd|' /C calc'!A0;@SUM(1)\n",
		"latin.csv":    "Collectivit\xe9 fran\xe7aise;Collectivit\xe9 \xe9trang\xe8re;Pays\nLille;Saint-Louis;S\xe9n\xe9gal\n",
	} {
		m.ShowFile(written(t, name, text), "senegal")
		if m.step == nil || m.busy {
			t.Fatalf("%s: the dialog hangs", name)
		}
		if m.notice.Sentence() == "" { // it could be read
			m.Try()
		}
		if m.busy || m.notice.Sentence() == "" && m.report.Rows == 0 {
			t.Errorf("%s: nothing is said", name)
		}
		if strings.Contains(m.notice.Sentence(), "import.go") {
			t.Errorf("%s: %s", name, m.notice.Sentence())
		}
		m.report = tables.ImportReport{}
		m.modal.Close()
		window.Canvas().Overlays().Remove(window.Canvas().Overlays().Top())
	}
	m.ShowFile(filepath.Join(t.TempDir(), "absent.csv"), "senegal")
	if !strings.Contains(m.notice.Sentence(), "n’existe pas") {
		t.Errorf("said %q", m.notice.Sentence())
	}
}

func TestManyRowsAreTried(t *testing.T) {
	w := blank(t)
	m, _, _ := dialogs(t, w)
	var b strings.Builder
	b.WriteString("\ufeffCode INSEE;Pays;Collectivité étrangère\r\n")
	for i := range 25_000 {
		fmt.Fprintf(&b, "59350;Sénégal;Village %d\r\n", i)
	}
	m.ShowFile(written(t, "grand.csv", b.String()), "senegal")
	m.Try()
	if m.report.Added != 25_000 || len(m.shown) != 25_000 {
		t.Errorf("added %d, shown %d; %s", m.report.Added, len(m.shown), m.notice.Sentence())
	}
}

func TestWithoutRepertoireOneIsAskedFor(t *testing.T) {
	w := blank(t)
	if err := w.Records().DeleteDirectory(t.Context(), "senegal"); err != nil {
		t.Fatal(err)
	}
	m, _, window := dialogs(t, w)
	asked := false
	m.OnNewDirectory = func() { asked = true }
	m.Show("")
	button(t, window, "Créer un répertoire")
	if !asked {
		t.Error("nothing was asked")
	}
}

func TestExportAsksBeforeReplacing(t *testing.T) {
	w := blank(t)
	_, x, window := dialogs(t, w)
	x.Now = func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	if _, err := w.Tables().Generate(t.Context(), 5, 1, "senegal", func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	x.Show("senegal")
	if got := filepath.Base(x.file.Text); got != "senegal 23-11-2026.xlsx" {
		t.Errorf("proposed %q", got)
	}
	snapshot(t, window, "export")
	x.format.SetSelected("CSV")
	path := written(t, "senegal.csv", "ancien")
	x.file.SetText(path)
	x.Start()
	if data, _ := os.ReadFile(path); string(data) != "ancien" {
		t.Fatal("replaced without a question")
	}
	button(t, window, "Remplacer")
	if data, _ := os.ReadFile(path); strings.Count(string(data), "\r\n") < 6 {
		t.Errorf("wrote %d bytes", len(data))
	}
	snapshot(t, window, "export-done")
}

// snapshot leaves a picture of the window where asked, for people to look at.
func snapshot(t *testing.T, window fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("REPERTOIRE_SNAPSHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, window.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
