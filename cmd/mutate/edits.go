package main

// edit is one change of an important line. before stands once in the sources of
// its package.
type edit struct {
	harm          string // what it would do
	pkg           string
	before, after string
	run           string // the tests that should notice, "" for all
}

// edits are lines whose change went unnoticed once, and their brothers.
var edits = []edit{
	{"backups of ten days instead of a month", "internal/store", "daily   = 31 * 24 * time.Hour", "daily   = 10 * 24 * time.Hour",
		"Rotat|Backup"},
	{"backups of a month instead of a year", "internal/store", "monthly = 366 * 24 * time.Hour", "monthly = 32 * 24 * time.Hour",
		"Rotat|Backup"},
	{"a bad backup drives a good one out", "internal/store", `err == nil && b.SHA256 != "" && got == b.SHA256`, `err == nil && got != ""`,
		"Rotat|Backup"},
	{"ranking without freshness", "internal/search", "return x.prior * freshPrior[freshnessOf(x.verified, today)]",
		"return x.prior + 0*freshPrior[freshnessOf(x.verified, today)]", ""},
	{"ranking without status", "internal/search", "return x.prior * freshPrior[", "return 1 * freshPrior[", ""},
	{"ranking without whole names", "internal/search", "s.add(docs, weightWhole*rare)", "s.add(docs, 0*rare)", "WholeName"},
	{"a mistyped word without its distance", "internal/search", "cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(other(a.term",
		"cmp.Or(cmp.Compare(other(a.term", "Nearest"},
	{"phrases that cross passages", "internal/search", "const partGap = 50", "const partGap = 0", ""},
	{"words of one clause enough for another", "internal/search", "if o.current.Number() != p.Number() {", "if false {", ""},
	{"the line breaker's first pass never taken", "internal/layout", "if spec.ragged && i == 0 {", "if i == 0 {", "Paragraph|Pass|Hyphen"},
	{"a final hyphen costs nothing", "internal/layout", "finalHyphen     = 5000.0", "finalHyphen     = 0.0", ""},
	{"an objection to publication overwritten by an import", "internal/exchange", "case list[i].Objected:", "case false:", ""},
	{"an objection overwritten by a document", "internal/exchange", "if !out[i].Objected {", "if true {", ""},
	{"a credit note dated before its invoice", "internal/order", "case on.Before(v.Date):", "case false:", ""},
	{"an invoice dated before delivery", "internal/order", "case on.Before(o.Delivered):", "case false:", ""},
	{"a payment in a closed period", "internal/order", "if err := s.RefuseClosed(p.Date); err != nil {",
		"if err := s.RefuseClosed(p.Date); false {", ""},
	{"the last day of a closed period open", "internal/order", "d <= s.ClosedUntil", "d < s.ClosedUntil", ""},
	{"articles in names lower-cased", "internal/repertoire", `return "de " + art + " " + rest`,
		`return "de " + strings.ToLower(art) + " " + rest`, ""},
	{"a person who objected published", "internal/repertoire", "if c.Objected || !c.PublishName {", "if !c.PublishName {", ""},
	{"desk notes let into a book", "internal/book", `p.Notes, p.Confirmations, p.Attachments = "", nil, nil`,
		`p.Confirmations, p.Attachments = nil, nil`, "Desk"},
	{"desk notes let into a frozen edition", "internal/edition",
		`p.Notes, p.Attachments, p.Confirmations, p.Directories = "", nil, nil, nil`,
		`p.Attachments, p.Confirmations, p.Directories = nil, nil, nil`, ""},
	{"desk notes of an authority let into an edition", "internal/edition", `a.Version, a.Notes = 0, ""`, `a.Version = 0`, ""},
}
