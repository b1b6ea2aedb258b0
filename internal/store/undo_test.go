package store

import (
	"errors"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// undo takes a change back and gives what stood in the way.
func (s *story) undo(id repertoire.ID, overwrite func(FieldConflict) bool) (Applied, UndoPlan) {
	s.Helper()
	plan, err := s.PlanUndo(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	s.n++
	s.at = s.at.Add(60e9)
	applied, err := s.ApplyLarge(s.Context(), plan.Large(s.Context(), "Awa", s.at, overwrite))
	if err != nil {
		s.Fatal(err)
	}
	return applied, plan
}

// edit changes the partnership p1.
func (s *story) edit(change func(*repertoire.Partnership)) Applied {
	s.Helper()
	p := s.partnership("p1")
	change(&p)
	return s.apply(s.put(&p, p.Version))
}

func conflicts(plan UndoPlan) string {
	var out []string
	for _, c := range plan.Conflicts {
		word := c.Field
		if word == "" {
			word = "*"
		}
		if c.Blocked {
			word += "!"
		}
		out = append(out, string(c.ID)+":"+word)
	}
	return strings.Join(out, " ")
}

func TestUndoOfAnOldEditLeavesLaterOnesAlone(t *testing.T) {
	s := newStory(t)
	s.lille()
	old := s.edit(func(p *repertoire.Partnership) { p.Objectives, p.FirstYear = "Eau", 1980 })
	s.edit(func(p *repertoire.Partnership) { p.Notes = "garder" })
	_, plan := s.undo(old.Change.ID, Skip)
	if len(plan.Conflicts) != 0 {
		t.Fatalf("conflicts %v", conflicts(plan))
	}
	p := s.partnership("p1")
	if p.Objectives != "" || p.FirstYear != 1978 || p.Notes != "garder" {
		t.Fatalf("got %+v", p)
	}
	if plan.Label() != "Annulation : Essai" {
		t.Fatalf("label %q", plan.Label())
	}
}

func TestUndoNamesTheFieldsTouchedSince(t *testing.T) {
	for _, c := range []struct {
		name  string
		how   func(FieldConflict) bool
		goals string
	}{{"skipped", Skip, "Eau et sols"}, {"overwritten", Overwrite, ""}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStory(t)
			s.lille()
			old := s.edit(func(p *repertoire.Partnership) { p.Objectives, p.FirstYear = "Eau", 1980 })
			later := s.edit(func(p *repertoire.Partnership) { p.Objectives = "Eau et sols" })
			s.edit(func(p *repertoire.Partnership) { p.Notes = "x" })
			_, plan := s.undo(old.Change.ID, c.how)
			if conflicts(plan) != "p1:objectives" {
				t.Fatalf("conflicts %v", conflicts(plan))
			}
			f := plan.Conflicts[0]
			if f.Label != "Objectifs" || f.Title != "Lille – Saint-Louis" || f.By.ID != later.Change.ID ||
				string(f.Current) != `"Eau et sols"` || f.Wanted != nil {
				t.Fatalf("conflict %+v", f)
			}
			if p := s.partnership("p1"); p.Objectives != c.goals || p.FirstYear != 1978 || p.Notes != "x" {
				t.Fatalf("got %+v", p)
			}
		})
	}
}

func TestUndoingAnUndoDoesAgain(t *testing.T) {
	s := newStory(t)
	s.lille()
	edit := s.edit(func(p *repertoire.Partnership) { p.Objectives = "Eau" })
	stack := func(wantUndo, wantRedo repertoire.ID) {
		t.Helper()
		undo, redo, err := s.UndoStack(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		id := func(c *ChangeInfo) repertoire.ID {
			if c == nil {
				return ""
			}
			return c.ID
		}
		if id(undo) != wantUndo || id(redo) != wantRedo {
			t.Fatalf("stack %q, %q; want %q, %q", id(undo), id(redo), wantUndo, wantRedo)
		}
	}
	first := repertoire.ID("change-0001")
	stack(edit.Change.ID, "")
	undo, _ := s.undo(edit.Change.ID, Skip)
	stack(first, undo.Change.ID)
	if _, err := s.PlanUndo(t.Context(), edit.Change.ID); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("undone twice: %v", err)
	}
	redo, plan := s.undo(undo.Change.ID, Skip)
	if !plan.Redo || plan.Label() != "Rétablissement : Essai" || s.partnership("p1").Objectives != "Eau" {
		t.Fatalf("redo %+v", plan)
	}
	stack(edit.Change.ID, "")
	again, _ := s.undo(redo.Change.ID, Skip)
	if s.partnership("p1").Objectives != "" {
		t.Fatal("the redo was not undone")
	}
	stack(first, again.Change.ID)
	s.edit(func(p *repertoire.Partnership) { p.Notes = "neuf" })
	if _, redo, _ := s.UndoStack(t.Context()); redo != nil {
		t.Fatal("a redo is offered after something new")
	}
	h, err := s.History(t.Context(), repertoire.AggPartnership, "p1")
	if err != nil || len(h) != 6 || !h[4].Undone || h[4].ID != edit.Change.ID || h[0].Undone {
		t.Fatalf("history %+v %v", h, err)
	}
}

func TestUndoOfCreationAndDeletion(t *testing.T) {
	s := newStory(t)
	s.lille()
	made := s.apply(s.put(pair("p2", "lille", "stlouis"), 0))
	s.undo(made.Change.ID, Skip)
	if _, err := s.Partnership(t.Context(), "p2"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("got %v", err)
	}
	gone := s.apply(Delete(repertoire.AggPartnership, "p1", 1))
	s.undo(gone.Change.ID, Skip)
	if p := s.partnership("p1"); p.Version != 3 || p.FirstYear != 1978 {
		t.Fatalf("got %+v", p)
	}
}

