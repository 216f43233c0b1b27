-- Policy documents with all their versions; district is '' for the city's own document.
CREATE TABLE policy (
  city         TEXT NOT NULL,
  district     TEXT NOT NULL,
  version      INTEGER NOT NULL,
  yaml         TEXT NOT NULL,
  state        INTEGER NOT NULL,
  effective_ms INTEGER NOT NULL,
  proposed_by  TEXT NOT NULL,
  proposed_ms  INTEGER NOT NULL,
  decided_by   TEXT,
  decided_ms   INTEGER NOT NULL,
  PRIMARY KEY (city, district, version)
) WITHOUT ROWID;
