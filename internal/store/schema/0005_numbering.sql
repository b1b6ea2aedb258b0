-- A number once given is never given again, even when its document is no longer
-- in the base: what the register beside the base or an officer knows of the last
-- one ("last:SERIES:YEAR" in meta, the number first) counts as much as the rows.
DROP TRIGGER invoice_follows;
CREATE TRIGGER invoice_follows BEFORE INSERT ON invoice
WHEN NEW.count <> 1 + max(
	coalesce((SELECT max(count) FROM invoice WHERE series = NEW.series AND year = NEW.year), 0),
	coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'last:' || NEW.series || ':' || NEW.year), 0))
BEGIN SELECT RAISE(ABORT, 'invoice numbers follow each other'); END;
