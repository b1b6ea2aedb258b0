package workspace

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

func pngFile(t *testing.T, width, height int, deep bool) (string, []byte) {
	t.Helper()
	var img image.Image = image.NewRGBA(image.Rect(0, 0, width, height))
	if deep {
		d := image.NewRGBA64(image.Rect(0, 0, width, height))
		d.Set(1, 1, color.RGBA64{R: 0x1234, A: 0xffff})
		img = d
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "fête.png")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, b.Bytes()
}

func written(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAddMediaKeepsPicturesAndPDF(t *testing.T) {
	w := sampled(t)
	file, data := pngFile(t, 300, 200, true)
	m, err := w.Records().AddMedia(t.Context(), file)
	if err != nil || m.Width != 300 || m.Height != 200 || m.Name != "fête.png" || !m.Picture() || m.DPI() >= records.MinDPI {
		t.Fatalf("%+v %v", m, err)
	}
	kept, err := w.Records().Picture(m.SHA)
	if err != nil || !bytes.Equal(kept, data) {
		t.Fatal("what is kept is not what came", err)
	}
	small, err := w.Records().Thumbnail(t.Context(), m.SHA, 60)
	if err != nil || small.Bounds().Dx() != 60 || small.Bounds().Dy() != 40 {
		t.Fatalf("thumbnail %v %v", small, err)
	}
	pdf, err := w.Records().AddMedia(t.Context(), written(t, "convention.pdf", "%PDF-1.7\n…\n%%EOF\n"))
	if err != nil || pdf.Picture() {
		t.Fatalf("%+v %v", pdf, err)
	}
}

func TestAddMediaRefusesWhatNoBookCanTake(t *testing.T) {
	w := sampled(t)
	_, data := pngFile(t, 300, 200, false)
	for name, content := range map[string]string{
		"coupée.png": string(data[:len(data)/2]), "vide.jpg": "", "texte.png": "bonjour",
		"coupé.pdf": "%PDF-1.7\n", "dessin.gif": "GIF89a\x01\x00\x01\x00\x00\x00\x00;",
	} {
		if _, err := w.Records().AddMedia(t.Context(), written(t, name, content)); err == nil || !strings.Contains(err.Error(), name) ||
			repertoire.KindOf(err) != repertoire.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.Records().AddMedia(t.Context(), t.TempDir()); err == nil {
		t.Error("a folder was taken")
	}
}

func TestOneFieldIsConfirmed(t *testing.T) {
	w := sampled(t)
	p := entryIn(t, w)
	p.Objectives = "Former."
	p, err := w.Records().SavePartnership(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	before := p.Confirmations["type"]
	got, err := w.Records().ConfirmField(t.Context(), p.ID, "objectives")
	if err != nil || got.Confirmations["objectives"].Source != repertoire.SourceUnchanged || got.Confirmations["type"] != before ||
		got.Verified != p.Verified {
		t.Fatalf("%+v %v", got.Confirmations, err)
	}
	list, err := w.History().FieldHistory(t.Context(), p.ID, "objectives")
	if err != nil || len(list) == 0 || list[0].Fields[0].After != "Former." {
		t.Fatalf("%+v %v", list, err)
	}
}

func TestDraftsOutliveTheWindow(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	w := sampled(t)
	p := entryIn(t, w)
	now := p
	now.Notes = "à moitié"
	for range 2 {
		if err := w.Records().KeepDraft(t.Context(), records.KeptDraft{Saved: p, Now: now}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Records().KeepDraft(t.Context(), records.KeptDraft{Now: repertoire.Partnership{Notes: "nouveau"}}); err != nil {
		t.Fatal(err)
	}
	list, err := w.Records().KeptDrafts(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("%d drafts, %v", len(list), err)
	}
	if err := w.Records().DropDraft(t.Context(), p.ID); err != nil {
		t.Fatal(err)
	}
	if err := w.Records().DropDraft(t.Context(), p.ID); err != nil {
		t.Error("dropping twice:", err)
	}
	if list, _ = w.Records().KeptDrafts(t.Context()); len(list) != 1 || list[0].Now.Notes != "nouveau" {
		t.Errorf("left %+v", list)
	}
}

// entryIn gives an entry of the sample that can be saved again as it is.
func entryIn(t *testing.T, w *Workspace) repertoire.Partnership {
	t.Helper()
	r := find(t, w, searches.Query{})
	p, err := w.Records().Partnership(t.Context(), r.Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAnAuthorityKnowsWhoSharesIt(t *testing.T) {
	w := sampled(t)
	p := entryIn(t, w)
	id := p.Parties[0].Authority
	n, err := w.Records().PartnershipsWith(t.Context(), id)
	if err != nil || n < 1 {
		t.Fatalf("%d, %v", n, err)
	}
	if err := w.Records().DeletePartnership(t.Context(), p.ID); err != nil {
		t.Fatal(err)
	}
	if left, err := w.Records().PartnershipsWith(t.Context(), id); err != nil || left != n-1 {
		t.Errorf("%d left of %d, %v", left, n, err)
	}
	found, err := w.Records().ValidateAuthority(t.Context(), repertoire.Authority{Name: "X", Country: "FR", SIREN: "123456789"})
	if err != nil || len(found) == 0 || found[0].Field != "siren" {
		t.Errorf("%+v %v", found, err)
	}
}

// What is typed in the form stays the name of what is chosen, with the reasons;
// one of several that may be meant is said to be doubtful.
func TestTheFormKeepsWhatIsTypedAndDoubts(t *testing.T) {
	w := sampled(t)
	found, err := w.Records().SuggestAbroad(t.Context(), "Mogador", []string{"MA"}, 12)
	if err != nil || len(found) == 0 || found[0].Written != "Mogador" || found[0].Doubt || found[0].Why == "" {
		t.Fatalf("%+v, %v", found, err)
	}
	a, err := w.Records().AdoptAuthority(t.Context(), found[0])
	if err != nil || a.Name != "Mogador" || !slices.Contains(a.OtherNames, "Essaouira") || a.Latitude == nil {
		t.Errorf("%+v, %v", a, err)
	}
	for _, typed := range []string{"Nogent", "Cherbourg-Octeville", "Saint-Nazaire"} {
		found, err := w.Records().SuggestAuthorities(t.Context(), typed, "FR", 12)
		if err != nil || len(found) == 0 || !found[0].Doubt || found[0].Why == "" {
			t.Errorf("%s: %+v, %v", typed, found, err)
		}
	}
	if found, _ := w.Records().SuggestAuthorities(t.Context(), "Villeurbanne", "FR", 12); len(found) == 0 || found[0].Doubt {
		t.Errorf("%+v", found)
	}
}
