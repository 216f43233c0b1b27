-- What holds of readings of this file that were corrected or withdrawn. data ends with a checksum over the whole row. Described to the byte in docs/storage-format.md.
CREATE TABLE correction (
  datastream INTEGER NOT NULL,
  time_ms    INTEGER NOT NULL,
  revision   INTEGER NOT NULL,
  data       BLOB NOT NULL,
  PRIMARY KEY (datastream, time_ms)
) WITHOUT ROWID;
