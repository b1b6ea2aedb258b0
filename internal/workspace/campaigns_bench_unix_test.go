//go:build unix

package workspace

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/benching"
	"repertoire/internal/campaign"
	"repertoire/internal/pdf/object"
	"repertoire/internal/post"
	"repertoire/internal/workspace/campaigns"
)

// confirmed writes « oui » to the first question of a questionnaire: of the
// workbook as a program that zips it anew, of the PDF as one that appends.
func confirmed(b *testing.B, a post.Attachment) []byte {
	b.Helper()
	var out bytes.Buffer
	if strings.HasSuffix(a.Name, ".pdf") {
		file, err := object.Open(a.Data)
		if err != nil {
			b.Fatal(err)
		}
		for _, n := range file.Numbers() {
			d, _ := file.Get(n).(*object.Dict)
			if name, _ := d.Get("T").(object.String); name.Decode() != campaign.KeyConfirm {
				continue
			}
			d.Set("V", object.Name("Oui"))
			at := len(a.Data)
			out.Write(a.Data)
			fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, object.Append(nil, d))
			table := out.Len()
			before := bytes.Fields(a.Data[bytes.LastIndex(a.Data, []byte("startxref")):])[1]
			fmt.Fprintf(&out, "xref\n%d 1\n%010d 00000 n \ntrailer\n%s\nstartxref\n%d\n%%%%EOF\n", n, at, object.Append(nil,
				object.NewDict("Size", file.Len(), "Root", file.Trailer.Get("Root"), "Info", file.Trailer.Get("Info"), "Prev",
					object.Raw(before))), table)
			return out.Bytes()
		}
		b.Fatal("no first question")
	}
	in, err := zip.NewReader(bytes.NewReader(a.Data), int64(len(a.Data)))
	if err != nil {
		b.Fatal(err)
	}
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			b.Fatal(err)
		}
		if f.Name == "xl/worksheets/sheet1.xml" {
			part = bytes.Replace(part, []byte(`<c r="C3" s="4"/>`), []byte(`<c r="C3" s="4" t="inlineStr"><is><t>oui</t></is></c>`), 1)
		}
		x, err := w.Create(f.Name)
		if err == nil {
			_, err = x.Write(part)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkCampaign opens a campaign on many partnerships, writes its drafts and
// collects a reply of each, workbooks and PDFs by turns; what is said besides is
// processor time, which a busy machine does not change.
func BenchmarkCampaign(b *testing.B) {
	for _, n := range []int{200, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := sampled(b)
				if _, err := w.Records().AddDirectory(b.Context(), "essai", "Essai", []string{"SN"}); err != nil {
					b.Fatal(err)
				}
				if _, err := w.Tables().Generate(b.Context(), n, 7, "essai", nil); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				campaignOf(b, w)
			}
		})
	}
}

func campaignOf(b *testing.B, w *Workspace) {
	drafts, inbox := b.TempDir(), b.TempDir()
	timed := func(what string, do func()) {
		b.Helper()
		start, before := time.Now(), benching.Spent()
		do()
		wall := time.Since(start)
		b.ReportMetric((benching.Spent() - before).Seconds(), what+"-cpu-s")
		b.ReportMetric(wall.Seconds(), what+"-s")
	}
	timed("open", func() {
		if _, err := w.Campaigns().Open(b.Context(), campaigns.Opening{Name: "Essai", Scope: campaign.Scope{Directory: "essai"},
			Deadline: "2099-03-31", Sender: campaign.Sender{Name: "CUF", Email: "cuf@cuf.example"}}); err != nil {
			b.Fatal(err)
		}
	})
	var written campaigns.Drafted
	timed("drafts", func() {
		var err error
		if written, err = w.Campaigns().Drafts(b.Context(), "", drafts, campaigns.Wanted{}, nil); err != nil {
			b.Fatal(err)
		}
	})
	b.StopTimer()
	seen, size := map[[32]byte]bool{}, 0
	for i, name := range written.Files {
		data, err := os.ReadFile(filepath.Join(drafts, name))
		if err != nil {
			b.Fatal(err)
		}
		size += len(data)
		l, err := post.ReadLetter(name, data)
		if err != nil {
			b.Fatal(err)
		}
		same := sha256.Sum256(l.Attachments[0].Data) // of the questionnaire: several people have the same
		if seen[same] {
			continue
		}
		a := l.Attachments[len(seen)%2]
		seen[same] = true
		if err := os.WriteFile(filepath.Join(inbox, fmt.Sprintf("%d %s", i, a.Name)), confirmed(b, a), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.StartTimer()
	timed("collect", func() {
		out, err := w.Campaigns().Collect(b.Context(), "", []string{inbox}, nil)
		if err != nil || len(out.Broken) > 0 || out.New != len(seen) {
			b.Fatalf("%d of %d, %+v, %v", out.New, len(seen), out.Broken, err)
		}
	})
	b.ReportMetric(float64(written.Written), "messages")
	b.ReportMetric(float64(len(seen)), "replies")
	b.ReportMetric(float64(size)/float64(written.Written)/1024, "KiB/message")
}
