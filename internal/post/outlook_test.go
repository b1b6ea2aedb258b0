package post

import (
	"strings"
	"testing"
)

// outlookMessage is a message as Outlook keeps it.
type outlookMessage struct {
	text, name, address, subject, file string
	data                               []byte
	class                              string
}

// outlook writes a .msg: a compound file ([MS-CFB]) of three storages' worth of
// streams, each long enough to stand in sectors of its own.
func outlook(m outlookMessage) []byte {
	type entry struct {
		name        string
		kind        byte
		data        []byte
		child, next int
	}
	long := func(b []byte) []byte { return append(b, make([]byte, max(4096-len(b), 0))...) }
	text := func(s string) []byte { return long(utf16Bytes(s)) }
	const none = -1
	entries := []entry{{name: "Root Entry", kind: 5, child: 1, next: none},
		{name: outlookStreams + "0037001F", kind: 2, data: text(m.subject), child: none, next: 2},
		{name: outlookStreams + "1000001F", kind: 2, data: text(m.text), child: none, next: 3},
		{name: outlookStreams + "0C1A001F", kind: 2, data: text(m.name), child: none, next: 4},
		{name: outlookStreams + "5D01001F", kind: 2, data: text(m.address), child: none, next: 5},
		{name: outlookStreams + "001A001F", kind: 2, data: text(m.class), child: none, next: 6},
		{name: "__attach_version1.0_#00000000", kind: 1, child: 7, next: none},
		{name: outlookStreams + "3707001F", kind: 2, data: text(m.file), child: none, next: 8},
		{name: outlookStreams + "37010102", kind: 2, data: long(m.data), child: none, next: none}}
	var body []byte
	fat := []int{-3}                    // the table itself, in the first sector
	directory := (len(entries) + 3) / 4 // four entries a sector
	for i := 1; i <= directory; i++ {
		fat = append(fat, i+1)
	}
	fat[directory] = -2
	starts := make([]int, len(entries))
	for i, e := range entries {
		starts[i] = -2
		if e.data == nil {
			continue
		}
		starts[i] = len(fat)
		for at := 0; at < len(e.data); at += 512 {
			fat = append(fat, len(fat)+1)
		}
		fat[len(fat)-1] = -2
		body = append(body, e.data...)
		body = append(body, make([]byte, (512-len(e.data)%512)%512)...)
	}
	out := append([]byte(compound), make([]byte, 16)...)
	out = append(out, 0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	for _, n := range []int{1, 1, 0, 4096, -2, 0, -2, 0, 0} { // tables, directory, …, the first table in sector 0
		out = append(out, le32(n)...)
	}
	for len(out) < 512 {
		out = append(out, 0xFF)
	}
	for i := range 128 {
		n := -1
		if i < len(fat) {
			n = fat[i]
		}
		out = append(out, le32(n)...)
	}
	for i, e := range entries {
		name := utf16Bytes(e.name + "\x00")
		raw := append(append([]byte(nil), name...), make([]byte, 64-len(name))...)
		raw = append(raw, byte(len(name)), 0, e.kind, 1)
		raw = append(append(append(raw, le32(-1)...), le32(e.next)...), le32(e.child)...)
		raw = append(raw, make([]byte, 36)...)
		out = append(out, append(append(append(raw, le32(starts[i])...), le32(len(e.data))...), 0, 0, 0, 0)...)
	}
	out = append(out, make([]byte, directory*512-len(entries)*128)...)
	return append(out, body...)
}

// TestLettersKeptByOutlook reads a .msg, whatever it is called.
func TestLettersKeptByOutlook(t *testing.T) {
	data := outlook(outlookMessage{"Voici la fiche.\n\nDe : CUF\nEnvoyé : lundi", "Aïcha Diop", "aicha@ville.example", "RE: fiche", "Fiche – été.xlsx",
		workbook, "IPM.Note"})
	l, err := ReadLetter("Fiche.eml", data)
	if err != nil || l.From != "aicha@ville.example" || l.FromName != "Aïcha Diop" || l.Text != "Voici la fiche." || len(l.Attachments) != 1 ||
		l.Attachments[0].Name != "Fiche – été.xlsx" || !strings.HasPrefix(string(l.Attachments[0].Data), string(workbook)) || l.Automatic {
		t.Errorf("%+v, %v", l, err)
	}
	l, err = ReadLetter("x.msg", outlook(outlookMessage{"Absente jusqu’à lundi.", "A", "a@ville.example", "Réponse automatique : fiche", "",
		[]byte{1}, "IPM.Note.Rules.OofTemplate.Microsoft"}))
	if err != nil || !l.Automatic {
		t.Errorf("absence: %+v, %v", l, err)
	}
	l, err = ReadLetter("x.msg", outlook(outlookMessage{"La remise a échoué pour ces destinataires : agent@ville.example (550 5.1.1)", "Postmaster", "",
		"Non remis : fiche", "", []byte{1}, "REPORT.IPM.Note.NDR"}))
	if err != nil || len(l.Bounces) != 1 || l.Bounces[0].Address != "agent@ville.example" {
		t.Errorf("failure: %+v, %v", l, err)
	}
	for _, cut := range []int{9, 600, 1500, len(data) - 700} {
		if l, err := ReadLetter("x.msg", data[:cut]); err == nil && len(l.Attachments) > 0 && len(l.Attachments[0].Data) >= 4096 {
			t.Errorf("cut at %d: read whole", cut)
		}
	}
}
