package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	more := flag.Duration("for", 0, "go on with random changes for that long after the list")
	seed := flag.Uint64("seed", 1, "which random changes")
	tags := flag.String("tags", "", "build tags of the tests")
	only := flag.String("only", "", "only edits whose package or harm has this text")
	flag.Parse()
	listed, err := theList(*tags, *only)
	if err == nil && *more > 0 {
		err = atRandom(*tags, *only, *more, *seed)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if listed > 0 {
		os.Exit(1)
	}
}

// theList tries every edit and counts those that survive.
func theList(tags, only string) (survivors int, err error) {
	tried := 0
	for _, e := range edits {
		if !strings.Contains(e.pkg+" "+e.harm, only) {
			continue
		}
		file, source, err := e.find()
		if err != nil {
			return survivors, err
		}
		tried++
		lives, err := survives(tags, e.pkg, e.run, file, strings.Replace(source, e.before, e.after, 1))
		if err != nil {
			return survivors, fmt.Errorf("%s: %w", e.harm, err)
		}
		if lives {
			survivors++
			fmt.Printf("SURVIVES  %-20s %s\n", e.pkg, e.harm)
		} else {
			fmt.Printf("noticed   %-20s %s\n", e.pkg, e.harm)
		}
	}
	fmt.Printf("%d of %d listed changes survive\n", survivors, tried)
	return survivors, nil
}

// find gives the one file of the package that has the line.
func (e edit) find() (file, source string, err error) {
	files, err := sources(e.pkg)
	if err != nil {
		return "", "", err
	}
	n := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return "", "", err
		}
		if times := strings.Count(string(data), e.before); times > 0 {
			n += times
			file, source = f, string(data)
		}
	}
	if n != 1 {
		return "", "", fmt.Errorf("%s: %q stands %d times in %s: bring edits.go up to date", e.harm, e.before, n, e.pkg)
	}
	return file, source, nil
}

// sources are the files of a package without its tests.
func sources(pkg string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(filepath.FromSlash(pkg), "*.go"))
	var out []string
	for _, f := range all {
		if !strings.HasSuffix(f, "_test.go") {
			out = append(out, f)
		}
	}
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("no source in %s: run from the root of the project", pkg)
	}
	return out, err
}

// tooLong is when a changed program that hangs is given up: that is noticed.
const tooLong = 4 * time.Minute

// errUnbuilt is a change the compiler refused: it says nothing of the tests.
var errUnbuilt = errors.New("does not compile")

// survives tells whether the tests of pkg pass with file read as source.
func survives(tags, pkg, run, file, source string) (bool, error) {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	changed := filepath.Join(dir, "changed.go")
	if err := os.WriteFile(changed, []byte(source), 0o600); err != nil {
		return false, err
	}
	real, err := filepath.Abs(file)
	if err != nil {
		return false, err
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": {real: changed}})
	if err != nil {
		return false, err
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, data, 0o600); err != nil {
		return false, err
	}
	ctx, stop := context.WithTimeout(context.Background(), tooLong)
	defer stop()
	// vet is left out: it would refuse some changes a compiler takes.
	args := []string{"test", "-overlay", overlay, "-vet=off", "-short", "-failfast", "-count=1", "-tags", tags}
	if run != "" {
		args = append(args, "-run", run)
	}
	out, err := exec.CommandContext(ctx, "go", append(args, "./"+pkg)...).CombinedOutput()
	if strings.Contains(string(out), "[build failed]") {
		return false, errUnbuilt
	}
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) && ctx.Err() == nil {
		return false, err
	}
	return err == nil, nil
}

// atRandom changes conditions and constants until the time is over.
func atRandom(tags, only string, long time.Duration, seed uint64) error {
	var all []mutation
	for _, pkg := range packages() {
		if !strings.Contains(pkg, only) {
			continue
		}
		list, err := mutations(pkg)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	tried, survivors := 0, 0
	for end := time.Now().Add(long); time.Now().Before(end) && tried < len(all); {
		m := all[tried]
		tried++
		lives, err := survives(tags, m.pkg, "", m.file, m.source())
		if errors.Is(err, errUnbuilt) {
			continue
		}
		if err != nil {
			return err
		}
		if lives {
			survivors++
			fmt.Printf("survives  %s:%d  %s → %s   %s\n", m.file, m.line, m.was, m.is, m.around())
		}
	}
	fmt.Printf("%d of %d random changes survive (seed %d, %d possible)\n", survivors, tried, seed, len(all))
	return nil
}

// packages are those of the list, each once.
func packages() []string {
	var out []string
	seen := map[string]bool{}
	for _, e := range edits {
		if !seen[e.pkg] {
			seen[e.pkg] = true
			out = append(out, e.pkg)
		}
	}
	return out
}
