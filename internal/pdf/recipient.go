package pdf

import (
	"strings"
	"unicode/utf8"

	"repertoire/internal/layout"
)

// recipientSize is the size of the line at the foot, in points.
const recipientSize = 6.5

// RecipientWords says whose copy it is: "Exemplaire de la mairie de Lille".
func RecipientWords(name string) string { return "Exemplaire " + of(name) }

// recipientLine sets "Exemplaire de …" centred at the foot of the page, in
// the font of the book that has most of its characters. The font is listed
// once more for it, so that the subsets of the book do not change.
func recipientLine(p *layout.Pages, name string) (*layout.Glyphs, []*layout.Font) {
	text := RecipientWords(name)
	var font *layout.Font
	best := -1
	for _, f := range p.Fonts {
		n := 0
		for _, r := range text {
			if f.Has(r) {
				n += 2
			}
		}
		if strings.HasSuffix(f.Name, "-Regular") {
			n++ // a quiet letter, where there is the choice
		}
		if n > best {
			font, best = f, n
		}
	}
	if font == nil {
		return nil, p.Fonts
	}
	g := &layout.Glyphs{Font: len(p.Fonts), Size: recipientSize, Text: text, Fill: layout.Color{K: 60, R: 110, G: 110, B: 110}}
	g.Run = oneLine(font, text, recipientSize)
	g.X, g.Y = (p.Size.W-widthOf(g.Run))/2, p.Size.H-4*millimetre
	return g, append(append([]*layout.Font(nil), p.Fonts...), font)
}

// of puts the preposition before a name: "de la mairie de Lille", "du Havre",
// "d’Agen". A name that brings its own keeps it.
func of(name string) string {
	name = strings.ReplaceAll(strings.TrimSpace(name), "'", "’")
	for _, own := range []string{"de ", "du ", "des ", "d’"} {
		if strings.HasPrefix(name, own) {
			return name
		}
	}
	for article, joined := range map[string]string{"Le ": "du ", "le ": "du ", "Les ": "des ", "les ": "des "} {
		if rest, ok := strings.CutPrefix(name, article); ok {
			return joined + rest
		}
	}
	if noun, _, found := strings.Cut(name, " "); found {
		for joined, nouns := range map[string]string{
			"de la ": " mairie ville commune région communauté métropole collectivité préfecture bibliothèque délégation ",
			"du ":    " département conseil syndicat ministère comité consulat service cabinet ",
			"de l’":  " ambassade agence association union université institut ",
		} {
			if strings.Contains(nouns, " "+strings.ToLower(noun)+" ") {
				return joined + name
			}
		}
	}
	first, _ := utf8.DecodeRuneInString(name)
	if strings.ContainsRune("AÀÂEÉÈÊIÎOÔUÛYŒÆaàâeéèêiîoôuûyœæ", first) {
		return "d’" + name
	}
	return "de " + name
}
