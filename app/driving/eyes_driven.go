//go:build driven

package driving

import (
	"fyne.io/fyne/v2"

	"repertoire/app/sight"
)

// The build that tests drive looks at what is painted; that which people have
// does not carry what walks it.

func faults(c fyne.Canvas) []string  { return sight.Faults(c) }
func written(c fyne.Canvas) []string { return sight.Texts(c) }
