import { expect, test } from 'vitest';
import type { AggregateItem, Reading } from '../api/types';
import { fromAggregates, fromReadings, lonelyPoints } from './series';

const MINUTE = 60_000;
const reading = (minute: number, value: number, quality: Reading['quality'] = []): Reading => ({ time: new Date(minute * MINUTE).toISOString(), value, quality });
const window = (hour: number, mean: number): AggregateItem => ({
  start: new Date(hour * 60 * MINUTE).toISOString(), end: new Date((hour + 1) * 60 * MINUTE).toISOString(),
  count: 4, sum: 4 * mean, min: mean - 1, max: mean + 1, mean, last: mean, flagged: hour === 2 ? 1 : 0,
});

test('readings further apart than 1.5 intervals leave a gap, not a zero', () => {
  const series = fromReadings([reading(0, 5), reading(15, 0), reading(60, 7)], 15 * MINUTE);
  expect(series.values).toEqual([5, 0, null, 7]);
  expect(series.gaps).toEqual([[15 * 60, 60 * 60]]);
});

test('a distance of exactly 1.5 intervals is no gap', () => {
  expect(fromReadings([reading(0, 1), reading(22.5, 1)], 15 * MINUTE).gaps).toEqual([]);
});

test('what is sent on change only has no gaps', () => {
  expect(fromReadings([reading(0, 1), reading(9_000, 2)], 0).values).toEqual([1, 2]);
});

test('flags stay with their readings across gaps', () => {
  const series = fromReadings([reading(0, 1), reading(90, 2, ['step'])], 15 * MINUTE);
  expect(series.flagged).toEqual([false, false, true]);
});

test('absent windows leave a gap; sums have no span', () => {
  const windows = [window(0, 10), window(1, 11), window(4, 12)];
  expect(fromAggregates(windows, 'mean')).toMatchObject({ values: [10, 11, null, 12], low: [9, 10, null, 11], gaps: [[2 * 3600, 4 * 3600]] });
  expect(fromAggregates(windows, 'sum')).toMatchObject({ values: [40, 44, null, 48], low: [40, 44, null, 48], high: [40, 44, null, 48] });
});

test('a point between two gaps is drawn as a point', () => {
  expect(lonelyPoints([1, 2, null, 3, null, 4])).toEqual([3, 5]);
  expect(lonelyPoints([0])).toEqual([0]);
});
