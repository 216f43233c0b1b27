-- What was published of closed days and months: shown again to the last digit, whatever readings come later.
CREATE TABLE publication (
  city     TEXT NOT NULL,
  stream   TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms   INTEGER NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (city, stream, start_ms, end_ms)
) WITHOUT ROWID;
