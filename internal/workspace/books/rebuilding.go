package books

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"slices"
	"strings"

	"repertoire/data"
	"repertoire/internal/book"
	"repertoire/internal/edition"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// RebuildReport says what the book of a frozen edition came to.
type RebuildReport struct {
	BuildReport
	Edition EditionSummary `json:"edition"`
	// Original is the SHA-256 of the file made when the edition was frozen, then
	// published, "" when the options ask for another file. Identical compares.
	Original  string `json:"original_sha256,omitempty"`
	Identical bool   `json:"identical"`
}

// KindEdition is the Kind of a warning about what changed since the freeze.
const KindEdition = "edition"

// Rebuild makes the book of a frozen edition from its snapshot alone, with its
// own design, and says whether the bytes are those of the day it was frozen.
// opt.Directory and opt.Label are not looked at.
func (room *Room) Rebuild(ctx context.Context, id string, opt BuildOptions, progress base.Progress) (RebuildReport, error) {
	item, err := room.Folder().Find(id)
	if err != nil {
		return RebuildReport{}, err
	}
	s := item.Snapshot
	if err := room.needMedia(s); err != nil {
		return RebuildReport{}, err
	}
	if opt.Variant == "" {
		opt.Variant = Digital
	}
	out := RebuildReport{Edition: editionSummary(item)}
	changes, err := room.sinceFrozen(s)
	if err != nil {
		return out, err
	}
	out.BuildReport, err = room.Produce(ctx, Job{
		Frozen: item.ID, Past: true,
		Compose: book.Compose,
		Read:    func(context.Context) (book.Input, error) { return room.frozenInput(s) },
		Seen:    func(pages *layout.Pages) { changes = append(changes, changedFonts(s.Fonts, fontsOf(pages))...) },
	}, opt, progress)
	if err != nil {
		return out, err
	}
	if first, ok := item.Register.File(string(opt.Variant)); ok && opt.usual() {
		out.Original, out.Identical = first.SHA256, first.SHA256 == out.SHA256
		if !out.Identical {
			changes = append(changes,
				"Le fichier n’est pas identique à celui d’origine : les données sont les mêmes, mais la mise en pages peut différer. Relisez-le avant de le diffuser.")
			if room.isKept(item.Sum, first) {
				changes = append(changes, "Le fichier d’origine est gardé : « edition rebuild "+string(item.ID)+
					" --original » en donne une copie.")
			}
		}
	}
	var told []BuildWarning
	for _, c := range changes {
		told = append(told, BuildWarning{Kind: KindEdition, Message: c})
	}
	out.Warnings = append(told, out.Warnings...)
	return out, nil
}

// usual tells whether the file asked for is the plain one of its variant.
func (opt BuildOptions) usual() bool {
	return opt.Recipient == "" && opt.Profile == "" && !opt.Marks && !opt.Booklet && opt.PageMultiple == 0 && opt.Cover == ""
}

// frozenInput gives what the book of a snapshot is made from.
func (room *Room) frozenInput(s *edition.Snapshot) (in book.Input, err error) {
	state := s.State()
	in = book.Input{Directory: s.Directory, Presentations: map[string]repertoire.Presentation{}, Partnerships: state.Partnerships,
		Authorities: state.Authorities, Reference: room.bookReference(), Date: s.Data, Label: s.Label}
	for _, p := range s.Presentations {
		in.Presentations[p.Country] = p
	}
	in.Reference.Themes = frozenThemes{byCode(s.Themes), in.Reference.Themes}
	in.Media = frozenMedia{s.Media, room.base.Store.Media()}
	if s.Previous != nil {
		in.Previous = asPrevious(s.Previous.Label, s.Previous.Data, *s.Before())
	}
	in.Design, err = layout.DesignFrom(func(name string) ([]byte, error) {
		text, ok := s.Design.Files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}, s.Design.Name, s.Design.Format)
	return in, err
}

// frozenThemes are the themes as they were called when the edition was frozen.
type frozenThemes struct {
	own   map[string]repertoire.Theme
	other book.Themes
}

