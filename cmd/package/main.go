// Command package makes what is handed to people, from one tree: for Windows
// both programs, a portable folder, an installer for one person and one for
// administrators; for Linux a Debian package and a tarball; with the list of
// what is inside (CycloneDX), its licences and the checksums of all.
//
// The same tree gives the same bytes, but for the administrators' installer
// (see msi). Templates are in made/. It is never part of the program.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "package:", err)
		os.Exit(1)
	}
}

// release is what one run makes.
type release struct {
	Name    string    // as people read it: "Répertoire"
	ID      string    // as desktops know it: "org.cites-unies-france.repertoire"
	Summary string    // one line
	Site    string    // of who publishes it
	Number  string    // "0.1.0"
	Version string    // the number, and the commit between two releases: "0.1.0+ab12cd3"
	At      time.Time // of the commit, in UTC: the only time anything made here bears

	tags, ldflags string // as the Makefile builds with
	dir           string // where what is made goes
	work          string // a folder of this run
	sign          signature
	made          []string // names in dir, in the order they were made
}

func run(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("package", flag.ContinueOnError)
	out := set.String("o", "dist", "folder to write in")
	only := set.String("only", "windows,linux", "systems to make packages for")
	version := set.String("version", "", "full version (the number alone by default)")
	tags := set.String("tags", "", "build tags")
	ldflags := set.String("ldflags", "", "flags of the linker")
	key := set.String("sign", os.Getenv("SIGN_PKCS12"),
		"certificate and key (PKCS#12) to sign the Windows programs with; its password is the first line of the file SIGN_PASSWORD_FILE")
	if err := set.Parse(args); err != nil {
		return err
	}
	r, err := describe(ctx)
	if err != nil {
		return err
	}
	r.tags, r.ldflags, r.dir = *tags, *ldflags, *out
	r.sign = signature{key: *key, password: os.Getenv("SIGN_PASSWORD_FILE"), server: os.Getenv("SIGN_TIMESTAMP")}
	if *version != "" {
		r.Version = *version
	}
	if r.work, err = os.MkdirTemp("", "repertoire-package-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.work)
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return err
	}
	for _, system := range strings.Split(*only, ",") {
		makers := map[string]func(context.Context) error{"windows": r.windows, "linux": r.linux}
		if makers[system] == nil {
			return fmt.Errorf("no packages for %q: windows or linux", system)
		}
		if err := makers[system](ctx); err != nil {
			return fmt.Errorf("%s: %w", system, err)
		}
	}
	return r.finish()
}

// describe reads what FyneApp.toml and git say of this tree.
func describe(ctx context.Context) (*release, error) {
	var app struct {
		Website     string
		Details     struct{ Name, ID, Version string }
		LinuxAndBSD struct{ Comment string }
	}
	if _, err := toml.DecodeFile("FyneApp.toml", &app); err != nil {
		return nil, fmt.Errorf("run from the top of the project: %w", err)
	}
	said, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct").Output()
	if err != nil {
		return nil, fmt.Errorf("the time of the commit: %w", err)
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(said)), 10, 64)
	if err != nil {
		return nil, err
	}
	d := app.Details
	return &release{Name: d.Name, ID: d.ID, Summary: app.LinuxAndBSD.Comment, Site: app.Website,
		Number: d.Version, Version: d.Version, At: time.Unix(seconds, 0).UTC()}, nil
}

// tool runs a program of the system, with the release's time in its
// environment; what it printed comes with its error.
func (r *release) tool(ctx context.Context, name string, args ...string) error {
	return r.toolIn(ctx, "", nil, name, args...)
}

// toolIn runs it in a folder, with more in its environment.
func (r *release) toolIn(ctx context.Context, folder string, env []string, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "SOURCE_DATE_EPOCH="+strconv.FormatInt(r.At.Unix(), 10), "LC_ALL=C.UTF-8", "TZ=UTC")
	c.Env = append(c.Env, env...)
	said, err := c.CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%s is not installed: .ci/setup package installs it", name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, said)
	}
	return nil
}

// build compiles a command of the tree.
func (r *release) build(ctx context.Context, command, file string, env []string, tags, ldflags string) error {
	return r.toolIn(ctx, "", append([]string{"CGO_ENABLED=1"}, env...), "go", "build", "-trimpath", "-buildvcs=false",
		"-tags", strings.TrimSpace(r.tags+" "+tags), "-ldflags", r.ldflags+" "+ldflags, "-o", file, "./cmd/"+command)
}

// path is a file of this run, whose folder is made.
func (r *release) path(parts ...string) (string, error) {
	path := filepath.Join(append([]string{r.work}, parts...)...)
	return path, os.MkdirAll(filepath.Dir(path), 0o755)
}

// product names what goes to people and remembers it for the checksums.
func (r *release) product(name string) string {
	r.made = append(r.made, name)
	return filepath.Join(r.dir, name)
}
