package icc

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"
)

func fogra(t testing.TB) *Profile {
	t.Helper()
	data, err := os.ReadFile("../../../data/icc/FOGRA39L_coated.icc")
	if err != nil {
		t.Fatalf("le profil FOGRA39 manque : %v", err)
	}
	p, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func converter(t testing.TB, p *Profile, limit int) *Converter {
	t.Helper()
	c, err := NewConverter(p, limit)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestAgainstLittleCMS compares with the separations of Little CMS 2.14
// (transicc -t1 -b, an sRGB profile to our FOGRA39L_coated.icc): percent of C, M,
// Y, K.
func TestAgainstLittleCMS(t *testing.T) {
	c := converter(t, fogra(t), 400)
	for _, v := range []struct {
		rgb  [3]uint8
		inks [4]float64
	}{
		{[3]uint8{255, 255, 255}, [4]float64{0, 0, 0.0015, 0.0015}},
		{[3]uint8{0, 0, 0}, [4]float64{76.35, 64.9088, 56.1776, 93.4371}},
		{[3]uint8{128, 128, 128}, [4]float64{14.9157, 12.5628, 12.6604, 54.8318}},
		{[3]uint8{255, 0, 0}, [4]float64{0, 95.7229, 96.4645, 0.0671}},
		{[3]uint8{0, 255, 0}, [4]float64{62.3926, 0, 94.8791, 0}},
		{[3]uint8{0, 0, 255}, [4]float64{96.7361, 73.0541, 0, 0}},
		{[3]uint8{255, 255, 0}, [4]float64{3.8346, 0.0504, 94.6899, 0}},
		{[3]uint8{200, 120, 60}, [4]float64{0, 51.194, 75.5947, 23.3661}},
		{[3]uint8{30, 60, 90}, [4]float64{72.1935, 40.2106, 1.0117, 66.5782}},
		{[3]uint8{240, 220, 200}, [4]float64{1.0056, 10.1061, 18.7076, 8.4764}},
		{[3]uint8{0, 82, 160}, [4]float64{94.1939, 65.9464, 0, 4.5975}},
	} {
		exact := c.exact(float64(v.rgb[0])/255, float64(v.rgb[1])/255, float64(v.rgb[2])/255)
		fast := c.Inks(v.rgb[0], v.rgb[1], v.rgb[2])
		for i := range exact {
			if d := math.Abs(exact[i]*100 - v.inks[i]); d > 0.1 {
				t.Errorf("%v ink %d: %.3f, want %.3f", v.rgb, i, exact[i]*100, v.inks[i])
			}
			if d := math.Abs(float64(fast[i])/2.55 - v.inks[i]); d > 1 {
				t.Errorf("%v ink %d by the grid: %.3f, want %.3f", v.rgb, i, float64(fast[i])/2.55, v.inks[i])
			}
		}
	}
}

func TestConverter(t *testing.T) {
	c := converter(t, fogra(t), 300)
	t.Run("never over the limit", rapid.MakeCheck(func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.Byte(), 3, 3).Draw(t, "rgb")
		inks := c.Inks(v[0], v[1], v[2])
		if sum := int(inks[0]) + int(inks[1]) + int(inks[2]) + int(inks[3]); sum > 300*255/100 {
			t.Errorf("%v lays %d/255", v, sum)
		}
	}))
	t.Run("there and back within the press's gamut", func(t *testing.T) {
		for _, v := range [][3]uint8{{255, 255, 255}, {128, 128, 128}, {200, 120, 60}, {240, 220, 200}, {90, 100, 80}} {
			r, g, b := c.Screen(c.Inks(v[0], v[1], v[2]))
			for i, got := range []uint8{r, g, b} {
				if d := int(got) - int(v[i]); d > 5 || d < -5 {
					t.Errorf("%v comes back as %d %d %d", v, r, g, b)
				}
			}
		}
	})
	t.Run("black alone darkens with the gray", func(t *testing.T) {
		for v := 1; v < 256; v++ {
			if c.Black(uint8(v)) > c.Black(uint8(v-1)) {
				t.Fatalf("gray %d takes more black than %d", v, v-1)
			}
		}
		if c.Black(255) != 0 || c.Black(0) != 255 {
			t.Errorf("white takes %d, black %d", c.Black(255), c.Black(0))
		}
	})
}

