-- Accounts. Of keys, sessions and links only the SHA-256 of their secret is kept.
CREATE TABLE person (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  offices TEXT NOT NULL,
  roles   TEXT NOT NULL,
  city    TEXT,
  issuer  TEXT,
  subject TEXT,
  email   TEXT COLLATE NOCASE,
  enabled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX person_subject ON person (issuer, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX person_email ON person (email) WHERE email IS NOT NULL;
CREATE TABLE api_key (
  id            TEXT PRIMARY KEY,
  hash          BLOB NOT NULL,
  person        TEXT,
  city          TEXT,
  contract      TEXT,
  created_ms    INTEGER NOT NULL,
  until_ms      INTEGER NOT NULL,
  revoked_ms    INTEGER,
  last_used_day INTEGER,
  CHECK ((person IS NULL) <> (contract IS NULL) AND (city IS NULL) = (contract IS NULL))
) WITHOUT ROWID;
CREATE TABLE session (
  id         TEXT PRIMARY KEY,
  hash       BLOB NOT NULL,
  person     TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  seen_ms    INTEGER NOT NULL,
  ended_ms   INTEGER
) WITHOUT ROWID;
CREATE INDEX session_person ON session (person, created_ms);
CREATE TABLE sign_in_link (
  id       TEXT PRIMARY KEY,
  hash     BLOB NOT NULL,
  person   TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  used_ms  INTEGER
) WITHOUT ROWID;
CREATE INDEX sign_in_link_person ON sign_in_link (person, until_ms);
