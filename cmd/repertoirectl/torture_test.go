package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

var (
	tortureKills = flag.Int("torture.kills", 1, "how many times each command that writes is killed")
	tortureFlips = flag.Int("torture.flips", 1, "how many bits are flipped in each kind of file")
	tortureSeed  = flag.Uint64("torture.seed", 1, "seed of the moments and places")
)

// torture is a workspace with something of everything, and the table of what
// was done to copies of it.
type torture struct {
	*testing.T
	r      *rand.Rand
	whole  string // the workspace, closed
	backup string // of an earlier state
	digest string // of the workspace's records and journal
	csv    string
	rows   []tortureRow
}

type tortureRow struct {
	fault             string
	runs, lost, wrong int
	took              time.Duration
}

// program runs this test binary as the command line; see TestMain.
func program(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), commandVariable+"=1", "LANG=fr_FR.UTF-8")
	return c
}

func (x *torture) must(args ...string) string {
	x.Helper()
	out, err := program(args...).Output()
	if err != nil {
		x.Fatalf("%v: %v\n%s", args, err, stderrOf(err))
	}
	return string(out)
}

func stderrOf(err error) string {
	if e, ok := err.(*exec.ExitError); ok {
		return string(e.Stderr)
	}
	return ""
}

// copied gives a copy of the workspace to be mistreated.
func (x *torture) copied() string {
	x.Helper()
	dir := filepath.Join(x.TempDir(), "w")
	if err := os.CopyFS(dir, os.DirFS(x.whole)); err != nil {
		x.Fatal(err)
	}
	return dir
}

// recordsOf is a sum over all that an archive of the workspace says; "" when it
// cannot be made.
func (x *torture) recordsOf(w string) string {
	dir := filepath.Join(x.TempDir(), "a")
	defer os.RemoveAll(dir)
	if program("-w", w, "archive", "-o", dir).Run() != nil {
		return ""
	}
	return sumOfFolder(x, dir)
}

