package records

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/whole"
)

// KeptDraft is what a person typed into an entry and did not save.
type KeptDraft struct {
	At    time.Time              `json:"at"`
	Saved repertoire.Partnership `json:"saved"` // as the base had it
	Now   repertoire.Partnership `json:"now"`
	// Slot tells the drafts of records never saved from one another: they have
	// no identifier yet.
	Slot repertoire.ID `json:"slot,omitempty"`
}

// Key names a draft: by its record, else by its slot.
func (d KeptDraft) Key() repertoire.ID { return cmp.Or(d.Now.ID, d.Slot) }

// KeepDraft writes a draft on the disk, over the one before of the same
// record: a window that is killed loses at most what was typed since. Drafts
// are the person's own and stay out of the workspace, which others share.
func (room *Room) KeepDraft(_ context.Context, d KeptDraft) error {
	dir, err := room.DraftFolder()
	if err != nil {
		return err
	}
	d.At = room.base.Now()
	data, err := json.Marshal(d)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err == nil {
		err = whole.Write(filepath.Join(dir, DraftName(d.Key())), data, 0o600)
	}
	if err != nil {
		return repertoire.Fault(err,
			"Ce que vous tapez ne peut pas être gardé en cas de coupure. Enregistrez souvent, et libérez de la place sur le disque.")
	}
	return nil
}

// DropDraft forgets the draft of that key.
func (room *Room) DropDraft(_ context.Context, id repertoire.ID) error {
	dir, err := room.DraftFolder()
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, DraftName(id))); err != nil && !errors.Is(err, os.ErrNotExist) {
		return repertoire.Fault(err, "Un brouillon ne peut pas être effacé.")
	}
	return nil
}

// KeptDrafts lists the drafts that were not saved, newest first. One that
// cannot be read is passed over: it is no reason to keep a person from work.
func (room *Room) KeptDrafts(context.Context) ([]KeptDraft, error) {
	dir, err := room.DraftFolder()
	if err != nil {
		return nil, err
	}
	files, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, repertoire.Fault(err, "Les brouillons ne peuvent pas être lus. Ce qui est enregistré n’est pas touché.")
	}
	var out []KeptDraft
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".json") {
			continue
		}
		var d KeptDraft
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil || json.Unmarshal(data, &d) != nil || DraftName(d.Key()) != f.Name() {
			continue
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b KeptDraft) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Key(), b.Key())) })
	return out, nil
}

// DraftFolder is in the person's cache, named after the workspace's folder.
func (room *Room) DraftFolder() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", repertoire.Fault(err,
			"Ce que vous tapez ne peut pas être gardé en cas de coupure : votre dossier de cache est introuvable.")
	}
	dir, err := filepath.Abs(room.base.Dir())
	if err != nil {
		dir = room.base.Dir()
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(cache, "repertoire", "drafts", hex.EncodeToString(sum[:8])), nil
}

// DraftName is a file name whatever the identifier is made of.
func DraftName(id repertoire.ID) string {
	if id == "" {
		return "new.json"
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16]) + ".json"
}
