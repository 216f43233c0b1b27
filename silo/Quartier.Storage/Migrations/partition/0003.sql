-- What Observations hold beside the readings of this file. data ends with a checksum over the whole row. Described to the byte in docs/storage-format.md.
CREATE TABLE annotation (
  datastream INTEGER NOT NULL,
  time_ms    INTEGER NOT NULL,
  value      REAL NOT NULL,
  data       BLOB NOT NULL,
  PRIMARY KEY (datastream, time_ms)
) WITHOUT ROWID;
