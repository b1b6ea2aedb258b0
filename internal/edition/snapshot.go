package edition

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"repertoire/internal/repertoire"
)

// formatVersion is that of the snapshots this program writes. A newer one is
// refused: what it says might be lost in silence.
const formatVersion = 1

// unpackedLimit is more than any edition needs, in bytes: a damaged file must
// not fill the memory.
const unpackedLimit = 1 << 30

// Snapshot is all that the book of one edition is made from, apart from the
// pictures, which media/ keeps under their SHA-256, and from what the program
// itself brings: fonts and reference tables, of which it notes the versions.
type Snapshot struct {
	Format    int             `json:"format"`
	Label     string          `json:"label"`     // "septembre 2026"
	Frozen    repertoire.Date `json:"frozen"`    // day it was frozen
	Data      repertoire.Date `json:"data"`      // day of the newest of its data
	Program   string          `json:"program"`   // version
	Reference string          `json:"reference"` // SHA-256 of the reference tables
	Fonts     []Font          `json:"fonts"`     // by name
	Design    Design          `json:"design"`

	Directory     repertoire.Directory      `json:"directory"`
	Presentations []repertoire.Presentation `json:"presentations"` // by country
	Partnerships  []repertoire.Partnership  `json:"partnerships"`  // by ID
	Authorities   []repertoire.Authority    `json:"authorities"`   // by ID
	Themes        []repertoire.Theme        `json:"themes"`        // used, and those above them, by code
	Media         []string                  `json:"media"`         // SHA-256 of the pictures, sorted

	// Previous is the edition that the book tells the news since, nil for none.
	Previous *Previous `json:"previous,omitempty"`
}

// Font is a font file the book was set with.
type Font struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Design is the look of the book with the files it is read from.
type Design struct {
	Name   string            `json:"name"`
	Format string            `json:"format"`
	Files  map[string]string `json:"files"` // TOML by name
}

// Previous is what of an earlier edition is needed to tell what changed.
type Previous struct {
	ID    repertoire.ID   `json:"id"`
	Label string          `json:"label"`
	Data  repertoire.Date `json:"data"`
	// Same are the entries that have not changed since.
	Same []repertoire.ID `json:"same"`
	// Partnerships are the others, as they were.
	Partnerships []repertoire.Partnership `json:"partnerships"`
	Authorities  []repertoire.Authority   `json:"authorities"`
}

// Sum is the SHA-256 of a snapshot's canonical JSON, in hexadecimal.
type Sum string

// ID names the edition for people and for commands: the répertoire, then the
// beginning of the sum.
func (s *Snapshot) ID(sum Sum) repertoire.ID {
	return repertoire.ID(s.Directory.Slug + "-" + string(sum[:12]))
}

// State gives what the edition says of its partnerships.
func (s *Snapshot) State() State {
	out := State{Partnerships: s.Partnerships, Authorities: map[repertoire.ID]repertoire.Authority{}}
	for _, a := range s.Authorities {
		out.Authorities[a.ID] = a
	}
	return out
}

// encode writes the canonical JSON and its gzip, without a date: the same
// snapshot gives the same bytes. The sum is that of the JSON, since compressors
// change with the years.
func (s *Snapshot) encode() (Sum, []byte, error) {
	s.Format = formatVersion
	text, err := json.Marshal(s)
	if err != nil {
		return "", nil, err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return "", nil, err
	}
	if _, err := z.Write(text); err != nil {
		return "", nil, err
	}
	if err := z.Close(); err != nil {
		return "", nil, err
	}
	return sumOf(text), packed.Bytes(), nil
}

func sumOf(text []byte) Sum {
	sum := sha256.Sum256(text)
	return Sum(hex.EncodeToString(sum[:]))
}

// decode reads a packed snapshot and holds it against its sum.
func decode(file string, packed []byte, want Sum) (*Snapshot, error) {
	damaged := func(err error) error {
		return repertoire.Damage(file, err,
			"L’édition figée « %s » est abîmée : son contenu ne répond plus à son empreinte, elle n’a pas été utilisée. Remettez ce fichier depuis une copie du dossier de travail ; les autres éditions et la base n’ont rien.", short(want))
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, damaged(err)
	}
	text, err := io.ReadAll(io.LimitReader(z, unpackedLimit+1))
	if err != nil {
		return nil, damaged(err)
	}
	if len(text) > unpackedLimit {
		return nil, damaged(errors.New("too large"))
	}
	if got := sumOf(text); got != want {
		return nil, damaged(fmt.Errorf("sum is %s", got))
	}
	var version struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return nil, damaged(err)
	}
	if version.Format > formatVersion {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: file,
			Message: fmt.Sprintf(
				"L’édition figée « %s » a été faite par une version plus récente du programme : mettez-le à jour pour la lire. Rien n’a été changé.", short(want))}
	}
	var s Snapshot
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, damaged(err)
	}
	return &s, nil
}

// short is enough of a sum to recognise it.
func short(s Sum) string {
	if len(s) > 12 {
		return string(s[:12])
	}
	return string(s)
}

// isSum tells whether text is 64 hexadecimal digits in lower case.
func isSum(text string) bool {
	return len(text) == 2*sha256.Size && strings.Trim(text, "0123456789abcdef") == ""
}
