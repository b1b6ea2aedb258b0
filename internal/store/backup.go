package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"repertoire/internal/repertoire"
	"repertoire/internal/whole"
)

// Reasons of backups, as written in their names.
const (
	ReasonManual    = "manuelle"
	ReasonScheduled = "automatique"
	ReasonMigration = "migration"
	ReasonPurge     = "purge"
)

// fileStamp dates backups in their names, in UTC.
const fileStamp = "20060102T150405Z"

// Backup is one backup file.
type Backup struct {
	File   string    `json:"file"` // path
	At     time.Time `json:"at"`
	Size   int64     `json:"size"` // bytes
	Reason string    `json:"reason"`
	Seq    int64     `json:"seq"` // number of the last change it holds
	SHA256 string    `json:"-"`
	// Vouched tells that it was read back whole when it was made, and that its
	// checksum is beside it.
	Vouched bool `json:"vouched"`
}

var backupName = regexp.MustCompile(`^repertoire-(\d{8}T\d{6}Z)-(\d+)-([a-z]+)\.db$`)

// Backup copies the base as it is now, while others work, to file ("" a dated
// one in backups/) and beside it, once for all backups, the pictures and files
// that it speaks of; reads the copy back, checks it, and only then gives it its
// name, with its checksum beside it (file.sha256, for sha256sum -c).
func (s *Store) Backup(ctx context.Context, file, reason string, progress func(done, total int, label string)) (Backup, error) {
	b, err := s.backup(ctx, file, reason, progress)
	var known *repertoire.Error
	if err != nil && (errors.As(err, &known) || !errors.As(explain(err), &known)) {
		return b, err // a sentence already, or cancelled
	}
	if err != nil {
		return b, &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: "La sauvegarde n’a pas pu être faite ; les précédentes sont intactes. " + remedy(err)}
	}
	return b, nil
}

// remedy says what helps against a failed writing.
func remedy(err error) string {
	var lite sqlite3.Error
	switch {
	case errors.As(err, &lite) && lite.Code == sqlite3.ErrFull, full(err):
		return "Le disque est plein : libérez de la place."
	case errors.Is(err, fs.ErrPermission):
		return "Vous n’avez pas le droit d’écrire à cet endroit : choisissez-en un autre."
	case errors.Is(err, fs.ErrNotExist):
		return "Le dossier n’existe pas : choisissez-en un autre."
	}
	return "Vérifiez la place libre et vos droits à cet endroit."
}

func (s *Store) backup(ctx context.Context, file, reason string, progress func(done, total int, label string)) (Backup, error) {
	if file != "" && !absent(file) {
		return Backup{}, &repertoire.Error{Kind: repertoire.Refused, File: file,
			Message: "« " + file + " » existe déjà : rien n’a été écrit. Choisissez un autre nom pour la sauvegarde."}
	}
	seq, err := s.LastSeq(ctx)
	if err != nil {
		return Backup{}, err
	}
	b := Backup{File: file, At: s.options.now().UTC().Truncate(time.Second), Seq: seq, Reason: reason}
	if file == "" {
		b.File = filepath.Join(s.dir, backupsFolder, fmt.Sprintf("repertoire-%s-%d-%s.db", b.At.Format(fileStamp), seq, reason))
		if err := os.MkdirAll(filepath.Dir(b.File), privateFolder); err != nil {
			return b, err
		}
	}
	tmp := b.File + ".tmp"
	if !inside(s.dir, b.File) {
		// A program killed half-way leaves personal data: in the workspace, where
		// the next opening removes them, not where nobody looks. A copy to another
		// disk has no choice.
		tmp = filepath.Join(s.dir, backupsFolder, "dehors-"+string(repertoire.NewID())+".db.tmp")
		if err := os.MkdirAll(filepath.Dir(tmp), privateFolder); err != nil {
			return b, err
		}
	}
	defer os.Remove(tmp)
	if err := copyBase(ctx, s.readers, tmp, progress); err != nil {
		return b, err
	}
	if err := soundCopy(ctx, tmp, seq); err != nil {
		return b, err
	}
	if err := s.fillPool(ctx, tmp, b.File); err != nil {
		return b, err
	}
	if b.SHA256, b.Size, err = checksum(tmp); err != nil {
		return b, err
	}
	if err := writeWhole(b.File+".sha256", []byte(b.SHA256+"  "+filepath.Base(b.File)+"\n")); err != nil {
		return b, err
	}
	b.Vouched = true
	if err := move(tmp, b.File); err != nil {
		return b, errors.Join(err, removeIfThere(b.File+".sha256"))
	}
	return b, whole.SyncFolder(filepath.Dir(b.File))
}

// copyBase copies one state of an open base to a new file with SQLite's online
// backup, page by page, and leaves it in a single file.
func copyBase(ctx context.Context, from *sql.DB, file string, progress func(done, total int, label string)) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := createPrivate(file); err != nil {
		return err
	}
	name, err := dsn(file, url.Values{"_synchronous": {"FULL"}})
	if err != nil {
		return err
	}
	to, err := openDB(name)
	if err != nil {
		return err
	}
	defer to.Close()
	to.SetMaxOpenConns(1)
	src, err := from.Conn(ctx)
	if err != nil {
		return err
	}
	defer src.Close()
	// The open transaction holds the state that is copied: without it, SQLite
	// begins the copy anew at each write of another connection.
	tx, err := src.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n); err != nil {
		return err
	}
	dst, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer dst.Close()
	err = src.Raw(func(a any) error {
		return dst.Raw(func(b any) error {
			return copyPages(ctx, a.(*sqlite3.SQLiteConn), b.(*sqlite3.SQLiteConn), progress)
		})
	})
	if err != nil {
		return err
	}
	_, err = dst.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	return err
}

