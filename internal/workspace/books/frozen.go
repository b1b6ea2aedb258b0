package books

import (
	"path/filepath"

	"repertoire/internal/book"
	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Folder is the folder of the frozen editions.
func (room *Room) Folder() *edition.Folder {
	return edition.NewFolder(filepath.Join(room.base.Dir(), store.EditionsFolder))
}

// previousEdition gives the edition that a book's news are told since, nil when
// none was frozen.
func (room *Room) previousEdition(slug, label string) (*book.Edition, error) {
	items, err := room.Folder().List()
	if err != nil {
		return nil, err
	}
	x, ok := edition.Before(items, slug, label)
	if !ok {
		return nil, nil
	}
	return asPrevious(x.Snapshot.Label, x.Snapshot.Data, x.Snapshot.State()), nil
}

func asPrevious(label string, data repertoire.Date, s edition.State) *book.Edition {
	return &book.Edition{Label: label, Date: data, Partnerships: s.Partnerships, Authorities: s.Authorities}
}
