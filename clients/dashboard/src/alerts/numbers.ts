import { language } from '../language/language.svelte';
import type { Format } from '../values/format';

/** Milliseconds beyond this are a time, not a duration (1973 in epoch time, three years as a duration). */
const EARLIEST_TIME_MS = 100_000_000_000;

/** What people call a threshold or computed value of an explanation; an unknown name is shown as it is. */
export function numberName(name: string): string {
  const names = language.t.numbers as Record<string, string | undefined>;
  return names[name] ?? names[name.replace(/(Time)?Ms$/, '')] ?? name;
}

/** The value as people read it: names that end in `Ms` are durations or times. */
export function numberText(name: string, value: number, format: Format): string {
  if (!name.endsWith('Ms')) {
    return format.number(value);
  }
  return value >= EARLIEST_TIME_MS ? format.full(new Date(value).toISOString()) : format.duration(value);
}
