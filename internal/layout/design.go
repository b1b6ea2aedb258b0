package layout

import (
	"fmt"
	"io/fs"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"repertoire/assets/designs"
	"repertoire/internal/repertoire"
)

// Design is a look for a format: what a theme file says, sizes already scaled
// to the page. The zero Design is not usable; LoadDesign makes one.
type Design struct {
	Name   string // "institutionnel"
	Title  string // "Institutionnel"
	Format string // "170x240"
	Page   Size
	Bleed  float64

	margins margins
	grid    float64 // leading of the body text, the baseline grid
	rules   pageRules
	table   tableRules
	box     boxRules
	colors  map[string]Color
	faces   map[string][]string // family -> regular, bold, italic, bold italic
	styles  map[Style]style
}

// margins are points; head and foot are the distances of the running head's
// and the folio's baselines from the trimmed edges.
type margins struct{ inner, outer, top, bottom, head, foot float64 }

type pageRules struct {
	gutter, noteRule, thumbW, thumbH, coverMargin float64
	pictureMax                                    float64 // share of the text height
	suite                                         string
}

type tableRules struct {
	rule, headRule, padX, padY float64
	stripe                     string
}

type boxRules struct {
	pad, bar float64
	fill     string
}

// figures says which numerals a style wants.
type figures int

const (
	figuresDefault figures = iota
	figuresOld
	figuresLining
	figuresTabular
)

// style is a resolved paragraph style; lengths in points.
type style struct {
	name          Style
	family        string
	size, leading float64
	align         Align
	indent        float64 // first line of a paragraph that follows another
	left, right   float64
	before, after float64
	color         Color
	bold, italic  bool
	smallCaps     bool
	tracking      float64 // em
	figures       figures
	hyphenate     bool
	keepNext      bool
}

// The theme file as written.
type designFile struct {
	Title, Extends string
	Fonts          map[string][]string
	Colors         map[string]colorFile
	Formats        map[string]formatFile
	Page           pageFile
	Styles         map[string]styleFile
	Table          tableFile
	Box            boxFile
}

type colorFile struct {
	CMYK []int  `toml:"cmyk"`
	RGB  string `toml:"rgb"`
}

type formatFile struct{ Width, Height, Inner, Outer, Top, Bottom, Scale, Head, Foot float64 }

type pageFile struct {
	Grid, Bleed, Gutter float64
	NoteRule            float64 `toml:"note-rule"`
	Suite               string
	ThumbWidth          float64 `toml:"thumb-width"`
	ThumbHeight         float64 `toml:"thumb-height"`
	CoverMargin         float64 `toml:"cover-margin"`
	PictureMax          float64 `toml:"picture-max"`
}

type tableFile struct {
	Rule     float64
	HeadRule float64 `toml:"head-rule"`
	PadX     float64 `toml:"pad-x"`
	PadY     float64 `toml:"pad-y"`
	Stripe   string
}

type boxFile struct {
	Pad, Bar float64
	Fill     string
}

type styleFile struct {
	Base, Font, Align, Color, Figures          *string
	Size, Leading, Indent, Left, Right, Before *float64
	After, Tracking                            *float64
	Bold, Italic, Hyphenate                    *bool
	SmallCaps                                  *bool `toml:"small-caps"`
	KeepNext                                   *bool `toml:"keep-next"`
}

// Format is a trimmed page size with the words a person reads.
type Format struct {
	Name  string // "A4", "A5", "170x240", "Letter"
	Title string
	Size  Size
}

// Formats lists the page formats every design has, the usual one first.
func Formats() []Format {
	return []Format{
		{"170x240", "170 × 240 mm", Size{481.89, 680.31}},
		{"A4", "A4 (210 × 297 mm)", Size{595.28, 841.89}},
		{"A5", "A5 (148 × 210 mm)", Size{419.53, 595.28}},
		{"Letter", "US Letter (8,5 × 11 pouces)", Size{612, 792}},
	}
}

// Designs lists the names LoadDesign accepts.
func Designs() []string { return designs.Names() }

// DesignSource gives the text of a design file by its name ("sobre").
type DesignSource func(name string) ([]byte, error)

// LoadDesign reads a design ("institutionnel", "sobre"; "" is the first) for
// a format ("A4", "A5", "170x240", "Letter"; "" is "170x240").
func LoadDesign(name, format string) (Design, error) {
	if name == "" {
		name = "institutionnel"
	}
	if !designs.Has(name) {
		return Design{}, repertoire.Missing("La maquette « %s » n’existe pas ; les maquettes connues sont : %s.", name,
			strings.Join(designs.Names(), ", "))
	}
	return DesignFrom(designs.Read, name, format)
}

