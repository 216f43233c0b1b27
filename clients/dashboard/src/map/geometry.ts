import type { Outlines } from '../api/types';

export type Bounds = [west: number, south: number, east: number, north: number];

type Feature = Outlines['features'][number];

function ringsOf(feature: Feature): number[][][] {
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

/** Where the outline's name goes: the centroid of its largest ring (shoelace formula). */
export function labelPoint(feature: Feature): [number, number] | null {
  let best: { area: number; point: [number, number] } | null = null;
  for (const ring of ringsOf(feature)) {
    let doubled = 0;
    let x = 0;
    let y = 0;
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x0 = 0, y0 = 0] = ring[i] ?? [];
      const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
      const cross = x0 * y1 - x1 * y0;
      doubled += cross;
      x += (x0 + x1) * cross;
      y += (y0 + y1) * cross;
    }
    if (doubled !== 0 && Math.abs(doubled) > (best?.area ?? 0)) {
      best = { area: Math.abs(doubled), point: [x / (3 * doubled), y / (3 * doubled)] };
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
