package mapview

import "math"

// camera says what of the world is seen: the middle, and how many pixels a
// degree of latitude takes. The projection is equirectangular, true to scale
// at the latitude of the middle.
type camera struct {
	lon, lat float64
	scale    float64
}

// shrink is how much narrower a degree of longitude is than one of latitude.
func (c camera) shrink() float64 { return math.Cos(min(math.Abs(c.lat), 65) * math.Pi / 180) }

// at projects a point into an image of w by h pixels.
func (c camera) at(lon, lat float64, w, h int) (x, y float64) {
	return float64(w)/2 + (lon-c.lon)*c.shrink()*c.scale, float64(h)/2 - (lat-c.lat)*c.scale
}

// from gives the degrees of a pixel.
func (c camera) from(x, y float64, w, h int) (lon, lat float64) {
	return c.lon + (x-float64(w)/2)/(c.shrink()*c.scale), c.lat - (y-float64(h)/2)/c.scale
}

// frame is a rectangle of degrees.
type frame struct{ west, south, east, north float64 }

// The frames of the buttons. That of the world leaves out the poles, where
// nobody signs a convention.
var (
	worldFrame  = frame{-168, -56, 180, 78}
	europeFrame = frame{-12, 34, 42, 66}
	franceFrame = frame{-5.3, 41.2, 9.8, 51.3}
)

// look gives the camera that shows a frame whole in w by h pixels.
func look(f frame, w, h int) camera {
	c := camera{lon: (f.west + f.east) / 2, lat: (f.south + f.north) / 2}
	width, height := max(f.east-f.west, 0.2), max(f.north-f.south, 0.2)
	c.scale = min(float64(w)/(width*c.shrink()), float64(h)/height)
	return c
}

// Zoom stays between the whole world in a small window and a town.
const (
	minScale = 0.8
	maxScale = 900
)

// zoom brings the map nearer by a factor while the point under x, y stays
// where it is.
func (c camera) zoom(factor, x, y float64, w, h int) camera {
	lon, lat := c.from(x, y, w, h)
	c.scale = min(max(c.scale*factor, minScale*float64(w)/400), maxScale*max(1, float64(w)/1000))
	nowLon, nowLat := c.from(x, y, w, h)
	return camera{c.lon + lon - nowLon, c.lat + lat - nowLat, c.scale}.held()
}

// pan moves the map by pixels.
func (c camera) pan(dx, dy float64) camera {
	return camera{c.lon - dx/(c.shrink()*c.scale), c.lat + dy/c.scale, c.scale}.held()
}

// held keeps the middle on the map.
func (c camera) held() camera {
	c.lon, c.lat = min(max(c.lon, -180), 180), min(max(c.lat, -60), 80)
	return c
}
