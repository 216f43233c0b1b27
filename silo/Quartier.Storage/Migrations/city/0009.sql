-- Entities of the SensorThings API, all but Observations. What a projection of the registry wrote last is kept in "projected".
CREATE TABLE sta_id (kind INTEGER PRIMARY KEY, next INTEGER NOT NULL);
CREATE TABLE sta_thing (
  id           INTEGER PRIMARY KEY,
  version      INTEGER NOT NULL,
  city         TEXT NOT NULL,
  district     TEXT,
  registry_key TEXT,
  projected    TEXT,
  name         TEXT,
  description  TEXT,
  properties   TEXT CHECK (json_valid(properties))
);
CREATE UNIQUE INDEX sta_thing_key ON sta_thing (city, registry_key) WHERE registry_key IS NOT NULL;
CREATE INDEX sta_thing_name ON sta_thing (name);
CREATE TABLE sta_location (
  id            INTEGER PRIMARY KEY,
  version       INTEGER NOT NULL,
  city          TEXT NOT NULL,
  district      TEXT,
  registry_key  TEXT,
  projected     TEXT,
  name          TEXT,
  description   TEXT,
  encoding_type TEXT,
  location      TEXT CHECK (json_valid(location)),
  properties    TEXT CHECK (json_valid(properties))
);
CREATE UNIQUE INDEX sta_location_key ON sta_location (city, registry_key) WHERE registry_key IS NOT NULL;
CREATE INDEX sta_location_name ON sta_location (name);
CREATE VIRTUAL TABLE sta_location_box USING rtree (id, west, east, south, north);
CREATE TABLE sta_historical_location (
  id           INTEGER PRIMARY KEY,
  version      INTEGER NOT NULL,
  city         TEXT NOT NULL,
  district     TEXT,
  registry_key TEXT,
  projected    TEXT,
  time_ms      INTEGER,
  thing_id     INTEGER NOT NULL
);
CREATE INDEX sta_historical_location_thing ON sta_historical_location (thing_id);
CREATE INDEX sta_historical_location_time ON sta_historical_location (time_ms);
CREATE TABLE sta_sensor (
  id            INTEGER PRIMARY KEY,
  version       INTEGER NOT NULL,
  city          TEXT NOT NULL,
  district      TEXT,
  registry_key  TEXT,
  projected     TEXT,
  name          TEXT,
  description   TEXT,
  encoding_type TEXT,
  metadata      TEXT CHECK (json_valid(metadata)),
  properties    TEXT CHECK (json_valid(properties))
);
CREATE UNIQUE INDEX sta_sensor_key ON sta_sensor (city, registry_key) WHERE registry_key IS NOT NULL;
CREATE INDEX sta_sensor_name ON sta_sensor (name);
CREATE TABLE sta_observed_property (
  id           INTEGER PRIMARY KEY,
  version      INTEGER NOT NULL,
  city         TEXT NOT NULL,
  district     TEXT,
  registry_key TEXT,
  projected    TEXT,
  name         TEXT,
  definition   TEXT,
  description  TEXT,
  properties   TEXT CHECK (json_valid(properties))
);
CREATE UNIQUE INDEX sta_observed_property_key ON sta_observed_property (city, registry_key) WHERE registry_key IS NOT NULL;
CREATE INDEX sta_observed_property_name ON sta_observed_property (name);
CREATE TABLE sta_datastream (
  id                   INTEGER PRIMARY KEY,
  version              INTEGER NOT NULL,
  city                 TEXT NOT NULL,
  district             TEXT,
  registry_key         TEXT,
  projected            TEXT,
  name                 TEXT,
  description          TEXT,
  observation_type     TEXT,
  unit                 TEXT CHECK (json_valid(unit)),
  observed_area        TEXT CHECK (json_valid(observed_area)),
  properties           TEXT CHECK (json_valid(properties)),
  thing_id             INTEGER NOT NULL,
  sensor_id            INTEGER NOT NULL,
  observed_property_id INTEGER NOT NULL,
  number               INTEGER
);
CREATE UNIQUE INDEX sta_datastream_key ON sta_datastream (city, registry_key) WHERE registry_key IS NOT NULL;
CREATE UNIQUE INDEX sta_datastream_number ON sta_datastream (number) WHERE number IS NOT NULL;
CREATE INDEX sta_datastream_name ON sta_datastream (name);
CREATE INDEX sta_datastream_thing ON sta_datastream (thing_id);
CREATE INDEX sta_datastream_sensor ON sta_datastream (sensor_id);
CREATE INDEX sta_datastream_observed_property ON sta_datastream (observed_property_id);
CREATE TABLE sta_multi_datastream (
  id               INTEGER PRIMARY KEY,
  version          INTEGER NOT NULL,
  city             TEXT NOT NULL,
  district         TEXT,
  registry_key     TEXT,
  projected        TEXT,
  name             TEXT,
  description      TEXT,
  observation_type TEXT,
  data_types       TEXT CHECK (json_valid(data_types)),
  units            TEXT CHECK (json_valid(units)),
  observed_area    TEXT CHECK (json_valid(observed_area)),
  properties       TEXT CHECK (json_valid(properties)),
  thing_id         INTEGER NOT NULL,
  sensor_id        INTEGER NOT NULL
);
CREATE UNIQUE INDEX sta_multi_datastream_key ON sta_multi_datastream (city, registry_key) WHERE registry_key IS NOT NULL;
CREATE INDEX sta_multi_datastream_name ON sta_multi_datastream (name);
CREATE INDEX sta_multi_datastream_thing ON sta_multi_datastream (thing_id);
CREATE INDEX sta_multi_datastream_sensor ON sta_multi_datastream (sensor_id);
-- Components of MultiDatastreams in order; number is the reading store's.
CREATE TABLE sta_component (
  multi_datastream_id  INTEGER NOT NULL,
  position             INTEGER NOT NULL,
  observed_property_id INTEGER NOT NULL,
  number               INTEGER,
  PRIMARY KEY (multi_datastream_id, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX sta_component_number ON sta_component (number) WHERE number IS NOT NULL;
CREATE INDEX sta_component_observed_property ON sta_component (observed_property_id);
CREATE TABLE sta_feature (
  id            INTEGER PRIMARY KEY,
  version       INTEGER NOT NULL,
  city          TEXT NOT NULL,
  district      TEXT,
  registry_key  TEXT,
  projected     TEXT,
  name          TEXT,
  description   TEXT,
  encoding_type TEXT,
  feature       TEXT CHECK (json_valid(feature)),
  properties    TEXT CHECK (json_valid(properties))
);
CREATE UNIQUE INDEX sta_feature_key ON sta_feature (city, registry_key) WHERE registry_key IS NOT NULL;
CREATE INDEX sta_feature_name ON sta_feature (name);
CREATE VIRTUAL TABLE sta_feature_box USING rtree (id, west, east, south, north);
CREATE TABLE sta_thing_location (
  thing_id    INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  PRIMARY KEY (thing_id, location_id)
) WITHOUT ROWID;
CREATE INDEX sta_thing_location_reverse ON sta_thing_location (location_id, thing_id);
CREATE TABLE sta_historical_location_location (
  historical_location_id INTEGER NOT NULL,
  location_id            INTEGER NOT NULL,
  PRIMARY KEY (historical_location_id, location_id)
) WITHOUT ROWID;
CREATE INDEX sta_historical_location_location_reverse ON sta_historical_location_location (location_id, historical_location_id);
-- Of which feature the Observations of a Datastream (kind 4) or MultiDatastream (kind 5) tell, from a time on; the first holds for all before.
CREATE TABLE sta_observed (
  source_kind INTEGER NOT NULL,
  source_id   INTEGER NOT NULL,
  from_ms     INTEGER NOT NULL,
  feature_id  INTEGER NOT NULL,
  PRIMARY KEY (source_kind, source_id, from_ms)
) WITHOUT ROWID;
CREATE INDEX sta_observed_feature ON sta_observed (feature_id);
