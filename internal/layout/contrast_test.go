package layout

import "testing"

// TestReadable: figures on the goals' squares can be read, on the yellow ones too.
func TestReadable(t *testing.T) {
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				background := Color{R: uint8(r), G: uint8(g), B: uint8(b)}
				if c := Contrast(Readable(background), background); c < 3.9 {
					t.Fatalf("%v: contrast %.2f", background, c)
				}
			}
		}
	}
	yellow := Color{R: 252, G: 195, B: 11}
	if Readable(yellow).R == 255 {
		t.Error("white on yellow cannot be read")
	}
	if Readable(Color{R: 23, G: 73, B: 124}).R != 255 {
		t.Error("white on deep blue can be read")
	}
}
