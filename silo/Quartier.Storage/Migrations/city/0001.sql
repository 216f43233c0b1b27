-- Names of datastreams and, of each, the sealed reading with the greatest time.
CREATE TABLE datastream (
  number         INTEGER PRIMARY KEY,
  sensor_key     TEXT NOT NULL,
  property       TEXT NOT NULL,
  retention_days TEXT NOT NULL,
  latest_ms      INTEGER,
  latest_value   REAL,
  latest_quality INTEGER,
  latest_expiry  INTEGER,
  UNIQUE (sensor_key, property)
);
CREATE TABLE registry (
  city       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  yaml       TEXT NOT NULL,
  applied_ms INTEGER NOT NULL,
  PRIMARY KEY (city, version)
) WITHOUT ROWID;
CREATE TABLE alert (
  city      TEXT NOT NULL,
  district  TEXT NOT NULL,
  id        TEXT NOT NULL,
  state     INTEGER NOT NULL,
  raised_ms INTEGER NOT NULL,
  subject   TEXT NOT NULL,
  body      TEXT NOT NULL,
  PRIMARY KEY (city, district, id)
) WITHOUT ROWID;
CREATE INDEX alert_newest ON alert (city, district, raised_ms DESC, id);
CREATE TABLE grain_state (
  state TEXT NOT NULL,
  grain TEXT NOT NULL,
  etag  INTEGER NOT NULL,
  body  BLOB NOT NULL,
  PRIMARY KEY (state, grain)
) WITHOUT ROWID;