// DesignFrom reads a design from files of elsewhere: those that a frozen
// edition keeps. "" is the usual format.
func DesignFrom(files DesignSource, name, format string) (Design, error) {
	if format == "" {
		format = "170x240"
	}
	file, err := readDesign(files, name, 0)
	if err != nil {
		return Design{}, repertoire.Damage(name+".toml", err,
			"La maquette « %s » est illisible ; rien n’a été produit, réinstallez le programme.", name)
	}
	f, ok := file.Formats[format]
	if !ok {
		return Design{}, repertoire.Missing("Le format « %s » n’existe pas dans la maquette « %s ».", format, file.Title)
	}
	d, err := file.build(name, format, f)
	if err != nil {
		return Design{}, repertoire.Damage(name+".toml", err,
			"La maquette « %s » est illisible ; rien n’a été produit, réinstallez le programme.", name)
	}
	return d, nil
}

// readDesign decodes a file over the one it extends, so that a design says
// only what differs.
func readDesign(files DesignSource, name string, depth int) (designFile, error) {
	var own designFile
	text, err := files(name)
	if err != nil {
		return own, err
	}
	md, err := toml.Decode(string(text), &own)
	if err != nil {
		return own, err
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return own, fmt.Errorf("clé inconnue %s", extra[0])
	}
	if own.Extends == "" {
		return own, nil
	}
	if depth > 4 {
		return own, fmt.Errorf("%w : extends en boucle", fs.ErrInvalid)
	}
	base, err := readDesign(files, own.Extends, depth+1)
	if err != nil {
		return own, err
	}
	base.Title = own.Title
	overlay(base.Fonts, own.Fonts)
	overlay(base.Colors, own.Colors)
	overlay(base.Formats, own.Formats)
	overlay(base.Styles, own.Styles)
	if md.IsDefined("page") {
		base.Page = own.Page
	}
	if md.IsDefined("table") {
		base.Table = own.Table
	}
	if md.IsDefined("box") {
		base.Box = own.Box
	}
	return base, nil
}

func overlay[V any](base, own map[string]V) {
	for k, v := range own {
		base[k] = v
	}
}

func (file designFile) build(name, format string, f formatFile) (Design, error) {
	s := f.Scale
	d := Design{
		Name: name, Title: file.Title, Format: format,
		Page: Size{f.Width, f.Height}, Bleed: file.Page.Bleed,
		margins: margins{f.Inner, f.Outer, f.Top, f.Bottom, f.Head, f.Foot},
		grid:    file.Page.Grid * s,
		rules: pageRules{
			gutter: file.Page.Gutter * s, noteRule: file.Page.NoteRule * s,
			thumbW: file.Page.ThumbWidth * s, thumbH: file.Page.ThumbHeight * s,
			coverMargin: file.Page.CoverMargin * s, pictureMax: file.Page.PictureMax, suite: file.Page.Suite,
		},
		table:  tableRules{file.Table.Rule, file.Table.HeadRule, file.Table.PadX * s, file.Table.PadY * s, file.Table.Stripe},
		box:    boxRules{file.Box.Pad * s, file.Box.Bar * s, file.Box.Fill},
		colors: map[string]Color{}, faces: file.Fonts, styles: map[Style]style{},
	}
	if d.grid < 4 || d.textWidth() < 60 || d.textHeight() < 8*d.grid {
		return d, fmt.Errorf("le format %s ne laisse pas de place au texte", format)
	}
	for family, faces := range file.Fonts {
		if len(faces) != 4 {
			return d, fmt.Errorf("la famille %s doit nommer quatre polices", family)
		}
	}
	for k, c := range file.Colors {
		color, err := c.color()
		if err != nil {
			return d, fmt.Errorf("couleur %s : %w", k, err)
		}
		d.colors[k] = color
	}
	var names []string
	for k := range file.Styles {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		st := style{name: Style(k), family: "serif", size: 9.2 * s, leading: d.grid, align: AlignJustify, color: d.colors["ink"]}
		if err := file.resolve(k, &st, d, s, 0); err != nil {
			return d, fmt.Errorf("style %s : %w", k, err)
		}
		d.styles[Style(k)] = st
	}
	if _, ok := d.styles["body"]; !ok {
		return d, fmt.Errorf("style body manquant")
	}
	return d, nil
}

