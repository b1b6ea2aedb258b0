package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"repertoire/internal/repertoire"
)

// contents gives every living record without its dates of writing: what a
// person would call the state of the base.
func (s *story) contents() map[string]string {
	s.Helper()
	out := map[string]string{}
	for _, a := range aggregates {
		rows, err := s.readers.QueryContext(context.Background(), `SELECT id, body FROM `+string(a)+` WHERE deleted_at IS NULL`)
		if err != nil {
			s.Fatal(err)
		}
		_, err = collect(rows, func(rows *sql.Rows) (struct{}, error) {
			var id, body string
			if err := rows.Scan(&id, &body); err != nil {
				return struct{}{}, err
			}
			fields, err := fieldsOf(json.RawMessage(body))
			delete(fields, "updated")
			raw, _ := json.Marshal(fields)
			out[string(a)+" "+id] = string(raw)
			return struct{}{}, err
		})
		if err != nil {
			s.Fatal(err)
		}
	}
	return out
}

// sound fails when the base contradicts itself.
func (s *story) sound(t interface {
	Helper()
	Fatalf(string, ...any)
}) {
	t.Helper()
	problems, err := s.Check(context.Background(), nil)
	if err != nil || len(problems) > 0 {
		t.Fatalf("check: %v %v", problems, err)
	}
}

// actor makes random changes, each of a few records.
type actor struct {
	*story
	t *rapid.T
}

func (a actor) partnerships() []Row {
	rows, _, err := a.Browse(context.Background(), BrowseQuery{})
	if err != nil {
		a.t.Fatal(err)
	}
	return rows
}

func (a actor) word(label string) string {
	return rapid.SampledFrom([]string{"", "Eau", "Jeunesse", "Œuvre", "Été"}).Draw(a.t, label)
}

