package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// mailbox is a server that takes messages: every one it accepted, by its
// recipient. cut, when set, is called with the number of the message and the
// moment ("data": all of it is there, nothing is said; "said": it is accepted).
type mailbox struct {
	sync.Mutex
	net.Listener
	got map[string]int
	n   int
	cut func(n int, moment string)
}

func newMailbox(t *testing.T) *mailbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mailbox{Listener: l, got: map[string]int{}}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go m.talk(c)
		}
	}()
	return m
}

func (m *mailbox) port() string { return strconv.Itoa(m.Addr().(*net.TCPAddr).Port) }

func (m *mailbox) talk(c net.Conn) {
	defer c.Close()
	in := bufio.NewScanner(c)
	in.Buffer(nil, 8<<20)
	say := func(s string) { fmt.Fprintf(c, "%s\r\n", s) }
	say("220 essai")
	to := ""
	for in.Scan() {
		line := in.Text()
		switch verb, _, _ := strings.Cut(strings.ToUpper(line), " "); verb {
		case "EHLO", "HELO":
			say("250 essai")
		case "RCPT":
			to = regexp.MustCompile(`<(.*)>`).FindStringSubmatch(line)[1]
			if strings.HasPrefix(to, "refuse") {
				say("550 inconnu ici")
				continue
			}
			say("250 oui")
		case "DATA":
			say("354 allez")
			for in.Scan() && in.Text() != "." {
			}
			if in.Text() != "." {
				return // cut before its end: forgotten
			}
			m.Lock()
			m.n++
			n, cut := m.n, m.cut
			m.Unlock()
			if cut != nil {
				cut(n, "data")
			}
			m.Lock()
			m.got[to]++
			m.Unlock()
			say("250 pris")
			if cut != nil {
				cut(n, "said")
			}
		case "QUIT":
			say("221 adieu")
			return
		default:
			say("250 oui")
		}
	}
}

// TestEachMessageIsReceivedOnceAcrossKills kills the command at chosen moments
// of its sending, and starts it again until all is done.
func TestEachMessageIsReceivedOnceAcrossKills(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "w")
	box := newMailbox(t)
	command := func(args ...string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), self, append([]string{"-w", dir, "--json"}, args...)...)
		c.Env = append(os.Environ(), commandVariable+"=1", "HOME="+filepath.Dir(dir), "XDG_CACHE_HOME="+filepath.Dir(dir)+"/cache")
		return c
	}
	ask := func(into any, args ...string) {
		t.Helper()
		out, err := command(args...).Output()
		if err != nil {
			t.Fatalf("%v: %v, %s", args, err, out)
		}
		if err := json.Unmarshal(out, into); err != nil {
			t.Fatal(err)
		}
	}
	var ignored any
	ask(&ignored, "init")
	ask(&ignored, "directory", "add", "essai", "--countries", "SN", "--title", "Essai")
	ask(&ignored, "generate", "--partnerships", "14", "--seed", "5", "--directory", "essai")
	var opened struct{ Recipients int }
	ask(&opened, "campaign", "open", "--name", "Envoi", "--directory", "essai", "--deadline", "31/03/2099", "--email", "cuf@cuf.example")
	ask(&ignored, "campaign", "server", "--host", "127.0.0.1", "--port", box.port(), "--security", "aucune", "--per-minute", "0")

	type result struct {
		Sent     int
		Doubtful []string
	}
	kills := []struct {
		n      int
		moment string
	}{{2, "said"}, {4, "data"}, {5, "said"}, {8, "data"}}
	for _, k := range kills {
		c := command("campaign", "send")
		dead := make(chan struct{})
		box.Lock()
		box.cut = func(n int, moment string) {
			if n == k.n && moment == k.moment {
				_ = c.Process.Kill()
				<-dead
			}
		}
		box.Unlock()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait()
		close(dead)
		if c.ProcessState.Success() {
			t.Fatalf("not killed at message %d (%s)", k.n, k.moment)
		}
	}
	box.Lock()
	box.cut = nil
	box.Unlock()
	var last, again result
	ask(&last, "campaign", "send")
	if len(last.Doubtful) == 0 {
		t.Error("a message was leaving when the command was killed: it is told")
	}
	for _, to := range last.Doubtful { // the officer looks at what the server took
		if box.got[to] != 1 {
			t.Errorf("%s is said to be doubtful: received %d times", to, box.got[to])
		}
	}
	ask(&again, "campaign", "send", "--doubtful", "partis")
	if again.Sent != 0 || len(again.Doubtful) != 0 {
		t.Errorf("%+v", again)
	}
	if len(box.got) != opened.Recipients {
		t.Errorf("%d recipients received, %d were to", len(box.got), opened.Recipients)
	}
	for to, n := range box.got {
		if n != 1 {
			t.Errorf("%s received %d", to, n)
		}
	}
	var status struct{ Sent, Silent, Doubtful int }
	ask(&status, "campaign", "status")
	if status.Doubtful != 0 || status.Sent == 0 || status.Sent != status.Silent {
		t.Errorf("%+v", status)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "envoi.json")); err != nil || strings.Contains(string(data), "assword") {
		t.Errorf("%s, %v", data, err)
	}
}
