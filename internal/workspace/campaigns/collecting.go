package campaigns

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"repertoire/internal/campaign/form"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Collected is what collecting came to.
type Collected struct {
	Campaign string `json:"campaign"`
	Files    int    `json:"files"`   // looked at
	Already  int    `json:"already"` // collected before
	New      int    `json:"new"`     // replies to review
	Doubles  int    `json:"doubles"`
	Bounced  int    `json:"bounced"`
	// Broken are the files that could not be taken, each with its reason.
	Broken []Discarded `json:"broken"`
}

// Discarded is a file that could not be taken.
type Discarded struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}

// maxFiles is how many files one collecting goes through.
const maxFiles = 50_000

// Collect reads replies from files and folders. What was collected before is
// passed over; nothing is moved, and no partnership is touched.
func (room *Room) Collect(ctx context.Context, ref string, paths []string, progress base.Progress) (Collected, error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return Collected{}, err
	}
	out := Collected{Campaign: c.Name, Broken: []Discarded{}}
	files, err := found(paths)
	if err != nil {
		return out, err
	}
	k, err := room.collector(ctx, c)
	if err != nil {
		return out, err
	}
	err = room.each(ctx, files, progress, func(s source) { k.take(ctx, s, &out) })
	if err != nil {
		return out, err
	}
	if len(k.replies) == 0 && len(k.touched) == 0 {
		return out, nil
	}
	x := room.change(fmt.Sprintf("Relevé de la campagne « %s » : %d réponses", c.Name, len(k.replies)))
	for _, r := range k.replies {
		if err := base.Put(&x, r, 0); err != nil {
			return out, err
		}
	}
	for _, r := range k.touched {
		if err := base.Put(&x, r, r.Version); err != nil {
			return out, err
		}
	}
	_, err = room.base.Apply(ctx, x)
	return out, err
}

// found lists the files of paths and of the folders among them, sorted.
func found(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, &repertoire.Error{Kind: repertoire.NotFound, File: p, Err: err,
				Message: fmt.Sprintf("« %s » n’existe pas ou n’est pas lisible : rien n’a été relevé.", p)}
		}
		if !info.IsDir() {
			out = append(out, p)
			continue
		}
		err = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			name := d.Name()
			if path != p && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")) { // hidden, or the lock of an open workbook
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.Type().IsRegular() {
				out = append(out, path)
			}
			return nil
		})
		if err != nil {
			return nil, &repertoire.Error{Kind: repertoire.Refused, File: p, Err: err,
				Message: fmt.Sprintf("Le dossier « %s » n’a pas pu être parcouru jusqu’au bout : rien n’a été relevé. Vérifiez vos droits.",
					p)}
		}
	}
	if len(out) > maxFiles {
		return nil, repertoire.Refuse("Il y a %s fichiers, au plus %s : rien n’a été relevé. Choisissez un dossier plus petit.",
			repertoire.Thousands(int64(len(out))), repertoire.Thousands(maxFiles))
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// source is one file as it was read: the forms that it holds, or why not.
type source struct {
	name   string
	sum    string
	at     time.Time
	letter *post.Letter // of a message
	forms  []returned
	err    error // of the file itself
}

// returned is one form.
type returned struct {
	name, sum string
	form.Return
	err error
}

// filesAhead is how many files may be read and not yet taken: each holds its
// forms in memory.
const filesAhead = 8

// each reads the files on every core and hands them over in order.
func (room *Room) each(ctx context.Context, files []string, progress base.Progress, take func(source)) error {
	return ordered(ctx, len(files), filesAhead, func(i int) source { return readSource(files[i]) }, func(i int, s source) error {
		take(s)
		if progress != nil {
			progress(i+1, len(files), "Réponses")
		}
		return nil
	})
}

// maxLetter is the largest message that is read.
const maxLetter = 40 << 20

// readSource reads a file without knowing any campaign.
func readSource(path string) source {
	s := source{name: filepath.Base(path)}
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxLetter {
		s.sum = hex.EncodeToString([]byte(fmt.Sprintf("%s %d", s.name, info.Size())))
		s.at = info.ModTime()
		s.err = repertoire.Refuse(
			"Le fichier « %s » est trop gros (%s Mo) : il n’a pas été lu, il reste où il est. Demandez à la collectivité de renvoyer le questionnaire seul.", s.name, repertoire.Thousands(info.Size()>>20))
		return s
	}
	data, err := os.ReadFile(path)
	if err != nil {
		s.err = &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: fmt.Sprintf("Le fichier « %s » n’a pas pu être lu : vérifiez vos droits. Il reste où il est.", s.name)}
		return s
	}
	s.at, s.sum = info.ModTime(), checksum(data)
	if strings.EqualFold(filepath.Ext(path), ".eml") {
		l, err := post.ReadLetter(s.name, data)
		if err != nil {
			s.err = err
			return s
		}
		s.letter = &l
		if !l.At.IsZero() {
			s.at = l.At
		}
		for _, a := range l.Attachments {
			if kind := kindOf(a.Name, a.Data); kind != "" {
				s.forms = append(s.forms, readForm(a.Name, a.Data, kind))
			}
		}
		return s
	}
	kind := kindOf(s.name, data)
	if kind == "" {
		s.err = repertoire.Refuse(
			"Le fichier « %s » n’est ni un questionnaire (.xlsx, .ods, .pdf) ni un message (.eml) : il n’a pas été lu, il reste où il est.",
			s.name)
		return s
	}
	s.forms = []returned{readForm(s.name, data, kind)}
	return s
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// kindOf tells what a file is by its first bytes, whatever it is called; "" for
// what no questionnaire is made of.
func kindOf(name string, data []byte) string {
	switch {
	case strings.HasPrefix(string(data[:min(len(data), 4)]), "PK\x03\x04"):
		switch strings.ToLower(filepath.Ext(name)) {
		case ".docx", ".pptx", ".odt", ".zip":
			return ""
		}
		return "book"
	case strings.HasPrefix(string(data[:min(len(data), 8)]), "\xd0\xcf\x11\xe0"):
		return "old"
	case strings.Contains(string(data[:min(len(data), 1024)]), "%PDF-"):
		return "pages"
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx", ".xlsm", ".ods", ".xls":
		return "book"
	case ".pdf":
		return "pages"
	}
	return ""
}

func readForm(name string, data []byte, kind string) returned {
	r := returned{name: name, sum: checksum(data)}
	switch kind {
	case "old":
		r.err = repertoire.Refuse(
			"Le classeur « %s » est à l’ancien format (.xls) ou protégé par un mot de passe : il n’a pas été lu, il reste où il est. Ouvrez-le et enregistrez-le au format .xlsx, sans mot de passe.", name)
	case "pages":
		r.Return, r.err = form.ReadForm(name, data)
	default:
		r.Return, r.err = form.ReadWorkbook(name, data)
	}
	return r
}
