package web

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

var updateScripts = flag.Bool("update", false, "make site/site.min.js and site/site.min.css anew from what they are made of")

// TestScriptsAreThoseOfTheSource holds the script and the style sheet that sites
// get, made small by esbuild, to what they are made from.
func TestScriptsAreThoseOfTheSource(t *testing.T) {
	for _, made := range []struct {
		name   string
		of     []string
		loader api.Loader
	}{
		{"site.min.js", []string{"search.js", "facets.js"}, api.LoaderJS},
		{"site.min.css", []string{"site.css"}, api.LoaderCSS},
	} {
		var source bytes.Buffer
		for _, name := range made.of {
			text, err := os.ReadFile("site/" + name)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(text)
		}
		r := api.Transform(source.String(), api.TransformOptions{Loader: made.loader, MinifyWhitespace: true, MinifySyntax: true,
			MinifyIdentifiers: true,
			Target:            api.ES2015, Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone, LogLevel: api.LogLevelWarning})
		if len(r.Errors) > 0 {
			t.Fatalf("%s: %s", made.name, r.Errors[0].Text)
		}
		if *updateScripts {
			if err := os.WriteFile("site/"+made.name, r.Code, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile("site/" + made.name)
		if err != nil || !bytes.Equal(have, r.Code) {
			t.Errorf("site/%s is not what its source makes: go test ./internal/web -run TestScripts -update (%v)", made.name, err)
		}
	}
}