// act makes one random change; refusals are part of life.
func (a actor) act() {
	t := a.t
	switch kind := rapid.SampledFrom([]string{"create", "import", "edit", "edit", "edit", "confirm", "delete", "rename", "drop authority",
		"directory", "undo", "undo"}).Draw(t, "kind"); kind {
	case "create", "import":
		n := 1
		if kind == "import" {
			n = rapid.IntRange(2, 4).Draw(t, "rows")
		}
		var ops []repertoire.Op
		if _, err := a.Directory(context.Background(), "senegal"); err != nil {
			ops = append(ops, a.put(&repertoire.Directory{ID: "d-senegal", Slug: "senegal"}, 0))
		}
		for range n {
			a.n++
			f, g := fmt.Sprintf("f%d", rapid.IntRange(0, 3).Draw(t, "french")), fmt.Sprintf("g%d", rapid.IntRange(0, 3).Draw(t, "foreign"))
			ops = a.adopt(ops, french(f, "F"+f, 0))
			ops = a.adopt(ops, foreign(g, "G"+g, rapid.SampledFrom([]string{"SN", "LB"}).Draw(t, "country")))
			ops = append(ops, a.put(pair(fmt.Sprintf("p%d", a.n), f, g), 0))
		}
		a.tolerate(ops...)
	case "edit", "confirm":
		rows := a.partnerships()
		if len(rows) == 0 {
			return
		}
		p := a.partnership(rapid.SampledFrom(rows).Draw(t, "row").ID)
		was := p
		if kind == "edit" {
			p.Objectives, p.Notes, p.Title = a.word("objectives"), a.word("notes"), a.word("title")
			p.FirstYear = rapid.IntRange(0, 2).Draw(t, "year")
			p.Themes = rapid.SampledFrom([][]string{nil, {"3"}, {"3.1", "4"}, {"4"}}).Draw(t, "themes")
		}
		c := repertoire.Confirmation{At: a.at, By: a.word("by"), Source: repertoire.SourceEntry}
		p.ConfirmChanges(&was, c)
		if kind == "confirm" {
			p.Confirm(c)
		}
		a.tolerate(a.put(&p, p.Version))
	case "delete":
		var ops []repertoire.Op
		for _, r := range a.partnerships() {
			if rapid.Bool().Draw(t, "this one") {
				ops = append(ops, Delete(repertoire.AggPartnership, r.ID, r.Version))
			}
		}
		a.tolerate(ops...)
	case "rename", "drop authority":
		all, err := a.Authorities(context.Background(), nil)
		if err != nil || len(all) == 0 {
			return
		}
		v := all[rapid.SampledFrom(slices.Sorted(maps.Keys(all))).Draw(t, "authority")]
		if kind == "rename" {
			v.Name = "N" + a.word("name")
			a.tolerate(a.put(&v, v.Version))
			return
		}
		a.tolerate(Delete(repertoire.AggAuthority, v.ID, v.Version))
	case "directory":
		slug := rapid.SampledFrom([]string{"senegal", "liban"}).Draw(t, "slug")
		if d, err := a.Directory(context.Background(), slug); err == nil && rapid.Bool().Draw(t, "drop") {
			a.tolerate(Delete(repertoire.AggDirectory, d.ID, d.Version))
			return
		}
		a.tolerate(a.put(&repertoire.Directory{ID: repertoire.ID("d-" + slug), Slug: slug, Title: a.word("title")}, AnyVersion))
	case "undo":
		log, err := a.Store.Log(context.Background(), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		var open []ChangeInfo
		for _, c := range log {
			if !c.Undone {
				open = append(open, c)
			}
		}
		if len(open) == 0 {
			return
		}
		how := Skip
		if rapid.Bool().Draw(t, "overwrite") {
			how = Overwrite
		}
		a.takeBack(rapid.SampledFrom(open).Draw(t, "change").ID, how, true)
	}
}

// adopt adds the authority unless the base or the change has it.
func (a actor) adopt(ops []repertoire.Op, v *repertoire.Authority) []repertoire.Op {
	if _, err := a.Authority(context.Background(), v.ID); err == nil {
		return ops
	}
	if slices.ContainsFunc(ops, func(op repertoire.Op) bool { return op.ID == v.ID }) {
		return ops
	}
	return append(ops, a.put(v, 0))
}

func (a actor) tolerate(ops ...repertoire.Op) {
	if _, err := a.try(ops...); err != nil && repertoire.KindOf(err) != repertoire.Refused {
		a.t.Fatalf("%v", err)
	}
}

// takeBack undoes a change and gives what stood in the way.
func (a actor) takeBack(id repertoire.ID, how func(FieldConflict) bool, mayRefuse bool) []FieldConflict {
	plan, err := a.PlanUndo(context.Background(), id)
	if err != nil {
		a.t.Fatalf("plan: %v", err)
	}
	next := a.next(repertoire.CauseUndo, "")
	c := plan.Large(context.Background(), "Awa", next.At, how)
	c.ID = next.ID
	if _, err := a.ApplyLarge(context.Background(), c); err != nil && (!mayRefuse || repertoire.KindOf(err) != repertoire.Refused) {
		a.t.Fatalf("undo of %s: %v", id, err)
	}
	return plan.Conflicts
}

// TestUndoingEverythingGivesBackTheStart: whatever was done, undone and done
// again, taking the changes back from the last to the first passes through
// every earlier state, without a conflict, down to the first.
func TestUndoingEverythingGivesBackTheStart(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, err := Create(context.Background(), t.TempDir(), Options{})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		a := actor{&story{TB: t, Store: s, at: day0}, rt}
		states := map[int64]map[string]string{}
		for range rapid.IntRange(1, 14).Draw(rt, "actions") {
			before, _ := a.LastSeq(context.Background())
			state := a.contents()
			a.act()
			if after, _ := a.LastSeq(context.Background()); after > before {
				states[after] = state
			}
		}
		a.sound(rt)
		log, err := a.Store.Log(context.Background(), 0, 1000)
		if err != nil {
			rt.Fatal(err)
		}
		for _, c := range log {
			if found := a.takeBack(c.ID, Overwrite, false); len(found) > 0 {
				rt.Fatalf("undoing %d in order meets %+v", c.Seq, found)
			}
			if got := a.contents(); !maps.Equal(got, states[c.Seq]) {
				rt.Fatalf("undoing %d gives\n%v\nwant\n%v", c.Seq, got, states[c.Seq])
			}
		}
		if left := a.contents(); len(left) != 0 {
			rt.Fatalf("left: %v", left)
		}
		a.sound(rt)
	})
}
