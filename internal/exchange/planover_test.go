package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// A plan over a base that is read as asked, and whose results are taken as they
// come, is the plan over the base held whole.
func TestAPlanNeedNotHoldTheBase(t *testing.T) {
	known, samples := samples(t)
	set := samples.Partnerships
	text := "Identifiant;Collectivité française;Pays;Collectivité étrangère;Objectifs\n"
	byID := map[repertoire.ID]repertoire.Partnership{}
	for i, p := range set {
		byID[p.ID] = p
		if i < 8 {
			text += fmt.Sprintf("%s;;;;Objectif numéro %d\n", p.ID, i)
		}
	}
	text += ";Lille;Sénégal;Podor;Eau\n"
	table, err := exchange.Read("t.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	opt := exchange.Options{Directory: "senegal", At: november, Author: "essai",
		NewID: func() repertoire.ID { return "00000000-0000-0000-0000-000000000001" }}
	held, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), known, set, opt)
	if err != nil {
		t.Fatal(err)
	}
	var taken []exchange.Update
	opt.Take = func(x exchange.Update) error {
		taken = append(taken, x)
		return nil
	}
	over := exchange.Existing{Each: func(yield func(*repertoire.Partnership, error) bool) {
		for i := range set {
			if p := set[i]; !yield(&p, nil) { // gone once it was seen
				return
			}
		}
	}, Read: func(id repertoire.ID) (repertoire.Partnership, error) { return byID[id], nil }}
	streamed, err := exchange.NewPlanOver(t.Context(), table, exchange.Guess(table.Headings), known, over, opt)
	if err != nil {
		t.Fatal(err)
	}
	var all []exchange.Update
	all = append(all, held.Updated...)
	for _, x := range held.Added {
		all = append(all, exchange.Update{Row: x.Row, After: x.Partnership})
	}
	if len(held.Updated) != 8 || len(held.Added) != 1 || fmt.Sprint(taken) != fmt.Sprint(all) {
		t.Errorf("%d updated and %d added held; %d taken, not the same", len(held.Updated), len(held.Added), len(taken))
	}
	if len(streamed.Added)+len(streamed.Updated)+len(streamed.Same) > 0 || streamed.Additions != 1 || streamed.Updates != 8 {
		t.Errorf("the plan holds %d and counts %d, %d", len(streamed.Added)+len(streamed.Updated), streamed.Additions, streamed.Updates)
	}
	for name, bad := range map[string]func(*exchange.Options, *exchange.Existing){
		"not taken": func(o *exchange.Options, _ *exchange.Existing) {
			o.Take = func(exchange.Update) error { return fmt.Errorf("full") }
		},
		"not read": func(_ *exchange.Options, e *exchange.Existing) {
			e.Read = func(repertoire.ID) (repertoire.Partnership, error) {
				return repertoire.Partnership{}, fmt.Errorf("gone")
			}
		},
	} {
		o, e := opt, over
		bad(&o, &e)
		if _, err := exchange.NewPlanOver(t.Context(), table, exchange.Guess(table.Headings), known, e, o); err == nil {
			t.Errorf("%s: planned all the same", name)
		}
	}
}
