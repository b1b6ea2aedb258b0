package pdf

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

// sound is a sample whose pictures are fine enough for the press.
func sound(t testing.TB) *book {
	b := sample(t)
	for _, p := range b.pages.Pages {
		for _, it := range p.Items {
			if pic, ok := it.(*layout.Picture); ok {
				pic.W, pic.H = 90, 67.5
			}
		}
	}
	return b
}

func problems(r Report) []string {
	var out []string
	for _, c := range r.Checks {
		if !c.OK || c.Warning {
			out = append(out, c.Name+": "+c.Detail)
		}
	}
	return out
}

func preflight(t testing.TB, data []byte) Report {
	t.Helper()
	r, err := Preflight(data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPreflightOfSoundFiles(t *testing.T) {
	for name, o := range map[string]Options{
		"digital": {}, "recipient": {Recipient: "ville de Lille"}, "print": {Variant: Print}, "marks": {Variant: Print, Marks: true},
		"booklet": {Variant: Print, Imposition: Booklet}, "cover": {Variant: Print, Imposition: CoverSpread, Spine: 20},
	} {
		t.Run(name, func(t *testing.T) {
			r := preflight(t, write(t, sound(t), o))
			if !r.OK {
				t.Errorf("%s", strings.Join(problems(r), "\n"))
			}
			for _, c := range r.Checks {
				if c.Warning && c.Name != checkCredits {
					t.Errorf("warning: %s: %s", c.Name, c.Detail)
				}
			}
		})
	}
}

func TestPreflightSaysWhere(t *testing.T) {
	b := sample(t)
	b.pages.Pages[2].Regions = []layout.Region{{X: 0, Y: 0, W: 600, H: 100, Origin: layout.Origin{Entry: "e9", Field: "title"}}}
	r, err := PreflightPages(write(t, b, Options{Variant: Print}), b.pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Checks {
		if c.Name == CheckResolution && c.Warning && c.Page == 2 {
			if c.Origin.Entry != "e1" || c.Origin.Field != "pictures.0" {
				t.Errorf("origin %+v", c.Origin)
			}
			return
		}
	}
	t.Errorf("no warning of resolution: %v", problems(r))
}

func TestInkOfPictures(t *testing.T) {
	for limit, want := range map[int]bool{300: true, 320: true, 400: false} {
		b := newBook(t)
		b.addPage("1")
		data := cmykJPEG(64, [4]uint8{255, 255, 255, 255}, true)
		b.picture(b.node(b.pages.Structure, "Figure"), data, "jpeg", 64, 64, 10, 10, 9, 9)
		r := preflight(t, write(t, b, Options{Variant: Print, InkLimit: limit}))
		for _, c := range r.Checks {
			if c.Name == checkInk && c.OK != want {
				t.Errorf("limit %d: %+v", limit, c)
			}
		}
	}
}

func TestPreflightRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		kind repertoire.Kind
	}{
		"nothing":   {nil, repertoire.Damaged},
		"a picture": {pngOf(t, photo(3, 3)), repertoire.Damaged},
		"cut short": {write(t, sample(t), Options{})[:5000], repertoire.Damaged},
		"no pages": {(&object.Draft{Version: "1.4", Objects: []any{nil, object.NewDict()}, Root: object.Ref{Num: 1}}).Bytes(nil),
			repertoire.Damaged},
		"only header": {[]byte("%PDF-1.7\n"), repertoire.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Preflight(c.data)
			var e *repertoire.Error
			if !errors.As(err, &e) || e.Kind != c.kind {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestLockedFile(t *testing.T) {
	data := write(t, sample(t), Options{})
	// An entry of the trailer is enough: nothing behind it can be read.
	at := bytes.LastIndex(data, []byte("/W [1 4 2]"))
	locked := append([]byte(nil), data...)
	copy(locked[at:], "/Encrypt 1")
	if _, err := Preflight(locked); repertoire.KindOf(err) == repertoire.Internal || err == nil {
		t.Errorf("%v", err)
	}
}

func TestForeignFile(t *testing.T) {
	d := thaw(t, write(t, sample(t), Options{}))
	d.Objects[d.Info.Num] = object.NewDict("Producer", object.Text("Another"))
	for _, key := range []object.Name{"OutputIntents", "StructTreeRoot", "MarkInfo", "Metadata", "PageLabels"} {
		root(d).Delete(key)
	}
	r := preflight(t, d.Bytes(nil))
	if c := r.Checks[0]; c.Name != checkOrigin || !c.Warning {
		t.Errorf("first check %+v", c)
	}
	for _, c := range r.Checks {
		if c.Name == checkTags || c.Name == checkInk {
			t.Errorf("%s makes no sense here", c.Name)
		}
	}
}

func TestISBN(t *testing.T) {
	for s, want := range map[string]bool{
		"978-2-07-036822-8": true, "978-2-07-036822-9": false, "2-07-036822-X": true, "2-07-036822-1": false, "978 2 07 036822 8": true,
		"12345": false, "X-07-036822-1": false,
	} {
		if validISBN(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

func TestWording(t *testing.T) {
	for text, want := range map[string]string{
		"ISBN 978-2-07-036822-9":                                    checkISBN,
		"ISBN 978-2-07-036822-8":                                    checkDeposit,
		"ISBN 978-2-07-036822-8 Dépôt légal : bientôt":              checkDeposit,
		"ISBN 978-2-07-036822-8 Dépôt légal : novembre 2019":        checkDeposit,
		"ISBN 978-2-07-036822-8 Dépôt légal : novembre 2026":        "",
		"ISBN : 978-2-07-036822-8. Dépôt légal : 4e trimestre 2026": "",
	} {
		b := newBook(t)
		b.addPage("1")
		b.text(b.node(b.pages.Structure, "P"), "serif", 10, 60, 60, text)
		r := preflight(t, write(t, b, Options{}))
		got := strings.Join(problems(r), "\n")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: want %q, got %s", text, want, got)
		}
	}
}

// TestPreflightSurvivesDamage scatters wrong bytes over a file: whatever is
// read, it ends in a report or a sentence.
func TestPreflightSurvivesDamage(t *testing.T) {
	whole := write(t, sample(t), Options{})
	random := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		b := append([]byte(nil), whole...)
		for range 1 + random.IntN(20) {
			b[random.IntN(len(b))] = byte(random.IntN(256))
		}
		if random.IntN(10) == 0 {
			b = b[:random.IntN(len(b))]
		}
		checkSentence(t, b)
	}
}

func checkSentence(t *testing.T, data []byte) {
	t.Helper()
	_, err := Preflight(data)
	if err == nil {
		return
	}
	var e *repertoire.Error
	if !errors.As(err, &e) {
		t.Fatalf("not a sentence: %v", err)
	}
	if e.Err != nil && strings.Contains(e.Err.Error(), "preflight:") {
		t.Fatalf("panic: %v", e.Err)
	}
}

func FuzzPreflight(f *testing.F) {
	f.Add(write(f, sample(f), Options{}))
	f.Add(thaw(f, write(f, sample(f), Options{})).Bytes([]byte("0123456789abcdef")))
	f.Add([]byte(
		"%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Kids [2 0 R]>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n90\n%%EOF"))
	f.Fuzz(func(t *testing.T, data []byte) { checkSentence(t, data) })
}
