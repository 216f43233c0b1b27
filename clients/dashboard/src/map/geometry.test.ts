import { expect, test } from 'vitest';
import type { Outlines } from '../api/types';
import { boundsOf, labelPoint, uncovered } from './geometry';

const square: Outlines['features'][number] = {
  type: 'Feature', properties: { id: 'a', name: 'A', schematic: true },
  geometry: { type: 'Polygon', coordinates: [[[0, 0], [400, 0], [400, 400], [0, 400], [0, 0]]] },
};
const asIs = (p: number[]): [number, number] => [p[0] ?? 0, p[1] ?? 0];

test('a name stands in the middle of what is in view', () => {
  expect(labelPoint(square, asIs, { width: 1000, height: 1000, inset: 0 }, 1)).toEqual([200, 200]);
  expect(labelPoint(square, asIs, { width: 200, height: 1000, inset: 0 }, 1)).toEqual([100, 200]);
  expect(labelPoint(square, (p) => [asIs(p)[0] - 2000, asIs(p)[1]], { width: 1000, height: 1000, inset: 0 }, 1)).toBeNull();
  expect(labelPoint({ ...square, geometry: null }, asIs, { width: 1000, height: 1000, inset: 0 }, 1)).toBeNull();
});

test('bounds hold all points', () => {
  expect(boundsOf([[7.6, 51.9], [7.7, 51.8]])).toEqual([7.6, 51.8, 7.7, 51.9]);
  expect(boundsOf([])).toBeNull();
});

test('a mark that would cover an earlier one is not drawn in full', () => {
  expect(uncovered([{ x: 0, y: 0 }, { x: 10, y: 10 }, { x: 50, y: 0 }], 38)).toEqual([true, false, true]);
});
