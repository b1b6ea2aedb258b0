package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"repertoire/internal/campaign"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/campaigns"
)

// typing fills cells of a workbook with openpyxl: texts as they are, numbers as
// numbers, "date:2026-06-15" as a date.
const typing = `
import datetime, json, sys, openpyxl
cells = json.load(sys.stdin)
left = dict(cells)
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book.worksheets:
    columns = None
    for row in sheet.iter_rows():
        key = row[0].value
        if key == "#":
            columns = [c.value for c in row]
        elif key:
            for name, text in cells.items():
                if isinstance(text, str) and text.startswith("date:"):
                    text = datetime.date.fromisoformat(text[5:])
                at = None
                if name == key:
                    at = row[2]
                elif columns and name.startswith(key + ".") and name[len(key) + 1:] in columns:
                    at = row[columns.index(name[len(key) + 1:])]
                if at is not None:
                    at.value = text
                    left.pop(name, None)
assert not left, left
book.save(sys.argv[2])
`

// ticking fills a PDF form with pypdf; it writes how a box is drawn and not its
// value.
const ticking = `
import json, sys, pypdf
values = {k.replace(".", "/"): v for k, v in json.load(sys.stdin).items()}
out = pypdf.PdfWriter()
out.clone_reader_document_root(pypdf.PdfReader(sys.argv[1]))
for page in out.pages:
    out.update_page_form_field_values(page, values)
out.write(sys.argv[2])
`

// script runs a Python script on a file; false when Python has not what it needs.
func (a *asked) script(needs, text string, data []byte, values map[string]any) ([]byte, bool) {
	a.t.Helper()
	python := "/usr/bin/python3" // Debian's, whose packages the gate installs
	if exec.CommandContext(a.t.Context(), python, "-c", "import "+needs).Run() != nil {
		a.t.Logf("%s is not installed: its part is done by the test itself", needs)
		return nil, false
	}
	dir := a.t.TempDir()
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out.xlsx")
	given, err := json.Marshal(values)
	if err == nil {
		err = os.WriteFile(in+".xlsx", data, 0o600)
	}
	if err != nil {
		a.t.Fatal(err)
	}
	cmd := exec.CommandContext(a.t.Context(), python, "-c", text, in+".xlsx", out)
	cmd.Stdin = bytes.NewReader(given)
	if said, err := cmd.CombinedOutput(); err != nil {
		a.t.Fatalf("%s: %v\n%s", needs, err, said)
	}
	data, err = os.ReadFile(out)
	if err != nil {
		a.t.Fatal(err)
	}
	return data, true
}

// plain are the values as somebody types them.
func plain(values map[string]any) map[string]string {
	out := map[string]string{}
	for k, v := range values {
		out[k] = strings.TrimPrefix(fmt.Sprint(v), "date:")
	}
	return out
}

// typed fills a workbook with openpyxl, else with excelize.
func (a *asked) typed(data []byte, values map[string]any) []byte {
	a.t.Helper()
	if out, ok := a.script("openpyxl", typing, data, values); ok {
		return out
	}
	return filled(a.t, data, plain(values))
}

// ticked fills a PDF with pypdf, else by an appended update.
func (a *asked) ticked(data []byte, values map[string]any) []byte {
	a.t.Helper()
	if out, ok := a.script("pypdf", ticking, data, values); ok {
		return out
	}
	texts := plain(values)
	for k, v := range texts {
		texts[k] = strings.TrimPrefix(v, "/")
	}
	return penned(a.t, data, texts)
}

// byPdfcpu fills a PDF with pdfcpu.
func (a *asked) byPdfcpu(data []byte, values map[string]any) []byte {
	a.t.Helper()
	if err := model.EnsureDefaultConfigAt(a.t.TempDir(), false); err != nil {
		a.t.Fatal(err)
	}
	conf := model.NewDefaultConfiguration()
	var exported, out bytes.Buffer
	if err := api.ExportFormJSON(bytes.NewReader(data), &exported, "x.pdf", conf); err != nil {
		a.t.Fatal(err)
	}
	var group map[string]any
	if err := json.Unmarshal(exported.Bytes(), &group); err != nil {
		a.t.Fatal(err)
	}
	form, _ := group["forms"].([]any)[0].(map[string]any)
	done := 0
	for _, kind := range form {
		list, _ := kind.([]any)
		for _, x := range list {
			field, _ := x.(map[string]any)
			name, _ := field["name"].(string)
			if v, ok := values[strings.ReplaceAll(name, "/", ".")]; ok {
				field["value"] = v
				done++
			}
		}
	}
	in, err := json.Marshal(group)
	if err != nil || done != len(values) {
		a.t.Fatalf("%d of %v, %v", done, values, err)
	}
	if err := api.FillForm(bytes.NewReader(data), bytes.NewReader(in), &out, conf); err != nil {
		a.t.Fatal(err)
	}
	return out.Bytes()
}

