package partnerships

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// Finder is what the list asks of the workspace.
type Finder interface {
	Search(ctx context.Context, q workspace.Query) (workspace.Result, error)
	ThemeLabel(code string) string
	CountryName(iso string) string
}

// Keeper is what the form asks of the workspace.
type Keeper interface {
	Partnership(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error)
	SavePartnership(ctx context.Context, p repertoire.Partnership) (repertoire.Partnership, error)
	DeletePartnership(ctx context.Context, id repertoire.ID) error
	Authorities(ctx context.Context, ids []repertoire.ID) (map[repertoire.ID]repertoire.Authority, error)
	SuggestAuthorities(ctx context.Context, text, country string, limit int) ([]workspace.AuthoritySuggestion, error)
	AdoptAuthority(ctx context.Context, s workspace.AuthoritySuggestion) (repertoire.Authority, error)
	SaveAuthority(ctx context.Context, a repertoire.Authority) (repertoire.Authority, error)
	Validate(ctx context.Context, p repertoire.Partnership) ([]repertoire.Finding, error)
	// Confirm notes that every filled field is right as it is, today.
	Confirm(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error)
	History(ctx context.Context, id repertoire.ID) ([]workspace.HistoryItem, error)
	Directories(ctx context.Context) ([]workspace.DirectorySummary, error)
	Themes() []repertoire.Theme
	CountryName(iso string) string
}
