package icc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"
)

// ErrDamaged says that a profile is cut short or contradicts itself.
var ErrDamaged = errors.New("damaged ICC profile")

// ErrUnsuitable says that a sound profile is not what was asked for.
var ErrUnsuitable = errors.New("unsuitable ICC profile")

// Profile is the header and the tags of an ICC profile.
type Profile struct {
	Class   string // "prtr", "mntr", "scnr", "spac"
	Space   string // "CMYK", "RGB ", "GRAY"
	PCS     string // "Lab " or "XYZ "
	Version int    // major
	tags    map[string][]byte
}

// Parse reads the header and the tag table of data; it copies nothing.
func Parse(data []byte) (*Profile, error) {
	if len(data) < 132 || string(data[36:40]) != "acsp" {
		return nil, fmt.Errorf("no signature: %w", ErrDamaged)
	}
	if size := binary.BigEndian.Uint32(data); uint64(size) > uint64(len(data)) {
		return nil, fmt.Errorf("%d bytes of %d: %w", len(data), size, ErrDamaged)
	}
	p := &Profile{
		Class: string(data[12:16]), Space: string(data[16:20]), PCS: string(data[20:24]),
		Version: int(data[8]), tags: map[string][]byte{},
	}
	n := int(binary.BigEndian.Uint32(data[128:]))
	if n < 1 || n > 200 || len(data) < 132+12*n {
		return nil, fmt.Errorf("tag table: %w", ErrDamaged)
	}
	for i := range n {
		e := data[132+12*i:]
		off, size := uint64(binary.BigEndian.Uint32(e[4:])), uint64(binary.BigEndian.Uint32(e[8:]))
		if off+size > uint64(len(data)) || size < 8 {
			return nil, fmt.Errorf("tag %q: %w", e[:4], ErrDamaged)
		}
		p.tags[string(e[:4])] = data[off : off+size]
	}
	return p, nil
}

// Description is the name the profile gives itself, "" when it has none.
func (p *Profile) Description() string {
	t := p.tags["desc"]
	switch {
	case len(t) >= 12 && string(t[:4]) == "desc":
		n := int(binary.BigEndian.Uint32(t[8:]))
		if n > 0 && 12+n <= len(t) {
			return string(t[12 : 12+n-1])
		}
	case len(t) >= 28 && string(t[:4]) == "mluc":
		size, off := int(binary.BigEndian.Uint32(t[20:])), int(binary.BigEndian.Uint32(t[24:]))
		if size >= 0 && off >= 0 && off+size <= len(t) {
			units := make([]uint16, size/2)
			for i := range units {
				units[i] = binary.BigEndian.Uint16(t[off+2*i:])
			}
			return string(utf16.Decode(units))
		}
	}
	return ""
}
