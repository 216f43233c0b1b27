import { expect, test } from 'vitest';
import { durationMs } from './duration';

test.each([
  ['PT15M', 900_000],
  ['PT1H', 3_600_000],
  ['P1D', 86_400_000],
  ['P1DT2H3M4.5S', 93_784_500],
  ['P2W', 1_209_600_000],
  ['PT0S', 0],
])('durationMs reads %s', (text, expected) => {
  expect(durationMs(text)).toBe(expected);
});

test.each(['', 'P', 'PT', '15M', 'P1Y', 'PT1X', 'P1DT'])('durationMs refuses %j', (text) => {
  expect(durationMs(text)).toBeNull();
});
