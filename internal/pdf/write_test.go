package pdf

import (
	"context"
	"os"
	"testing"
)

func write(t testing.TB, b *book, o Options) []byte {
	t.Helper()
	if o.Variant == Print && o.Profile.Data == nil {
		o.Profile.Data = pressProfile(t)
	}
	out, r, err := Write(context.Background(), b.pages, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Checks {
		t.Logf("%+v", c)
	}
	return out
}

func TestWrite(t *testing.T) {
	os.WriteFile("/tmp/pdfdev/d.pdf", write(t, sample(t), Options{Recipient: "ville de Lille"}), 0o644)
	os.WriteFile("/tmp/pdfdev/p.pdf", write(t, sample(t), Options{Variant: Print, Marks: true}), 0o644)
}
