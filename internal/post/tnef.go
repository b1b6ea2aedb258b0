package post

import (
	"encoding/binary"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// unwrapped gives the files of a winmail.dat: how Exchange sends to others what
// was written as « texte mis en forme » ([MS-OXTNEF]). nil for what is none.
func unwrapped(data []byte) []Attachment {
	const (
		signature  = 0x223E9F78
		begins     = 0x9002 // attAttachRenddata
		title      = 0x8010 // attAttachTitle
		content    = 0x800F // attAttachData
		properties = 0x9005 // attAttachment
	)
	if len(data) < 6 || binary.LittleEndian.Uint32(data) != signature {
		return nil
	}
	var out []Attachment
	for at := 6; at+9 <= len(data); {
		id, size := binary.LittleEndian.Uint16(data[at+1:]), int(binary.LittleEndian.Uint32(data[at+5:]))
		at += 9
		if size < 0 || size > len(data)-at {
			break
		}
		value := data[at : at+size]
		at += size + 2 // its checksum
		if id == begins {
			if len(out) == maxAttachments {
				break
			}
			out = append(out, Attachment{})
			continue
		}
		if len(out) == 0 {
			continue
		}
		a := &out[len(out)-1]
		switch id {
		case title:
			if name, err := charmap.Windows1252.NewDecoder().Bytes(value); err == nil && a.Name == "" {
				a.Name = strings.TrimRight(string(name), "\x00")
			}
		case content:
			a.Data = value
		case properties:
			if name := longName(value); name != "" {
				a.Name = name
			}
		}
	}
	return out
}

// longName looks for the file's whole name (PidTagAttachLongFilename, as
// Unicode) among the properties of an attachment: what stands before it by its
// title is cut to eight letters.
func longName(value []byte) string {
	mark := []byte{0x1F, 0x00, 0x07, 0x37, 1, 0, 0, 0}
	at := strings.Index(string(value), string(mark))
	if at < 0 || at+12 > len(value) {
		return ""
	}
	size := int(binary.LittleEndian.Uint32(value[at+8:]))
	if size < 2 || size > len(value)-at-12 {
		return ""
	}
	return utf16Text(value[at+12 : at+12+size])
}
