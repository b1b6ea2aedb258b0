package layout

import (
	"sync"
	"testing"

	"repertoire/assets"
)

// bundled are the fonts of the program.
type bundled struct{}

func (bundled) Font(name string) ([]byte, error) { return assets.Font(name) }

var testFonts sync.Map

func testFont(t testing.TB, name string) *Font {
	t.Helper()
	if f, ok := testFonts.Load(name); ok {
		return f.(*Font)
	}
	b, err := assets.Font(name)
	if err != nil {
		t.Skip(err)
	}
	f, err := ParseFont(b)
	if err != nil {
		t.Fatal(err)
	}
	testFonts.Store(name, f)
	return f
}

// newSetter makes a setter in a design; without fonts the test is skipped,
// and says so.
func newSetter(t testing.TB, design, format string, opts ...Option) *Setter {
	t.Helper()
	testFont(t, "NotoSerif-Regular")
	d, err := LoadDesign(design, format)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(bundled{}, d, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
