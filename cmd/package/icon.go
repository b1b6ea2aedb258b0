package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"os"

	"golang.org/x/image/draw"
)

// iconSizes are those Windows shows, from the title bar to the large icons of a
// folder, in pixels.
var iconSizes = []int{16, 20, 24, 32, 40, 48, 64, 128, 256}

// writeIcon makes a Windows icon of a square PNG. Each size is a PNG within the
// file, which Windows reads since Vista.
func writeIcon(from, to string) error {
	source, err := openPNG(from)
	if err != nil {
		return err
	}
	var head, body bytes.Buffer
	_ = binary.Write(&head, binary.LittleEndian, [3]uint16{0, 1, uint16(len(iconSizes))}) // a buffer takes all
	for _, n := range iconSizes {
		data, err := scaled(source, n)
		if err != nil {
			return err
		}
		_ = binary.Write(&head, binary.LittleEndian, struct {
			Width, Height, Colours, Zero uint8
			Planes, Bits                 uint16
			Bytes, Offset                uint32
		}{uint8(n), uint8(n), 0, 0, 1, 32, uint32(len(data)), uint32(6 + 16*len(iconSizes) + body.Len())}) // 256 is written 0
		body.Write(data)
	}
	return os.WriteFile(to, append(head.Bytes(), body.Bytes()...), 0o644)
}

func openPNG(file string) (image.Image, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

// scaled gives a square picture at n pixels a side, as a PNG.
func scaled(source image.Image, n int) ([]byte, error) {
	small := image.NewNRGBA(image.Rect(0, 0, n, n))
	draw.CatmullRom.Scale(small, small.Bounds(), source, source.Bounds(), draw.Src, nil)
	var data bytes.Buffer
	err := png.Encode(&data, small)
	return data.Bytes(), err
}
