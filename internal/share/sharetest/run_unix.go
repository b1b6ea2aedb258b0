//go:build unix

package sharetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// alive asks whether a process is there.
const alive = syscall.Signal(0)

// apart keeps a process out of the reach of what ends this one.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

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

// CPU is what the server and its children have used of the processors so far.
func (s *Server) CPU() time.Duration {
	raw, err := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		return 0
	}
	total, _ := used(pid, true)
	others, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range others {
		child, _ := strconv.Atoi(filepath.Base(dir))
		if t, parent := used(child, false); parent == pid {
			total += t
		}
	}
	return total
}

// used reads what a process has used, and which one began it; whole adds what
// its children used that are gone.
func used(pid int, whole bool) (time.Duration, int) {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, 0
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	if len(fields) < 16 {
		return 0, 0
	}
	parent, _ := strconv.Atoi(fields[1])
	ticks := 0
	for i, f := range fields[11:15] {
		if n, _ := strconv.Atoi(f); i < 2 || whole {
			ticks += n
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond, parent
}

func (s *Server) run(program string, args ...string) {
	s.t.Helper()
	c := exec.Command(filepath.Join(s.bin, program), args...)
	c.Dir = s.dir
	c.Env = append(os.Environ(), "PGPASSWORD="+Password)
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
