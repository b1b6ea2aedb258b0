package post

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// raw writes a message with the line ends of the Internet.
func raw(lines ...string) []byte { return []byte(strings.Join(lines, "\r\n") + "\r\n") }

var workbook = []byte("PK\x03\x04 classeur")

func encoded() string { return base64.StdEncoding.EncodeToString(workbook) }

// multipart puts a text and parts, each with its heads, in one message.
func multipart(heads []string, text string, parts ...[]string) []byte {
	out := append(heads, "MIME-Version: 1.0", `Content-Type: multipart/mixed; boundary="b"`, "", "--b", "Content-Type: text/plain; charset=utf-8",
		"Content-Transfer-Encoding: 8bit", "", text)
	for _, p := range parts {
		out = append(append(out, "--b"), p...)
	}
	return raw(append(out, "--b--")...)
}

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// TestLettersOfEveryProgram reads the attachment, its name and what the person
// wrote, as mail programs write them.
func TestLettersOfEveryProgram(t *testing.T) {
	from := []string{"From: =?UTF-8?B?QcOvY2hhIERpb3A=?= <aicha@ville.example>", "Date: Wed, 03 Mar 2027 10:00:00 +0100",
		"Subject: =?ISO-8859-1?Q?R=E9ponse?="}
	attached := func(disposition ...string) []string {
		return append(append([]string{"Content-Type: " + sheetType, "Content-Transfer-Encoding: base64"}, disposition...), "", encoded())
	}
	inner := strings.NewReplacer(`"b"`, `"i"`, "--b", "--i").Replace(string(multipart(from, "Voici nos corrections.",
		attached(`Content-Disposition: attachment; filename="fiche.xlsx"`))))
	for name, x := range map[string]struct {
		data []byte
		file string
		text string
	}{
		"Thunderbird, a name in two pieces (RFC 2231)": {multipart(from, "Bonjour,\r\nc’est fait.\r\n\r\nLe 01/03/2027 à 09:00, CUF a écrit :\r\n> Bonjour",
			attached("Content-Disposition: attachment;", " filename*0*=UTF-8''Lille%20%E2%80%93%20;", " filename*1*=Saint-Louis.xlsx")),
			"Lille – Saint-Louis.xlsx", "Bonjour,\nc’est fait."},
		"Outlook, a name in words (RFC 2047)": {multipart(from,
			"Voir ci-joint.\r\n\r\n________________________________\r\nDe : CUF\r\nEnvoyé : lundi 1 mars 2027 09:00\r\nÀ : Aïcha Diop\r\nObjet : fiche",
			attached(`Content-Disposition: attachment; filename="=?UTF-8?Q?Fiche_mise_=C3=A0_jour.xlsx?="`)), "Fiche mise à jour.xlsx", "Voir ci-joint."},
		"Outlook without a line, heads without an address": {multipart(from,
			"Voir ci-joint.\r\n\r\nDe : Cités Unies France\r\nEnvoyé : lundi 1 mars 2027 09:00\r\nÀ : Aïcha", attached("Content-Disposition: attachment; filename=fiche.xlsx")),
			"fiche.xlsx", "Voir ci-joint."},
		"Gmail, a long line before the quotation": {multipart(from,
			"Parfait.\r\n\r\nLe lun. 1 mars 2027 à 09:00, Cités Unies France – Service des répertoires <\r\nrepertoire@cuf.example> a écrit :\r\n\r\n> Bonjour",
			attached("Content-Disposition: attachment; filename=fiche.xlsx")), "fiche.xlsx", "Parfait."},
		"Apple Mail, beside the text": {multipart(from, "Bonne journée", attached("Content-Disposition: inline;", "\tfilename*=iso-8859-1''Fiche%20%E9t%E9.xlsx")),
			"Fiche été.xlsx", "Bonne journée"},
		"a name of raw UTF-8": {multipart(from, "oui", attached(`Content-Disposition: attachment; filename="Réponse.xlsx"`)), "Réponse.xlsx", "oui"},
		"no name at all":      {multipart(from, "oui", attached("Content-Disposition: attachment")), "sans nom.xlsx", "oui"},
		"a name with a folder": {multipart(from, "oui", attached(`Content-Disposition: attachment; filename="C:\\\\Users\\\\a\\\\fiche.xlsx"`)),
			"fiche.xlsx", "oui"},
		"passed on as an attachment": {multipart([]string{"From: Accueil <accueil@ville.example>", "Date: Thu, 04 Mar 2027 10:00:00 +0100"}, "Pour vous",
			[]string{"Content-Type: message/rfc822", "", inner}), "fiche.xlsx", "Voici nos corrections.\n\nPour vous"},
		"wrapped up by Exchange": {multipart(from, "Voici", []string{"Content-Type: application/ms-tnef; name=winmail.dat",
			"Content-Transfer-Encoding: base64", "Content-Disposition: attachment; filename=winmail.dat", "",
			base64.StdEncoding.EncodeToString(tnef("Fiche à jour.xlsx", workbook))}), "Fiche à jour.xlsx", "Voici"},
	} {
		l, err := ReadLetter("x.eml", x.data)
		if err != nil || len(l.Attachments) != 1 {
			t.Errorf("%s: %+v, %v", name, l, err)
			continue
		}
		a := l.Attachments[0]
		if a.Name != x.file || string(a.Data) != string(workbook) || l.Text != x.text || l.From != "aicha@ville.example" ||
			l.FromName != "Aïcha Diop" || l.Automatic || l.Bounces != nil {
			t.Errorf("%s: %q, text %q, from %s <%s>, %q", name, a.Name, l.Text, l.FromName, l.From, a.Data)
		}
	}
}

