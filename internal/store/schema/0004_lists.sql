-- Searches kept under a name.
CREATE TABLE saved_list (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	rank       INTEGER NOT NULL,
	body       TEXT
) STRICT;
