-- The yearly round of questions. A request is one partnership's part in a
-- campaign, a questionnaire one partnership as it was sent.
CREATE TABLE campaign (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	opened     TEXT NOT NULL,
	body       TEXT
) STRICT;

CREATE TABLE campaign_request (
	num         INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	version     INTEGER NOT NULL,
	deleted_at  TEXT,
	campaign    TEXT NOT NULL,
	partnership TEXT NOT NULL,
	body        TEXT
) STRICT;
CREATE INDEX campaign_request_of ON campaign_request(campaign, partnership);

CREATE TABLE questionnaire (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	request    TEXT NOT NULL,
	body       TEXT
) STRICT;
CREATE INDEX questionnaire_of ON questionnaire(request);

CREATE TABLE campaign_reply (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	campaign   TEXT NOT NULL,
	request    TEXT NOT NULL,
	sha256     TEXT NOT NULL,
	body       TEXT
) STRICT;
CREATE INDEX campaign_reply_of ON campaign_reply(campaign, sha256);
CREATE INDEX campaign_reply_request ON campaign_reply(request) WHERE request <> '';

-- Messages to be sent through a server, one a recipient and occasion: what left
-- is a fact of the world, so no undo reaches it. state: waiting, leaving (the
-- server was being given it: whether it took it is not known when nothing
-- follows), sent, failed.
CREATE TABLE outgoing (
	num        INTEGER PRIMARY KEY,
	campaign   TEXT NOT NULL,
	request    TEXT NOT NULL,
	occasion   TEXT NOT NULL,
	address    TEXT NOT NULL, -- folded
	message    TEXT NOT NULL UNIQUE, -- Message-ID
	state      TEXT NOT NULL,
	at         TEXT NOT NULL,
	answer     TEXT NOT NULL, -- of the server
	noted      INTEGER NOT NULL DEFAULT 0, -- whether the request says so
	UNIQUE (request, occasion, address)
) STRICT;
