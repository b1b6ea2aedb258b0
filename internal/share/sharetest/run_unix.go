//go:build unix

package sharetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
)

// alive asks whether a process is there.
const alive = syscall.Signal(0)

func (s *Server) own(path string) {
	s.t.Helper()
	u := ordinary()
	if u == nil {
		return
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(path, uid, gid); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) run(program string, args ...string) {
	s.t.Helper()
	c := exec.Command(filepath.Join(s.bin, program), args...)
	c.Dir = s.dir
	if u := ordinary(); u != nil {
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	// pg_ctl's server would keep a pipe open: a file instead.
	out, err := os.Create(filepath.Join(s.dir, "out-"+program))
	if err != nil {
		s.t.Fatal(err)
	}
	defer out.Close()
	c.Stdout, c.Stderr = out, out
	if err := c.Run(); err != nil {
		text, _ := os.ReadFile(out.Name())
		s.t.Fatalf("%s: %v\n%s", program, err, text)
	}
}
