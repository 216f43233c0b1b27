import type { AggregateItem, Reading } from '../api/types';

/** What a chart draws: times in seconds since 1970; null is a gap. */
export interface Series {
  times: number[];
  values: (number | null)[];
  /** Smallest and greatest value of a window; equal to `values` for readings. */
  low: (number | null)[];
  high: (number | null)[];
  flagged: boolean[];
  /** Stretches without data, in seconds. */
  gaps: [from: number, to: number][];
}

export type Measure = 'mean' | 'sum';

/** A gap is as long as the server's own word for it: 1.5 times the expected interval. */
export const GAP_FACTOR = 1.5;

function empty(): Series {
  return { times: [], values: [], low: [], high: [], flagged: [], gaps: [] };
}

function push(series: Series, time: number, point: [value: number, low: number, high: number] | null, flagged: boolean): void {
  series.times.push(time);
  series.values.push(point?.[0] ?? null);
  series.low.push(point?.[1] ?? null);
  series.high.push(point?.[2] ?? null);
  series.flagged.push(flagged);
}

function pushGap(series: Series, from: number, to: number): void {
  push(series, (from + to) / 2, null, false);
  series.gaps.push([from, to]);
}

/** Readings with a gap wherever two are further apart than expected; `intervalMs` 0 means sent on change: no gaps. */
export function fromReadings(readings: readonly Reading[], intervalMs: number): Series {
  const series = empty();
  const longest = (intervalMs * GAP_FACTOR) / 1000;
  let last: number | null = null;
  for (const reading of readings) {
    const time = Date.parse(reading.time) / 1000;
    if (last !== null && intervalMs > 0 && time - last > longest) {
      pushGap(series, last, time);
    }
    push(series, time, [reading.value, reading.value, reading.value], (reading.quality ?? []).length > 0);
    last = time;
  }
  return series;
}

/** Windows, drawn at their start, with a gap where windows are absent. */
export function fromAggregates(windows: readonly AggregateItem[], measure: Measure): Series {
  const series = empty();
  let lastEnd: number | null = null;
  for (const window of windows) {
    const start = Date.parse(window.start) / 1000;
    if (lastEnd !== null && start > lastEnd) {
      pushGap(series, lastEnd, start);
    }
    const point: [number, number, number] =
      measure === 'sum' ? [window.sum, window.sum, window.sum] : [window.mean, window.min, window.max];
    push(series, start, point, (window.flagged ?? 0) > 0);
    lastEnd = Date.parse(window.end) / 1000;
  }
  return series;
}

/** Positions of points that a line cannot show because both neighbours are missing. */
export function lonelyPoints(values: readonly (number | null)[]): number[] {
  const lonely: number[] = [];
  values.forEach((value, i) => {
    if (value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) {
      lonely.push(i);
    }
  });
  return lonely;
}
