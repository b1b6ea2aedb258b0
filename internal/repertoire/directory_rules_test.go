package repertoire

import "testing"

func TestISBN(t *testing.T) {
	for text, want := range map[string]string{
		"978-2-07-036822-8": "978-2-07-036822-8", "ISBN : 978 2 07 036822 8": "978-2-07-036822-8", "2-07-036822-X": "2-07-036822-X",
		" ": "",
	} {
		if got, err := ParseISBN(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"978-2-07-036822-9", "123", "978-2-07-03682A-8", "1234567890123"} {
		if got, err := ParseISBN(text); err == nil {
			t.Errorf("%q is taken: %q", text, got)
		}
	}
}

func TestSlugs(t *testing.T) {
	for text, want := range map[string]string{"Côte d’Ivoire": "cote-d-ivoire", "  Amérique latine & Caraïbe ": "amerique-latine-caraibe",
		"日本": ""} {
		if got := Slug(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	d := Directory{Slug: "Côte", Imprint: Imprint{ISBN: "12"}}
	fields := map[string]bool{}
	for _, f := range d.Validate(Known{}) {
		fields[f.Field] = f.Severity == SeverityRefuse
	}
	for _, f := range []string{"title", "slug", "countries", "imprint.isbn"} {
		if !fields[f] {
			t.Errorf("%s is not refused", f)
		}
	}
}
