package workspace

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/campaign"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/campaigns"
	"repertoire/internal/workspace/searches"
)

// asked is a workspace whose Senegalese partnerships have somebody to write to,
// with a campaign on them and its drafts in a folder.
type asked struct {
	*Workspace
	t      *testing.T
	drafts string
	inbox  string
	ids    []repertoire.ID
}

func newAsked(t *testing.T) *asked {
	t.Helper()
	a := &asked{Workspace: sampled(t), t: t, drafts: t.TempDir(), inbox: t.TempDir()}
	found, err := a.Searches().Results(t.Context(), searches.Query{Directory: "senegal", Sort: searches.SortTitle})
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range found {
		p := a.entry(id)
		if len(p.Projects) > 0 || p.Fictitious {
			continue // the sample's own invented ones have objections of their own
		}
		a.furnish(i, &p)
		a.ids = append(a.ids, id)
	}
	if _, err := a.Campaigns().Open(t.Context(), campaigns.Opening{Name: "Mise à jour 2027", Scope: campaign.Scope{Directory: "senegal"},
		Deadline: "2099-03-31",
		Sender: campaign.Sender{Name: "Cités Unies France", Email: "repertoire@cuf.example",
			Signature: "Le service des répertoires"}}); err != nil {
		t.Fatal(err)
	}
	d, err := a.Campaigns().Drafts(t.Context(), "", a.drafts, campaigns.Wanted{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Written < len(a.ids) {
		t.Fatalf("%d drafts for %d partnerships", d.Written, len(a.ids))
	}
	return a
}

// furnish gives an entry something of everything.
func (a *asked) furnish(i int, p *repertoire.Partnership) {
	a.t.Helper()
	p.Status, p.Type, p.Themes = repertoire.StatusActive, repertoire.TypeCooperation, []string{"3.1", "2.3"}
	p.Objectives = "Eau et jeunesse.\n\n- forages\n- échanges"
	p.Projects = []repertoire.Project{{ID: repertoire.NewID(), Title: "Forages", Start: "2020", Budget: repertoire.Euros(50_000),
		Funding: []repertoire.Funding{{Funder: "AFD", Kind: "ficol", Amount: repertoire.Euros(30_000)},
			{Funder: "Ville", Kind: "propre", Amount: repertoire.Euros(20_000)}}},
		{ID: repertoire.NewID(), Title: "Échanges scolaires"}}
	p.Contacts = []repertoire.Contact{{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: fmt.Sprintf("Agent %d", i),
		Role:  "chargé de mission",
		Email: fmt.Sprintf("agent%d@ville.example", i), Phone: "+33 1 00 00 00 00", PublishName: true, LegalBasis: "consentement",
		AgreedOn: "2024-01-02"}}
	p.Actors = []repertoire.Actor{{Name: "Comité de jumelage", Role: "animation"}}
	if _, err := a.Records().SavePartnership(a.t.Context(), *p); err != nil {
		a.t.Fatal(err)
	}
}

func (a *asked) entry(id repertoire.ID) repertoire.Partnership {
	a.t.Helper()
	p, err := a.Records().Partnership(a.t.Context(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	return p
}

// form gives the questionnaire that was sent to an entry, out of its draft.
func (a *asked) form(id repertoire.ID) []byte { return a.sent(id, ".xlsx") }

// sent gives what was attached to the draft of an entry, the workbook or the PDF.
func (a *asked) sent(id repertoire.ID, ext string) []byte {
	a.t.Helper()
	p := a.entry(id)
	title, err := a.Title(a.t.Context(), p)
	if err != nil {
		a.t.Fatal(err)
	}
	drafts, _ := filepath.Glob(filepath.Join(a.drafts, "*.eml"))
	for _, file := range drafts {
		if !strings.Contains(filepath.Base(file), title) {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			a.t.Fatal(err)
		}
		l, err := post.ReadLetter(file, data)
		i := slices.IndexFunc(l.Attachments, func(x post.Attachment) bool { return filepath.Ext(x.Name) == ext })
		if err != nil || len(l.Attachments) != 2 || i < 0 {
			a.t.Fatalf("%s: %v, %d attachments", file, err, len(l.Attachments))
		}
		return l.Attachments[i].Data
	}
	a.t.Fatalf("no draft for %s", title)
	return nil
}

// filled changes cells of a form by their keys, as somebody would on the screen.
func filled(t *testing.T, data []byte, cells map[string]string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	left := len(cells)
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		for i, row := range rows {
			if len(row) == 0 || row[0] == "" {
				continue
			}
			if row[0] == "#" {
				columns = row
				continue
			}
			for key, text := range cells {
				at := ""
				if key == row[0] {
					at = fmt.Sprintf("C%d", i+1)
				} else if rest, ok := strings.CutPrefix(key, row[0]+"."); ok && columns != nil {
					if c := slices.Index(columns, rest); c > 0 {
						name, _ := excelize.ColumnNumberToName(c + 1)
						at = fmt.Sprintf("%s%d", name, i+1)
					}
				}
				if at == "" {
					continue
				}
				left--
				if err := f.SetCellStr(sheet, at, text); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if left != 0 {
		t.Fatalf("%d of the cells %v are not in the form", left, cells)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// comes puts a file into the inbox.
func (a *asked) comes(name string, data []byte) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(a.inbox, name), data, 0o600); err != nil {
		a.t.Fatal(err)
	}
}

func (a *asked) collect() campaigns.Collected {
	a.t.Helper()
	c, err := a.Campaigns().Collect(a.t.Context(), "", []string{a.inbox}, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return c
}

// reply gives the reply of a file.
func (a *asked) reply(file string) campaign.Reply {
	a.t.Helper()
	list, err := a.Campaigns().Replies(a.t.Context(), "")
	if err != nil {
		a.t.Fatal(err)
	}
	for _, r := range list {
		if r.File == file {
			return r
		}
	}
	a.t.Fatalf("no reply of %s", file)
	return campaign.Reply{}
}

func (a *asked) decide(file string, d campaigns.Decision) campaigns.Decided {
	a.t.Helper()
	out, err := a.Campaigns().Decide(a.t.Context(), a.reply(file).ID, d)
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

func TestAReplyIsTakenAsItWasAccepted(t *testing.T) {
	a := newAsked(t)
	id := a.ids[0]
	before := a.entry(id)
	a.comes("Sans titre (2).xlsx", filled(t, a.form(id), map[string]string{
		"@respondent": "Awa Faye", "@function": "Ville de Dakar", "@remarks": "Merci !",
		"status": "En sommeil", "objectives": "", "themes.1": "1 Gouvernance locale et appui institutionnel",
		"projects.0.results": "Huit forages.", "projects.0.funding.0.amount": "35 000 €",
		"projects.1.title": "", "projects.+0.title": "Festival", "projects.+0.start": "06/2026",
		"projects.funding.+0.@parent": "Festival", "projects.funding.+0.funder": "Région",
		"contacts.0.publish_email": "oui", "contacts.+0.name": "Nouvelle Personne", "contacts.+0.side": "France",
		"contacts.+0.email": "n@ville.example",
		"first_year":        "mille neuf cents", "actors.0.role": "animation et accueil",
	}))
	if c := a.collect(); c.New != 1 || len(c.Broken) != 0 {
		t.Fatalf("%+v", c)
	}
	if now := a.entry(id); now.Version != before.Version {
		t.Fatal("collecting touched the entry")
	}
	r := a.reply("Sans titre (2).xlsx")
	s, err := a.Campaigns().Review(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, d := range s.Differences {
		paths = append(paths, d.Path)
		if d.Conflict || d.Settled {
			t.Errorf("%+v", d)
		}
	}
	want := []string{"status", "objectives", "themes", "projects.0.results", "projects.0.funding.0.amount", "projects.1", "projects.+0",
		"actors.0.role", "contacts.0.publish_email", "contacts.+0"}
	slices.Sort(paths)
	slices.Sort(want)
	if !slices.Equal(paths, want) {
		t.Fatalf("differences %v\nwant %v", paths, want)
	}
	if len(r.Problems) != 1 || r.Problems[0].Path != "first_year" || r.Remarks != "Merci !" {
		t.Errorf("problems %+v, remarks %q", r.Problems, r.Remarks)
	}
	done := a.decide(r.File, campaigns.Decision{All: campaign.Accept,
		Verdicts: []campaign.Verdict{{Path: "objectives", Choice: campaign.Refuse},
			{Path: "projects.0.results", Choice: campaign.Edit, Text: "Huit forages livrés."}}})
	if done.Accepted != 9 || done.Refused != 1 {
		t.Errorf("%+v", done)
	}
	now := a.entry(id)
	if now.Status != repertoire.StatusDormant || now.Objectives != before.Objectives || !slices.Equal(now.Themes, []string{"3.1", "1"}) ||
		now.FirstYear != before.FirstYear {
		t.Errorf("status %s, objectives %q, themes %v", now.Status, now.Objectives, now.Themes)
	}
	if len(now.Projects) != 2 || now.Projects[0].Results != "Huit forages livrés." || now.Projects[0].ID != before.Projects[0].ID ||
		now.Projects[0].Funding[0].Amount != repertoire.Euros(35_000) || now.Projects[0].Funding[1] != before.Projects[0].Funding[1] ||
		now.Projects[1].Title != "Festival" || now.Projects[1].Start != "2026-06" || len(now.Projects[1].Funding) != 1 ||
		now.Projects[1].ID == "" {
		t.Errorf("projects %+v", now.Projects)
	}
	if c := now.Contacts[0]; !c.PublishEmail || c.LegalBasis != "consentement" || c.AgreedOn != repertoire.DateOf(r.Received) ||
		!strings.Contains(c.Proof, "Awa Faye") {
		t.Errorf("contact %+v", c)
	}
	if c, public := now.Contacts[1].Published(); public {
		t.Errorf("published without consent: %+v", c)
	}
	source := "réponse de Awa Faye (Ville de Dakar) du " + repertoire.DateOf(r.Received).French()
	for _, field := range []string{"status", "themes", "projects", "actors", "contacts"} {
		if now.Confirmations[field].Source != source {
			t.Errorf("%s is from %q", field, now.Confirmations[field].Source)
		}
	}
	if now.Confirmations["type"].Source != source { // left as it was: confirmed
		t.Errorf("type is from %q", now.Confirmations["type"].Source)
	}
	if now.Confirmations["objectives"].Source == source || now.Confirmations["first_year"].Source == source {
		t.Error("what was refused or unreadable counts as confirmed")
	}
	if _, err := a.History().Undo(t.Context(), done.Change, ""); err != nil {
		t.Fatal(err)
	}
	back := a.entry(id)
	back.Version, back.Updated = before.Version, before.Updated
	if fmt.Sprint(back) != fmt.Sprint(before) || a.reply(r.File).State != campaign.ToReview {
		t.Errorf("undone, the entry is not what it was:\n%v\n%v", back, before)
	}
}
