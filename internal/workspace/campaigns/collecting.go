package campaigns

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
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

// Endings are those of the files that replies come in.
var Endings = []string{".eml", ".msg", ".xlsx", ".ods", ".pdf", ".zip"}

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
	err = room.each(ctx, files, maps.Clone(k.known), progress, func(s source) { k.take(ctx, s, &out) })
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
	others []string // files of the message that are no form
	err    error    // of the file itself
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

// each reads the files on every core and hands them over in order; those whose
// checksums are known are not looked into.
func (room *Room) each(ctx context.Context, files []string, known map[string]bool, progress base.Progress, take func(source)) error {
	return ordered(ctx, len(files), filesAhead, func(i int) source { return readSource(files[i], known) }, func(i int, s source) error {
		take(s)
		if progress != nil {
			progress(i+1, len(files), "Réponses")
		}
		return nil
	})
}

// maxLetter is the largest message that is read.
const maxLetter = 40 << 20

// readSource reads a file without knowing any campaign, unless it is known.
func readSource(file string, known map[string]bool) source {
	s := source{name: filepath.Base(file)}
	info, err := os.Stat(file)
	if err == nil && info.Size() > maxLetter {
		s.sum = hex.EncodeToString([]byte(fmt.Sprintf("%s %d", s.name, info.Size())))
		s.at = info.ModTime()
		s.err = repertoire.Refuse(
			"Le fichier « %s » est trop gros (%s Mo) : il n’a pas été lu, il reste où il est. Demandez à la collectivité de renvoyer le questionnaire seul.", s.name, repertoire.Thousands(info.Size()>>20))
		return s
	}
	data, err := os.ReadFile(file)
	if err != nil {
		s.err = &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: fmt.Sprintf("Le fichier « %s » n’a pas pu être lu : vérifiez vos droits. Il reste où il est.", s.name)}
		return s
	}
	if s.at, s.sum = info.ModTime(), checksum(data); known[s.sum] {
		return s
	}
	kind := kindOf(s.name, data)
	switch kind {
	case letterFile:
		s.readLetter(data, known)
	case "":
		s.err = repertoire.Refuse(
			"Le fichier « %s » n’est ni un questionnaire (.xlsx, .ods, .pdf) ni un message (.eml, .msg) : il n’a pas été lu, il reste où il est.",
			s.name)
	default:
		s.forms, s.err = readForms(s.name, data, kind)
	}
	return s
}

// readLetter reads a message, and the forms that it brings.
func (s *source) readLetter(data []byte, known map[string]bool) {
	l, err := post.ReadLetter(s.name, data)
	if err != nil {
		s.err = err
		return
	}
	s.letter = &l
	if !l.At.IsZero() {
		s.at = l.At
	}
	if l.Bounces != nil || l.Automatic {
		return // what a program sends back is our own file
	}
	for _, a := range l.Attachments {
		kind := kindOf(a.Name, a.Data)
		if kind == "" || kind == letterFile {
			s.others = append(s.others, a.Name)
			continue
		}
		if sum := checksum(a.Data); known[sum] {
			s.forms = append(s.forms, returned{name: a.Name, sum: sum})
			continue
		}
		forms, err := readForms(a.Name, a.Data, kind)
		if err != nil {
			forms = []returned{{name: a.Name, sum: checksum(a.Data), err: err}}
		}
		s.forms = append(s.forms, forms...)
	}
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// The kinds of files that a reply may come in.
const (
	letterFile = "letter"
	bookFile   = "book"  // a workbook
	oldFile    = "old"   // one of the older format, or locked
	pagesFile  = "pages" // PDF
	boxFile    = "box"   // files in a zip
)

// kindOf tells what a file is by its bytes, whatever it is called; "" for what no
// reply is made of.
func kindOf(name string, data []byte) string {
	ending := strings.ToLower(filepath.Ext(name))
	switch {
	case strings.HasPrefix(string(data[:min(len(data), 4)]), "PK\x03\x04"):
		return kindOfZip(ending, data)
	case post.IsOutlook(data):
		return letterFile
	case strings.HasPrefix(string(data[:min(len(data), 8)]), "\xd0\xcf\x11\xe0"):
		if ending == ".doc" || ending == ".ppt" {
			return ""
		}
		return oldFile
	case strings.Contains(string(data[:min(len(data), 1024)]), "%PDF-"):
		return pagesFile
	}
	switch ending {
	case ".eml", ".msg":
		return letterFile
	case ".xlsx", ".xlsm", ".ods", ".xls":
		return bookFile
	case ".pdf":
		return pagesFile
	case ".zip":
		return boxFile
	}
	return ""
}

// kindOfZip looks into a zip: workbooks are ones, texts and slides too.
func kindOfZip(ending string, data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if ending == ".zip" {
			return boxFile
		}
		return bookFile // a broken one
	}
	for _, f := range z.File {
		switch name := strings.ToLower(f.Name); {
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
			return ""
		case strings.HasPrefix(name, "xl/"), name == "content.xml":
			return bookFile
		}
	}
	if ending == ".xlsx" || ending == ".xlsm" || ending == ".ods" {
		return bookFile
	}
	return boxFile
}

