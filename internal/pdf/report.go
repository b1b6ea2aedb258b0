package pdf

import "repertoire/internal/layout"

// Report is what was found about a file. OK is false when a check that a
// printer or a reader would refuse failed; warnings leave it true.
type Report struct {
	OK     bool    `json:"ok"`
	Checks []Check `json:"checks"`
	Pages  int     `json:"pages"`
	// Pictures tells what each picture weighs in the file.
	Pictures []PictureWeight `json:"pictures,omitempty"`
}

// PictureWeight is one picture as the file holds it.
type PictureWeight struct {
	Page   int           `json:"page"` // index of the first page it is on
	Origin layout.Origin `json:"origin"`
	Bytes  int           `json:"bytes"`
	DPI    float64       `json:"dpi"`
}

// Check is one finding. Detail is a French sentence, "" when there is nothing
// to add to a success.
type Check struct {
	Name    string        `json:"name"`
	OK      bool          `json:"ok"`
	Warning bool          `json:"warning,omitempty"` // OK, but worth a look
	Detail  string        `json:"detail"`
	Page    int           `json:"page"` // index of the page, -1 for the whole file
	Origin  layout.Origin `json:"origin"`
}

func (r *Report) add(c Check) {
	r.Checks = append(r.Checks, c)
	r.OK = r.OK && c.OK
}
