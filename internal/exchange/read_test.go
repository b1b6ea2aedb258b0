package exchange_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

func TestReadEncodings(t *testing.T) {
	text := "Collectivité;Pays\r\nSaint-Étienne;Sénégal – œuvre\r\n"
	w1252, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16 := func(e unicode.Endianness) string {
		s, err := unicode.UTF16(e, unicode.UseBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, data := range map[string]string{"UTF-8": text, "UTF-8 BOM": "\ufeff" + text, "Windows-1252": w1252,
		"UTF-16 LE": utf16(unicode.LittleEndian), "UTF-16 BE": utf16(unicode.BigEndian)} {
		table, err := exchange.Read("f.csv", strings.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.HasPrefix(name, table.Encoding) || !slices.Equal(table.Headings, []string{"Collectivité", "Pays"}) ||
			!slices.Equal(rowsOf(table)[0].Cells, []string{"Saint-Étienne", "Sénégal – œuvre"}) {
			t.Errorf("%s: %+v", name, table)
		}
	}
}

func TestReadShapes(t *testing.T) {
	cases := []struct {
		name, text string
		sep        rune
		headings   []string
		rows       map[int][]string
		broken     []int
	}{
		{"commas", "a,b\n1,2\n", ',', []string{"a", "b"}, map[int][]string{2: {"1", "2"}}, nil},
		{"tabs", "a\tb\n1\t\"2;3\"\n", '\t', []string{"a", "b"}, map[int][]string{2: {"1", "2;3"}}, nil},
		{"line ends in quotes", "a;b\n\"x\ny\"\";\";2\n3;4", ';', []string{"a", "b"}, map[int][]string{2: {"x\ny\";", "2"}, 3: {"3", "4"}},
			nil},
		{"blank lines count", "\na;b\n\n1;2\n;\n3;4\n", ';', []string{"a", "b"}, map[int][]string{4: {"1", "2"}, 6: {"3", "4"}}, nil},
		{"no-break spaces", "\u00a0a ;b\n\u00a0Lille\u202f;\u00a0\n", ';', []string{"a", "b"}, map[int][]string{2: {"Lille", ""}}, nil},
		{"too many, too few", "a;b\n1;2;3\n1\n1;2;;\n", ';', []string{"a", "b"}, map[int][]string{3: {"1", ""}, 4: {"1", "2"}}, []int{2}},
		{"quote never closed", "a;b\n1;2\n3;\"4\n5;6\n", ';', []string{"a", "b"}, map[int][]string{2: {"1", "2"}}, []int{3}},
		{"sep= line", "sep=;\na;b\n1;2,3\n", ';', []string{"a", "b"}, map[int][]string{3: {"1", "2,3"}}, nil},
		{"empty columns on the right", "a;b;;\n1;2;;\n", ';', []string{"a", "b"}, map[int][]string{2: {"1", "2"}}, nil},
		{"same heading twice", "a;a\n1;2\n", ';', []string{"a", "a (2)"}, map[int][]string{2: {"1", "2"}}, nil},
		{"shielded formula", "a;b\n'=1+1;'x\n", ';', []string{"a", "b"}, map[int][]string{2: {"=1+1", "'x"}}, nil},
		{"old Mac line ends", "a;b\r1;2\r", ';', []string{"a", "b"}, map[int][]string{2: {"1", "2"}}, nil},
	}
	for _, c := range cases {
		table, err := exchange.Read("f.csv", strings.NewReader(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if table.Separator != c.sep || !slices.Equal(table.Headings, c.headings) || len(rowsOf(table)) != len(c.rows) {
			t.Errorf("%s: %q %q %v", c.name, table.Separator, table.Headings, rowsOf(table))
			continue
		}
		for _, r := range rowsOf(table) {
			if !slices.Equal(r.Cells, c.rows[r.Number]) {
				t.Errorf("%s, row %d: %q", c.name, r.Number, r.Cells)
			}
		}
		var broken []int
		for _, b := range table.Broken {
			broken = append(broken, b.Row)
		}
		if !slices.Equal(broken, c.broken) {
			t.Errorf("%s: broken %v", c.name, table.Broken)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for name, data := range map[string]string{"empty": "", "blank": " \n;;\n", "binary": "a\x00b;c", "old Excel": "\xd0\xcf\x11\xe0\xa1",
		"torn zip": "PK\x03\x04 nothing"} {
		_, err := exchange.Read("f", bytes.NewReader([]byte(data)))
		if repertoire.KindOf(err) != repertoire.Damaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := exchange.ReadFile("/nowhere/absent.csv", exchange.ReadOptions{}); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("absent file: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a;b\n1;2\n", "\ufeffa,b\n\"1\n\",2", "a\tb\n\"", "\xff\xfea\x00;\x00", "sep=,\na,b", "é;è\n'=1;x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := exchange.Read("f.csv", bytes.NewReader(data))
		if err != nil {
			if k := repertoire.KindOf(err); k != repertoire.Damaged {
				t.Fatalf("kind %s: %v", k, err)
			}
			return
		}
		last := 0
		for _, r := range rowsOf(table) {
			if len(r.Cells) != len(table.Headings) || r.Number <= last {
				t.Fatalf("row %d has %d cells for %d headings", r.Number, len(r.Cells), len(table.Headings))
			}
			last = r.Number
		}
		exchange.Guess(table.Headings)
	})
}
