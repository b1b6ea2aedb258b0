package reference

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"sync"

	"repertoire/data"
	"repertoire/internal/repertoire"
)

// Tables gives access to everything; safe for concurrent use. Opening costs
// nothing: a table is read when a method first needs it.
type Tables struct {
	france    func() (*france, error)
	countries func() (*countries, error)
	places    func() (*placeText, error)
	registers sync.Map // of a country's places, by ISO code
	outlines  func() (*outlines, error)
	themes    func() ([]repertoire.Theme, error)
	goals     func() ([]Goal, error)
	twinnings func() ([]Twinning, error)
}

// Open returns the embedded tables.
func Open() *Tables {
	return &Tables{
		france:    sync.OnceValues(readFrance),
		countries: sync.OnceValues(readCountries),
		places:    lapsingWith(readPlaces),
		outlines:  sync.OnceValues(readOutlines),
		themes:    sync.OnceValues(readThemes),
		goals:     sync.OnceValues(readGoals),
		twinnings: sync.OnceValues(readTwinnings),
	}
}

// Check reads every table and returns what is wrong with those of this build.
// The other methods answer as if a damaged table were empty.
func (t *Tables) Check() error {
	_, err1 := t.france()
	_, err2 := t.countries()
	_, err3 := t.places()
	_, err4 := t.outlines()
	_, err5 := t.themes()
	_, err6 := t.goals()
	_, err7 := t.twinnings()
	return errors.Join(err1, err2, err3, err4, err5, err6, err7)
}

// open returns the text of a file of data/reference, unzipped.
func open(name string) (string, error) {
	raw, err := data.Reference.ReadFile("reference/" + name)
	if err == nil && path.Ext(name) == ".gz" {
		var unzipped *gzip.Reader
		if unzipped, err = gzip.NewReader(bytes.NewReader(raw)); err == nil {
			raw, err = io.ReadAll(unzipped)
		}
	}
	if err != nil {
		return "", damaged(name, err)
	}
	return string(raw), nil
}

// rows reads a tab-separated table: comments and the header are skipped, a
// row with another number of cells is damage.
func rows(name string, columns int, each func(cells []string)) error {
	text, err := open(name)
	if err != nil {
		return err
	}
	header := true
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if header {
			header = false
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return damaged(name, errors.New("row: "+line))
		}
		each(cells)
	}
	return nil
}

func damaged(name string, err error) error {
	return repertoire.Damage("data/reference/"+name, err,
		"La table de référence %s de ce programme est illisible : réinstallez-le. Vos données ne sont pas touchées.", name)
}

// whole reads a count, 0 when empty.
func whole(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// degrees reads a coordinate, nil when empty.
func degrees(s string) *float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil
	}
	return &f
}

// list splits names kept in one cell.
func list(s, separator string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, separator)
}
