-- Several desks: a document that a server restored from an older backup had
-- forgotten comes back after others were numbered. It keeps its number and its
-- date, out of its turn (late > 0), and if two documents have one number after
-- all, or one order two invoices, both are kept: DoubleNumbers tells of them.
-- What this base numbers itself (late = 0) follows as before.
CREATE TABLE invoice_new (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT CHECK (deleted_at IS NULL),
	series     TEXT NOT NULL,
	year       INTEGER NOT NULL,
	count      INTEGER NOT NULL,
	late       INTEGER NOT NULL,
	kind       TEXT NOT NULL,
	date       TEXT NOT NULL,
	book_order TEXT NOT NULL REFERENCES book_order(id),
	credits    TEXT REFERENCES invoice_new(id),
	gross      INTEGER NOT NULL,
	body       TEXT NOT NULL,
	UNIQUE (series, year, count, late)
) STRICT;
INSERT INTO invoice_new(num, id, version, deleted_at, series, year, count, late, kind, date, book_order, credits, gross, body)
	SELECT num, id, version, deleted_at, series, year, count, 0, kind, date, book_order, credits, gross, body FROM invoice;
DROP TRIGGER invoice_follows;
DROP TRIGGER invoice_in_time;
DROP TRIGGER invoice_stays;
DROP TRIGGER invoice_remains;
DROP TABLE invoice;
ALTER TABLE invoice_new RENAME TO invoice;
CREATE UNIQUE INDEX invoice_of_order ON invoice(book_order) WHERE kind = 'facture' AND late = 0;
CREATE INDEX invoice_by_order ON invoice(book_order, num);
CREATE INDEX invoice_credits ON invoice(credits) WHERE credits IS NOT NULL;
CREATE INDEX invoice_date ON invoice(date, num);

CREATE TRIGGER invoice_follows BEFORE INSERT ON invoice
WHEN NEW.late = 0 AND NEW.count <> 1 + max(
	coalesce((SELECT max(count) FROM invoice WHERE series = NEW.series AND year = NEW.year), 0),
	coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'last:' || NEW.series || ':' || NEW.year), 0))
BEGIN SELECT RAISE(ABORT, 'invoice numbers follow each other'); END;
CREATE TRIGGER invoice_in_time BEFORE INSERT ON invoice
WHEN NEW.late = 0 AND NEW.date < coalesce((SELECT max(date) FROM invoice WHERE series = NEW.series AND year = NEW.year), '')
BEGIN SELECT RAISE(ABORT, 'invoice dates follow each other'); END;
CREATE TRIGGER invoice_stays BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice does not change'); END;
CREATE TRIGGER invoice_remains BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice is kept'); END;
