package pdf

import (
	"os"
	"os/exec"
	"testing"
)

// tool runs a checker of Debian and returns what it prints. On a machine
// without it the test is skipped, in CI it fails.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s n'est pas installé", name)
		}
		t.Skipf("%s n'est pas installé : ce contrôle n'a pas eu lieu", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}
