package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/repertoire"
)

// Input is all that the folder is made from. Nothing in it is changed.
type Input struct {
	Book    book.Input
	Edition string // ID of a frozen edition, "" for a working one
	Program string // version that makes the folder
	// Recipient is whose copy this is, as it is printed: "de la mairie de Lille".
	Recipient string
	// Address is where the folder will stand, "" when nobody knows: with it pages
	// say their own address, to those who share them.
	Address string
	// Gone are the entries of earlier editions: their addresses keep answering.
	Gone []Gone
	// Pages is how many pages the book has, for the texts that say it; 0 unknown.
	Pages int
	// Sheet makes the PDF of one entry; nil leaves these out.
	Sheet func(ctx context.Context, id repertoire.ID) ([]byte, error)
	// Font gives a font of the program by name; nil leaves the reader's own.
	Font func(name string) ([]byte, error)
	// Licences are the texts that travel with the fonts, by file name.
	Licences map[string]string
}

// Gone is an entry of an earlier edition.
type Gone struct {
	Partnership repertoire.Partnership
	Authorities map[repertoire.ID]repertoire.Authority
	Edition     string // label of the last edition that had it
}

// Report says what was made.
type Report struct {
	Entries   int           `json:"entries"`
	Pages     int           `json:"pages"`
	Files     int           `json:"files"`
	Bytes     int64         `json:"bytes"`
	FirstView int           `json:"first_view_bytes"` // what a reader loads before anything is asked
	Search    int           `json:"search_bytes"`     // what of it is loaded behind, for the search
	Gone      int           `json:"gone"`
	SHA256    string        `json:"sha256"` // of the list of files and their sums
	Notices   []book.Notice `json:"-"`
}

// Progress hears how far the work is; it may be nil.
type Progress func(done, total int, label string)

func (p Progress) tell(done, total int, label string) {
	if p != nil {
		p(done, total, label)
	}
}

// put takes one file of the folder; a path has slashes.
type put func(path string, data []byte) error

// Manifest is what the folder says of itself in edition.json: also by which
// files it knows what is its own when it is made anew.
type Manifest struct {
	Format    int               `json:"format"`
	Title     string            `json:"title"`
	Directory string            `json:"directory"`
	Label     string            `json:"label"`
	Edition   string            `json:"edition,omitempty"`
	Data      repertoire.Date   `json:"data"`
	Program   string            `json:"program"`
	Entries   int               `json:"entries"`
	Files     map[string]string `json:"files"` // SHA-256 by path
}

const (
	manifestFile   = "edition.json"
	manifestFormat = 1
)

// build makes every file of the folder, the manifest last.
func build(ctx context.Context, in Input, out put, progress Progress) (Report, error) {
	m := Manifest{Format: manifestFormat, Directory: in.Book.Directory.Slug, Label: in.Book.Label, Edition: in.Edition, Data: in.Book.Date,
		Program: in.Program, Files: map[string]string{}}
	var r Report
	sizes := map[string]int{}
	s := newSite(in, func(path string, data []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, twice := m.Files[path]; twice {
			return repertoire.Fault(nil, "Deux pages du site auraient la même adresse (%s) : rien n’a été écrit.", path)
		}
		m.Files[path] = sum(data)
		sizes[path] = len(data)
		r.Bytes += int64(len(data))
		return out(path, data)
	})
	if err := s.write(ctx, progress); err != nil {
		return r, err
	}
	m.Title, m.Entries = s.Title, len(s.entries)
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return r, repertoire.Fault(err, "La liste des fichiers du site ne peut pas être écrite.")
	}
	r.Entries, r.Files, r.Gone, r.Notices = len(s.entries), len(m.Files)+1, s.goneCount, s.reading.Report().Notices
	for _, path := range slices.Sorted(maps.Keys(m.Files)) {
		if len(path) > 5 && path[len(path)-5:] == ".html" {
			r.Pages++
		}
	}
	for _, path := range s.firstView() {
		r.FirstView += sizes[path]
		if strings.HasPrefix(path, dataDir) {
			r.Search += sizes[path]
		}
	}
	all, err := json.Marshal(m.Files)
	if err != nil {
		return r, repertoire.Fault(err, "La liste des fichiers du site ne peut pas être écrite.")
	}
	r.SHA256 = sum(all)
	return r, out(manifestFile, text)
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
