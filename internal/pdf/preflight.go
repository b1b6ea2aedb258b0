package pdf

import (
	"fmt"
	"sort"
	"sync"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

// Names of the checks, as a person reads them.
const (
	checkOrigin       = "Origine du fichier"
	checkFonts        = "Polices incorporées"
	checkGlyphs       = "Texte extractible"
	checkColors       = "Couleurs"
	checkIntent       = "Intention de sortie"
	checkBoxes        = "Formats de page"
	CheckResolution   = "Résolution des images"
	checkInk          = "Encrage total"
	checkTransparency = "Transparence"
	checkOverprint    = "Surimpression"
	checkBlack        = "Texte noir"
	checkHairlines    = "Filets trop fins"
	checkAnnotations  = "Annotations"
	checkPageCount    = "Nombre de pages"
	checkIdentifier   = "Identifiant"
	checkMetadata     = "Métadonnées"
	checkLabels       = "Numérotation des pages"
	checkLanguage     = "Langue et titre affiché"
	checkTags         = "Balises"
	checkHeadings     = "Ordre des titres"
	checkTables       = "Tableaux"
	checkAlt          = "Textes de remplacement"
	checkBookmarks    = "Signets"
	checkLinks        = "Liens"
	checkIndex        = "Renvois de pages"
	checkISBN         = "ISBN"
	checkDeposit      = "Dépôt légal"
	checkCredits      = "Crédits des images"
	checkContent      = "Contenu des pages"
)

// Limits of the checks.
const (
	refuseDPI    = 150
	warnDPI      = 300
	warnInk      = 300 // percent
	refuseInk    = 330
	hairline     = 0.25 // points
	maxPerCheck  = 20   // findings listed one by one
	boxTolerance = 0.02 // points
)

// finding is a defect before it is turned into a Check.
type finding struct {
	name    string
	warning bool
	page    int // -1 for the whole file
	x, y    float64
	placed  bool // x and y are known, in PDF coordinates of the page
	detail  string
}

// inspection is a file under examination.
type inspection struct {
	file     *object.File
	catalog  *object.Dict
	pages    []*pageFacts
	pageOf   map[int]int // object number to index
	variant  Variant     // "" when the file claims neither
	ours     bool
	findings []finding
	done     []string // checks that took place, in order

	mu     sync.Mutex // of fonts, images and their findings while pages are read
	fonts  map[int]*fontFacts
	images map[int]*imageFacts
}

// Preflight reads a finished file with other eyes than those that wrote it.
// Files of other programs get the checks that make sense for any PDF and a
// first line that says so. The error is for what cannot be examined at all; it
// never panics.
func Preflight(data []byte) (Report, error) {
	in, err := inspect(data)
	if err != nil {
		return Report{}, err
	}
	return in.report(nil), nil
}

// PreflightPages is Preflight that also says which record and field each
// finding comes from: pages is the display list the file was written from.
func PreflightPages(data []byte, pages *layout.Pages) (Report, error) {
	in, err := inspect(data)
	if err != nil {
		return Report{}, err
	}
	return in.report(pages), nil
}

func inspect(data []byte) (in *inspection, err error) {
	// Every reader below checks what it reads; should one have missed
	// something, a broken file must still not stop the program.
	defer func() {
		if r := recover(); r != nil {
			in, err = nil, repertoire.Damage("", fmt.Errorf("preflight: %v", r),
				"Ce PDF est abîmé : il n'a pas pu être examiné jusqu'au bout.")
		}
	}()
	file, err := object.Open(data)
	if err != nil {
		return nil, repertoire.Damage("", err, "Ce fichier n'est pas un PDF lisible : il n'a pas pu être examiné.")
	}
	if file.Trailer.Get("Encrypt") != nil {
		return nil, repertoire.Refuse("Ce PDF est protégé par un mot de passe : enlevez la protection pour l'examiner.")
	}
	in = &inspection{file: file, catalog: file.Dict(file.Trailer.Get("Root")), pageOf: map[int]int{}, fonts: map[int]*fontFacts{},
		images: map[int]*imageFacts{}}
	if in.catalog == nil || in.file.Dict(in.catalog.Get("Pages")) == nil {
		return nil, repertoire.Damage("", object.ErrSyntax,
			"Ce PDF n'a pas de catalogue de pages : il est abîmé et n'a pas pu être examiné.")
	}
	in.walkPages(in.catalog.Get("Pages"), nil, 0, map[int]bool{})
	if len(in.pages) == 0 {
		return nil, repertoire.Damage("", object.ErrSyntax, "Ce PDF n'a aucune page lisible.")
	}
	in.identify()
	in.document()
	in.readPages()
	in.judgePages()
	in.navigation()
	in.tags()
	in.wording()
	return in, nil
}

// found notes a defect.
func (in *inspection) found(name string, page int, format string, args ...any) {
	in.findings = append(in.findings, finding{name: name, page: page, detail: fmt.Sprintf(format, args...)})
}

// warned notes something worth a look.
func (in *inspection) warned(name string, page int, format string, args ...any) {
	in.findings = append(in.findings, finding{name: name, page: page, warning: true, detail: fmt.Sprintf(format, args...)})
}

// ran notes that a check took place, so that silence counts as success.
func (in *inspection) ran(names ...string) { in.done = append(in.done, names...) }

func (in *inspection) report(pages *layout.Pages) Report {
	r := Report{OK: true, Pages: len(in.pages)}
	if pages != nil {
		pages = filled(pages, len(in.pages)) // as Write did
	}
	byName := map[string][]finding{}
	for _, f := range in.findings {
		byName[f.name] = append(byName[f.name], f)
	}
	for _, name := range in.done {
		list := byName[name]
		if len(list) == 0 {
			r.add(Check{Name: name, OK: true, Page: -1})
			continue
		}
		// Refusals before warnings, in page order.
		sort.SliceStable(list, func(i, j int) bool { return !list[i].warning && list[j].warning })
		for i, f := range list {
			if i == maxPerCheck {
				r.add(Check{Name: name, OK: allWarnings(list[i:]), Warning: true, Page: -1,
					Detail: fmt.Sprintf("Et %d autres constats du même ordre.", len(list)-i)})
				break
			}
			r.add(Check{Name: name, OK: f.warning, Warning: f.warning, Detail: f.detail, Page: f.page, Origin: in.origin(f, pages)})
		}
	}
	return r
}

func allWarnings(list []finding) bool {
	for _, f := range list {
		if !f.warning {
			return false
		}
	}
	return true
}

// origin finds the record and the field a finding lies on: the picture whose
// box holds it, else the region.
func (in *inspection) origin(f finding, pages *layout.Pages) layout.Origin {
	if pages == nil || !f.placed || f.page < 0 || f.page >= len(pages.Pages) || len(in.pages) < len(pages.Pages) {
		return layout.Origin{}
	}
	p := in.pages[f.page]
	box := p.trim
	x, y := f.x-box[0], box[3]-f.y
	inside := func(bx, by, bw, bh float64) bool { return x >= bx && x <= bx+bw && y >= by && y <= by+bh }
	for _, item := range pages.Pages[f.page].Items {
		if pic, ok := item.(*layout.Picture); ok && f.name != checkGlyphs && inside(pic.X, pic.Y, pic.W, pic.H) {
			return pic.Origin
		}
	}
	for _, r := range pages.Pages[f.page].Regions {
		if inside(r.X, r.Y, r.W, r.H) {
			return r.Origin
		}
	}
	return layout.Origin{}
}
