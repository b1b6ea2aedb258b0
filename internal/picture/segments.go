package picture

import (
	"bytes"
	"encoding/binary"
)

// JPEG markers (ITU-T T.81, table B.1).
const (
	markSOI   = 0xd8
	markEOI   = 0xd9
	markSOS   = 0xda
	markDQT   = 0xdb
	markDNL   = 0xdc
	markDRI   = 0xdd
	markDHT   = 0xc4
	markApp0  = 0xe0
	markApp1  = 0xe1
	markApp14 = 0xee
)

// marker finds the next marker from at on, behind the fill bytes that may
// precede it (T.81, B.1.1.2), and where what follows it begins.
func marker(data []byte, at int) (mark byte, after int, ok bool) {
	if at >= len(data) || data[at] != 0xff {
		return 0, 0, false
	}
	for at < len(data) && data[at] == 0xff {
		at++
	}
	if at >= len(data) || data[at] == 0 {
		return 0, 0, false
	}
	return data[at], at + 1, true
}

// segment gives the body of the segment whose marker ends at at.
func segment(data []byte, at int) (body []byte, after int, ok bool) {
	if at+2 > len(data) {
		return nil, 0, false
	}
	size := int(binary.BigEndian.Uint16(data[at:]))
	if size < 2 || at+size > len(data) {
		return nil, 0, false
	}
	return data[at+2 : at+size], at + size, true
}

// segments calls f with each segment of a JPEG before its pixels, without its
// marker and length.
func segments(data []byte, f func(marker byte, body []byte)) {
	for at := 2; ; {
		mark, after, ok := marker(data, at)
		if !ok || mark == markSOS || mark == markEOI {
			return
		}
		body, next, ok := segment(data, after)
		if !ok {
			return
		}
		f(mark, body)
		at = next
	}
}

// pngChunk gives the body of a chunk that stands before the pixels, nil when
// there is none.
func pngChunk(data []byte, kind string) []byte {
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		here := string(data[at+4 : at+8])
		if size < 0 || size > len(data)-12-at || here == "IDAT" {
			return nil
		}
		if here == kind {
			return data[at+8 : at+8+size]
		}
		at += 12 + size
	}
	return nil
}

// Bare makes a JPEG anew out of what its pixels need and nothing else: what a
// camera or a program noted, such as where the photograph was taken, is
// nobody's business in a published book, and what stands behind the end of the
// image is no part of it. false says that the file is not made as JPEG files
// are: it must be encoded anew.
func Bare(jpeg []byte) ([]byte, bool) {
	if len(jpeg) < 4 || jpeg[0] != 0xff || jpeg[1] != markSOI {
		return nil, false
	}
	out := append(make([]byte, 0, len(jpeg)), 0xff, markSOI)
	for at, scans := 2, 0; ; {
		mark, after, ok := marker(jpeg, at)
		if !ok {
			return nil, false
		}
		if mark == markEOI {
			return append(out, 0xff, markEOI), scans > 0
		}
		body, next, ok := segment(jpeg, after)
		if !ok {
			return nil, false
		}
		if kept := needed(mark, body); kept != nil {
			out = append(out, 0xff, mark, byte((len(kept)+2)>>8), byte(len(kept)+2))
			out = append(out, kept...)
		}
		if at = next; mark == markSOS {
			scans++
			end := scanEnd(jpeg, at)
			if end < 0 {
				return nil, false
			}
			out, at = append(out, jpeg[at:end]...), end
		}
	}
}

// needed gives what the pixels need of a segment, nil when it is a note.
func needed(mark byte, body []byte) []byte {
	switch {
	case mark >= 0xc0 && mark <= 0xcf && mark != 0xc8, mark == markDQT, mark == markDRI, mark == markDNL, mark == markSOS:
		return body
	case mark == markApp0 && len(body) >= 14 && bytes.HasPrefix(body, []byte("JFIF\x00")):
		jfif := bytes.Clone(body[:14])
		jfif[12], jfif[13] = 0, 0 // without the small picture, which may show more than the large one
		return jfif
	case mark == markApp14 && len(body) >= 12 && bytes.HasPrefix(body, []byte("Adobe")):
		return body[:12]
	}
	return nil
}

// scanEnd finds the marker that ends the coded pixels that begin at at; -1 when
// the file ends before.
func scanEnd(data []byte, at int) int {
	for {
		i := bytes.IndexByte(data[at:], 0xff)
		if i < 0 {
			return -1
		}
		start := at + i
		mark, after, ok := marker(data, start)
		switch {
		case ok && (mark < 0xd0 || mark > 0xd7): // not one that restarts the coding
			return start
		case ok:
			at = after
		default: // a coded 0xFF, followed by 0
			if at = start + 2; at > len(data) {
				return -1
			}
		}
	}
}

// Notes names what a JPEG holds beside its pixels, nil when there is nothing:
// kinds of notes, and bytes behind the end of the image.
func Notes(jpeg []byte) []string {
	var out []string
	segments(jpeg, func(mark byte, body []byte) {
		switch {
		case mark == markApp1 && bytes.HasPrefix(body, []byte("Exif")):
			out = append(out, "Exif")
		case mark == markApp1:
			out = append(out, "XMP")
		case mark == 0xed:
			out = append(out, "IPTC")
		case mark == 0xfe:
			out = append(out, "commentaire")
		case mark == 0xe2 && bytes.HasPrefix(body, []byte("ICC_PROFILE")), needed(mark, body) != nil:
		default:
			out = append(out, "autre")
		}
	})
	if bare, ok := Bare(jpeg); ok && out == nil && len(bare)+64 < len(jpeg) && !hasProfile(jpeg) {
		out = append(out, "suite")
	}
	return out
}

func hasProfile(jpeg []byte) (yes bool) {
	segments(jpeg, func(mark byte, _ []byte) { yes = yes || mark == 0xe2 })
	return yes
}
