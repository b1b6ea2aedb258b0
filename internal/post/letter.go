package post

import (
	"bytes"
	"mime"
	"net/mail"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
	"golang.org/x/text/encoding/htmlindex"

	"repertoire/internal/repertoire"
)

// Letter is a message that came in.
type Letter struct {
	FromName, From string
	Subject        string
	At             time.Time // zero when it does not say
	Text           string    // what the person wrote, without what is quoted below
	Attachments    []Attachment
	// Bounces are the addresses that a notice of failure names; nil for letters.
	Bounces []Bounce
	// Answers are the Message-IDs that it answers, the nearest last.
	Answers []string
	// Automatic tells an answer that no person wrote (absence, receipt).
	Automatic bool
}

// Bounce is one address of a notice that a message was not delivered.
type Bounce struct {
	Address string // "" when the notice names none and Message tells
	Reason  string
	// Message is the Message-ID of what came back, "" when the notice hides it.
	Message string
	// Passing tells that the server goes on trying.
	Passing bool
}

const (
	// maxAttachments bounds what one letter brings.
	maxAttachments = 50
	// deepest is how deep messages are attached to messages.
	deepest = 3
)

// ReadLetter reads a message kept as a file: of the Internet (.eml), or of
// Outlook (.msg).
func ReadLetter(name string, data []byte) (Letter, error) {
	if IsOutlook(data) {
		return readOutlook(name, data)
	}
	return readMessage(name, data, 0)
}

func readMessage(name string, data []byte, depth int) (Letter, error) {
	env, err := enmime.ReadEnvelope(bytes.NewReader(data))
	if err != nil || len(env.GetHeaderKeys()) == 0 {
		return Letter{}, unreadable(name, err)
	}
	l := Letter{Subject: env.GetHeader("Subject")}
	if list, err := env.AddressList("From"); err == nil && len(list) > 0 {
		l.FromName, l.From = list[0].Name, list[0].Address
	}
	if at, err := mail.ParseDate(env.GetHeader("Date")); err == nil {
		l.At = at
	}
	l.Text = own(env.Text)
	l.Answers = messageRefs(env.GetHeader("References") + " " + env.GetHeader("In-Reply-To"))
	l.Bounces = bounces(env, env.Text)
	l.Automatic = l.Bounces == nil && automatic(env.GetHeader, env.Root)
	var inside []*enmime.Part
	for _, parts := range [][]*enmime.Part{env.Attachments, env.Inlines, env.OtherParts} {
		for _, p := range parts {
			if p.ContentType == "message/rfc822" {
				inside = append(inside, p)
				continue
			}
			l.attach(nameOf(p), p.ContentType, p.Content)
		}
	}
	if l.Bounces == nil && !l.Automatic && depth < deepest {
		for _, p := range inside {
			if x, err := readMessage(name, p.Content, depth+1); err == nil {
				l.carry(&x)
			}
		}
	}
	return l, nil
}

func unreadable(name string, err error) error {
	return repertoire.Damage(name, err,
		"Le fichier « %s » n’est pas un message lisible : il reste où il est. Enregistrez-le de nouveau depuis votre messagerie, au format .eml.", name)
}

// carry takes a letter that was passed on inside this one: where it brings the
// files, it is its writer who answers.
func (l *Letter) carry(x *Letter) {
	if len(x.Attachments) > 0 && len(l.Attachments) == 0 {
		l.From, l.FromName, l.At = x.From, x.FromName, x.At
		l.Text = strings.TrimSpace(x.Text + "\n\n" + l.Text)
	}
	l.Answers = append(x.Answers, l.Answers...)
	l.Attachments = append(l.Attachments, x.Attachments[:min(len(x.Attachments), max(maxAttachments-len(l.Attachments), 0))]...)
}

