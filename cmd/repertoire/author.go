package main

import (
	"os"
	"os/user"
)

// authorVariable names who works, where one session serves several persons.
const authorVariable = "REPERTOIRE_AUTHOR"

// author is who the journal says made a change: the person's name, else the
// name of the session.
func author() string {
	if name := os.Getenv(authorVariable); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return os.Getenv("USER")
}
