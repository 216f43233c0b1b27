import { language } from '../language/language.svelte';
import { SECOND_MS } from '../values/duration';
import type { Format } from '../values/format';

const IN_SECONDS = /Seconds$/;

/** What people call a threshold or computed value of an explanation; an unknown name is shown as it is. */
export function numberName(name: string): string {
  const names = language.t.numbers as Record<string, string | undefined>;
  return names[name.replace(IN_SECONDS, '')] ?? name;
}

/** The value as people read it: names that end in `Seconds` are durations. */
export function numberText(name: string, value: number | null, format: Format): string {
  if (value === null) {
    return '–';
  }
  return IN_SECONDS.test(name) ? format.duration(value * SECOND_MS) : format.number(value);
}
