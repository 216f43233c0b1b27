-- Records that end: keys and values mean something only to who keeps them. ends_ms: when the record must be gone (Unix time in milliseconds).
CREATE TABLE record (
    key     BLOB    NOT NULL PRIMARY KEY,
    value   BLOB    NOT NULL,
    ends_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX record_ends ON record (ends_ms) WHERE ends_ms < 9223372036854775807;
