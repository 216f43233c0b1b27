import type { Outlines } from '../api/types';

export type Bounds = [west: number, south: number, east: number, north: number];

type Feature = Outlines['features'][number];

function ringsOf(feature: Feature): number[][][] {
  if (feature.geometry === null) {
    return [];
  }
  return feature.geometry.type === 'Polygon' ? feature.geometry.coordinates : feature.geometry.coordinates.flat();
}

/** The smallest box around all points; null without any. */
export function boundsOf(points: readonly number[][]): Bounds | null {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = NaN, y = NaN] of points) {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return Number.isFinite(bounds[0]) ? bounds : null;
}

export function outlineBounds(outlines: Outlines): Bounds | null {
  return boundsOf(outlines.features.flatMap((feature) => ringsOf(feature).flat()));
}

type Point = [x: number, y: number];

/** One side of a box: keeps what is not beyond `limit` on the axis, in the direction of `sign` (Sutherland and Hodgman). */
function clipSide(ring: readonly Point[], axis: 0 | 1, limit: number, sign: 1 | -1): Point[] {
  const inside = (point: Point): boolean => sign * (point[axis] - limit) >= 0;
  return ring.flatMap((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length] ?? point;
    if (inside(before) === inside(point)) {
      return inside(point) ? [point] : [];
    }
    const share = (limit - before[axis]) / (point[axis] - before[axis]);
    const cut: Point = [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])];
    return inside(point) ? [cut, point] : [cut];
  });
}

/**
 * Where an outline's name goes: the centroid (shoelace formula) of the largest part of it that is in view.
 * `project` gives pixels; null when less than `leastArea` square pixels are in view.
 */
export function labelPoint(
  feature: Feature, project: (position: number[]) => Point, view: { width: number; height: number; inset: number }, leastArea: number,
): Point | null {
  let best: { area: number; point: Point } | null = null;
  for (const outline of ringsOf(feature)) {
    const { width, height, inset } = view;
    let ring = outline.slice(0, -1).map(project);
    ring = clipSide(clipSide(ring, 0, inset, 1), 0, width - inset, -1);
    ring = clipSide(clipSide(ring, 1, inset, 1), 1, height - inset, -1);
    let doubled = 0;
    let x = 0;
    let y = 0;
    for (const [i, [x0, y0]] of ring.entries()) {
      const [x1, y1] = ring[(i + 1) % ring.length] ?? [x0, y0];
      const cross = x0 * y1 - x1 * y0;
      doubled += cross;
      x += (x0 + x1) * cross;
      y += (y0 + y1) * cross;
    }
    if (doubled !== 0 && Math.abs(doubled) / 2 > (best?.area ?? leastArea)) {
      best = { area: Math.abs(doubled) / 2, point: [x / (3 * doubled), y / (3 * doubled)] };
    }
  }
  return best?.point ?? null;
}

/** Which of these boxes (side in pixels, most important first) may be drawn in full without covering another. */
export function uncovered(points: readonly { x: number; y: number }[], side: number): boolean[] {
  const kept: { x: number; y: number }[] = [];
  return points.map((point) => {
    const free = kept.every((other) => Math.abs(other.x - point.x) >= side || Math.abs(other.y - point.y) >= side);
    if (free) {
      kept.push(point);
    }
    return free;
  });
}
