// Package code draws the two codes a printed book bears: the bar code of its
// ISBN (EAN-13) and QR codes that lead a telephone to a page. What comes in is a
// number or an address, what goes out is vector art; nothing is fetched.
package code

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/ean"
	"github.com/boombuler/barcode/qr"

	"repertoire/internal/layout"
)

var none = layout.Color{None: true}

// QR draws an address as a QR code with its quiet zone, dark on light.
func QR(address string, dark, light layout.Color) (layout.Drawing, error) {
	img, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return layout.Drawing{}, err
	}
	const quiet, module = 4, 1.4
	n := img.Bounds().Dx()
	side := float64(n+2*quiet) * module
	d := layout.Drawing{W: side, H: side}
	d.Shapes = append(d.Shapes, box(0, 0, side, side, light), dots(img, n, quiet*module, module, dark))
	return d, nil
}

// dots joins the dark modules of a row that touch, in one path.
func dots(img image.Image, n int, at, module float64, dark layout.Color) *layout.Path {
	out := &layout.Path{Fill: dark, Stroke: none}
	for y := range n {
		for x := 0; x < n; {
			if !black(img, x, y) {
				x++
				continue
			}
			from := x
			for x < n && black(img, x, y) {
				x++
			}
			out.Ops = append(out.Ops, box(at+float64(from)*module, at+float64(y)*module, float64(x-from)*module, module, dark).Ops...)
		}
	}
	return out
}

func black(img image.Image, x, y int) bool {
	b := img.Bounds().Min
	return color.GrayModel.Convert(img.At(b.X+x, b.Y+y)).(color.Gray).Y < 128
}

func box(x, y, w, h float64, fill layout.Color) *layout.Path {
	return &layout.Path{Fill: fill, Stroke: none, Ops: []layout.PathOp{{Kind: 'M', X: x, Y: y}, {Kind: 'L', X: x + w, Y: y},
		{Kind: 'L', X: x + w, Y: y + h}, {Kind: 'L', X: x, Y: y + h}, {Kind: 'Z'}}}
}

// ISBN13 gives the thirteen digits of an ISBN typed with or without hyphens, an
// ISBN-10 made one of thirteen; the error says what is wrong with it.
func ISBN13(typed string) (string, error) {
	var digits strings.Builder
	for _, r := range strings.ToUpper(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(typed)), "ISBN")) {
		switch {
		case r >= '0' && r <= '9', r == 'X':
			digits.WriteRune(r)
		case strings.ContainsRune(" -\u00a0\u202f\u2010\u2011:.", r):
		default:
			return "", fmt.Errorf("le signe « %c » n’a pas sa place dans un ISBN", r)
		}
	}
	s := digits.String()
	switch len(s) {
	case 10:
		if strings.Contains(s[:9], "X") || check10(s) != 0 {
			return "", fmt.Errorf("la clé de l’ISBN %s est fausse", typed)
		}
		s = "978" + s[:9]
		return s + string(check13(s)), nil
	case 13:
		if strings.Contains(s, "X") || s[12] != check13(s[:12]) {
			return "", fmt.Errorf("la clé de l’ISBN %s est fausse", typed)
		}
		if !strings.HasPrefix(s, "978") && !strings.HasPrefix(s, "979") {
			return "", fmt.Errorf("un ISBN commence par 978 ou 979")
		}
		return s, nil
	}
	return "", fmt.Errorf("un ISBN a treize chiffres, celui-ci en a %d", len(s))
}

func check10(s string) int {
	sum := 0
	for i, r := range s {
		v := int(r - '0')
		if r == 'X' {
			v = 10
		}
		sum += (10 - i) * v
	}
	return sum % 11
}

func check13(s string) byte {
	sum := 0
	for i, r := range s {
		sum += int(r-'0') * (1 + 2*(i%2))
	}
	return byte('0' + (10-sum%10)%10)
}

// EAN draws the bar code of an ISBN at its nominal size (modules of 0.33 mm,
// white margins of eleven and seven modules), its number under the bars.
func EAN(isbn string, dark, light layout.Color) (layout.Drawing, error) {
	digits, err := ISBN13(isbn)
	if err != nil {
		return layout.Drawing{}, err
	}
	img, err := ean.Encode(digits)
	if err != nil {
		return layout.Drawing{}, err
	}
	const module, left, right, high, guard, size = 0.9354, 11.0, 7.0, 62.0, 4.7, 8.2
	n := img.Bounds().Dx()
	w, h := (left+float64(n)+right)*module, high+guard+size+6
	d := layout.Drawing{W: w, H: h, Alt: "Code-barres de l’ISBN " + digits + ".", Shapes: []layout.Shape{box(0, 0, w, h, light)}}
	bars := &layout.Path{Fill: dark, Stroke: none}
	for x := range n {
		if !black(img, x, 0) {
			continue
		}
		tall := high
		if x < 3 || x > n-4 || x > 44 && x < 50 {
			tall += guard
		}
		bars.Ops = append(bars.Ops, box((left+float64(x))*module, 4, module, tall, dark).Ops...)
	}
	d.Shapes = append(d.Shapes, bars)
	label := func(x float64, s string) {
		d.Shapes = append(d.Shapes, &layout.Label{X: x * module, Y: 4 + high + guard + size*0.55, Text: s, Size: size,
			Align: layout.AlignCenter, Fill: dark, Halo: none})
	}
	label(left-6, digits[:1])
	label(left+3+21, digits[1:7])
	label(left+50+21, digits[7:])
	return d, nil
}
