package web

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"repertoire/internal/repertoire"
)

// alphabet has no letter that reads as a figure or as another (Crockford's).
var alphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// code is the short name of a record in addresses. It comes from the record's ID
// alone: whatever is renamed, moved or added, an address stays what it was.
func code(id repertoire.ID, n int) string {
	sum := sha256.Sum256([]byte("web:" + string(id)))
	return alphabet.EncodeToString(sum[:])[:n]
}

const codeLength = 9 // 45 bits: one chance in a million that two of 8,000 meet

// codes names records; those whose short names meet take longer ones.
func codes(ids []repertoire.ID) map[repertoire.ID]string {
	holders := map[string]repertoire.ID{}
	out := map[repertoire.ID]string{}
	for _, id := range ids {
		if out[id] != "" {
			continue
		}
		short := code(id, codeLength)
		if other, taken := holders[short]; taken && other != id {
			out[id] = code(id, 2*codeLength)
			continue
		}
		holders[short], out[id] = id, short
	}
	return out
}

// slug writes a name as an address: "Hauts-de-France" gives "hauts-de-france".
func slug(name string) string {
	var b strings.Builder
	dash := false
	for _, r := range repertoire.Fold(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			dash = false
		} else {
			dash = true
		}
	}
	if b.Len() == 0 {
		return "x" + code(repertoire.ID(name), 6)
	}
	return b.String()
}

// The folders of the site.
const (
	entriesDir     = "fiches/"
	authoritiesDir = "collectivites/"
	lettersDir     = "lettres/"
	countriesDir   = "pays/"
	themesDir      = "thematiques/"
	regionsDir     = "regions/"
	assetsDir      = "ressources/"
	dataDir        = "donnees/"
	picturesDir    = "images/"
)
