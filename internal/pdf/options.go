package pdf

import (
	"time"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Variant is what a file is for.
type Variant string

const (
	// Digital is read on screens: RGB, tags, bookmarks, links; metadata of
	// PDF/UA-1 and PDF/A-2a.
	Digital Variant = "digital"
	// Print goes to a press: CMYK, bleed, output intent; metadata of PDF/X-4.
	Print Variant = "print"
)

// Imposition says how pages are put on sheets.
type Imposition string

const (
	// Single is one page a sheet.
	Single Imposition = ""
	// Booklet is two pages a sheet in the order of a saddle-stitched booklet:
	// print both sides, fold, staple.
	Booklet Imposition = "booklet"
	// CoverSpread is one sheet: last page, spine, first page.
	CoverSpread Imposition = "cover"
)

// Profile is the printing condition of a press.
type Profile struct {
	Data []byte // ICC profile of class prtr, CMYK
	Name string // identifier of the output condition, "" is what the profile calls itself
	Info string // what a person reads, "" is the profile's own description
}

// Options says how a file is written.
type Options struct {
	Variant Variant // "" is Digital
	// Profile is required for Print. In a digital file it only serves to
	// convert CMYK pictures; without it they are converted by arithmetic.
	Profile Profile
	Marks   bool // crop and registration marks outside the bleed (Print)
	// Recipient prints "Exemplaire de …" at the foot of every numbered page;
	// the preposition is put in ("la ville de Lille", "Le Havre", "Agen").
	Recipient string
	// PageMultiple pads the printed book with blank pages; 0 is 2, a booklet
	// always 4.
	PageMultiple int
	Imposition   Imposition // Print only
	Spine        float64    // points between the halves of a CoverSpread
	// InkLimit is the most ink a picture may lay on one spot, in percent of
	// one solid; 0 is 300, safe for coated sheets.
	InkLimit int
	// Attachments are carried inside the file (Digital only).
	Attachments []Attachment
	// Progress is told of pages drawn; may be nil.
	Progress func(done, total int, label string)
}

// Geometry of printed sheets, in points.
const (
	millimetre  = 72 / 25.4
	bleedWidth  = 3 * millimetre
	marksMargin = 12 * millimetre
)

// defaultInkLimit is the usual ceiling of coated sheet-fed offset.
const defaultInkLimit = 300

// complete checks o against pages and fills what was left out.
func (o Options) complete(pages *layout.Pages) (Options, error) {
	if o.Variant == "" {
		o.Variant = Digital
	}
	switch {
	case o.Variant != Digital && o.Variant != Print:
		return o, repertoire.Refuse("La variante « %s » n'existe pas : choisissez « print » ou « digital ».", o.Variant)
	case pages == nil || len(pages.Pages) == 0:
		return o, repertoire.Refuse("Ce document n'a aucune page : rien n'a été écrit.")
	case o.Variant == Digital && o.Imposition != Single:
		return o, repertoire.Refuse("L'imposition ne concerne que le fichier d'impression : choisissez la variante « print ».")
	case o.Variant == Print && len(o.Attachments) > 0:
		return o, repertoire.Refuse("Un fichier d'impression n'emporte pas de pièce jointe : choisissez la variante « digital ».")
	case o.Variant == Print && len(o.Profile.Data) == 0:
		return o, repertoire.Refuse(
			"Le fichier d'impression demande un profil colorimétrique CMJN : choisissez celui de l'imprimeur ou FOGRA39.")
	}
	if _, err := time.Parse(time.RFC3339, pages.Meta.Date); err != nil {
		if _, err := time.Parse(time.DateOnly, pages.Meta.Date); err != nil {
			return o, repertoire.Fault(err,
				"La date de l'édition (« %s ») n'est pas lisible : le fichier ne peut pas être daté et n'a pas été écrit.", pages.Meta.Date)
		}
	}
	if o.PageMultiple <= 0 {
		o.PageMultiple = 1
		if o.Variant == Print {
			o.PageMultiple = 2
		}
	}
	if o.Imposition == Booklet {
		o.PageMultiple = 4
	}
	if o.InkLimit <= 0 {
		o.InkLimit = defaultInkLimit
	}
	return o, nil
}

// language is the document's, as BCP 47.
func language(m layout.Meta) string {
	if m.Language == "" {
		return "fr-FR"
	}
	return m.Language
}

// date is the edition's, checked by complete.
func date(m layout.Meta) time.Time {
	if t, err := time.Parse(time.RFC3339, m.Date); err == nil {
		return t
	}
	t, _ := time.Parse(time.DateOnly, m.Date)
	return t
}
