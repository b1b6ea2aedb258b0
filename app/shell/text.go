package shell

import (
	"path/filepath"

	"repertoire/internal/repertoire"
)

func folderName(dir string) string { return filepath.Base(filepath.Clean(dir)) }

func thousands(n int) string { return repertoire.Thousands(int64(n)) }
