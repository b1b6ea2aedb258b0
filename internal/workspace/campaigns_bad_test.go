package workspace

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/campaign"
	"repertoire/internal/campaign/form"
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

// swapped gives an identifier with another letter in its signature.
func swapped(id string) string {
	other := "2"
	if id[len(id)-1] == '2' {
		other = "3"
	}
	return id[:len(id)-1] + other
}

// eachIdentifier rewrites the identifiers of a workbook.
func eachIdentifier(t *testing.T, data []byte, do func(sheet, cell string) string) []byte {
	t.Helper()
	return reworked(t, data, func(f *excelize.File) error {
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				return err
			}
			for i, row := range rows {
				for j, cell := range row {
					if !strings.Contains(cell, "RQ1-") {
						continue
					}
					name, _ := excelize.CoordinatesToCellName(j+1, i+1)
					if err := f.SetCellStr(sheet, name, do(sheet, cell)); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// forged changes a letter of the signature wherever it stands.
func forged(t *testing.T, data []byte) []byte {
	t.Helper()
	return eachIdentifier(t, data, func(_, cell string) string { return swapped(cell) })
}

// unsealed takes the identifier out of a workbook.
func unsealed(t *testing.T, data []byte) []byte {
	t.Helper()
	return eachIdentifier(t, data, func(string, string) string { return "" })
}

// withoutKeys takes the hidden columns away, as somebody tidying up does.
func withoutKeys(t *testing.T, data []byte) []byte {
	t.Helper()
	return reworked(t, data, func(f *excelize.File) error {
		for _, s := range []string{"Votre fiche", "Projets"} {
			if err := f.UnprotectSheet(s); err != nil {
				return err
			}
			if err := f.RemoveCol(s, "A"); err != nil {
				return err
			}
		}
		return nil
	})
}

// boxed makes an archive of one file.
func boxed(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	part, err := w.Create(name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// identifier gives that of the questionnaire that was sent to an entry.
func (a *asked) identifier(id repertoire.ID) string {
	a.t.Helper()
	back, err := form.ReadForm("x.pdf", a.sent(id, ".pdf"))
	if err != nil || len(back.Identifiers) != 1 {
		a.t.Fatal(back.Identifiers, err)
	}
	return back.Identifiers[0]
}

// elsewhere answers the questionnaire of another campaign, closed since.
func (a *asked) elsewhere(id repertoire.ID) []byte {
	a.t.Helper()
	if _, err := a.Campaigns().Open(a.t.Context(), campaigns.Opening{Name: "Une autre", Scope: campaign.Scope{Directory: "senegal"},
		Deadline: "2099-03-31", Sender: campaign.Sender{Name: "Cités Unies France", Email: "repertoire@cuf.example"}}); err != nil {
		a.t.Fatal(err)
	}
	drafts := a.drafts
	a.drafts = a.t.TempDir()
	defer func() { a.drafts = drafts }()
	if _, err := a.Campaigns().Drafts(a.t.Context(), "Une autre", a.drafts, campaigns.Wanted{Only: []repertoire.ID{id}}, nil); err != nil {
		a.t.Fatal(err)
	}
	if _, err := a.Campaigns().Close(a.t.Context(), "Une autre"); err != nil {
		a.t.Fatal(err)
	}
	return a.form(id)
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
