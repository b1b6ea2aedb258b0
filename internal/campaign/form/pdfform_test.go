package form

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"repertoire/assets"
	"repertoire/internal/campaign"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

type bundled struct{}

func (bundled) Font(name string) ([]byte, error) { return assets.Font(name) }

var press = NewPress(bundled{})

func printedForm(t testing.TB) (*campaign.Questionnaire, Paper, []byte) {
	t.Helper()
	q, p := sent(t)
	data, err := press.Form(q, p)
	if err != nil {
		t.Fatal(err)
	}
	return q, p, data
}

func TestFormComesBackAsItWasSent(t *testing.T) {
	q, p := sent(t)
	for _, language := range []string{"fr", "en", "es", "pt"} {
		p.Language = language
		data, err := press.Form(q, p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadForm("x.pdf", data)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(back.Identifiers, []string{p.Identifier}) || back.Printed {
			t.Errorf("%s: identifiers %v, printed %v", language, back.Identifiers, back.Printed)
		}
		cells := words.Cells(q)
		for key, got := range back.Cells {
			if want, ok := cells[key]; !ok || !campaign.Same(got, want) {
				t.Errorf("%s: sent %q, came back %q (asked: %v)", key, want, got, ok)
			}
		}
		unchanged(t, q, back)
		if again, err := press.Form(q, p); err != nil || !bytes.Equal(again, data) {
			t.Errorf("the same questionnaire, other bytes (%v)", err)
		}
	}
}

// put writes values over those of a form, as programs do that change as little
// as they can: new objects and a new cross-reference after the old file.
func put(t testing.TB, data []byte, values map[string]any) []byte {
	t.Helper()
	file, err := object.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	out := append([]byte(nil), data...)
	var rows strings.Builder
	done := 0
	for _, n := range file.Numbers() {
		d, ok := file.Get(n).(*object.Dict)
		if !ok {
			continue
		}
		name, _ := d.Get("T").(object.String)
		v, ok := values[strings.ReplaceAll(name.Decode(), "/", ".")]
		if !ok {
			continue
		}
		switch x := v.(type) {
		case string:
			d.Set("V", object.Text(x))
		default:
			d.Set("V", x)
		}
		d.Delete("AP")
		rows.WriteString(xrefRow(n, len(out)))
		out = append(object.Append(append(out, object.Append(object.Append(nil, n), object.Raw(" 0 obj\n"))...), d), "\nendobj\n"...)
		done++
	}
	if done != len(values) {
		t.Fatalf("%d of %d fields are in the form", done, len(values))
	}
	before := bytes.LastIndex(data, []byte("startxref"))
	trailer := object.NewDict("Size", file.Len(), "Root", file.Trailer.Get("Root"), "Info", file.Trailer.Get("Info"), "Prev",
		object.Raw(bytes.Fields(data[before:])[1]))
	at := len(out)
	out = append(append(append(out, "xref\n"...), rows.String()...), "trailer\n"...)
	out = append(object.Append(out, trailer), "\nstartxref\n"...)
	return append(object.Append(out, at), "\n%%EOF\n"...)
}

func xrefRow(n, at int) string {
	digits := string(object.Append(nil, at))
	return string(object.Append(nil, n)) + " 1\n" + strings.Repeat("0", 10-len(digits)) + digits + " 00000 n \n"
}

// answered reads a form that was filled in and gives what the reply says.
func answered(t testing.TB, q *campaign.Questionnaire, p Paper, data []byte) *campaign.Reply {
	t.Helper()
	back, err := ReadForm("x.pdf", data)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(back.Identifiers, []string{p.Identifier}) {
		t.Fatalf("identifiers %v", back.Identifiers)
	}
	r := &campaign.Reply{ID: repertoire.NewID()}
	words.Answer(q, back.Cells, r)
	return r
}

// TestOtherProgramsFillTheForm fills the same answers in by an appended update
// and by pdfcpu, has qpdf and MuPDF rewrite the file, and reads each.
func TestOtherProgramsFillTheForm(t *testing.T) {
	q, p, data := printedForm(t)
	dir := t.TempDir()
	forms := map[string][]byte{"appended": put(t, data, map[string]any{
		"objectives": "Œuvrer ensemble\rà l’eau", "status": "Terminé", "projects.0.title": "Eau potable – Łódź",
		"contacts.0.publish_email": object.Name("Oui"),
		"projects.+0.title":        "Un nouveau projet", "projects.funding.+0.@parent": "Un nouveau projet",
		"projects.funding.+0.funder": "Région", "@respondent": "Mme Diop"})}
	forms["pdfcpu"] = byPdfcpu(t, data)
	for _, tool := range [][]string{{"qpdf", "--object-streams=disable", "--qdf"}, {"mutool", "clean", "-gggg", "-d"}} {
		if _, err := exec.LookPath(tool[0]); err != nil {
			continue
		}
		in, out := filepath.Join(dir, tool[0]+".in.pdf"), filepath.Join(dir, tool[0]+".out.pdf")
		if err := os.WriteFile(in, forms["appended"], 0o600); err != nil {
			t.Fatal(err)
		}
		if text, err := exec.CommandContext(t.Context(), tool[0], append(tool[1:], in, out)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", tool[0], err, text)
		}
		saved, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		forms[tool[0]] = saved
	}
	cut := bytes.LastIndex(forms["appended"], []byte("startxref"))
	forms["without cross-reference"] = forms["appended"][:cut]
	for name, filled := range forms {
		r := answered(t, q, p, filled)
		a := r.Answered
		if a.Objectives != "Œuvrer ensemble\nà l’eau" || a.Status != repertoire.StatusEnded || r.Respondent != "Mme Diop" ||
			len(r.Problems)+len(r.Missing) > 0 {
			t.Errorf("%s: %q, %s, %q, %v, %v", name, a.Objectives, a.Status, r.Respondent, r.Problems, r.Missing)
		}
		funded := 2 // the project that the new funder was put to
		if name == "pdfcpu" {
			funded = 0
		}
		if len(a.Projects) != 3 || a.Projects[0].Title != "Eau potable – Łódź" || a.Projects[2].Title != "Un nouveau projet" ||
			!slices.ContainsFunc(a.Projects[funded].Funding, func(f repertoire.Funding) bool { return f.Funder == "Région" }) {
			t.Errorf("%s: projects %+v", name, a.Projects)
		}
		if !a.Contacts[0].PublishEmail || !a.Contacts[0].PublishName || a.Contacts[0].PublishPhone {
			t.Errorf("%s: contact %+v", name, a.Contacts[0])
		}
	}
}

// byPdfcpu fills the form with pdfcpu: its export, with other values.
func byPdfcpu(t *testing.T, data []byte) []byte {
	t.Helper()
	if err := model.EnsureDefaultConfigAt(t.TempDir(), false); err != nil { // it types with a font that it keeps there
		t.Fatal(err)
	}
	conf := model.NewDefaultConfiguration()
	var exported bytes.Buffer
	if err := api.ExportFormJSON(bytes.NewReader(data), &exported, "x.pdf", conf); err != nil {
		t.Fatal(err)
	}
	var group map[string]any
	if err := json.Unmarshal(exported.Bytes(), &group); err != nil {
		t.Fatal(err)
	}
	values := map[string]any{"objectives": "Œuvrer ensemble\nà l’eau", "status": "Terminé", "projects/0/title": "Eau potable – Łódź",
		"contacts/0/publish_email":    true,
		"projects/+0/title":           "Un nouveau projet",
		"projects/funding/+0/@parent": "1. Eau potable", // it types nothing that is not in the list
		"projects/funding/+0/funder":  "Région", "@respondent": "Mme Diop"}
	forms, _ := group["forms"].([]any)
	form, _ := forms[0].(map[string]any)
	done := 0
	for _, kind := range form {
		list, _ := kind.([]any)
		kept := list[:0]
		for _, x := range list {
			field, _ := x.(map[string]any)
			name, _ := field["name"].(string)
			if v, ok := values[name]; ok {
				field["value"] = v
				done++
				kept = append(kept, x)
			}
		}
	}
	if done != len(values) {
		t.Errorf("pdfcpu names %d of %d fields", done, len(values))
	}
	in, err := json.Marshal(group)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := api.FillForm(bytes.NewReader(data), bytes.NewReader(in), &out, conf); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestPrintedFormKeepsItsText flattens a filled form and prints it again: the
// identifier and what was typed are in its text.
func TestPrintedFormKeepsItsText(t *testing.T) {
	_, p, data := printedForm(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "form.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tool := range map[string][]string{"flattened": {"qpdf", "--flatten-annotations=all", file},
		"printed": {"pdftocairo", "-pdf", file}} {
		if _, err := exec.LookPath(tool[0]); err != nil {
			continue
		}
		out := filepath.Join(dir, name+".pdf")
		if text, err := exec.CommandContext(t.Context(), tool[0], append(tool[1:], out)...).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, text)
		}
		saved, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadForm("x.pdf", saved)
		if err != nil {
			t.Fatal(name, err)
		}
		if len(back.Identifiers) != 1 || bare(back.Identifiers[0]) != bare(p.Identifier) {
			t.Errorf("%s: identifiers %q", name, back.Identifiers)
		}
		if !back.Printed || !strings.Contains(back.Text, "Eau potable") || !strings.Contains(back.Text, "Anne Le Goff") ||
			!strings.Contains(back.Text, "je confirme") {
			t.Errorf("%s: printed %v, %q", name, back.Printed, back.Text)
		}
	}
}

