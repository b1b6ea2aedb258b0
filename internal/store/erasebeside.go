package store

import (
	"database/sql"
	"encoding/json"
	"strings"

	"repertoire/internal/repertoire"
)

// eraseBeside takes a person out of what lies beside the records and their
// journal: addresses of messages, what other desks wrote, what this one last
// shared. It gives how many lines were cleaned.
func (a *applier) eraseBeside(words Words) (int, error) {
	total := 0
	for _, table := range []struct{ name, key, fields string }{
		{"outgoing", "num", "address, answer"}, {"share_dispute", "num", "before, mine, theirs"}, {"share_base", "record", "body"}} {
		n, err := a.eraseTexts(words, table.name, table.key, strings.Split(table.fields, ", "))
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// eraseTexts cleans the texts of one table, its row known by a key.
func (a *applier) eraseTexts(words Words, table, key string, fields []string) (int, error) {
	rows, err := a.tx.QueryContext(a.ctx, `SELECT `+key+`, `+strings.Join(fields, ", ")+` FROM `+
		table)
	if err != nil {
		return 0, err
	}
	type line struct {
		key   any
		texts []sql.NullString
	}
	var cleaned []line
	err = each(rows, func(rows *sql.Rows) error {
		x := line{texts: make([]sql.NullString, len(fields))}
		into := []any{&x.key}
		for i := range x.texts {
			into = append(into, &x.texts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		changed := false
		for i, text := range x.texts {
			if clean := words.clear(text.String); text.Valid && clean != text.String {
				x.texts[i].String, changed = clean, true
			}
		}
		if changed {
			cleaned = append(cleaned, x)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, x := range cleaned {
		args := []any{}
		for _, text := range x.texts {
			args = append(args, text)
		}
		set := strings.Join(fields, " = ?, ") + " = ?"
		if table == "outgoing" { // an address stays apart from the others of its request
			set = strings.Replace(set, "address = ?", "address = CASE WHEN address = ? THEN address ELSE '"+repertoire.Erased+
				" ' || num END", 1)
		}
		if _, err := a.exec(`UPDATE `+table+` SET `+set+` WHERE `+key+` = ?`, append(args, x.key)...); err != nil {
			return 0, err
		}
	}
	return len(cleaned), nil
}

// clear takes a person out of a text: a partnership's JSON loses the contact
// whole, any other text the words.
func (x Words) clear(text string) string {
	if strings.HasPrefix(text, "{") && strings.Contains(text, `"contacts"`) {
		if without, found, err := withoutContacts(json.RawMessage(text), x.Person); err == nil && found {
			text = string(without)
		}
	}
	return x.Text(text)
}
