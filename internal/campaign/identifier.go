package campaign

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"repertoire/internal/repertoire"
)

// The identifier of a questionnaire is printed, hidden and typed over: letters
// without 0, 1, I, L and O, in fours. It names the questionnaire and signs its
// campaign, partnership and number (HMAC-SHA256, cut to ten bytes as RFC 2104
// allows): nobody makes one without the campaign's key.
const (
	mark    = "RQ1"
	macSize = 10
)

var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// looks finds an identifier in any text, whatever breaks the lines made in it.
var looks = regexp.MustCompile(mark + `(?:[\s\-‐‑–]*[0-9A-HJKMNP-TV-Z]){42}`)

// NewKey makes the key of a campaign.
func NewKey() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails: crypto/rand
	return hex.EncodeToString(key)
}

func signature(key string, q *Questionnaire) []byte {
	secret, _ := hex.DecodeString(key)
	h := hmac.New(sha256.New, secret)
	fmt.Fprintf(h, "%s\n%s\n%s\n%s\n%d", mark, q.ID, q.Campaign, q.Partnership, q.Number)
	return h.Sum(nil)[:macSize]
}

// Identifier writes the signed identifier of a questionnaire.
func Identifier(key string, q *Questionnaire) string {
	id, err := uuid.Parse(string(q.ID))
	if err != nil {
		return ""
	}
	text := letters.EncodeToString(append(id[:], signature(key, q)...))
	var b strings.Builder
	b.WriteString(mark)
	for i := 0; i < len(text); i += 4 {
		b.WriteByte('-')
		b.WriteString(text[i:min(i+4, len(text))])
	}
	return b.String()
}

// Named reads which questionnaire an identifier names; false when the text is
// no identifier. Whether it is genuine only Genuine tells.
func Named(text string) (repertoire.ID, bool) {
	raw, ok := unwrapped(text)
	if !ok {
		return "", false
	}
	id, err := uuid.FromBytes(raw[:16])
	return repertoire.ID(id.String()), err == nil
}

// Genuine tells whether an identifier was made for that questionnaire.
func Genuine(key, text string, q *Questionnaire) bool {
	raw, ok := unwrapped(text)
	id, err := uuid.Parse(string(q.ID))
	return ok && err == nil && key != "" && bytes.Equal(raw[:16], id[:]) && hmac.Equal(raw[16:], signature(key, q))
}

// FindIdentifier looks for identifiers in a text, each once; one that was
// altered is found as well, for Genuine to refuse it.
func FindIdentifier(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range looks.FindAllString(text, -1) {
		if bare := bareLetters(s); !seen[bare] {
			seen[bare] = true
			out = append(out, s)
		}
	}
	return out
}

// bareLetters takes out what breaks an identifier into fours and lines.
func bareLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

func unwrapped(text string) ([]byte, bool) {
	s, ok := strings.CutPrefix(bareLetters(text), mark)
	if !ok {
		return nil, false
	}
	raw, err := letters.DecodeString(s)
	// The last letter has bits that say nothing: a changed one is no identifier of ours.
	return raw, err == nil && len(raw) == 16+macSize && letters.EncodeToString(raw) == s
}