func sumOfFolder(t testing.TB, dir string) string {
	h := sha256.New()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		fmt.Fprintln(h, path[len(dir):], len(raw))
		h.Write(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sound tells whether check finds nothing wrong.
func sound(w string) bool {
	raw, _ := program("-w", w, "--json", "check").Output()
	var r struct {
		OK bool `json:"ok"`
	}
	return json.Unmarshal(raw, &r) == nil && r.OK
}

// figures are what must never get smaller.
type figures struct{ partnerships, orders, invoices int }

func (x *torture) figuresOf(w string) (f figures, err error) {
	raw, err := program("-w", w, "--json", "directories").Output()
	if err != nil {
		return f, fmt.Errorf("%s", stderrOf(err))
	}
	var list []struct {
		Partnerships int `json:"partnerships"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return f, err
	}
	for _, d := range list {
		f.partnerships += d.Partnerships
	}
	raw, err = program("-w", w, "--json", "order", "numbers").Output()
	if err != nil {
		return f, fmt.Errorf("%s", stderrOf(err))
	}
	var numbers []struct {
		Series string `json:"series"`
		Count  int    `json:"count"`
	}
	if err := json.Unmarshal(raw, &numbers); err != nil {
		return f, err
	}
	for _, n := range numbers {
		switch n.Series {
		case "C":
			f.orders = n.Count
		case "F":
			f.invoices = n.Count
		}
	}
	return f, nil
}

func (x *torture) row(fault string, runs int, one func() (lost, wrong bool)) {
	began := time.Now()
	row := tortureRow{fault: fault}
	for range runs {
		lost, wrong := one()
		row.runs++
		if lost {
			row.lost++
		}
		if wrong {
			row.wrong++
		}
	}
	row.took = time.Since(began)
	x.rows = append(x.rows, row)
}

// newTorture makes the workspace.
func newTorture(t *testing.T) *torture {
	x := &torture{T: t, r: rand.New(rand.NewPCG(*tortureSeed, 11))}
	dir := t.TempDir()
	x.whole, x.backup = filepath.Join(dir, "w"), filepath.Join(dir, "b.db")
	seller := filepath.Join(dir, "seller.json")
	x.csv = filepath.Join(dir, "lignes.csv")
	var lines strings.Builder
	lines.WriteString("Collectivité française;Code INSEE;Pays;Collectivité partenaire\n")
	for i := range 40 {
		fmt.Fprintf(&lines, "Rennes;35238;Madagascar;Village %d\n", i)
	}
	for file, text := range map[string]string{x.csv: lines.String(), seller: `{"seller": {"name": "Maison d’essai", "siren": "732829320",
		"vat_number": "FR44732829320", "address": {"lines": ["1, rue des Essais"], "post_code": "75001", "city": "Paris"}}}`} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	x.must("-w", x.whole, "init", "--sample")
	x.must("-w", x.whole, "edition", "freeze", "--directory", "madagascar", "--label", "L1")
	x.must("-w", x.whole, "order", "price", "25", "--format", "paper")
	x.must("-w", x.whole, "order", "settings", "--from", seller)
	x.must("-w", x.whole, "order", "stock", "--edition", "L1", "--quantity", "100")
	for _, name := range []string{"A", "A"} {
		x.must("-w", x.whole, "order", "add", "--name", name, "--siret", "73282932000074", "--address", "3, quai", "--postcode", "13002",
			"--city", "Marseille",
			"--edition", "L1", "--format", "paper", "--quantity", "1")
	}
	x.must("-w", x.whole, "order", "fulfil", year("C", 1))
	x.must("-w", x.whole, "order", "fulfil", year("C", 2))
	x.must("-w", x.whole, "backup", "-o", x.backup)
	x.must("-w", x.whole, "order", "invoice", year("C", 1))
	x.digest = x.recordsOf(x.whole)
	if x.digest == "" || !sound(x.whole) {
		t.Fatal("the workspace is not sound to begin with")
	}
	return x
}

func year(series string, n int) string { return fmt.Sprintf("%s%d-%04d", series, time.Now().Year(), n) }

// TestTorture does to a workspace what the world does, counts what is lost and
// what is wrong, and prints the table; neither may be anything but nothing.
func TestTorture(t *testing.T) {
	x := newTorture(t)
	x.kills()
	x.flips()
	x.together()
	x.moved()
	x.injected()
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "fault\truns\tlost\twrong\tseconds")
	for _, row := range x.rows {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%.1f\n", row.fault, row.runs, row.lost, row.wrong, row.took.Seconds())
		if row.lost+row.wrong > 0 {
			t.Errorf("%s: %d lost, %d wrong of %d", row.fault, row.lost, row.wrong, row.runs)
		}
	}
	_ = w.Flush()
	t.Log("\n" + table.String())
}

// kills ends commands that write at any moment: what was there is there, the
// command is done whole or not at all, and the folder is sound.
func (x *torture) kills() {
	before, err := x.figuresOf(x.whole)
	if err != nil {
		x.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		adds figures // when it came to its end
	}{
		{"import", []string{"import", x.csv, "--directory", "madagascar"}, figures{partnerships: 40}},
		{"generate", []string{"generate", "--partnerships", "300", "--directory", "senegal"}, figures{partnerships: 300}},
		{"order add", []string{"order", "add", "--name", "C", "--siret", "73282932000074", "--address", "3, quai", "--postcode", "13002",
			"--city", "Marseille",
			"--edition", "L1", "--format", "paper", "--quantity", "1"}, figures{orders: 1}},
		{"order invoice", []string{"order", "invoice", year("C", 2)}, figures{invoices: 1}},
		{"edition freeze", []string{"edition", "freeze", "--directory", "senegal", "--label", "L2"}, figures{}},
		{"backup", []string{"backup"}, figures{}},
		{"restore", []string{"restore", x.backup}, figures{}},
		{"salvage", []string{"salvage"}, figures{}},
		{"archive", []string{"archive", "-o", "ARCHIVE"}, figures{}},
	} {
		x.row("kill -9 "+c.name, *tortureKills, func() (lost, wrong bool) {
			w := x.copied()
			args := append([]string{"-w", w}, c.args...)
			for i, a := range args {
				if a == "ARCHIVE" {
					args[i] = filepath.Join(x.TempDir(), "archive")
				}
			}
			cmd := program(args...)
			if err := cmd.Start(); err != nil {
				x.Fatal(err)
			}
			time.AfterFunc(time.Duration(x.r.IntN(1500))*time.Millisecond, func() { _ = cmd.Process.Kill() })
			_ = cmd.Wait() // killed or done
			after, err := x.figuresOf(w)
			if err != nil {
				x.Logf("%s: %v", c.name, err)
				return true, true
			}
			done := figures{before.partnerships + c.adds.partnerships, before.orders + c.adds.orders, before.invoices + c.adds.invoices}
			if lost = after != before && after != done; lost {
				x.Logf("%s: %+v became %+v", c.name, before, after)
			}
			if wrong = !sound(w); wrong {
				x.Logf("%s: check: %s", c.name, first(program("-w", w, "check").CombinedOutput()))
			}
			return lost, wrong
		})
	}
}

func first(out []byte, _ error) string { return string(out[:min(len(out), 600)]) }

// flips changes one bit of a file: either check says so, or nothing that the
// workspace holds has changed; a backup brings back what it holds, and no
// number is given again.
func (x *torture) flips() {
	files := func(pattern string) []string {
		found, _ := filepath.Glob(filepath.Join(x.whole, filepath.FromSlash(pattern)))
		sort.Strings(found)
		return found
	}
	for _, kind := range []struct{ name, pattern string }{
		{"base", "repertoire.db"}, {"register", "registre.jsonl"}, {"last number", "dernier"}, {"edition", "editions/*"},
		{"index", "index/*/*"}, {"index", "index/*/*/*"},
	} {
		found := files(kind.pattern)
		if len(found) == 0 {
			continue
		}
		x.row("bit flip in "+kind.name, *tortureFlips, func() (lost, wrong bool) {
			w := x.copied()
			from := found[x.r.IntN(len(found))]
			rel, _ := filepath.Rel(x.whole, from)
			if !x.flip(filepath.Join(w, rel)) {
				return false, false
			}
			if sound(w) {
				now := x.recordsOf(w)
				if wrong = now != x.digest; wrong {
					x.Logf("%s: check says ok and the records are not the same", rel)
				}
			}
			if kind.name != "base" {
				return lost, wrong
			}
			if out, err := program("-w", w, "restore", x.backup).CombinedOutput(); err != nil {
				x.Logf("restore: %s", out)
				return true, wrong
			}
			number, err := program("-w", w, "order", "invoice", year("C", 2)).CombinedOutput()
			again := err == nil && strings.Contains(string(number), year("F", 1))
			if lost = again || !sound(w); lost {
				x.Logf("%s: after the restoration: %s%s", rel, number, first(program("-w", w, "check").CombinedOutput()))
			}
			return lost, wrong
		})
	}
	x.row("bit flip in backup", *tortureFlips, func() (lost, wrong bool) {
		w, b := x.copied(), filepath.Join(x.TempDir(), "b.db")
		for _, suffix := range []string{"", ".sha256"} {
			raw, err := os.ReadFile(x.backup + suffix)
			if err == nil {
				err = os.WriteFile(b+suffix, raw, 0o600)
			}
			if err != nil {
				x.Fatal(err)
			}
		}
		x.flip(b)
		refused := program("-w", w, "restore", b).Run() != nil
		return x.recordsOf(w) != x.digest, !refused
	})
}

func (x *torture) flip(file string) bool {
	raw, err := os.ReadFile(file)
	if err != nil || len(raw) == 0 {
		return false
	}
	raw[x.r.IntN(len(raw))] ^= 1 << x.r.IntN(8)
	return os.WriteFile(file, raw, 0o600) == nil
}

// together runs two programs at once: both are done, one behind the other.
func (x *torture) together() {
	x.row("two programs at once", *tortureKills, func() (lost, wrong bool) {
		w := x.copied()
		before, err := x.figuresOf(w)
		if err != nil {
			x.Fatal(err)
		}
		a, b := program("-w", w, "generate", "--partnerships", "20", "--directory", "senegal"),
			program("-w", w, "import", x.csv, "--directory", "madagascar")
		_, _ = a.Start(), b.Start()
		n := 0
		if a.Wait() == nil {
			n += 20
		}
		if b.Wait() == nil {
			n += 40
		}
		after, err := x.figuresOf(w)
		return err != nil || after.partnerships != before.partnerships+n, !sound(w)
	})
}

// moved takes the folder elsewhere while a command works in it.
func (x *torture) moved() {
	x.row("folder moved", *tortureKills, func() (lost, wrong bool) {
		w := x.copied()
		before, err := x.figuresOf(w)
		if err != nil {
			x.Fatal(err)
		}
		cmd := program("-w", w, "generate", "--partnerships", "300", "--directory", "senegal")
		if err := cmd.Start(); err != nil {
			x.Fatal(err)
		}
		time.Sleep(time.Duration(x.r.IntN(1000)) * time.Millisecond) // a moment of the world, not a wait for the program
		elsewhere := w + "-ailleurs"
		if err := os.Rename(w, elsewhere); err != nil {
			x.Fatal(err)
		}
		_ = cmd.Wait()
		after, err := x.figuresOf(elsewhere)
		return err != nil || after != before && after.partnerships != before.partnerships+300, !sound(elsewhere)
	})
}

// injected makes the nth call of a kind fail, of the system itself, as a disk
// does that is full or broken: the command says so or ends well, and what was
// there is there. It needs strace.
func (x *torture) injected() {
	tracer, err := exec.LookPath("strace")
	if err != nil {
		x.Log("strace is not here: no call of the system is made to fail")
		return
	}
	before, err := x.figuresOf(x.whole)
	if err != nil {
		x.Fatal(err)
	}
	for _, fault := range []struct{ name, calls, failure string }{
		{"disk full at a write", "pwrite64", "ENOSPC"}, {"failing write", "pwrite64", "EIO"}, {"failing fsync", "fsync,fdatasync", "EIO"},
		{"failing rename", "rename,renameat,renameat2", "EIO"},
	} {
		n := 0
		x.row(fault.name, 3**tortureKills, func() (lost, wrong bool) {
			w := x.copied()
			n++
			commands := [][]string{{"import", x.csv, "--directory", "madagascar"}, {"order", "invoice", year("C", 2)},
				{"restore", x.backup}}
			args := append([]string{"-f", "-qq", "-o", "/dev/null", "-e", "trace=" + fault.calls, "-e",
				fmt.Sprintf("inject=%s:error=%s:when=%d", fault.calls, fault.failure, 1+(n-1)/3),
				os.Args[0], "-w", w}, commands[n%3]...)
			cmd := exec.Command(tracer, args...)
			cmd.Env = append(os.Environ(), commandVariable+"=1")
			out, _ := cmd.CombinedOutput()
			after, err := x.figuresOf(w)
			if err != nil {
				x.Logf("%s %d of %v: %v\n%s", fault.name, 1+(n-1)/3, commands[n%3], err, out)
				return true, true
			}
			done := []figures{before, before, before}
			done[0].partnerships, done[1].invoices = before.partnerships+40, before.invoices+1
			if lost = after != before && after != done[n%3]; lost {
				x.Logf("%s %d of %v: %+v became %+v\n%s", fault.name, 1+(n-1)/3, commands[n%3], before, after, out)
			}
			if wrong = !sound(w); wrong {
				x.Logf("%s %d of %v: %s\n%s", fault.name, 1+(n-1)/3, commands[n%3], first(program("-w", w, "check").CombinedOutput()), out)
			}
			return lost, wrong
		})
	}
}