func (c colorFile) color() (Color, error) {
	v, err := strconv.ParseUint(strings.TrimPrefix(c.RGB, "#"), 16, 32)
	if err != nil || len(c.RGB) != 7 || len(c.CMYK) != 4 {
		return Color{}, fmt.Errorf("attendu cmyk = [c, m, j, n] et rgb = \"#rrggbb\"")
	}
	ink := func(i int) uint8 { return uint8(min(max(c.CMYK[i], 0), 100)) }
	return Color{C: ink(0), M: ink(1), Y: ink(2), K: ink(3), R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}, nil
}

// resolve lays a style over its base.
func (file designFile) resolve(name string, st *style, d Design, scale float64, depth int) error {
	f, ok := file.Styles[name]
	if !ok {
		return fmt.Errorf("style de base %s inconnu", name)
	}
	if f.Base != nil {
		if depth > 6 {
			return fmt.Errorf("base en boucle")
		}
		if err := file.resolve(*f.Base, st, d, scale, depth+1); err != nil {
			return err
		}
	}
	length := func(p *float64, to *float64, unit float64) {
		if p != nil {
			*to = *p * unit
		}
	}
	flag := func(p *bool, to *bool) {
		if p != nil {
			*to = *p
		}
	}
	length(f.Size, &st.size, scale)
	length(f.Leading, &st.leading, scale)
	length(f.Indent, &st.indent, scale)
	length(f.Left, &st.left, scale)
	length(f.Right, &st.right, scale)
	length(f.Before, &st.before, d.grid)
	length(f.After, &st.after, d.grid)
	length(f.Tracking, &st.tracking, 1)
	flag(f.Bold, &st.bold)
	flag(f.Italic, &st.italic)
	flag(f.SmallCaps, &st.smallCaps)
	flag(f.Hyphenate, &st.hyphenate)
	flag(f.KeepNext, &st.keepNext)
	if f.Font != nil {
		if _, ok := d.faces[*f.Font]; !ok {
			return fmt.Errorf("famille %s inconnue", *f.Font)
		}
		st.family = *f.Font
	}
	if f.Color != nil {
		c, ok := d.colors[*f.Color]
		if !ok {
			return fmt.Errorf("couleur %s inconnue", *f.Color)
		}
		st.color = c
	}
	if f.Align != nil {
		a, ok := map[string]Align{"left": AlignLeft, "center": AlignCenter, "right": AlignRight, "justify": AlignJustify}[*f.Align]
		if !ok {
			return fmt.Errorf("alignement %s inconnu", *f.Align)
		}
		st.align = a
	}
	if f.Figures != nil {
		g, ok := map[string]figures{"old": figuresOld, "lining": figuresLining, "tabular": figuresTabular}[*f.Figures]
		if !ok {
			return fmt.Errorf("chiffres %s inconnus", *f.Figures)
		}
		st.figures = g
	}
	return nil
}

func (d Design) textWidth() float64 { return d.Page.W - d.margins.inner - d.margins.outer }

// textHeight is a whole number of grid lines; what is left goes to the foot.
func (d Design) textHeight() float64 {
	return math.Floor((d.Page.H-d.margins.top-d.margins.bottom)/d.grid) * d.grid
}

// TextHeight is the height of the text block, in points.
func (d Design) TextHeight() float64 { return d.textHeight() }

// ColorNamed gives a colour of the design ("accent", "muted", "ink", "tint"…)
// for drawings made outside; an unknown name gives the ink.
func (d Design) ColorNamed(name string) Color {
	if c, ok := d.colors[name]; ok {
		return c
	}
	return d.colors["ink"]
}

// DesignFiles gives the texts of the files a design is read from, by name: what
// DesignFrom needs to read it again elsewhere.
func DesignFiles(name string) (map[string][]byte, error) {
	d, err := LoadDesign(name, "")
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	_, err = readDesign(func(name string) ([]byte, error) {
		text, err := designs.Read(name)
		out[name] = text
		return text, err
	}, d.Name, 0)
	return out, err
}

// HasStyle tells whether the design knows a style.
func (d Design) HasStyle(s Style) bool { _, ok := d.styles[s]; return ok }

// TextWidth is the measure of a one-column page, in points.
func (d Design) TextWidth() float64 { return d.textWidth() }

// CoverWidth is the measure of a cover.
func (d Design) CoverWidth() float64 { return d.Page.W - 2*d.rules.coverMargin }

// StyleSize is the size of a style's letters, in points.
func (d Design) StyleSize(s Style) (float64, bool) {
	st, ok := d.styles[s]
	return st.size, ok
}
