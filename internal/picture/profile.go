package picture

import (
	"bytes"
	"compress/zlib"
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
	segments(data, func(marker byte, body []byte) {
		if marker == 0xe2 && len(body) > 14 && string(body[:12]) == signature {
			parts[int(body[12])] = body[14:]
			count = int(body[13])
		}
	})
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
	body := pngChunk(data, "iCCP")
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
