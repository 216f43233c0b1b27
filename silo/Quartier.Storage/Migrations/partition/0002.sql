-- Aggregates of readings whose partition was dropped; each row rests in the partition in which its own retention ends.
CREATE TABLE rollup (
  datastream    INTEGER NOT NULL,
  resolution    INTEGER NOT NULL,
  start_ms      INTEGER NOT NULL,
  source_day    INTEGER NOT NULL,
  source_expiry INTEGER NOT NULL,
  source_file   INTEGER NOT NULL,
  end_ms        INTEGER NOT NULL,
  count         INTEGER NOT NULL,
  flagged       INTEGER NOT NULL,
  sum           REAL NOT NULL,
  min           REAL NOT NULL,
  max           REAL NOT NULL,
  PRIMARY KEY (datastream, resolution, start_ms, source_day, source_file)
) WITHOUT ROWID;
-- Tells this file from any other that ever had its name: roll-ups count from the moment at which the file they sum is gone.
CREATE TABLE identity (file INTEGER NOT NULL);
INSERT INTO identity (file) VALUES (random());
