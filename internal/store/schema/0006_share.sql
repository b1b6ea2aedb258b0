-- Several desks on one base. What this desk knows of the shared journal; the
-- link itself (address, desk, place in the journal) is in meta under "share".

-- Changes of this journal that the shared one holds, under their number there;
-- 0: an echo of the shared journal, never to be sent. All others made since
-- the link began wait to be sent.
CREATE TABLE share_sent (
	seq    INTEGER PRIMARY KEY REFERENCES change(seq),
	number INTEGER NOT NULL
) STRICT;
CREATE INDEX share_sent_number ON share_sent(number);

-- The shared journal as far as it was followed.
CREATE TABLE share_row (
	number INTEGER PRIMARY KEY,
	change TEXT NOT NULL,
	hash   BLOB NOT NULL
) STRICT;
CREATE INDEX share_row_change ON share_row(change);

-- The shared body (NULL: deleted there) of records that differ from it here,
-- because of changes that wait. Without a row it is what the first of these
-- found, or the record itself.
CREATE TABLE share_base (
	record TEXT PRIMARY KEY,
	body   TEXT
) STRICT, WITHOUT ROWID;

-- What two desks wrote differently: kept until somebody chooses.
CREATE TABLE share_dispute (
	num       INTEGER PRIMARY KEY,
	change    TEXT NOT NULL, -- mine
	aggregate TEXT NOT NULL,
	record    TEXT NOT NULL,
	kind      TEXT NOT NULL,
	field     TEXT NOT NULL, -- "" for the whole record
	before    TEXT,
	mine      TEXT,
	theirs    TEXT,
	by        TEXT NOT NULL, -- who wrote theirs
	at        TEXT NOT NULL,
	settled   TEXT NOT NULL DEFAULT '',
	UNIQUE (change, record, field)
) STRICT;

-- Operations of waiting changes that a rule set aside: never sent.
CREATE TABLE share_aside (
	change TEXT NOT NULL,
	record TEXT NOT NULL,
	PRIMARY KEY (change, record)
) STRICT, WITHOUT ROWID;
