-- Orders. Like other aggregates: the whole record in body, before it what lists
-- sort and filter by. Amounts are cents of euros.
CREATE TABLE sales (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	body       TEXT
) STRICT;

CREATE TABLE buyer (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	sort_name  BLOB NOT NULL,
	folded     TEXT NOT NULL, -- name without case nor accents
	siren      TEXT NOT NULL,
	siret      TEXT NOT NULL,
	authority  TEXT NOT NULL,
	body       TEXT
) STRICT;
CREATE INDEX buyer_name ON buyer(sort_name) WHERE deleted_at IS NULL;
CREATE INDEX buyer_siren ON buyer(siren) WHERE siren <> '';

CREATE TABLE book_order (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	year       INTEGER NOT NULL,
	count      INTEGER NOT NULL,
	date       TEXT NOT NULL,
	state      TEXT NOT NULL,
	buyer      TEXT NOT NULL,
	folded     TEXT NOT NULL, -- number, buyer and references without case nor accents
	gross      INTEGER NOT NULL,
	body       TEXT,
	UNIQUE (year, count)
) STRICT;
CREATE INDEX book_order_state ON book_order(state, num) WHERE deleted_at IS NULL;

-- Invoices and credit notes. Their numbers must be unbroken, chronological and
-- unique in each series and year, and their content immutable (CGI ann. II, art.
-- 242 nonies A): the base itself holds to it, whoever writes.
CREATE TABLE invoice (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT CHECK (deleted_at IS NULL),
	series     TEXT NOT NULL,
	year       INTEGER NOT NULL,
	count      INTEGER NOT NULL,
	kind       TEXT NOT NULL,
	date       TEXT NOT NULL,
	book_order TEXT NOT NULL REFERENCES book_order(id),
	credits    TEXT REFERENCES invoice(id),
	gross      INTEGER NOT NULL,
	body       TEXT NOT NULL,
	UNIQUE (series, year, count)
) STRICT;
CREATE UNIQUE INDEX invoice_of_order ON invoice(book_order, kind);
CREATE UNIQUE INDEX invoice_credits ON invoice(credits) WHERE credits IS NOT NULL;

CREATE TRIGGER invoice_follows BEFORE INSERT ON invoice
WHEN NEW.count <> 1 + coalesce((SELECT max(count) FROM invoice WHERE series = NEW.series AND year = NEW.year), 0)
BEGIN SELECT RAISE(ABORT, 'invoice numbers follow each other'); END;
CREATE TRIGGER invoice_in_time BEFORE INSERT ON invoice
WHEN NEW.date < coalesce((SELECT max(date) FROM invoice WHERE series = NEW.series AND year = NEW.year), '')
BEGIN SELECT RAISE(ABORT, 'invoice dates follow each other'); END;
CREATE TRIGGER invoice_stays BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice does not change'); END;
CREATE TRIGGER invoice_remains BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice is kept'); END;

CREATE TABLE stock_movement (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	edition    TEXT NOT NULL,
	quantity   INTEGER NOT NULL,
	date       TEXT NOT NULL,
	book_order TEXT NOT NULL,
	body       TEXT
) STRICT;
CREATE INDEX stock_movement_edition ON stock_movement(edition, quantity) WHERE deleted_at IS NULL;
