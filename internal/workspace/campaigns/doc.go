// Package campaigns is the room of a workspace where the yearly round of
// questions is worked: opened, written, sent, collected, reviewed, closed.
//
// Requests come in as plain values; files, reports and French sentences go out.
// What an authority answers reaches a partnership only through a review, as one
// undoable change.
package campaigns
