// Package derive makes the committed tables of data/reference from their
// published sources. Build time only (go run ./cmd/prepare reference).
//
// Verified npm packages and the hand-written tables of hand/ come in; compact
// tables, each naming its source and licence on its first line, go out. The
// same sources always give the same bytes.
package derive
