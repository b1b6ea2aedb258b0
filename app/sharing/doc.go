// Package sharing is the place where several desks meet on one base: sharing
// this folder or joining another's, where it stands with the server, what two
// desks wrote differently, who else is at work. It shows what the workspace
// last knew and waits for no server itself.
package sharing
