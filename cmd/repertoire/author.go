package main

import (
	"os"
	"os/user"
)

// author is who the journal says made a change: the person's name, else the
// name of the session.
func author() string {
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return os.Getenv("USER")
}
