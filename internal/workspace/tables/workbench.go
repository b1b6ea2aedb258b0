package tables

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// ImportChange is a field that an import changes, before and after, in French.
type ImportChange struct {
	Name   string `json:"name"` // JSON
	Label  string `json:"label"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// ImportKinds lists the kinds of remarks with their French names.
func (room *Room) ImportKinds() []repertoire.Choice[string] {
	var out []repertoire.Choice[string]
	for _, k := range exchange.Kinds {
		out = append(out, repertoire.Choice[string]{Value: string(k.Value), Label: k.Label})
	}
	return out
}

// WordChoices lists what an unknown word of a field may be said to mean.
func (room *Room) WordChoices(field string) []string {
	switch exchange.Field(field) {
	case exchange.FieldType:
		return repertoire.Types.Labels()
	case exchange.FieldStatus:
		return repertoire.Statuses.Labels()
	case exchange.FieldFormality:
		return repertoire.Formalities.Labels()
	case exchange.FieldThemes, exchange.FieldProjectThemes:
		var out []string
		for _, t := range room.base.Reference.Themes() {
			out = append(out, t.Label)
		}
		return out
	case exchange.FieldCountry:
		var out []string
		for _, c := range room.base.Reference.Countries() {
			out = append(out, c.Name)
		}
		slices.SortFunc(out, func(a, b string) int { return bytes.Compare(repertoire.SortKey(a), repertoire.SortKey(b)) })
		return out
	case exchange.FieldGroup, exchange.FieldFictitious:
		return []string{"oui", "non"}
	}
	return nil
}

// ImportRow gives the cells of one row of a file as they would be taken.
func (room *Room) ImportRow(ctx context.Context, file string, opt ImportOptions, row int) (cells []string, err error) {
	t, err := readPlain(file, opt)
	if err != nil {
		return nil, err
	}
	err = t.Each(ctx, func(r exchange.TableRow) error {
		if r.Number == row {
			cells = r.Cells
		}
		return nil
	})
	if err == nil && cells == nil {
		err = repertoire.Refuse("La ligne %d n’a rien à prendre dans « %s ».", row, filepath.Base(file))
	}
	return cells, base.Stopped(err)
}

// Alike lists the rows whose cell in a column is the same as text.
func (room *Room) Alike(ctx context.Context, file string, opt ImportOptions, column int, text string) (rows []int, err error) {
	t, err := readPlain(file, opt)
	if err != nil {
		return nil, err
	}
	err = t.Each(ctx, func(r exchange.TableRow) error {
		if column < len(r.Cells) && repertoire.Fold(strings.TrimSpace(r.Cells[column])) == repertoire.Fold(strings.TrimSpace(text)) {
			rows = append(rows, r.Number)
		}
		return nil
	})
	return rows, base.Stopped(err)
}

func readPlain(file string, opt ImportOptions) (exchange.Table, error) {
	read := opt.Recipe.ReadOptions()
	if opt.Sheet != "" {
		read.Sheet = opt.Sheet
	}
	read.Edits = opt.Edits
	return exchange.ReadFile(file, read)
}

// AuthorityCandidates proposes the authorities that a cell may name, written so
// that an import understands them, the likeliest first; french tells the side.
func (room *Room) AuthorityCandidates(ctx context.Context, text string, french bool, country string) ([]string, error) {
	iso := "FR"
	if !french {
		c, ok := room.base.Reference.ResolveCountry(country).Certain()
		if !ok {
			return nil, ctx.Err()
		}
		iso = c.ISO2
	}
	_, list, err := room.Who(ctx, reference.Mention{Name: text, Country: iso})
	if err != nil {
		return nil, err
	}
	var out []string
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, c := range list {
		add(c.Label)
	}
	if french {
		for _, s := range room.base.Reference.SuggestFrench(text, 8) {
			add(s.Label())
		}
	} else {
		for _, p := range room.base.Reference.SuggestPlace(iso, text, 8) {
			add(p.Name)
		}
	}
	return out[:min(len(out), 12)], ctx.Err()
}

// changesOf says field by field what an update changes.
func importChanges(before, after repertoire.Partnership, words func(field string, raw json.RawMessage) string) ([]ImportChange, error) {
	was, err := json.Marshal(before)
	if err != nil {
		return nil, err
	}
	now, err := json.Marshal(after)
	if err != nil {
		return nil, err
	}
	list, err := repertoire.Compare(was, now)
	if err != nil {
		return nil, err
	}
	var out []ImportChange
	for _, f := range list {
		out = append(out, ImportChange{Name: f.Name, Label: repertoire.FieldLabel(f.Name), Before: words(f.Name, f.Before),
			After: words(f.Name, f.After)})
	}
	return out, nil
}

// The work on a file that was begun is kept until its rows are taken: an
// officer stops and comes back tomorrow.

func (room *Room) unfinishedFile(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	sum := sha256.Sum256([]byte(file))
	return filepath.Join(room.base.Dir(), store.RecipesFolder, ".en-cours-"+hex.EncodeToString(sum[:8])+".json")
}

// KeepUnfinished keeps the decisions made so far on a file.
func (room *Room) KeepUnfinished(_ context.Context, file string, opt ImportOptions) error {
	return saveJSON(room.unfinishedFile(file), opt)
}

// Unfinished gives the decisions that were made on a file and not carried out;
// false when there are none.
func (room *Room) Unfinished(_ context.Context, file string) (ImportOptions, bool) {
	var opt ImportOptions
	data, err := os.ReadFile(room.unfinishedFile(file))
	if err != nil || json.Unmarshal(data, &opt) != nil {
		return ImportOptions{}, false
	}
	return opt, true
}

// ForgetUnfinished drops them.
func (room *Room) ForgetUnfinished(_ context.Context, file string) error {
	if err := os.Remove(room.unfinishedFile(file)); err != nil && !os.IsNotExist(err) {
		return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: fmt.Sprintf("Le travail commencé sur « %s » n’a pas pu être oublié.", filepath.Base(file))}
	}
	return nil
}