func copyPages(ctx context.Context, from, to *sqlite3.SQLiteConn, progress func(done, total int, label string)) error {
	b, err := to.Backup("main", from, "main")
	if err != nil {
		return err
	}
	for {
		done, err := b.Step(2048)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return errors.Join(err, b.Finish())
		}
		if progress != nil {
			progress(b.PageCount()-b.Remaining(), b.PageCount(), "Sauvegarde")
		}
		if done {
			return b.Finish()
		}
	}
}

// soundCopy reads a copy back: ours, healthy, and as far as change seq.
func soundCopy(ctx context.Context, file string, seq int64) error {
	db, err := openReaders(file, url.Values{"mode": {"ro"}, "immutable": {"1"}})
	if err != nil {
		return err
	}
	defer db.Close()
	app, version, err := identity(ctx, db)
	if err != nil {
		return err
	}
	if err := compatible(file, app, version); err != nil {
		return err
	}
	if found := foreignObjects(ctx, db); found != "" {
		return &repertoire.Error{Kind: repertoire.Damaged, File: file, Err: errors.New(found),
			Message: "La structure de « " + filepath.Base(file) + " » n’est pas celle de Répertoire : " + found +
				". Elle n’a pas été ouverte, car elle pourrait modifier vos fiches en silence. Choisissez une autre sauvegarde ; « salvage » recopie les lignes d’une telle base dans une base propre, une fois qu’elle est en place dans un dossier neuf."}
	}
	found, err := quickCheck(ctx, db)
	if err != nil {
		return err
	}
	if found != "" {
		return fmt.Errorf("copy of the base: %s", found)
	}
	last, err := (Reader{q: db}).LastSeq(ctx)
	if err == nil && last < seq {
		err = fmt.Errorf("copy of the base ends at change %d, not %d", last, seq)
	}
	return err
}

// Backups lists the backups of a workspace, newest first: the journal's number
// tells, for a clock may have been wrong. It does not read them.
func Backups(dir string) ([]Backup, error) {
	entries, err := os.ReadDir(filepath.Join(dir, backupsFolder))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: err,
			Message: "Les sauvegardes de ce dossier ne peuvent pas être lues : vérifiez vos droits."}
	}
	var out []Backup
	for _, e := range entries {
		g := backupName.FindStringSubmatch(e.Name())
		if g == nil {
			continue
		}
		at, err := time.Parse(fileStamp, g[1])
		info, err2 := e.Info()
		if err != nil || err2 != nil {
			continue
		}
		b := Backup{File: filepath.Join(dir, backupsFolder, e.Name()), At: at, Reason: g[3], Size: info.Size()}
		b.Seq, _ = strconv.ParseInt(g[2], 10, 64) // the pattern lets digits through only
		b.SHA256, _ = recordedSum(b.File)
		b.Vouched = b.SHA256 != ""
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b Backup) int {
		return cmp.Or(cmp.Compare(b.Seq, a.Seq), b.At.Compare(a.At), strings.Compare(b.File, a.File))
	})
	return out, nil
}

// VerifyBackup reads a backup whole: its checksum when it has one, what it is,
// and SQLite's check.
func VerifyBackup(ctx context.Context, file string) error {
	if err := repertoire.RefuseIrregular(file); err != nil {
		return err
	}
	want, err := recordedSum(file)
	if err == nil {
		got, _, err := checksum(file)
		if err != nil {
			return &repertoire.Error{Kind: repertoire.NotFound, File: file, Err: err,
				Message: "La sauvegarde « " + filepath.Base(file) + " » ne peut pas être lue."}
		}
		if got != want {
			return repertoire.Damage(file, errors.New("checksum "+got),
				"La sauvegarde « %s » est abîmée : elle n’est plus telle qu’elle a été écrite. Choisissez-en une autre.",
				filepath.Base(file))
		}
	}
	if absent(file) {
		return &repertoire.Error{Kind: repertoire.NotFound, File: file,
			Message: "La sauvegarde « " + filepath.Base(file) + " » n’existe pas."}
	}
	if err := soundCopy(ctx, file, 0); err != nil {
		var known *repertoire.Error
		if errors.As(err, &known) || errors.Is(err, context.Canceled) {
			return err
		}
		return repertoire.Damage(file, err, "La sauvegarde « %s » est abîmée. Choisissez-en une autre.", filepath.Base(file))
	}
	return nil
}

// recordedSum reads the checksum written beside a backup.
func recordedSum(file string) (string, error) {
	raw, err := os.ReadFile(file + ".sha256")
	if err != nil {
		return "", err
	}
	sum, _, _ := strings.Cut(string(raw), " ")
	if len(sum) != 2*sha256.Size {
		return "", fmt.Errorf("%s.sha256 holds no checksum", file)
	}
	return sum, nil
}

// checksum gives the SHA-256 of a file in hexadecimal, and its size.
func checksum(file string) (string, int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), n, err
}
