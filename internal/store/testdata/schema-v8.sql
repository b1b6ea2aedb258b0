-- A base as the program of schema version 8 left it: that of schema-v7.sql with migration 0008_ledger.sql run on it, dumped with:
-- sqlite3 repertoire.db .dump. Never edited: it stands for users' files.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('lineage','01a20610-bf3a-796c-bd4f-32674b03954f');
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
INSERT INTO authority VALUES(1,'havre',1,NULL,'Le Havre',X'16b415ef185f17bd164c010901fa1711164c01fb00000020002000200020002000200020002000200020000008020202020202080202','le havre','FR','commune','','','Nord','Hauts-de-France','{"id":"havre","name":"Le Havre","article":2,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}');
INSERT INTO authority VALUES(2,'evry',2,NULL,'Évry-Courcouronnes',X'164c185f17bd1880010d161d1771183617bd161d1771183617bd1771174f174f164c17f300000020003200200020002000200020002000200020002000200020002000200020002000200020000008020202020208020202020202020202020202','evry courcouronnes','FR','commune','','','Nord','Hauts-de-France','{"id":"evry","name":"Évry-Courcouronnes","article":1,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}');
INSERT INTO authority VALUES(3,'lille',1,NULL,'Lille',X'171116cd17111711164c00000020002000200020002000000802020202','lille','FR','commune','','','Nord','Hauts-de-France','{"id":"lille","name":"Lille","article":0,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}');
INSERT INTO authority VALUES(4,'dakar',1,NULL,'Dakar',X'163115ef16ff15ef17bd00000020002000200020002000000802020202','dakar','SN','commune','','','','','{"id":"dakar","name":"Dakar","article":-1,"country":"SN","level":"commune"}');
INSERT INTO authority VALUES(5,'beyrouth',1,NULL,'Beyrouth',X'1605164c188017bd17711836181616b400000020002000200020002000200020002000000802020202020202','beyrouth','LB','commune','','','','','{"id":"beyrouth","name":"Beyrouth","article":-1,"country":"LB","level":"commune"}');
CREATE TABLE directory (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	slug       TEXT NOT NULL,
	sort_name  BLOB NOT NULL,
	body       TEXT
) STRICT;
INSERT INTO directory VALUES(1,'d1',1,NULL,'senegal',X'17f3164c174f164c169115ef1711010900000020002000320020002000320020002000200020000008020202020202020202','{"id":"d1","slug":"senegal","title":"","short":"Sénégal","countries":["SN"]}');
INSERT INTO directory VALUES(2,'d2',1,NULL,'liban',X'171116cd160515ef174f010900000020002000200020002000200000080202020202','{"id":"d2","slug":"liban","title":"","short":"Liban","countries":["LB"]}');
CREATE TABLE presentation (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	country    TEXT NOT NULL,
	body       TEXT
) STRICT;
INSERT INTO presentation VALUES(1,'0766eb5d-9c10-8d1e-8a49-188fec9c78eb',1,NULL,'SN','{"id":"0766eb5d-9c10-8d1e-8a49-188fec9c78eb","country":"SN","introduction":"Quatorze régions."}');
CREATE TABLE theme (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	code       TEXT NOT NULL,
	body       TEXT
) STRICT;
INSERT INTO theme VALUES(1,'19fdb3f9-6819-850b-9626-168033c8517d',1,NULL,'3.1','{"code":"3.1","label":"Eau potable"}');
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
, review_due TEXT NOT NULL DEFAULT '', missing INTEGER NOT NULL DEFAULT 0, completeness INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO partnership VALUES(1,'lille-dakar',2,NULL,'Lille – Dakar','Lille','Dakar',X'171116cd17111711164c010901150109163115ef16ff15ef17bd00000020002000200020002000200020002000200020002000200020000008020202020202020802020202',X'163115ef16ff15ef17bd010901150109171116cd17111711164c00000020002000200020002000200020002000200020002000200020000008020202020202020802020202','SN','Nord','senegal','cooperation-decentralisee','actif','3.1.1',1990,'2024-05-03',0,'2026-03-02T09:02:00.000Z','2026-03-02T09:08:00.000Z','{"id":"lille-dakar","directories":["senegal"],"parties":[{"authority":"lille","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","first_year":1990,"objectives":"Alimenter trois quartiers en eau potable","themes":["3.1.1"],"verified":"2024-05-03","confirmations":{"objectives":{"at":"2026-03-02T09:07:00Z","by":"Awa","source":"saisie"}},"created":"2026-03-02T09:02:00Z","updated":"2026-03-02T09:08:00Z"}','2025-01-03',2,59);
INSERT INTO partnership VALUES(2,'havre-dakar',1,NULL,'Le Havre – Dakar','Le Havre','Dakar',X'16b415ef185f17bd164c010901fa1711164c01fb010901150109163115ef16ff15ef17bd00000020002000200020002000200020002000200020002000200020002000200020002000200000080202020202020802020202020802020202',X'163115ef16ff15ef17bd01090115010916b415ef185f17bd164c010901fa1711164c01fb00000020002000200020002000200020002000200020002000200020002000200020002000200000080202020202020208020202020202080202','SN','Nord','senegal','cooperation-decentralisee','actif','3.1',2001,'',0,'2026-03-02T09:03:00.000Z','2026-03-02T09:03:00.000Z','{"id":"havre-dakar","directories":["senegal"],"parties":[{"authority":"havre","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","first_year":2001,"themes":["3.1"],"created":"2026-03-02T09:03:00Z","updated":"2026-03-02T09:03:00Z"}','1899-07-01',3,49);
INSERT INTO partnership VALUES(3,'evry-dakar',1,NULL,'Évry-Courcouronnes – Dakar','Évry-Courcouronnes','Dakar',X'164c185f17bd1880010d161d1771183617bd161d1771183617bd1771174f174f164c17f3010901150109163115ef16ff15ef17bd00000020003200200020002000200020002000200020002000200020002000200020002000200020002000200020002000200020002000200000080202020202080202020202020202020202020202020802020202',X'163115ef16ff15ef17bd010901150109164c185f17bd1880010d161d1771183617bd161d1771183617bd1771174f174f164c17f300000020002000200020002000200020002000200032002000200020002000200020002000200020002000200020002000200020002000200000080202020202020208020202020208020202020202020202020202','SN','Nord','senegal','cooperation-decentralisee','termine','3',1985,'',0,'2026-03-02T09:04:00.000Z','2026-03-02T09:04:00.000Z','{"id":"evry-dakar","directories":["senegal"],"parties":[{"authority":"evry","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"termine","first_year":1985,"themes":["3"],"created":"2026-03-02T09:04:00Z","updated":"2026-03-02T09:04:00Z"}','1899-07-01',3,49);
INSERT INTO partnership VALUES(4,'lille-beyrouth',1,NULL,'Lille – Beyrouth','Lille','Beyrouth',X'171116cd17111711164c0109011501091605164c188017bd17711836181616b400000020002000200020002000200020002000200020002000200020002000200020000008020202020202020802020202020202',X'1605164c188017bd17711836181616b4010901150109171116cd17111711164c00000020002000200020002000200020002000200020002000200020002000200020000008020202020202020202020802020202','LB','Nord','liban','cooperation-decentralisee','actif','31',0,'',0,'2026-03-02T09:05:00.000Z','2026-03-02T09:05:00.000Z','{"id":"lille-beyrouth","directories":["liban"],"parties":[{"authority":"lille","side":"france","lead":true},{"authority":"beyrouth","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","themes":["31"],"created":"2026-03-02T09:05:00Z","updated":"2026-03-02T09:05:00Z"}','1899-05-01',4,42);
INSERT INTO partnership VALUES(5,'evry-beyrouth',2,'2026-03-02T09:09:00.000Z','Évry – Beyrouth','Évry','Beyrouth',X'164c185f17bd18800109011501091605164c188017bd17711836181616b400000020003200200020002000200020002000200020002000200020002000200020000008020202020202020802020202020202',X'1605164c188017bd17711836181616b4010901150109164c185f17bd188000000020002000200020002000200020002000200020002000200032002000200020000008020202020202020202020802020202','LB','Nord','liban','cooperation-decentralisee','en-sommeil','4',1999,'',0,'2026-03-02T09:06:00.000Z','2026-03-02T09:06:00.000Z','{"id":"evry-beyrouth","directories":["liban"],"parties":[{"authority":"evry","side":"france","lead":true},{"authority":"beyrouth","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"en-sommeil","first_year":1999,"themes":["4"],"created":"2026-03-02T09:06:00Z","updated":"2026-03-02T09:06:00Z"}','1899-07-01',3,49);
CREATE TABLE partnership_directory (
	directory   TEXT NOT NULL, -- slug
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	rank        INTEGER NOT NULL,
	PRIMARY KEY (directory, partnership)
) STRICT, WITHOUT ROWID;
INSERT INTO partnership_directory VALUES('liban',4,0);
INSERT INTO partnership_directory VALUES('senegal',1,0);
INSERT INTO partnership_directory VALUES('senegal',2,0);
INSERT INTO partnership_directory VALUES('senegal',3,0);
CREATE TABLE partnership_party (
	authority   TEXT NOT NULL REFERENCES authority(id),
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	side        TEXT NOT NULL,
	lead        INTEGER NOT NULL,
	rank        INTEGER NOT NULL,
	PRIMARY KEY (authority, partnership)
) STRICT, WITHOUT ROWID;
INSERT INTO partnership_party VALUES('beyrouth',4,'etranger',1,1);
INSERT INTO partnership_party VALUES('dakar',1,'etranger',1,1);
INSERT INTO partnership_party VALUES('dakar',2,'etranger',1,1);
INSERT INTO partnership_party VALUES('dakar',3,'etranger',1,1);
INSERT INTO partnership_party VALUES('evry',3,'france',1,0);
INSERT INTO partnership_party VALUES('havre',2,'france',1,0);
INSERT INTO partnership_party VALUES('lille',1,'france',1,0);
INSERT INTO partnership_party VALUES('lille',4,'france',1,0);
CREATE TABLE partnership_theme (
	code        TEXT NOT NULL,
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	rank        INTEGER NOT NULL,
	PRIMARY KEY (code, partnership)
) STRICT, WITHOUT ROWID;
INSERT INTO partnership_theme VALUES('3',3,0);
INSERT INTO partnership_theme VALUES('3.1',2,0);
INSERT INTO partnership_theme VALUES('3.1.1',1,0);
INSERT INTO partnership_theme VALUES('31',4,0);
CREATE TABLE partnership_country (
	country     TEXT NOT NULL,
	partnership INTEGER NOT NULL REFERENCES partnership(num),
	rank        INTEGER NOT NULL,
	PRIMARY KEY (country, partnership)
) STRICT, WITHOUT ROWID;
INSERT INTO partnership_country VALUES('LB',4,0);
INSERT INTO partnership_country VALUES('SN',1,0);
INSERT INTO partnership_country VALUES('SN',2,0);
INSERT INTO partnership_country VALUES('SN',3,0);
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
INSERT INTO change VALUES(1,'change-0001','Awa','2026-03-02T09:01:00.000Z','edit','Essai','',7);
INSERT INTO change VALUES(2,'change-0002','Awa','2026-03-02T09:02:00.000Z','edit','Essai','',1);
INSERT INTO change VALUES(3,'change-0003','Awa','2026-03-02T09:03:00.000Z','edit','Essai','',1);
INSERT INTO change VALUES(4,'change-0004','Awa','2026-03-02T09:04:00.000Z','edit','Essai','',1);
INSERT INTO change VALUES(5,'change-0005','Awa','2026-03-02T09:05:00.000Z','edit','Essai','',1);
INSERT INTO change VALUES(6,'change-0006','Awa','2026-03-02T09:06:00.000Z','edit','Essai','',1);
INSERT INTO change VALUES(7,'change-0007','Awa','2026-03-02T09:07:00.000Z','edit','Essai','',2);
INSERT INTO change VALUES(8,'change-0008','Awa','2026-03-02T09:08:00.000Z','edit','Essai','',1);
INSERT INTO change VALUES(9,'change-0009','Awa','2026-03-02T09:09:00.000Z','edit','Essai','',1);
INSERT INTO change VALUES(10,'change-0010','Awa','2026-03-02T09:10:00.000Z','edit','Essai','',1);
CREATE TABLE change_op (
	num       INTEGER PRIMARY KEY,
	seq       INTEGER NOT NULL REFERENCES change(seq),
	rank      INTEGER NOT NULL,
	aggregate TEXT NOT NULL,
	record    TEXT NOT NULL,
	version   INTEGER NOT NULL, -- the record had before; it has one more after
	before    TEXT,
	after     TEXT
, erased INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO change_op VALUES(1,1,0,'directory','d1',0,NULL,'{"id":"d1","slug":"senegal","title":"","short":"Sénégal","countries":["SN"]}',0);
INSERT INTO change_op VALUES(2,1,1,'directory','d2',0,NULL,'{"id":"d2","slug":"liban","title":"","short":"Liban","countries":["LB"]}',0);
INSERT INTO change_op VALUES(3,1,2,'authority','havre',0,NULL,'{"id":"havre","name":"Le Havre","article":2,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}',0);
INSERT INTO change_op VALUES(4,1,3,'authority','evry',0,NULL,'{"id":"evry","name":"Évry","article":1,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}',0);
INSERT INTO change_op VALUES(5,1,4,'authority','lille',0,NULL,'{"id":"lille","name":"Lille","article":0,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}',0);
INSERT INTO change_op VALUES(6,1,5,'authority','dakar',0,NULL,'{"id":"dakar","name":"Dakar","article":-1,"country":"SN","level":"commune"}',0);
INSERT INTO change_op VALUES(7,1,6,'authority','beyrouth',0,NULL,'{"id":"beyrouth","name":"Beyrouth","article":-1,"country":"LB","level":"commune"}',0);
INSERT INTO change_op VALUES(8,2,0,'partnership','lille-dakar',0,NULL,'{"id":"lille-dakar","directories":["senegal"],"parties":[{"authority":"lille","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","first_year":1990,"themes":["3.1.1"],"created":"2026-03-02T09:02:00Z","updated":"2026-03-02T09:02:00Z"}',0);
INSERT INTO change_op VALUES(9,3,0,'partnership','havre-dakar',0,NULL,'{"id":"havre-dakar","directories":["senegal"],"parties":[{"authority":"havre","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","first_year":2001,"themes":["3.1"],"created":"2026-03-02T09:03:00Z","updated":"2026-03-02T09:03:00Z"}',0);
INSERT INTO change_op VALUES(10,4,0,'partnership','evry-dakar',0,NULL,'{"id":"evry-dakar","directories":["senegal"],"parties":[{"authority":"evry","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"termine","first_year":1985,"themes":["3"],"created":"2026-03-02T09:04:00Z","updated":"2026-03-02T09:04:00Z"}',0);
INSERT INTO change_op VALUES(11,5,0,'partnership','lille-beyrouth',0,NULL,'{"id":"lille-beyrouth","directories":["liban"],"parties":[{"authority":"lille","side":"france","lead":true},{"authority":"beyrouth","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","themes":["31"],"created":"2026-03-02T09:05:00Z","updated":"2026-03-02T09:05:00Z"}',0);
INSERT INTO change_op VALUES(12,6,0,'partnership','evry-beyrouth',0,NULL,'{"id":"evry-beyrouth","directories":["liban"],"parties":[{"authority":"evry","side":"france","lead":true},{"authority":"beyrouth","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"en-sommeil","first_year":1999,"themes":["4"],"created":"2026-03-02T09:06:00Z","updated":"2026-03-02T09:06:00Z"}',0);
INSERT INTO change_op VALUES(13,7,0,'presentation','0766eb5d-9c10-8d1e-8a49-188fec9c78eb',0,NULL,'{"id":"0766eb5d-9c10-8d1e-8a49-188fec9c78eb","country":"SN","introduction":"Quatorze régions."}',0);
INSERT INTO change_op VALUES(14,7,1,'theme','19fdb3f9-6819-850b-9626-168033c8517d',0,NULL,'{"code":"3.1","label":"Eau potable"}',0);
INSERT INTO change_op VALUES(15,8,0,'partnership','lille-dakar',1,'{"id":"lille-dakar","directories":["senegal"],"parties":[{"authority":"lille","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","first_year":1990,"themes":["3.1.1"],"created":"2026-03-02T09:02:00Z","updated":"2026-03-02T09:02:00Z"}','{"id":"lille-dakar","directories":["senegal"],"parties":[{"authority":"lille","side":"france","lead":true},{"authority":"dakar","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"actif","first_year":1990,"objectives":"Alimenter trois quartiers en eau potable","themes":["3.1.1"],"verified":"2024-05-03","confirmations":{"objectives":{"at":"2026-03-02T09:07:00Z","by":"Awa","source":"saisie"}},"created":"2026-03-02T09:02:00Z","updated":"2026-03-02T09:08:00Z"}',0);
INSERT INTO change_op VALUES(16,9,0,'partnership','evry-beyrouth',1,'{"id":"evry-beyrouth","directories":["liban"],"parties":[{"authority":"evry","side":"france","lead":true},{"authority":"beyrouth","side":"etranger","lead":true}],"type":"cooperation-decentralisee","status":"en-sommeil","first_year":1999,"themes":["4"],"created":"2026-03-02T09:06:00Z","updated":"2026-03-02T09:06:00Z"}',NULL,0);
INSERT INTO change_op VALUES(17,10,0,'authority','evry',1,'{"id":"evry","name":"Évry","article":1,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}','{"id":"evry","name":"Évry-Courcouronnes","article":1,"country":"FR","level":"commune","departement":"Nord","region":"Hauts-de-France"}',0);
CREATE TABLE erasure (
	num       INTEGER PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	at        TEXT NOT NULL,
	author    TEXT NOT NULL,
	aggregate TEXT NOT NULL,
	record    TEXT NOT NULL,
	what      TEXT NOT NULL, -- "fiche" or "interlocuteur"
	reason    TEXT NOT NULL,
	versions  INTEGER NOT NULL -- bodies of the journal that were cleared
) STRICT;
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
CREATE TABLE saved_list (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	rank       INTEGER NOT NULL,
	body       TEXT
) STRICT;
CREATE TABLE share_sent (
	seq    INTEGER PRIMARY KEY REFERENCES change(seq),
	number INTEGER NOT NULL
) STRICT;
CREATE TABLE share_row (
	number INTEGER PRIMARY KEY,
	change TEXT NOT NULL,
	hash   BLOB NOT NULL
) STRICT;
CREATE TABLE share_base (
	record TEXT PRIMARY KEY,
	body   TEXT
) STRICT, WITHOUT ROWID;
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
CREATE TABLE share_aside (
	change TEXT NOT NULL,
	record TEXT NOT NULL,
	PRIMARY KEY (change, record)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE questionnaire (
	num        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL,
	deleted_at TEXT,
	request    TEXT NOT NULL,
	body       TEXT
) STRICT;
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
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('change',10);
CREATE INDEX authority_insee ON authority(insee) WHERE insee <> '';
CREATE INDEX authority_siren ON authority(siren) WHERE siren <> '';
CREATE INDEX authority_name ON authority(sort_name);
CREATE UNIQUE INDEX directory_slug ON directory(slug) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX presentation_country ON presentation(country) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX theme_code ON theme(code) WHERE deleted_at IS NULL;
CREATE INDEX partnership_title ON partnership(sort_title, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_partner ON partnership(sort_partner, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_year ON partnership(first_year, sort_title, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_verified ON partnership(verified, sort_title, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_updated ON partnership(updated, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_deleted ON partnership(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX partnership_directory_of ON partnership_directory(partnership);
CREATE INDEX partnership_party_of ON partnership_party(partnership);
CREATE INDEX partnership_theme_of ON partnership_theme(partnership);
CREATE INDEX partnership_country_of ON partnership_country(partnership);
CREATE INDEX change_undoes ON change(undoes) WHERE undoes <> '';
CREATE UNIQUE INDEX change_op_rank ON change_op(seq, rank);
CREATE INDEX change_op_record ON change_op(record, seq);
CREATE INDEX partnership_review ON partnership(review_due, missing DESC, num) WHERE deleted_at IS NULL;
CREATE INDEX partnership_kinds ON partnership(status, type, num) WHERE deleted_at IS NULL;
CREATE INDEX buyer_name ON buyer(sort_name) WHERE deleted_at IS NULL;
CREATE INDEX buyer_siren ON buyer(siren) WHERE siren <> '';
CREATE INDEX book_order_state ON book_order(state, num) WHERE deleted_at IS NULL;
CREATE TRIGGER invoice_follows BEFORE INSERT ON invoice
WHEN NEW.count <> 1 + max(
	coalesce((SELECT max(count) FROM invoice WHERE series = NEW.series AND year = NEW.year), 0),
	coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'last:' || NEW.series || ':' || NEW.year), 0))
BEGIN SELECT RAISE(ABORT, 'invoice numbers follow each other'); END;
CREATE TRIGGER invoice_in_time BEFORE INSERT ON invoice
WHEN NEW.date < coalesce((SELECT max(date) FROM invoice WHERE series = NEW.series AND year = NEW.year), '')
BEGIN SELECT RAISE(ABORT, 'invoice dates follow each other'); END;
CREATE TRIGGER invoice_stays BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice does not change'); END;
CREATE TRIGGER invoice_remains BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice is kept'); END;
CREATE INDEX stock_movement_edition ON stock_movement(edition, quantity) WHERE deleted_at IS NULL;
CREATE INDEX share_sent_number ON share_sent(number);
CREATE INDEX share_row_change ON share_row(change);
CREATE INDEX campaign_request_of ON campaign_request(campaign, partnership);
CREATE INDEX questionnaire_of ON questionnaire(request);
CREATE INDEX campaign_reply_of ON campaign_reply(campaign, sha256);
CREATE INDEX campaign_reply_request ON campaign_reply(request) WHERE request <> '';
CREATE UNIQUE INDEX invoice_of_order ON invoice(book_order) WHERE kind = 'facture';
CREATE INDEX invoice_by_order ON invoice(book_order, num);
CREATE INDEX invoice_credits ON invoice(credits) WHERE credits IS NOT NULL;
CREATE INDEX invoice_date ON invoice(date, num);
CREATE INDEX book_order_buyer ON book_order(buyer) WHERE deleted_at IS NULL;
COMMIT;
PRAGMA application_id = 1380274260;
PRAGMA user_version = 8;
