package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/whole"
)

// mediaLimit is more than any picture or convention needs, in bytes.
const mediaLimit = 256 << 20

// Media are the files of a workspace, each under the SHA-256 of its bytes, in
// hexadecimal: media/ab/abcd….
type Media struct {
	dir      string
	writable bool
}

// Media gives the files of the workspace.
func (s *Store) Media() Media {
	return Media{dir: filepath.Join(s.dir, mediaFolder), writable: s.writer != nil}
}

func (m Media) path(sum string) string { return filepath.Join(m.dir, sum[:2], sum) }

// Put keeps the bytes of r and gives their name. They are there whole or not
// at all; the same bytes are kept once.
func (m Media) Put(r io.Reader) (sum string, err error) {
	if !m.writable {
		return "", repertoire.Refuse("Le dossier de travail est ouvert en lecture seule : le fichier n’a pas été ajouté.")
	}
	sum, err = m.put(r)
	var known *repertoire.Error
	if err != nil && !errors.As(err, &known) {
		return "", &repertoire.Error{Kind: repertoire.Refused, File: m.dir, Err: err,
			Message: "Le fichier n’a pas pu être ajouté au dossier de travail ; rien n’a été modifié. Vérifiez la place libre sur le disque."}
	}
	return sum, err
}

func (m Media) put(r io.Reader) (string, error) {
	if err := os.MkdirAll(m.dir, privateFolder); err != nil {
		return "", err
	}
	tmp, err := os.CreateTemp(m.dir, ".tmp-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(tmp, h), io.LimitReader(r, mediaLimit+1))
	if err != nil {
		return "", err
	}
	if n > mediaLimit {
		return "", repertoire.Refuse("Le fichier dépasse 256 Mio : il n’a pas été ajouté. Réduisez-le d’abord.")
	}
	sum := hex.EncodeToString(h.Sum(nil))
	if m.sound(sum) {
		// Not an orphan from now on, for whoever is about to point to it.
		now := time.Now()
		return sum, os.Chtimes(m.path(sum), now, now)
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(m.path(sum)), privateFolder); err != nil {
		return "", err
	}
	if err := os.Rename(tmp.Name(), m.path(sum)); err != nil {
		return "", err
	}
	return sum, whole.SyncFolder(filepath.Dir(m.path(sum)))
}

// Open opens a file for reading; NotFound when the workspace has none of that
// name. Close it.
func (m Media) Open(sum string) (*os.File, error) {
	if !isSum(sum) {
		return nil, repertoire.Missing("« %s » ne désigne aucun fichier du dossier de travail.", sum)
	}
	f, err := os.Open(m.path(sum))
	if errors.Is(err, fs.ErrNotExist) && m.unbin(sum) {
		f, err = os.Open(m.path(sum))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &repertoire.Error{Kind: repertoire.NotFound, File: m.path(sum), Err: err,
			Message: "Un fichier joint manque dans le dossier de travail (media/" + sum[:2] + "/" + sum +
				"). Ajoutez-le de nouveau à la fiche."}
	}
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Damaged, File: m.path(sum), Err: err,
			Message: "Un fichier joint ne peut pas être lu. Vérifiez le disque et vos droits."}
	}
	return f, nil
}

// Media reads a file whole and makes sure that its bytes are those that were put.
func (m Media) Media(sum string) ([]byte, error) {
	f, err := m.Open(sum)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mediaLimit+1))
	if err == nil {
		if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
			err = errors.New("checksum differs")
		}
	}
	if err != nil {
		return nil, repertoire.Damage(m.path(sum), err, "Un fichier joint est abîmé (%s…) : ajoutez-le de nouveau à la fiche.", sum[:12])
	}
	return data, nil
}

// sound tells whether the file is there with its own bytes.
func (m Media) sound(sum string) bool {
	got, _, err := checksum(m.path(sum))
	return err == nil && got == sum
}

// VerifyMedia reads every file and every reference: what is damaged, and what
// living records point to without its being there.
func (s *Store) VerifyMedia(ctx context.Context) ([]Problem, error) {
	var out []Problem
	m := s.Media()
	there := map[string]bool{}
	err := m.each(func(sum string, _ fs.DirEntry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		there[sum] = true
		if !m.sound(sum) {
			out = append(out, Problem{Message: "Le fichier joint media/" + sum[:2] + "/" + sum +
				" est abîmé : ajoutez-le de nouveau aux fiches qui s’en servent."})
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	wanted, err := livingReferences(ctx, s.readers)
	for _, w := range wanted {
		if !there[w.sum] {
			out = append(out, Problem{Record: w.record,
				Message: "Un fichier joint manque (" + w.sum[:12] + "…) : ajoutez-le de nouveau à la fiche."})
		}
	}
	return out, err
}

// each walks the files in the order of their names.
func (m Media) each(fn func(sum string, e fs.DirEntry) error) error {
	err := filepath.WalkDir(m.dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && e.Name() == binFolder {
			return fs.SkipDir
		}
		if err != nil || e.IsDir() || !isSum(e.Name()) {
			return err
		}
		return fn(e.Name(), e)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// isSum tells whether s is the name of a file: 64 hexadecimal digits.
func isSum(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for i := range len(s) {
		if !hexDigit(s[i]) {
			return false
		}
	}
	return true
}

func hexDigit(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }
