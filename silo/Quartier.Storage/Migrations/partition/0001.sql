-- Sealed blocks of one expiry day. id = datastream << 20 | slot. Described to the byte in docs/storage-format.md.
CREATE TABLE block (
  id        INTEGER PRIMARY KEY,
  first_ms  INTEGER NOT NULL,
  last_ms   INTEGER NOT NULL,
  count     INTEGER NOT NULL,
  flagged   INTEGER NOT NULL,
  sum       REAL NOT NULL,
  min       REAL NOT NULL,
  max       REAL NOT NULL,
  last      REAL NOT NULL,
  data      BLOB NOT NULL
);
-- Seal batches that this file holds; what the journal still has of them is not applied again.
CREATE TABLE seal_batch (id INTEGER PRIMARY KEY);
