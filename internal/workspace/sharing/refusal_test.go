//go:build linux

package sharing

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/store"
)

// authority signs certificates of test servers.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string // its certificate, for sslrootcert=
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Autorité d’essai"}, IsCA: true,
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour), BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	a := authority{cert: cert, key: key, file: filepath.Join(t.TempDir(), "ca.pem")}
	if err := os.WriteFile(a.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

// sign makes a server's certificate and key.
func (a authority) sign(t *testing.T, host string, until time.Time) (cert, key []byte) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: until.Add(-24 * time.Hour), NotAfter: until}
	if ip := net.ParseIP(host); ip != nil {
		form.IPAddresses = []net.IP{ip}
	} else {
		form.DNSNames = []string{host}
	}
	raw, err := x509.CreateCertificate(rand.Reader, form, a.cert, &k.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private})
}

// TestCertificates has a real server show good and bad ones.
func TestCertificates(t *testing.T) {
	m := office(t, "tls", 1)
	a := newAuthority(t)
	tomorrow, yesterday := time.Now().Add(12*time.Hour), time.Now().Add(-12*time.Hour)
	t.Cleanup(m.server.Insecure)
	for _, c := range []struct {
		what, host  string
		until       time.Time
		known       bool
		want, never string
	}{
		{"good", "127.0.0.1", tomorrow, true, "", ""},
		{"expired", "127.0.0.1", yesterday, true, "certificat du serveur a expiré", ""},
		{"another's", "autre.exemple", tomorrow, true, "ne prouve pas son identité", ""},
		{"unknown authority", "127.0.0.1", tomorrow, false, "ne prouve pas son identité", ""},
	} {
		cert, key := a.sign(t, c.host, c.until)
		m.server.Secure(cert, key)
		address := m.url + "?sslmode=verify-full"
		if c.known {
			address += "&sslrootcert=" + a.file
		}
		base, err := share.Open(t.Context(), address, sharetest.Password)
		if err == nil {
			base.Close()
		}
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), "restent dans ce dossier")) {
			t.Errorf("%s: %v (%v)", c.what, err, errors.Unwrap(err))
		}
	}
	m.server.Insecure()
	if _, err := share.Open(t.Context(), m.url+"?sslmode=verify-full&sslrootcert="+a.file, sharetest.Password); err == nil ||
		!strings.Contains(err.Error(), "ne chiffre pas") {
		t.Errorf("a server without TLS: %v", err)
	}
}