// TestFormIsSound holds that other programs find nothing to say, and read the
// text in its order.
func TestFormIsSound(t *testing.T) {
	_, p, data := printedForm(t)
	api.DisableConfigDir()
	if err := api.Validate(bytes.NewReader(data), model.NewDefaultConfiguration()); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
	file := filepath.Join(t.TempDir(), "form.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("qpdf"); err == nil {
		if text, err := exec.CommandContext(t.Context(), "qpdf", "--check", file).CombinedOutput(); err != nil {
			t.Errorf("qpdf: %v %s", err, text)
		}
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("poppler is not installed")
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, s := range []string{"Mise à jour de votre fiche : Lille – Saint-Louis", "Rien n’a changé, je confirme", "Projets – 1", "Titre",
		"Interlocuteurs – 1", "Données personnelles", p.Identifier[:20]} {
		i := strings.Index(string(text)[at:], s)
		if i < 0 {
			t.Fatalf("%q does not come after what stands before it:\n%s", s, text)
		}
		at += i
	}
}

func TestBadFormsAreRefused(t *testing.T) {
	_, _, data := printedForm(t)
	for name, bad := range map[string][]byte{"junk": []byte("%PDF-1.7\nrien"), "cut": data[:300],
		"encrypted": bytes.Replace(data, []byte("/Size "), []byte("/Encrypt 1 0 R/Size "), 1)} {
		if back, err := ReadForm("x.pdf", bad); err == nil {
			t.Errorf("%s: read as %d cells, printed %v", name, len(back.Cells), back.Printed)
		}
	}
}

func FuzzReadForm(f *testing.F) {
	_, _, data := printedForm(f)
	f.Add(data)
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = ReadForm("x.pdf", data) })
}

func BenchmarkForm(b *testing.B) {
	q, p, _ := printedForm(b)
	for b.Loop() {
		if _, err := press.Form(q, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadForm(b *testing.B) {
	_, _, data := printedForm(b)
	b.ReportMetric(float64(len(data)), "bytes")
	for b.Loop() {
		if _, err := ReadForm("x.pdf", data); err != nil {
			b.Fatal(err)
		}
	}
}
