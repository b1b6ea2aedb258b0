// Package data carries the derived tables, the colour profiles and their
// credits inside the program. README.md says where each file comes from.
//
// Nothing goes in; embedded files come out, read-only. internal/reference gives
// them types.
package data

import (
	"embed"

	"repertoire/internal/repertoire"
)

// Reference holds the tables under "reference/".
//
//go:embed reference
var Reference embed.FS

//go:embed icc
var icc embed.FS

//go:embed README.md
var readme string

// Profile returns the ICC profile called name, without extension:
// "FOGRA39L_coated" for offset on coated paper, "sRGB" for screens.
func Profile(name string) ([]byte, error) {
	raw, err := icc.ReadFile("icc/" + name + ".icc")
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.NotFound, File: "data/icc", Err: err,
			Message: "Le profil de couleur « " + name + " » n’est pas dans le programme."}
	}
	return raw, nil
}

// FrenchHyphenation returns the French patterns of hyph-utf8, one a line, those
// of their lines that start with % being comments. Letters before and after a
// hyphen are for the caller to count: 2 and 3 in French.
func FrenchHyphenation() string {
	raw, err := Reference.ReadFile("reference/hyph-fr.txt")
	if err != nil {
		return "" // nothing is hyphenated; TestFrenchHyphenation holds that it is there
	}
	return string(raw)
}

// Credits returns the list of sources, versions and licences (Markdown, English).
func Credits() string { return readme }
