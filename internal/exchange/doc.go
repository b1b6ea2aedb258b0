// Package exchange reads partnerships from spreadsheets and writes them back.
//
// A CSV, XLSX or JSON file comes in; a Plan goes out that says row by row what
// would be added, changed, left alone or refused, and why. It never writes to
// the base, never lets an empty cell erase a value, and never lets a contact
// that may not be published leave in an export.
package exchange
