package web

import (
	"fmt"
	"strings"

	"repertoire/internal/repertoire"
)

// writeAssets puts out what pages share; the fonts last, since they hold the
// characters of all pages.
func (s *site) writeAssets() error {
	faces, err := s.fontFaces()
	if err != nil {
		return err
	}
	style, err := siteFiles.ReadFile("site/site.min.css")
	if err != nil {
		return repertoire.Fault(err, "La feuille de style du site manque dans le programme.")
	}
	if err := s.out(assetsDir+"site.css", append([]byte(faces), style...)); err != nil {
		return err
	}
	if err := s.out(assetsDir+"marque.svg", []byte(markSVG)); err != nil {
		return err
	}
	// Both scripts in one, made small by esbuild: see TestScriptsAreThoseOfTheSource.
	script, err := siteFiles.ReadFile("site/site.min.js")
	if err != nil {
		return repertoire.Fault(err, "Un script du site manque dans le programme.")
	}
	signs := make([]string, 9)
	for i := 1; i < len(signs); i++ {
		signs[i] = signPath(i)
	}
	script = fmt.Appendf(script, "REPERTOIRE.signs=\"%s\".split(\"|\");\n", strings.Join(signs, "|"))
	return s.out(assetsDir+"site.js", script)
}

// markSVG is the sign of the site in a tab: two places and what joins them.
const markSVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#10304d"/><path d="M8 22C8 8 24 8 24 18" fill="none" stroke="#f4c85f" stroke-width="2.4"/><circle cx="8" cy="23" r="3.6" fill="#fff"/><circle cx="24" cy="19.5" r="3.6" fill="#f4c85f"/></svg>
`
