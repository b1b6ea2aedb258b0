package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// No command opens a connection, nor asks for a name, unless that is what it is
// for (share): the calls of the system that would are looked at, and made to
// fail. It needs strace.
func TestTheNetworkIsNotTouched(t *testing.T) {
	tracer, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not here: the calls of the system cannot be looked at")
	}
	dir := t.TempDir()
	w := filepath.Join(dir, "w")
	in := func(name string) string { return filepath.Join(dir, name) }
	// denied runs a command without a network and gives the calls that wanted one.
	denied := func(args ...string) string {
		t.Helper()
		trace := in("trace")
		cmd := exec.Command(tracer, append([]string{"-f", "-qq", "-o", trace, "-e", "trace=socket", "-e", "inject=socket:error=ENETUNREACH",
			os.Args[0], "-w", w}, args...)...)
		cmd.Env = append(os.Environ(), commandVariable+"=1", "HOME="+dir)
		out, err := cmd.CombinedOutput()
		if strings.Contains(string(out), "ptrace") {
			t.Skipf("strace may not trace here: %s", out)
		}
		if err != nil && args[0] != "share" {
			t.Errorf("%v without a network: %v\n%s", args, err, out)
		}
		seen, err := os.ReadFile(trace)
		if err != nil {
			t.Fatal(err)
		}
		return string(seen)
	}
	for _, args := range [][]string{
		{"init", "--sample"}, {"search", "eau"}, {"export", "--all", "--format", "csv", "-o", in("tout.csv")},
		{"import", in("tout.csv"), "--directory", "senegal", "--dry-run"},
		{"edition", "build", "--directory", "liban", "-o", in("liban.pdf")},
		{"backup", "-o", in("x.db")}, {"archive", "-o", in("archive")}, {"check"},
	} {
		if calls := denied(args...); strings.Contains(calls, "AF_INET") {
			t.Errorf("%v reaches for the network:\n%s", args, calls)
		}
	}
	if calls := denied("share", "join", "postgres://personne@127.0.0.1:9/rien"); !strings.Contains(calls, "AF_INET") {
		t.Errorf("a command that is for the network was not seen to use it: the test looks at nothing\n%s", calls)
	}
}
