package book

import (
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Report says what was made of the input, and what a publisher would want to
// know before printing. It complements the typesetter's own warnings.
type Report struct {
	Entries int
	// Characters is about how many the entries set, Pictures how many there are:
	// what the book will ask of the machine.
	Characters, Pictures int

	Densities map[repertoire.Density]int // entries by density; auto counts as its choice
	Parts     []PartReport               // in the order of the book
	Notices   []Notice
	// Named lists who is named in this edition and where, so that an erasure
	// later finds the copies that still name a person.
	Named []Named

	pageClaims []pageClaim
}

// PartReport says whether a part is in the book.
type PartReport struct {
	Key      string
	Title    string
	Included bool
	Reason   string // French: why it was left out
}

// NoticeKind sorts notices for the press-ready gate.
type NoticeKind string

// The kinds of notices.
const (
	NoticeParty      NoticeKind = "party"      // an authority is missing or unknown
	NoticeTheme      NoticeKind = "theme"      // no theme, or an unknown one
	NoticeStale      NoticeKind = "stale"      // not confirmed in two years
	NoticeContact    NoticeKind = "contact"    // somebody is kept out of the book
	NoticeDuplicate  NoticeKind = "duplicate"  // two entries join the same authorities
	NoticeFictitious NoticeKind = "fictitious" // an invented entry
	NoticePicture    NoticeKind = "picture"    // missing, unreadable, without alternative
	NoticeSection    NoticeKind = "section"    // a part of the book is unknown or empty
	NoticePlace      NoticeKind = "place"      // an authority cannot be put on the map
	NoticeDesign     NoticeKind = "design"     // the design cannot be read
	NoticeCountry    NoticeKind = "country"    // a country is unknown or without outline
	NoticeTruncated  NoticeKind = "truncated"  // a text is beyond all measure
	NoticeImprint    NoticeKind = "imprint"    // the ISBN is wrong: no bar code
	NoticeQuote      NoticeKind = "quote"      // a quotation does not say whose it is
	NoticeFigure     NoticeKind = "figure"     // a text gives a figure that the book does not bear out
)

// Notice is one thing to look at; Origin opens the field. Message is French.
type Notice struct {
	Kind    NoticeKind
	Origin  layout.Origin
	Message string
}

// Named is a person printed in the book.
type Named struct {
	Contact     repertoire.ID
	Name        string
	Partnership repertoire.ID
	Title       string // of the entry
}
