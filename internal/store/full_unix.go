//go:build !windows

package store

import (
	"errors"
	"syscall"
)

// full tells whether err says that the disk, or the person's share of it, is full.
func full(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }
