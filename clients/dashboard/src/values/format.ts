import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './duration';

export type Locale = 'de-DE' | 'en-GB';

/** Numbers and times as people of the language read them, in the city's time zone. */
export interface Format {
  timeZone: string;
  /** At most `digits` decimals (default: 0 from 100, 1 from 10, else 2). */
  number: (value: number, digits?: number) => string;
  /** 12:30 */
  clock: (iso: string) => string;
  /** 1 July 2026 */
  date: (iso: string) => string;
  /** The day that ends at the instant, or within which it lies: what is granted until 1 July 0:00 has 30 June as its last day. */
  lastDay: (iso: string) => string;
  /** 01.07., 12:30 */
  moment: (iso: string) => string;
  /** 01/07/2026, 12:30: for tables */
  stamp: (iso: string) => string;
  /** Wed, 1 July 2026, 12:30 */
  full: (iso: string) => string;
  /** 2 h 15 min */
  duration: (ms: number) => string;
  bytes: (count: number) => string;
}

const BYTE_STEP = 1024;
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

function digitsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 100) {
    return 0;
  }
  return size >= 10 ? 1 : 2;
}

/** The two greatest units that are not 0, for example 2 days 3 hours; below a second: 0 s. */
function durationText(locale: Locale, ms: number): string {
  const parts: [number, string][] = [
    [Math.floor(ms / DAY_MS), 'day'],
    [Math.floor((ms % DAY_MS) / HOUR_MS), 'hour'],
    [Math.floor((ms % HOUR_MS) / MINUTE_MS), 'minute'],
    [Math.floor((ms % MINUTE_MS) / SECOND_MS), 'second'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  const told = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return told
    .map(([amount, unit]) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' }).format(amount),
    )
    .join(' ');
}

export function createFormat(locale: Locale, timeZone: string): Format {
  const dates = (options: Intl.DateTimeFormatOptions): ((iso: string) => string) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
    return (iso) => format.format(new Date(iso));
  };
  const numbers = Array.from({ length: 7 }, (_, digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  const number = (value: number, digits = digitsFor(value)): string => numbers[digits]?.format(value) ?? String(value);
  const date = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  return {
    timeZone,
    number,
    clock: dates({ hour: '2-digit', minute: '2-digit' }),
    date,
    lastDay: (iso) => date(new Date(Date.parse(iso) - 1).toISOString()),
    moment: dates({ day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' }),
    stamp: dates({ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    full: dates({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    duration: (ms) => durationText(locale, ms),
    bytes: (count) => {
      const step = count < BYTE_STEP ? 0 : Math.min(Math.floor(Math.log(count) / Math.log(BYTE_STEP)), BYTE_UNITS.length - 1);
      return `${number(count / BYTE_STEP ** step, step === 0 ? 0 : 1)} ${BYTE_UNITS[step] ?? ''}`;
    },
  };
}

/** The text with numbers and their signs on one line: "97 %" is not broken apart. */
export function unbroken(text: string): string {
  return text.replace(/(\d) (?=[%°€])/g, '$1\u00a0');
}
