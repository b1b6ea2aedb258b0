package repertoire

import (
	"regexp"
	"strings"
)

// External is the number that another house gives to a record: it finds the
// record again in that house's next file.
type External struct {
	// System says whose number it is: "IATI", "Atlas", the heading of the file.
	System string `json:"system,omitempty"`
	ID     string `json:"id"`
}

// Same tells whether two numbers are one; a number without a house is anybody's.
func (e External) Same(o External) bool {
	return e.ID != "" && strings.EqualFold(e.ID, o.ID) && (e.System == "" || o.System == "" || Fold(e.System) == Fold(o.System))
}

// Written is the number as tables and forms hold it: "Atlas: 1234".
func (e External) Written() string {
	if e.System == "" {
		return e.ID
	}
	return e.System + ": " + e.ID
}

// ParseExternal reads what Written writes, the blank after the colon or not. A
// Wikidata item ("Q90", or its web address) needs no house.
func ParseExternal(s string) (External, error) {
	s = strings.Join(strings.Fields(s), " ")
	for _, web := range []string{"https://www.wikidata.org/wiki/", "http://www.wikidata.org/entity/"} {
		s = strings.TrimPrefix(s, web)
	}
	e := External{ID: s}
	if house, id, ok := strings.Cut(s, ":"); ok {
		e = External{System: strings.TrimSpace(house), ID: strings.TrimSpace(id)}
	} else if wikidataItem.MatchString(s) {
		e = External{System: "Wikidata", ID: strings.ToUpper(s)}
	}
	if e.ID == "" || len(s) > 300 || strings.Contains(s, "|") {
		return External{},
			Refuse("« %s » n’est pas une référence : écrivez d’où elle vient puis le numéro, par exemple « Atlas: 1234 » ou « Wikidata: Q90 ».", s)
	}
	return e, nil
}

var wikidataItem = regexp.MustCompile(`^[Qq][1-9][0-9]*$`)
