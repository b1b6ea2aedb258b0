package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"

	"repertoire/internal/repertoire"
)

// Spool sets the operations of a large change aside on the disk, in whatever
// order they are made, until they are applied. It lies in the workspace under no
// name where the system allows; what a crash leaves is swept at the next opening.
// Close it.
type Spool struct {
	dir   string
	parts [len(aggregates)]*spooled
	Count int
}

// spooled are the operations on one kind of record.
type spooled struct {
	file *os.File
	out  *bufio.Writer
	json *json.Encoder
}

// spoolName is what the files are called while they have a name (see leavings).
const spoolName = ".tmp-*"

// Spool makes an empty one.
func (s *Store) Spool() *Spool { return &Spool{dir: s.dir} }

// Add sets one operation aside.
func (s *Spool) Add(op repertoire.Op) error {
	rank := rankOf(op.Aggregate)
	if rank < 0 {
		return repertoire.Fault(errors.New("spool: op on "+string(op.Aggregate)),
			"La modification porte sur un objet inconnu ; rien n’a été enregistré.")
	}
	part := s.parts[rank]
	if part == nil {
		file, err := os.CreateTemp(s.dir, spoolName)
		if err != nil {
			return s.noRoom(err)
		}
		_ = os.Remove(file.Name()) // Windows keeps the name until Close
		out := bufio.NewWriterSize(file, 1<<16)
		part = &spooled{file, out, json.NewEncoder(out)}
		part.json.SetEscapeHTML(false)
		s.parts[rank] = part
	}
	if err := part.json.Encode(op); err != nil {
		return s.noRoom(err)
	}
	s.Count++
	return nil
}

func (s *Spool) noRoom(err error) error {
	return &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
		Message: "La place manque sur le disque pour préparer la modification : rien n’a été enregistré. Libérez de la place, puis recommencez."}
}

// Large gives the change that writes what was set aside.
func (s *Spool) Large(c repertoire.Change) Large {
	return Large{Change: c, Operations: func(Reader) iter.Seq2[repertoire.Op, error] { return s.all }}
}

// all hands the operations over, what others point to first.
func (s *Spool) all(yield func(repertoire.Op, error) bool) {
	for _, part := range s.parts {
		if part == nil {
			continue
		}
		err := part.out.Flush()
		if err == nil {
			_, err = part.file.Seek(0, io.SeekStart)
		}
		if err != nil {
			yield(repertoire.Op{}, s.noRoom(err))
			return
		}
		for in := json.NewDecoder(bufio.NewReaderSize(part.file, 1<<16)); ; {
			var op repertoire.Op
			err := in.Decode(&op)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				yield(op, s.noRoom(err))
				return
			}
			if !yield(op, nil) {
				return
			}
		}
	}
}

// Close gives the room back.
func (s *Spool) Close() error {
	var errs []error
	for i, part := range s.parts {
		if part != nil {
			errs = append(errs, part.file.Close())
			_ = os.Remove(part.file.Name()) // gone already where the system allows
			s.parts[i] = nil
		}
	}
	return errors.Join(errs...)
}
