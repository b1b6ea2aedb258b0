package books

// BuildOptions asks for a book.
type BuildOptions struct {
	Directory string
	Variant   Variant
	Label     string // edition label, "" for a working edition, dated
	Output    string // file to write; "" writes nothing
	Recipient string // "Exemplaire de …" on every page
	Design    string // "" is the répertoire's own
	Format    string // likewise

	// What follows is for the web alone, whose Output is a folder.
	Address  string // where the folder will stand, "" when nobody knows
	NoSheets bool   // without the PDF of each entry

	// What follows is for print files alone.
	Profile      string  // the printer's own ICC profile, "" for FOGRA39
	Marks        bool    // crop and registration marks
	Booklet      bool    // two pages a sheet, to fold and staple
	PageMultiple int     // blank pages fill up to it; 0 is 2, a booklet always 4
	Cover        string  // file for the cover, which then leaves Output
	ReplaceCover bool    // Cover may be there already
	Grammage     float64 // of the body's paper, g/m²; 0 is 115
	Bulk         float64 // "main" of the paper, cm³/g; 0 is 1, as coated sheets have
	Spine        float64 // of the cover, millimetres; 0 computes it from the paper
}

// Variant is print, digital or web.
type Variant string

// The two finished files, and the folder of pages that is consulted.
const (
	Print   Variant = "print"
	Digital Variant = "digital"
	Web     Variant = "web"
)
