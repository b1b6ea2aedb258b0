package picture

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// read tells whether a format is read.
func read(format string) bool {
	return slices.Contains([]string{"jpeg", "png", "webp", "tiff"}, format)
}

// unread tells a telephone's HEIC from other unknown bytes.
func unread(data []byte, err error) error {
	if isHEIC(data) {
		return ErrHEIC
	}
	return fmt.Errorf("%w: %w", ErrFormat, errors.Join(err))
}

// isHEIC looks at the brand of an ISO base media file (ISO 14496-12, ftyp).
func isHEIC(data []byte) bool {
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return false
	}
	return slices.Contains([]string{"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif"}, string(data[8:12]))
}

// Why says in a few French words why a picture cannot be read, and what to do
// about it.
func Why(err error) string {
	var size *SizeError
	switch {
	case errors.Is(err, ErrHEIC):
		return "c’est une image HEIC, le format des iPhone : sur le téléphone, ouvrez Réglages, Appareil photo, Formats et choisissez « Le plus compatible », " +
			"ou exportez la photo en JPEG, puis joignez-la de nouveau"
	case errors.As(err, &size):
		return fmt.Sprintf("elle mesure %d × %d pixels, plus que la limite de cent millions : réduisez-la", size.W, size.H)
	case errors.Is(err, ErrFormat):
		return "ce n’est ni JPEG, ni PNG, ni WebP, ni TIFF, ou le fichier est abîmé : exportez-la en JPEG"
	}
	return "le fichier est incomplet ou abîmé : joignez-le de nouveau"
}

// webpChunk gives the body of a chunk of a WebP file, nil when there is none.
func webpChunk(data []byte, kind string) []byte {
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return nil
	}
	for at := 12; at+8 <= len(data); {
		size := int64(binary.LittleEndian.Uint32(data[at+4:]))
		if size > int64(len(data)-at-8) {
			return nil
		}
		if string(data[at:at+4]) == kind {
			return data[at+8 : at+8+int(size)]
		}
		at += 8 + int(size) + int(size&1)
	}
	return nil
}

// tiffField gives the bytes of a field of a TIFF's first directory.
func tiffField(data []byte, tag uint16) []byte {
	if len(data) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(data[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(data[4:]))
	if at < 8 || at+2 > int64(len(data)) {
		return nil
	}
	for i := range int64(order.Uint16(data[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(data)) {
			return nil
		}
		if order.Uint16(data[entry:]) != tag {
			continue
		}
		from, size := int64(order.Uint32(data[entry+8:])), int64(order.Uint32(data[entry+4:]))
		if size <= 4 || size > maxProfile || from+size > int64(len(data)) {
			return nil
		}
		return data[from : from+size]
	}
	return nil
}
