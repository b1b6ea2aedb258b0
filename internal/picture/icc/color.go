package icc

import "math"

// white is the D50 white of the profile connection space.
var white = [3]float64{0.9642, 1, 0.8249}

// fromSRGB gives the XYZ (D50, Bradford-adapted as in the sRGB profile of
// IEC 61966-2-1) of linear components.
func fromSRGB(r, g, b float64) [3]float64 {
	return [3]float64{
		0.4360747*r + 0.3850649*g + 0.1430804*b,
		0.2225045*r + 0.7168786*g + 0.0606169*b,
		0.0139322*r + 0.0971045*g + 0.7141733*b,
	}
}

// toSRGB is the inverse of fromSRGB.
func toSRGB(v [3]float64) (r, g, b float64) {
	return 3.1338561*v[0] - 1.6168667*v[1] - 0.4906146*v[2],
		-0.9787684*v[0] + 1.9161415*v[1] + 0.0334540*v[2],
		0.0719453*v[0] - 0.2289914*v[1] + 1.4052427*v[2]
}

// linear undoes the transfer curve of sRGB.
func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// encoded applies the transfer curve of sRGB.
func encoded(v float64) float64 {
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// toLab turns XYZ into CIE L*a*b* under the white.
func toLab(v [3]float64) [3]float64 {
	var f [3]float64
	for i := range f {
		t := v[i] / white[i]
		if t > 216.0/24389 {
			f[i] = math.Cbrt(t)
		} else {
			f[i] = (24389.0/27*t + 16) / 116
		}
	}
	return [3]float64{116*f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])}
}

// toXYZ is the inverse of toLab.
func toXYZ(lab [3]float64) [3]float64 {
	y := (lab[0] + 16) / 116
	f := [3]float64{y + lab[1]/500, y, y - lab[2]/200}
	var out [3]float64
	for i := range out {
		if t := f[i] * f[i] * f[i]; t > 216.0/24389 {
			out[i] = white[i] * t
		} else {
			out[i] = white[i] * (116*f[i] - 16) * 27 / 24389
		}
	}
	return out
}

// encodeLab writes Lab as a table has it, 0…1.
func (tb *table) encodeLab(lab [3]float64) [3]float64 {
	v := [3]float64{lab[0] / 100, (lab[1] + 128) / 255, (lab[2] + 128) / 255}
	if tb.lab16 {
		for i := range v {
			v[i] *= 65280.0 / 65535
		}
	}
	return v
}

// decodeLab is the inverse of encodeLab.
func (tb *table) decodeLab(v [3]float64) [3]float64 {
	if tb.lab16 {
		for i := range v {
			v[i] *= 65535.0 / 65280
		}
	}
	return [3]float64{v[0] * 100, v[1]*255 - 128, v[2]*255 - 128}
}
