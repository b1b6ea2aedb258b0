package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/pdf/object"
)

// TestAttachment puts the XML of an invoice in and takes it out again with
// other people's tools.
func TestAttachment(t *testing.T) {
	xml := []byte(strings.Repeat("<facture numero=\"F2026-0001\"/>\n", 50))
	o := Options{Attachments: []Attachment{{Name: "factur-x.xml", MIME: "text/xml", Description: "Facture F2026-0001", Data: xml,
		Invoice: "EN 16931"}}}
	out := write(t, sample(t), o)
	if !bytes.Equal(out, write(t, sample(t), o)) {
		t.Error("the same invoice gives other bytes")
	}
	if r, err := Preflight(out); err != nil || !r.OK {
		t.Errorf("refused: %+v", r.Checks)
	}
	file := filepath.Join(t.TempDir(), "facture.pdf")
	if err := os.WriteFile(file, out, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tool := range []string{"qpdf", "pdfdetach"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing", tool)
		}
	}
	if said, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, said)
	}
	back := filepath.Join(t.TempDir(), "factur-x.xml")
	if said, err := exec.Command("pdfdetach", "-save", "1", "-o", back, file).CombinedOutput(); err != nil {
		t.Fatalf("pdfdetach: %v\n%s", err, said)
	}
	if got, err := os.ReadFile(back); err != nil || !bytes.Equal(got, xml) {
		t.Errorf("%d bytes come back of %d (%v)", len(got), len(xml), err)
	}
}

// TestAttachmentChecked breaks what a reader of invoices looks for.
func TestAttachmentChecked(t *testing.T) {
	o := Options{Attachments: []Attachment{{Name: "factur-x.xml", MIME: "text/xml", Description: "Facture", Data: []byte("<f/>"),
		Invoice: "EN 16931"}}}
	whole := write(t, sample(t), o)
	for name, change := range map[string]func(root *object.Dict, get func(any) *object.Dict){
		"without a description": func(root *object.Dict, get func(any) *object.Dict) {
			get(root.Get("AF").(object.Array)[0]).Delete("Desc")
		},
		"without its content": func(root *object.Dict, get func(any) *object.Dict) {
			get(root.Get("AF").(object.Array)[0]).Delete("EF")
		},
		"under another name": func(root *object.Dict, get func(any) *object.Dict) {
			get(root.Get("AF").(object.Array)[0]).Set("UF", object.Text("autre.xml"))
		},
		"unnamed by the catalog": func(root *object.Dict, _ func(any) *object.Dict) { root.Delete("AF") },
	} {
		file, err := object.Open(whole)
		if err != nil {
			t.Fatal(err)
		}
		draft := object.Draft{Version: "1.7", Objects: make([]any, file.Len())}
		for n := 1; n < file.Len(); n++ {
			draft.Objects[n] = file.Get(n)
		}
		draft.Root, _ = file.Trailer.Get("Root").(object.Ref)
		draft.Info, _ = file.Trailer.Get("Info").(object.Ref)
		get := func(v any) *object.Dict {
			ref := v.(object.Ref)
			d, _ := draft.Objects[ref.Num].(*object.Dict)
			return d
		}
		change(get(draft.Root), get)
		if r, err := Preflight(draft.Bytes(bytes.Repeat([]byte{7}, 16))); err == nil && r.OK {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, _, err := Write(t.Context(), sample(t).pages,
		Options{Variant: Print, Profile: Profile{Data: pressProfile(t)}, Attachments: o.Attachments}); err == nil {
		t.Error("a print file took an attachment")
	}
}
