package post

import (
	"bytes"
	"net/mail"
	"regexp"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"

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
	Address string
	Reason  string
	// Message is the Message-ID of what came back, "" when the notice hides it.
	Message string
	// Passing tells that the server goes on trying.
	Passing bool
}

// maxAttachments bounds what one letter brings.
const maxAttachments = 50

// ReadLetter reads a message kept as a file (.eml).
func ReadLetter(name string, data []byte) (Letter, error) {
	env, err := enmime.ReadEnvelope(bytes.NewReader(data))
	if err != nil || len(env.GetHeaderKeys()) == 0 {
		return Letter{}, repertoire.Damage(name, err,
			"Le fichier « %s » n’est pas un message lisible : il reste où il est. Enregistrez-le de nouveau depuis votre messagerie, au format .eml.", name)
	}
	l := Letter{Subject: env.GetHeader("Subject")}
	if list, err := env.AddressList("From"); err == nil && len(list) > 0 {
		l.FromName, l.From = list[0].Name, list[0].Address
	}
	if at, err := mail.ParseDate(env.GetHeader("Date")); err == nil {
		l.At = at
	}
	text := env.Text
	l.Text = own(text)
	for _, parts := range [][]*enmime.Part{env.Attachments, env.Inlines, env.OtherParts} {
		for _, p := range parts {
			if p.FileName == "" || len(l.Attachments) >= maxAttachments {
				continue
			}
			l.Attachments = append(l.Attachments, Attachment{p.FileName, p.ContentType, p.Content})
		}
	}
	for _, g := range messageRef.FindAllStringSubmatch(env.GetHeader("References")+" "+env.GetHeader("In-Reply-To"), -1) {
		l.Answers = append(l.Answers, g[1])
	}
	auto := strings.ToLower(env.GetHeader("Auto-Submitted"))
	l.Automatic = auto != "" && auto != "no"
	l.Bounces = bounces(env, text)
	return l, nil
}

var (
	quoted     = regexp.MustCompile(`(?m)^\s*(?:>|-{2,}\s*(?:Message d’origine|Message d'origine|Original Message|Mensaje original|Mensagem original)|_{10,}|(?:Le|On|El|Em) .{5,120}(?:a écrit|wrote|escribió|escreveu)\s?:|De ?: .*@|From: .*@)`)
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
