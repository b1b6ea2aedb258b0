package icons

import "embed"

// App is the icon of the program, a PNG of 512 pixels.
//
//go:embed app/repertoire.png
var App []byte

//go:embed *.svg
var files embed.FS

// SVG gives the drawing called name, without ".svg": 24 × 24 units, strokes of
// 1.75 units in black (#000000), to be coloured by whoever shows it. The error
// says that no icon bears that name.
func SVG(name string) ([]byte, error) { return files.ReadFile(name + ".svg") }

// Names lists the icons of the family.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()[:len(e.Name())-len(".svg")]
	}
	return names
}
