package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/whole"
)

// registerFile lies beside the base: what was issued is known there even when
// the base is lost, replaced by an older one or damaged.
const registerFile = "registre.jsonl"

// Kinds of the register's lines; a document's is its own ("facture", "avoir").
const (
	registeredOrder = "commande"
	// registeredLast is the last number of a series as an officer gave it.
	registeredLast = "dernier"
)

// Registered is one line of the register of documents: the number that was
// given, never who it was given to, so that an erasure leaves nothing here.
type Registered struct {
	Kind   string          `json:"kind"`
	Series string          `json:"series"`
	Year   int             `json:"year"`
	Count  int             `json:"count"`
	Number string          `json:"number"`
	Date   repertoire.Date `json:"date,omitempty"`
	Record repertoire.ID   `json:"record,omitempty"`
	Sum    string          `json:"sum,omitempty"` // SHA-256 of the document's record
	At     time.Time       `json:"at"`
	// Prev is the Hash of the line before; Hash is the SHA-256 of the line
	// without it. A line changed, left out or put in breaks the chain.
	Prev string `json:"prev"`
	Hash string `json:"hash,omitempty"`
}

// series names what numbers run in.
type series struct {
	name string
	year int
}

// register is the file as it was read.
type register struct {
	file  string
	lines []Registered // those of the unbroken chain
	size  int64        // bytes of the unbroken chain
	rest  int64        // bytes behind it: a line cut short, or a broken chain
	found bool         // the file is there
}

// readRegister reads as far as the chain holds.
func readRegister(dir string) (*register, error) {
	r := &register{file: filepath.Join(dir, registerFile)}
	f, err := os.Open(r.file)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return r, err
	}
	r.found = true
	in := bufio.NewReader(io.LimitReader(f, 1<<30))
	for {
		raw, err := in.ReadBytes('\n')
		var line Registered
		if err != nil || json.Unmarshal(raw, &line) != nil || line.Prev != r.head() || line.Hash != line.hash() {
			r.rest = info.Size() - r.size
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return r, err
		}
		r.lines, r.size = append(r.lines, line), r.size+int64(len(raw))
	}
}

// registerEnd is the end of the register as this program left it: who numbers a
// thousand documents in a row does not read it all for each of them.
type registerEnd struct {
	last    []Registered // one line, or none
	size    int64
	changed time.Time
	whole   bool // false: nothing is known
}

// seen remembers the end of a register that was written; nothing after a failure.
func (r *register) seen(failed error) (end registerEnd) {
	if failed != nil || len(r.lines) == 0 {
		return end
	}
	if info, err := os.Stat(r.file); err == nil && info.Size() == r.size {
		end = registerEnd{last: r.lines[len(r.lines)-1:], size: r.size, changed: info.ModTime(), whole: true}
	}
	return end
}

// orRead gives the register at its end when no other program has touched the
// file, and reads it otherwise, or when all its lines are asked for.
func (end registerEnd) orRead(dir string, all bool) (*register, error) {
	file := filepath.Join(dir, registerFile)
	if info, err := os.Stat(file); !all && end.whole && err == nil && info.Size() == end.size && info.ModTime().Equal(end.changed) {
		return &register{file: file, lines: slices.Clone(end.last), size: end.size, found: true}, nil
	}
	return readRegister(dir)
}

func (r *register) head() string {
	if len(r.lines) == 0 {
		return ""
	}
	return r.lines[len(r.lines)-1].Hash
}

// hash is the SHA-256 of the line as JSON, without its own.
func (x Registered) hash() string {
	x.Hash = ""
	raw, _ := json.Marshal(x) // strings, numbers and a time: it cannot fail
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// torn tells whether what follows the chain is one line without its end, as a
// program that died while writing leaves.
func (r *register) torn() bool {
	if r.rest == 0 || r.rest > 4096 {
		return false
	}
	f, err := os.Open(r.file)
	if err != nil {
		return false
	}
	defer f.Close()
	tail := make([]byte, r.rest)
	if _, err := f.ReadAt(tail, r.size); err != nil {
		return false
	}
	for _, c := range tail {
		if c == '\n' {
			return false
		}
	}
	return true
}

// last gives the highest number of each series, with its date.
func (r *register) last() map[series]Registered {
	out := map[series]Registered{}
	for _, x := range r.lines {
		k := series{x.Series, x.Year}
		if was := out[k]; x.Count > was.Count {
			if x.Date < was.Date {
				x.Date = was.Date
			}
			out[k] = x
		}
	}
	return out
}

// has tells whether a record's number is written down.
func (r *register) has() map[repertoire.ID]bool {
	out := make(map[repertoire.ID]bool, len(r.lines))
	for _, x := range r.lines {
		out[x.Record] = true
	}
	return out
}

// append adds lines to the end of the chain, on the disk when it returns. What
// follows the chain goes first.
func (r *register) append(lines ...Registered) error {
	if len(lines) == 0 {
		return nil
	}
	head, text := r.head(), []byte(nil)
	for i := range lines {
		lines[i].Prev, lines[i].At = head, moment(lines[i].At)
		lines[i].Hash = lines[i].hash()
		head = lines[i].Hash
		raw, err := json.Marshal(lines[i])
		if err != nil {
			return err
		}
		text = append(append(text, raw...), '\n')
	}
	f, err := os.OpenFile(r.file, os.O_WRONLY|os.O_CREATE, private)
	if err != nil {
		return err
	}
	err = f.Truncate(r.size)
	if err == nil {
		_, err = f.WriteAt(text, r.size)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil && !r.found {
		err = whole.SyncFolder(filepath.Dir(r.file))
	}
	if err != nil {
		return err
	}
	r.lines, r.size, r.rest, r.found = append(r.lines, lines...), r.size+int64(len(text)), 0, true
	return nil
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
