package pdf

import (
	"math"

	"repertoire/internal/pdf/object"
)

// setColor follows the colour operators.
func (r *reader) setColor(p *paint, op string, n [6]float64, args []any, resources *object.Dict) {
	values := [4]float64{n[0], n[1], n[2], n[3]}
	switch op {
	case "g":
		*p = paint{"DeviceGray", values}
	case "rg":
		*p = paint{"DeviceRGB", values}
		if r.in.variant == Print {
			r.once(checkColors, "La page emploie des couleurs RVB.")
		}
	case "k":
		*p = paint{"DeviceCMYK", values}
	case "cs":
		if len(args) == 1 {
			*p = paint{space: r.in.space(args[0], resources, 0)}
		}
	default:
		p.values = values
	}
}

// space names the family of a colour space.
func (in *inspection) space(v any, resources *object.Dict, depth int) object.Name {
	if depth > 4 {
		return ""
	}
	switch s := in.file.Resolve(v).(type) {
	case object.Name:
		switch s {
		case "DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern":
			return s
		case "G", "CalGray":
			return "DeviceGray"
		case "RGB", "CalRGB":
			return "DeviceRGB"
		case "CMYK":
			return "DeviceCMYK"
		}
		if named := in.file.Dict(resources.Get("ColorSpace")).Get(s); named != nil {
			return in.space(named, nil, depth+1)
		}
	case object.Array:
		if len(s) == 0 {
			return ""
		}
		switch family := in.file.Name(s[0]); family {
		case "ICCBased":
			if len(s) > 1 {
				switch in.file.Int(in.file.Dict(s[1]).Get("N")) {
				case 1:
					return "ICC1"
				case 3:
					return "ICC3"
				case 4:
					return "ICC4"
				}
			}
		case "Indexed":
			if len(s) > 1 {
				return in.space(s[1], resources, depth+1)
			}
		case "Separation", "DeviceN", "Lab":
			return family
		default:
			if len(s) == 1 {
				return in.space(family, resources, depth+1)
			}
			return in.space(family, nil, depth+1)
		}
	}
	return ""
}

// painted judges a colour laid on the page.
func (r *reader) painted(p paint) {
	r.tagged()
	rgb := p.space == "DeviceRGB" || p.space == "ICC3" || p.space == "Lab"
	if r.in.variant == Print && rgb {
		r.once(checkColors, "La page emploie des couleurs RVB.")
	}
	if r.in.variant == Digital && (p.space == "DeviceCMYK" || p.space == "ICC4") {
		r.once(checkColors, "La page emploie des couleurs CMJN, que l'intention de sortie sRVB ne définit pas.")
	}
	if p.space == "DeviceCMYK" {
		r.ink((p.values[0] + p.values[1] + p.values[2] + p.values[3]) * 100)
	}
}

func (r *reader) ink(percent float64) {
	switch {
	case percent > refuseInk+0.5:
		r.once(checkInk, "Un aplat dépasse 330 % d'encre : il ne séchera pas.")
	case percent > warnInk+0.5 && !r.said[checkInk]:
		r.said[checkInk] = true
		r.findings = append(r.findings, finding{name: checkInk, page: r.page, warning: true, detail: "Un aplat dépasse 300 % d'encre."})
	}
}

func (r *reader) stroked() {
	r.painted(r.stroke)
	width := r.width * math.Sqrt(math.Abs(r.ctm[0]*r.ctm[3]-r.ctm[1]*r.ctm[2]))
	if r.in.variant == Print && width < hairline-0.001 {
		r.at(checkHairlines, true, 0, 0, "Un filet fait moins de 0,25 point : il peut disparaître à l'impression.")
	}
}

// judgeInk checks the inks of text.
func (r *reader) judgeInk() {
	if r.in.variant != Print {
		return
	}
	c := r.fill.values
	x, y := r.tm[4], r.tm[5]
	switch r.fill.space {
	case "DeviceCMYK":
		if c[3] >= 0.8 && c[0]+c[1]+c[2] > 0 {
			r.at(checkBlack, false, x, y, "Du texte noir est composé de plusieurs encres : le moindre décalage le rendra flou.")
		}
		if r.overprint && c == [4]float64{} {
			r.at(checkOverprint, false, x, y, "Du texte blanc est en surimpression : il ne se verra pas.")
		}
	case "DeviceGray":
		if r.overprint && c[0] == 1 {
			r.at(checkOverprint, false, x, y, "Du texte blanc est en surimpression : il ne se verra pas.")
		}
	}
}
