package base

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// TestDamagedFilesHaveNoWords feeds the reader of PDF files what is none.
func TestDamagedFilesHaveNoWords(t *testing.T) {
	for _, s := range []string{"", "%PDF-", "%PDF-1.7\n1 0 obj<</Type/Catalog>>\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
		"%PDF-1.4\n" + strings.Repeat("1 0 obj << /Length 9 >> stream\n", 50)} {
		if text, _ := pdfText(context.Background(), bytes.NewReader([]byte(s)), int64(len(s))); text != "" {
			t.Errorf("%.20q has the words %q", s, text)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if text, err := pdfText(ctx, bytes.NewReader(nil), 0); text != "" || err == nil {
		t.Error("a stopped reading reads on")
	}
}
