package code

import (
	"strings"
	"testing"

	"repertoire/internal/layout"
)

var ink, paper = layout.Color{K: 100}, layout.Color{R: 255, G: 255, B: 255}

// The patterns of digits are those of the standard, written out here a second
// time: left odd, left even, which of them the first digit asks for.
var (
	odd    = strings.Fields("0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011")
	parity = strings.Fields("OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO")
)

func flip(s string) string { return strings.NewReplacer("0", "1", "1", "0").Replace(s) }

func turned(s string) string {
	var b strings.Builder
	for i := len(s) - 1; i >= 0; i-- {
		b.WriteByte(s[i])
	}
	return b.String()
}

func pattern(digits string) string {
	out := "101"
	for i := 1; i <= 6; i++ {
		p := odd[digits[i]-'0']
		if parity[digits[0]-'0'][i-1] == 'E' {
			p = turned(flip(p))
		}
		out += p
	}
	out += "01010"
	for i := 7; i < 13; i++ {
		out += flip(odd[digits[i]-'0'])
	}
	return out + "101"
}

func TestEANBars(t *testing.T) {
	d, err := EAN("978-2-07-036024-6", ink, paper)
	if err != nil {
		t.Fatal(err)
	}
	bars := d.Shapes[1].(*layout.Path)
	got := []byte(strings.Repeat("0", 95))
	for i := 0; i < len(bars.Ops); i += 5 {
		got[int(bars.Ops[i].X/0.9354-11+0.5)] = '1'
	}
	if want := pattern("9782070360246"); string(got) != want {
		t.Errorf("bars %s, want %s", got, want)
	}
}

func TestISBN(t *testing.T) {
	for typed, want := range map[string]string{
		"978-2-07-036024-6": "9782070360246", "ISBN 9782070360246": "9782070360246", "2-07-036024-5": "9782070360246",
		"0-8044-2957-X": "9780804429573",
	} {
		if got, err := ISBN13(typed); err != nil || got != want {
			t.Errorf("%s: %s, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "978-2-07-036024-5", "2-07-036024-9", "123", "977-2-07-036024-7", "978-2-07-03602A-6",
		"4006381333931"} {
		if got, err := ISBN13(typed); err == nil {
			t.Errorf("%s is taken for %s", typed, got)
		}
	}
}

func TestQRHasItsQuietZone(t *testing.T) {
	d, err := QR("https://exemple.org/fiches/12", ink, paper)
	if err != nil {
		t.Fatal(err)
	}
	dots := d.Shapes[1].(*layout.Path)
	for _, op := range dots.Ops {
		if op.Kind != 'Z' && (op.X < 4*1.4-0.01 || op.X > d.W-4*1.4+0.01 || op.Y < 4*1.4-0.01 || op.Y > d.H-4*1.4+0.01) {
			t.Fatalf("a module stands in the quiet zone: %+v of %v", op, d.W)
		}
	}
}
