package layout

// Document is a book as its author thinks of it. It is a plain value: build
// it, lay it out, compare it, cache it.
type Document struct {
	Meta     Meta
	Sections []Section
}

// Meta describes the book to readers, catalogues and screen readers.
type Meta struct {
	Title    string
	Subtitle string
	Author   string
	Subject  string
	Keywords []string
	Language string // BCP 47; "" is "fr-FR"
	// Date is the edition's date as ISO 8601 with a zone; it is the only date
	// that enters the files, so that the same edition gives the same bytes.
	Date string
}

// Matter says how pages of a section are numbered.
type Matter int

const (
	FrontMatter Matter = iota // i, ii, iii…
	BodyMatter                // 1, 2, 3…
	CoverMatter               // not numbered, full bleed, no running heads
)

// Section is a chapter-level part that starts on a new page.
type Section struct {
	Anchor  string // unique in the document; target of links and page references
	Title   string // bookmark, contents line and running head; "" for none
	Matter  Matter
	Recto   bool   // starts on a right-hand page
	Columns int    // text columns, balanced on the last page; 0 or 1 is one
	Thumb   string // short label of the thumb tab, "" for none
	// HideFromContents keeps the section out of Contents (cover, imprint).
	HideFromContents bool
	Blocks           []Block
}

// Origin says which record and field a block came from, so that a warning or
// a click on the page leads back to it.
type Origin struct {
	Entry string // ID of the record, "" when none
	Title string // what a person calls it: "Lille – Saint-Louis"
	Field string // JSON name of the field: "objectives", "projects.2.results"
}

// Block is anything stacked down a column.
type Block interface{ block() }

// Style names a style of the design's theme file ("body", "lead", "small",
// "caption", "cover-title", "entry-title", "note", "imprint"…). An unknown
// name is laid out as "body" and reported once as a warning.
type Style string

// Paragraph is justified (or as its style says) text.
type Paragraph struct {
	Style  Style // "" is "body"
	Text   []Inline
	Origin Origin
}

// Heading is a title of level 1 to 6, kept with what follows.
type Heading struct {
	Level    int
	Style    Style // "" is "h1" to "h6" by level
	Text     []Inline
	Anchor   string
	Contents bool // listed in Contents and bookmarks
	// Running is what the running head shows from here on, "" keeps it.
	Running string
	// Bar is drawn over the heading, as wide as the column; the zero value is none.
	Bar    Color
	Origin Origin
}

// List holds items, each a stack of blocks.
type List struct {
	Ordered bool
	Items   [][]Block
	Origin  Origin
}

// Align places text across its cell or line.
type Align int

const (
	AlignDefault Align = iota // as the style says
	AlignLeft
	AlignCenter
	AlignRight
	AlignJustify
)

// TableColumn describes one column; widths are shares of what is left after
// the fixed ones.
type TableColumn struct {
	Share float64 // relative width; 0 with Width 0 means 1
	Width float64 // fixed width in points, 0 to share
	Align Align
}

// Cell is one cell; Header cells are tagged TH.
type Cell struct {
	Blocks []Block
	Span   int // columns spanned, 0 or 1 is one
	Header bool
}

// TableRow is kept whole when it fits on a page.
type TableRow struct{ Cells []Cell }

// Table repeats its head rows on every page it runs over.
type Table struct {
	Style   Style // "" is "table"; "facts" is the quiet two-column facts table
	Columns []TableColumn
	Head    []TableRow
	Rows    []TableRow
	Caption []Inline
	// Bare has no rules; it stays whole, with what precedes it.
	Bare   bool
	Origin Origin
}

// Image is a raster picture, decoded from its bytes when drawn.
type Image struct {
	Data      []byte // JPEG, PNG, WebP or TIFF
	Alt       string
	Caption   []Inline
	Credit    string
	Width     float64 // share of the column, 0 < Width <= 1; 0 is 1
	MaxHeight float64 // points, 0 for the design's limit
	// Ratio is the shape shown, width over height; 0 shows all. FocusX and FocusY
	// are what stays in sight, as shares; 0, 0 is the middle.
	Ratio          float64
	FocusX, FocusY float64
	Float          bool // may move to the top of the next page to avoid a hole
	Origin         Origin
}

// Drawing is vector art (map, chart, diagram, SDG square) in its own
// coordinate system, scaled to the column.
type Drawing struct {
	W, H    float64 // natural size in points
	Shapes  []Shape
	Alt     string
	Caption []Inline
	Width   float64 // share of the column; 0 keeps the natural size (never wider than the column)
	Align   Align
	// Decorative art says nothing that the text beside it does not say.
	Decorative bool
	Origin     Origin
}

