package sharing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// wordsFile is store.WordsFile as it is named in common.
const wordsFile = store.RecipesFolder + "/" + store.WordsFile

// folderLimit bounds one shared file.
const folderLimit = 512 << 20

// stamps remember the sums of files that have not been touched since.
type stamps map[string]stamp

type stamp struct {
	size int64
	at   time.Time
	sum  string
}

// shareFolder brings editions and recipes in line with the server, three ways:
// what both last had alike, what is here, what is there. A file changed on both
// sides is joined, or kept twice; none is overwritten.
func (d *Desk) shareFolder(ctx context.Context) error {
	if d.Dir == "" || d.Base.ReadOnly() != "" {
		return nil
	}
	l, err := d.link(ctx)
	if err != nil {
		return err
	}
	if err := d.shareCounters(ctx, time.Now().Year()); err != nil {
		return err
	}
	here, err := d.listFolder()
	if err != nil {
		return err
	}
	there, err := d.Base.Files(ctx)
	if err != nil {
		return err
	}
	alike, err := d.Store.SharedFiles(ctx)
	if err != nil {
		return err
	}
	was := maps.Clone(alike)
	x := &folderExchange{Desk: d, desk: l.Desk, here: here, there: there, alike: alike}
	err = x.run(ctx)
	if !maps.Equal(was, alike) { // what was done stays done
		err = errors.Join(err, d.Store.NoteSharedFiles(context.WithoutCancel(ctx), alike))
	}
	return err
}

// listFolder gives the sums of what is shared here, by path with slashes.
func (d *Desk) listFolder() (map[string]string, error) {
	out := map[string]string{}
	// Drafts, the outbox and what was delivered to buyers stay at their desk.
	for _, dir := range []string{store.EditionsFolder, store.RecipesFolder} {
		entries, err := os.ReadDir(filepath.Join(d.Dir, dir))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, unlisted(err)
		}
		for _, e := range entries {
			name := dir + "/" + e.Name()
			if !e.Type().IsRegular() || !shareable(name) {
				continue
			}
			sum, err := d.sum(name, e)
			if errors.Is(err, fs.ErrNotExist) {
				continue // gone meanwhile
			}
			if err != nil {
				return nil, unlisted(err)
			}
			out[name] = sum
		}
	}
	return out, nil
}

func unlisted(err error) error {
	return &repertoire.Error{Kind: repertoire.Refused, Err: err,
		Message: "Les éditions ou les recettes du dossier ne peuvent pas être lues : elles ne sont pas partagées, les fiches le sont. " +
			"Vérifiez vos droits sur le dossier de travail."}
}

// shareable tells which names are: no passing file, nothing that would leave
// the folder.
func shareable(name string) bool {
	dir, file := path.Split(name)
	switch {
	case name == wordsFile:
		return true
	case file == "" || strings.HasPrefix(file, ".") || strings.ContainsAny(file, `/\:`):
		return false
	case dir == store.RecipesFolder+"/":
		return strings.HasSuffix(file, ".json")
	case dir == store.EditionsFolder+"/":
		return strings.HasSuffix(file, edition.SnapshotSuffix) || strings.HasSuffix(file, edition.RegisterSuffix) ||
			strings.HasSuffix(file, ".pdf")
	}
	return false
}

func (d *Desk) sum(name string, e fs.DirEntry) (string, error) {
	info, err := e.Info()
	if err != nil {
		return "", err
	}
	if s, ok := d.stamps[name]; ok && s.size == info.Size() && s.at.Equal(info.ModTime()) {
		return s.sum, nil
	}
	f, err := os.Open(filepath.Join(d.Dir, filepath.FromSlash(name)))
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	sum := hex.EncodeToString(h.Sum(nil))
	if d.stamps != nil {
		d.stamps[name] = stamp{info.Size(), info.ModTime(), sum}
	}
	return sum, nil
}

// folderExchange is one bringing in line.
type folderExchange struct {
	*Desk
	desk               repertoire.ID
	here, there, alike map[string]string
}

