package help

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"repertoire/app/i18n"
	guide "repertoire/assets/help"
)

var (
	commands  = regexp.MustCompile("`[^`]+`")
	shortcuts = regexp.MustCompile(`\*\*(?:Ctrl|Maj|Shift|F\d)[^*]*\*\*`)
)

// Each chapter has an English twin that tells the same: as many headings,
// points and paragraphs in each, the same pictures, commands and keys in the
// same order.
func TestTheGuideHasItsEnglishTwin(t *testing.T) {
	for _, file := range guide.Chapters() {
		french, err := guide.Chapter(file)
		if err != nil {
			t.Fatal(err)
		}
		english, err := guide.English(file)
		if err != nil {
			t.Errorf("%s has no English twin", file)
			continue
		}
		a, b := string(french), string(english)
		for what, count := range map[string]string{"headings": "\n## ", "points": "\n- ", "paragraphs": "\n\n"} {
			if strings.Count(a, count) != strings.Count(b, count) {
				t.Errorf("%s: %d %s in French, %d in English", file, strings.Count(a, count), what, strings.Count(b, count))
			}
		}
		if x, y := commands.FindAllString(a, -1), commands.FindAllString(b, -1); !slices.Equal(x, y) {
			t.Errorf("%s: commands differ:\n%q\n%q", file, x, y)
		}
		x, y := shortcuts.FindAllString(a, -1), shortcuts.FindAllString(b, -1)
		for i := range x {
			x[i] = strings.ReplaceAll(x[i], "Maj", "Shift")
		}
		if !slices.Equal(x, y) {
			t.Errorf("%s: keys differ:\n%q\n%q", file, x, y)
		}
		p, q := ReadChapter(file, french), ReadChapter(file, english)
		for i := range p.Sections {
			if i < len(q.Sections) && len(p.Sections[i].Blocks) != len(q.Sections[i].Blocks) {
				t.Errorf("%s: « %s » shows %d blocks, its twin %d", file, p.Sections[i].Title, len(p.Sections[i].Blocks),
					len(q.Sections[i].Blocks))
			}
		}
		if p.Title == q.Title && len(p.Title) > 12 {
			t.Errorf("%s is not translated", file)
		}
	}
}

// A refusal finds what the guide says of it; what the guide does not tell
// leads nowhere, and the chapter of the place is shown.
func TestARefusalFindsItsChapter(t *testing.T) {
	chapters := Read(i18n.French)
	for sentence, want := range map[string]string{
		"Le dossier de travail est en lecture seule : rien n’a été enregistré. Copiez-le à un endroit où vous pouvez écrire.":                                        "",
		"« livre.pdf » est ouvert dans un autre programme (Acrobat, Excel) : il n’a pas été remplacé. Fermez-le là-bas, ou choisissez un autre nom.":                 "installer",
		"La base est abîmée : rien n’a été modifié. Restaurez la dernière sauvegarde saine.":                                                                         "securite",
		"Ce n’est pas une sauvegarde de Répertoire : rien n’a été restauré.":                                                                                         "",
		"Le profil colorimétrique n’est pas celui d’une presse en quadrichromie (CMJN) : choisissez le profil donné par l’imprimeur ou FOGRA39. Rien n’a été écrit.": "imprimeur",
		"La feuille n’a pas de ligne de titres : choisissez la ligne des titres, ou une autre feuille du classeur.":                                                  "tableaux",
		"La fenêtre ne peut pas s’ouvrir sur ce poste : il y manque OpenGL 2.1, dont elle a besoin pour dessiner.":                                                   "administrer",
		"Le serveur PostgreSQL ne répond pas : rien n’a été partagé, vos fiches restent sur ce poste.":                                                               "administrer",
		"La facture a déjà été émise : elle ne change plus. Faites un avoir.":                                                                                        "commandes",
		"Xyzzy.": "",
	} {
		got := ""
		if chapter, section, ok := About(chapters, sentence); ok {
			got = chapters[chapter].ID
			t.Logf("%.50s… → %s › %s", sentence, got, chapters[chapter].Sections[section].Title)
		}
		if want != "" && got != want {
			t.Errorf("%q leads to %q, not %q", sentence, got, want)
		}
	}
	if _, _, ok := About(chapters, "Xyzzy."); ok {
		t.Error("nonsense leads somewhere")
	}
}
