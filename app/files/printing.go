package files

import (
	"os"
	"os/exec"
	"runtime"

	"repertoire/internal/logbook"
)

// Print hands a PDF to the system's printing, and tells whether it took it. On
// Windows that is the program which prints PDFs, with its own window; elsewhere
// CUPS, where a printer is set.
func Print(path string) bool {
	if runtime.GOOS == "windows" {
		// The path goes by the environment: nothing in a name is read as a command.
		c := exec.Command("powershell", "-NoProfile", "-WindowStyle", "Hidden", "-Command",
			"Start-Process -FilePath $env:REPERTOIRE_PRINT -Verb Print")
		c.Env = append(os.Environ(), "REPERTOIRE_PRINT="+path)
		return begun(c)
	}
	// Without a printer lp would refuse after the fact; lpstat knows.
	if exec.Command("lpstat", "-d").Run() != nil {
		return false
	}
	return exec.Command("lp", "--", path).Run() == nil
}

// begun starts a program and looks after its end.
func begun(c *exec.Cmd) bool {
	if c.Start() != nil {
		return false
	}
	logbook.Go(func() { _ = c.Wait() })
	return true
}
