// Package samples holds the sample répertoires as readable files. README.md
// beside it says where each comes from and what was corrected.
package samples

import "embed"

// Files are the sample files, read by internal/sample.
//
//go:embed *.csv *.json
var Files embed.FS
