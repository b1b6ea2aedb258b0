//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
	"repertoire/internal/workspace/searches"
)

// campaignOf makes a sample workspace in which Lille and Saint-Louis have
// somebody to write to.
func campaignOf(t *testing.T) (dir string, id repertoire.ID) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "exemple")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Essai"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ids, err := w.Searches().Results(t.Context(), searches.Query{Text: "Lille Saint-Louis"})
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	p, err := w.Records().Partnership(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	p.Contacts = append(p.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Aïcha Diop",
		Email: "aicha@ville.example"})
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	return dir, p.ID
}

// stands reads where the campaign is, beside the window that has it open.
func stands(t *testing.T, dir string, id repertoire.ID) (campaigns.Status, repertoire.Partnership) {
	t.Helper()
	w, err := workspace.Open(context.Background(), dir, workspace.OpenOptions{ReadOnly: true, Share: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	list, err := w.Campaigns().List(context.Background())
	if err != nil || len(list) == 0 {
		return campaigns.Status{}, repertoire.Partnership{}
	}
	s, err := w.Campaigns().Status(context.Background(), string(list[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Records().Partnership(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

// repliedTo takes the workbook out of a draft, writes a description in it and
// keeps it as an authority sends it back: renamed, in a letter.
func repliedTo(t *testing.T, draft, inbox, text string) {
	t.Helper()
	data, err := os.ReadFile(draft)
	if err != nil {
		t.Fatal(err)
	}
	l, err := post.ReadLetter(draft, data)
	if err != nil || len(l.Attachments) != 2 {
		t.Fatalf("%d attachments, %v", len(l.Attachments), err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(l.Attachments[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Votre fiche")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == "description" {
			err = f.SetCellStr("Votre fiche", fmt.Sprintf("C%d", i+1), text)
		}
	}
	var out bytes.Buffer
	if err == nil {
		err = f.Write(&out)
	}
	if err != nil {
		t.Fatal(err)
	}
	back, err := post.Message{From: "aicha@ville.example", FromName: "Aïcha Diop", To: "cuf@cuf.example", Subject: "RE: " + l.Subject, ID: "r@ville.example",
		Text: "Voici.", Attachments: []post.Attachment{{Name: "Fiche (2).xlsx", Data: out.Bytes()}}}.Write()
	if err == nil {
		err = os.WriteFile(filepath.Join(inbox, "RE fiche.eml"), back, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// palette does a command by its name, as hands do.
func (h *hand) palette(words string) {
	h.t.Helper()
	h.keys("ctrl+k")
	h.write(words)
	h.keys("Return")
}

// The campaign in the real window, by keyboard alone: opened on a search,
// drafted, its reply collected, reviewed and accepted, its cockpit, its end.
func TestTheCampaignInTheRealWindow(t *testing.T) {
	dir, id := campaignOf(t)
	h := takeOn(t, dir, 1280, 720)
	over := func(step string, n int) {
		t.Helper()
		h.until(step, func() bool { return h.state().Over == n })
		h.keep(step)
	}
	h.keys("ctrl+shift+q", "Return") // the button that opens a first campaign
	over("a campaign is asked for", 1)
	h.write("Mise à jour 2099")
	h.keys("Tab", "Left", "Tab") // by a search
	h.write("Lille Saint-Louis")
	h.keys("Tab", "Tab", "Tab")
	h.write("31/03/2099")
	h.keys("Tab")
	h.write("Service des répertoires")
	h.keys("Tab")
	h.write("cuf@cuf.example")
	h.keys("Return")
	if h.state().Over == 2 { // others have no address: shown first
		h.keep("without an address")
		h.keys("Tab", "Return")
	}
	over("the campaign is open", 0)
	s, before := stands(t, dir, id)
	if s.Asked == 0 || s.Unwritten == 0 || s.Name != "Mise à jour 2099" {
		t.Fatalf("%s: %+v", s.Name, s.Figures)
	}

	h.palette("textes des messages")
	over("the texts are in view", 1)
	h.keys("ctrl+a")
	h.write("Votre fiche, {{nom}}")
	h.keep("a text of one's own")
	h.keys("Return")
	over("the texts are saved", 0)

	out, inbox := t.TempDir(), t.TempDir()
	choose := func(folder string) {
		t.Helper()
		over("a folder is asked for", 1)
		h.keys("ctrl+a")
		h.write(folder)
		h.keys("Return") // into it
		h.keys("Return") // this one
		over("the folder is chosen", 0)
	}
	h.palette("écrire les brouillons")
	choose(out)
	h.until("the drafts are written", func() bool { s, _ := stands(t, dir, id); return s.Unwritten == 0 && s.Silent > 0 })
	drafts, _ := filepath.Glob(filepath.Join(out, "*", "*aicha@ville.example*.eml"))
	if len(drafts) != 1 {
		t.Fatalf("drafts %v", drafts)
	}
	if data, err := os.ReadFile(drafts[0]); err != nil || !strings.Contains(string(data), "Subject: =?UTF-8?q?Votre_fiche,_A=C3=AFcha_Diop?=") {
		t.Errorf("the officer's own subject is not on the message: %.600s, %v", data, err)
	}

	const answer = "Un projet d’école, dit la ville."
	repliedTo(t, drafts[0], inbox, answer)
	h.palette("relever des réponses")
	choose(inbox)
	h.until("the reply is collected", func() bool { s, _ := stands(t, dir, id); return s.ToReview == 1 })
	if _, p := stands(t, dir, id); p.Version != before.Version {
		t.Error("collecting touched the entry")
	}
	h.keep("a reply to review")
	h.keys("Home")
	for range s.Asked { // down to the one that answered
		h.keys("Return", "a", "Return")
		if s, _ := stands(t, dir, id); s.Done == 1 {
			break
		}
		h.keys("Escape", "Down")
	}
	s, p := stands(t, dir, id)
	if s.Done != 1 || p.Description != answer || p.Confirmations["description"].Source == "" {
		t.Fatalf("%+v, %q from %q", s.Figures, p.Description, p.Confirmations["description"].Source)
	}
	h.keep("reviewed")
	h.palette("vue d’ensemble")
	h.keep("the cockpit")
	h.sound("the cockpit", h.state())
	h.palette("clore la campagne")
	over("the closing is asked for", 1)
	h.keys("Return")
	h.until("the campaign is closed", func() bool { s, _ := stands(t, dir, id); return s.Closed != "" })
	h.keep("closed")
	h.keys("ctrl+shift+z", "ctrl+shift+z") // the closing, then the review
	h.until("the review is taken back", func() bool { _, p := stands(t, dir, id); return p.Description == before.Description })
}
