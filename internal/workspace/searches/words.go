package searches

import (
	"os"
	"path/filepath"

	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/search"
)

// Completion is a way to finish what is typed in the search box: Text goes in
// place of the bytes From to To of the query.
type Completion struct {
	Text  string `json:"text"`
	Label string `json:"label"`
	From  int    `json:"from"`
	To    int    `json:"to"`
	Count int    `json:"count"` // partnerships that have the value, 0 for a field's name
}

// Complete offers names of fields and values for the word that ends at byte
// at of text; nothing while the index is being made.
func (room *Room) Complete(text string, at int) []Completion {
	var out []Completion
	for _, c := range room.base.Index.Index.Complete(text, at) {
		out = append(out, Completion{Text: c.Text, Label: c.Label, From: c.From, To: c.To, Count: c.Count})
	}
	return out
}

// synonymsFile is the workspace's own list of related words, in the place of
// the program's when it is there.
const synonymsFile = "mots-voisins.txt"

// RelatedWords gives the list of related words in use, to be edited.
func (room *Room) RelatedWords() string {
	if own, err := os.ReadFile(filepath.Join(room.base.Dir(), synonymsFile)); err == nil {
		return string(own)
	}
	return search.DefaultSynonyms()
}

// SetRelatedWords keeps another list and uses it from the next search on.
// Lines that say nothing are told in problems and passed over.
func (room *Room) SetRelatedWords(text string) (problems []string, err error) {
	if room.base.ReadOnly() {
		return nil, repertoire.Refuse("Le dossier est ouvert en lecture seule : la liste n’a pas été changée.")
	}
	s, problems := search.ParseSynonyms(text)
	if err := pdf.Save(filepath.Join(room.base.Dir(), synonymsFile), []byte(text)); err != nil {
		return problems, err
	}
	room.base.Index.Index.SetSynonyms(s)
	return problems, nil
}

// useRelatedWords puts the workspace's own list in use, when it has one.
func (room *Room) useRelatedWords() {
	own, err := os.ReadFile(filepath.Join(room.base.Dir(), synonymsFile))
	if err != nil {
		return
	}
	s, _ := search.ParseSynonyms(string(own))
	room.base.Index.Index.SetSynonyms(s)
}