func TestLimit(t *testing.T) {
	for _, c := range []struct {
		in    [4]uint8
		limit int
		want  [4]uint8
	}{
		{[4]uint8{255, 255, 255, 255}, 300, [4]uint8{170, 170, 170, 255}},
		{[4]uint8{10, 20, 30, 40}, 300, [4]uint8{10, 20, 30, 40}},
		{[4]uint8{0, 0, 0, 255}, 90, [4]uint8{0, 0, 0, 255}},
		{[4]uint8{255, 255, 0, 0}, 100, [4]uint8{127, 127, 0, 0}},
	} {
		if got := Limit(c.in, c.limit); got != c.want {
			t.Errorf("Limit(%v, %d) = %v, want %v", c.in, c.limit, got, c.want)
		}
	}
}

// profileOf makes a profile of the tags given.
func profileOf(class, space, pcs string, tags map[string][]byte) []byte {
	out := make([]byte, 128)
	out[8] = 4
	copy(out[12:], class+space+pcs)
	copy(out[36:], "acsp")
	out = binary.BigEndian.AppendUint32(out, uint32(len(tags)))
	at := len(out) + 12*len(tags)
	var body []byte
	for _, sig := range []string{"A2B0", "A2B1", "B2A0", "B2A1", "desc"} {
		if data, ok := tags[sig]; ok {
			out = append(out, sig...)
			out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
			out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
			body = append(body, data...)
		}
	}
	out = append(out, body...)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}

// lut8 makes a table of corners only; node gives the outputs of a corner.
func lut8(nIn, nOut int, node func(corner []int) []byte) []byte {
	t := append([]byte("mft1\x00\x00\x00\x00"), byte(nIn), byte(nOut), 2, 0)
	t = append(t, make([]byte, 36)...)
	ramp := make([]byte, 256)
	for i := range ramp {
		ramp[i] = byte(i)
	}
	for range nIn {
		t = append(t, ramp...)
	}
	for k := range 1 << nIn {
		corner := make([]int, nIn)
		for i := range corner {
			corner[i] = k >> (nIn - 1 - i) & 1
		}
		t = append(t, node(corner)...)
	}
	for range nOut {
		t = append(t, ramp...)
	}
	return t
}

// modern wraps corners in a lutAToB or lutBToA with linear curves.
func modern(kind string, nIn, nOut int, node func(corner []int) []byte) []byte {
	t := append([]byte(kind+"\x00\x00\x00\x00"), byte(nIn), byte(nOut), 0, 0)
	t = append(t, make([]byte, 20)...)
	put := func(at int) { binary.BigEndian.PutUint32(t[at:], uint32(len(t))) }
	linear := append([]byte("para\x00\x00\x00\x00"), 0, 0, 0, 0, 0, 1, 0, 0)
	nB, nA := nIn, nOut
	if kind == "mAB " {
		nB, nA = nOut, nIn
	}
	put(12)
	for range nB {
		t = append(t, linear...)
	}
	put(24)
	grid := make([]byte, 20)
	for i := range nIn {
		grid[i] = 2
	}
	grid[16] = 1
	t = append(t, grid...)
	for k := range 1 << nIn {
		corner := make([]int, nIn)
		for i := range corner {
			corner[i] = k >> (nIn - 1 - i) & 1
		}
		t = append(t, node(corner)...)
	}
	for len(t)%4 != 0 {
		t = append(t, 0)
	}
	put(28)
	for range nA {
		t = append(t, linear...)
	}
	return t
}

