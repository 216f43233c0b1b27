-- Gateways' credentials: a password's PBKDF2 digest (kind 0), or a certificate's fingerprint (kind 1). The last one of a gateway is never forgotten.
CREATE TABLE gateway_credential (
  id            TEXT PRIMARY KEY,
  city          TEXT NOT NULL,
  gateway       TEXT NOT NULL,
  kind          INTEGER NOT NULL,
  digest        BLOB NOT NULL,
  salt          BLOB,
  iterations    INTEGER NOT NULL,
  created_ms    INTEGER NOT NULL,
  until_ms      INTEGER NOT NULL,
  revoked_ms    INTEGER,
  last_used_day INTEGER
) WITHOUT ROWID;
CREATE INDEX gateway_credential_gateway ON gateway_credential (city, gateway, created_ms);
