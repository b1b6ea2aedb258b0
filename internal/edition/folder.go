package edition

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
)

// The names of an edition's files are its sum and one of these.
const (
	SnapshotSuffix = ".json.gz"
	RegisterSuffix = ".etat.json"
)

// Folder is the folder of a workspace's frozen editions. Snapshots are written
// once and never changed; registers are replaced whole. Both are files beside
// each other rather than records of the base: restoring an older base must not
// take back that a book was published. It is not safe for concurrent writing.
type Folder struct{ dir string }

// NewFolder gives the folder in dir, which need not exist yet.
func NewFolder(dir string) *Folder { return &Folder{dir} }

// Item is an edition on the folder.
type Item struct {
	ID       repertoire.ID
	Sum      Sum
	Snapshot *Snapshot // nil when it is damaged
	Register Register
	Damage   error // what is wrong with it, nil when nothing is
}

// Name is what people call it: its répertoire and its label.
func (x *Item) Name() string {
	if x.Snapshot == nil {
		return string(x.ID)
	}
	return x.Snapshot.Directory.Short + ", " + x.Snapshot.Label
}

// at is when it was frozen, for the order of editions.
func (x *Item) at() time.Time {
	if len(x.Register.Steps) > 0 {
		return x.Register.Steps[0].At
	}
	if x.Snapshot != nil {
		t, _ := time.Parse("2006-01-02", string(x.Snapshot.Frozen))
		return t
	}
	return time.Time{}
}

// Put writes a snapshot and opens its register as a draft. One that is there
// already is left as it is, with its register; added is then false.
func (s *Folder) Put(snapshot *Snapshot, files []File, at time.Time, by string) (item Item, added bool, err error) {
	sum, packed, err := snapshot.encode()
	if err != nil {
		return Item{}, false, repertoire.Fault(err, "L’édition ne peut pas être écrite ; rien n’a été figé.")
	}
	if there, err := s.read(sum); err == nil {
		return there, false, nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return Item{}, false, &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
			Message: "Le dossier des éditions ne peut pas être créé ; rien n’a été figé. Vérifiez vos droits et la place libre."}
	}
	s.sweep()
	item = Item{ID: snapshot.ID(sum), Sum: sum, Snapshot: snapshot}
	item.Register = Register{Edition: item.ID, Steps: []Step{{Draft, at.UTC().Truncate(time.Second), by}}, Files: files}
	// The snapshot first: without its register it is a draft, while a register
	// alone would be nothing.
	if err := pdf.Save(s.snapshotFile(sum), packed); err != nil {
		return Item{}, false, err
	}
	return item, true, s.Keep(item)
}

// Keep writes an edition's register.
func (s *Folder) Keep(item Item) error {
	text, err := item.Register.write()
	if err != nil {
		return repertoire.Fault(err, "Le registre de l’édition ne peut pas être écrit ; son état n’a pas changé.")
	}
	return pdf.Save(s.registerFile(item.Sum), text)
}

func (s *Folder) snapshotFile(sum Sum) string {
	return filepath.Join(s.dir, string(sum)+SnapshotSuffix)
}
func (s *Folder) registerFile(sum Sum) string {
	return filepath.Join(s.dir, string(sum)+RegisterSuffix)
}

// PDF is where the file of a variant is kept once readers have had it.
func (s *Folder) PDF(sum Sum, variant string) string {
	return filepath.Join(s.dir, string(sum)+"-"+variant+".pdf")
}

// sweep removes what an interrupted freeze of an older program left; what this
// one leaves has the names that the store sweeps. Such files were never
// editions, and nothing else here begins with a dot.
func (s *Folder) sweep() {
	left, _ := filepath.Glob(filepath.Join(s.dir, ".*"+SnapshotSuffix+"-*"))
	for _, f := range left {
		_ = os.Remove(f)
	}
}

