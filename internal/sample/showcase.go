package sample

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"repertoire/data/samples"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample/scenes"
)

// scene begins the name of a picture that is still to be drawn.
const scene = "scene:"

// Showcase is one invented répertoire in which everything a book can show is
// shown: it is there to be judged. What it says of its countries is true, and is
// that of the samples. Its pictures are named; Illustrate draws them.
func Showcase() (Set, error) {
	const name = "showcase.json"
	var in invented
	var set, all Set
	err := readJSON(samples.Files, name, &in)
	if err == nil {
		err = readPresentations(samples.Files, "presentations.json", &all)
	}
	if err != nil {
		return Set{}, repertoire.Damage(name, err, "Le fichier d’exemples « %s » est illisible : réinstallez le programme.", name)
	}
	in.into(&set, "showcase:")
	for _, d := range in.Directories {
		d.ID = repertoire.DeriveID("directory:" + d.Slug)
		d.Source = "Répertoire inventé pour la vitrine"
		d.Imprint.Publisher = "Association de l’Exemple (fictive)"
		d.Imprint.Address = "1, place de l’Exemple, 99999 Exempleville"
		set.Directories = append(set.Directories, d)
		for _, p := range all.Presentations {
			if slices.Contains(d.Countries, p.Country) {
				set.Presentations = append(set.Presentations, p)
			}
		}
	}
	return set, nil
}

// Illustrate draws the pictures that the records of a set name, gives each to
// keep, and puts what keep answers in the place of the name.
func (set *Set) Illustrate(keep func(jpeg []byte) (sum string, err error)) error {
	wanted := set.pictures()
	var names []string
	for _, p := range wanted {
		if name, ok := strings.CutPrefix(p.Media, scene); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	drawn, errs := make([][]byte, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, name := range names {
		wg.Go(func() {
			turns <- struct{}{}
			drawn[i], errs[i] = scenes.Draw(name)
			<-turns
		})
	}
	wg.Wait()
	for i, name := range names {
		if errs[i] != nil {
			return repertoire.Fault(errs[i], "L’image « %s » de l’exemple n’a pas pu être dessinée : rien n’a été créé.", name)
		}
		sum, err := keep(drawn[i])
		if err != nil {
			return fmt.Errorf("keeping %s: %w", name, err)
		}
		for _, p := range wanted {
			if p.Media == scene+name {
				p.Media = sum
			}
		}
	}
	return nil
}

// pictures are all those of a set, in their place.
func (set *Set) pictures() []*repertoire.Picture {
	var out []*repertoire.Picture
	for i := range set.Directories {
		d := &set.Directories[i]
		out = append(out, &d.Cover)
		for k := range d.Editorial {
			out = append(out, &d.Editorial[k].Portrait)
		}
	}
	for i := range set.Partnerships {
		for k := range set.Partnerships[i].Pictures {
			out = append(out, &set.Partnerships[i].Pictures[k])
		}
	}
	return out
}
