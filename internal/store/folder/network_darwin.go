package folder

import "golang.org/x/sys/unix"

// network asks the kernel whether the file system is a local one.
func network(dir string) bool {
	var s unix.Statfs_t
	return unix.Statfs(dir, &s) == nil && s.Flags&unix.MNT_LOCAL == 0
}
