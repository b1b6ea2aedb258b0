package data

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/speedata/hyphenation"

	"repertoire/internal/repertoire"
)

func TestProfiles(t *testing.T) {
	for name, space := range map[string]string{"FOGRA39L_coated": "CMYK", "sRGB": "RGB "} {
		raw, err := Profile(name)
		if err != nil {
			t.Fatal(err)
		}
		// ICC.1, clause 7.2: size, signature, space of the device.
		if int(binary.BigEndian.Uint32(raw)) != len(raw) || string(raw[36:40]) != "acsp" || string(raw[16:20]) != space {
			t.Errorf("%s: %d bytes, %q, %q", name, len(raw), raw[36:40], raw[16:20])
		}
	}
	if _, err := Profile("inconnu"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("%v", err)
	}
	if !strings.Contains(Credits(), "Licence Ouverte") {
		t.Error("the credits are not inside")
	}
}

// TestFrenchHyphenation pins words whose patterns begin at the word's edge: a
// list shifted by a letter breaks them.
func TestFrenchHyphenation(t *testing.T) {
	var patterns strings.Builder
	for line := range strings.Lines(FrenchHyphenation()) {
		if !strings.HasPrefix(line, "%") {
			patterns.WriteString(line)
		}
	}
	lang, err := hyphenation.New(strings.NewReader(patterns.String()))
	if err != nil {
		t.Fatal(err)
	}
	lang.Leftmin, lang.Rightmin = 1, 3 // the library counts the left side from 0
	for word, want := range map[string]string{
		"partenariat": "par-te-na-riat", "intercommunalité": "in-ter-com-mu-na-lité", "coopération": "co-opé-ra-tion",
		"agnat": "ag-nat", "diagnostic": "diag-nos-tic", "antennes": "an-tennes",
		"antiaérien": "an-ti-aé-rien", "subalpin": "sub-al-pin", "interurbain": "in-ter-ur-bain",
	} {
		runes, last, out := []rune(word), 0, []string{}
		for _, at := range lang.Hyphenate(word) {
			out = append(out, string(runes[last:at]))
			last = at
		}
		if got := strings.Join(append(out, string(runes[last:])), "-"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
