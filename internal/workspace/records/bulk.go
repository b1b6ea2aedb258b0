package records

import (
	"context"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
)

// BulkField names what a bulk edit changes.
type BulkField string

// What can be changed in many partnerships at once. The fields of a single
// entry (texts, projects, people) are left to the form on purpose.
const (
	BulkStatus          BulkField = "status"
	BulkType            BulkField = "type"
	BulkFormality       BulkField = "formality"
	BulkThemeAdd        BulkField = "theme-add"
	BulkThemeRemove     BulkField = "theme-remove"
	BulkDirectoryAdd    BulkField = "directory-add"
	BulkDirectoryRemove BulkField = "directory-remove"
	BulkCountryGroup    BulkField = "country-group" // "oui" or "non"
	BulkSource          BulkField = "source"        // "" empties it
	BulkVerified        BulkField = "verified"      // confirmed today; no value
)

// BulkFields are the fields with their French labels, in the order of a menu.
func BulkFields() repertoire.Choices[BulkField] {
	return repertoire.Choices[BulkField]{{Value: BulkStatus, Label: "Statut"}, {Value: BulkType, Label: "Type"},
		{Value: BulkFormality, Label: "Formalisation"}, {Value: BulkThemeAdd, Label: "Ajouter une thématique"},
		{Value: BulkThemeRemove, Label: "Retirer une thématique"}, {Value: BulkDirectoryAdd, Label: "Ajouter à un répertoire"},
		{Value: BulkDirectoryRemove, Label: "Retirer d’un répertoire"}, {Value: BulkCountryGroup, Label: "Membre du groupe-pays"},
		{Value: BulkSource, Label: "Source"}, {Value: BulkVerified, Label: "Confirmer ce jour"}}
}

// BulkEdit is one change to make in each of many partnerships.
type BulkEdit struct {
	Field BulkField `json:"field"`
	Value string    `json:"value,omitempty"` // as stored: a code, a slug, "oui"
}

// BulkTarget says which partnerships: those of IDs, or all that answer Query
// when IDs is nil.
type BulkTarget struct {
	IDs   []repertoire.ID
	Query searches.Query
}

// BulkReport says what a bulk edit did, or would do.
type BulkReport struct {
	Total     int           `json:"total"`
	Changed   int           `json:"changed"`
	Unchanged int           `json:"unchanged"`
	Refused   int           `json:"refused"`
	Change    repertoire.ID `json:"change,omitempty"` // the one undoable step, "" when nothing was written
	// Lines shows the first partnerships that change, Refusals the first that
	// the rules of an entry keep as they are.
	Lines    []history.RecordChanges `json:"lines"`
	Refusals []BulkRefusal           `json:"refusals"`
}

// BulkRefusal is a partnership that would no longer be right.
type BulkRefusal struct {
	history.RecordName
	Reason string `json:"reason"`
}

// bulkShown is how many lines a report holds: enough to read, whatever the base.
const bulkShown = 200

// BulkEdit makes the same edits in many partnerships as one change, undone as
// one. A partnership that the edits would make wrong is left as it is and told;
// dryRun only tells. Cancelled, it writes nothing.
func (room *Room) BulkEdit(ctx context.Context, of BulkTarget, edits []BulkEdit, dryRun bool, progress base.Progress) (report BulkReport,
	err error) {
	defer func() { err = base.Stopped(err) }()
	report = BulkReport{Lines: []history.RecordChanges{}, Refusals: []BulkRefusal{}}
	if err := room.checkBulk(ctx, edits); err != nil {
		return report, err
	}
	ids := of.IDs
	if ids == nil {
		if ids, err = room.searches.Results(ctx, of.Query); err != nil {
			return report, err
		}
	}
	c := room.base.Change(repertoire.CauseEdit, "")
	b := bulk{w: room, edits: edits, dry: dryRun,
		by: repertoire.Confirmation{At: c.At, By: room.base.Author(), Source: repertoire.SourceEntry}, report: &report, change: &c}
	n, err := room.history.Names(ctx)
	if err != nil {
		return report, err
	}
	b.names = n
	b.known = room.base.Known(ctx, nil)
	b.known.Directory = remembered(b.known.Directory)
	err = room.base.Store.View(ctx, func(r store.Reader) error {
		done := 0
		for part := range slices.Chunk(ids, searches.ListBatch) {
			if err := ctx.Err(); err != nil {
				return err
			}
			records, authorities, err := base.WithParties(ctx, r, part)
			if err != nil {
				return err
			}
			for i := range records {
				if err := b.one(&records[i], authorities); err != nil {
					return err
				}
			}
			done += len(part)
			progress.Tell(done, len(ids), "Modification en lot")
		}
		return nil
	})
	if err != nil || dryRun || len(c.Ops) == 0 {
		return report, err
	}
	c.Label = "Modification en lot de " + repertoire.Thousands(int64(report.Changed)) + " partenariats : " + room.bulkLabel(edits)
	if report.Changed == 1 {
		c.Label = "Modification en lot d’un partenariat : " + room.bulkLabel(edits)
	}
	progress.Tell(0, 0, "Enregistrement")
	if _, err := room.base.Apply(ctx, c); err != nil {
		return report, err
	}
	report.Change = c.ID
	return report, nil
}

// remembered asks the base once for each value, not once for each record.
func remembered(ask func(string) bool) func(string) bool {
	known := map[string]bool{}
	return func(s string) bool {
		answer, ok := known[s]
		if !ok {
			answer = ask(s)
			known[s] = answer
		}
		return answer
	}
}

