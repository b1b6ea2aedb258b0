package workspace

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/pdf/object"
)

// penned writes values into the fields of a PDF form as a viewer saves them: the
// objects that changed, after the old file.
func penned(t *testing.T, data []byte, values map[string]string) []byte {
	t.Helper()
	file, err := object.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.NewBuffer(append([]byte(nil), data...))
	var rows strings.Builder
	left := len(values)
	for _, n := range file.Numbers() {
		d, _ := file.Get(n).(*object.Dict)
		name, _ := d.Get("T").(object.String)
		text, ok := values[strings.ReplaceAll(name.Decode(), "/", ".")]
		if !ok {
			continue
		}
		left--
		if d.Get("FT") == object.Name("Btn") {
			d.Set("V", object.Name(text))
			d.Set("AS", object.Name(text))
		} else {
			d.Set("V", object.Text(text))
		}
		fmt.Fprintf(&rows, "%d 1\n%010d 00000 n \n", n, out.Len())
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", n, object.Append(nil, d))
	}
	if left != 0 {
		t.Fatalf("%d fields of %v are not in the form", left, values)
	}
	before := bytes.Fields(data[bytes.LastIndex(data, []byte("startxref")):])[1]
	at := out.Len()
	trailer := object.NewDict("Size", file.Len(), "Root", file.Trailer.Get("Root"), "Info", file.Trailer.Get("Info"), "Prev",
		object.Raw(before))
	fmt.Fprintf(out, "xref\n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n", rows.String(), object.Append(nil, trailer), at)
	return out.Bytes()
}

// TestAPrintedReplyIsToBeTypedIn prints a filled form and collects it.
func TestAPrintedReplyIsToBeTypedIn(t *testing.T) {
	if _, err := exec.LookPath("pdftocairo"); err != nil {
		t.Skip("poppler is not installed")
	}
	a := newAsked(t)
	id := a.ids[0]
	before := a.entry(id)
	in := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(in, a.sent(id, ".pdf"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.CommandContext(t.Context(), "pdftocairo", "-pdf", in,
		filepath.Join(a.inbox, "imprimé.pdf")).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, text)
	}
	if out := a.collect(); out.New != 1 || len(out.Broken) != 0 {
		t.Fatalf("%+v", out)
	}
	r := a.reply("imprimé.pdf")
	if r.Partnership != id || r.Legible || !strings.Contains(r.Reason, "À saisir à la main") || !strings.Contains(r.Remarks, "Forages") {
		t.Errorf("%s, %v, %q, %q", r.Partnership, r.Legible, r.Reason, r.Remarks)
	}
	if now := a.entry(id); now.Version != before.Version {
		t.Error("a printed reply changed the entry")
	}
}
