package post

import (
	"bytes"
	"encoding/binary"
	"io"
	"maps"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/charmap"
)

// compound begins a file of Microsoft's older formats, .msg and .xls alike.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// outlookStreams begins the names of what .msg files hold ([MS-OXMSG] 2.1.3).
const outlookStreams = "__substg1.0_"

// IsOutlook tells a message of Outlook from a workbook of the same container.
func IsOutlook(data []byte) bool {
	if !strings.HasPrefix(string(data[:min(len(data), 8)]), compound) {
		return false
	}
	var name []byte
	for _, u := range utf16.Encode([]rune(outlookStreams)) {
		name = binary.LittleEndian.AppendUint16(name, u)
	}
	return bytes.Contains(data, name)
}

// The properties that are read, by their number ([MS-OXPROPS]).
const (
	tagSubject, tagBody                    = "0037", "1000"
	tagSenderName, tagSender, tagSenderAt  = "0C1A", "0C1F", "5D01"
	tagHeaders, tagReplyTo, tagReferences  = "007D", "1042", "1039"
	tagClass, tagLongName, tagName, tagFor = "001A", "3707", "3704", "370E"
	tagData                                = "3701"
)

// outlookPart is a message or an attachment: its properties by their number,
// with their type.
type outlookPart struct {
	texts map[string]string
	data  map[string][]byte
	parts map[string]*outlookPart // by the name of their storage
	sent  time.Time
}

func newOutlookPart() *outlookPart {
	return &outlookPart{texts: map[string]string{}, data: map[string][]byte{}, parts: map[string]*outlookPart{}}
}

// maxStreams bounds what is read of one .msg.
const maxStreams = 5000

// readOutlook reads a message kept by Outlook.
func readOutlook(name string, data []byte) (l Letter, err error) {
	defer func() {
		if recover() != nil { // the container's tables point where nothing is
			l, err = Letter{}, unreadable(name, nil)
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return Letter{}, unreadable(name, err)
	}
	root, left := newOutlookPart(), len(data)
	for n := 0; n < maxStreams; n++ {
		entry, err := doc.Next()
		if err != nil {
			break
		}
		if entry.Size <= 0 || entry.Size > int64(left) || len(entry.Path) > 2*deepest {
			continue
		}
		raw := make([]byte, entry.Size)
		if _, err := io.ReadFull(entry, raw); err != nil {
			return Letter{}, unreadable(name, err)
		}
		left -= len(raw)
		root.at(entry.Path).take(entry.Name, raw)
	}
	if len(root.texts)+len(root.parts) == 0 {
		return Letter{}, unreadable(name, nil)
	}
	return root.letter(), nil
}

// at finds the part that stands in storages one in the other.
func (p *outlookPart) at(path []string) *outlookPart {
	for _, storage := range path {
		if p.parts[storage] == nil {
			p.parts[storage] = newOutlookPart()
		}
		p = p.parts[storage]
	}
	return p
}

func (p *outlookPart) take(stream string, raw []byte) {
	if stream == "__properties_version1.0" {
		p.times(raw)
		return
	}
	tag, ok := strings.CutPrefix(stream, outlookStreams)
	if !ok || len(tag) < 8 {
		return
	}
	switch tag[4:8] {
	case "001F":
		p.texts[tag[:4]] = utf16Text(raw)
	case "001E":
		if text, err := charmap.Windows1252.NewDecoder().Bytes(raw); err == nil && p.texts[tag[:4]] == "" {
			p.texts[tag[:4]] = strings.TrimRight(string(text), "\x00")
		}
	case "0102":
		p.data[tag[:4]] = raw
	}
}

func utf16Text(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// times looks for when the message was delivered (0E06), else sent (0039): rows
// of sixteen bytes end the stream.
func (p *outlookPart) times(raw []byte) {
	for at := len(raw) % 16; at+16 <= len(raw); at += 16 {
		tag := binary.LittleEndian.Uint32(raw[at:])
		if tag != 0x0E060040 && (tag != 0x00390040 || !p.sent.IsZero()) {
			continue
		}
		if ticks := binary.LittleEndian.Uint64(raw[at+8:]); ticks > 116444736000000000 && ticks < 1<<59 {
			p.sent = time.Unix(0, 0).UTC().Add(time.Duration(ticks-116444736000000000) * 100) // from 1601, in 100 ns
		}
	}
}

// letter makes a letter of a message; one that is attached is carried in it.
func (p *outlookPart) letter() Letter {
	l := Letter{Subject: p.texts[tagSubject], FromName: p.texts[tagSenderName], At: p.sent}
	for _, tag := range []string{tagSenderAt, tagSender} {
		if a := p.texts[tag]; strings.Contains(a, "@") && l.From == "" {
			l.From = strings.TrimSpace(a)
		}
	}
	heads, _ := mail.ReadMessage(strings.NewReader(strings.TrimLeft(p.texts[tagHeaders], "\r\n") + "\r\n\r\n"))
	header := func(name string) string {
		if heads == nil {
			return ""
		}
		return decoded(heads.Header.Get(name))
	}
	if from, err := mail.ParseAddress(header("From")); err == nil && l.From == "" {
		l.From = from.Address
	}
	if at, err := mail.ParseDate(header("Date")); err == nil && l.At.IsZero() {
		l.At = at
	}
	text := p.texts[tagBody]
	l.Text = own(text)
	l.Answers = messageRefs(p.texts[tagReferences] + " " + p.texts[tagReplyTo] + " " + header("References") + " " + header("In-Reply-To"))
	class := strings.ToUpper(p.texts[tagClass])
	if strings.HasPrefix(class, "REPORT.") && strings.HasSuffix(class, ".NDR") {
		heads := map[string]string{"From": "postmaster", "Subject": l.Subject}
		l.Bounces = plainBounces(func(name string) string { return heads[name] }, "undeliverable\n"+text, messageID([]byte(text)))
	}
	l.Automatic = l.Bounces == nil && (strings.HasPrefix(class, "REPORT.") || strings.Contains(class, "OOF") ||
		automatic(func(name string) string {
			if name == "Subject" {
				return l.Subject
			}
			return header(name)
		}, nil))
	for _, storage := range slices.Sorted(maps.Keys(p.parts)) {
		if !strings.HasPrefix(storage, "__attach_version1.0") {
			continue
		}
		a := p.parts[storage]
		if inner := a.parts[outlookStreams+tagData+"000D"]; inner != nil && l.Bounces == nil && !l.Automatic {
			x := inner.letter()
			l.carry(&x)
			continue
		}
		name := a.texts[tagLongName]
		if name == "" {
			name = a.texts[tagName]
		}
		l.attach(name, a.texts[tagFor], a.data[tagData])
	}
	return l
}
