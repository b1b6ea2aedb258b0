package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
)

// Size gives the size in pixels of a picture file as it is seen, and its
// format. It does not read the pixels: Decode may still refuse them.
func Size(data []byte) (w, h int, format string, err error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || !read(format) || cfg.Width <= 0 || cfg.Height <= 0 {
		return 0, 0, "", unread(data, err)
	}
	if turns(orientation(data, format)) {
		return cfg.Height, cfg.Width, format, nil
	}
	return cfg.Width, cfg.Height, format, nil
}

// orientation is how a camera was held, from 1 to 8 as Exif has it (tag 274):
// 1 is upright, also when the file says nothing or nonsense.
func orientation(data []byte, format string) int {
	var tiff []byte
	switch format {
	case "jpeg":
		segments(data, func(marker byte, body []byte) {
			if rest, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && marker == 0xe1 && tiff == nil {
				tiff = rest
			}
		})
	case "png":
		tiff = pngChunk(data, "eXIf")
	case "webp":
		tiff = bytes.TrimPrefix(webpChunk(data, "EXIF"), []byte("Exif\x00\x00"))
	case "tiff":
		tiff = data
	}
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	count := int64(order.Uint16(tiff[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return 1
		}
		const tag, short = 0x0112, 3
		if order.Uint16(tiff[entry:]) != tag || order.Uint16(tiff[entry+2:]) != short {
			continue
		}
		if v := int(order.Uint16(tiff[entry+8:])); v >= 1 && v <= 8 {
			return v
		}
		return 1
	}
	return 1
}

// turns tells whether width and height change places.
func turns(orientation int) bool { return orientation >= 5 }

// upright turns a picture the way it was seen. An *image.CMYK stays one.
func upright(img image.Image, orientation int) image.Image {
	if orientation <= 1 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if turns(orientation) {
		size = image.Rect(0, 0, h, w)
	}
	if cmyk, ok := img.(*image.CMYK); ok {
		out := image.NewCMYK(size)
		turned(out.Pix, out.Stride, size, cmyk.Pix, cmyk.Stride, w, h, orientation)
		return out
	}
	src := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(src, src.Rect, img, b.Min, draw.Src)
	out := image.NewNRGBA(size)
	turned(out.Pix, out.Stride, size, src.Pix, src.Stride, w, h, orientation)
	return out
}

// turned copies pixels of four bytes to their place; w and h are the source's.
func turned(dst []byte, dstStride int, size image.Rectangle, src []byte, srcStride, w, h, orientation int) {
	for y := range size.Dy() {
		for x := range size.Dx() {
			sx, sy := x, y
			switch orientation {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			case 8:
				sx, sy = w-1-y, x
			}
			copy(dst[y*dstStride+4*x:][:4], src[sy*srcStride+4*sx:][:4])
		}
	}
}
