//go:build unix

package sharing

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"repertoire/internal/repertoire"
	"repertoire/internal/search"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// seat is a workspace with its window's following, without a window.
type seat struct {
	t    *testing.T
	base *base.Base
	room *Room
}

// sit opens a new workspace under an author's name.
func sit(t *testing.T, author string) *seat {
	t.Helper()
	dir := quickDir(t)
	if _, err := base.Init(t.Context(), dir, base.InitOptions{Author: author}); err != nil {
		t.Fatal(err)
	}
	s := &seat{t: t}
	s.open(dir, author)
	t.Cleanup(func() {
		s.room.Close()
		_ = s.base.Close()
	})
	return s
}

func (s *seat) open(dir, author string) {
	s.t.Helper()
	b, err := base.Open(s.t.Context(), dir, base.OpenOptions{Author: author})
	if err != nil {
		s.t.Fatal(err)
	}
	s.base, s.room = b, New(b, "essai")
}

func (s *seat) access(url string) Access { return Access{Address: url, Password: sharetest.Password} }

func (s *seat) apply(records ...any) {
	s.t.Helper()
	c := s.base.Change(repertoire.CauseEdit, "essai")
	for _, r := range records {
		op, err := store.Put(r, store.AnyVersion)
		if err != nil {
			s.t.Fatal(err)
		}
		c.Ops = append(c.Ops, op)
	}
	if _, err := s.base.Apply(s.t.Context(), c); err != nil {
		s.t.Fatal(err)
	}
}

// until waits for what the following brings about; it hears of every change of
// the state and of the base.
func (s *seat) until(what string, done func(State) bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	var mu sync.Mutex
	ring := make(chan struct{}, 1)
	wake := func() {
		mu.Lock()
		defer mu.Unlock()
		select {
		case ring <- struct{}{}:
		default:
		}
	}
	defer s.room.Watch(func(State) { wake() })()
	defer s.base.Subscribe(func(base.Event) { wake() })()
	for !done(s.room.State()) {
		select {
		case <-ring:
		case <-ctx.Done():
			s.t.Fatalf("%s: never; the state is %+v", what, s.room.State())
		}
	}
}

func town(n string) *repertoire.Authority {
	return &repertoire.Authority{ID: repertoire.DeriveID("a:" + n), Name: n, Article: -1, Country: "FR", Level: repertoire.LevelCommune}
}

func entry(id, title string) *repertoire.Partnership {
	return partnership(repertoire.ID(id), town("Lille").ID, town("Nantes").ID, title)
}

func (s *seat) title(id string) string {
	p, err := s.base.Store.Partnership(s.t.Context(), repertoire.ID(id))
	if err != nil {
		return ""
	}
	return p.Title
}

