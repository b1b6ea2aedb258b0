//go:build unix

package whole

import (
	"errors"
	"syscall"
)

// Here a file that is shown is replaced without harm; a program that runs, or
// a folder shared from Windows, is not.
func inUse(err error) bool { return errors.Is(err, syscall.ETXTBSY) || errors.Is(err, syscall.EBUSY) }
