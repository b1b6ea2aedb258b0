// Package journal shows every change of the workspace: who, when, why, what it
// did field by field; any of them is taken back, alone, and where fields were
// changed since a person chooses. It never rewrites the past.
package journal
