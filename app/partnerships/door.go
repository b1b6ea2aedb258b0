package partnerships

import (
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/atlas"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"
	"repertoire/internal/workspace/tables"
)

// Finder is what the list asks of the workspace.
type Finder interface {
	Searches() *searches.Room

	Atlas() *atlas.Room
	Records() *records.Room
	History() *history.Room
	Tables() *tables.Room

	Themes() []repertoire.Theme
	Dir() string
	ThemeLabel(code string) string
	CountryName(iso string) string
}

// Keeper is what the form asks of the workspace.
type Keeper interface {
	Records() *records.Room

	History() *history.Room

	Themes() []repertoire.Theme
	CountryName(iso string) string

	Review() *review.Room
}
