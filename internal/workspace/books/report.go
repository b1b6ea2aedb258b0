package books

import (
	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/web"
)

func (r *BuildReport) Fill(pages *layout.Pages, made book.Report) {
	r.Pages, r.Words, r.Entries = len(pages.Pages), pages.Words, made.Entries
	for _, x := range pages.Warnings {
		if x.Kind == layout.WarnOverfull {
			r.Overfull++
		}
		r.Warnings = append(r.Warnings, BuildWarning{Kind: string(x.Kind), Page: x.Page + 1, Entry: x.Origin.Entry, Title: x.Origin.Title,
			Field: x.Origin.Field, Message: x.Message})
	}
	for _, x := range append(made.Notices, made.PageClaims(len(pages.Pages))...) {
		page := 0
		if on := pages.Entries[x.Origin.Entry]; len(on) > 0 {
			page = on[0] + 1
		}
		r.Warnings = append(r.Warnings, BuildWarning{Kind: string(x.Kind), Page: page, Entry: x.Origin.Entry, Title: x.Origin.Title,
			Field: x.Origin.Field, Message: x.Message})
	}
}

// BuildReport says what a book came to.
type BuildReport struct {
	Pages    int                `json:"pages"`
	Words    int                `json:"words"`
	Entries  int                `json:"entries"`
	Overfull int                `json:"overfull"`
	Warnings []BuildWarning     `json:"warnings"`
	SHA256   string             `json:"sha256"`
	Timings  map[string]float64 `json:"timings"` // milliseconds by stage
	// Preflight sums up the examination of what was written; its findings are
	// among Warnings.
	Preflight PreflightSummary `json:"preflight"`
	Cover     *CoverReport     `json:"cover,omitempty"` // when it is a file apart
	Web       *web.Report      `json:"web,omitempty"`   // of the folder of pages; Pages counts these
	// Pictures tells what each picture weighs in the file, the heaviest first.
	Pictures []PictureWeight `json:"pictures,omitempty"`
}

// PictureWeight is one picture of a file.
type PictureWeight struct {
	Page  int    `json:"page"`
	Entry string `json:"entry,omitempty"`
	Title string `json:"title,omitempty"`
	Field string `json:"field,omitempty"`
	Bytes int    `json:"bytes"`
	DPI   int    `json:"dpi"` // as the file holds it
}

// PreflightSummary counts what preflight looked at and found. OK is false when
// a printer or a reader would refuse the file.
type PreflightSummary struct {
	OK      bool `json:"ok"`
	Pages   int  `json:"pages"` // of the files, blank ones and sheets included
	Checks  int  `json:"checks"`
	Refused int  `json:"refused"`
	Warned  int  `json:"warned"`
}

// CoverReport describes the cover printed apart.
type CoverReport struct {
	Spine  float64 `json:"spine_mm"`
	SHA256 string  `json:"sha256"`
}

// KindPreflight is the Kind of a warning that examining the file brought.
const KindPreflight = "preflight"

// BuildWarning names the entry and the field.
type BuildWarning struct {
	Kind    string `json:"kind"`
	Page    int    `json:"page"` // 1-based, 0 not placed
	Entry   string `json:"entry,omitempty"`
	Title   string `json:"title,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	// Check names the examination of a preflight warning; Refused says that
	// the file should not leave as it is.
	Check   string `json:"check,omitempty"`
	Refused bool   `json:"refused,omitempty"`
}
