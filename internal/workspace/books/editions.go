package books

import (
	"context"
	"time"

	"repertoire/internal/book"
	"repertoire/internal/edition"
	"repertoire/internal/layout"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// FrozenEdition says what was frozen.
type FrozenEdition struct {
	ID      repertoire.ID `json:"id"`
	Label   string        `json:"label"`
	Entries int           `json:"entries"`
	SHA256  string        `json:"sha256"` // of the snapshot
	// Added is false when that very edition was frozen already.
	Added    bool              `json:"added"`
	Pages    int               `json:"pages"`
	Files    map[string]string `json:"files"` // variant -> SHA-256 of its PDF
	Previous repertoire.ID     `json:"previous,omitempty"`
	Warnings []BuildWarning    `json:"warnings"`
}

// EditionSummary is one line of the list of editions.
type EditionSummary struct {
	ID        repertoire.ID     `json:"id"`
	Label     string            `json:"label"`
	Directory string            `json:"directory"`
	Title     string            `json:"title"`
	State     string            `json:"state"` // brouillon, bon-a-tirer, publiee, epuisee
	Frozen    repertoire.Date   `json:"frozen"`
	Data      repertoire.Date   `json:"data"` // day of the newest of its data
	Entries   int               `json:"entries"`
	Pages     int               `json:"pages"`
	PageSize  string            `json:"page_size"` // "170x240"
	Design    string            `json:"design"`
	Program   string            `json:"program"`
	SHA256    string            `json:"sha256"`
	Previous  repertoire.ID     `json:"previous,omitempty"` // the edition its news are told since
	Files     map[string]string `json:"files"`
	History   []EditionStep     `json:"history"`
	Damage    string            `json:"damage,omitempty"` // what is wrong with its files
}

// EditionStep is one dated change of state.
type EditionStep struct {
	State string    `json:"state"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
}

// Freeze keeps the present state of a répertoire as an edition that can be
// rebuilt, compared and cited ever after. The book is made from the very
// snapshot before it is kept: what cannot be made is not frozen.
func (room *Room) Freeze(ctx context.Context, slug, label string, progress base.Progress) (out FrozenEdition, err error) {
	defer func() { err = base.Stopped(err) }()
	if room.base.ReadOnly() {
		return out, repertoire.Refuse(
			"Le dossier de travail est ouvert en lecture seule : rien n’a été figé. Fermez-le et ouvrez-le pour écrire.")
	}
	snapshot, now, err := room.snapshot(ctx, slug, label)
	if err != nil {
		return out, err
	}
	files, report, err := room.firstFiles(ctx, snapshot, progress)
	if err != nil {
		return out, err
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	room.base.Writing.Lock()
	item, added, err := room.Folder().Put(snapshot, files, room.base.Now(), room.base.Author())
	room.base.Writing.Unlock()
	if err != nil {
		return out, err
	}
	out = FrozenEdition{ID: item.ID, Label: label, Entries: len(snapshot.Partnerships), SHA256: string(item.Sum), Added: added,
		Pages: report.Pages, Files: map[string]string{}, Warnings: append(report.Warnings, withheld(now)...)}
	for _, f := range files {
		out.Files[f.Variant] = f.SHA256
	}
	if snapshot.Previous != nil {
		out.Previous = snapshot.Previous.ID
	}
	return out, nil
}

// snapshot takes the state of a répertoire, without fonts: those are known
// when the book is laid out.
func (room *Room) snapshot(ctx context.Context, slug, label string) (*edition.Snapshot, bookRecords, error) {
	now, err := room.readBook(ctx, slug)
	if err != nil {
		return nil, now, err
	}
	s := &edition.Snapshot{Label: label, Frozen: repertoire.DateOf(room.base.Now()), Data: now.date(), Program: room.version,
		Directory: now.directory}
	if s.Reference, err = referenceSum(); err != nil {
		return nil, now, err
	}
	look, err := layout.LoadDesign(now.directory.Design, now.directory.Format)
	if err != nil {
		return nil, now, err
	}
	s.Design = edition.Design{Name: look.Name, Format: look.Format, Files: map[string]string{}}
	files, err := layout.DesignFiles(look.Name)
	if err != nil {
		return nil, now, err
	}
	for name, text := range files {
		s.Design.Files[name] = string(text)
	}
	var presentations []repertoire.Presentation
	for _, p := range now.presentations {
		presentations = append(presentations, p)
	}
	s.Fill(edition.Public(now.partnerships, now.authorities), presentations, room.bookReference().Themes.Theme)
	s.Media = room.soundMedia(s.Media)
	items, err := room.Folder().List()
	if err != nil {
		return nil, now, err
	}
	if before, ok := edition.Before(items, slug, label); ok {
		if err := s.Since(before.ID, before.Snapshot); err != nil {
			return nil, now, repertoire.Fault(err, "La comparaison avec l’édition précédente a échoué ; rien n’a été figé.")
		}
	}
	return s, now, nil
}

// firstFiles makes both files of a new edition in memory, notes the fonts in
// the snapshot and gives the files' sums.
func (room *Room) firstFiles(ctx context.Context, s *edition.Snapshot, progress base.Progress) ([]edition.File, BuildReport, error) {
	report := BuildReport{Warnings: []BuildWarning{}, Timings: map[string]float64{}}
	clock := Stopwatch{At: time.Now(), Timings: report.Timings}
	pages, err := room.set(ctx, Job{Compose: book.Compose, Read: func(context.Context) (book.Input, error) { return room.frozenInput(s) }},
		nil,
		&report, &clock, progress)
	if err != nil {
		return nil, report, err
	}
	s.Fonts = fontsOf(pages)
	var out []edition.File
	for _, v := range []Variant{Print, Digital} {
		wish, err := BuildOptions{Variant: v}.Press(progress)
		if err != nil {
			return nil, report, err
		}
		bytes, _, err := pdf.Write(ctx, pages, wish.options)
		if err != nil {
			return nil, report, err
		}
		out = append(out, edition.File{Variant: string(v), SHA256: base.HexSum(bytes), Pages: len(pages.Pages), Program: room.version})
	}
	return out, report, nil
}

// withheld says who is kept out of the snapshot: the book made from it does
// not know of them any more.
func withheld(now bookRecords) []BuildWarning {
	var out []BuildWarning
	for i := range now.partnerships {
		p := &now.partnerships[i]
		for _, c := range p.Contacts {
			if _, ok := c.Published(); !ok {
				out = append(out, BuildWarning{Kind: string(book.NoticeContact), Entry: string(p.ID),
					Title:   p.DisplayTitle(base.Finder(now.authorities)),
					Field:   "contacts",
					Message: "Un interlocuteur de la fiche n’est pas publiable : il n’est ni imprimé, ni gardé dans l’édition."})
				break
			}
		}
	}
	return out
}

// Editions lists the frozen editions, oldest first. One whose files are damaged
// is in the list, with what is wrong.
func (room *Room) Editions(ctx context.Context) ([]EditionSummary, error) {
	items, err := room.Folder().List()
	if err != nil {
		return nil, err
	}
	out := make([]EditionSummary, len(items))
	for i, x := range items {
		out[i] = editionSummary(x)
	}
	return out, base.Stopped(ctx.Err())
}

func editionSummary(x edition.Item) EditionSummary {
	out := EditionSummary{ID: x.ID, SHA256: string(x.Sum), State: string(x.Register.Stage()), Files: map[string]string{},
		History: []EditionStep{}}
	if x.Damage != nil {
		out.Damage = x.Damage.Error()
	}
	for _, s := range x.Register.Steps {
		out.History = append(out.History, EditionStep{string(s.Stage), s.At, s.By})
	}
	for _, f := range x.Register.Files {
		out.Files[f.Variant], out.Pages = f.SHA256, f.Pages
	}
	s := x.Snapshot
	if s == nil {
		return out
	}
	out.Label, out.Directory, out.Title, out.Frozen, out.Data = s.Label, s.Directory.Slug, s.Directory.Title, s.Frozen, s.Data
	out.Entries, out.Program, out.Design, out.PageSize = len(s.Partnerships), s.Program, s.Design.Name, s.Design.Format
	if s.Previous != nil {
		out.Previous = s.Previous.ID
	}
	return out
}

// MoveEdition changes the state of an edition; to is its word or its French
// name ("bon à tirer"). An edition that is there already stays as it is. The
// files of a published edition are kept beside its snapshot: a program of later
// years may set the same data otherwise, those pages are what readers had.
func (room *Room) MoveEdition(ctx context.Context, id, to string, progress base.Progress) (EditionSummary, error) {
	stage, ok := edition.Stages.Parse(to)
	if !ok || stage == "" {
		return EditionSummary{},
			repertoire.Refuse(
				"« %s » n’est pas un état d’édition : choisissez brouillon, bon-a-tirer, publiee ou epuisee. Rien n’a été changé.", to)
	}
	if room.base.ReadOnly() {
		return EditionSummary{},
			repertoire.Refuse(
				"Le dossier de travail est ouvert en lecture seule : l’état de l’édition n’a pas changé. Fermez-le et ouvrez-le pour écrire.")
	}
	folder := room.Folder()
	item, err := folder.Find(id)
	if err != nil {
		return EditionSummary{}, err
	}
	if _, err := item.Register.Move(stage, room.base.Now(), room.base.Author()); err != nil {
		return EditionSummary{}, err
	}
	var files []edition.File
	if stage == edition.Published {
		if files, err = room.publishedFiles(ctx, item, progress); err != nil {
			return EditionSummary{}, err
		}
	}
	room.base.Writing.Lock()
	defer room.base.Writing.Unlock()
	// While the files were made, somebody may have moved it.
	if item, err = folder.Find(string(item.ID)); err != nil {
		return EditionSummary{}, err
	}
	moved, err := item.Register.Move(stage, room.base.Now(), room.base.Author())
	if files != nil {
		item.Register.Files = files
	}
	if err == nil && (moved || files != nil) {
		err = folder.Keep(item)
	}
	if err != nil {
		return EditionSummary{}, err
	}
	return editionSummary(item), nil
}
