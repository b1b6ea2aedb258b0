//go:build unix

package whole

import "syscall"

// held is what the system says of a file another program holds.
const held = syscall.EBUSY
