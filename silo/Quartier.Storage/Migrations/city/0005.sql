-- Retentions in days of a datastream's hourly and daily roll-ups, the present one last.
ALTER TABLE datastream ADD COLUMN hour_days TEXT NOT NULL DEFAULT '';
ALTER TABLE datastream ADD COLUMN day_days TEXT NOT NULL DEFAULT '';
-- What expired before this day was dropped, or is being dropped: what the journal still has of it does not come back.
CREATE TABLE dropped (before_day INTEGER NOT NULL);
INSERT INTO dropped (before_day) VALUES (-2147483648);
-- Datastreams whose readings are being moved to earlier partitions; what a crash interrupts is completed at the start.
CREATE TABLE shortening (
  number   INTEGER PRIMARY KEY,
  raw_days INTEGER NOT NULL
);
CREATE TABLE certificate (
  city         TEXT NOT NULL,
  district     TEXT NOT NULL,
  night        TEXT NOT NULL,
  digest       TEXT NOT NULL,
  ledger_index INTEGER,
  body         TEXT NOT NULL,
  PRIMARY KEY (city, night, district)
) WITHOUT ROWID;
