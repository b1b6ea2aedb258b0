package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

var errNoObject = errors.New("exchange: something else than an object in the list")

// jsonRows tells whether a JSON file is a list of objects, as portals of open
// data give their tables.
func jsonRows(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \r\n\t")
	inner, ok := bytes.CutPrefix(head, []byte("["))
	return ok && bytes.HasPrefix(bytes.TrimLeft(inner, " \r\n\t"), []byte("{"))
}

// readJSONRows reads a list of objects as a table: a row an object, a column a
// name, in the order in which names come.
func readJSONRows(name string, data []byte, opt ReadOptions) (Table, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	g := &grid{name: name}
	var names []string
	_, err := d.Token()
	for n := 2; err == nil && d.More(); n++ {
		row := rawRow{number: n}
		err = eachPair(d, func(key, value string) {
			i := slices.Index(names, key)
			if i < 0 {
				i, names = len(names), append(names, key)
			}
			for len(row.cells) <= i {
				row.cells = append(row.cells, "")
			}
			row.cells[i] = value
		})
		g.rows = append(g.rows, row)
		if len(g.rows) > maxRows || len(names) > maxColumns {
			err = errTooBig
		}
	}
	if err == nil {
		_, err = d.Token()
	}
	if err != nil {
		return Table{}, repertoire.Damage(name, err,
			"Le fichier « %s » est une liste JSON qui ne se lit pas jusqu’au bout : rien n’a été importé. Demandez-le de nouveau, ou au format CSV.",
			name)
	}
	g.rows = append([]rawRow{{number: 1, cells: names}}, g.rows...)
	return g.shape(opt)
}

// eachPair gives the names of one object and their values as text.
func eachPair(d *json.Decoder, yield func(key, value string)) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return cmp.Or(err, errNoObject)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var v any
		if err := d.Decode(&v); err != nil {
			return err
		}
		flatten(fmt.Sprint(key), v, yield)
	}
	_, err := d.Token()
	return err
}

// flatten writes a value of JSON in one cell; an object has a column for each
// of its names.
func flatten(key string, v any, yield func(key, value string)) {
	switch v := v.(type) {
	case nil:
		yield(key, "")
	case bool:
		yield(key, map[bool]string{true: "oui", false: "non"}[v])
	case map[string]any:
		for _, name := range sortedKeys(v) {
			flatten(key+" "+name, v[name], yield)
		}
	case []any:
		parts := make([]string, 0, len(v))
		for _, x := range v {
			flatten("", x, func(_, s string) { parts = append(parts, strings.ReplaceAll(s, "|", "/")) })
		}
		yield(key, strings.Join(parts, " | "))
	default:
		yield(key, fmt.Sprint(v))
	}
}
