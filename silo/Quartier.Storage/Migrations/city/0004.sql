-- Persons' pseudonyms in the ledger: HMAC-SHA-256 under a random key of the person. Without the row nobody can tell whom an entry concerns.
CREATE TABLE pseudonym (
  person    TEXT PRIMARY KEY,
  key       BLOB NOT NULL,
  pseudonym TEXT NOT NULL UNIQUE
) WITHOUT ROWID;
