-- What is registered beside a city's file, each version of each entry; a null body removes it. Versions count together with those of the file.
CREATE TABLE registry_addition (
  city       TEXT NOT NULL,
  kind       INTEGER NOT NULL,
  key        TEXT NOT NULL,
  version    INTEGER NOT NULL,
  body       TEXT,
  applied_ms INTEGER NOT NULL,
  PRIMARY KEY (city, kind, key, version)
) WITHOUT ROWID;
CREATE INDEX registry_addition_version ON registry_addition (city, version);
