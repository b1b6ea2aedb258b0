package partnerships

import (
	"context"
	"image"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"
)

// Finder is what the list asks of the workspace.
type Finder interface {
	Search(ctx context.Context, q searches.Query) (searches.Result, error)
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
}

// MediaKeeper keeps the pictures and files of an entry. A door that has it
// lets them be added in the form.
type MediaKeeper interface {
	AddMedia(ctx context.Context, path string) (records.Media, error)
	MediaOf(ctx context.Context, sha string) (records.Media, error)
	Thumbnail(ctx context.Context, sha string, side int) (image.Image, error)
}

// FieldKeeper confirms one field and tells its past. A door that has it gives
// each label a dot.
type FieldKeeper interface {
	ConfirmField(ctx context.Context, id repertoire.ID, field string) (repertoire.Partnership, error)
	FieldHistory(ctx context.Context, id repertoire.ID, field string) ([]history.HistoryItem, error)
}

// DraftKeeper keeps what is typed and not saved out of reach of a crash. A
// door that has it gets a draft after each pause in typing.
type DraftKeeper interface {
	KeepDraft(ctx context.Context, d records.KeptDraft) error
	DropDraft(ctx context.Context, id repertoire.ID) error
	KeptDrafts(ctx context.Context) ([]records.KeptDraft, error)
}

// AuthorityKeeper lets the authorities of an entry be mended where they stand.
type AuthorityKeeper interface {
	PartnershipsWith(ctx context.Context, id repertoire.ID) (int, error)
	ValidateAuthority(ctx context.Context, a repertoire.Authority) ([]repertoire.Finding, error)
	// SuggestAbroad finds partners in the base and in the reference, those of
	// the likely countries first.
	SuggestAbroad(ctx context.Context, text string, likely []string, limit int) ([]records.AuthoritySuggestion, error)
	SuggestCountries(text string, limit int) []repertoire.Choice[string]
	CompareRecords(ctx context.Context, g repertoire.Aggregate, a, b repertoire.ID) ([]review.FieldPair, error)
	Merge(ctx context.Context, m review.Merging) (history.HistoryItem, error)
}
