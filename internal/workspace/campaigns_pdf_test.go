package workspace

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/campaign"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/campaigns"
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

// TestPDFRepliesAreTakenAsTheWorkbooksAre collects forms filled on the screen,
// sent twice, left partly, answering an older questionnaire, and printed.
func TestPDFRepliesAreTakenAsTheWorkbooksAre(t *testing.T) {
	a := newAsked(t)
	id, other, third := a.ids[0], a.ids[1], a.ids[2]
	before, untouched := a.entry(id), a.entry(other)
	whole := penned(t, a.sent(id, ".pdf"), map[string]string{"objectives": "L’eau d’abord.\rPuis l’école.",
		"projects.0.budget": "62 000 EUR",
		"projects.+0.title": "Un marché couvert", "contacts.0.publish_email": "Oui", "@respondent": "Mme Faye",
		"@function": "Ville de Dakar"})
	a.comes("fiche renommée.pdf", whole)
	a.comes("encore.pdf", append(append([]byte(nil), whole...), '\n'))
	a.comes("confirmé.pdf", penned(t, a.sent(third, ".pdf"), map[string]string{"@confirm": "Oui"}))
	out := a.collect()
	if out.New != 2 || out.Doubles != 1 || len(out.Broken) != 0 {
		t.Fatalf("%+v", out)
	}
	if now := a.entry(id); now.Objectives != before.Objectives {
		t.Fatal("the entry changed before anybody accepted it")
	}
	if r := a.reply("confirmé.pdf"); !r.Unchanged || len(r.Problems)+len(r.Missing) != 0 {
		t.Errorf("%+v", r)
	}
	r := a.reply("fiche renommée.pdf")
	if r.Source() == "" || !strings.Contains(r.Source(), "Mme Faye (Ville de Dakar)") || len(r.Problems)+len(r.Missing) != 0 {
		t.Errorf("%q, %v, %v", r.Source(), r.Problems, r.Missing)
	}
	s, err := a.Campaigns().Review(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string]string{}
	for _, d := range s.Differences {
		paths[d.Path] = d.Answered
	}
	if len(paths) != 4 || paths["objectives"] == "" {
		t.Errorf("%v", paths)
	}
	a.decide("fiche renommée.pdf", campaigns.Decision{All: campaign.Accept})
	now := a.entry(id)
	if now.Objectives != "L’eau d’abord.\nPuis l’école." || len(now.Projects) != 3 || now.Projects[2].Title != "Un marché couvert" ||
		now.Projects[0].Budget != repertoire.Euros(62_000) || !now.Contacts[0].PublishEmail {
		t.Errorf("%+v", now)
	}
	if same := a.entry(other); same.Version != untouched.Version {
		t.Error("an entry that did not answer changed")
	}
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
