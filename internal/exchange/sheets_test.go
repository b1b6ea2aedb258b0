package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/exchange"
)

// A workbook of several sheets: the first with anything in it, or the one asked
// for; a formula gives what the spreadsheet computed, and is never run.
func TestASheetIsChosen(t *testing.T) {
	f := excelize.NewFile()
	for _, name := range []string{"Données", "Vide"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	for at, v := range map[string]string{"A1": "Commune", "B1": "Commune", "A2": "Lille", "B2": "Roubaix"} {
		if err := f.SetCellValue("Données", at, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellFormula("Données", "B2", "1+1"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "classeur.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	table, err := exchange.ReadFile(path, exchange.ReadOptions{})
	if err != nil || table.Sheet != "Données" || len(table.Sheets) != 3 || len(rowsOf(table)) != 1 || table.Headings[1] != "Commune (2)" {
		t.Errorf("%+v, %v", table, err)
	}
	for sheet, want := range map[string]string{"Vide": "est vide", "Absente": "n’a pas de feuille"} {
		if _, err := exchange.ReadFile(path, exchange.ReadOptions{Sheet: sheet}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sheet, err)
		}
	}
	if err := os.WriteFile(path, []byte("PK\x03\x04 tronqué"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := exchange.ReadFile(path, exchange.ReadOptions{}); err == nil {
		t.Error("a damaged workbook is read")
	}
}
