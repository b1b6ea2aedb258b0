// Package repertoire is the domain: partnerships between French and foreign
// local authorities, the directories (répertoires) they are published in, and
// the rules that hold for them.
//
// Values come in from forms, files and the store; validated, sortable values
// go out. The package knows no database, no window and no file, and imports
// nothing of ours.
package repertoire
