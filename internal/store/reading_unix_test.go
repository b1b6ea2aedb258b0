//go:build unix

package store

import (
	"os/exec"
	"syscall"
)

// asNobody runs the command without root's rights.
func asNobody(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
}
