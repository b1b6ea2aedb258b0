package post

import (
	"bytes"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"repertoire/internal/repertoire"
)

// Attachment is a file of a message.
type Attachment struct {
	Name string
	Type string // MIME
	Data []byte
}

// Message is a message to one person.
type Message struct {
	FromName, From string
	ToName, To     string
	Subject, Text  string
	ID             string // Message-ID, without brackets
	At             time.Time
	Attachments    []Attachment
	// Draft marks it as not sent: mail programs open it for writing. From may then
	// be empty: the program writes its own.
	Draft bool
}

// Write makes the bytes of a message, the same for the same message.
func (m Message) Write() ([]byte, error) {
	var out bytes.Buffer
	msg, err := m.compose()
	if err == nil {
		_, err = msg.WriteTo(&out)
	}
	if err != nil {
		return nil, repertoire.Fault(err, "Le message à « %s » n’a pas pu être écrit : vérifiez son adresse et celle de l’expéditeur.",
			m.To)
	}
	return out.Bytes(), nil
}

func (m Message) compose() (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if m.From != "" || !m.Draft {
		if err := msg.FromFormat(oneLine(m.FromName), m.From); err != nil {
			return nil, err
		}
	}
	if err := msg.AddToFormat(oneLine(m.ToName), m.To); err != nil {
		return nil, err
	}
	msg.Subject(oneLine(m.Subject))
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID)
	if m.Draft {
		msg.SetGenHeader("X-Unsent", "1")
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	msg.SetBoundary("repertoire-" + strings.NewReplacer("@", "-", ".", "-").Replace(m.ID))
	for _, a := range m.Attachments {
		if err := msg.AttachReader(a.Name, bytes.NewReader(a.Data), mail.WithFileContentType(mail.ContentType(a.Type))); err != nil {
			return nil, err
		}
	}
	return msg, nil
}

// oneLine keeps line ends out of headings.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
