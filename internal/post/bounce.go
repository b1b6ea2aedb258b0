package post

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// bounces reads a notice of failure (RFC 3464); of servers that write none, the
// words they use.
func bounces(env *enmime.Envelope, text string) []Bounce {
	var out []Bounce
	message, arrived := "", false
	if env.Root != nil {
		env.Root.DepthMatchAll(func(p *enmime.Part) bool {
			switch p.ContentType {
			case "message/delivery-status", "message/global-delivery-status":
				list, good := statuses(p.Content)
				out, arrived = append(out, list...), arrived || good
			case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
				message = messageID(p.Content)
			}
			return false
		})
	}
	if message == "" {
		message = messageID([]byte(text))
	}
	if out == nil && !arrived {
		out = plainBounces(env.GetHeader, text, message)
	}
	for i := range out {
		out[i].Message = message
	}
	return out
}

// statuses reads the blocks of a delivery status; arrived tells that it says of
// somebody that the message reached them.
func statuses(content []byte) (out []Bounce, arrived bool) {
	for block := range strings.SplitSeq(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n\n") {
		h := fieldsOf(block)
		address := after(h["original-recipient"])
		if address == "" {
			address = after(h["final-recipient"])
		}
		if address == "" {
			continue
		}
		action := strings.ToLower(h["action"])
		if action == "" && strings.HasPrefix(h["status"], "5") {
			action = "failed"
		}
		switch action {
		case "failed", "delayed":
			reason := after(h["diagnostic-code"])
			if reason == "" {
				reason = h["status"]
			}
			out = append(out, Bounce{Address: address, Reason: oneLine(reason), Passing: action == "delayed"})
		case "delivered", "relayed", "expanded":
			arrived = true
		}
	}
	return out, arrived
}

// fieldsOf reads « Name : value » lines, each with those after it that are none:
// servers write worse than the rules allow.
func fieldsOf(block string) map[string]string {
	out := map[string]string{}
	last := ""
	for line := range strings.SplitSeq(block, "\n") {
		name, value, ok := strings.Cut(line, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		if ok && name != "" && !strings.ContainsAny(name, " \t.,[]") && line[0] != ' ' && line[0] != '\t' {
			last = name
			out[last] = strings.TrimSpace(value)
		} else if more := strings.TrimSpace(line); last != "" && more != "" {
			out[last] += " " + more
		}
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
		`(?i)undeliver|did not reach|unable to deliver|delivery (?:status|failure|has failed)|returned mail|returning|non remis|non délivr|n’a pas pu être (?:remis|délivré)|n'a pas pu être (?:remis|délivré)|échec de (?:la )?(?:remise|distribution)|mail delivery failed|could not be delivered|wasn.t able to deliver|no se pudo entregar|não (?:foi )?entregue|failure notice`)
	passing = regexp.MustCompile(`(?i)delay|will (?:be retried|keep trying|continue)|retard|nouvelle tentative|still being retried`)
	// heads are where a notice begins to repeat the message that came back.
	heads = regexp.MustCompile(`(?im)^[ \t>]*(?:return-path|received|message-id|mime-version)\s?:`)
	code  = regexp.MustCompile(`(?m)^.*\b[45]\d\d[ -](?:[45]\.\d+\.\d+)?.*$`)
)

func messageID(content []byte) string {
	if g := idLine.FindSubmatch(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))); g != nil {
		return string(g[1])
	}
	return ""
}

// plainBounces reads a notice written for people only. Every address in it may
// be meant: who knows what was sent tells which one is.
func plainBounces(header func(string) string, text, message string) []Bounce {
	from, failed := strings.ToLower(header("From")), header("X-Failed-Recipients")
	daemon := strings.Contains(from, "mailer-daemon") || strings.Contains(from, "postmaster") || failed != "" ||
		strings.Contains(from, "mail delivery s") || strings.TrimSpace(header("Return-Path")) == "<>"
	if !daemon || !refused.MatchString(header("Subject")+"\n"+text) {
		return nil
	}
	said := text
	if at := heads.FindStringIndex(text); at != nil {
		said = text[:at[0]]
	}
	b := Bounce{Reason: oneLine(header("Subject")), Passing: passing.MatchString(header("Subject"))}
	if line := code.FindString(said); line != "" {
		b.Reason = oneLine(line)
	}
	if failed != "" {
		said = failed
	}
	var out []Bounce
	for _, found := range address.FindAllString(said, -1) {
		if strings.Contains(from, strings.ToLower(found)) || slices.ContainsFunc(out, func(x Bounce) bool { return x.Address == found }) {
			continue
		}
		b.Address = found
		out = append(out, b)
	}
	if out == nil && message != "" {
		out = []Bounce{{Reason: b.Reason, Passing: b.Passing}}
	}
	return out
}
