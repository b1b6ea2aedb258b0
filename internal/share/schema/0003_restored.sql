-- A server that was restored from an older backup has forgotten numbers that
-- were given since. home marks where the base lives: a dump that is loaded again,
-- or a server brought back to a moment, has another. Each time that is noticed an
-- epoch begins, named by the server's clock; a desk answers it with the numbers
-- it knows, and no invoice is numbered before all have, or an officer has taken
-- it on himself (accepted).
ALTER TABLE repertoire.head ADD COLUMN home text NOT NULL DEFAULT '';
ALTER TABLE repertoire.head ADD COLUMN epoch text NOT NULL DEFAULT '';
ALTER TABLE repertoire.head ADD COLUMN accepted text NOT NULL DEFAULT '';
ALTER TABLE repertoire.head ADD COLUMN accepted_by text NOT NULL DEFAULT '';
ALTER TABLE repertoire.desk ADD COLUMN answered text NOT NULL DEFAULT '';
