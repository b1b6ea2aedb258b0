package pdf

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // decoder
	"math"
	"strings"

	"repertoire/internal/pdf/object"
	"repertoire/internal/picture"
)

// imageFacts is what is known of an image.
type imageFacts struct {
	w, h  int
	space object.Name
	ink   float64  // most ink on one spot, percent; -1 when it could not be read
	notes []string // what its file holds beside the pixels
}

// external follows Do.
func (r *reader) external(args []any, resources *object.Dict) {
	if len(args) != 1 {
		return
	}
	name, _ := args[0].(object.Name)
	v := r.in.file.Dict(resources.Get("XObject")).Get(name)
	s, ok := r.in.file.Resolve(v).(*object.Stream)
	if !ok {
		r.once(checkContent, "La page appelle une image qui n'existe pas.")
		return
	}
	if r.in.file.Name(s.Dict.Get("Subtype")) == "Form" {
		r.form(s, resources)
		return
	}
	ref, _ := v.(object.Ref)
	img := r.in.image(ref.Num, s, resources)
	r.tagged()
	if id := r.mcid(); id >= 0 {
		r.facts.pictures[id] = true
	}
	r.judgeImage(img, s)
}

// form interprets a form in the state of the page.
func (r *reader) form(s *object.Stream, resources *object.Dict) {
	data, err := r.in.file.Decode(s)
	if err != nil || r.depth > 8 {
		return
	}
	if own := r.in.file.Dict(s.Dict.Get("Resources")); own != nil {
		resources = own
	}
	if r.in.file.Dict(s.Dict.Get("Group")) != nil && r.in.variant == Print {
		r.once(checkTransparency, "La page emploie un groupe de transparence.")
	}
	r.depth++
	saved, stack, marks := r.state, r.stack, r.marks
	r.stack = nil
	if m := r.in.file.Array(s.Dict.Get("Matrix")); len(m) == 6 {
		r.ctm = multiply(numbers(m), r.ctm)
	}
	r.run(data, resources)
	r.state, r.stack, r.marks = saved, stack, marks
	r.depth--
}

func (in *inspection) image(num int, s *object.Stream, resources *object.Dict) *imageFacts {
	in.mu.Lock()
	defer in.mu.Unlock()
	if img, ok := in.images[num]; ok && num != 0 {
		return img
	}
	img := &imageFacts{w: in.file.Int(s.Dict.Get("Width")), h: in.file.Int(s.Dict.Get("Height")), ink: -1}
	img.space = in.space(s.Dict.Get("ColorSpace"), resources, 0)
	in.images[num] = img
	if in.file.Name(s.Dict.Get("Filter")) == "DCTDecode" {
		img.notes = picture.Notes(s.Data)
	}
	if in.variant == Print && img.space == "DeviceCMYK" && in.file.Int(s.Dict.Get("BitsPerComponent")) == 8 {
		img.ink = in.mostInk(s)
	}
	return img
}

// mostInk finds the spot of a CMYK image with the most ink, in percent.
func (in *inspection) mostInk(s *object.Stream) float64 {
	data, err := in.file.Decode(s)
	if err != nil {
		return -1
	}
	if in.file.Name(s.Dict.Get("Filter")) == "DCTDecode" {
		img, _, err := image.Decode(bytes.NewReader(data))
		cmyk, ok := img.(*image.CMYK)
		if err != nil || !ok {
			return -1
		}
		data = cmyk.Pix
	}
	most := 0
	for i := 0; i+3 < len(data); i += 4 {
		most = max(most, int(data[i])+int(data[i+1])+int(data[i+2])+int(data[i+3]))
	}
	return float64(most) * 100 / 255
}

