package campaign

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
	"repertoire/internal/workspace/searches"
)

// TestACampaignIsWorkedByKeys opens a campaign in the form, writes its drafts,
// collects one of its questionnaires and reviews it without a mouse.
func TestACampaignIsWorkedByKeys(t *testing.T) {
	apptest.App(t)
	dir := t.TempDir() + "/travail"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	ids, err := w.Searches().Results(t.Context(), searches.Query{Text: "Lille Saint-Louis"})
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	p, err := w.Records().Partnership(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	p.Contacts = append(p.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Agent",
		Email: "agent@ville.example"})
	if p, err = w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}

	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1280, 700))
	v.Reload()
	list, err := w.Records().Directories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f := newForm(v, list, nil)
	v.askOpen(f)
	for i, s := range f.scopes {
		if s.Directory == "senegal" {
			f.scope.SetSelectedIndex(i)
		}
	}
	f.name.SetText("Mise à jour")
	f.email.SetText("cuf@cuf.example")
	f.deadline.SetText("hier")
	v.Open(f)
	if v.status.Asked != 0 {
		t.Fatal("opened without a date")
	}
	f.deadline.SetText("31/03/2099")
	v.Open(f)
	window.Canvas().FocusNext()
	v.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn}) // some have no address: opened without them
	if v.status.Asked == 0 || v.status.Unwritten == 0 {
		t.Fatalf("%+v", v.status.Figures)
	}
	folder := t.TempDir()
	v.WriteDrafts(folder, campaigns.Wanted{})
	if v.status.Unwritten != 0 || v.status.Silent == 0 {
		t.Fatalf("%+v", v.status.Figures)
	}
	inbox := t.TempDir()
	drafts, _ := filepath.Glob(filepath.Join(folder, "*agent@ville.example*.eml"))
	if len(drafts) != 1 {
		t.Fatalf("drafts %v", drafts)
	}
	data, err := os.ReadFile(drafts[0])
	if err != nil {
		t.Fatal(err)
	}
	l, err := post.ReadLetter("x.eml", data)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(inbox, "retour.xlsx"), answered(t, l.Attachments[0].Data, "projet d’école"), 0o600); err != nil {
		t.Fatal(err)
	}
	v.Collect([]string{inbox})
	v.Narrow(campaign.Answered)
	if len(v.lines) != 1 {
		t.Fatalf("%d to review: %+v", len(v.lines), v.status.Figures)
	}
	v.FocusFirst()
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if v.sheet == nil || len(v.sheet.data.Differences) != 1 {
		t.Fatalf("no sheet of one difference: %+v", v.sheet)
	}
	v.sheet.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if v.status.Done != 0 {
		t.Fatal("a line without a judgment was written")
	}
	v.sheet.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyA})
	v.sheet.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	now, err := w.Records().Partnership(t.Context(), p.ID)
	if err != nil || now.Description != "projet d’école" || now.Confirmations["description"].Source == "" || v.status.Done != 1 {
		t.Errorf("%q from %q, %+v, %v", now.Description, now.Confirmations["description"].Source, v.status.Figures, err)
	}
}
