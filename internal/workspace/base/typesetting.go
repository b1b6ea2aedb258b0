package base

import (
	"repertoire/assets"
	"repertoire/internal/layout"
)

// Fonts gives the typesetter the program's own faces.
type Fonts struct{}

func (Fonts) Font(name string) ([]byte, error) { return assets.Font(name) }

// Setter makes a typesetter for a design.
func (base *Base) Setter(design layout.Design, opts ...layout.Option) (*layout.Setter, error) {
	return layout.New(Fonts{}, design, opts...)
}
