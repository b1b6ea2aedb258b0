package history

import (
	"context"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// UndoChoice says what to do with fields that were changed since.
type UndoChoice string

// The choices: Ask changes nothing when there are such fields.
const (
	UndoAsk       UndoChoice = "ask"
	UndoSkip      UndoChoice = "skip"
	UndoOverwrite UndoChoice = "overwrite"
)

// ParseUndoChoice reads a choice; "" is Ask.
func ParseUndoChoice(s string) (UndoChoice, error) {
	switch c := UndoChoice(s); c {
	case "":
		return UndoAsk, nil
	case UndoAsk, UndoSkip, UndoOverwrite:
		return c, nil
	}
	return "", repertoire.Refuse("--conflict est ask, skip ou overwrite")
}

// Undone says what an undo did, or, with conflicts and no change, what stands
// in its way.
type Undone struct {
	Change    repertoire.ID  `json:"change,omitempty"`
	Label     string         `json:"label"`
	Conflicts []UndoConflict `json:"conflicts"`
}

// UndoConflict is a field that later changes touched; Field is "" when it is
// the whole record.
type UndoConflict struct {
	Record  repertoire.ID `json:"record"`
	Title   string        `json:"title"`
	Field   string        `json:"field"`
	Label   string        `json:"label"`
	Now     string        `json:"now"`
	Would   string        `json:"would"` // what the undo would put back
	By      string        `json:"by"`    // the later change
	Blocked bool          `json:"blocked,omitempty"`
	Reason  string        `json:"reason,omitempty"`
}

// UndoField names a field of a conflict, "" the whole record.
type UndoField struct {
	Record repertoire.ID
	Field  string
}

// Undo takes one change back, alone, whatever was written after it; undoing an
// undo does the change again.
func (room *Room) Undo(ctx context.Context, change repertoire.ID, choice UndoChoice) (Undone, error) {
	return room.undo(ctx, change, choice == UndoAsk || choice == "", func(store.FieldConflict) bool { return choice == UndoOverwrite })
}

// UndoTaking takes a change back when a person has decided field by field: of
// the fields changed since, those in back are put back, the others stay.
func (room *Room) UndoTaking(ctx context.Context, change repertoire.ID, back []UndoField) (Undone, error) {
	return room.undo(ctx, change, false, func(c store.FieldConflict) bool { return slices.Contains(back, UndoField{c.ID, c.Field}) })
}

func (room *Room) undo(ctx context.Context, change repertoire.ID, ask bool, overwrite func(store.FieldConflict) bool) (Undone, error) {
	plan, err := room.base.Store.PlanUndo(ctx, change)
	if err != nil {
		return Undone{}, err
	}
	out := Undone{Label: plan.Label(), Conflicts: []UndoConflict{}}
	n, err := room.Names(ctx)
	if err != nil {
		return out, err
	}
	for _, c := range plan.Conflicts {
		out.Conflicts = append(out.Conflicts, UndoConflict{Record: c.ID, Title: c.Title, Field: c.Field, Label: c.Label,
			Now: n.In(c.Aggregate).Value(c.Field, c.Current), Would: n.In(c.Aggregate).Value(c.Field, c.Wanted), By: c.By.Label,
			Blocked: c.Blocked, Reason: c.Reason})
	}
	if len(out.Conflicts) > 0 && ask {
		return out, nil
	}
	applied, err := room.base.ApplyLarge(ctx, plan.Large(ctx, room.base.Author(), room.base.Now(), overwrite))
	if err != nil {
		return out, err
	}
	if applied.Seq == 0 {
		return out, repertoire.Refuse("Il n’y a plus rien à annuler de « %s » : rien n’a été changé.", plan.Of.Label)
	}
	out.Change = applied.Change.ID
	return out, nil
}

// LastChange gives the newest change of this author that can be taken back,
// for "Annuler"; nil when there is none.
func (room *Room) LastChange(ctx context.Context) (*Item, error) {
	return room.newest(ctx, func(c store.ChangeInfo) bool {
		return c.Cause != repertoire.CauseUndo && c.Cause != repertoire.CauseSample && c.Cause != repertoire.CauseErase
	})
}

// LastUndone gives the newest undo of this author, for "Rétablir"; nil when a
// change came after it or there is none.
func (room *Room) LastUndone(ctx context.Context) (*Item, error) {
	log, err := room.base.Store.Log(ctx, 0, 1)
	if err != nil || len(log) == 0 || log[0].Cause != repertoire.CauseUndo || log[0].Undone || log[0].Author != room.base.Author() {
		return nil, err
	}
	return &Item{ChangeInfo: log[0], Fields: []FieldChange{}}, nil
}

// undoDepth is how far back "Annuler" looks.
const undoDepth = 200

func (room *Room) newest(ctx context.Context, wanted func(store.ChangeInfo) bool) (*Item, error) {
	log, err := room.base.Store.Log(ctx, 0, undoDepth)
	if err != nil {
		return nil, err
	}
	for _, c := range log {
		if !c.Undone && c.Author == room.base.Author() && wanted(c) {
			return &Item{ChangeInfo: c, Fields: []FieldChange{}}, nil
		}
	}
	return nil, nil
}

// Of lists the changes of a record, newest first, field by field.
func (room *Room) Of(ctx context.Context, id repertoire.ID) ([]Item, error) {
	for _, aggregate := range []repertoire.Aggregate{repertoire.AggPartnership, repertoire.AggAuthority, repertoire.AggDirectory,
		repertoire.AggPresentation, repertoire.AggOrder, repertoire.AggInvoice, repertoire.AggBuyer} {
		entries, err := room.base.Store.History(ctx, aggregate, id)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			continue
		}
		n, err := room.Names(ctx)
		if err != nil {
			return nil, err
		}
		out := make([]Item, 0, len(entries))
		for _, e := range entries {
			h := Item{ChangeInfo: e.ChangeInfo, Fields: []FieldChange{}}
			changed, err := repertoire.Compare(e.Op.Before, e.Op.After)
			if err != nil {
				return nil, repertoire.Fault(err, "L’historique de cette fiche n’est pas lisible.")
			}
			for _, f := range changed {
				h.Fields = append(h.Fields, n.In(aggregate).Change(n, f))
			}
			out = append(out, h)
		}
		return out, nil
	}
	return nil, repertoire.Missing("Aucune fiche de ce dossier n’a l’identifiant « %s ».", id)
}

// Log lists the latest changes of the whole workspace, newest first, without
// their fields.
func (room *Room) Log(ctx context.Context, offset, limit int) ([]Item, error) {
	log, err := room.base.Store.Log(ctx, offset, limit)
	if err != nil {
		return nil, err
	}
	out := make([]Item, len(log))
	for i, c := range log {
		out[i] = Item{ChangeInfo: c, Fields: []FieldChange{}}
	}
	return out, nil
}

// Names resolves identifiers for people to read.
func (room *Room) Names(ctx context.Context) (Names, error) {
	return Names{
		Authority: func(id repertoire.ID) *repertoire.Authority {
			a, err := room.base.Store.Authority(ctx, id)
			if err != nil {
				return nil
			}
			return &a
		},
		Theme:   room.base.ThemeLabel,
		Country: room.base.CountryName,
		directory: func(slug string) string {
			d, err := room.base.Store.Directory(ctx, slug)
			if err != nil {
				return ""
			}
			return d.Short
		},
		title: func(id repertoire.ID) string {
			p, err := room.base.Store.Partnership(ctx, id)
			if err != nil {
				return ""
			}
			title, err := room.base.Title(ctx, p)
			if err != nil {
				return ""
			}
			return title
		},
	}, nil
}
