package post

import (
	"bufio"
	"bytes"
	"net/textproto"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// bounces reads a notice of failure (RFC 3464); of servers that write none, the
// words they use.
func bounces(env *enmime.Envelope, text string) []Bounce {
	var out []Bounce
	message := ""
	if env.Root != nil {
		env.Root.DepthMatchAll(func(p *enmime.Part) bool {
			switch p.ContentType {
			case "message/delivery-status":
				out = append(out, statuses(p.Content)...)
			case "message/rfc822", "text/rfc822-headers", "message/global-headers":
				message = messageID(p.Content)
			}
			return false
		})
	}
	if out == nil {
		out = plainBounces(env, text)
	}
	if message == "" && out != nil {
		message = messageID([]byte(text))
	}
	for i := range out {
		out[i].Message = message
	}
	return out
}

// statuses reads the blocks of a delivery status.
func statuses(content []byte) []Bounce {
	var out []Bounce
	for block := range strings.SplitSeq(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n\n") {
		r := textproto.NewReader(bufio.NewReader(strings.NewReader(strings.TrimLeft(block, "\n") + "\n\n")))
		h, _ := r.ReadMIMEHeader()
		address := after(h.Get("Final-Recipient"))
		if original := after(h.Get("Original-Recipient")); original != "" {
			address = original
		}
		if address == "" {
			continue
		}
		action := strings.ToLower(strings.TrimSpace(h.Get("Action")))
		if action != "failed" && action != "delayed" {
			continue // delivered, relayed, expanded
		}
		reason := after(h.Get("Diagnostic-Code"))
		if reason == "" {
			reason = h.Get("Status")
		}
		out = append(out, Bounce{Address: address, Reason: oneLine(reason), Passing: action == "delayed"})
	}
	return out
}

// after gives what follows the type in « rfc822; somebody@place ».
func after(s string) string {
	if _, rest, ok := strings.Cut(s, ";"); ok {
		s = rest
	}
	return strings.Trim(strings.TrimSpace(s), "<>")
}

var (
	idLine  = regexp.MustCompile(`(?im)^message-id:\s*<([^>\s]+)>`)
	address = regexp.MustCompile(`[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}`)
	refused = regexp.MustCompile(
		`(?i)undeliver|delivery (?:status|failure|has failed)|returned mail|non remis|échec de (?:la )?remise|mail delivery failed|no se pudo entregar|não (?:foi )?entregue|failure notice`)
)

func messageID(content []byte) string {
	if g := idLine.FindSubmatch(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))); g != nil {
		return string(g[1])
	}
	return ""
}

// plainBounces reads a notice written for people only.
func plainBounces(env *enmime.Envelope, text string) []Bounce {
	from := strings.ToLower(env.GetHeader("From"))
	daemon := strings.Contains(from, "mailer-daemon") || strings.Contains(from, "postmaster") || env.GetHeader("X-Failed-Recipients") != ""
	if !daemon || !refused.MatchString(env.GetHeader("Subject")+"\n"+text) {
		return nil
	}
	named := env.GetHeader("X-Failed-Recipients")
	if named == "" {
		named = text
	}
	found := address.FindString(named)
	if found == "" {
		return nil
	}
	reason := ""
	for line := range strings.SplitSeq(text, "\n") {
		if l := strings.TrimSpace(line); len(l) > 4 && l[0] >= '4' && l[0] <= '5' && l[1] >= '0' && l[1] <= '9' {
			reason = l
			break
		}
	}
	if reason == "" {
		reason = oneLine(env.GetHeader("Subject"))
	}
	return []Bounce{{Address: found, Reason: reason}}
}
