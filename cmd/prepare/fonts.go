package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"repertoire/internal/reference/derive/npm"
	"repertoire/internal/repertoire"
)

// fontLock is assets/fonts/fonts.lock.json: the one list of the fonts.
type fontLock struct {
	Note     string        `json:"note"`
	Packages []fontPackage `json:"packages"`
}

type fontPackage struct {
	npm.Package
	Files []fontFile `json:"files"`
}

// fontFile says where a file of the cache comes from in its package.
type fontFile struct {
	Name   string `json:"name"`   // in the cache: "NotoSerif-Regular.ttf"
	Path   string `json:"path"`   // in the tarball
	SHA256 string `json:"sha256"` // hexadecimal
}

// fonts brings assets/fonts/cache to what the lock file says.
func fonts(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("fonts", flag.ContinueOnError)
	update := set.Bool("update-lock", false, "recalcule les sommes de contrôle du fichier de verrouillage")
	dir := set.String("dir", "assets/fonts", "dossier des polices")
	if err := parse(set, args); err != nil {
		return err
	}
	lockFile := filepath.Join(*dir, "fonts.lock.json")
	lock, err := readFontLock(lockFile)
	if err != nil {
		return err
	}
	cache := filepath.Join(*dir, "cache")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return repertoire.Fault(err, "Le dossier %s ne peut pas être créé.", cache)
	}
	var missing []int
	for i, p := range lock.Packages {
		if *update || !p.installed(cache) {
			missing = append(missing, i)
		}
	}
	if len(missing) == 0 {
		say("Les polices sont déjà là (%d paquets).", len(lock.Packages))
		return nil
	}
	tmp, err := os.MkdirTemp("", "repertoire-fonts-")
	if err != nil {
		return repertoire.Fault(err, "Aucun dossier temporaire ne peut être créé.")
	}
	defer os.RemoveAll(tmp)
	client := npm.NewClient(ctx, tmp)
	for n, i := range missing {
		say("[%d/%d] %s", n+1, len(missing), lock.Packages[i].Package)
		if err := install(ctx, client, &lock.Packages[i], cache, *update); err != nil {
			return err
		}
	}
	if *update {
		return writeJSON(lockFile, lock)
	}
	return nil
}

func readFontLock(file string) (fontLock, error) {
	var lock fontLock
	raw, err := os.ReadFile(file)
	if err != nil {
		return lock, repertoire.Damage(file, err, "Le fichier %s est introuvable : lancez la commande depuis la racine du projet.", file)
	}
	if err := json.Unmarshal(raw, &lock); err != nil {
		return lock, repertoire.Damage(file, err, "Le fichier %s n’est pas un JSON lisible (%v).", file, err)
	}
	for _, p := range lock.Packages {
		for _, f := range p.Files {
			if f.Name != filepath.Base(f.Name) || strings.HasPrefix(f.Name, ".") {
				return lock, repertoire.Damage(file, nil, "Le nom « %s » du fichier %s sort du dossier des polices.", f.Name, file)
			}
		}
	}
	return lock, nil
}

// installed tells whether every file of p is in cache with the right bytes.
func (p fontPackage) installed(cache string) bool {
	for _, f := range p.Files {
		raw, err := os.ReadFile(filepath.Join(cache, f.Name))
		if err != nil || digest(raw) != f.SHA256 {
			return false
		}
	}
	return true
}

// install fetches p and writes its files; with pin, checksums are taken from
// what came instead of being verified.
func install(ctx context.Context, client *npm.Client, p *fontPackage, cache string, pin bool) error {
	if pin {
		pinned, err := client.Pin(ctx, p.Package)
		if err != nil {
			return err
		}
		p.Package = pinned
	}
	tarball, err := client.Fetch(ctx, p.Package)
	if err != nil {
		return err
	}
	paths := make([]string, len(p.Files))
	for i, f := range p.Files {
		paths[i] = path.Clean(f.Path)
	}
	contents, err := npm.Read(tarball, paths...)
	if err != nil {
		return err
	}
	for i := range p.Files {
		f := &p.Files[i]
		raw := contents[paths[i]]
		if pin {
			f.SHA256 = digest(raw)
		}
		if got := digest(raw); got != f.SHA256 {
			return repertoire.Damage(f.Name, nil,
				"Le fichier %s du paquet %s n’a pas la somme de contrôle attendue : il n’a pas été installé.", f.Name, p.Package)
		}
		if err := write(filepath.Join(cache, f.Name), raw); err != nil {
			return err
		}
	}
	return os.Remove(tarball)
}

func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// write replaces file whole or not at all.
func write(file string, raw []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return repertoire.Fault(err, "Le dossier de %s ne peut pas être créé.", file)
	}
	if err := renameio.WriteFile(file, raw, 0o644); err != nil {
		return repertoire.Fault(err, "Le fichier %s n’a pas pu être écrit (%v) ; l’ancien est gardé.", file, err)
	}
	return nil
}

func writeJSON(file string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return repertoire.Fault(err, "Le fichier %s n’a pas pu être mis en forme.", file)
	}
	return write(file, append(raw, '\n'))
}
