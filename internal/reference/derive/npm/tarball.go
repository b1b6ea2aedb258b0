package npm

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"

	"repertoire/internal/repertoire"
)

// maxEntry bounds one file of a tarball, in bytes.
const maxEntry = 256 << 20

// Read returns the files named, by their path inside the tarball
// ("package/LICENSE"). A missing one is an error.
func Read(tarball string, names ...string) (map[string][]byte, error) {
	wanted := make(map[string]bool, len(names))
	for _, n := range names {
		wanted[n] = true
	}
	found := make(map[string][]byte, len(names))
	err := Walk(tarball, func(name string, body io.Reader) error {
		if !wanted[name] {
			return nil
		}
		b, err := io.ReadAll(body)
		found[name] = b
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if _, ok := found[n]; !ok {
			return nil, repertoire.Damage(tarball, nil, "Le fichier « %s » manque dans le paquet %s : rien n’en a été pris.", n, tarball)
		}
	}
	return found, nil
}

// Walk calls visit for each regular file of the tarball, in its order.
func Walk(tarball string, visit func(name string, body io.Reader) error) error {
	f, err := os.Open(tarball)
	if err != nil {
		return repertoire.Damage(tarball, err, "Le paquet %s est illisible.", tarball)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return repertoire.Damage(tarball, err, "Le paquet %s n’est pas une archive lisible.", tarball)
	}
	archive := tar.NewReader(unzipped)
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return repertoire.Damage(tarball, err, "Le paquet %s est abîmé.", tarball)
		}
		if head.Typeflag != tar.TypeReg {
			continue
		}
		if err := visit(head.Name, io.LimitReader(archive, maxEntry)); err != nil {
			return err
		}
	}
}