// resaved has LibreOffice open workbooks and save them in another format.
func (a *asked) resaved(as string, data []byte) []byte {
	a.t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		a.t.Logf("LibreOffice is not installed: nothing is saved as %s", as)
		return data
	}
	dir := a.t.TempDir()
	in := filepath.Join(dir, "fiche.xlsx")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		a.t.Fatal(err)
	}
	if said, err := exec.CommandContext(a.t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", as, "--outdir", filepath.Join(dir, "out"), in).CombinedOutput(); err != nil {
		a.t.Fatalf("%v: %s", err, said)
	}
	out, err := os.ReadFile(filepath.Join(dir, "out", "fiche."+as))
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

// lettered puts a file into a letter from somebody.
func (a *asked) lettered(name string, files ...post.Attachment) []byte {
	a.t.Helper()
	data, err := post.Message{From: "agent@ville.example", FromName: "Agent", To: "repertoire@cuf.example", Subject: "RE: fiche",
		ID: name, Text: "Bonjour, voici.", Attachments: files}.Write()
	if err != nil {
		a.t.Fatal(err)
	}
	return data
}

// whole is the base but its campaigns, as bytes.
func (a *asked) whole() string {
	a.t.Helper()
	file := filepath.Join(a.t.TempDir(), "tout.json")
	if _, err := a.Tables().Export(context.Background(), "", "json", file, nil); err != nil {
		a.t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		a.t.Fatal(err)
	}
	return string(data)
}

// came is what a reply is to have made of an entry.
type came struct {
	file string
	id   repertoire.ID
	edit func(want, now *repertoire.Partnership, r *campaign.Reply)
	// by is whom the provenance names; left are the fields that nobody confirmed.
	by   string
	left []string
}

// kept are the fields of an entry that say what was done with it.
var kept = []string{"version", "updated", "confirmations", "verified"}

// is holds every field of an entry, and where each is from, to what it should be.
func (a *asked) is(before repertoire.Partnership, x came) {
	a.t.Helper()
	r := a.reply(x.file)
	now := a.entry(x.id)
	want := repertoire.DeclaredPartnership.Copied(&before).(*repertoire.Partnership)
	x.edit(want, &now, &r)
	source := "réponse de " + x.by + " du " + repertoire.DateOf(r.Received).French()
	for _, f := range repertoire.DeclaredPartnership.Fields {
		if slices.Contains(kept, f.Name) {
			continue
		}
		if !f.Same(want, &now) {
			a.t.Errorf("%s: %s is %v\nwant %v", x.file, f.Name, f.Value(&now), f.Value(want))
		}
		from, was := now.Confirmations[f.Name], before.Confirmations[f.Name]
		switch {
		case f.Has(repertoire.Asked) && f.Filled(&now) && !slices.Contains(x.left, f.Name):
			if from.Source != source || !from.At.Equal(r.Received.Truncate(time.Millisecond)) {
				a.t.Errorf("%s: %s is from %q of %s, want %q of %s", x.file, f.Name, from.Source, from.At, source, r.Received)
			}
		case from != was:
			a.t.Errorf("%s: %s is from %+v, nobody said so", x.file, f.Name, from)
		}
	}
	if whole := now.Verified == repertoire.DateOf(r.Received); whole != (len(x.left) == 0) {
		a.t.Errorf("%s: verified on %s, received on %s, left %v", x.file, now.Verified, repertoire.DateOf(r.Received), x.left)
	}
}