// List gives the editions, oldest first. A damaged one is in the list with its
// Damage; the error is that of the folder itself.
func (s *Folder) List() ([]Item, error) {
	sums, err := s.sums()
	if err != nil {
		return nil, err
	}
	out := make([]Item, 0, len(sums))
	for _, sum := range sums {
		item, err := s.read(sum)
		item.Sum, item.Damage = sum, err
		if item.ID == "" {
			item.ID = repertoire.ID(short(sum))
		}
		out = append(out, item)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].at(), out[j].at()
		return a.Before(b) || a.Equal(b) && out[i].ID < out[j].ID
	})
	return out, nil
}

func (s *Folder) sums() ([]Sum, error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
			Message: "Le dossier des éditions ne peut pas être lu. Vérifiez vos droits."}
	}
	var out []Sum
	for _, e := range entries {
		if sum, ok := strings.CutSuffix(e.Name(), SnapshotSuffix); ok && isSum(sum) {
			out = append(out, Sum(sum))
		}
	}
	return out, nil
}

// read reads a snapshot, verified, and its register. The error is Damaged when
// either is; what could be read is in the item all the same.
func (s *Folder) read(sum Sum) (Item, error) {
	item := Item{Sum: sum}
	file := s.snapshotFile(sum)
	packed, err := os.ReadFile(file)
	if err != nil {
		return item, &repertoire.Error{Kind: repertoire.Damaged, File: file, Err: err,
			Message: "L’édition figée « " + short(sum) +
				" » ne peut pas être lue : vérifiez vos droits, ou remettez le fichier depuis une copie du dossier."}
	}
	if item.Snapshot, err = decode(file, packed, sum); err != nil {
		return item, err
	}
	item.ID = item.Snapshot.ID(sum)
	file = s.registerFile(sum)
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		item.Register = Register{Edition: item.ID}
		return item, nil
	case err != nil:
		return item, repertoire.Damage(file, err, "Le registre de l’édition « %s » ne peut pas être lu. Vérifiez vos droits.", item.ID)
	}
	item.Register, err = readRegister(file, text)
	return item, err
}

// Find reads the edition that text names: its identifier, its sum, or the
// beginning of the sum when only one edition begins so.
func (s *Folder) Find(text string) (Item, error) {
	sums, err := s.sums()
	if err != nil {
		return Item{}, err
	}
	hexa := strings.ToLower(text[strings.LastIndexByte(text, '-')+1:])
	var found []Sum
	if len(hexa) >= 4 {
		for _, sum := range sums {
			if strings.HasPrefix(string(sum), hexa) {
				found = append(found, sum)
			}
		}
	}
	switch {
	case len(found) == 0:
		return Item{}, repertoire.Missing("Aucune édition figée n’a l’identifiant « %s ». « edition list » donne celles de ce dossier.",
			text)
	case len(found) > 1:
		return Item{}, repertoire.Refuse("Plusieurs éditions commencent par « %s » : donnez l’identifiant entier.", text)
	}
	item, err := s.read(found[0])
	if err != nil {
		return item, err
	}
	if slug := strings.TrimSuffix(text, "-"+hexa); slug != text && slug != item.Snapshot.Directory.Slug {
		return Item{}, repertoire.Missing("Aucune édition figée n’a l’identifiant « %s ». « edition list » donne celles de ce dossier.",
			text)
	}
	return item, nil
}

// Before finds the edition that the news of a répertoire are told since: the
// last one readers have had, else the last one frozen. One of the same label is
// an earlier attempt at the same edition, and tells nothing.
func Before(items []Item, slug, label string) (Item, bool) {
	var best Item
	found := false
	for _, x := range items {
		if x.Snapshot == nil || x.Damage != nil || x.Snapshot.Directory.Slug != slug || sameLabel(x.Snapshot.Label, label) {
			continue
		}
		if !found || x.Register.Stage().Out() || !best.Register.Stage().Out() {
			best, found = x, true
		}
	}
	return best, found
}

func sameLabel(a, b string) bool {
	return b != "" && repertoire.Fold(strings.TrimSpace(a)) == repertoire.Fold(strings.TrimSpace(b))
}
