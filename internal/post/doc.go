// Package post writes and reads e-mail: messages with their files as .eml for
// any mail program, letters that came in with what is attached to them, notices
// of messages that came back, and the talk with a server that sends.
//
// Plain values come in and go out. It keeps nothing, knows no campaign, and
// writes no password anywhere.
package post