// attach takes a file of the letter; what Outlook wrapped up is unwrapped, and a
// file without a name takes one of its kind.
func (l *Letter) attach(name, kind string, data []byte) {
	if len(data) == 0 || len(l.Attachments) >= maxAttachments {
		return
	}
	if kind == "application/ms-tnef" || strings.EqualFold(name, "winmail.dat") {
		if list := unwrapped(data); len(list) > 0 {
			for _, a := range list {
				l.attach(a.Name, a.Type, a.Data)
			}
			return
		}
	}
	if name == "" {
		ending := map[string]string{"application/pdf": ".pdf", "application/zip": ".zip", "application/vnd.ms-excel": ".xls",
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
			"application/vnd.oasis.opendocument.spreadsheet":                    ".ods"}[kind]
		if ending == "" {
			return // a part of the text
		}
		name = "sans nom" + ending
	}
	l.Attachments = append(l.Attachments, Attachment{filepath.Base(strings.ReplaceAll(name, `\`, "/")), kind, data})
}

// nameOf gives the name of a part's file; those that RFC 2231 writes in another
// alphabet than UTF-8 are read here.
func nameOf(p *enmime.Part) string {
	if p.FileName != "" {
		return p.FileName
	}
	g := foreignName.FindStringSubmatch(p.Header.Get("Content-Disposition") + ";" + p.Header.Get("Content-Type"))
	if g == nil {
		return ""
	}
	raw, err := url.PathUnescape(g[2])
	enc, known := htmlindex.Get(g[1])
	if err != nil || known != nil {
		return ""
	}
	name, err := enc.NewDecoder().String(raw)
	if err != nil {
		return ""
	}
	return name
}

var foreignName = regexp.MustCompile(`(?i)(?:file)?name\*(?:0\*)?\s*=\s*"?([\w-]+)'[\w-]*'([^;"\s]+)`)

func messageRefs(text string) []string {
	var out []string
	for _, g := range messageRef.FindAllStringSubmatch(text, -1) {
		out = append(out, g[1])
	}
	return out
}

// automatic tells what no person wrote: by RFC 3834, by what programs said
// before it and by the words of subjects.
func automatic(header func(string) string, root *enmime.Part) bool {
	auto := strings.ToLower(strings.TrimSpace(header("Auto-Submitted")))
	switch precedence := strings.ToLower(header("Precedence")); {
	case auto != "" && auto != "no", precedence == "auto_reply", strings.HasPrefix(strings.ToLower(header("X-Autoreply")), "yes"),
		header("X-Autorespond") != "", header("X-Autoresponder") != "",
		away.MatchString(strings.TrimSpace(header("Subject"))):
		return true
	}
	return root != nil && root.BreadthMatchFirst(func(p *enmime.Part) bool {
		return p.ContentType == "message/disposition-notification" || p.ContentType == "message/delivery-status"
	}) != nil
}

var (
	away = regexp.MustCompile(`(?i)^(?:réponse automatique|absence(?: du bureau)?\s?:|message d.absence|automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|respuesta autom[aá]tica|fuera de la oficina|resposta autom[aá]tica|lu\s?:|read\s?:|accusé de (?:réception|lecture))`)
	// quoted finds where a program begins to quote what is answered: its line
	// before the quotation, which long addresses break, or the heads it repeats.
	quoted     = regexp.MustCompile(`(?m)^[ \t]*(?:>|-{2,}\s*(?:Message d[’']origine|Message transféré|Original Message|Forwarded message|Mensaje original|Mensagem original)|_{10,}|(?:Le|On|El|Em)\s[^\n]{5,160}(?:\n[^\n]{0,120})?(?:a écrit|wrote|escribió|escreveu)\s?:|(?:\*?(?:De|From)\*?\s?:)[^\n]*(?:@|\n[ \t]*\*?(?:Envoyé|Sent|Enviado|Date|Fecha|Data|À|To|Para)\*?\s?:))`)
	messageRef = regexp.MustCompile(`<([^<>\s]+)>`)
	blanks     = regexp.MustCompile(`\n{3,}`)
)

// own gives what stands above the quotation.
func own(text string) string {
	text = repertoire.Clean(text)
	if at := quoted.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	return strings.TrimSpace(blanks.ReplaceAllString(text, "\n\n"))
}

// decoded reads an encoded heading (RFC 2047).
func decoded(s string) string {
	if out, err := new(mime.WordDecoder).DecodeHeader(s); err == nil {
		return out
	}
	return s
}
