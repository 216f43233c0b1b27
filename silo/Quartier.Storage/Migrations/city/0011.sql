-- The last expiry day of a reading that has an annotation; 0 when none ever had one, and nobody needs to look for any.
ALTER TABLE datastream ADD COLUMN annotated_expiry INTEGER NOT NULL DEFAULT 0;
