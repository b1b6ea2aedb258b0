-- One STRICT table an aggregate: the whole record as canonical JSON in body
-- (NULL once purged), before it the columns that lists sort and filter by.
-- Sort keys are stored bytes: the file needs no collation of ours.
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE authority (
	num         INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	version     INTEGER NOT NULL,
	deleted_at  TEXT,
	name        TEXT NOT NULL,
	sort_name   BLOB NOT NULL,
	folded      TEXT NOT NULL, -- name and other names without case nor accents, one a line
	country     TEXT NOT NULL,
	level       TEXT NOT NULL,
	insee       TEXT NOT NULL,
	siren       TEXT NOT NULL,
	departement TEXT NOT NULL,
	region      TEXT NOT NULL,
	body        TEXT
) STRICT;
CREATE INDEX authority_insee ON authority(insee) WHERE insee <> '';
CREATE INDEX authority_siren ON authority(siren) WHERE siren <> '';
CREATE INDEX authority_name ON authority(sort_name);

CREATE TABLE directory (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	slug       TEXT NOT NULL,
	sort_name  BLOB NOT NULL,
	body       TEXT
) STRICT;
CREATE UNIQUE INDEX directory_slug ON directory(slug) WHERE deleted_at IS NULL;

CREATE TABLE presentation (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	country    TEXT NOT NULL,
	body       TEXT
) STRICT;
CREATE UNIQUE INDEX presentation_country ON presentation(country) WHERE deleted_at IS NULL;

CREATE TABLE theme (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	code       TEXT NOT NULL,
	body       TEXT
) STRICT;
CREATE UNIQUE INDEX theme_code ON theme(code) WHERE deleted_at IS NULL;

CREATE TABLE partnership (
	num          INTEGER PRIMARY KEY,
	id           TEXT NOT NULL UNIQUE,
	version      INTEGER NOT NULL,
	deleted_at   TEXT,
	title        TEXT NOT NULL,
	french       TEXT NOT NULL,
	partner      TEXT NOT NULL,
	sort_title   BLOB NOT NULL,
	sort_partner BLOB NOT NULL,
	country      TEXT NOT NULL, -- of the first foreign party
	departement  TEXT NOT NULL, -- of the first French party
	directory    TEXT NOT NULL, -- the main one
	type         TEXT NOT NULL,
	status       TEXT NOT NULL,
	theme        TEXT NOT NULL, -- the first one
	first_year   INTEGER NOT NULL,
	verified     TEXT NOT NULL,
	fictitious   INTEGER NOT NULL,
	created      TEXT NOT NULL,
	updated      TEXT NOT NULL,
	body         TEXT
) STRICT;
CREATE INDEX partnership_title ON partnership(sort_title, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_partner ON partnership(sort_partner, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_year ON partnership(first_year, sort_title, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_verified ON partnership(verified, sort_title, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_updated ON partnership(updated, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_deleted ON partnership(deleted_at) WHERE deleted_at IS NOT NULL;

-- Links exist for living partnerships only, so that counting them is reading one index.
CREATE TABLE partnership_directory (
	directory   TEXT NOT NULL, -- slug
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	rank        INTEGER NOT NULL,
	PRIMARY KEY (directory, partnership)
) STRICT, WITHOUT ROWID;
CREATE INDEX partnership_directory_of ON partnership_directory(partnership);

CREATE TABLE partnership_party (
	authority   TEXT NOT NULL REFERENCES authority(id),
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	side        TEXT NOT NULL,
	lead        INTEGER NOT NULL,
	rank        INTEGER NOT NULL,
	PRIMARY KEY (authority, partnership)
) STRICT, WITHOUT ROWID;
CREATE INDEX partnership_party_of ON partnership_party(partnership);

CREATE TABLE partnership_theme (
	code        TEXT NOT NULL,
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	rank        INTEGER NOT NULL,
	PRIMARY KEY (code, partnership)
) STRICT, WITHOUT ROWID;
CREATE INDEX partnership_theme_of ON partnership_theme(partnership);

CREATE TABLE partnership_country (
	country     TEXT NOT NULL,
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	rank        INTEGER NOT NULL,
	PRIMARY KEY (country, partnership)
) STRICT, WITHOUT ROWID;
CREATE INDEX partnership_country_of ON partnership_country(partnership);

-- The journal. seq never goes back and is never given twice (AUTOINCREMENT).
CREATE TABLE change (
	seq    INTEGER PRIMARY KEY AUTOINCREMENT,
	id     TEXT NOT NULL UNIQUE,
	author TEXT NOT NULL,
	at     TEXT NOT NULL,
	cause  TEXT NOT NULL,
	label  TEXT NOT NULL,
	undoes TEXT NOT NULL,
	ops    INTEGER NOT NULL
) STRICT;
CREATE INDEX change_undoes ON change(undoes) WHERE undoes <> '';

CREATE TABLE change_op (
	num       INTEGER PRIMARY KEY,
	seq       INTEGER NOT NULL REFERENCES change(seq),
	rank      INTEGER NOT NULL,
	aggregate TEXT NOT NULL,
	record    TEXT NOT NULL,
	version   INTEGER NOT NULL, -- the record had before; it has one more after
	before    TEXT,
	after     TEXT
) STRICT;
CREATE UNIQUE INDEX change_op_rank ON change_op(seq, rank);
CREATE INDEX change_op_record ON change_op(record, seq);
