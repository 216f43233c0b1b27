-- Who made or changed whose account, key or sign-in link, and so could act as that person: of each pair the last time.
CREATE TABLE account_change (
  person     TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_ms INTEGER NOT NULL,
  PRIMARY KEY (person, changed_by)
) WITHOUT ROWID;
-- Who approved a version, kept when it is withdrawn afterwards; and whether that person is known to be another than the proposer.
ALTER TABLE policy ADD COLUMN approved_by TEXT;
ALTER TABLE policy ADD COLUMN independence INTEGER NOT NULL DEFAULT 0;
UPDATE policy SET approved_by = decided_by WHERE state = 1;