func TestUndoOfAnImportUndoesItWholeButKeepsWhatIsUsed(t *testing.T) {
	s := newStory(t)
	s.lille()
	bulk := s.apply(s.put(foreign("dakar", "Dakar", "SN"), 0), s.put(foreign("thies", "Thiès", "SN"), 0),
		s.put(pair("p2", "lille", "dakar"), 0), s.put(pair("p3", "lille", "thies"), 0))
	s.apply(s.put(pair("p4", "lille", "thies"), 0))
	p3 := s.partnership("p3")
	p3.Notes = "relu"
	s.apply(s.put(&p3, p3.Version))
	_, plan := s.undo(bulk.Change.ID, Skip)
	if conflicts(plan) != "thies:*! p3:*" {
		t.Fatalf("conflicts %v", conflicts(plan))
	}
	for id, want := range map[repertoire.ID]bool{"p1": true, "p2": false, "p3": true, "p4": true} {
		if _, err := s.Partnership(t.Context(), id); (err == nil) != want {
			t.Errorf("%s there: %v", id, err)
		}
	}
	if _, err := s.Authority(t.Context(), "dakar"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("dakar: %v", err)
	}
}

func TestUndoOfADeletionBringsItsAuthorityBack(t *testing.T) {
	s := newStory(t)
	s.lille()
	gone := s.apply(Delete(repertoire.AggPartnership, "p1", 1))
	s.apply(Delete(repertoire.AggAuthority, "stlouis", 1))
	s.undo(gone.Change.ID, Skip)
	if _, err := s.Authority(t.Context(), "stlouis"); err != nil {
		t.Fatal(err)
	}
	if p := s.partnership("p1"); len(p.Parties) != 2 {
		t.Fatalf("got %+v", p)
	}
}

func TestUndoOfAnEditOfWhatIsInTheTrashAsks(t *testing.T) {
	s := newStory(t)
	s.lille()
	edit := s.edit(func(p *repertoire.Partnership) { p.Objectives = "Eau" })
	s.apply(Delete(repertoire.AggPartnership, "p1", 2))
	applied, plan := s.undo(edit.Change.ID, Skip)
	if conflicts(plan) != "p1:*" || applied.Seq != 0 {
		t.Fatalf("conflicts %v, seq %d", conflicts(plan), applied.Seq)
	}
	s.undo(edit.Change.ID, Overwrite)
	if p := s.partnership("p1"); p.Objectives != "" {
		t.Fatalf("got %+v", p)
	}
}

func TestUndoTakesBackTheConfirmationWithTheContent(t *testing.T) {
	s := newStory(t)
	s.lille()
	before := s.partnership("p1")
	old := repertoire.Confirmation{At: day0, By: "Awa", Source: repertoire.SourceEntry}
	before.Confirmations = map[string]repertoire.Confirmation{"themes": old, "type": old}
	s.apply(s.put(&before, before.Version))
	edit := s.edit(func(p *repertoire.Partnership) {
		was := *p
		p.Themes, p.Objectives = []string{"4"}, "Eau"
		p.ConfirmChanges(&was, repertoire.Confirmation{At: s.at, By: "Binta", Source: "import"})
	})
	s.undo(edit.Change.ID, Skip)
	p := s.partnership("p1")
	if len(p.Confirmations) != 2 || p.Confirmations["themes"] != old || p.Themes[0] != "3.1" {
		t.Fatalf("got %v %v", p.Confirmations, p.Themes)
	}
}

// Two people who work on different elements of one list, or fields of one
// element, disturb neither a save nor an undo.
func TestListsAreMergedByElement(t *testing.T) {
	s := newStory(t)
	s.lille()
	s.edit(func(p *repertoire.Partnership) {
		p.Projects = []repertoire.Project{{ID: "a", Title: "A"}, {ID: "b", Title: "B"}}
	})
	mine := s.partnership("p1")
	first := s.edit(func(p *repertoire.Partnership) { p.Projects[0].Results = "dix puits" })
	mine.Projects[0].Places, mine.Projects[1].Title = "Thiès", "B2"
	mine.Projects = append(mine.Projects, repertoire.Project{ID: "c", Title: "C"})
	_, err := s.try(s.put(&mine, mine.Version))
	var c *Conflict
	if !errors.As(err, &c) || c.Clashes() || len(c.Fields) != 1 {
		t.Fatalf("conflict: %+v, %v", c, err)
	}
	merged, err := c.Merge(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.apply(repertoire.Op{Aggregate: c.Aggregate, ID: c.ID, Version: c.Current, After: merged})
	told := func() (out []string) {
		for _, x := range s.partnership("p1").Projects {
			out = append(out, x.Title+"/"+x.Results+"/"+x.Places)
		}
		return out
	}
	if got := strings.Join(told(), " "); got != "A/dix puits/Thiès B2// C//" {
		t.Errorf("after both saves: %s", got)
	}
	if _, plan := s.undo(first.Change.ID, Skip); len(plan.Conflicts) != 0 {
		t.Errorf("undo asks about %s", conflicts(plan))
	}
	if got := strings.Join(told(), " "); got != "A//Thiès B2// C//" {
		t.Errorf("after the undo of one: %s", got)
	}
}
