package campaigns

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2/maybe"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Drafted is what writing drafts came to.
type Drafted struct {
	Campaign string   `json:"campaign"`
	Folder   string   `json:"folder"`
	Written  int      `json:"written"` // messages
	Already  int      `json:"already"` // written before, left alone
	Files    []string `json:"files"`
}

// Drafts writes one e-mail a recipient as a file that any mail program opens,
// with the questionnaire attached. Those written before are left alone.
func (room *Room) Drafts(ctx context.Context, ref, folder string, want Wanted, progress base.Progress) (Drafted, error) {
	b, err := room.prepare(ctx, ref, want)
	if err != nil {
		return Drafted{}, err
	}
	if folder == "" {
		folder = filepath.Join(room.base.Dir(), "campagnes", fileName(b.campaign.Name))
	}
	out := Drafted{Campaign: b.campaign.Name, Folder: folder, Already: b.skipped, Files: []string{}}
	if len(b.letters) == 0 {
		return out, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return out, unwritable(folder, err)
	}
	if err := room.issue(ctx, b); err != nil {
		return out, err
	}
	n := 0
	err = room.draw(ctx, b, true, progress, func(l *letter) error {
		data, err := l.message.Write()
		if err != nil {
			return err
		}
		n++
		name := fmt.Sprintf("%04d %s – %s – %s.eml", n, fileName(l.questionnaire.Title), fileName(l.recipient.Email), l.occasion)
		file := filepath.Join(folder, name)
		if err := writeFile(file, data); err != nil {
			return unwritable(file, err)
		}
		out.Files = append(out.Files, name)
		return nil
	})
	if err != nil {
		return out, err
	}
	out.Written = n
	b.note(b.letters, campaign.WayDraft, room.base.Now())
	return out, room.save(ctx, b, fmt.Sprintf("Campagne « %s » : %d brouillons de messages", b.campaign.Name, n))
}

// issue writes the new questionnaires before any leaves: whatever stops the
// work afterwards, what comes back is recognised.
func (room *Room) issue(ctx context.Context, b *batch) error {
	if len(b.fresh) == 0 {
		return nil
	}
	x := room.change(fmt.Sprintf("Campagne « %s » : %d questionnaires", b.campaign.Name, len(b.fresh)))
	renewed := map[repertoire.ID]bool{}
	for _, q := range b.fresh {
		if err := base.Put(&x, q, 0); err != nil {
			return err
		}
		renewed[q.Request] = true
	}
	for _, r := range b.requests {
		if !renewed[r.ID] {
			continue
		}
		if err := base.Put(&x, r, r.Version); err != nil {
			return err
		}
		r.Version++
	}
	_, err := room.base.Apply(ctx, x)
	return err
}

// save writes what the requests say of their letters, as one change.
func (room *Room) save(ctx context.Context, b *batch, label string) error {
	x := room.change(label)
	for _, r := range b.requests {
		if err := base.Put(&x, r, r.Version); err != nil {
			return err
		}
	}
	_, err := room.base.Apply(ctx, x)
	return err
}

// writeFile writes a file whole or not at all; drafts hold personal data.
func writeFile(file string, data []byte) error {
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, data) {
		return nil
	}
	return maybe.WriteFile(file, data, 0o600)
}

func unwritable(file string, err error) error {
	return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
		Message: fmt.Sprintf(
			"« %s » n’a pas pu être écrit : vérifiez la place sur le disque et vos droits sur ce dossier. Aucun message n’est noté comme écrit ; recommencez.", filepath.Base(file))}
}
