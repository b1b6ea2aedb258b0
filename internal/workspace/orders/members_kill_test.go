package orders

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// mailingVariable makes this test binary send an edition to the members of the
// workspace it names.
const mailingVariable = "REPERTOIRE_MAILING_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(mailingVariable); dir != "" {
		os.Exit(mailingChild(dir))
	}
	os.Exit(m.Run())
}

// toldShelf makes copies of a few bytes and says so.
type toldShelf struct{ threeEditions }

func (s toldShelf) copyFor(_ context.Context, id repertoire.ID, recipient string, _ base.Progress) ([]byte, error) {
	fmt.Println("copy")
	return []byte(string(id) + " " + recipient), nil
}

// mailingChild sends until it has done, or is killed; it says each step it takes.
func mailingChild(dir string) int {
	ctx := context.Background()
	d, err := openCounter(ctx, dir)
	if err != nil {
		fmt.Println("fail", err)
		return 1
	}
	defer d.base.Close()
	d.shelf = toldShelf{threeEditions{d}}
	m, err := d.SendToMembers(ctx, "mars 2026", nil, func(int, int, string) { fmt.Println("member") })
	if err != nil || len(m.Failed) > 0 {
		fmt.Println("fail", err, m.Failed)
		return 1
	}
	fmt.Println("done", len(m.Served), len(m.Already))
	return 0
}

// mail runs the child and kills it at the given number of steps; it tells
// whether the child came to its end.
func mail(t *testing.T, dir string, steps int) (ended bool) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), mailingVariable+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "fail") {
			t.Error(lines.Text())
		}
		ended = ended || strings.HasPrefix(lines.Text(), "done")
		if n++; n == steps {
			_ = child.Process.Kill() // SIGKILL; what it said meanwhile is read to its end
		}
	}
	_ = child.Wait()
	return ended
}

// 300 members, the sending program killed again and again wherever it happens
// to be: each has one order, one copy in its name and one draft.
func TestKillingTheSenderServesEachMemberOnce(t *testing.T) {
	d := counter(t)
	const n = 300
	c := d.base.Change(repertoire.CauseEdit, "Adhérents")
	for i := range n {
		b := order.Buyer{ID: repertoire.NewID(), Name: fmt.Sprintf("Commune %03d", i), Email: fmt.Sprintf("c%d@example.fr", i), Member: true}
		if err := base.Put(&c, &b, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.base.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	dir := d.base.Dir()
	if err := d.base.Close(); err != nil {
		t.Fatal(err)
	}
	for _, steps := range []int{1, 2, 7, 30, 51, 64, 75, 86, 97, 128} {
		if mail(t, dir, steps) {
			t.Fatalf("the child ended before its step %d", steps)
		}
	}
	if !mail(t, dir, -1) {
		t.Fatal("the work did not come to its end")
	}
	d, err := openCounter(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.base.Close() })
	list, err := d.List(t.Context(), OrderQuery{})
	if err != nil || len(list) != n {
		t.Fatalf("%d orders, %v", len(list), err)
	}
	folder := filepath.Join(dir, "commandes", "envoi-madagascar-mars-2026")
	buyers := map[repertoire.ID]bool{}
	for _, o := range list {
		if buyers[o.Buyer.ID] || o.State() != order.Transmitted || len(o.Copies) != 1 || o.Copies[0].Recipient != o.Buyer.Name {
			t.Fatalf("%+v", o)
		}
		buyers[o.Buyer.ID] = true
		data, err := os.ReadFile(filepath.Join(folder, o.Copies[0].File))
		if sum := sha256.Sum256(data); err != nil || hex.EncodeToString(sum[:]) != o.Copies[0].SHA256 {
			t.Fatalf("%s: %v", o.Copies[0].File, err)
		}
		draft, err := os.ReadFile(filepath.Join(folder, fileName(o.Number())+".eml"))
		if err != nil || !bytes.Contains(draft, []byte(o.Buyer.Email)) || !bytes.Contains(draft, []byte(o.Copies[0].File)) {
			t.Fatalf("the draft of %s: %v", o.Number(), err)
		}
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 2*n {
		t.Errorf("%d files, %v", len(files), err)
	}
	m, err := d.SendToMembers(t.Context(), "mars 2026", nil, nil)
	if err != nil || len(m.Served) != 0 || len(m.Already) != n {
		t.Errorf("again: %d served, %v", len(m.Served), err)
	}
}

// A free copy that was cancelled is sent again when asked for.
func TestACancelledFreeCopyIsSentAgain(t *testing.T) {
	d := counter(t)
	if _, err := d.SaveBuyer(t.Context(), order.Buyer{Name: "Commune", Email: "a@example.fr", Member: true}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		m, err := d.SendToMembers(t.Context(), "mars 2026", nil, nil)
		if err != nil || len(m.Served) != 1 || m.Served[0].Order != order.Number("C", 2026, i+1) {
			t.Fatalf("%d: %+v, %v", i, m, err)
		}
		if _, err := d.Cancel(t.Context(), m.Served[0].Order, "mauvaise adresse", "", false); err != nil {
			t.Fatal(err)
		}
	}
}