// Black alone carries lightness in these toy presses.
func toyInk(c []int) []byte { return []byte{0, 0, 0, byte(255 - 255*c[0])} }
func toyLab(c []int) []byte { return []byte{byte(255 - 255*c[3]), 128, 128} }

func TestTableKinds(t *testing.T) {
	for name, data := range map[string][]byte{
		"lut8": profileOf("prtr", "CMYK", "Lab ", map[string][]byte{"B2A0": lut8(3, 4, toyInk), "A2B0": lut8(4, 3, toyLab)}),
		"v4": profileOf("prtr", "CMYK", "Lab ", map[string][]byte{"B2A1": modern("mBA ", 3, 4, toyInk),
			"A2B1": modern("mAB ", 4, 3, toyLab)}),
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(data)
			if err != nil {
				t.Fatal(err)
			}
			c := converter(t, p, 400)
			if got := c.Inks(0, 0, 0); got != [4]uint8{0, 0, 0, 255} {
				t.Errorf("black is %v", got)
			}
			// sRGB 119 has L* 50.
			if got := c.Inks(119, 119, 119)[3]; got < 125 || got > 130 {
				t.Errorf("mid gray takes %d of black", got)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	good := map[string][]byte{"B2A1": lut8(3, 4, toyInk), "A2B1": lut8(4, 3, toyLab)}
	whole := profileOf("prtr", "CMYK", "Lab ", good)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"empty":         {nil, ErrDamaged},
		"not a profile": {make([]byte, 300), ErrDamaged},
		"cut short":     {whole[:len(whole)-10], ErrDamaged},
		"a screen's":    {SRGB(), ErrUnsuitable},
		"a link":        {profileOf("link", "CMYK", "Lab ", good), ErrUnsuitable},
		"no tables":     {profileOf("prtr", "CMYK", "Lab ", map[string][]byte{"desc": []byte("desc\x00\x00\x00\x00")}), ErrUnsuitable},
		"wrong inputs": {profileOf("prtr", "CMYK", "Lab ", map[string][]byte{"B2A1": lut8(4, 3, toyLab), "A2B1": lut8(4, 3, toyLab)}),
			ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(c.data)
			if err == nil {
				_, err = NewConverter(p, 300)
			}
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestSRGB(t *testing.T) {
	p, err := Parse(SRGB())
	if err != nil || p.Space != "RGB " || p.Class != "mntr" || p.Description() != "sRGB IEC61966-2.1" {
		t.Errorf("%+v %q %v", p, p.Description(), err)
	}
}

func FuzzProfile(f *testing.F) {
	f.Add(profileOf("prtr", "CMYK", "Lab ", map[string][]byte{"B2A1": lut8(3, 4, toyInk), "A2B1": lut8(4, 3, toyLab)}))
	f.Add(profileOf("prtr", "CMYK", "Lab ", map[string][]byte{"B2A1": modern("mBA ", 3, 4, toyInk), "A2B1": modern("mAB ", 4, 3, toyLab)}))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		if err != nil {
			return
		}
		p.Description()
		for _, tag := range []string{"A2B0", "A2B1", "B2A0", "B2A1"} {
			nIn, nOut := 4, 3
			if tag[0] == 'B' {
				nIn, nOut = 3, 4
			}
			tb, err := p.table(tag, nIn, nOut)
			if err != nil {
				continue
			}
			for _, v := range [][]float64{{0, 0, 0, 0}, {1, 1, 1, 1}, {0.3, 0.6, 0.9, 0.1}} {
				tb.eval(v[:nIn], make([]float64, nOut))
			}
		}
	})
}

// BenchmarkInks: a megapixel in 50 ms or less.
func BenchmarkInks(b *testing.B) {
	c := converter(b, fogra(b), 300)
	for b.Loop() {
		for i := range 1_000_000 {
			c.Inks(uint8(i), uint8(i>>6), uint8(i>>12))
		}
	}
}
