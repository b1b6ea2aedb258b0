package books

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sort"

	"repertoire/data"
	"repertoire/internal/layout"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Paper of the body when nothing is said: 115 g/m² coated, as the publisher's
// books have it. It only serves to compute the spine of a cover.
const (
	usualGrammage = 115
	usualBulk     = 1.0
)

// press is what BuildOptions ask of the finisher, checked and with its files
// read: a wish that cannot be met is refused before the book is composed.
type press struct {
	options pdf.Options
	cover   bool
}

func (opt BuildOptions) Press(progress base.Progress) (press, error) {
	p := press{cover: opt.Cover != ""}
	p.options = pdf.Options{Variant: pdf.Variant(opt.Variant), Recipient: opt.Recipient, Marks: opt.Marks,
		PageMultiple: opt.PageMultiple, Progress: progress.Tell}
	if opt.Variant != Print {
		switch {
		case opt.Marks, opt.Booklet, p.cover, opt.Profile != "", opt.PageMultiple > 1:
			return p, repertoire.Refuse(
				"Les traits de coupe, le cahier, la couverture à part, le profil de l’imprimeur et le multiple de pages ne concernent que le fichier d’impression : choisissez la variante « print ». Rien n’a été écrit.")
		}
		return p, nil
	}
	switch {
	case opt.PageMultiple < 0 || opt.PageMultiple > 64:
		return p, repertoire.Refuse("Le nombre de pages peut être un multiple de 2, de 4… jusqu’à 64, pas de %d. Rien n’a été écrit.",
			opt.PageMultiple)
	case opt.PageMultiple%2 == 1:
		return p, repertoire.Refuse(
			"Une feuille a deux pages : le nombre de pages d’un livre est un multiple de 2, de 4…, pas de %d. Rien n’a été écrit.",
			opt.PageMultiple)
	case opt.Spine < 0 || opt.Spine > 100 || opt.Grammage < 0 || opt.Grammage > 1000 || opt.Bulk < 0 || opt.Bulk > 5:
		return p, repertoire.Refuse(
			"L’épaisseur du dos ou du papier n’est pas vraisemblable : le dos se donne en millimètres, le grammage en g/m², la main en cm³/g. Rien n’a été écrit.")
	case opt.Cover != "" && !opt.ReplaceCover && there(opt.Cover):
		return p, &repertoire.Error{Kind: repertoire.Refused, File: opt.Cover,
			Message: "« " + opt.Cover + " » existe déjà : rien n’a été écrit. " +
				"La couverture est un fichier que le programme fait ; donnez-lui un autre nom, ou dites qu’elle remplace celui-ci (--replace-cover)."}
	case opt.Cover != "" && opt.Output != "" && sameFile(opt.Cover, opt.Output):
		return p, repertoire.Refuse("La couverture et l’intérieur ne peuvent pas porter le même nom de fichier. Rien n’a été écrit.")
	}
	if opt.Booklet {
		p.options.Imposition = pdf.Booklet
	}
	var err error
	p.options.Profile, err = opt.profile()
	return p, err
}

func there(file string) bool {
	_, err := os.Lstat(file)
	return err == nil
}

func sameFile(a, b string) bool {
	x, err := filepath.Abs(a)
	if err != nil {
		return a == b
	}
	y, err := filepath.Abs(b)
	return err == nil && x == y
}

// profile reads the printer's own profile, or takes FOGRA39.
func (opt BuildOptions) profile() (pdf.Profile, error) {
	if opt.Profile == "" {
		bytes, err := data.Profile("FOGRA39L_coated")
		return pdf.Profile{Data: bytes, Name: "FOGRA39"}, err
	}
	bytes, err := base.ReadFile(opt.Profile)
	if err != nil {
		return pdf.Profile{}, err
	}
	p := pdf.Profile{Data: bytes}
	if err := p.Check(); err != nil {
		var e *repertoire.Error
		if errors.As(err, &e) {
			named := *e
			named.File = opt.Profile
			return p, &named
		}
		return p, err
	}
	return p, nil
}

// finished is one file in its bytes.
type finished struct {
	path  string
	Bytes []byte
}