func (x *folderExchange) run(ctx context.Context) error {
	names := map[string]bool{}
	for _, m := range []map[string]string{x.here, x.there, x.alike} {
		for name := range m {
			names[name] = true
		}
	}
	// Snapshots come before what is said of them.
	order := slices.SortedFunc(maps.Keys(names), func(a, b string) int {
		if s, t := strings.HasSuffix(a, edition.SnapshotSuffix), strings.HasSuffix(b, edition.SnapshotSuffix); s != t {
			return map[bool]int{true: -1, false: 1}[s]
		}
		return strings.Compare(a, b)
	})
	for _, name := range order {
		if !shareable(name) {
			continue // a newer program's, or nobody's
		}
		if err := x.one(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (x *folderExchange) one(ctx context.Context, name string) error {
	here, there, alike := x.here[name], x.there[name], x.alike[name]
	switch {
	case here == there:
		x.note(name, here)
		return nil
	case here == alike:
		return x.bring(ctx, name)
	case there == alike && here != "":
		return x.send(ctx, name, here)
	case there == alike:
		return x.deleted(ctx, name)
	case here == "": // deleted here, changed there: the change stands
		return x.bring(ctx, name)
	case there == "": // deleted there, changed here: the change stands
		return x.send(ctx, name, here)
	}
	return x.join(ctx, name)
}

func (x *folderExchange) note(name, sum string) {
	if sum == "" {
		delete(x.alike, name)
		return
	}
	x.alike[name] = sum
}

func (x *folderExchange) file(name string) string {
	return filepath.Join(x.Dir, filepath.FromSlash(name))
}

// send puts a file of this desk in common. One that another desk changed in
// the meantime is looked at again next time.
func (x *folderExchange) send(ctx context.Context, name, sum string) error {
	if there, err := x.put(ctx, name, sum); err != nil || !there {
		return err
	}
	written, err := x.Base.SetFile(ctx, x.desk, name, x.there[name], sum)
	if err == nil && written {
		_, err = x.put(ctx, name, sum) // a purge may have come between
	}
	if written {
		x.note(name, sum)
	}
	return err
}

// put gives the server the bytes of a file that it lacks; there is false when the
// file is being written: the next exchange takes it.
func (x *folderExchange) put(ctx context.Context, name, sum string) (there bool, err error) {
	missing, err := x.Base.Missing(ctx, []string{sum})
	if err != nil || len(missing) == 0 {
		return err == nil, err
	}
	f, err := os.Open(x.file(name))
	if err != nil {
		return false, nil //nolint:nilerr // gone or being written
	}
	err = x.Base.PutFile(ctx, sum, f)
	_ = f.Close() // only read
	if repertoire.KindOf(err) == repertoire.Damaged {
		return false, nil // it was being written
	}
	return err == nil, err
}

// bring takes what the server has, or removes what was deleted there.
func (x *folderExchange) bring(ctx context.Context, name string) error {
	there := x.there[name]
	if there == "" {
		if err := os.Remove(x.file(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unlisted(err)
		}
		x.note(name, "")
		return nil
	}
	data, err := x.read(ctx, there)
	if err != nil || data == nil {
		return err
	}
	return x.write(name, data, there)
}

// read gives the bytes of a sum, nil when the server lacks them.
func (x *folderExchange) read(ctx context.Context, sum string) ([]byte, error) {
	var buf bytes.Buffer
	found, err := x.Base.File(ctx, sum, limited{&buf})
	if err != nil || !found {
		return nil, err
	}
	return buf.Bytes(), nil
}

// limited refuses a file that no edition could be.
type limited struct{ *bytes.Buffer }

func (l limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > folderLimit {
		return 0, repertoire.Refuse("Un fichier partagé dépasse 512 Mo : il n’a pas été repris.")
	}
	return l.Buffer.Write(p)
}

func (x *folderExchange) write(name string, data []byte, sum string) error {
	if err := os.MkdirAll(filepath.Dir(x.file(name)), 0o700); err != nil {
		return unlisted(err)
	}
	if err := base.WriteWhole(x.file(name), data); err != nil {
		return err
	}
	x.note(name, sum)
	return nil
}

// deleted says elsewhere that a file was deleted here. An edition that is more
// than a draft is never deleted by a person: its missing files are fetched again.
func (x *folderExchange) deleted(ctx context.Context, name string) error {
	if strings.HasPrefix(name, store.EditionsFolder+"/") {
		lasting, err := x.lasting(ctx, name)
		if err != nil {
			return err
		}
		if lasting {
			return x.bring(ctx, name)
		}
	}
	written, err := x.Base.SetFile(ctx, x.desk, name, x.there[name], "")
	if written {
		x.note(name, "")
	}
	return err
}

func (x *folderExchange) lasting(ctx context.Context, name string) (bool, error) {
	stem := name
	for _, end := range []string{edition.SnapshotSuffix, edition.RegisterSuffix} {
		stem = strings.TrimSuffix(stem, end)
	}
	if strings.HasSuffix(name, ".pdf") {
		stem = name[:strings.LastIndexByte(name, '-')]
	}
	if x.here[stem+edition.SnapshotSuffix] != "" {
		return true, nil // the edition is here: a file of it was lost
	}
	sum := x.there[stem+edition.RegisterSuffix]
	if sum == "" {
		return false, nil
	}
	register, err := x.read(ctx, sum)
	return err == nil && register != nil && edition.Lasting(register), err
}

// join makes one of a file that changed on both sides.
func (x *folderExchange) join(ctx context.Context, name string) error {
	theirs, err := x.read(ctx, x.there[name])
	if err != nil || theirs == nil {
		return err
	}
	mine, err := os.ReadFile(x.file(name))
	if err != nil {
		return unlisted(err)
	}
	var joined []byte
	switch {
	case strings.HasSuffix(name, edition.RegisterSuffix):
		joined, err = edition.JoinRegisters(theirs, mine)
	case name == wordsFile:
		joined, err = joinWords(theirs, mine)
	default:
		// Theirs has the name, mine another one: the next exchange sends it.
		mark := string(x.desk[len(x.desk)-6:])
		aside := strings.TrimSuffix(name, path.Ext(name)) + "-" + mark + path.Ext(name)
		if err := base.WriteWhole(x.file(aside), renamed(mine, mark)); err != nil {
			return err
		}
		return x.write(name, theirs, x.there[name])
	}
	if err != nil {
		return repertoire.Damage(name, err, "Un fichier partagé n’est pas lisible (%s) : il est resté comme il est.", name)
	}
	if err := base.WriteWhole(x.file(name), joined); err != nil {
		return err
	}
	return x.send(ctx, name, base.HexSum(joined))
}

// renamed gives a recipe that is kept beside another of its name one of its own.
func renamed(recipe []byte, mark string) []byte {
	var fields map[string]json.RawMessage
	var name string
	if json.Unmarshal(recipe, &fields) != nil || json.Unmarshal(fields["name"], &name) != nil {
		return recipe
	}
	fields["name"], _ = json.Marshal(name + " (" + mark + ")") // a string: it cannot fail
	out, err := json.MarshalIndent(fields, "", "  ")
	if err != nil {
		return recipe
	}
	return out
}

// joinWords puts together what words were said to mean; where both said
// something, the first stands.
func joinWords(first, second []byte) ([]byte, error) {
	var a, b map[string]map[string]string
	if err := errors.Join(json.Unmarshal(first, &a), json.Unmarshal(second, &b)); err != nil {
		return nil, err
	}
	for field, words := range b {
		if a[field] == nil {
			a[field] = words
			continue
		}
		for word, means := range words {
			if _, ok := a[field][word]; !ok {
				a[field][word] = means
			}
		}
	}
	return json.MarshalIndent(a, "", "  ")
}
