-- What an alert rests on: subject|rule|properties of its readings, as AlertGround.KeyOf writes it. Who gets to know of an alert is decided by it.
ALTER TABLE alert ADD COLUMN ground TEXT NOT NULL DEFAULT '';
UPDATE alert SET ground = subject || '|' || json_extract(body, '$.Explanation.RuleId') || '|' || coalesce((
  SELECT group_concat(property, ',') FROM (
    SELECT DISTINCT json_extract(value, '$.Property') AS property FROM json_each(alert.body, '$.Explanation.Readings') ORDER BY property)), '');
CREATE INDEX alert_ground ON alert (city, district, ground, raised_ms DESC, id, state);
