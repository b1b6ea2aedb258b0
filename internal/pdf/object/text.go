package object

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Text encodes s as a PDF text string: as it is when it is plain ASCII, else
// UTF-16BE with its mark.
func Text(s string) String {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			ascii = false
			break
		}
	}
	if ascii {
		return String(s)
	}
	out := String{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

// Decode gives the text of a PDF text string. Bytes without a mark are in
// PDFDocEncoding (ISO 32000-1, annex D.2): Latin-1 but for two rows of signs.
func (s String) Decode() string {
	if len(s) >= 2 && s[0] == 0xfe && s[1] == 0xff {
		return DecodeUTF16(s[2:])
	}
	if len(s) >= 2 && s[0] == 0xff && s[1] == 0xfe { // not in the standard, and written all the same
		swapped := make([]byte, len(s)-2)
		for i := 0; i+1 < len(swapped); i += 2 {
			swapped[i], swapped[i+1] = s[i+3], s[i+2]
		}
		return DecodeUTF16(swapped)
	}
	if len(s) >= 3 && s[0] == 0xef && s[1] == 0xbb && s[2] == 0xbf && utf8.Valid(s[3:]) {
		return string(s[3:])
	}
	out := make([]rune, len(s))
	for i, b := range s {
		switch {
		case b >= 0x18 && b <= 0x1f:
			out[i] = accents[b-0x18]
		case b >= 0x80 && b <= 0xa0:
			out[i] = signs[b-0x80]
		default:
			out[i] = rune(b)
		}
	}
	return string(out)
}

// The two rows in which PDFDocEncoding is not Latin-1: from 18 and from 80.
var (
	accents = [8]rune{'\u02d8', '\u02c7', '\u02c6', '\u02d9', '\u02dd', '\u02db', '\u02da', '\u02dc'}
	signs   = [33]rune{'•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ',
		'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\ufffd', '€'}
)

// DecodeUTF16 gives the text of UTF-16BE bytes without a mark.
func DecodeUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(units))
}
