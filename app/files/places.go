package files

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/internal/repertoire"
)

const leading = widget.ButtonAlignLeading

// spot is a folder one click away.
type spot struct{ label, icon, dir string }

// usualPlaces are those that exist here: the person's folders, under the names
// of either language, then where the system begins.
func usualPlaces() []spot {
	var out []spot
	if home, err := os.UserHomeDir(); err == nil {
		out = append(out, spot{i18n.T("Dossier personnel"), "person", home})
		for _, p := range []struct {
			label, icon string
			names       []string
		}{
			{i18n.T("Bureau"), "preview", []string{"Bureau", "Desktop"}},
			{i18n.T("Documents"), "document", []string{"Documents"}},
			{i18n.T("Téléchargements"), "download", []string{"Téléchargements", "Downloads"}},
			{i18n.T("Images"), "image", []string{"Images", "Pictures"}},
		} {
			for _, name := range p.names {
				if dir := filepath.Join(home, name); isDir(dir) {
					out = append(out, spot{p.label, p.icon, dir})
					break
				}
			}
		}
	}
	for _, dir := range roots() {
		label := dir
		if dir == "/" {
			label = i18n.T("Ordinateur")
		}
		out = append(out, spot{label, "folder", dir})
	}
	return out
}

// Size writes the size of a file the French way.
func Size(n int64) string {
	if n < 1<<20 {
		return i18n.T("%s Ko", repertoire.Thousands((n+1023)>>10))
	}
	return i18n.T("%s Mo", strings.Replace(strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64), ".", ",", 1))
}
