package workspace

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/campaigns"
)

// reworked lets a test do anything to a form.
func reworked(t *testing.T, data []byte, do func(*excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := do(f); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withPart adds a part to an archive.
func withPart(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.Create(name)
	if err == nil {
		_, err = part.Write([]byte("x"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBadRepliesAreSaidAndNothingIsTakenUnseen(t *testing.T) {
	a := newAsked(t)
	first, second, third := a.ids[0], a.ids[1], a.ids[2]
	before := map[repertoire.ID]repertoire.Partnership{first: a.entry(first), second: a.entry(second), third: a.entry(third)}
	good := a.form(first)

	altered := reworked(t, good, func(f *excelize.File) error {
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				return err
			}
			for i, row := range rows {
				for j, cell := range row {
					if at := strings.Index(cell, "RQ1-"); at >= 0 {
						end := cell[len(cell)-1]
						other := byte('2')
						if end == '2' {
							other = '3'
						}
						name, _ := excelize.CoordinatesToCellName(j+1, i+1)
						cell = cell[:len(cell)-4] + string(other) + cell[len(cell)-3:]
						if err := f.SetCellStr(sheet, name, cell); err != nil {
							return err
						}
					}
				}
			}
		}
		return nil
	})
	a.comes("a-modifiee.xlsx", altered)
	a.comes("b-macros.xlsx", withPart(t, good, "xl/vbaProject.bin"))
	a.comes("c-vide.xlsx", []byte("PK\x03\x04rien"))
	a.comes("d-lettre.docx", []byte("PK\x03\x04"))
	a.comes("e-gros.xlsx", append(bytes.Clone(good), make([]byte, 21<<20)...))
	a.comes("f-libre.xlsx", reworked(t, good, func(f *excelize.File) error {
		for _, s := range f.GetSheetList() {
			if s == "Identifiant" {
				continue
			}
			rows, _ := f.GetRows(s)
			for i, row := range rows {
				for j, c := range row {
					if strings.Contains(c, "RQ1-") {
						name, _ := excelize.CoordinatesToCellName(j+1, i+1)
						if err := f.SetCellStr(s, name, ""); err != nil {
							return err
						}
					}
				}
			}
		}
		return f.DeleteSheet("Identifiant")
	}))
	// Two that contradict each other, one sent twice, one without hidden columns.
	a.comes("g-un.xlsx", filled(t, a.form(second), map[string]string{"status": "En sommeil"}))
	a.comes("g-un-copie.xlsx", reworked(t, filled(t, a.form(second), map[string]string{"status": "En sommeil"}),
		func(f *excelize.File) error { return f.SetColWidth("Votre fiche", "B", "B", 50) }))
	a.comes("h-deux.xlsx", filled(t, a.form(second), map[string]string{"status": "Terminé"}))
	a.comes("i-colonnes.xlsx", reworked(t, filled(t, a.form(third), map[string]string{"projects.0.results": "Trois puits."}),
		func(f *excelize.File) error {
			for _, s := range []string{"Votre fiche", "Projets"} {
				if err := f.UnprotectSheet(s); err != nil {
					return err
				}
				if err := f.RemoveCol(s, "A"); err != nil {
					return err
				}
			}
			return nil
		}))
	c := a.collect()
	if len(c.Broken) != 6 || c.New != 3 || c.Doubles != 1 {
		t.Errorf("%d new, %d doubles, broken %+v", c.New, c.Doubles, c.Broken)
	}
	for _, b := range c.Broken {
		if !strings.Contains(strings.ToLower(b.Reason), "il reste où il est") && !strings.Contains(b.Reason, "rien n’en a été lu") {
			t.Errorf("%s: %s", b.File, b.Reason)
		}
	}
	if again := a.collect(); again.New != 0 || again.Already != again.Files {
		t.Errorf("collected twice: %+v", again)
	}
	one, err := a.Campaigns().Review(t.Context(), a.reply("g-un.xlsx").ID)
	if err != nil || len(one.Contradicts) != 1 || one.Differences[0].Against == nil {
		t.Errorf("%+v, %v", one.Differences, err)
	}
	if d := a.decide("g-un.xlsx", campaigns.Decision{All: campaign.Accept}); d.Accepted != 0 || len(d.Left) != 1 {
		t.Errorf("a contradiction was taken unseen: %+v", d)
	}
	loose, err := a.Campaigns().Review(t.Context(), a.reply("i-colonnes.xlsx").ID)
	if err != nil || len(loose.Differences) != 1 || loose.Differences[0].Path != "projects.0.results" || loose.Reply.Reason == "" {
		t.Errorf("%+v, %q, %v", loose.Differences, loose.Reply.Reason, err)
	}
	for id, was := range before {
		now := a.entry(id)
		if id == second { // reviewed: what stands was confirmed, nothing else
			was.Confirmations, now.Confirmations, was.Version, was.Updated, was.Verified = nil, nil, now.Version, now.Updated, now.Verified
		}
		if fmt.Sprint(now) != fmt.Sprint(was) {
			t.Errorf("changed without being accepted:\n%v\n%v", was, now)
		}
	}
}

func TestANoticeOfFailureIsNotedOnItsRequest(t *testing.T) {
	a := newAsked(t)
	p := a.entry(a.ids[0])
	to := p.Contacts[0].Email
	notice := "From: MAILER-DAEMON@mx.example\r\nTo: repertoire@cuf.example\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\nDate: Wed, 03 Mar 2027 10:00:00 +0100\r\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n" +
		"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; " + to +
		"\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--b--\r\n"
	if err := os.WriteFile(filepath.Join(a.inbox, "retour.eml"), []byte(notice), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := a.collect(); c.Bounced != 1 || len(c.Broken) != 0 {
		t.Errorf("%+v", c)
	}
	s, err := a.Campaigns().Status(t.Context(), "")
	if err != nil || s.Bounced != 1 {
		t.Errorf("%+v, %v", s.Figures, err)
	}
}
