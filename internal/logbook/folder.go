package logbook

import (
	"os"
	"path/filepath"
	"runtime"
)

// Folder is where the logs and the reports of crashes are, made when missing:
// the state folder of the system's own conventions.
func Folder() (string, error) {
	dir, err := stateFolder()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "repertoire")
	return dir, os.MkdirAll(dir, 0o700)
}

func stateFolder() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	if dir := os.Getenv("LocalAppData"); runtime.GOOS == "windows" && dir != "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Logs"), nil
	}
	return filepath.Join(home, ".local", "state"), nil
}