// bulk is one bulk edit under way.
type bulk struct {
	w      *Room
	edits  []BulkEdit
	dry    bool
	by     repertoire.Confirmation
	known  repertoire.Known
	names  history.Names
	report *BulkReport
	change *repertoire.Change
}

// one edits a partnership, adds its operation and counts it.
func (b *bulk) one(p *repertoire.Partnership, authorities map[repertoire.ID]repertoire.Authority) error {
	b.report.Total++
	before := *p
	differs := false
	for _, e := range b.edits {
		changed, err := e.apply(p, b.by)
		if err != nil {
			return err
		}
		differs = differs || changed
	}
	if !differs {
		b.report.Unchanged++
		return nil
	}
	find := base.Finder(authorities)
	b.known.Authority = find
	for _, f := range p.Validate(b.known) {
		if f.Severity == repertoire.SeverityRefuse {
			b.report.Refused++
			if len(b.report.Refusals) < bulkShown {
				b.report.Refusals = append(b.report.Refusals,
					BulkRefusal{history.RecordName{ID: p.ID, Title: p.DisplayTitle(find)}, f.Message})
			}
			return nil
		}
	}
	b.report.Changed++
	if len(b.report.Lines) < bulkShown {
		fields, err := b.names.Differences(&before, p)
		if err != nil {
			return err
		}
		b.report.Lines = append(b.report.Lines, history.RecordChanges{RecordName: history.RecordName{ID: p.ID, Title: p.DisplayTitle(find)},
			Fields: fields})
	}
	if b.dry { // nothing to prepare: a preview of a whole base stays quick
		return nil
	}
	p.ConfirmChanges(&before, b.by)
	p.Updated = b.by.At
	return base.Put(b.change, p, p.Version)
}

// apply makes the edit in p and tells whether p differs now. Lists are cloned:
// the record as it was shares them.
func (e BulkEdit) apply(p *repertoire.Partnership, by repertoire.Confirmation) (bool, error) {
	switch e.Field {
	case BulkStatus:
		return replace(&p.Status, repertoire.Status(e.Value)), nil
	case BulkType:
		return replace(&p.Type, repertoire.Type(e.Value)), nil
	case BulkFormality:
		return replace(&p.Formality, repertoire.Formality(e.Value)), nil
	case BulkThemeAdd:
		return include(&p.Themes, e.Value), nil
	case BulkThemeRemove:
		return leaveOut(&p.Themes, e.Value), nil
	case BulkDirectoryAdd:
		return include(&p.Directories, e.Value), nil
	case BulkDirectoryRemove:
		return leaveOut(&p.Directories, e.Value), nil
	case BulkCountryGroup:
		return replace(&p.CountryGroup, e.Value == "oui"), nil
	case BulkSource:
		return replace(&p.Source, strings.TrimSpace(e.Value)), nil
	case BulkVerified:
		by.Source = repertoire.SourceUnchanged
		p.Confirm(by)
		return true, nil
	}
	return false, nil
}

func replace[T comparable](at *T, value T) bool {
	was := *at
	*at = value
	return was != value
}

func include(list *[]string, value string) bool {
	if slices.Contains(*list, value) {
		return false
	}
	*list = append(slices.Clone(*list), value)
	return true
}

func leaveOut(list *[]string, value string) bool {
	n := len(*list)
	*list = slices.DeleteFunc(slices.Clone(*list), func(s string) bool { return s == value })
	return len(*list) != n
}

// checkBulk refuses edits that mean nothing, before anything is read.
func (room *Room) checkBulk(ctx context.Context, edits []BulkEdit) error {
	if len(edits) == 0 {
		return repertoire.Refuse("Rien n’est à modifier : choisissez un champ. Rien n’a été changé.")
	}
	for _, e := range edits {
		ok := true
		switch e.Field {
		case BulkStatus:
			ok = e.Value == "" || repertoire.Statuses.Has(repertoire.Status(e.Value))
		case BulkType:
			ok = e.Value == "" || repertoire.Types.Has(repertoire.Type(e.Value))
		case BulkFormality:
			ok = e.Value == "" || repertoire.Formalities.Has(repertoire.Formality(e.Value))
		case BulkThemeAdd:
			_, ok = room.base.Reference.Theme(e.Value)
		case BulkThemeRemove:
			ok = e.Value != ""
		case BulkDirectoryAdd, BulkDirectoryRemove:
			if _, err := room.base.NeedDirectory(ctx, e.Value); err != nil {
				return err
			}
		case BulkCountryGroup:
			ok = e.Value == "oui" || e.Value == "non"
		case BulkSource, BulkVerified:
		default:
			return repertoire.Refuse("Le champ « %s » ne se modifie pas en lot. Rien n’a été changé.", string(e.Field))
		}
		if !ok {
			return repertoire.Refuse("« %s » ne convient pas au champ « %s ». Rien n’a été changé.", e.Value, BulkFields().Label(e.Field))
		}
	}
	return nil
}

// bulkLabel says the edits in words, for the undo menu.
func (room *Room) bulkLabel(edits []BulkEdit) string {
	return base.List(edits, func(e BulkEdit) string {
		label, value := BulkFields().Label(e.Field), e.Value
		switch e.Field {
		case BulkStatus:
			value = repertoire.Statuses.Label(repertoire.Status(value))
		case BulkType:
			value = repertoire.Types.Label(repertoire.Type(value))
		case BulkFormality:
			value = repertoire.Formalities.Label(repertoire.Formality(value))
		case BulkThemeAdd, BulkThemeRemove:
			value = room.base.ThemeLabel(value)
		case BulkVerified:
			return label
		}
		if value == "" {
			value = "(vide)"
		}
		return label + " : " + value
	})
}
