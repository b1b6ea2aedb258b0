package workspace

import (
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/searches"
)

// A thematic book gathers what answers from several répertoires.
func TestBookFromASearch(t *testing.T) {
	w := sampled(t)
	for _, slug := range []string{"senegal", "liban", "armenie"} {
		changed(t, w, entriesOf(t, w, slug)[0], func(p *repertoire.Partnership) { p.Objectives = "Un projet d’agrivoltaïsme." })
	}
	file := filepath.Join(t.TempDir(), "recueil.pdf")
	for _, v := range []books.Variant{books.Print, books.Digital} {
		opt := books.SelectionOptions{BuildOptions: books.BuildOptions{Variant: v, Output: file},
			Query: searches.Query{Text: "agrivoltaïsme"}, Title: "L’agrivoltaïsme", Subtitle: "En Afrique et en Asie"}
		r, err := w.Books().BuildSelection(t.Context(), opt, quiet)
		if err != nil || r.Entries != 3 || !r.Preflight.OK || r.Overfull != 0 {
			t.Fatalf("%s: %d entries, preflight %+v, %v", v, r.Entries, r.Preflight, err)
		}
		again, err := w.Books().BuildSelection(t.Context(), opt, quiet)
		if err != nil || again.SHA256 != r.SHA256 {
			t.Errorf("%s: the same question gives other bytes, %v", v, err)
		}
	}
	text := strings.Join(strings.Fields(tool(t, "pdftotext", file, "-")), " ")
	for _, want := range []string{"L’agrivoltaïsme", "En Afrique et en Asie", "répondent à la recherche : « agrivoltaïsme »", "Sénégal",
		"Liban", "Arménie"} {
		if !strings.Contains(text, want) {
			t.Errorf("the book lacks %q", want)
		}
	}
	if strings.Contains(text, "dition de") {
		t.Error("a search passes for an edition")
	}
}

func TestCriteriaInWords(t *testing.T) {
	w := sampled(t)
	for _, c := range []struct {
		q    searches.Query
		want string
	}{
		{searches.Query{Text: "eau pays:mg"}, "« eau » ; pays : Madagascar"},
		{searches.Query{Text: "depuis:2015..2020"}, "depuis : 2015..2020"},
		{searches.Query{Countries: []string{"SN", "MR"}, Statuses: []string{"actif"}}, "pays : Sénégal ; Mauritanie ; statut : Actif"},
	} {
		if got := w.Searches().Criteria(c.q); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
