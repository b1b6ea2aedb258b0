-- The shared base of several desks: plain SQL, no extension, so that any server
-- that speaks PostgreSQL's language can serve.
CREATE TABLE repertoire.head (
	one        boolean PRIMARY KEY DEFAULT true CHECK (one),
	lineage    text   NOT NULL,
	name       text   NOT NULL,
	last       bigint NOT NULL, -- number of the newest row
	strict     bigint NOT NULL, -- number of the newest row that others may depend on
	hash       bytea  NOT NULL, -- of the newest row
	complete   boolean NOT NULL -- the first sharing is over: others may join
);

-- Append only. hash chains each row to the one before; it goes over ops_hash, so
-- that an erasure may clear bodies without breaking the chain.
CREATE TABLE repertoire.journal (
	number   bigint PRIMARY KEY,
	change   text   NOT NULL UNIQUE,
	desk     text   NOT NULL,
	login    text   NOT NULL DEFAULT session_user, -- nobody signs for another
	author   text   NOT NULL,
	at       timestamptz NOT NULL,
	cause    text   NOT NULL,
	label    text   NOT NULL,
	undoes   text   NOT NULL,
	ops      bytea  NOT NULL, -- JSON, gzipped
	ops_hash bytea  NOT NULL, -- SHA-256 of the JSON as it was sent
	hash     bytea  NOT NULL,
	erased   text   NOT NULL DEFAULT '', -- IDs of records whose bodies were cleared, one a line
	received timestamptz NOT NULL DEFAULT now()
);

-- Which rows wrote a record: for erasures.
CREATE TABLE repertoire.touch (
	record text   NOT NULL,
	number bigint NOT NULL REFERENCES repertoire.journal(number),
	PRIMARY KEY (record, number)
);

CREATE TABLE repertoire.record (
	id        text PRIMARY KEY,
	aggregate text   NOT NULL,
	version   bigint NOT NULL, -- how often it was written
	number    bigint NOT NULL, -- by which row last
	hash      bytea            -- SHA-256 of its body, null when deleted
);

CREATE TABLE repertoire.blob (
	sha256 text   PRIMARY KEY,
	size   bigint NOT NULL
);
CREATE TABLE repertoire.piece (
	sha256 text NOT NULL,
	rank   int  NOT NULL,
	bytes  bytea NOT NULL, -- at most 1 MiB
	PRIMARY KEY (sha256, rank)
);
