package picture

import "encoding/binary"

// segments calls f with each segment of a JPEG before its pixels, without its
// marker and length.
func segments(data []byte, f func(marker byte, body []byte)) {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(data) {
			return
		}
		f(marker, data[at+4:at+2+size])
		at += 2 + size
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

// Bare is a JPEG without what a camera or a program noted in it: where the
// photograph was taken is nobody's business in a published book. The pixels,
// and the Adobe marker that says how to read them, stay.
func Bare(jpeg []byte) []byte {
	if len(jpeg) < 4 {
		return jpeg
	}
	out := append(make([]byte, 0, len(jpeg)), jpeg[:2]...)
	at := 2
	for at+4 <= len(jpeg) && jpeg[at] == 0xff {
		marker, size := jpeg[at+1], int(binary.BigEndian.Uint16(jpeg[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(jpeg) {
			break
		}
		const app0, app14, app15, comment = 0xe0, 0xee, 0xef, 0xfe
		note := marker > app0 && marker <= app15 && marker != app14 || marker == comment
		if !note {
			out = append(out, jpeg[at:at+2+size]...)
		}
		at += 2 + size
	}
	return append(out, jpeg[at:]...)
}
