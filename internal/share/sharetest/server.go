//go:build unix

package sharetest

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL server of a test's own.
type Server struct {
	Port int
	dir  string
	bin  string
	data string
	t    testing.TB
	// guard watches over the test binary; see watch.
	guard *exec.Cmd
	hold  io.Closer
}

// one is the server of this test binary.
var one struct {
	sync.Mutex
	*Server
}

// quick is where what a test writes need not outlive the machine: a folder in
// memory where there is one, else "" for the usual one.
func quick() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

// Main runs a package's tests and stops the server they used.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop ends the server of this test binary, if one was started; for packages
// with a TestMain of their own.
func Stop() {
	one.Lock()
	defer one.Unlock()
	if one.Server != nil {
		_ = one.hold.Close()
		_ = one.guard.Wait()
		one.Server = nil
	}
}

// Start gives the server of this test binary. Tests are skipped where no
// PostgreSQL is installed, but not in the project's gate.
func Start(t testing.TB) *Server {
	t.Helper()
	bin := programs()
	if bin == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("PostgreSQL is not installed: .ci/setup test installs it")
		}
		t.Skip("PostgreSQL is not installed")
	}
	one.Lock()
	defer one.Unlock()
	if one.Server == nil {
		one.Server = start(t, bin)
	}
	one.t = t
	return one.Server
}

func start(t testing.TB, bin string) *Server {
	dir, err := os.MkdirTemp(quick(), "repertoire-pg-")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{bin: bin, dir: dir, data: filepath.Join(dir, "data"), t: t}
	s.own(dir)
	s.run("initdb", "-D", s.data, "-U", "admin", "-A", "scram-sha-256", "--pwfile", s.passwordFile(), "-E", "UTF8", "--locale=C", "-N")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Port = l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	s.watch()
	s.Up()
	return s
}

// watch leaves a process behind that stops the server and sweeps its folder when
// this one ends in whatever way: a test that panics, a timeout, kill -9.
func (s *Server) watch() {
	const script = `cat >/dev/null; read -r pid <"$1/data/postmaster.pid" && kill -QUIT "$pid" &&
		while kill -0 "$pid"; do sleep 0.1; done; rm -rf "$1"`
	s.guard = exec.Command("sh", "-c", script, "sh", s.dir)
	apart(s.guard)
	var err error
	if s.hold, err = s.guard.StdinPipe(); err == nil {
		err = s.guard.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// Temp is a new folder that goes with the server.
func (s *Server) Temp(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(s.dir, "desk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// Shared is a new folder that the server's programs may write in.
func (s *Server) Shared(t testing.TB) string {
	t.Helper()
	dir := s.Temp(t)
	s.own(dir)
	return dir
}

// Run runs one of the server's programs as its administrator: pg_dump, createdb.
func (s *Server) Run(program string, args ...string) {
	s.t.Helper()
	s.run(program, append([]string{"-h", "127.0.0.1", "-p", strconv.Itoa(s.Port), "-U", "admin"}, args...)...)
}

// Password is the one of every login of the test server.
const Password = "mot de passe d’essai"

func (s *Server) passwordFile() string {
	file := filepath.Join(s.dir, "password")
	if err := os.WriteFile(file, []byte(Password), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.own(file)
	return file
}

// Up starts the server and waits until it answers. Nothing is forced to the disk:
// a process that is killed loses nothing of what it wrote, and no test cuts the
// machine's power.
func (s *Server) Up() {
	s.t.Helper()
	s.run("pg_ctl", "-D", s.data, "-l", filepath.Join(s.dir, "log"), "-w", "-t", "60",
		"-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c max_connections=250 -c fsync=off -c dynamic_shared_memory_type=mmap", s.Port, s.dir),
		"start")
}

// Kill ends the server as a power cut does.
func (s *Server) Kill() {
	raw, err := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	if err != nil {
		return
	}
	var pid int
	if _, err := fmt.Sscan(string(raw), &pid); err != nil {
		return
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return
	}
	_ = exec.Command("pkill", "-9", "-P", strconv.Itoa(pid)).Run()
	_ = p.Kill()
	for range 200 {
		if p.Signal(alive) != nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	_ = os.Remove(filepath.Join(s.data, "postmaster.pid"))
}

// URL is the address of a database of the server for a login.
func (s *Server) URL(login, database string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s", login, s.Port, database)
}

// Database makes an empty database.
func (s *Server) Database(name string) {
	s.t.Helper()
	s.Exec("postgres", `CREATE DATABASE `+name)
}

// Exec runs SQL as the administrator.
func (s *Server) Exec(database, sql string) {
	s.t.Helper()
	ctx := context.Background()
	c, err := s.connect(ctx, database)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) connect(ctx context.Context, database string) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(s.URL("admin", database))
	if err != nil {
		return nil, err
	}
	config.Password = Password
	return pgx.ConnectConfig(ctx, config)
}

// Secure has the server show a certificate from now on.
func (s *Server) Secure(cert, key []byte) {
	s.t.Helper()
	for name, data := range map[string][]byte{"server.crt": cert, "server.key": key} {
		file := filepath.Join(s.data, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			s.t.Fatal(err)
		}
		s.own(file)
	}
	s.Exec("postgres", `ALTER SYSTEM SET ssl = on`)
	s.reload()
}

// Insecure has it speak without encryption again.
func (s *Server) Insecure() {
	s.t.Helper()
	s.Exec("postgres", `ALTER SYSTEM RESET ssl`)
	s.reload()
}

// reload has the server read its settings again, and waits until it has.
func (s *Server) reload() {
	s.t.Helper()
	ctx := context.Background()
	c, err := s.connect(ctx, "postgres")
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close(ctx)
	var before, after time.Time
	err = c.QueryRow(ctx, `SELECT pg_conf_load_time() `).Scan(&before)
	if err == nil {
		_, err = c.Exec(ctx, `SELECT pg_reload_conf()`)
	}
	for err == nil && !after.After(before) {
		if err = c.QueryRow(ctx, `SELECT pg_conf_load_time() FROM pg_sleep(0.02)`).Scan(&after); err != nil {
			s.t.Fatal(err)
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// Own gives a folder to the user the server runs as.
func (s *Server) Own(path string) { s.own(path) }

// programs finds the folder of the newest PostgreSQL, "" for none.
func programs() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	sort.Strings(found)
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1])
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p)
	}
	return ""
}

// ordinary is the user the server runs as when the tests are root's, whom
// PostgreSQL refuses.
func ordinary() *user.User {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return u
		}
	}
	return nil
}
