import { expect, test } from 'vitest';
import { createFormat, unbroken } from './format';
import { lookOf } from './look';

const de = createFormat('de-DE', 'Europe/Berlin');
const en = createFormat('en-GB', 'Europe/Berlin');

test('numbers follow the language', () => {
  expect(de.number(1234.5)).toBe('1.235');
  expect(en.number(1234.5)).toBe('1,235');
  expect(de.number(57.88)).toBe('57,9');
  expect(de.number(0)).toBe('0');
});

test('times are those of the city, on both sides of the change to winter time', () => {
  expect(de.clock('2026-07-01T22:30:00Z')).toBe('00:30');
  expect(de.clock('2026-10-25T00:30:00Z')).toBe('02:30');
  expect(de.clock('2026-10-25T01:30:00Z')).toBe('02:30');
  expect(en.date('2026-07-01T22:30:00Z')).toBe('2 July 2026');
});

test('durations name their two greatest units', () => {
  expect(de.duration(2 * 3_600_000 + 45 * 60_000)).toBe('2 Std. 45 Min.');
  expect(en.duration(86_400_000)).toBe('1 day');
  expect(en.duration(0)).toMatch(/^0 s/);
});

test('bytes step in 1,024', () => {
  expect(de.bytes(512)).toBe('512 B');
  expect(de.bytes(4_194_304)).toBe('4 MiB');
});

test('a number and its sign stay on one line', () => {
  expect(unbroken('zu mehr als 97 % belegt, seit 1 Stunde')).toBe('zu mehr als 97\u00a0% belegt, seit 1 Stunde');
});

test('zero is a value, what is not there is not', () => {
  expect(lookOf({ value: 0, stale: false })).toBe('value');
  expect(lookOf({ value: 0, stale: true })).toBe('stale');
  expect(lookOf({ value: null, stale: true })).toBe('missing');
  expect(lookOf({ value: null, stale: false, withheld: 'internal' })).toBe('withheld');
});

test('what ends at midnight has the day before as its last day', () => {
  const format = createFormat('de-DE', 'Europe/Berlin');
  expect(format.lastDay('2026-06-30T22:00:00.000Z')).toBe('30. Juni 2026');
  expect(format.lastDay('2026-06-30T22:00:00.001Z')).toBe('1. Juli 2026');
});
