import { expect, test } from 'vitest';
import type { PolicyEntry } from '../api/governing';
import { matches, streamEntryOf } from './origin';

test('a pattern names datastreams part by part', () => {
  expect(matches('*/*/total', 'neutor/neutor/total')).toBe(true);
  expect(matches('*/*/total', 'neutor/neutor/total2')).toBe(false);
  expect(matches('bohlweg/*/c3534849*', 'bohlweg/bohlweg/c353484911')).toBe(true);
  expect(matches('bohlweg/*', 'bohlweg/bohlweg/total')).toBe(false);
  expect(matches('a.b/*/c', 'axb/s/c')).toBe(false);
});

test('the entry that covers a datastream is found, and none where none does', () => {
  const entry = (kind: PolicyEntry['kind'], id: string, text: string): PolicyEntry => ({ kind, id, origin: 'city', text, textDe: text });
  const entries = [
    entry('purpose', 'total', '*/*/total; a purpose'),
    entry('stream', 'sums', '*/*/total; public; for a'),
    entry('stream', 'ways', 'neutor/*/c*, bohlweg/*/c1*; internal; for a, b'),
  ];
  expect(streamEntryOf(entries, 'neutor/neutor/total')?.id).toBe('sums');
  expect(streamEntryOf(entries, 'bohlweg/bohlweg/c12')?.id).toBe('ways');
  expect(streamEntryOf(entries, 'parkleitsystem/theater/free')).toBeNull();
});