// tnef wraps a file up as Exchange does: a short title, the whole name beside.
func tnef(name string, data []byte) []byte {
	out := []byte{0x78, 0x9F, 0x3E, 0x22, 1, 0}
	add := func(id uint16, value []byte) {
		out = append(append(append(out, 2, byte(id), byte(id>>8), 2, 0), le32(len(value))...), value...)
		out = append(out, 0, 0)
	}
	add(0x9002, make([]byte, 14))
	add(0x8010, []byte("FICHE~1.XLS\x00"))
	add(0x800F, data)
	long := utf16Bytes(name + "\x00")
	add(0x9005, append(append([]byte{1, 0, 0, 0, 0x1F, 0, 0x07, 0x37, 1, 0, 0, 0}, le32(len(long))...), long...))
	return out
}

func le32(n int) []byte { return []byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)} }

func utf16Bytes(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

// TestNobodyWroteThis tells answers of programs from those of people.
func TestNobodyWroteThis(t *testing.T) {
	for _, head := range []string{"Auto-Submitted: auto-replied", "Subject: Réponse automatique : votre fiche", "Subject: =?UTF-8?Q?Absence_du_bureau_:?= fiche",
		"Subject: Automatic reply: fiche", "Subject: Out of office: fiche", "Precedence: auto_reply", "X-Autoreply: yes",
		"Subject: Lu : votre fiche", "Subject: Respuesta automática: ficha"} {
		l, err := ReadLetter("x.eml", raw("From: a@ville.example", head, "Content-Type: text/plain; charset=utf-8", "", "Je suis absente."))
		if err != nil || !l.Automatic || l.Bounces != nil {
			t.Errorf("%q: %+v, %v", head, l, err)
		}
	}
	for _, head := range []string{"Auto-Submitted: no", "Subject: RE: Réponse automatique", "Subject: Absences à signaler", "Subject: Lue et approuvée"} {
		if l, err := ReadLetter("x.eml", raw("From: a@ville.example", head, "", "Oui.")); err != nil || l.Automatic {
			t.Errorf("%q: taken for a program's (%v)", head, err)
		}
	}
}

// TestNoticesOfFailure reads what servers say of a message that did not arrive;
// each kind as one of them writes it.
func TestNoticesOfFailure(t *testing.T) {
	report := func(status string) []byte {
		return raw("From: Mail Delivery System <MAILER-DAEMON@mx.example>", "Subject: Undelivered Mail Returned to Sender",
			"Auto-Submitted: auto-replied", "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "",
			"--b", "Content-Type: text/plain", "", "sorry", "--b", "Content-Type: message/delivery-status", "",
			"Reporting-MTA: dns; mx.example", "", status, "", "--b", "Content-Type: text/rfc822-headers", "", "Message-ID: <repertoire.1@cuf.example>",
			"", "--b--")
	}
	plain := func(from, subject, text string) []byte {
		return raw("From: "+from, "Subject: "+subject, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", text)
	}
	failed := "[{agent@ville.example "
	for name, x := range map[string]struct {
		data []byte
		want string // how the bounces begin; "" for none
		ends string
	}{
		"a report": {report("Final-Recipient: rfc822; agent@ville.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 inconnu"),
			failed + "550 inconnu repertoire.1@cuf.example", "false}]"},
		"two in a report": {report("Final-Recipient: rfc822;a@ville.example\r\nAction: failed\r\n\r\nFinal-Recipient: rfc822;b@ville.example\r\nAction: failed"),
			"[{a@ville.example  repertoire.1@cuf.example false} {b@ville.example", "false}]"},
		"badly written": {report("Final-Recipient : rfc822;agent@ville.example\r\nStatus : 5.0.0\r\nDiagnostic-Code : smtp;550-non\r\n550 vraiment pas"),
			failed + "550-non 550 vraiment pas", "false}]"},
		"passed on":   {report("Original-Recipient: rfc822;agent@ville.example\r\nFinal-Recipient: rfc822;boite@autre.example\r\nAction: failed"), failed, "false}]"},
		"late":        {report("Final-Recipient: rfc822; agent@ville.example\r\nAction: delayed\r\nStatus: 4.4.1"), failed + "4.4.1", "true}]"},
		"it arrived":  {report("Final-Recipient: rfc822; agent@ville.example\r\nAction: delivered\r\nStatus: 2.0.0"), "", ""},
		"qmail":       {plain("MAILER-DAEMON@mx.example", "failure notice", "Hi. This is the qmail-send program.\r\n\r\n<agent@ville.example>:\r\nSorry, no mailbox here by that name. (#5.1.1)"), failed, "false}]"},
		"Exim":        {plain("Mail Delivery System <Mailer-Daemon@mx.example>", "Mail delivery failed: returning message to sender", "The following address failed:\r\n\r\n  agent@ville.example\r\n    550 5.1.1 no such user\r\n\r\nMessage-ID: <x@cuf.example>\r\nFrom: Autre <autre@cuf.example>"), failed + "550 5.1.1 no such user x@cuf.example", "false}]"},
		"in French":   {plain("postmaster@mairie.example", "Non remis : votre fiche", "Votre message n’a pas pu être remis à agent@ville.example."), failed, "false}]"},
		"no address":  {plain("MAILER-DAEMON@mx.example", "Undeliverable", "Mailbox full.\r\n\r\nMessage-ID: <repertoire.1@cuf.example>"), "[{ Undeliverable repertoire.1@cuf.example", "false}]"},
		"a person's":  {plain("Agent <agent@ville.example>", "Undeliverable parcels", "We return the parcels to agent@ville.example."), "", ""},
		"late, Exim":  {plain("Mailer-Daemon@mx.example", "Warning: message delayed 24 hours", "could not be delivered yet to agent@ville.example"), failed, "true}]"},
		"success, no": {plain("postmaster@mx.example", "Delivered: fiche", "Your message was delivered to agent@ville.example"), "", ""},
	} {
		l, err := ReadLetter("x.eml", x.data)
		got := fmt.Sprint(l.Bounces)
		if l.Bounces == nil {
			got = ""
		}
		if err != nil || !strings.HasPrefix(got, x.want) || !strings.HasSuffix(got, x.ends) || x.want == "" && got != "" {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}

func FuzzReadLetter(f *testing.F) {
	f.Add(raw("From: a@b.example", "", "oui"))
	f.Add(outlook(outlookMessage{"Oui", "Aïcha", "a@b.example", "Re", "fiche.xlsx", workbook, ""}))
	f.Add(tnef("x.xlsx", workbook))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = ReadLetter("x", data)
		_ = unwrapped(data)
	})
}
