package folder

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// network tells a share (\\server\share) or a letter given to one.
func network(dir string) bool {
	volume := filepath.VolumeName(dir)
	if strings.HasPrefix(volume, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
