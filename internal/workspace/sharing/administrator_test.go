//go:build unix

package sharing

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/share/sharetest"
)

// administrator runs what the administrator's page tells to run, word for word.
type administrator struct {
	t      *testing.T
	server *sharetest.Server
	page   string
}

// says gives a command of the page, with words of it put in others' place.
func (a administrator) says(command string, put ...string) string {
	a.t.Helper()
	if !strings.Contains(a.page, command) {
		a.t.Errorf("the administrator's page does not say %q", command)
	}
	return strings.NewReplacer(put...).Replace(command)
}

func (a administrator) sql(command string, put ...string) {
	a.t.Helper()
	a.server.Exec("office", a.says(command, put...))
}

// shell runs a command of the server's programs.
func (a administrator) shell(command string, put ...string) {
	a.t.Helper()
	words := strings.Fields(a.says(command, put...))
	a.server.Run(words[0], words[1:]...)
}

// TestTheAdministratorsPageIsTrue does on a real server what the page says: make
// accounts, change a password, let somebody only read, take a person off, back
// up, restore beside and put the restored base in place, on this server and on a
// new one.
func TestTheAdministratorsPageIsTrue(t *testing.T) {
	page, err := os.ReadFile(filepath.FromSlash("../../../assets/help/87-administrer.md"))
	if err != nil {
		t.Fatal(err)
	}
	server, awa, _ := two(t, "office")
	admin := administrator{t, server, string(page)}
	as := func(password string) Access {
		return Access{Address: server.URL("claire", "office"), Password: password}
	}

	admin.sql(`CREATE ROLE claire LOGIN PASSWORD '…' IN ROLE repertoire_officer`, "…", "premier")
	claire := sit(t, "Claire")
	if _, err := claire.room.Join(t.Context(), as("premier"), nil); err != nil {
		t.Fatal(err)
	}
	claire.retitle("Eau potable")
	if out, err := claire.room.Sync(t.Context(), nil); err != nil || out.Sent != 1 {
		t.Fatalf("an officer sends: %+v, %v", out, err)
	}

	admin.sql(`ALTER ROLE claire PASSWORD '…'`, "…", "second")
	if _, err := claire.room.Sync(t.Context(), nil); !WrongPassword(err) {
		t.Errorf("with the former password: %v", err)
	}
	if err := claire.room.Enter(t.Context(), as("second")); err != nil {
		t.Fatal(err)
	}

	admin.sql(`REVOKE repertoire_officer FROM claire`)
	admin.sql(`GRANT repertoire_reader TO claire`)
	claire.retitle("Eau de pluie")
	if _, err := claire.room.Sync(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "pas le droit d’écrire") {
		t.Errorf("a reader sends: %v", err)
	}
	awa.retitleEntry("p1", "notes", "Relu par Awa")
	awa.must()
	if s := claire.room.must(t); s.Waiting != 1 {
		t.Errorf("what a reader wrote stays here: %+v", s)
	}

	admin.sql(`ALTER ROLE claire NOLOGIN`)
	admin.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'claire'`)
	if _, err := claire.room.Sync(t.Context(), nil); err == nil || Unreachable(err) {
		t.Errorf("a person who was taken off: %v", err)
	}

	// Backup, work, restore under the former name.
	dump := filepath.Join(server.Shared(t), "repertoire.dump")
	const backUp, fresh, load = `pg_dump -Fc repertoire -f repertoire.dump`, `createdb repertoire2`, `pg_restore -d repertoire2 repertoire.dump`
	admin.shell(backUp, "repertoire.dump", dump, "repertoire", "office")
	awa.retitleEntry("p1", "notes", "Écrit après la sauvegarde")
	awa.must()
	awa.room.Close()
	admin.shell(fresh, "repertoire2", "office2")
	admin.shell(load, "repertoire.dump", dump, "repertoire2", "office2")
	server.Exec("postgres", admin.says(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'repertoire'`, "repertoire", "office"))
	server.Exec("postgres", admin.says(`ALTER DATABASE repertoire RENAME TO repertoire_ancienne`, "repertoire_ancienne", "before", "repertoire", "office"))
	server.Exec("postgres", admin.says(`ALTER DATABASE repertoire2 RENAME TO repertoire`, "repertoire2", "office2", "repertoire", "office"))
	if _, err := awa.room.Sync(t.Context(), nil); !errors.Is(err, share.ErrForked) {
		t.Fatalf("the restored server is behind: %v", err)
	}
	if _, err := awa.room.GiveBack(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if same, different, err := awa.room.Compare(t.Context()); err != nil || same == 0 || len(different) > 0 {
		t.Errorf("after it was given back: %d same, %v, %v", same, different, err)
	}

	// The roles go to a new server apart.
	roles := filepath.Join(server.Shared(t), "comptes.sql")
	admin.shell(`pg_dumpall --roles-only -f comptes.sql`, "comptes.sql", roles)
	text, err := os.ReadFile(roles)
	if err != nil || !strings.Contains(string(text), "repertoire_officer") || !strings.Contains(string(text), "CREATE ROLE claire") {
		t.Errorf("the roles are not in their dump: %v", err)
	}
}

func (s *seat) retitle(title string) { s.retitleEntry("p1", "title", title) }

func (s *seat) retitleEntry(id, field, text string) {
	s.t.Helper()
	p, err := s.base.Store.Partnership(s.t.Context(), repertoire.ID(id))
	if err != nil {
		s.t.Fatal(err)
	}
	if field == "title" {
		p.Title = text
	} else {
		p.Notes = text
	}
	s.apply(&p)
}

// must exchanges.
func (s *seat) must() {
	s.t.Helper()
	if _, err := s.room.Sync(s.t.Context(), nil); err != nil {
		s.t.Fatal(err)
	}
}
