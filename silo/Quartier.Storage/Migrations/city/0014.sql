-- Until when a datastream has readings that were corrected: the last expiry day, 0 for none, and the last time. Of others no corrections are looked for.
ALTER TABLE datastream ADD COLUMN corrected_expiry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE datastream ADD COLUMN corrected_last INTEGER NOT NULL DEFAULT 0;