// judgeImage checks an image where it is placed.
func (r *reader) judgeImage(img *imageFacts, s *object.Stream) {
	at := func(name string, warning bool, detail string) { r.at(name, warning, 0.5, 0.5, detail) }
	rgb := img.space == "DeviceRGB" || img.space == "ICC3" || img.space == "Lab"
	switch {
	case r.in.variant == Print && rgb:
		at(checkColors, false, "Une image est en RVB.")
	case r.in.variant == Digital && (img.space == "DeviceCMYK" || img.space == "ICC4"):
		at(checkColors, false, "Une image est en CMJN, que l'intention de sortie sRVB ne définit pas.")
	}
	if len(img.notes) > 0 {
		at(checkMetadata, !r.in.ours, "Une image garde ce que l'appareil ou un programme y a noté ("+strings.Join(img.notes, ", ")+
			") : le lieu de la prise de vue peut y être.")
	}
	if s.Dict.Get("SMask") != nil {
		at(checkTransparency, false, "Une image est transparente.")
	}
	switch {
	case img.ink > refuseInk+1:
		at(checkInk, false, fmt.Sprintf("Une image atteint %.0f %% d'encre : elle ne séchera pas.", img.ink))
	case img.ink > warnInk+1:
		at(checkInk, true, fmt.Sprintf("Une image atteint %.0f %% d'encre.", img.ink))
	}
	if w, h := math.Hypot(r.ctm[0], r.ctm[1]), math.Hypot(r.ctm[2], r.ctm[3]); w > 0 && h > 0 && r.in.variant != Digital {
		dpi := min(float64(img.w)/w, float64(img.h)/h) * 72
		switch {
		case dpi < refuseDPI-0.5:
			at(CheckResolution, false,
				fmt.Sprintf("Une image n'a que %.0f points par pouce à la taille où elle est placée : il en faut 300, et 150 au moins.",
					dpi))
		case dpi < warnDPI-0.5:
			at(CheckResolution, true,
				fmt.Sprintf("Une image a %.0f points par pouce à la taille où elle est placée ; 300 sont souhaitables.", dpi))
		}
	}
}

// judgePages closes the checks made while reading pages, and checks boxes.
func (in *inspection) judgePages() {
	in.ran(checkContent, checkFonts, checkGlyphs, checkTransparency)
	if in.variant != "" {
		in.ran(checkColors)
	}
	if in.variant != Digital {
		in.ran(CheckResolution)
	}
	in.ran(checkBoxes)
	for i, p := range in.pages {
		in.pageBoxes(i, p)
	}
	if in.variant == Print {
		in.ran(checkInk, checkOverprint, checkBlack, checkHairlines)
	}
}

func (in *inspection) pageBoxes(i int, p *pageFacts) {
	if !p.hasMediaBox || p.media[2]-p.media[0] < 1 || p.media[3]-p.media[1] < 1 {
		in.found(checkBoxes, i, "La page n'a pas de format.")
		return
	}
	if in.variant != Print {
		return
	}
	within := func(a, b [4]float64) bool {
		return a[0] >= b[0]-boxTolerance && a[1] >= b[1]-boxTolerance && a[2] <= b[2]+boxTolerance && a[3] <= b[3]+boxTolerance
	}
	switch {
	case !p.hasTrim:
		in.found(checkBoxes, i, "La page n'indique pas son format fini (TrimBox).")
	case !p.hasBleed:
		in.found(checkBoxes, i, "La page n'indique pas son fond perdu (BleedBox).")
	case !within(p.trim, p.bleed) || !within(p.bleed, p.media):
		in.found(checkBoxes, i, "Le format fini, le fond perdu et le format du support ne s'emboîtent pas.")
	default:
		least := min(p.trim[0]-p.bleed[0], p.trim[1]-p.bleed[1], p.bleed[2]-p.trim[2], p.bleed[3]-p.trim[3])
		if least < bleedWidth-boxTolerance {
			in.found(checkBoxes, i, "Le fond perdu n'est que de %.1f mm ; il en faut 3.", least/millimetre)
		}
	}
	first := in.pages[0]
	if p.hasTrim && first.hasTrim && (math.Abs((p.trim[2]-p.trim[0])-(first.trim[2]-first.trim[0])) > 0.1 ||
		math.Abs((p.trim[3]-p.trim[1])-(first.trim[3]-first.trim[1])) > 0.1) {
		in.warned(checkBoxes, i, "La page n'a pas le même format fini que la première.")
	}
}
