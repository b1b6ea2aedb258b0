package repertoire

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestMarksFindAPersonAgainWithoutNamingThem(t *testing.T) {
	p, err := NewPerson("Hermeline Zwyckx-Duval")
	if err != nil {
		t.Fatal(err)
	}
	p.Add("h.zwyckx@exemple.fr")
	p.Add("+33 6 12 34 56 78")
	m := p.Marks([]byte("0123456789abcdef"))
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"zwyckx", "hermeline", "612345678", "exemple"} {
		if strings.Contains(strings.ToLower(string(raw)), s) {
			t.Errorf("the marks hold %q: %s", s, raw)
		}
	}
	var read Marks
	if err := json.Unmarshal(raw, &read); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"Écrire à Hermeline Zwyckx-Duval.", "**Hermeline** *Zwyckx*-Duval", "ZWYCKX DUVAL, Hermeline",
		"zwyckx‑duval hermeline",
		"courriel H.Zwyckx@exemple.fr, sinon", "tél. 06.12.34.56.78", "<h.zwyckx@exemple.fr>"} {
		if len(read.Find(s)) == 0 {
			t.Errorf("not found in %q", s)
		}
	}
	for _, s := range []string{"Hermeline Duval", "Zwyckx", "06 12 34 56 79", "zwyckx@exemple.fr", ""} {
		if found := read.Find(s); len(found) > 0 {
			t.Errorf("%q found in %q", found, s)
		}
	}
	if other := p.Marks([]byte("another key 1234")); other.Sums[3][0] == m.Sums[3][0] {
		t.Error("two erasures can be told to be of the same person")
	}
}