// TestTheWholeCampaign opens a campaign on the sample, fills its questionnaires as
// authorities do, with all that goes wrong among them, collects and reviews, and
// holds every field, its provenance and what nobody accepted; then takes all back.
func TestTheWholeCampaign(t *testing.T) {
	a := newAsked(t)
	if len(a.ids) < 10 {
		t.Fatalf("%d partnerships", len(a.ids))
	}
	before := map[repertoire.ID]repertoire.Partnership{}
	for _, id := range a.ids {
		before[id] = a.entry(id)
	}
	typed, office, open, pen, tick, yes, torn, altered, old, loose := a.ids[0], a.ids[1], a.ids[2], a.ids[3], a.ids[4], a.ids[5], a.ids[6], a.ids[7], a.ids[8],
		a.ids[9]

	// Ten authorities answer, each with its program.
	budget := repertoire.Euros(62_000)
	a.comes("renommé (3).xlsx", a.typed(a.form(typed), map[string]any{"@respondent": "Awa Faye", "@function": "Ville de Dakar",
		"@remarks": "Merci !", "status": "En sommeil", "themes.1": "", "projects.0.results": "Huit forages.",
		"projects.0.budget": 62000, "projects.0.start": "date:2021-06-15", "projects.1.title": "", "projects.+0.title": "Festival",
		"projects.funding.+0.@parent": "Festival", "projects.funding.+0.funder": "Région", "contacts.0.publish_email": "oui",
		"contacts.+0.name": "Nouvelle Personne", "contacts.+0.side": "France", "contacts.+0.email": "n@ville.example",
		"actors.0.role": "animation et accueil", "first_year": "mille neuf cents"}))
	a.comes("bureau.xlsx", a.resaved("xlsx", filled(t, a.form(office), map[string]string{"@respondent": "Bineta", "objectives": "L’eau.\n\n- puits"})))
	a.comes("bureau.ods", a.resaved("ods", filled(t, a.form(open), map[string]string{"@respondent": "Coumba", "projects.0.title": "Forages et puits",
		"contacts.0.role": "directrice", "context": "Depuis 1990."})))
	a.comes("formulaire.pdf", a.byPdfcpu(a.sent(pen, ".pdf"), map[string]any{"objectives": "L’eau d’abord.\nPuis l’école.",
		"contacts.0.publish_phone": true, "projects.0.funding.0.amount": "35 000 €", "@respondent": "Demba"}))
	a.comes("coché.pdf", a.ticked(a.sent(tick, ".pdf"), map[string]any{"@respondent": "Élimane", "contacts.0.publish_name": "/Off",
		"contacts.0.publish_email": "/Oui", "status": "Terminé", "projects.+0.title": "Un marché"}))
	confirmed := post.Attachment{Name: "fiche.xlsx", Data: filled(t, a.form(yes), map[string]string{"@confirm": "Oui", "@respondent": "Fatou"})}
	a.comes("RE fiche.eml", a.lettered("1@ville.example", confirmed, post.Attachment{Name: "fiche.pdf", Data: a.sent(yes, ".pdf")}))
	a.comes("encore.eml", a.lettered("2@ville.example", confirmed))
	a.comes("oui.xlsx", append(bytes.Clone(filled(t, a.form(torn), map[string]string{"@respondent": "Gora", "status": "En sommeil"})), 0))
	a.comes("non.pdf", penned(t, a.sent(torn, ".pdf"), map[string]string{"@respondent": "Hawa", "status": "Terminé", "type": "Jumelage"}))
	a.comes("colonnes.xlsx", withoutKeys(t, filled(t, a.form(loose), map[string]string{"@respondent": "Ibra", "projects.0.results": "Trois puits."})))
	later := time.Now().Add(time.Hour).UTC().Truncate(time.Second) // a file tells when it was written
	if err := os.Chtimes(filepath.Join(a.inbox, "colonnes.xlsx"), later, later); err != nil {
		t.Fatal(err)
	}

	// An entry changes after it was sent, and is asked again; the answer is to the first.
	changed := before[old]
	changed.Objectives = "Ce que l’équipe sait depuis."
	if _, err := a.Records().SavePartnership(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	first, firstPages := a.form(old), a.sent(old, ".pdf")
	start := a.whole()
	before[old] = a.entry(old)
	if d, err := a.Campaigns().Drafts(t.Context(), "", t.TempDir(), campaigns.Wanted{Remind: true, Only: []repertoire.ID{old}}, nil); err != nil ||
		d.Written == 0 {
		t.Fatal(d, err)
	}
	a.comes("ancienne.xlsx", filled(t, first, map[string]string{"@respondent": "Jeanne", "objectives": "Ce que dit la ville.", "context": "Ancien."}))
	a.comes("ancienne.pdf", penned(t, firstPages, map[string]string{"@respondent": "Jeanne", "objectives": "Ce que dit la ville.", "context": "Ancien."}))

	// What is no answer.
	good := a.form(altered)
	a.comes("a-altérée.xlsx", forged(t, good))
	a.comes("a-altérée.pdf", penned(t, a.sent(altered, ".pdf"), map[string]string{"@identifiant": swapped(a.identifier(altered))}))
	a.comes("b-macros.xlsm", withPart(t, good, "xl/vbaProject.bin"))
	a.comes("c-vide.xlsx", []byte("PK\x03\x04rien"))
	a.comes("d-lettre.docx", withPart(t, boxed(t, "word/document.xml", nil), "x"))
	a.comes("e-gros.xlsx", append(bytes.Clone(good), make([]byte, 21<<20)...))
	a.comes("f-libre.xlsx", unsealed(t, good))
	a.comes("g-autre.xlsx", a.elsewhere(altered))
	a.comes("h-bruit.pdf", []byte("%PDF-1.7\nrien"))
	a.comes("i-dossier.zip", boxed(t, "lisez-moi.txt", []byte("bonjour")))
	c := a.collect()
	var broken []string
	for _, b := range c.Broken {
		broken = append(broken, b.File)
		if low := strings.ToLower(b.Reason); !strings.Contains(low, "reste où") && !strings.Contains(low, "rien n’en a été lu") {
			t.Errorf("%s: %s", b.File, b.Reason)
		}
	}
	if want := []string{"a-altérée.pdf", "a-altérée.xlsx", "b-macros.xlsm", "c-vide.xlsx", "d-lettre.docx", "e-gros.xlsx", "f-libre.xlsx",
		"g-autre.xlsx", "h-bruit.pdf", "i-dossier.zip"}; !slices.Equal(broken, want) {
		t.Errorf("broken %v\nwant %v", broken, want)
	}
	// Doubles: the PDF beside the workbook that answers, the letter sent twice (its
	// file is known), and the older version sent in both forms.
	if c.New != 10 || c.Doubles != 2 || c.Already != 1 {
		t.Errorf("%d new, %d doubles, %d known", c.New, c.Doubles, c.Already)
	}
	if now := a.whole(); now != start {
		t.Error("collecting touched the base")
	}
	if again := a.collect(); again.New+again.Doubles+len(again.Broken) != 0 {
		t.Errorf("collected twice: %+v", again)
	}
	if r := a.reply("colonnes.xlsx"); !r.Received.Equal(later) {
		t.Errorf("received on %s, written on %s", r.Received, later)
	}
	if r := a.reply("RE fiche.eml › fiche.xlsx"); !r.Unchanged || r.Remarks != "Bonjour, voici." {
		t.Errorf("%+v", r)
	}
	if r := a.reply("ancienne.pdf"); !strings.Contains(r.Reason, "un plus récent") {
		t.Errorf("an older version is not said: %q", r.Reason)
	}

	// Review: all that is in no conflict.
	var done []campaigns.Decided
	accept := func(file string, want int, left int, more ...campaign.Verdict) {
		t.Helper()
		d := a.decide(file, campaigns.Decision{All: campaign.Accept, Verdicts: more})
		if d.Accepted != want || len(d.Left) != left {
			t.Errorf("%s: %d accepted, left %v, want %d and %d", file, d.Accepted, d.Left, want, left)
		}
		done = append(done, d)
	}
	accept("renommé (3).xlsx", 9, 0, campaign.Verdict{Path: "actors.0.role", Choice: campaign.Refuse})
	accept("bureau.xlsx", 1, 0)
	accept("bureau.ods", 3, 0)
	accept("formulaire.pdf", 3, 0)
	accept("coché.pdf", 4, 0)
	accept("RE fiche.eml › fiche.xlsx", 0, 0)
	accept("oui.xlsx", 0, 1)
	accept("colonnes.xlsx", 1, 0)
	accept("ancienne.pdf", 1, 1)
	agreed := func(c *repertoire.Contact, r *campaign.Reply) {
		c.LegalBasis, c.AgreedOn, c.Proof = "consentement", repertoire.DateOf(r.Received), r.Source()
	}
	for _, x := range []came{
		{"renommé (3).xlsx", typed, func(p, now *repertoire.Partnership, r *campaign.Reply) {
			p.Status, p.Themes = repertoire.StatusDormant, []string{"3.1"}
			p.Projects[0].Results, p.Projects[0].Budget, p.Projects[0].Start = "Huit forages.", budget, "2021-06-15"
			fresh := repertoire.Project{ID: now.Projects[len(now.Projects)-1].ID, Title: "Festival", Funding: []repertoire.Funding{{Funder: "Région"}}}
			p.Projects = []repertoire.Project{p.Projects[0], fresh}
			p.Contacts[0].PublishEmail = true
			agreed(&p.Contacts[0], r)
			p.Contacts = append(p.Contacts, repertoire.Contact{ID: now.Contacts[len(now.Contacts)-1].ID, Side: repertoire.SideFrench,
				Name: "Nouvelle Personne", Email: "n@ville.example"})
		}, "Awa Faye (Ville de Dakar)", []string{"actors", "first_year"}},
		{"bureau.xlsx", office, func(p, _ *repertoire.Partnership, _ *campaign.Reply) { p.Objectives = "L’eau.\n\n- puits" }, "Bineta", nil},
		{"bureau.ods", open, func(p, _ *repertoire.Partnership, _ *campaign.Reply) {
			p.Projects[0].Title, p.Contacts[0].Role, p.Context = "Forages et puits", "directrice", "Depuis 1990."
		}, "Coumba", nil},
		{"formulaire.pdf", pen, func(p, _ *repertoire.Partnership, r *campaign.Reply) {
			p.Objectives, p.Contacts[0].PublishPhone = "L’eau d’abord.\nPuis l’école.", true
			p.Projects[0].Funding[0].Amount = repertoire.Euros(35_000)
			agreed(&p.Contacts[0], r)
		}, "Demba", nil},
		{"coché.pdf", tick, func(p, now *repertoire.Partnership, r *campaign.Reply) {
			p.Status, p.Contacts[0].PublishName, p.Contacts[0].PublishEmail = repertoire.StatusEnded, false, true
			agreed(&p.Contacts[0], r)
			p.Projects = append(p.Projects, repertoire.Project{ID: now.Projects[len(now.Projects)-1].ID, Title: "Un marché"})
		}, "Élimane", nil},
		{"RE fiche.eml › fiche.xlsx", yes, func(_, _ *repertoire.Partnership, _ *campaign.Reply) {}, "Fatou", nil},
		{"oui.xlsx", torn, func(_, _ *repertoire.Partnership, _ *campaign.Reply) {}, "Gora", []string{"status"}},
		{"colonnes.xlsx", loose, func(p, _ *repertoire.Partnership, _ *campaign.Reply) { p.Projects[0].Results = "Trois puits." }, "Ibra", nil},
		{"ancienne.pdf", old, func(p, _ *repertoire.Partnership, _ *campaign.Reply) { p.Context = "Ancien." }, "Jeanne", []string{"objectives"}},
	} {
		a.is(before[x.id], x)
	}
	if p, public := a.entry(typed).Contacts[1].Published(); public {
		t.Errorf("published without consent: %+v", p)
	}
	for _, id := range append([]repertoire.ID{altered}, a.ids[10:]...) { // nobody answered
		if now := a.entry(id); now.Version != before[id].Version {
			t.Errorf("%s changed, nobody answered", id)
		}
	}
	s, err := a.Campaigns().Status(t.Context(), "")
	if err != nil || s.Done != 8 || s.ToReview != 1 || s.Broken != 10 || s.Fresh != 6 {
		t.Errorf("%+v, %d broken, %v", s.Figures, s.Broken, err)
	}
	for _, d := range slices.Backward(done) {
		if d.Change == "" {
			continue
		}
		if _, err := a.History().Undo(t.Context(), d.Change, ""); err != nil {
			t.Fatal(d.Title, err)
		}
	}
	day := regexp.MustCompile(`"(?:updated|checksum)": ?"[^"]*"`) // taking back is a change too
	if now := a.whole(); day.ReplaceAllString(now, "") != day.ReplaceAllString(start, "") {
		t.Error("all taken back, the base is not what it was")
	}
}
