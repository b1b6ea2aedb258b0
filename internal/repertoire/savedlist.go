package repertoire

import "strings"

// SavedList is a search kept under a name: the words as typed and the filters
// beside them. What it finds is found anew each time. Partnerships may also be
// put in or taken out by hand; a list may hold these alone.
type SavedList struct {
	ID         ID                  `json:"id"`
	Name       string              `json:"name"`
	Text       string              `json:"text,omitempty"`
	Directory  string              `json:"directory,omitempty"` // slug, "" for all
	Themes     []string            `json:"themes,omitempty"`
	Countries  []string            `json:"countries,omitempty"`
	Statuses   []string            `json:"statuses,omitempty"`
	Types      []string            `json:"types,omitempty"`
	Exclude    map[string][]string `json:"exclude,omitempty"` // values put aside, by facet
	Added      []ID                `json:"added,omitempty"`   // put in by hand, beside what the search finds
	Aside      []ID                `json:"aside,omitempty"`   // found, and taken out by hand
	Sort       string              `json:"sort,omitempty"`
	Descending bool                `json:"descending,omitempty"`
	Rank       int                 `json:"rank"` // order among the lists, from 0
	Version    int64               `json:"-"`
}

// maxListName is as much as a line of the left column is read for.
const maxListName = 80

// Record gives what the store keeps a list as.
func (l *SavedList) Record() (Aggregate, ID, string) {
	return AggList, l.ID, "Liste « " + l.Name + " »"
}

// Asks tells whether the list has a search of its own: one filled by hand alone
// has none.
func (l *SavedList) Asks() bool {
	return strings.TrimSpace(l.Text) != "" || l.Directory != "" ||
		len(l.Themes)+len(l.Countries)+len(l.Statuses)+len(l.Types)+len(l.Exclude) > 0
}

// ByHand tells whether somebody put partnerships in or took some out.
func (l *SavedList) ByHand() bool { return len(l.Added)+len(l.Aside) > 0 }

// Check refuses a list that would be a line without a name or a search for
// everything.
func (l SavedList) Check() (SavedList, error) {
	l.Name = strings.Join(strings.Fields(l.Name), " ")
	switch {
	case l.Name == "":
		return l, &Error{Kind: Refused, Field: "name", Message: "Il manque le nom de la liste. Rien n’a été enregistré."}
	case len([]rune(l.Name)) > maxListName:
		return l, &Error{Kind: Refused, Field: "name",
			Message: "Le nom de la liste est trop long : quatre-vingts lettres suffisent. Rien n’a été enregistré."}
	case !l.Asks() && len(l.Added) == 0:
		return l, &Error{Kind: Refused, Field: "text",
			Message: "Cette liste trouverait tout : tapez d’abord une recherche ou cochez un filtre. Rien n’a été enregistré."}
	}
	return l, nil
}
