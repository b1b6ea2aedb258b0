package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"

	"repertoire/app/gallery"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/assets"
	"repertoire/assets/help"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type options struct {
	dir, out, look, language, size, text, only, entry string
	guide                                             bool
}

func run(ctx context.Context) error {
	var o options
	flag.StringVar(&o.dir, "w", "", "dossier de travail (par défaut : un dossier d’exemple, jeté ensuite)")
	flag.StringVar(&o.out, "o", "build/images", "dossier des images")
	flag.StringVar(&o.look, "look", "light", "aspects, séparés par des virgules : light, dark")
	flag.StringVar(&o.language, "lang", "fr", "langues, séparées par des virgules : fr, en")
	flag.StringVar(&o.size, "size", "1280x720", "tailles, séparées par des virgules")
	flag.StringVar(&o.text, "text", "100", "tailles du texte en pour cent, séparées par des virgules")
	flag.StringVar(&o.only, "scene", "", "seulement les scènes dont le nom contient ce mot")
	flag.BoolVar(&o.guide, "guide", false, "remplace les images du guide et celle du README, à lancer à la racine du projet")
	flag.StringVar(&o.entry, "entry", "Lille Saint-Louis", "recherche qui trouve la fiche à montrer")
	flag.Parse()
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "repertoire-images")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.dir = filepath.Join(dir, "exemple")
		if _, err := workspace.Init(ctx, o.dir, workspace.InitOptions{Sample: true, Author: "Répertoire"}); err != nil {
			return err
		}
	}
	entry, err := find(ctx, o)
	if err != nil {
		return err
	}
	if o.guide {
		return o.takeGuide(ctx, entry)
	}
	for _, size := range strings.Split(o.size, ",") {
		for _, look := range strings.Split(o.look, ",") {
			for _, language := range strings.Split(o.language, ",") {
				for _, text := range strings.Split(o.text, ",") {
					if err := o.take(ctx, entry, size, look, language, text); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// find gives the entry to show.
func find(ctx context.Context, o options) (repertoire.ID, error) {
	w, err := workspace.Open(ctx, o.dir, workspace.OpenOptions{Author: "Répertoire"})
	if err != nil {
		return "", err
	}
	defer w.Close()
	r, err := w.Searches().Search(ctx, searches.Query{Text: o.entry, Limit: 1})
	if err != nil || len(r.Hits) == 0 {
		return "", err
	}
	return r.Hits[0].ID, nil
}

func (o options) take(ctx context.Context, entry repertoire.ID, size, look, language, text string) error {
	var w, h, percent float32
	if _, err := fmt.Sscanf(text, "%g", &percent); err != nil {
		return fmt.Errorf("taille du texte « %s » : écrivez par exemple 150", text)
	}
	if _, err := fmt.Sscanf(size, "%gx%g", &w, &h); err != nil {
		return fmt.Errorf("taille « %s » : écrivez par exemple 1280x720", size)
	}
	dir := filepath.Join(o.out, fmt.Sprintf("%s-%s-%s-%s", size, look, language, text))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	setting := gallery.Setting{Dir: o.dir, Language: i18n.Language(language), Look: theme.Mode(look), Width: w, Height: h,
		Text:  percent / 100,
		Fonts: fonts()}
	return gallery.Take(ctx, setting, o.only, entry, func(name string, picture image.Image) error {
		return write(filepath.Join(dir, name+".png"), picture)
	})
}

// takeGuide takes the pictures that the guide's chapters name, and the
// README's.
func (o options) takeGuide(ctx context.Context, entry repertoire.ID) error {
	wanted, err := guidePictures()
	if err != nil {
		return err
	}
	setting := gallery.Setting{Dir: o.dir, Language: i18n.French, Look: theme.Light, Width: 1280, Height: 800, Fonts: fonts()}
	err = gallery.Take(ctx, setting, o.only, entry, func(name string, picture image.Image) error {
		if !wanted[name+".png"] {
			return nil
		}
		delete(wanted, name+".png")
		return write(filepath.Join("assets/help/images", name+".png"), picture)
	})
	if err != nil {
		return err
	}
	for name := range wanted {
		return fmt.Errorf("aucune scène ne s’appelle « %s », que le guide montre", name)
	}
	setting.Width, setting.Height = 1600, 900
	return gallery.Take(ctx, setting, "fiche", entry, func(name string, picture image.Image) error {
		return write("assets/readme/window.png", picture)
	})
}

// guidePictures names the pictures of the guide.
func guidePictures() (map[string]bool, error) {
	wanted := map[string]bool{}
	for _, file := range help.Chapters() {
		source, err := help.Chapter(file)
		if err != nil {
			return nil, err
		}
		for _, found := range regexp.MustCompile(`(?m)^!\[.*\]\((.+)\)$`).FindAllSubmatch(source, -1) {
			wanted[string(found[1])] = true
		}
	}
	return wanted, nil
}

func write(path string, picture image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, fewColours(picture)); err != nil {
		f.Close()
		return err
	}
	fmt.Println(path)
	return f.Close()
}

func fonts() *theme.Fonts {
	return theme.NewFonts(func(name string) []byte {
		data, err := assets.Font(name)
		if err != nil {
			return nil
		}
		return data
	})
}