func (t frozenThemes) Theme(code string) (repertoire.Theme, bool) {
	if own, ok := t.own[code]; ok {
		return own, true
	}
	return t.other.Theme(code)
}

func byCode(list []repertoire.Theme) map[string]repertoire.Theme {
	out := map[string]repertoire.Theme{}
	for _, t := range list {
		out[t.Code] = t
	}
	return out
}

// frozenMedia gives the pictures the edition was made with, and no other: one
// that was missing then stays missing.
type frozenMedia struct {
	sums []string
	all  book.Media
}

func (m frozenMedia) Media(sum string) ([]byte, error) {
	if _, ok := slices.BinarySearch(m.sums, sum); !ok {
		return nil, repertoire.Missing("Cette image n’était pas dans l’édition quand elle a été figée.")
	}
	return m.all.Media(sum)
}

// soundMedia keeps of the wanted pictures those that are there.
func (room *Room) soundMedia(sums []string) []string {
	out := []string{}
	for _, sum := range sums {
		if _, err := room.base.Store.Media().Media(sum); err == nil {
			out = append(out, sum)
		}
	}
	return out
}

// needMedia refuses to rebuild without a picture the edition was made with:
// the book would pass for the edition without being it.
func (room *Room) needMedia(s *edition.Snapshot) error {
	for _, sum := range s.Media {
		if _, err := room.base.Store.Media().Media(sum); err != nil {
			file := "media/" + sum[:2] + "/" + sum
			return &repertoire.Error{Kind: repertoire.Damaged, File: file, Err: err,
				Message: "Une image de l’édition « " + s.Label + " » manque ou est abîmée (" + file +
					") : elle ne peut pas être reconstruite à l’identique, rien n’a été écrit. Remettez ce fichier depuis une copie du dossier de travail."}
		}
	}
	return nil
}

// sinceFrozen says what of the program is not as it was.
func (room *Room) sinceFrozen(s *edition.Snapshot) ([]string, error) {
	var out []string
	if s.Program != room.version {
		out = append(out, "L’édition a été figée avec la version « "+s.Program+" » du programme, celle-ci est « "+room.version+
			" » : la mise en pages peut différer.")
	}
	reference, err := referenceSum()
	if err == nil && reference != s.Reference {
		out = append(out,
			"Les tables de référence (pays, contours, objectifs de développement durable) ont changé depuis que l’édition a été figée : les cartes et les noms de pays peuvent différer.")
	}
	return out, err
}

// fontsOf lists the fonts that pages are set with, by name.
func fontsOf(pages *layout.Pages) []edition.Font {
	out := []edition.Font{}
	for _, f := range pages.Fonts {
		data, err := f.File()
		if err != nil {
			data = nil // a font that was there a moment ago; its sum will differ, and that is said
		}
		out = append(out, edition.Font{Name: f.Name, SHA256: base.HexSum(data)})
	}
	slices.SortFunc(out, func(a, b edition.Font) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// changedFonts says which fonts are not those the edition was set with.
func changedFonts(then, now []edition.Font) []string {
	sums := map[string]string{}
	for _, f := range now {
		sums[f.Name] = f.SHA256
	}
	var names []string
	for _, f := range then {
		if sums[f.Name] != f.SHA256 {
			names = append(names, f.Name)
		}
	}
	if names == nil {
		return nil
	}
	return []string{"Des polices ont changé depuis que l’édition a été figée (" + strings.Join(names, ", ") +
		") : la mise en pages peut différer."}
}

// referenceSum is the SHA-256 of the tables inside the program, file by file.
func referenceSum() (string, error) {
	all := sha256.New()
	err := fs.WalkDir(data.Reference, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := data.Reference.ReadFile(path)
		if err != nil {
			return err
		}
		all.Write([]byte(path + " " + base.HexSum(text) + "\n"))
		return nil
	})
	if err != nil {
		return "", repertoire.Fault(err, "Les tables de référence du programme ne peuvent pas être lues : réinstallez-le.")
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}
