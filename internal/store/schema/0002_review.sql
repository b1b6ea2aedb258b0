-- What the queue "À vérifier" sorts by, computed by the domain (see
-- repertoire.Freshness and Completeness) and filled by the migration.
ALTER TABLE partnership ADD COLUMN review_due TEXT NOT NULL DEFAULT '';
ALTER TABLE partnership ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE partnership ADD COLUMN completeness INTEGER NOT NULL DEFAULT 0;
CREATE INDEX partnership_review ON partnership(review_due, missing DESC, num) WHERE deleted_at IS NULL;

-- Counting by status and type without reading the records themselves.
CREATE INDEX partnership_kinds ON partnership(status, type, num) WHERE deleted_at IS NULL;

-- Erasures asked for by a person (GDPR, art. 17): what was done, without the data.
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
ALTER TABLE change_op ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
