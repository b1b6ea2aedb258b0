package files

import "os"

// roots are the drives that answer.
func roots() []string {
	var out []string
	for letter := 'A'; letter <= 'Z'; letter++ {
		dir := string(letter) + `:\`
		if _, err := os.Stat(dir); err == nil {
			out = append(out, dir)
		}
	}
	return out
}