// TestAFullServerDisk fills a small disk under a base: what cannot go waits, and
// goes once there is room.
func TestAFullServerDisk(t *testing.T) {
	server := sharetest.Start(t)
	disk := server.Temp(t)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=24m"); err != nil {
		t.Skip("no small disk can be made here:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	server.Own(disk)
	server.Exec("postgres", `CREATE TABLESPACE petit LOCATION '`+disk+`'`)
	server.Exec("postgres", `CREATE DATABASE plein TABLESPACE petit`)
	d := &modelDesk{dir: quickDir(t), said: map[place]string{}}
	m := &model{Rand: newRand(), t: t, server: server, url: server.URL("admin", "plein"), desks: []*modelDesk{d},
		clock: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	d.m = m
	d.create()
	t.Cleanup(func() {
		m.close()
		server.Exec("postgres", `DROP DATABASE plein WITH (FORCE)`)
		server.Exec("postgres", `DROP TABLESPACE petit`)
	})
	d.link(true)
	server.Exec("plein", `CREATE TABLE remplissage AS SELECT gen_random_uuid() AS x FROM generate_series(1, 60000)`)
	noise := make([]byte, 20<<20)
	_, _ = rand.Read(noise)
	sum, err := d.store.Media().Put(bytes.NewReader(noise))
	d.must(err)
	p := d.first()
	p.Pictures = []repertoire.Picture{{Media: sum, Caption: "La fontaine"}}
	d.save(p)
	_, err = d.sync()
	if err == nil || !strings.Contains(err.Error(), "disque du serveur est plein") || !strings.Contains(err.Error(), "restent dans ce dossier") {
		t.Fatalf("a full disk: %v (%v)", err, errors.Unwrap(err))
	}
	if n, _ := d.store.Waiting(t.Context()); n != 1 {
		t.Errorf("%d changes wait", n)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=200m"); err != nil {
		t.Fatal(err)
	}
	if out := d.exchange(); out.Sent != 1 {
		t.Errorf("with room again: %+v", out)
	}
}

// TestAServerStoppedInMidPush kills it while a desk sends: the desk says that it
// waits, and all is there once it is up.
func TestAServerStoppedInMidPush(t *testing.T) {
	m := office(t, "midpush", 2)
	a := m.desks[0]
	for range 40 {
		p := a.first()
		p.Notes = m.token()
		a.save(p)
	}
	sent := make(chan struct{})
	var once sync.Once
	desk := &Desk{Store: a.store, Base: a.base, Told: func(store.Applied) { once.Do(func() { close(sent) }) }}
	done := make(chan error)
	go func() {
		for {
			if _, err := desk.Sync(t.Context()); err != nil {
				done <- err
				return
			}
			p := a.first()
			p.Notes = m.token()
			a.save(p)
			once.Do(func() { close(sent) })
		}
	}()
	<-sent
	m.server.Kill()
	if err := <-done; !share.Unreachable(err) || !strings.Contains(err.Error(), "restent dans ce dossier") {
		t.Errorf("stopped in mid-push: %v", err)
	}
	m.server.Up()
	m.meet()
}

// TestASilentServerStopsNobody: a server that takes the call and says nothing is
// no reason to wait for a save.
func TestASilentServerStopsNobody(t *testing.T) {
	_, a, _ := two(t, "silent")
	a.until("a is up to date", func(s State) bool { return s.Phase == UpToDate })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	called := make(chan net.Conn, 20)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			called <- c
		}
	}()
	port := portOf(l.Addr().(*net.TCPAddr).Port)
	if err := a.base.Store.Readdress(t.Context(), "postgres://admin@127.0.0.1:"+port+"/silent"); err != nil {
		t.Fatal(err)
	}
	a.room.Now()
	c := <-called
	a.apply(entry("p1", "Eau et sols")) // it would hang here
	if a.title("p1") != "Eau et sols" || a.room.State().Phase == Offline {
		t.Errorf("saved %q, %s: the test looks at nothing", a.title("p1"), a.room.State().Phase)
	}
	_ = l.Close()
	_ = c.Close()
	a.until("the server is missed", func(s State) bool { return s.Phase == Offline && s.Waiting == 1 })
}

// TestADeskRestoredFromItsBackup rewrites nobody: it finds its place, takes in
// what it lacks, and what it had sent stays.
func TestADeskRestoredFromItsBackup(t *testing.T) {
	m := office(t, "deskback", 2)
	a, b := m.desks[0], m.desks[1]
	kept, err := a.store.Backup(t.Context(), "", "essai", nil)
	a.must(err)
	p := a.first()
	p.Notes = "après la sauvegarde"
	a.save(p)
	a.exchange()
	b.exchange()
	q := b.first()
	q.Context = "écrit ailleurs"
	b.save(q)
	b.exchange()
	r := a.first()
	r.Description = "pas encore envoyé"
	a.save(r)
	a.base.Close()
	a.must(a.store.Close())
	_, err = store.Restore(t.Context(), a.dir, kept.File, store.Options{Person: "essai"}, nil)
	a.must(err)
	a.store, err = store.Open(t.Context(), a.dir, store.Options{Person: "essai"})
	a.must(err)
	a.reopen()
	if got := a.first(); got.Notes != "" {
		t.Fatalf("the backup was not restored: %q", got.Notes)
	}
	r = a.first()
	r.Title = "écrit après la restauration"
	a.save(r)
	clear(a.said) // what was not sent went with the base that was put aside
	m.meet()
	for _, d := range m.desks {
		if p := d.first(); p.Notes != "après la sauvegarde" || p.Context != "écrit ailleurs" || p.Title != "écrit après la restauration" {
			t.Errorf("desk %d: %q, %q, %q", d.n, p.Notes, p.Context, p.Title)
		}
	}
}
