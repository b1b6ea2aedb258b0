package history

import (
	"context"

	"repertoire/internal/repertoire"
)

// ComparedEntries puts two or three partnerships side by side.
type ComparedEntries struct {
	Entries []RecordName   `json:"entries"`
	Lines   []ComparedLine `json:"lines"`
}

// ComparedLine is one field of each, in the order of Entries; "" where it is
// empty.
type ComparedLine struct {
	Field  string   `json:"field"`
	Label  string   `json:"label"`
	Values []string `json:"values"`
	Differ bool     `json:"differ"`
}

// CompareEntries describes two or three partnerships field by field, in the
// order of the form; a field that none has is left out.
func (room *Room) CompareEntries(ctx context.Context, ids []repertoire.ID) (ComparedEntries, error) {
	out := ComparedEntries{Lines: []ComparedLine{}}
	if len(ids) < 2 || len(ids) > 3 {
		return out, repertoire.Refuse("On compare deux ou trois partenariats : choisissez-les avec Ctrl et un clic.")
	}
	n, err := room.Names(ctx)
	if err != nil {
		return out, err
	}
	order := []string{}
	values := map[string][]string{}
	labels := map[string]string{}
	for i, id := range ids {
		p, err := room.base.Store.Partnership(ctx, id)
		if err != nil {
			return out, err
		}
		out.Entries = append(out.Entries, RecordName{id, p.DisplayTitle(n.Authority)})
		at := 0 // where a field that only this one has comes in
		for _, l := range n.Describe(&p) {
			if values[l.Field] == nil {
				values[l.Field] = make([]string, len(ids))
				labels[l.Field] = l.Label
				order = append(order[:at], append([]string{l.Field}, order[at:]...)...)
			}
			values[l.Field][i] = l.Value
			for k, f := range order {
				if f == l.Field {
					at = k + 1
				}
			}
		}
	}
	for _, field := range order {
		line := ComparedLine{Field: field, Label: labels[field], Values: values[field]}
		for _, v := range line.Values {
			line.Differ = line.Differ || v != line.Values[0]
		}
		out.Lines = append(out.Lines, line)
	}
	return out, nil
}

// RecordName is a record with what it is called.
type RecordName struct {
	ID    repertoire.ID `json:"id"`
	Title string        `json:"title"`
}

// RecordChanges is a record with its fields that differ.
type RecordChanges struct {
	RecordName
	Fields []FieldChange `json:"fields"`
}
