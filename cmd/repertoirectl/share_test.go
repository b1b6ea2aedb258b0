//go:build unix

package main

import (
	"net"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"repertoire/internal/share/sharetest"
)

// TestShareScripts are stories of several desks on a server of the test's own.
func TestShareScripts(t *testing.T) {
	server := sharetest.Start(t)
	t.Cleanup(sharetest.Stop)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	_ = l.Close() // nobody answers there
	server.Database("postes")
	testscript.Run(t, testscript.Params{
		Dir: "testdata/share",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
			env.Setenv("PGPASSWORD", sharetest.Password)
			env.Setenv("URL", server.URL("admin", "postes"))
			env.Setenv("CLOSED", "postgres://admin@127.0.0.1:"+closed+"/postes")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exit": wantExit},
	})
}
