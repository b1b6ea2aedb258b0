package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"repertoire/internal/exchange"
)

const accents = "Collectivité française;Pays;Ville étrangère\r\nBourg-Saint-Évroult;Sénégal;Thiès\r\nÎle-d’Aix;Côte d’Ivoire;Bouaké\r\nFrançois à l’œuvre;Guinée;« Labé »\r\n"

// The same list written by each machine of an office gives the same words.
func TestEncodingsAreJudgedByTheirFrench(t *testing.T) {
	plain := strings.NewReplacer("’", "'", "œ", "oe", "Î", "I").Replace(accents)
	for name, c := range map[string]struct {
		enc  encoding.Encoding
		text string
	}{
		"Windows-1252": {charmap.Windows1252, accents}, "Mac Roman": {charmap.Macintosh, accents},
		"CP850": {charmap.CodePage850, plain}, "UTF-16": {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), accents},
	} {
		data, err := c.enc.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(name, err)
		}
		table, err := exchange.Read("liste.csv", strings.NewReader(data))
		if err != nil || table.Encoding != name || table.Doubt != "" {
			t.Errorf("%s: read as %q, doubt %q, %v", name, table.Encoding, table.Doubt, err)
			continue
		}
		rows := rowsOf(table)
		if table.Headings[0] != "Collectivité française" || rows[0].Cells[1] != "Sénégal" || rows[1].Cells[2] != "Bouaké" ||
			!strings.Contains(rows[2].Cells[0], "François à l") {
			t.Errorf("%s: %v %v", name, table.Headings, rows)
		}
	}
}

// One accent alone may be of two machines: then it is said.
func TestADoubtfulEncodingIsSaid(t *testing.T) {
	table, err := exchange.Read("l.csv", strings.NewReader("Ville;Pays\nX \x8a;Mali\n"))
	if err != nil || table.Doubt == "" || !strings.Contains(table.Remarks[len(table.Remarks)-1].Reason, table.Encoding) {
		t.Errorf("%q %v %v", table.Doubt, table.Remarks, err)
	}
}

func TestWordsEncodedTwiceAreMended(t *testing.T) {
	table, err := exchange.Read("l.csv", strings.NewReader("Ville;Pays\nChÃ¢teau-GontÃ©;SÃ©nÃ©gal\nSão Paulo;Brésil\n"))
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(table)
	if rows[0].Cells[0] != "Château-Gonté" || rows[0].Cells[1] != "Sénégal" || rows[1].Cells[0] != "São Paulo" || len(table.Remarks) != 1 {
		t.Errorf("%v %v", rows, table.Remarks)
	}
}

func FuzzReadAnything(f *testing.F) {
	for _, s := range []string{"a|b\n1|2\n", "\x8e;\x8f\n\x83;1", "Titre, long\n\na;b\n1;2", "a\x00;\x00b\x00\n\x00",
		"<?xml version=\"1.0\"?><office:document><office:spreadsheet><table:table/></office:spreadsheet></office:document>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := exchange.Read("f", bytes.NewReader(data))
		if err != nil {
			return
		}
		n := 0
		for _, r := range rowsOf(table) {
			n++
			if len(r.Cells) != len(table.Headings) {
				t.Fatalf("row %d has %d cells for %d headings", r.Number, len(r.Cells), len(table.Headings))
			}
		}
		if table.Document == nil && n+len(table.Broken) != table.Count {
			t.Fatalf("%d rows and %d broken, %d counted", n, len(table.Broken), table.Count)
		}
	})
}