// Group is an entry or another run of blocks with a name.
type Group struct {
	Role   string // "entry", "card", "box" and "sidebar" (tinted), "quote" (a bar beside it), "" for plain
	Anchor string
	// Head is shown with "(suite)" at the top of following pages when the
	// group does not fit on one; "" for nothing.
	Head string
	// Running feeds the running head with first and last entry of a page.
	Running string
	Keep    bool // stay whole on a page when it fits on one
	// NewPage starts the group on a new page.
	NewPage bool
	// Apart starts it on a new page too, unless the page before would stay
	// nearly empty.
	Apart bool
	// Tab is shown at the outer edge of the pages the group starts or runs on.
	Tab *Tab
	// Contents lists Title in the contents and bookmarks at level 2.
	Contents bool
	Title    string
	Blocks   []Block
	Origin   Origin
}

// Side sets blocks side by side: Shares are relative widths (facts beside a
// map). It is kept whole when it fits.
type Side struct {
	Shares []float64
	Cells  [][]Block
	Gap    float64 // points, 0 for the design's gutter
}

// Beside sets blocks beside a narrow column of facts, at the outer edge of each
// page: on the left of left-hand pages, on the right of the others. The facts go
// on while the text runs on; they never make a page of their own.
type Beside struct {
	Facts  []Block
	Blocks []Block
}

// Tab is a mark at the outer edge of a page, Row of Rows from the top.
type Tab struct {
	Fill      Color
	Row, Rows int
	Sign      []PathOp // drawn in the tab, in a square of one point
}

// Columned balances its blocks over Count columns inside the section.
type Columned struct {
	Count  int
	Blocks []Block
}

// IndexEntry is one line of an index. Targets are anchors; their page numbers
// are printed sorted, deduplicated, as ranges when three or more follow.
type IndexEntry struct {
	Letter  string // group head: "É" sorts under "E"
	Text    []Inline
	Sub     bool // indented under the entry above
	Targets []string
}

// Index is a multi-column index with letter heads, in the order given.
type Index struct {
	Columns int
	Entries []IndexEntry
	Origin  Origin
}

// Contents is the table of contents of the whole document, with leaders.
type Contents struct{ Levels int } // 1 sections, 2 with headings and groups marked Contents

// Space adds vertical room, in lines of the baseline grid; it vanishes at the
// top of a page.
type Space struct{ Lines float64 }

// Rule is a thin line across the column.
type Rule struct{}

// PageBreak starts a new page; Recto a right-hand one.
type PageBreak struct{ Recto bool }

// FullPage is a page of its own without margins (cover, colour plate):
// Background fills bleed included, blocks are set inside the design's cover frame.
type FullPage struct {
	Background Color
	Picture    *Image // fills the page under the text, cropped
	// Art is drawn over background and picture, under the text, in points of
	// the page; it may run into the bleed.
	Art    *Drawing
	Blocks []Block
	// Foot is set at the foot of the page (logos, publisher).
	Foot []Block
}

func (Paragraph) block() {}
func (Heading) block()   {}
func (List) block()      {}
func (Table) block()     {}
func (Image) block()     {}
func (Drawing) block()   {}
func (Group) block()     {}
func (Side) block()      {}
func (Columned) block()  {}
func (Beside) block()    {}
func (Index) block()     {}
func (Contents) block()  {}
func (Space) block()     {}
func (Rule) block()      {}
func (PageBreak) block() {}
func (FullPage) block()  {}

// Inline is a piece of a line.
type Inline interface{ inline() }

// Text is a run of characters in one style. The typographic pass (French
// spaces, apostrophes, ordinals) runs over it unless Verbatim.
type Text struct {
	Text      string
	Bold      bool
	Italic    bool
	SmallCaps bool
	Super     bool
	Sans      bool   // the design's second family
	Color     string // a colour name of the theme ("accent", "muted"), "" as the style
	Lang      string // BCP 47 when it differs from the document's: "ar", "ja"
	Verbatim  bool   // codes, e-mails, URLs: left as typed, never hyphenated
	NoHyphen  bool   // names: never hyphenated
	URL       string // external link
	Anchor    string // internal link
}

// PageRef prints the page number of an anchor.
type PageRef struct{ Anchor string }

// PageCount is the anchor of no place: a PageRef to it prints how many pages the
// book has, cover included, so that a text never says it wrong.
const PageCount = "§pages"

// Note is a footnote called from here.
type Note struct{ Text []Inline }

// Break ends the line.
type Break struct{}

// Square is a small filled square with a number (SDG), aligned with the text.
type Square struct {
	Fill  Color
	Label string
	Alt   string
}

func (Text) inline()    {}
func (PageRef) inline() {}
func (Note) inline()    {}
func (Break) inline()   {}
func (Square) inline()  {}

// Plain makes the inlines of a plain string.
func Plain(s string) []Inline { return []Inline{Text{Text: s}} }

// Para makes a body paragraph of a plain string.
func Para(s string) Paragraph { return Paragraph{Text: Plain(s)} }