// Finish writes the pages as PDFs of the asked variant, looks them over and
// notes in r what it found: the book, or its body and its cover.
func Finish(ctx context.Context, pages *layout.Pages, opt BuildOptions, p press, r *BuildReport, clock *Stopwatch) ([]finished, error) {
	body := pages
	if p.cover {
		body = pdf.Body(pages)
	}
	bytes, found, err := made(ctx, body, p.options, clock)
	if err != nil {
		return nil, err
	}
	r.examined(found, "")
	sum := sha256.Sum256(bytes)
	r.SHA256 = hex.EncodeToString(sum[:])
	out := []finished{{opt.Output, bytes}}
	if !p.cover {
		return out, nil
	}
	front, err := pdf.Cover(pages)
	if err != nil {
		return nil, err
	}
	o := p.options
	o.Imposition, o.Spine, o.Recipient = pdf.CoverSpread, opt.spine(len(body.Pages)), ""
	if bytes, found, err = made(ctx, front, o, clock); err != nil {
		return nil, err
	}
	r.examined(found, "Couverture : ")
	sum = sha256.Sum256(bytes)
	r.Cover = &CoverReport{Spine: o.Spine / PointsPerMillimetre, SHA256: hex.EncodeToString(sum[:])}
	return append(out, finished{opt.Cover, bytes}), nil
}

const PointsPerMillimetre = 72 / 25.4

// spine is the thickness of the back in points: as told, or computed from the
// paper. A stapled booklet has none.
func (opt BuildOptions) spine(pages int) float64 {
	switch {
	case opt.Spine > 0:
		return opt.Spine * PointsPerMillimetre
	case opt.Booklet:
		return 0
	}
	grammage, bulk := opt.Grammage, opt.Bulk
	if grammage == 0 {
		grammage = usualGrammage
	}
	if bulk == 0 {
		bulk = usualBulk
	}
	return pdf.SpineWidth(max(pages, 2), grammage, bulk)
}

// made writes a file and has it examined. Sheets of several pages cannot be
// followed back to the pages they hold.
func made(ctx context.Context, pages *layout.Pages, o pdf.Options, clock *Stopwatch) ([]byte, pdf.Report, error) {
	bytes, found, err := pdf.Write(ctx, pages, o)
	if err != nil {
		return nil, found, err
	}
	if err := ctx.Err(); err != nil {
		return nil, found, err
	}
	clock.lap("pdf")
	defer clock.lap("preflight")
	var seen pdf.Report
	if o.Imposition != pdf.Single {
		seen, err = pdf.Preflight(bytes)
	} else {
		seen, err = pdf.PreflightPages(bytes, pages)
	}
	seen.OK = seen.OK && found.OK
	seen.Checks, seen.Pictures = append(found.Checks, seen.Checks...), found.Pictures
	return bytes, seen, err
}

// examined takes in what preflight found of one file.
func (r *BuildReport) examined(found pdf.Report, where string) {
	s := &r.Preflight
	s.Pages += found.Pages
	names := map[string]bool{}
	for _, c := range found.Checks {
		if !names[c.Name] {
			names[c.Name] = true
			s.Checks++
		}
		switch {
		case c.OK && !c.Warning:
			continue
		case c.OK:
			s.Warned++
		default:
			s.Refused++
		}
		if c.Name == pdf.CheckResolution && r.told(layout.WarnResolution, c.Page+1) {
			continue // once is enough
		}
		r.Warnings = append(r.Warnings, BuildWarning{Kind: KindPreflight, Check: c.Name, Refused: !c.OK, Page: c.Page + 1,
			Entry: c.Origin.Entry, Title: c.Origin.Title, Field: c.Origin.Field, Message: where + c.Detail})
	}
	s.OK = s.Refused == 0
	for _, x := range found.Pictures {
		r.Pictures = append(r.Pictures, PictureWeight{Page: x.Page + 1, Entry: x.Origin.Entry, Title: x.Origin.Title, Field: x.Origin.Field,
			Bytes: x.Bytes, DPI: int(x.DPI + 0.5)})
	}
	sort.SliceStable(r.Pictures, func(i, j int) bool { return r.Pictures[i].Bytes > r.Pictures[j].Bytes })
}

// told tells whether layout already warned of such a thing on a page.
func (r *BuildReport) told(kind layout.WarningKind, page int) bool {
	for _, x := range r.Warnings {
		if x.Kind == string(kind) && x.Page == page {
			return true
		}
	}
	return false
}
