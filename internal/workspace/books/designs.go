package books

import (
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// DesignNames and FormatNames are what BuildOptions takes.
func DesignNames() []string { return layout.Designs() }

// FormatNames lists the page formats by name, the usual one first.
func FormatNames() []string {
	var names []string
	for _, f := range layout.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Designs lists the names of the designs a book can take, the usual one first.
func (room *Room) Designs() []string { return layout.Designs() }

// Formats lists the page formats with the words a person reads, the usual one
// first.
func (room *Room) Formats() []repertoire.Choice[string] {
	var out []repertoire.Choice[string]
	for _, f := range layout.Formats() {
		out = append(out, repertoire.Choice[string]{Value: f.Name, Label: f.Title})
	}
	return out
}
