package npm

import (
	"context"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// publicRegistry is npm's own default.
const publicRegistry = "https://registry.npmjs.org/"

// attempts is how often a transfer is tried before giving up.
const attempts = 3

// maxTarball bounds a download, in bytes: the largest package used is 45 MB.
const maxTarball = 256 << 20

// Package is one pinned dependency of the build.
type Package struct {
	Name      string `json:"name"`      // "@scope/name" or "name"
	Version   string `json:"version"`   // exact
	Integrity string `json:"integrity"` // "sha512-" and base64, as npm writes it
	Licence   string `json:"licence"`   // of the files taken from it
}

// String gives "name@version".
func (p Package) String() string { return p.Name + "@" + p.Version }

// Client downloads packages into a folder.
type Client struct {
	// Registry is the base URL, ending in "/".
	Registry string
	// Dir receives the tarballs; those already there and right are kept.
	Dir  string
	HTTP *http.Client
}

// NewClient returns a client of the machine's registry: the environment's
// npm_config_registry, else what npm answers when it is installed, else the
// public registry. Proxies are those of the environment.
func NewClient(ctx context.Context, dir string) *Client {
	return &Client{Registry: registry(ctx), Dir: dir, HTTP: &http.Client{Timeout: 10 * time.Minute}}
}

func registry(ctx context.Context) string {
	for _, key := range []string{"npm_config_registry", "NPM_CONFIG_REGISTRY"} {
		if u := webAddress(os.Getenv(key)); u != "" {
			return u
		}
	}
	if npm, err := exec.LookPath("npm"); err == nil {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		if out, err := exec.CommandContext(ctx, npm, "config", "get", "registry").Output(); err == nil {
			if u := webAddress(string(out)); u != "" {
				return u
			}
		}
	}
	return publicRegistry
}

// webAddress returns s as a base URL ending in "/", "" when it is not one.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return strings.TrimRight(s, "/") + "/"
}

// Fetch returns the path of p's verified tarball in c.Dir. With an empty
// Integrity nothing can be verified and the request is refused; see Pin.
func (c *Client) Fetch(ctx context.Context, p Package) (string, error) {
	if p.Integrity == "" {
		return "", repertoire.Refuse(
			"Le paquet %s n’a pas de somme de contrôle dans le fichier de verrouillage : il n’a pas été téléchargé.", p)
	}
	target := c.tarball(p)
	if got, err := integrity(target); err == nil && got == p.Integrity {
		return target, nil
	}
	return target, c.download(ctx, p, p.Integrity)
}

// Pin downloads p whatever its checksum and returns it with the Integrity of
// what came: the one moment of trust, when a lock file is renewed.
func (c *Client) Pin(ctx context.Context, p Package) (Package, error) {
	if err := c.download(ctx, p, ""); err != nil {
		return p, err
	}
	got, err := integrity(c.tarball(p))
	if err != nil {
		return p, repertoire.Fault(err, "Le paquet %s est illisible après son téléchargement.", p)
	}
	p.Integrity = got
	return p, nil
}

func (c *Client) tarball(p Package) string {
	return filepath.Join(c.Dir, strings.NewReplacer("@", "", "/", "-").Replace(p.Name)+"-"+p.Version+".tgz")
}

func (c *Client) download(ctx context.Context, p Package, want string) error {
	var last error
	for try := range attempts {
		if try > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Duration(try) * 2 * time.Second):
			}
		}
		if last = c.once(ctx, p, want); last == nil {
			return nil
		}
		// A wrong checksum stays wrong: trying again would only hide it.
		if ctx.Err() != nil || repertoire.KindOf(last) == repertoire.Damaged {
			break
		}
	}
	var told *repertoire.Error
	if errors.As(last, &told) {
		return last
	}
	return repertoire.Fault(last,
		"Le paquet %s n’a pas pu être téléchargé depuis %s (%v). Vérifiez la connexion ou le mandataire, puis relancez la commande ; ce qui était déjà là est gardé.", p, c.Registry, last)
}

func (c *Client) once(ctx context.Context, p Package, want string) error {
	base := p.Name[strings.LastIndexByte(p.Name, '/')+1:]
	body, err := c.get(ctx, c.Registry+p.Name+"/-/"+base+"-"+p.Version+".tgz")
	if err != nil {
		// Some registries keep tarballs elsewhere; only their metadata tells.
		var address string
		if address, err = c.tarballAddress(ctx, p); err != nil {
			return err
		}
		if body, err = c.get(ctx, address); err != nil {
			return err
		}
	}
	defer body.Close()
	tmp, err := os.CreateTemp(c.Dir, "download-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	hash := sha512.New()
	if n, err := io.Copy(io.MultiWriter(tmp, hash), io.LimitReader(body, maxTarball+1)); err != nil {
		return err
	} else if n > maxTarball {
		return fmt.Errorf("more than %d bytes", maxTarball)
	}
	if got := encode(hash.Sum(nil)); want != "" && got != want {
		return repertoire.Damage(p.String(), fmt.Errorf("integrity %s, want %s", got, want),
			"Le paquet %s reçu n’a pas la somme de contrôle attendue : il a été jeté et rien n’a été installé. Vérifiez le registre npm configuré sur cette machine.", p)
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), c.tarball(p))
}

func (c *Client) tarballAddress(ctx context.Context, p Package) (string, error) {
	body, err := c.get(ctx, c.Registry+url.PathEscape(p.Name)+"/"+p.Version)
	if err != nil {
		return "", err
	}
	defer body.Close()
	var meta struct {
		Dist struct {
			Tarball string `json:"tarball"`
		} `json:"dist"`
	}
	if err := json.NewDecoder(io.LimitReader(body, 16<<20)).Decode(&meta); err != nil {
		return "", err
	}
	if meta.Dist.Tarball == "" {
		return "", fmt.Errorf("no tarball named for %s", p)
	}
	return meta.Dist.Tarball, nil
}

func (c *Client) get(ctx context.Context, address string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, fmt.Errorf("%s: %s", path.Base(address), resp.Status)
	}
	return resp.Body, nil
}

func integrity(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha512.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return encode(hash.Sum(nil)), nil
}

func encode(sum []byte) string { return "sha512-" + base64.StdEncoding.EncodeToString(sum) }
