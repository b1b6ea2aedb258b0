package help

import (
	"math"
	"strings"
	"unicode"

	"repertoire/app/i18n"
	"repertoire/internal/repertoire"

	guide "repertoire/assets/help"
)

// Read gives the chapters in a language: French, or their English twins.
func Read(l i18n.Language) []Chapter {
	read := guide.Chapter
	if l == i18n.English {
		read = guide.English
	}
	var out []Chapter
	for _, file := range guide.Chapters() {
		if source, err := read(file); err == nil {
			out = append(out, ReadChapter(file, source))
		}
	}
	return out
}

// news is the chapter that tells of all subjects: it answers no question.
const news = "nouveautes"

// About finds the section that tells most of a sentence, such as that of a
// refusal: words count the more, the fewer sections have them, and those of a
// title twice. Not ok: nothing in the guide is near enough.
func About(chapters []Chapter, sentence string) (chapter, section int, ok bool) {
	type place struct{ chapter, section int }
	holds, titled := map[string]map[place]bool{}, map[place]map[string]bool{}
	sections := 0
	for i, c := range chapters {
		if c.ID == news {
			continue
		}
		for j, s := range c.Sections {
			sections++
			at := place{i, j}
			titled[at] = stems(c.Title + " " + s.Title)
			for w := range stems(c.Title + " " + s.Title + " " + s.plain()) {
				if holds[w] == nil {
					holds[w] = map[place]bool{}
				}
				holds[w][at] = true
			}
		}
	}
	score, words := map[place]float64{}, map[place]int{}
	for w := range stems(sentence) {
		weight := math.Log(float64(sections) / float64(max(1, len(holds[w]))))
		for at := range holds[w] {
			words[at]++
			score[at] += weight
			if titled[at][w] {
				score[at] += weight
			}
		}
	}
	best, most := place{}, 0.0
	for i, c := range chapters { // in the order of the guide, so that equals give the same
		for j := range c.Sections {
			if at := (place{i, j}); words[at] >= 2 && score[at] > most {
				best, most = at, score[at]
			}
		}
	}
	return best.chapter, best.section, most >= near
}

// near is the score from which a section is about a sentence: two rare words,
// one of them in the title.
const near = 6

// stems are the words of a text that say what it is about: long ones, folded,
// without their ends, so that "sauvegardes" is "sauvegarde" and "restauré"
// "restaurer".
func stems(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(repertoire.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if r := []rune(w); len(r) >= 5 && !empty[w] {
			out[string(r[:min(len(r), 7)])] = true
		}
	}
	return out
}

// empty words are in many refusals and say nothing of their subject.
var empty = map[string]bool{"programme": true, "choisissez": true, "essayez": true, "ouvert": true, "ouverte": true, "autre": true,
	"encore": true,
	"aucune": true, "avant": true, "apres": true, "toujours": true, "trouve": true, "verifiez": true, "fichier": true, "dossier": true,
	"possible": true,
	"rester":   true, "restee": true, "donnez": true, "nouveau": true, "celui": true, "depuis": true, "cette": true, "cause": true,
	"comme": true}