// readForms reads the forms of a file: one, or those of a zip.
func readForms(name string, data []byte, kind string) ([]returned, error) {
	if kind != boxFile {
		return []returned{readForm(name, data, kind)}, nil
	}
	return readBox(name, data)
}

// Bounds of a zip.
const (
	mostInBox   = 500
	mostUnboxed = 200 << 20
)

// readBox reads the forms in a zip; what else is in it is passed over, and a zip
// without any form is refused.
func readBox(name string, data []byte) ([]returned, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, repertoire.Damage(name, err, "L’archive « %s » est abîmée : elle n’a pas été lue, elle reste où elle est.", name)
	}
	if len(z.File) > mostInBox {
		return nil, repertoire.Refuse("L’archive « %s » contient plus de %d fichiers : elle n’a pas été lue, elle reste où elle est. Dépliez-la, et relevez le dossier.",
			name, mostInBox)
	}
	var out []returned
	left := int64(mostUnboxed)
	for _, f := range z.File {
		base := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
		if f.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		if f.Flags&1 != 0 {
			return nil, repertoire.Refuse(
				"L’archive « %s » est protégée par un mot de passe : elle n’a pas été lue, elle reste où elle est. Dépliez-la, et relevez le dossier.", name)
		}
		r, err := f.Open()
		var inside []byte
		if err == nil {
			inside, err = io.ReadAll(io.LimitReader(r, min(left, form.MaxFile)+1))
			_ = r.Close()
		}
		if left -= int64(len(inside)); err != nil || left < 0 {
			return nil, repertoire.Damage(name, err,
				"L’archive « %s » est abîmée ou trop grosse une fois dépliée : elle n’a pas été lue, elle reste où elle est.", name)
		}
		if kind := kindOf(base, inside); kind == bookFile || kind == oldFile || kind == pagesFile {
			out = append(out, readForm(base, inside, kind))
		}
	}
	if out == nil {
		return nil, repertoire.Refuse("L’archive « %s » ne contient aucun questionnaire (.xlsx, .ods, .pdf) : elle reste où elle est.", name)
	}
	return out, nil
}

func readForm(name string, data []byte, kind string) returned {
	r := returned{name: name, sum: checksum(data)}
	switch kind {
	case oldFile:
		r.err = repertoire.Refuse(
			"Le classeur « %s » est à l’ancien format (.xls) ou protégé par un mot de passe : il n’a pas été lu, il reste où il est. Ouvrez-le et enregistrez-le au format .xlsx, sans mot de passe.", name)
	case pagesFile:
		r.Return, r.err = form.ReadForm(name, data)
	default:
		r.Return, r.err = form.ReadWorkbook(name, data)
	}
	return r
}
