package books

import (
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/pdf"
)

// What preflight finds leads to the entry and the field: the press-ready gate
// opens it by a click.
func TestFindingsNameTheField(t *testing.T) {
	var r BuildReport
	r.examined(pdf.Report{Pages: 3, Checks: []pdf.Check{
		{Name: "Polices incorporées", OK: true, Page: -1},
		{Name: pdf.CheckResolution, Page: 2, Detail: "80 dpi.", Origin: layout.Origin{Entry: "lille", Title: "Lille", Field: "pictures.0"}},
		{Name: pdf.CheckResolution, OK: true, Warning: true, Page: 1, Detail: "200 dpi."},
	}}, "")
	want := PreflightSummary{Pages: 3, Checks: 2, Refused: 1, Warned: 1}
	if r.Preflight != want {
		t.Errorf("%+v, want %+v", r.Preflight, want)
	}
	if len(r.Warnings) != 2 || r.Warnings[0] != (BuildWarning{Kind: KindPreflight, Check: pdf.CheckResolution, Refused: true, Page: 3,
		Entry: "lille", Title: "Lille", Field: "pictures.0", Message: "80 dpi."}) {
		t.Errorf("%+v", r.Warnings)
	}
	// What layout said already is not said again.
	told := BuildReport{Warnings: []BuildWarning{{Kind: string(layout.WarnResolution), Page: 3}}}
	told.examined(pdf.Report{Checks: []pdf.Check{{Name: pdf.CheckResolution, Page: 2}}}, "")
	if len(told.Warnings) != 1 || told.Preflight.Refused != 1 {
		t.Errorf("%+v", told)
	}
}