// two gives two desks that follow one base, with an entry in it.
func two(t *testing.T, name string) (*sharetest.Server, *seat, *seat) {
	t.Helper()
	keyring.MockInit()
	server := sharetest.Start(t)
	server.Database(name)
	a, b := sit(t, "Awa"), sit(t, "Claire")
	a.apply(town("Lille"), town("Nantes"), &repertoire.Directory{ID: "d", Slug: "madagascar", Title: "M", Countries: []string{"MG"}})
	a.apply(entry("p1", "Eau"))
	if _, err := a.room.Begin(t.Context(), a.access(server.URL("admin", name)), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.room.Join(t.Context(), b.access(server.URL("admin", name)), nil); err != nil {
		t.Fatal(err)
	}
	a.room.Start(t.Context())
	b.room.Start(t.Context())
	return server, a, b
}

// TestASaveIsSeenElsewhere: what one desk saves reaches the other unasked, who
// has an entry open is seen, and a dead server stops nobody's work.
func TestASaveIsSeenElsewhere(t *testing.T) {
	server, a, b := two(t, "seen")
	a.until("a is up to date", func(s State) bool { return s.Phase == UpToDate && len(s.Peers) == 2 })
	b.until("b is up to date", func(s State) bool { return s.Phase == UpToDate })
	saved := time.Now()
	a.apply(entry("p1", "Eau potable"))
	b.until("the save comes", func(State) bool { return b.title("p1") == "Eau potable" })
	t.Logf("seen after %s on a loaded machine", time.Since(saved).Round(time.Millisecond))
	if found, err := b.base.Index.Search(t.Context(), search.Request{Text: "potable"}); err != nil || len(found.Hits) != 1 {
		t.Errorf("%d found, %v", len(found.Hits), err)
	}
	b.room.Attend(Presence{Record: "p1", Editing: true})
	a.until("Claire is seen at work", func(s State) bool {
		return len(s.Present) == 1 && s.Present[0].Author == "Claire" && s.Present[0].Editing && s.Present[0].Record == "p1"
	})
	b.room.Attend(Presence{})
	a.until("Claire has left", func(s State) bool { return len(s.Present) == 0 })
	b.until("what came is told", func(s State) bool { return len(s.Arrivals) > 0 && s.Arrivals[0].Author == "Awa" })

	server.Kill()
	a.until("the server is missed", func(s State) bool { return s.Phase == Offline && s.Sentence != "" })
	a.apply(entry("p1", "Eau et sols")) // returns at once
	a.until("it waits", func(s State) bool { return s.Waiting == 1 })
	server.Up()
	b.until("it comes later", func(State) bool { return b.title("p1") == "Eau et sols" })
}

// TestThePasswordIsInTheKeyringAlone looks for it in every file of the workspace.
func TestThePasswordIsInTheKeyringAlone(t *testing.T) {
	keyring.MockInit()
	server := sharetest.Start(t)
	server.Database("secret")
	a := sit(t, "Awa")
	access := a.access(server.URL("admin", "secret"))
	access.Remember = true
	if _, err := a.room.Begin(t.Context(), access, nil); err != nil {
		t.Fatal(err)
	}
	kept, err := keyring.Get(keyringService, a.room.must(t).Address)
	if err != nil || kept != sharetest.Password {
		t.Errorf("the keyring has %q, %v", kept, err)
	}
	dir := a.base.Dir()
	a.room.Close()
	_ = a.base.Close()
	if files := holding(t, dir, sharetest.Password); len(files) > 0 {
		t.Errorf("the password is in %v", files)
	}
	a.open(dir, "Awa") // as the next day
	if _, err := a.room.Sync(t.Context(), nil); err != nil {
		t.Errorf("with the keyring's password: %v", err)
	}
	if err := a.room.Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := keyring.Get(keyringService, access.Address); err == nil {
		t.Error("the password outlived the sharing")
	}
}

// readFile gives the text of the files of a folder that a pattern finds.
func readFile(dir, pattern string) string {
	found, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
	var all strings.Builder
	for _, f := range found {
		raw, _ := os.ReadFile(f)
		all.Write(raw)
	}
	return all.String()
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}

// holding lists the files under dir that hold a text.
func holding(t *testing.T, dir, text string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if strings.Contains(string(raw), text) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (room *Room) must(t *testing.T) Status {
	t.Helper()
	s, err := room.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestAMassDeletionIsTakenBackEverywhere refuses one and finds every record again.
func TestAMassDeletionIsTakenBackEverywhere(t *testing.T) {
	_, a, b := two(t, "massback")
	for _, id := range []string{"p2", "p3", "p4", "p5"} {
		a.apply(entry(id, id))
	}
	b.until("all are there", func(State) bool { return b.title("p5") != "" })
	c := a.base.Change(repertoire.CauseEdit, "Ménage")
	for _, id := range []repertoire.ID{"p1", "p2", "p3", "p4"} {
		c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, id, store.AnyVersion))
	}
	if _, err := a.base.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	var guard Deletion
	b.until("a person is asked", func(s State) bool {
		if s.Guard != nil {
			guard = *s.Guard
		}
		return s.Phase == Guarded && s.Guard != nil
	})
	if guard.Records != 4 || guard.Label != "Ménage" || guard.Author != "Awa" || len(guard.Titles) != 4 || b.title("p1") == "" {
		t.Errorf("asked with %+v", guard)
	}
	if err := b.room.TakeBack(t.Context(), guard.Number); err != nil {
		t.Fatal(err)
	}
	a.until("they are back where they were deleted", func(State) bool { return a.title("p1") != "" && a.title("p4") != "" })
}

// TestEditionsAndRecipesAreShared changes them on both sides at once.
func TestEditionsAndRecipesAreShared(t *testing.T) {
	_, a, b := two(t, "folder")
	write := func(s *seat, name, text string) {
		t.Helper()
		file := filepath.Join(s.base.Dir(), filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), base.WriteWhole(file, []byte(text))); err != nil {
			t.Fatal(err)
		}
	}
	has := func(s *seat, name, text string) bool { return strings.Contains(readFile(s.base.Dir(), name), text) }
	sum := strings.Repeat("ab", 32)
	write(a, "editions/"+sum+".json.gz", "instantané")
	write(a, "editions/"+sum+".etat.json", `{"edition":"x","steps":[{"stage":"brouillon","at":"2026-03-01T09:00:00Z","by":"Awa"}]}`)
	write(a, "recettes/adherents.json", `{"name":"Adhérents","v":1}`)
	write(a, "brouillons/secret.json", "à moi")
	a.room.Now()
	b.until("they come", func(State) bool {
		b.room.Now()
		return has(b, "editions/"+sum+".json.gz", "instantané") && has(b, "editions/"+sum+".etat.json", "Awa") &&
			has(b, "recettes/adherents.json", `"v":1`)
	})
	if has(b, "brouillons/secret.json", "à moi") {
		t.Error("a draft left its desk")
	}
	// Both change both, while neither hears of the other.
	a.room.exchanging.Lock()
	b.room.exchanging.Lock()
	write(a, "editions/"+sum+".etat.json", `{"edition":"x","steps":[{"stage":"brouillon","at":"2026-03-01T09:00:00Z","by":"Awa"},{"stage":"publiee","at":"2026-03-03T09:00:00Z","by":"Awa"}]}`)
	write(b, "editions/"+sum+".etat.json", `{"edition":"x","steps":[{"stage":"brouillon","at":"2026-03-01T09:00:00Z","by":"Awa"},{"stage":"bon-a-tirer","at":"2026-03-02T09:00:00Z","by":"Claire"}]}`)
	write(a, "recettes/adherents.json", `{"name":"Adhérents","v":2}`)
	write(b, "recettes/adherents.json", `{"name":"Adhérents","v":3}`)
	a.room.exchanging.Unlock()
	b.room.exchanging.Unlock()
	for _, s := range []*seat{a, b} {
		s.until("both are joined", func(State) bool {
			a.room.Now()
			b.room.Now()
			all := readFile(s.base.Dir(), "recettes/*.json")
			return has(s, "editions/"+sum+".etat.json", "bon-a-tirer") && has(s, "editions/"+sum+".etat.json", "publiee") &&
				strings.Contains(all, `2`) && strings.Contains(all, `3`)
		})
	}
	// A published edition that is lost here comes back; a recipe deleted goes.
	remove(t, a.base.Dir(), "editions/"+sum+".json.gz")
	remove(t, a.base.Dir(), "recettes/adherents.json")
	a.until("the edition is back", func(State) bool { a.room.Now(); return has(a, "editions/"+sum+".json.gz", "instantané") })
	b.until("the recipe is gone", func(State) bool { b.room.Now(); return readFile(b.base.Dir(), "recettes/adherents.json") == "" })
}
