package workspace

import (
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"
)

// Spellings of one operator are found and brought together as one change;
// others that only look alike are left alone.
func TestValuesAreBroughtTogether(t *testing.T) {
	got := review.ClusterValues(review.ValueOperators,
		map[string]int{"Eau Vive": 3, "eau vive": 1, "L’Eau vive": 1, "Électriciens sans frontières": 2, "Electriciens sans frontiere": 1,
			"Gret": 1, "Grdr": 1, "Ville de Lyon": 1, "Ville de Lyons-la-Forêt": 1})
	if len(got) != 2 || got[0].Values[0].Value != "Eau Vive" || len(got[0].Values) != 3 || len(got[1].Values) != 2 ||
		got[1].Values[0].Count != 2 {
		t.Fatalf("%+v", got)
	}
	w := sampled(t)
	p, err := w.Records().Partnership(t.Context(), find(t, w, searches.Query{Countries: []string{"MG"}, Limit: 1}).Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p.Actors = []repertoire.Actor{{Name: "Zébu vert"}, {Name: "ZEBU VERT", URL: "https://exemple.org"}}
	if p, err = w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	done, err := w.Review().MergeValues(t.Context(), review.ValueOperators, []string{"ZEBU VERT"}, "Zébu vert")
	if err != nil || done.Partnerships != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if q, _ := w.Records().Partnership(t.Context(), p.ID); len(q.Actors) != 1 || q.Actors[0].URL == "" {
		t.Errorf("%+v", q.Actors)
	}
	if _, err := w.History().Undo(t.Context(), done.Change, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if q, _ := w.Records().Partnership(t.Context(), p.ID); len(q.Actors) != 2 {
		t.Errorf("%+v", q.Actors)
	}
}
