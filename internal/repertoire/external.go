package repertoire

import "strings"

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
