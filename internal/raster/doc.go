// Package raster paints pages of the display list as images, for the preview.
// What it shows is what pdf writes: same list, same places, screen colours. It
// never lays anything out and is safe for concurrent use.
package raster
