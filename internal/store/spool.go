package store

import (
	"bufio"
	"encoding/binary"
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
		part = &spooled{file, out}
		s.parts[rank] = part
	}
	if err := part.write(op); err != nil {
		return s.noRoom(err)
	}
	s.Count++
	return nil
}

// write puts an operation down as its version and its three texts, each after
// its length: a body is JSON already, and is not read again to be set aside.
func (p *spooled) write(op repertoire.Op) error {
	head := binary.AppendVarint(nil, op.Version)
	for _, text := range [][]byte{[]byte(op.ID), op.Before, op.After} {
		head = binary.AppendUvarint(head, uint64(len(text)))
	}
	_, err := p.out.Write(head)
	for _, text := range [][]byte{[]byte(op.ID), op.Before, op.After} {
		if err == nil {
			_, err = p.out.Write(text)
		}
	}
	return err
}

// readSpooled takes up what write put down; io.EOF after the last one.
func readSpooled(in *bufio.Reader) (op repertoire.Op, err error) {
	if op.Version, err = binary.ReadVarint(in); err != nil {
		return op, err
	}
	var sizes [3]uint64
	for i := range sizes {
		if sizes[i], err = binary.ReadUvarint(in); err != nil {
			return op, cutShort(err)
		}
	}
	text := make([]byte, sizes[0]+sizes[1]+sizes[2])
	if _, err := io.ReadFull(in, text); err != nil {
		return op, cutShort(err)
	}
	op.ID = repertoire.ID(text[:sizes[0]])
	op.Before, op.After = part(text, sizes[0], sizes[1]), part(text, sizes[0]+sizes[1], sizes[2])
	return op, nil
}

// part is a text of the length n, nil when it is empty.
func part(of []byte, from, n uint64) json.RawMessage {
	if n == 0 {
		return nil
	}
	return of[from : from+n : from+n]
}

// cutShort tells the end of the file within an operation from the end of all.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (s *Spool) noRoom(err error) error {
	return &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
		Message: "La place manque sur le disque pour préparer la modification : rien n’a été enregistré. Libérez de la place, puis recommencez."}
}

// Large gives the change that writes what was set aside.
func (s *Spool) Large(c repertoire.Change) Large {
	return Large{Change: c, Apart: true, Operations: func(Reader) iter.Seq2[repertoire.Op, error] { return s.all }}
}

// all hands the operations over, what others point to first.
func (s *Spool) all(yield func(repertoire.Op, error) bool) {
	for rank, part := range s.parts {
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
		for in := bufio.NewReaderSize(part.file, 1<<16); ; {
			op, err := readSpooled(in)
			if errors.Is(err, io.EOF) {
				break
			}
			op.Aggregate = aggregates[rank]
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
