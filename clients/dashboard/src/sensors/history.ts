import { api, READING_LIMIT, type Span } from '../api/client';
import type { Datastream, Window } from '../api/types';
import { DAY_MS, durationMs, MINUTE_MS } from '../values/duration';
import { fromAggregates, fromReadings, type Measure, type Series } from '../values/series';

export const RANGES = { '24h': DAY_MS, '7d': 7 * DAY_MS, '31d': 31 * DAY_MS } as const;
export type RangeId = keyof typeof RANGES;
export const RANGE_IDS = Object.keys(RANGES) as RangeId[];

export const RESOLUTIONS = ['raw', 'PT15M', 'PT1H', 'P1D'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** More points than this do not show more: a chart is at most some thousand pixels wide. */
const POINTS_WORTH_DRAWING = 3_200;
/** Pages of readings that are put together for one chart. */
const MOST_PAGES = 5;

/** One line of the table beside the chart. */
export interface Row {
  time: string;
  value: number;
  low: number;
  high: number;
  count: number;
  /** Null when the policy leaves quality out. */
  flagged: boolean | null;
  quality: import('../api/types').Flag[] | null;
}

export interface History {
  series: Series;
  rows: Row[];
  resolution: Resolution;
  measure: Measure;
  /** True when there are more readings than were read. */
  truncated: boolean;
}

/** The finest resolution that a chart of this length can show. */
export function suitableResolution(lengthMs: number, intervalMs: number): Resolution {
  const expected = lengthMs / (intervalMs > 0 ? intervalMs : MINUTE_MS);
  if (expected <= POINTS_WORTH_DRAWING) {
    return 'raw';
  }
  return lengthMs <= RANGES['7d'] ? 'PT15M' : 'PT1H';
}

async function loadReadings(city: string, sensor: string, stream: Datastream, span: Span, signal: AbortSignal): Promise<History> {
  let from: string | null = span.from;
  const items = [];
  for (let page = 0; page < MOST_PAGES && from !== null; page++) {
    const answer = await api.readings(city, sensor, stream.property, { from, to: span.to }, signal);
    items.push(...answer.items);
    from = answer.items.length < READING_LIMIT ? null : answer.next;
  }
  return {
    series: fromReadings(items, durationMs(stream.interval ?? '') ?? 0),
    rows: items.map(({ time, value, quality }) => ({ time, value, low: value, high: value, count: 1, flagged: quality === null ? null : quality.length > 0, quality })),
    resolution: 'raw',
    measure: 'mean',
    truncated: from !== null,
  };
}

/** Reads what a chart and its table show. */
export async function loadHistory(
  city: string, sensor: string, stream: Datastream, span: Span, choice: { resolution: Resolution; measure: Measure }, signal: AbortSignal,
): Promise<History> {
  if (choice.resolution === 'raw') {
    return loadReadings(city, sensor, stream, span, signal);
  }
  const window: Window = choice.resolution;
  const { items } = await api.aggregates(city, sensor, stream.property, span, window, signal);
  return {
    series: fromAggregates(items, choice.measure),
    rows: items.map((item) => ({
      time: item.start,
      value: choice.measure === 'sum' ? item.sum : item.mean,
      low: item.min,
      high: item.max,
      count: item.count,
      flagged: item.flagged === null ? null : item.flagged > 0,
      quality: [],
    })),
    ...choice,
    truncated: false,
  };
}
