package whole

import (
	"errors"

	"golang.org/x/sys/windows"
)

// Replacing a file another program shows is refused as a violation of sharing,
// or of a lock; replacing one that is mapped, as a denial of access.
func inUse(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, windows.ERROR_USER_MAPPED_FILE)
}
