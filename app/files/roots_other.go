//go:build !windows

package files

// roots is where the file system begins.
func roots() []string { return []string{"/"} }
