-- One row a desk, kept by the desk itself: how far it has followed, and when it
-- was last heard.
CREATE TABLE repertoire.desk (
	id      text PRIMARY KEY,
	name    text   NOT NULL,
	author  text   NOT NULL,
	login   text   NOT NULL DEFAULT session_user,
	program text   NOT NULL,
	last    bigint NOT NULL,
	seen    timestamptz NOT NULL DEFAULT now()
);

-- Which entry a desk has open: information for people, never a lock.
CREATE TABLE repertoire.presence (
	desk    text PRIMARY KEY REFERENCES repertoire.desk(id) ON DELETE CASCADE,
	record  text    NOT NULL,
	author  text    NOT NULL,
	editing boolean NOT NULL,
	since   timestamptz NOT NULL DEFAULT now()
);

-- The last number of each series of invoices and credit notes, moved in the
-- transaction that appends the document.
CREATE TABLE repertoire.counter (
	series text NOT NULL,
	year   int  NOT NULL,
	last   int  NOT NULL,
	PRIMARY KEY (series, year)
);

-- Files that lie beside the base and are shared as they are: frozen editions
-- with their registers and PDFs, recipes of imports. Their bytes are blobs; an
-- empty sum says that the file was deleted.
CREATE TABLE repertoire.file (
	path   text PRIMARY KEY,
	sha256 text NOT NULL,
	desk   text NOT NULL,
	at     timestamptz NOT NULL DEFAULT now()
);
