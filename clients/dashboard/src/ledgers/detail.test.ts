import { expect, test } from 'vitest';
import { de } from '../language/de';
import { en } from '../language/en';
import { bySensor, told } from './detail';

test('what the product writes into the log is told in the reader’s language', () => {
  expect(told(de, 'cells-only')).toBe('Nur als Zusammenfassung über Zellen');
  expect(told(de, 'live-ended')).toBe('Mitlesen beendet');
  expect(told(de, 'concerned: key 3f4f created until 2027-07-01 00:00 UTC')).toBe('Betroffen: Schlüssel 3f4f erstellt, gilt bis 2027-07-01 00:00 UTC');
  expect(told(de, 'certificate 12 of gateway verkehr revoked')).toBe('Zugang 12 des Gateways verkehr widerrufen');
  expect(told(de, 'concerned: person added: roles=DataProtectionOfficer,Operator offices=tiefbau,umwelt city=all linked=no enabled=yes')).toBe(
    'Betroffen: Person hinzugefügt: Aufgaben: Datenschutzbeauftragte, Leitstelle; Ämter: tiefbau, umwelt; aktiv',
  );
  expect(told(en, 'person changed: roles= offices= city=muenster linked=yes enabled=no')).toBe(
    'Person changed: Tasks: –; Offices: –; only in muenster; linked with the sign-in service; disabled',
  );
  expect(told(en, 'person changed: something else')).toBe('Person changed: something else');
  expect(told(en, 'signed in by link bafe')).toBe('Signed in by link bafe');
});

test('what is not known is shown as it stands', () => {
  for (const detail of ['something new', 'toString', 'key', 'certificate sha256:']) {
    expect(told(de, detail)).toBe(detail);
  }
});

test('streams are named once for each sensor, and none is lost', () => {
  expect(bySensor(['g/s/a', 'g/s/b', 'g/t/a', '*/*/*'])).toEqual(['g/s: a, b', 'g/t/a', '*/*/*']);
  expect(bySensor(['sensor'])).toEqual(['sensor']);
  expect(bySensor([])).toEqual([]);
});
