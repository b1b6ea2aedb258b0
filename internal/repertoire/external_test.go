package repertoire

import "testing"

func TestExternalInOneEntry(t *testing.T) {
	for in, want := range map[string]string{
		"Atlas: 1234": "Atlas: 1234", " atlas:1234 ": "atlas: 1234", "q90": "Wikidata: Q90",
		"https://www.wikidata.org/wiki/Q90": "Wikidata: Q90",
		"IATI: FR-3:A":                      "IATI: FR-3:A", "AC-12": "AC-12", "Atlas:": "", "": "", "a|b": "",
	} {
		x, err := ParseExternal(in)
		if err == nil && x.Written() != want || (err != nil) != (want == "") {
			t.Errorf("%q gives %q, %v", in, x.Written(), err)
		}
	}
	var p Partnership
	f := DeclaredPartnership.Field("external")
	if err := f.SetCell(&p, "Atlas: 1 | q5 |"); err != nil || f.Cell(&p) != "Atlas: 1 | Wikidata: Q5" {
		t.Errorf("%v, %v", p.External, err)
	}
	if err := f.SetCell(&p, "Atlas: 1 | Atlas:"); err == nil || len(p.External) != 2 {
		t.Errorf("a wrong entry is taken: %v", p.External)
	}
	if err := f.SetCell(&p, ""); err != nil || p.External != nil {
		t.Errorf("an empty entry leaves %v", p.External)
	}
}
