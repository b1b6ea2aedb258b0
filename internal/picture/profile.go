package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// maxProfile bounds an embedded profile; real ones of cameras take some
// kilobytes.
const maxProfile = 4 << 20

// jpegProfile joins the parts of a profile spread over APP2 segments (ICC.1
// annex B.4); nil when there is none or parts are missing.
func jpegProfile(data []byte) []byte {
	const signature = "ICC_PROFILE\x00"
	parts := map[int][]byte{}
	count := 0
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(data) {
			break
		}
		body := data[at+4 : at+2+size]
		if marker == 0xe2 && len(body) > 14 && string(body[:12]) == signature {
			parts[int(body[12])] = body[14:]
			count = int(body[13])
		}
		at += 2 + size
	}
	var out []byte
	for i := 1; i <= count; i++ {
		part, ok := parts[i]
		if !ok || len(out)+len(part) > maxProfile {
			return nil
		}
		out = append(out, part...)
	}
	return out
}

// pngProfile reads the iCCP chunk.
func pngProfile(data []byte) []byte {
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		kind := string(data[at+4 : at+8])
		if size < 0 || at+12+size > len(data) || kind == "IDAT" {
			return nil
		}
		body := data[at+8 : at+8+size]
		if kind == "iCCP" {
			name := bytes.IndexByte(body, 0)
			if name < 0 || name+2 > len(body) {
				return nil
			}
			r, err := zlib.NewReader(bytes.NewReader(body[name+2:]))
			if err != nil {
				return nil
			}
			out, err := io.ReadAll(io.LimitReader(r, maxProfile+1))
			if err != nil || len(out) > maxProfile {
				return nil
			}
			return out
		}
		at += 12 + size
	}
	return nil
}
