package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// Layout of a write-ahead log (sqlite.org/fileformat2.html, section 4).
const (
	walHeader      = 32
	walFrameHeader = 24
	walMagic       = 0x377f0682 // its lowest bit says in which order checksums read
)

// commitsLost counts the commits behind the first bad frame of a journal: those
// that SQLite will not see. A frame torn at the very end is no loss: its commit
// had not been acknowledged. 0 for a journal that is not there.
func commitsLost(file string) (int, error) {
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return readWAL(bufio.NewReaderSize(f, 1<<20))
}

func readWAL(r io.Reader) (lost int, err error) {
	head := make([]byte, walHeader)
	if _, err := io.ReadFull(r, head); err != nil {
		return 0, ended(err)
	}
	magic := binary.BigEndian.Uint32(head)
	size := int(binary.BigEndian.Uint32(head[8:]))
	var order binary.ByteOrder = binary.LittleEndian
	if magic&1 == 1 {
		order = binary.BigEndian
	}
	a, b := walSum(order, 0, 0, head[:24])
	sound := magic&^1 == walMagic && a == binary.BigEndian.Uint32(head[24:]) && b == binary.BigEndian.Uint32(head[28:])
	if size < 512 || size > 65536 || size&(size-1) != 0 {
		return 0, nil // nothing can be told of its frames
	}
	salt := [8]byte(head[16:24])
	frame := make([]byte, walFrameHeader+size)
	for {
		if _, err := io.ReadFull(r, frame); err != nil {
			return lost, ended(err)
		}
		if [8]byte(frame[8:16]) != salt {
			if sound {
				return lost, nil // the remains of an earlier round
			}
			continue
		}
		commit := binary.BigEndian.Uint32(frame[4:]) != 0
		if !sound {
			if commit {
				lost++
			}
			continue
		}
		a, b = walSum(order, a, b, frame[:8])
		a, b = walSum(order, a, b, frame[walFrameHeader:])
		sound = a == binary.BigEndian.Uint32(frame[16:]) && b == binary.BigEndian.Uint32(frame[20:])
	}
}

// walSum is the checksum of the file format.
func walSum(order binary.ByteOrder, a, b uint32, data []byte) (uint32, uint32) {
	for i := 0; i+8 <= len(data); i += 8 {
		a += order.Uint32(data[i:]) + b
		b += order.Uint32(data[i+4:]) + a
	}
	return a, b
}

// ended takes the end of the file, even inside a frame, for an end.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}
