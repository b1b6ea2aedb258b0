package layout

// Everything below is the display list: what internal/raster, internal/pdf and
// the window draw. Lengths are PostScript points; the origin is the top left
// corner of the trimmed page, y grows downward. Nothing may change it once
// Lay has returned it: it is shared between goroutines.

// Color is given in both worlds so that no variant has to guess: the printed
// one in percent of ink, the screen one in 8-bit sRGB.
type Color struct {
	C, M, Y, K uint8 // percent 0–100
	R, G, B    uint8
	None       bool // nothing is painted
}

// Pages is a laid out document.
type Pages struct {
	Meta      Meta
	Size      Size
	Bleed     float64 // points that full-bleed items may run over each edge
	Fonts     []*Font // referenced by Glyphs.Font index
	Pages     []*Page
	Outline   []Bookmark
	Anchors   map[string]Destination
	Structure *Node // tree of the whole document, reading order
	Warnings  []Warning
	Words     int // words of running text set
	// Entries maps the ID of a record (Origin.Entry) to the pages it is on.
	Entries map[string][]int
}

// Size is a trimmed page size in points.
type Size struct{ W, H float64 }

// Page is one trimmed page.
type Page struct {
	Label string // "iv", "12", "" on covers
	Cover bool   // outside or inside of the cover: a printer binds it apart
	Items []Item
	// Regions say which field lies where, for a click on the preview.
	Regions []Region
}

// Region is the box of a field on its page.
type Region struct {
	X, Y, W, H float64
	Origin     Origin
}

// Item is one thing drawn, in painting order: *Glyphs, *Path, *Picture, *Link.
type Item interface{ item() }

// Glyphs is a run of glyphs of one font, size and colour on one baseline.
type Glyphs struct {
	Font int // index into Pages.Fonts
	Size float64
	X, Y float64 // origin of the first glyph on the baseline
	Run  []Glyph
	Text string // source text of the run, logical order
	Fill Color
	RTL  bool
	Node NodeID // structure element it belongs to; 0 for an artifact
	Lang string // when it differs from the document's
}

// Glyph is one glyph; DX is its offset from the pen, Advance moves the pen.
type Glyph struct {
	ID uint16
	// Start and End are the byte range of Text that this glyph (with its fellows
	// of the same range) stands for; only the first of a cluster carries it, the
	// others have Start == End. A book has half a million glyphs: they are small.
	Start, End int32
	DX, DY     float32 // points; DY grows upward as fonts do
	Advance    float64 // points, justification and tracking included
}

// PathOp is one step of a path.
type PathOp struct {
	Kind                 byte    // 'M', 'L', 'C' (cubic), 'Z'
	X, Y, X1, Y1, X2, Y2 float64 // end point; control points of 'C'
}

// Path is filled, stroked or both.
type Path struct {
	Ops     []PathOp
	Fill    Color // None for no fill
	Stroke  Color // None for no stroke
	Width   float64
	Dash    []float64
	EvenOdd bool
	Node    NodeID
}

// Picture is a raster image in a box; Crop is the part of the source shown,
// as shares of its size.
type Picture struct {
	X, Y, W, H     float64
	Data           []byte
	Format         string // "jpeg" or "png"
	PixelW, PixelH int
	Crop           [4]float64 // left, top, right, bottom, 0..1
	Node           NodeID
	Origin         Origin
}

// Link is a live area: URL for the outside, Anchor for the inside.
type Link struct {
	X, Y, W, H float64
	URL        string
	Anchor     string
	Alt        string
	Node       NodeID // the Link structure element
}

func (*Glyphs) item()  {}
func (*Path) item()    {}
func (*Picture) item() {}
func (*Link) item()    {}

// Shape is an element of a Drawing: Path in the drawing's coordinates, or
// Label, text set on one line.
type Shape interface{ shape() }

// Label is a line of text in a drawing, anchored at X, Y on its baseline.
type Label struct {
	X, Y  float64
	Text  string
	Size  float64
	Bold  bool
	Align Align // left, center or right of X
	Fill  Color
	Halo  Color // None for none: a thin outline that keeps it readable on a map
}

func (*Path) shape()  {}
func (*Label) shape() {}

// Destination is where an anchor fell.
type Destination struct {
	Page int // index into Pages.Pages
	Y    float64
}

// Bookmark is a line of the outline, nested.
type Bookmark struct {
	Title  string
	Anchor string
	Kids   []Bookmark
}

// NodeID names a structure element; 0 is "artifact".
type NodeID int

// Node is an element of the structure tree, with PDF's standard roles:
// Document, Sect, H1–H6, P, L, LI, Lbl, LBody, Table, TR, TH, TD, Figure,
// Caption, Link, TOC, TOCI, Index, Note, Reference, Span, Div.
type Node struct {
	ID    NodeID
	Role  string
	Alt   string // Figure, Link
	Lang  string
	Title string
	Scope string // TH: "Row" or "Column"
	Span  int    // TD, TH: columns spanned when more than 1
	Kids  []*Node
}

// WarningKind sorts warnings for the press-ready gate.
type WarningKind string

const (
	WarnOverfull     WarningKind = "overfull"      // a line sticks out
	WarnCut          WarningKind = "cut"           // text did not fit and was cut
	WarnMissingGlyph WarningKind = "missing-glyph" // no font has the character
	WarnResolution   WarningKind = "resolution"    // under 300 dpi as placed
	WarnPicture      WarningKind = "picture"       // cannot be read
	WarnAlt          WarningKind = "alt"           // no text alternative
	WarnStyle        WarningKind = "style"         // unknown style or colour
	WarnAnchor       WarningKind = "anchor"        // a reference leads nowhere
	WarnHollow       WarningKind = "hollow"        // a page less than a third full
)

// Warning is something a publisher would want to know. Message is French.
type Warning struct {
	Kind    WarningKind
	Page    int // index, -1 when not placed
	Origin  Origin
	Message string
}
