package store

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"repertoire/internal/repertoire"
)

// Conflict is a save made on a version that is no longer the base's. Nothing
// was written. It holds all that a person needs to choose, field by field.
type Conflict struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	ID        repertoire.ID        `json:"id"`
	// Base is the version mine was made from, Current the base's now.
	Base    int64 `json:"base"`
	Current int64 `json:"current"`
	// Author and At are those of the last change that came in between.
	Author  string    `json:"author"`
	At      time.Time `json:"at"`
	Deleted bool      `json:"deleted,omitempty"` // theirs is in the trash
	// Before, Mine and Theirs are whole bodies; Before is nil when the common
	// version is not in the journal, Mine when mine deletes.
	Before json.RawMessage `json:"before,omitempty"`
	Mine   json.RawMessage `json:"mine,omitempty"`
	Theirs json.RawMessage `json:"theirs,omitempty"`
	// Fields are those that mine or theirs changed.
	Fields []ConflictField `json:"fields"`
}

// ConflictField is one top-level field in its three states, raw JSON, nil
// where absent. Clash says that both changed it, to contents that no merge
// keeps whole; without one, Merged is the field with what both did.
type ConflictField struct {
	Name   string          `json:"name"`
	Label  string          `json:"label"`
	Before json.RawMessage `json:"before,omitempty"`
	Mine   json.RawMessage `json:"mine,omitempty"`
	Theirs json.RawMessage `json:"theirs,omitempty"`
	Merged json.RawMessage `json:"merged,omitempty"`
	Clash  bool            `json:"clash"`
}

// Error is the sentence a person reads.
func (c *Conflict) Error() string {
	who := "Quelqu’un"
	if c.Author != "" {
		who = c.Author
	}
	did := "a modifié"
	if c.Deleted {
		did = "a mis à la corbeille"
	}
	when := ""
	if !c.At.IsZero() {
		when = " le " + frenchTime(c.At)
	}
	return fmt.Sprintf("%s %s cette fiche entre-temps%s : rien n’a été écrasé. Comparez les deux versions et choisissez.", who, did, when)
}

// Unwrap makes the conflict a repertoire.Error of kind Conflicting.
func (c *Conflict) Unwrap() error {
	return &repertoire.Error{Kind: repertoire.Conflicting, Message: c.Error()}
}

// Clashes tells whether a person has to choose; without clashes, Merge keeps
// both changes whole.
func (c *Conflict) Clashes() bool {
	if c.Deleted || c.Mine == nil {
		return true
	}
	for _, f := range c.Fields {
		if f.Clash {
			return true
		}
	}
	return false
}

// Merge gives a body with theirs, plus mine where only mine changed, plus mine
// where both did and keepMine says so. Save it with version Current.
func (c *Conflict) Merge(keepMine func(ConflictField) bool) (json.RawMessage, error) {
	if c.Mine == nil {
		return nil, repertoire.Refuse("La fiche à supprimer a été modifiée entre-temps : relisez-la avant de la supprimer.")
	}
	fields, err := fieldsOf(c.Theirs)
	if err != nil {
		return nil, err
	}
	for _, f := range c.Fields {
		switch {
		case !f.Clash:
			setField(fields, f.Name, f.Merged)
		case keepMine(f):
			setField(fields, f.Name, f.Mine)
		}
	}
	mine, err := fieldsOf(c.Mine)
	if err != nil {
		return nil, err
	}
	if fields["confirmations"], err = newestConfirmations(fields["confirmations"], mine["confirmations"]); err != nil {
		return nil, err
	}
	if fields["confirmations"] == nil {
		delete(fields, "confirmations")
	}
	return json.Marshal(fields)
}

// conflict gathers what is known of a stale save.
func (a *applier) conflict(op repertoire.Op, was current) error {
	c := &Conflict{Aggregate: op.Aggregate, ID: op.ID, Base: op.Version, Current: was.version,
		Deleted: was.trashed, Mine: op.After, Theirs: was.body}
	var before sql.NullString
	err := a.row(`SELECT after FROM change_op WHERE record = ? AND aggregate = ? AND version = ?`,
		string(op.ID), string(op.Aggregate), op.Version-1).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if before.Valid {
		c.Before = json.RawMessage(before.String)
	}
	var at string
	err = a.row(`SELECT c.author, c.at FROM change_op o JOIN change c USING (seq) WHERE o.record = ? ORDER BY seq DESC LIMIT 1`,
		string(op.ID)).Scan(&c.Author, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	c.At = parseStamp(at)
	if c.Fields, err = threeWays(op.Aggregate, c.Before, c.Mine, c.Theirs); err != nil {
		return err
	}
	return c
}

// threeWays lists the fields that either side changed.
func threeWays(g repertoire.Aggregate, before, mine, theirs json.RawMessage) ([]ConflictField, error) {
	b, err := fieldsOf(before)
	if err != nil {
		return nil, err
	}
	m, err := fieldsOf(mine)
	if err != nil {
		return nil, err
	}
	t, err := fieldsOf(theirs)
	if err != nil {
		return nil, err
	}
	out := []ConflictField{}
	for _, name := range names(b, m, t) {
		if bookkeeping(name) || bytes.Equal(m[name], b[name]) && bytes.Equal(t[name], b[name]) {
			continue
		}
		f := ConflictField{Name: name, Label: Declared(g).LabelOf(name), Before: b[name], Mine: m[name], Theirs: t[name]}
		if f.Merged, f.Clash, err = mergedField(g, name, f.Before, f.Mine, f.Theirs); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// mergedField puts what mine changed since before into theirs; clash tells that
// it cannot be done without a loss.
func mergedField(g repertoire.Aggregate, name string, before, mine, theirs json.RawMessage) (merged json.RawMessage, clash bool,
	err error) {
	switch {
	case bytes.Equal(mine, before), bytes.Equal(mine, theirs):
		return theirs, false, nil
	case bytes.Equal(theirs, before):
		return mine, false, nil
	}
	f := Declared(g).Field(name)
	if f == nil {
		return nil, true, nil
	}
	merged, clashes, err := f.MergeOf(before, mine, theirs)
	if err != nil || len(clashes) > 0 {
		return nil, true, err
	}
	return merged, false, nil
}
