//go:build !windows

package logbook

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// alive tells whether the program that opened a crash file still runs: the
// number at the end of its name is that program's.
func alive(file string) bool {
	name := strings.TrimSuffix(filepath.Base(file), ".txt")
	pid, err := strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
	if err != nil {
		return false
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, syscall.EPERM)
}
