package icc

import (
	"encoding/binary"
	"math"
)

// SRGB makes a display profile (ICC version 2) of IEC 61966-2-1, the same
// bytes each time. It holds nothing but the standard's numbers.
func SRGB() []byte {
	curve := make([]byte, 12, 12+2*1024)
	copy(curve, "curv")
	binary.BigEndian.PutUint32(curve[8:], 1024)
	for i := range 1024 {
		v := linear(float64(i) / 1023)
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	xyz := func(x, y, z float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range []float64{x, y, z} {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	const name = "sRGB IEC61966-2.1"
	desc := []byte("desc\x00\x00\x00\x00")
	desc = binary.BigEndian.AppendUint32(desc, uint32(len(name)+1))
	desc = append(desc, name...)
	desc = append(desc, make([]byte, 1+8+3+67)...)
	tags := []struct {
		sig  string
		data []byte
	}{
		{"desc", desc},
		{"cprt", []byte("text\x00\x00\x00\x00No copyright, use freely\x00")},
		{"wtpt", xyz(white[0], white[1], white[2])},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil},
	}
	out := make([]byte, 128)
	out[8] = 2
	out[9] = 0x10
	copy(out[12:], "mntrRGB XYZ ")
	// ICC.1:1998-09, the publication date of the standard, as creation date.
	for i, v := range []uint16{1998, 9, 1, 0, 0, 0} {
		binary.BigEndian.PutUint16(out[24+2*i:], v)
	}
	copy(out[36:], "acsp")
	copy(out[68:], xyz(white[0], white[1], white[2])[8:])
	out = binary.BigEndian.AppendUint32(out, uint32(len(tags)))
	at := len(out) + 12*len(tags)
	var body []byte
	shared := 0
	for _, t := range tags {
		off := at + len(body)
		size := len(t.data)
		switch {
		case t.sig == "rTRC":
			shared = off
		case t.data == nil: // one curve serves the three channels
			off, size = shared, len(curve)
		}
		out = append(out, t.sig...)
		out = binary.BigEndian.AppendUint32(out, uint32(off))
		out = binary.BigEndian.AppendUint32(out, uint32(size))
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	out = append(out, body...)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}
