package partnerships

import (
	"context"
	"image"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"
	"repertoire/internal/workspace/tables"
)

// Finder is what the list asks of the workspace.
type Finder interface {
	Search(ctx context.Context, q searches.Query) (searches.Result, error)
	// Complete offers values of the field that is being typed.
	Complete(text string, at int) []searches.Completion
	// Locate gives the place to sort by distance from.
	Locate(ctx context.Context, text string) (searches.Point, error)
	// What is done with many entries at once.
	BulkEdit(ctx context.Context, of records.BulkTarget, edits []records.BulkEdit, dryRun bool, progress workspace.Progress) (records.BulkReport, error)
	CompareEntries(ctx context.Context, ids []repertoire.ID) (history.ComparedEntries, error)
	Addresses(ctx context.Context, q searches.Query) (tables.AddressList, error)
	ExportResults(ctx context.Context, q searches.Query, format, file string, progress workspace.Progress) (int, error)
	Directories(ctx context.Context) ([]records.DirectorySummary, error)
	Themes() []repertoire.Theme
	Dir() string
	ThemeLabel(code string) string
	CountryName(iso string) string
}

// Keeper is what the form asks of the workspace.
type Keeper interface {
	Partnership(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error)
	SavePartnership(ctx context.Context, p repertoire.Partnership) (repertoire.Partnership, error)
	DeletePartnership(ctx context.Context, id repertoire.ID) error
	Authorities(ctx context.Context, ids []repertoire.ID) (map[repertoire.ID]repertoire.Authority, error)
	SuggestAuthorities(ctx context.Context, text, country string, limit int) ([]records.AuthoritySuggestion, error)
	AdoptAuthority(ctx context.Context, s records.AuthoritySuggestion) (repertoire.Authority, error)
	SaveAuthority(ctx context.Context, a repertoire.Authority) (repertoire.Authority, error)
	Validate(ctx context.Context, p repertoire.Partnership) ([]repertoire.Finding, error)
	// Confirm notes that every filled field is right as it is, today.
	Confirm(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error)
	History(ctx context.Context, id repertoire.ID) ([]history.HistoryItem, error)
	Directories(ctx context.Context) ([]records.DirectorySummary, error)
	Themes() []repertoire.Theme
	CountryName(iso string) string

	// The pictures and files of an entry.
	AddMedia(ctx context.Context, path string) (records.Media, error)
	MediaOf(ctx context.Context, sha string) (records.Media, error)
	Thumbnail(ctx context.Context, sha string, side int) (image.Image, error)

	// ConfirmField confirms one field, FieldHistory tells its past.
	ConfirmField(ctx context.Context, id repertoire.ID, field string) (repertoire.Partnership, error)
	FieldHistory(ctx context.Context, id repertoire.ID, field string) ([]history.HistoryItem, error)

	// Drafts keep what is typed and not saved out of reach of a crash.
	KeepDraft(ctx context.Context, d records.KeptDraft) error
	DropDraft(ctx context.Context, id repertoire.ID) error
	KeptDrafts(ctx context.Context) ([]records.KeptDraft, error)

	// The authorities of an entry are mended where they stand.
	PartnershipsWith(ctx context.Context, id repertoire.ID) (int, error)
	ValidateAuthority(ctx context.Context, a repertoire.Authority) ([]repertoire.Finding, error)
	// SuggestAbroad finds partners in the base and in the reference, those of
	// the likely countries first.
	SuggestAbroad(ctx context.Context, text string, likely []string, limit int) ([]records.AuthoritySuggestion, error)
	SuggestCountries(text string, limit int) []repertoire.Choice[string]
	CompareRecords(ctx context.Context, g repertoire.Aggregate, a, b repertoire.ID) ([]review.FieldPair, error)
	Merge(ctx context.Context, m review.Merging) (history.HistoryItem, error)
}
